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

    >>> print(syntax_error("SELECT ?s\\nWHERE { ?s ?p }", "error at 2:15: expected object"))
    the query is not valid SPARQL, line 2, column 15: expected object
        WHERE { ?s ?p }
                      ^
    """
    place = re.search(r"(\d+):(\d+)(?::\s*(.*))?", message, re.DOTALL)
    if not place:
        return QueryError(f"the query is not valid SPARQL: {message}")
    row, column = int(place[1]), int(place[2])
    lines = sparql.splitlines() or [""]
    line = lines[min(row, len(lines)) - 1]
    # A long line is shown around the place, so that the caret stays visible.
    offset = max(0, column - 60)
    shown = line[offset : offset + 100]
    return QueryError(
        f"the query is not valid SPARQL, line {row}, column {column}: {place[3] or 'unexpected'}\n"
        f"    {shown}\n    {' ' * (column - 1 - offset)}^"
    )
