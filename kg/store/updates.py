"""SPARQL updates: what graphs they may touch, and the merge brought up to date after them.

An update runs as written on a copy of the database; then the default graph gains what graphs
state newly and loses what no graph states any more. The copy takes the store's place when all is
done, so nothing between the two is ever seen. What an update does to the default graph itself
stays; what it does to the graphs unkg keeps (ontology, authority, joins) is undone.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from kg import sparql
from kg.errors import QueryError
from kg.sparql import Token
from kg.store.graphs import SYSTEM_GRAPHS
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    import pyoxigraph as ox

# What ``kg.store.joins`` asks for; a change of anything else leaves the joins as they are.
_JOINED = frozenset({UNKG.onReport, UNKG.contains, DCTERMS.title, UNKG.recommendedAs})


@dataclass(slots=True)
class _Walk:
    """How far a walk through an update's tokens has come.

    ``word`` is the last keyword, ``directly`` the one directly before the token (WHERE aside).
    """

    base: str = ""
    prefixes: dict[str, str] = field(default_factory=dict)
    depth: int = 0
    template: bool = False
    word: str = ""
    directly: str = ""
    _prefix: str = ""

    def step(self, token: Token) -> None:
        """Past a token."""
        if token.kind == "word":
            self.word = token.text.upper()
            self.directly = self.directly if self.word == "WHERE" else self.word
            return
        if token.text == "{":
            if self.depth == 0:
                # DELETE WHERE { … } deletes what it finds: its pattern is the template.
                self.template = self.word != "WHERE" or self.directly == "DELETE"
            self.depth += 1
        elif token.text == "}":
            self.depth -= 1
        elif self._declares(token):
            return
        self.directly = ""

    def _declares(self, token: Token) -> bool:
        """Whether a token is part of a BASE or PREFIX declaration, which is then noted."""
        if self.directly == "PREFIX" and token.kind == "name":
            self._prefix = token.text.removesuffix(":")
            return True
        if self.directly == "PREFIX" and token.kind == "iri":
            self.prefixes[self._prefix] = self.iri(token) or ""
        elif self.directly == "BASE" and token.kind == "iri":
            self.base = self.iri(token) or ""
        return False

    def names_graph(self, token: Token) -> bool:
        """Whether a token names a graph that is written to, as far as one can see."""
        if self.directly in {"PREFIX", "BASE"} or token.kind not in {"iri", "variable", "name"}:
            return False
        return self.depth == 0 or (self.template and self.directly == "GRAPH")

    def iri(self, token: Token) -> str | None:
        """The IRI that a token stands for; None where it is none or its prefix is unknown."""
        if token.kind == "iri":
            name = token.text[1:-1]
            return urljoin(self.base, name) if self.base else name
        prefix, _, local = (token.text if token.kind == "name" else "").partition(":")
        start = self.prefixes.get(prefix)
        return None if start is None else start + re.sub(r"\\(.)", r"\1", local)


def touched(update: str) -> frozenset[str] | None:
    """The named graphs an update may change, at most; None: it may be any.

    >>> sorted(touched("PREFIX e: <http://e/> COPY e:a TO <http://e/b>"))
    ['http://e/a', 'http://e/b']
    >>> touched("DELETE WHERE { GRAPH ?g { ?s ?p ?o } }") is None
    True
    >>> touched("DELETE { ?s ?p 1 } WHERE { GRAPH ?g { ?s ?p ?o } }")
    frozenset()
    """
    names: set[str | None] = set()
    walk = _Walk()
    for token in _tokens(update):
        every = token.text.upper() in {"ALL", "NAMED"} and walk.directly != "USING"
        if walk.depth == 0 and token.kind == "word" and every:
            return None
        if walk.names_graph(token):
            names.add(walk.iri(token))
        walk.step(token)
    return None if None in names else frozenset(filter(None, names))


def _tokens(update: str) -> Iterator[Token]:
    """Tokens that say something: no white space, comments or strings."""
    return (token for token in sparql.tokens(update) if token.kind != "string")


def with_dataset(update: str, *, using: Sequence[str], using_named: Sequence[str]) -> str:
    """The update with a USING clause in each of its WHERE operations (SPARQL 1.1 Protocol, 2.2.3).

    Raises:
        QueryError: it says USING or WITH itself.

    >>> with_dataset("DELETE WHERE { ?s ?p 1 }", using=["http://e/g"], using_named=[])
    'DELETE { ?s ?p 1 } USING <http://e/g> WHERE { ?s ?p 1 }'
    """
    if not using and not using_named:
        return update
    update = sparql.unescaped(update)
    clause = "".join(f"USING <{_safe(name)}> " for name in using)
    clause += "".join(f"USING NAMED <{_safe(name)}> " for name in using_named)
    pieces, end, start = [], 0, 0
    walk, shorthand = _Walk(), False
    for token in _tokens(update):
        word = token.text.upper() if walk.depth == 0 and token.kind == "word" else ""
        if word in {"USING", "WITH"}:
            raise QueryError(f"the update says {word}; using-graph-uri cannot be given beside it")
        if word == "WHERE":
            shorthand, start = walk.directly == "DELETE", token.end
            if not shorthand:
                pieces.append(update[end : token.start] + clause)
                end = token.start
            else:
                pieces.append(update[end : token.start])
                end = token.end
        walk.step(token)
        if shorthand and token.text == "}" and walk.depth == 0:
            block = update[start : token.end].strip()
            pieces.append(f"{block} {clause}WHERE {block}")
            end, shorthand = token.end, False
    return "".join([*pieces, update[end:]])


def _safe(name: str) -> str:
    if re.search(r'[<>"{}|^`\\\x00-\x20]', name) or ":" not in name:
        raise QueryError(f"{name[:200]!r} is no IRI; name graphs by absolute IRIs")
    return name


def check(update: str) -> None:
    """Refuse what is no update, or would reach the network.

    Raises:
        QueryError: the text says where it is wrong.
    """
    import pyoxigraph as ox

    sparql.refuse_network(update)
    try:
        ox.Store().update(update)
    except SyntaxError as error:
        raise sparql.syntax_error(update, str(error), update=True) from error
    except (RuntimeError, ValueError, OSError):
        # Valid, but an empty store has not what it asks for; the real one is asked next.
        pass
    _refuse_undeclared(update)


def _refuse_undeclared(update: str) -> None:
    """Refuse a prefix that is not declared: the engine reads ``GRAPHe:g`` as GRAPH and a name."""
    declared: set[str] = set()
    declaring = False
    for token in _tokens(update):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if declaring:
                declared.add(prefix)
            elif prefix not in declared:
                raise QueryError(f"the prefix {prefix}: is not declared; say PREFIX {prefix}: <…>")
        declaring = token.word == "PREFIX"


def apply(update: str, *, before: ox.Store, after: ox.Store) -> bool:
    """Run an update on ``after``, a copy of ``before``; whether joins must be made anew.

    Raises:
        QueryError: the engine refuses it.
    """
    try:
        after.update(update)
    except (SyntaxError, RuntimeError, ValueError) as error:
        raise QueryError(f"the update cannot be run: {error}") from error
    names = touched(update)
    if names is None:
        known = (*before.named_graphs(), *after.named_graphs())
        names = frozenset(str(name.value) for name in known)
    predicates: set[str] = set()
    for name in sorted(names):
        predicates |= _restored(name, before, after)
    for name in sorted(names):
        _forget(name, before, after)
    return not predicates.isdisjoint(_JOINED)


def _restored(graph: str, before: ox.Store, after: ox.Store) -> set[str]:
    """Make a graph what it should be, state it in the merge; the predicates that changed."""
    import pyoxigraph as ox

    name = ox.NamedNode(graph)
    if (
        graph in SYSTEM_GRAPHS
        and next(after.quads_for_pattern(None, None, None, name), None) is None
    ):
        _put_back(name, before, after)
        return set()
    old, raw = _triples(before, name), _triples(after, name)
    new = old if graph in SYSTEM_GRAPHS else _without_blanks(raw, graph)
    for triple in raw - new:
        after.remove(_quad(triple, name))
    after.extend(_quad(triple, name) for triple in new - raw)
    after.extend(_quad(triple, ox.DefaultGraph()) for triple in new - (old & raw))
    if old and not new:
        after.remove_graph(name)
    return {triple.predicate.value for triple in old ^ new}


def _put_back(name: ox.NamedNode, before: ox.Store, after: ox.Store) -> None:
    """A graph that an update may not drop, as text: three times as soon as by triples."""
    import pyoxigraph as ox

    text = before.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=name)
    for place in (name, ox.DefaultGraph()):
        after.bulk_load(text, ox.RdfFormat.N_TRIPLES, to_graph=place)


def _forget(graph: str, before: ox.Store, after: ox.Store) -> None:
    """Take out of the merge what a graph stated and no graph states any more."""
    import pyoxigraph as ox

    name, merge = ox.NamedNode(graph), ox.DefaultGraph()
    if (
        graph in SYSTEM_GRAPHS
        or next(after.quads_for_pattern(None, None, None, merge), None) is None
    ):
        return
    for triple in _triples(before, name) - _triples(after, name):
        found = after.quads_for_pattern(triple.subject, triple.predicate, triple.object, None)
        if all(quad.graph_name == merge for quad in found):
            after.remove(_quad(triple, merge))


def _quad(triple: ox.Triple, place: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    import pyoxigraph as ox

    return ox.Quad(triple.subject, triple.predicate, triple.object, place)


def _triples(database: ox.Store, name: ox.NamedNode) -> frozenset[ox.Triple]:
    return frozenset(quad.triple for quad in database.quads_for_pattern(None, None, None, name))


def _without_blanks(triples: Collection[ox.Triple], graph: str) -> frozenset[ox.Triple]:
    """The triples with an IRI of its own for each blank node an update made."""
    import pyoxigraph as ox

    def named(term: Any) -> Any:
        if isinstance(term, ox.BlankNode):
            return ox.NamedNode(f"{graph}#node-{term.value}")
        return term

    return frozenset(_rebuilt(triples, named))


def _rebuilt(triples: Iterable[Any], named: Any) -> Iterator[ox.Triple]:
    import pyoxigraph as ox

    for triple in triples:
        yield ox.Triple(named(triple.subject), triple.predicate, named(triple.object))
