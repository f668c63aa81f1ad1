"""The text of a SPARQL query, looked at before an engine runs it.

The engine would follow ``SERVICE`` to any host; nothing in this project may reach the
network through a query, so the text is tokenised by the rules of the SPARQL 1.1 grammar
(section 19.8) and refused before it is run.
"""

from __future__ import annotations

import re
from functools import cache

from kg.errors import QueryError

MAX_QUERY_CHARACTERS = 1_000_000
_PARSED_TWICE = 20_000

_TOKENS = r"""
    (?P<skip>
        \#[^\n\r]*                                      # comment
      | '''(?:(?:'|'')?(?:[^'\\]|\\.))*'''              # long string
      | \"\"\"(?:(?:\"|\"\")?(?:[^\"\\]|\\.))*\"\"\"
      | '(?:[^'\\\n\r]|\\.)*'                           # string
      | "(?:[^"\\\n\r]|\\.)*"
      | <[^<>"{}|^`\\\x00-\x20]*>                       # IRI
      | [?$]\w+                                         # variable
      | (?:\w[\w.-]*)?:(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)* # prefixed name, with escapes
      | @[A-Za-z-]+                                     # language tag
    )
  | (?P<word>[A-Za-z_]\w*)
  | (?P<other>.)
"""
_FEDERATION = frozenset({"SERVICE", "LOAD"})


@cache
def _tokens() -> re.Pattern[str]:
    return re.compile(_TOKENS, re.VERBOSE | re.DOTALL)


def words(sparql: str) -> tuple[str, ...]:
    """The bare words of a query in upper case: what is left without strings, IRIs and names.

    >>> words('SELECT ?service { ?s ex:load "SERVICE" } # LOAD')
    ('SELECT',)
    """
    return tuple(m["word"].upper() for m in _tokens().finditer(_unescaped(sparql)) if m["word"])


def _unescaped(sparql: str) -> str:
    """Code point escapes decoded: SPARQL allows them anywhere, also inside a keyword."""

    def decode(match: re.Match[str]) -> str:
        point = int(match[1] or match[2], 16)
        return chr(point) if point <= 0x10FFFF else match[0]

    return re.sub(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})", decode, sparql)


def refuse_network(sparql: str) -> None:
    """Refuse a query that would make the engine open a connection, or one of absurd length.

    Raises:
        QueryError: the text uses ``SERVICE`` or ``LOAD``, or has more than a million characters.

    >>> refuse_network("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    kg.errors.QueryError: SERVICE is refused: queries read this store and nothing else
    """
    if len(sparql) > MAX_QUERY_CHARACTERS:
        raise QueryError(f"the query has {len(sparql):,} characters; at most 1,000,000 are read")
    found = _FEDERATION.intersection(words(sparql))
    if found:
        raise QueryError(f"{min(found)} is refused: queries read this store and nothing else")


def syntax_error(sparql: str, message: str) -> QueryError:
    """An engine's complaint as an error that shows the line and a caret under the place.

    The engine names the furthest point it reached, often the end; RDFLib's slower parser names
    the start of the clause it could not read, which is where people look.

    >>> print(syntax_error("SELECT ?s { ?s ?p ?o }\\nLIMIT x", "error at 2:7"))
    the query is not valid SPARQL, line 2, column 1: cannot be read from LIMIT on
        LIMIT x
        ^
    """
    found = _parser_place(sparql)
    if isinstance(found, str):
        return QueryError(f"the query is not valid SPARQL: {found}")
    reached = re.search(r"(\d+):(\d+)", message)
    if found is None and reached is None:
        return QueryError(f"the query is not valid SPARQL: {message}")
    row, column = found or _numbers(reached)
    lines = sparql.splitlines() or [""]
    line = lines[min(row, len(lines)) - 1]
    # A long line is shown around the place, so that the caret stays visible.
    offset = max(0, column - 60)
    word = re.match(r"\S*", line[column - 1 :])
    where = f"cannot be read from {word[0]} on" if word and word[0] else "ends too early"
    return QueryError(
        f"the query is not valid SPARQL, line {row}, column {column}: {where[:80]}\n"
        f"    {line[offset : offset + 100]}\n    {' ' * (column - 1 - offset)}^"
    )


def _numbers(found: re.Match[str] | None) -> tuple[int, int]:
    return (int(found[1]), int(found[2])) if found else (1, 1)


def _parser_place(sparql: str) -> tuple[int, int] | str | None:
    """Line and column of the clause RDFLib cannot read, or what it says of a prefix."""
    from pyparsing import ParseBaseException
    from rdflib.plugins.sparql.algebra import translateQuery
    from rdflib.plugins.sparql.parser import parseQuery

    if len(sparql) > _PARSED_TWICE:
        return None
    try:
        translateQuery(parseQuery(sparql))
    except ParseBaseException as error:
        return error.lineno, error.column
    except Exception as error:  # whatever it is, the query is wrong already
        return str(error) if "prefix" in str(error) else None
    return None
