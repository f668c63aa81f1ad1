"""Values put into the text of a query, for engines that take no parameters.

A parameter of ours is a variable that the query selects. In the text sent to an endpoint the
value stands in its place wherever the variable is in scope: ``(<iri> AS ?x)`` in the SELECT
clause, the term itself elsewhere. Strings, comments and IRIs are never touched, and values are
RDF terms written by the serialiser, so no value can end the place it was put in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.errors import QueryError
from kg.sparql import Token, pieces

if TYPE_CHECKING:
    import pyoxigraph as ox

_ENDS_BODY = {"GROUP": "group", "HAVING": "having", "ORDER": "order", "LIMIT": "limit"}
_FORMS = frozenset({"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"})


@dataclass(slots=True)
class _Select:
    """A SELECT being read: how deep it stands, what it shows, which clause is being read."""

    depth: int
    shown: frozenset[str] | None
    clause: str = "projection"
    alone: bool = False


def substituted(sparql: str, values: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """The query with its parameters replaced by their values.

    Raises:
        QueryError: the query does not select one of the variables, or assigns it itself.

    >>> import pyoxigraph as ox
    >>> substituted("SELECT ?x ?y { ?x ?p ?y }", {"x": ox.NamedNode("urn:un:kenya")})
    'SELECT (<urn:un:kenya> AS ?x) ?y { <urn:un:kenya> ?p ?y }'
    """
    if not values:
        return sparql
    terms = {name: _text(name, term) for name, term in values.items()}
    return "".join(_Rewriting(list(pieces(sparql)), terms).pieces())


def form_of(sparql: str) -> str:
    """``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; empty where the text is no query.

    >>> form_of("PREFIX ask: <urn:ask> ASK { ?s ?p ?o }")
    'ASK'
    """
    bare = (piece.word for piece in pieces(sparql))
    return next((word for word in bare if word in _FORMS), "")


def _text(name: str, term: ox.NamedNode | ox.Literal) -> str:
    # Some engines decode \\uXXXX before they look for the end of a string.
    if re.search(r"\\[uU]", term.value):
        raise QueryError(f"the value of {name} holds a code point escape; write the sign itself")
    return str(term)


class _Rewriting:
    """One pass over the pieces of a query."""

    def __init__(self, pieces: Sequence[Token], terms: Mapping[str, str]) -> None:
        self._pieces = pieces
        self._terms = terms
        self._selects: list[_Select] = []
        self._braces = self._brackets = 0
        self._before = ""
        self._in_values = False

    def pieces(self) -> Iterator[str]:
        """The text of the pieces, with the terms in place."""
        used: set[str] = set()
        at = 0
        while at < len(self._pieces):
            piece = self._pieces[at]
            name = piece.variable
            asked = self._bound(at)
            if asked:
                used.add(self._pieces[asked[1]].variable)
                at = asked[2] + 1
                yield "true"
                continue
            if name in self._terms and self._in_scope(name):
                used.add(name)
                yield self._placed(name)
            else:
                yield piece.text
            self._follow(at)
            at += 1
        self._require(frozenset(self._terms) - used)

    def _follow(self, at: int) -> None:
        """Keep account of where in the query the next piece stands."""
        piece = self._pieces[at]
        word, sign = piece.word, piece.sign
        if sign == "\\" and self._pieces[at + 1 : at + 2] and self._pieces[at + 1].text[0] in "uU":
            raise QueryError("the query holds a code point escape outside a text; write the sign")
        if word:
            self._enter(word, at)
        self._brackets += (sign == "(") - (sign == ")")
        if sign == "{":
            self._in_values = False
            self._braces += 1
            if self._selects and self._selects[-1].clause == "projection":
                self._selects[-1].clause = "body"
        elif sign == "}":
            self._braces -= 1
            while self._selects and self._selects[-1].depth > self._braces:
                self._selects.pop()
        if piece.kind != "space":
            self._before = word or piece.text

    def _enter(self, word: str, at: int) -> None:
        if word == "SELECT":
            self._selects.append(_Select(self._braces, self._shown(at)))
        elif word == "VALUES":
            self._in_values = True
        elif self._selects and self._selects[-1].depth == self._braces:
            select = self._selects[-1]
            if word in ("WHERE", "FROM") and select.clause == "projection":
                select.clause = "body"
            elif word in _ENDS_BODY and not self._brackets:
                select.clause = _ENDS_BODY[word]
                if word == "GROUP":
                    select.alone = self._alone(at)

    def _alone(self, at: int) -> bool:
        """Whether a GROUP BY clause has no key besides variables with a value."""
        for piece in self._pieces[at + 1 :]:
            word = piece.word
            if piece.sign == "}" or word in _ENDS_BODY:
                return True
            if piece.sign == "(" or (word and word != "BY"):
                return False
            if piece.variable and piece.variable not in self._terms:
                return False
        return True

    def _shown(self, at: int) -> frozenset[str] | None:
        """The variables a SELECT clause names; None for all."""
        names, depth = set(), 0
        for piece in self._pieces[at + 1 :]:
            depth += (piece.sign == "(") - (piece.sign == ")")
            if piece.sign == "*" and not depth:
                return None
            if piece.sign == "{" or piece.word in ("WHERE", "FROM"):
                break
            if piece.variable and not depth:
                names.add(piece.variable)
        return frozenset(names)

    def _in_scope(self, name: str) -> bool:
        """A variable that an inner SELECT does not show is another one in there."""
        return all(s.shown is None or name in s.shown for s in self._selects if s.depth)

    def _placed(self, name: str) -> str:
        if self._before == "AS" or self._in_values:
            raise QueryError(f"the query assigns ?{name} itself, so it takes no value")
        term = self._terms[name]
        clause = self._selects[-1].clause if self._selects else "body"
        if self._brackets or clause not in ("projection", "group", "order"):
            return term
        if clause == "group":
            # Virtuoso reads a number here as that column; a constant groups nothing anyway.
            return f"({term} AS ?{name}_alone)" if self._selects[-1].alone else ""
        if clause == "order":
            return f"({term})"
        # An inner SELECT hands nothing on: outside, the value stands for the variable too.
        return f"({term} AS ?{name}{'_inside' if self._selects[-1].depth else ''})"

    def _bound(self, at: int) -> list[int]:
        """The places of ``( ?x )`` after ``BOUND``, for an ``?x`` that has a value: no question."""
        if self._pieces[at].word != "BOUND":
            return []
        following = range(at + 1, min(at + 40, len(self._pieces)))
        rest = [i for i in following if self._pieces[i].kind != "space"][:3]
        signs = [self._pieces[i].text for i in rest]
        if len(rest) < 3 or (signs[0], signs[2]) != ("(", ")"):
            return []
        name = self._pieces[rest[1]].variable
        return rest if name in self._terms and self._in_scope(name) else []

    def _require(self, unused: frozenset[str]) -> None:
        outer = next((s for s in self._selects if not s.depth), None)
        if outer is not None and outer.shown is None:
            raise QueryError("the query selects *; name the variables that values are given for")
        shown = outer.shown if outer is not None and outer.shown is not None else None
        missing = unused if shown is None else frozenset(self._terms) - shown
        if missing:
            raise QueryError(
                f"the query cannot be run: it does not select ?{min(missing)}, "
                "which a value is given for"
            )
