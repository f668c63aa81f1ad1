"""The text of a SPARQL query or update, looked at before an engine runs it.

The engine would follow ``SERVICE`` and ``LOAD`` to any host; nothing in this project may reach
the network through a query. The text is split into tokens by the SPARQL 1.1 grammar (section
19.8). Engines differ from that grammar in two ways that would hide a keyword, and both are
closed here: a keyword may touch what follows it (``SERVICEex:x``), and whether ``<`` starts an
IRI depends on where it stands. What could be read in two ways is refused, not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from urllib.parse import urljoin

from kg.errors import QueryError

MAX_QUERY_CHARACTERS = 1_000_000
# Brackets in brackets; and steps of any kind from the top of the query's tree to its bottom. An
# engine goes down that tree by recursion: the first to overflow a stack of 1 MiB has 200 and 500.
MAX_DEPTH = 100
MAX_HEIGHT = 300
_PARSED_TWICE = 20_000

_TOKENS = r"""
    (?P<space>[\ \t\r\n]+|\#[^\n\r]*)
  | (?P<string>
        '''(?:(?:'|'')?(?:[^'\\]|\\.))*'''
      | \"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"
      | '(?:[^'\\\n\r]|\\.)*'
      | "(?:[^"\\\n\r]|\\.)*"
    )
  | (?P<iri><(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>)
  | (?P<variable>[?$]\w+)
  | (?P<node>_:\w(?:[\w.-]*\w)?)
  | (?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*)   # prefix:local, with escapes
  | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<word>[^\W\d]\w*)
  | (?P<number>\d+)
  | (?P<sign>[]{}()[;,.*/|^?$+=!<>&@:~-])
  | (?P<other>.)
"""
_FEDERATION = re.compile(r"SERVICE|LOAD")
# An engine may end a local name earlier than we do, at a dot or a hyphen in the wrong place.
_HIDDEN_IN_LOCAL = re.compile(r"(?:^-|\.).*(?:SERVICE|LOAD)", re.DOTALL)
_OPERANDS = frozenset({"string", "iri", "variable", "node", "name", "tag", "word", "number"})
_CLOSED_BY = {"(": ")", "[": "]", "{": "}"}
# What stands in braces after these words is a list of triples or values, and no tree.
_LISTED = frozenset({"DATA", "INSERT", "DELETE", "CONSTRUCT", "VALUES"})
_AFTER_HAVING = frozenset({"ORDER", "LIMIT", "OFFSET", "VALUES"})
_ITEMS = _OPERANDS - {"word", "tag"}
_ABSOLUTE = re.compile(r"<[A-Za-z][A-Za-z0-9+.-]*://")
_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of a query that is not white space or comment, and its place."""

    kind: str
    text: str
    start: int = 0
    end: int = 0

    @property
    def word(self) -> str:
        """A bare word in upper case; empty for anything else."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def variable(self) -> str:
        """The name of a variable without its sign; empty for anything else."""
        return self.text[1:] if self.kind == "variable" else ""

    @property
    def sign(self) -> str:
        """A sign of punctuation, or one that is in no token; empty for anything else."""
        return self.text if self.kind in ("sign", "other") else ""


class SparqlSyntaxError(QueryError):
    """Not valid SPARQL; where the place is known, its line, column and the line with a caret."""

    def __init__(
        self, message: str, *, line: int | None = None, column: int | None = None, caret: str = ""
    ) -> None:
        super().__init__(message + (f"\n{caret}" if caret else ""))
        self.message, self.line, self.column, self.caret = message, line, column, caret


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(_TOKENS, re.VERBOSE | re.DOTALL)


def tokens(sparql: str) -> Iterator[Token]:
    """The tokens of a query, code point escapes decoded.

    >>> [token.text for token in tokens("SELECT * { ?s <a:b> 'c' } # all")]
    ['SELECT', '*', '{', '?s', '<a:b>', "'c'", '}']
    """
    return (piece for piece in pieces(unescaped(sparql)) if piece.kind != "space")


def pieces(sparql: str) -> Iterator[Token]:
    """The text as it stands in pieces that together are the whole of it.

    >>> [piece.kind for piece in pieces("ASK {} # all")]
    ['word', 'space', 'sign', 'sign', 'space', 'space']
    """
    for match in _pattern().finditer(sparql):
        yield Token(match.lastgroup or "other", match[0], *match.span())


def words(sparql: str) -> tuple[str, ...]:
    """The bare words of a query in upper case: what is left without strings, IRIs and names.

    >>> words('SELECT ?service { ?s ex:load "SERVICE" } # LOAD')
    ('SELECT',)
    """
    return tuple(token.text.upper() for token in tokens(sparql) if token.kind == "word")


def unescaped(sparql: str) -> str:
    """Code point escapes decoded: SPARQL allows them anywhere, also inside a keyword."""

    def decode(match: re.Match[str]) -> str:
        point = int(match[1] or match[2], 16)
        return chr(point) if point <= 0x10FFFF else match[0]

    return _ESCAPE.sub(decode, sparql)


def refuse_network(sparql: str) -> None:
    """Refuse a query or update that could make the engine open a connection or a file, or crash.

    Raises:
        QueryError: the text uses ``SERVICE`` or ``LOAD``, can be read in two ways, has more
            than a million characters, or is nested deeper than an engine can follow.

    >>> refuse_network("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryError: SERVICE is refused: queries read this store and nothing else
    """
    if len(sparql) > MAX_QUERY_CHARACTERS:
        raise QueryError(f"the query has {len(sparql):,} characters; at most 1,000,000 are read")
    _refuse_escapes(sparql)
    depth, before, nest = 0, Token("sign", "{"), _Nest()
    for token in tokens(sparql):
        nest.take(token, before)
        keyword = _federation(token)
        if keyword:
            raise QueryError(f"{keyword} is refused: queries read this store and nothing else")
        if token.kind == "other":
            raise SparqlSyntaxError(f"the query is not valid SPARQL: a stray {token.text}")
        if depth and _ambiguous(before, token):
            raise QueryError(
                f"{token.text} may be an IRI or a comparison here; put a space after <, "
                "or write the IRI with a prefix"
            )
        depth = max(0, depth + (token.text == "(") - (token.text == ")"))
        before = token
    nest.close()


@dataclass(slots=True)
class _Group:
    """What stands between two brackets: its own steps, and the tallest group in it."""

    bracket: str = ""
    steps: int = 0
    tallest: int = 0
    having: bool = False
    listed: bool = False


class _Nest:
    """How tall the tree of a query is, told from its tokens alone."""

    def __init__(self) -> None:
        self._open = [_Group()]
        self._quoted = 0
        self._last = ""

    def take(self, token: Token, before: Token) -> None:
        """The next token.

        Raises:
            QueryError: too many brackets are open, or too many steps were closed.
        """
        group, text = self._open[-1], token.sign
        if text in _CLOSED_BY:
            group.steps += not group.listed and (
                group.having if text == "(" else text == group.bracket == "{"
            )
            listed = group.listed or (text == "{" and self._last in _LISTED)
            self._open.append(_Group(text, listed=listed))
        elif group.bracket and text == _CLOSED_BY[group.bracket]:
            self._shut()
        elif text in ("<", ">") and text == before.text and before.end == token.start:
            # A triple in a triple: << … >>
            self._quoted = max(0, self._quoted + (1 if text == "<" else -1))
        elif text == ";" and len(self._open) == 1:
            group.steps = 0  # the next operation of an update
        elif token.kind == "word":
            self._word(token.word, group)
        elif not group.listed:
            group.steps += _lowers(token, before, group.bracket)
        if len(self._open) + self._quoted > MAX_DEPTH + 1:
            raise QueryError(f"the query is nested too deeply: at most {MAX_DEPTH} levels are read")

    def _word(self, word: str, group: _Group) -> None:
        self._last = word
        group.having = word == "HAVING" or (group.having and word not in _AFTER_HAVING)
        if word == "AS" and len(self._open) > 1:
            self._open[-2].steps += 1
        group.steps += word == "FILTER"

    def _shut(self) -> None:
        group = self._open.pop()
        outer = self._open[-1]
        outer.tallest = max(outer.tallest, group.tallest + group.steps + 1)
        self._measure(outer)

    def _measure(self, group: _Group) -> None:
        if group.tallest + group.steps > MAX_HEIGHT:
            raise QueryError(
                f"the query is too long to plan: at most {MAX_HEIGHT} patterns and operators may"
                " follow on one another; list values with IN or VALUES"
            )

    def close(self) -> None:
        """The end of the text.

        Raises:
            QueryError: too many operators follow on one another.
        """
        while len(self._open) > 1:
            self._shut()
        self._measure(self._open[0])


def _lowers(token: Token, before: Token, bracket: str) -> bool:
    """Whether what follows a token stands a step lower or higher than what stands before it."""
    text = token.text
    follows = before.kind in _OPERANDS or before.text in (")", "]")
    if text in ("|", "&"):
        return not (before.text == text and before.end == token.start)
    if text == "!":
        return before.text == "!"
    if bracket == "(":
        # Operators; and items of a collection, which nothing stands between.
        return follows and (text in ("+", "-", "*", "/") or token.kind in _ITEMS)
    return text in (".", ";", ",", "/")


def _refuse_escapes(sparql: str) -> None:
    """An engine decodes before or after it splits into tokens; only for ASCII does it matter."""
    for match in _ESCAPE.finditer(sparql):
        point = int(match[1] or match[2], 16)
        if 0x20 <= point <= 0x7E or point in (9, 10, 13):
            raise QueryError(
                f"{match[0]} is refused: write {chr(point)!a} itself, not its code point"
            )


def _federation(token: Token) -> str | None:
    """SERVICE or LOAD, if an engine might see it in the token."""
    text = token.text.upper()
    if token.kind == "word":
        found = _FEDERATION.search(text)
    elif token.kind == "name":
        prefix, _, local = text.partition(":")
        found = _FEDERATION.search(prefix) or (
            _FEDERATION.search(text) if _HIDDEN_IN_LOCAL.search(local) else None
        )
    else:
        return None
    return found[0] if found else None


def _ambiguous(before: Token, token: Token) -> bool:
    """Between brackets: an IRI after an operand that, read as a comparison, would hide text."""
    return (
        token.kind == "iri"
        and ("#" in token.text or "'" in token.text)
        and (before.kind in _OPERANDS or before.text == ")")
        and not _ABSOLUTE.match(token.text)
    )


def datasets(sparql: str, *, base: str) -> tuple[str, ...]:
    """The graphs that FROM and FROM NAMED name, as IRIs, in order.

    >>> datasets("PREFIX un: <https://undocs.org/> ASK FROM un:en FROM NAMED <x> {}", base="a:b")
    ('https://undocs.org/en', 'x')
    """
    prefixes: dict[str, str] = {}
    found = []
    stream = [*tokens(sparql), Token("iri", "<>"), Token("iri", "<>")]
    for token, after, last in zip(stream, stream[1:], stream[2:], strict=False):
        word = token.text.upper() if token.kind == "word" else ""
        if word == "PREFIX":
            prefixes[after.text[:-1]] = urljoin(base, last.text[1:-1])
        elif word == "BASE":
            base = urljoin(base, after.text[1:-1])
        elif word == "FROM":
            named = after.text.upper() == "NAMED"
            found.append(_iri(last if named else after, prefixes, base))
    return tuple(found)


def _iri(token: Token, prefixes: dict[str, str], base: str) -> str:
    if token.kind == "iri":
        return urljoin(base, token.text[1:-1])
    prefix, _, local = token.text.partition(":")
    return prefixes.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)


def syntax_error(sparql: str, message: str, *, update: bool = False) -> SparqlSyntaxError:
    """An engine's complaint as an error that shows the line and a caret under the place.

    The engine names the furthest point it reached, often the end; RDFLib's slower parser names
    the start of the clause it could not read, which is where people look.

    >>> print(syntax_error("SELECT ?s { ?s ?p ?o }\\nLIMIT x", "error at 2:7"))
    the query is not valid SPARQL, line 2, column 1: cannot be read from LIMIT on
        LIMIT x
        ^
    """
    what = "update" if update else "query"
    found = _parser_place(sparql, update)
    if isinstance(found, str):
        return SparqlSyntaxError(f"the {what} is not valid SPARQL: {found}")
    reached = re.search(r"(\d+):(\d+)", message)
    if found is None and reached is None:
        return SparqlSyntaxError(f"the {what} is not valid SPARQL: {message}")
    row, column = found or _numbers(reached)
    lines = sparql.splitlines() or [""]
    line = lines[min(row, len(lines)) - 1]
    # A long line is shown around the place, so that the caret stays visible.
    offset = max(0, column - 60)
    word = re.match(r"\S*", line[column - 1 :])
    where = f"cannot be read from {word[0]} on" if word and word[0] else "ends too early"
    return SparqlSyntaxError(
        f"the {what} is not valid SPARQL, line {row}, column {column}: {where[:80]}",
        line=row,
        column=column,
        caret=f"    {line[offset : offset + 100]}\n    {' ' * (column - 1 - offset)}^",
    )


def _numbers(found: re.Match[str] | None) -> tuple[int, int]:
    return (int(found[1]), int(found[2])) if found else (1, 1)


def _parser_place(sparql: str, update: bool) -> tuple[int, int] | str | None:
    """Line and column of the clause RDFLib cannot read, or what it says of a prefix."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql import algebra, parser

    if len(sparql) > _PARSED_TWICE:
        return None
    parse: Callable[[str], object] = parser.parseUpdate if update else parser.parseQuery
    translate = algebra.translateUpdate if update else algebra.translateQuery
    try:
        translate(parse(sparql))  # type: ignore[arg-type]
    except ParseBaseException as error:
        return error.lineno, error.column
    except Exception as error:  # whatever it is, the text is wrong already
        return str(error) if "prefix" in str(error) else None
    return None
