"""CSV of nodes and edges, for anything that reads tables and for Neo4j's importer.

Texts stand in quotation marks and unknown values are empty without any, so that a reader that
looks (DuckDB, PostgreSQL, Neo4j) tells an empty text from none. A list is its JSON text, in
Neo4j's files an array.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import IO, Any

from kg.export.tables import CellType, Network, Row, Table

Cell = Callable[[Any], str]
# Stands between the items of an array; an item that has one itself gets a broken bar.
ARRAY_MARK = "|"
_NEO4J: Mapping[CellType, str] = {
    "text": "string",
    "whole": "long",
    "number": "double",
    "truth": "boolean",
    "texts": "string[]",
}
NEO4J_COMMAND = (
    "neo4j-admin database import full --nodes=nodes.csv --relationships=relationships.csv"
    f' --multiline-fields=true --array-delimiter="{ARRAY_MARK}" neo4j'
)


def write_csv(table: Table, out: IO[bytes]) -> None:
    """A table as CSV (RFC 4180, UTF-8, lines end with a line feed)."""
    out.write(_line(map(quoted, table.columns)))
    out.writelines(_line(map(_cell, row)) for row in table.rows())


def write_neo4j(network: Network, nodes: IO[bytes], relationships: IO[bytes]) -> None:
    """Nodes and relationships with the headers that ``neo4j-admin database import`` wants."""
    table = network.nodes
    facts = list(table.columns.items())[1:]
    nodes.write(_line(map(quoted, ("iri:ID", ":LABEL", *_typed(facts)))))
    label = _kind_of(network.nodes_are, table, _label)
    nodes.writelines(
        _line((quoted(row[0]), quoted(label(row)), *map(_value, row[1:]))) for row in table.rows()
    )
    table = network.edges
    facts = list(table.columns.items())[2:]
    relationships.write(_line(map(quoted, (":START_ID", ":END_ID", ":TYPE", *_typed(facts)))))
    kind = _kind_of(network.edges_are, table, _relation)
    relationships.writelines(
        _line((*map(quoted, row[:2]), quoted(kind(row)), *map(_value, row[2:])))
        for row in table.rows()
    )


def _typed(facts: Iterable[tuple[str, CellType]]) -> list[str]:
    return [f"{name}:{_NEO4J[kind]}" for name, kind in facts]


def _kind_of(name: str, table: Table, shaped: Callable[[str], str]) -> Callable[[Row], str]:
    """What kind of thing a row is: the value of the column of that name, else the name."""
    columns = list(table.columns)
    if name not in columns:
        return lambda row: shaped(name)
    place = columns.index(name)
    return lambda row: shaped(str(row[place] or "thing"))


def _label(kind: str) -> str:
    """A node label as Neo4j's style has it: ``Resolution``."""
    return "".join(map(str.capitalize, re.findall(r"[a-z0-9]+", kind.lower()))) or "Thing"


def _relation(kind: str) -> str:
    """A relationship type as Neo4j's style has it.

    >>> _relation("takesNoteOf")
    'TAKES_NOTE_OF'
    """
    return "_".join(re.findall(r"[A-Z]?[a-z0-9]+", kind)).upper() or "CITES"


def quoted(text: str) -> str:
    """A text as a CSV cell.

    >>> quoted('entitled "Rivers" of 2017')
    '"entitled ""Rivers"" of 2017"'
    """
    return '"' + text.replace('"', '""') + '"'


def _cell(value: Any) -> str:
    if isinstance(value, list | tuple):
        return quoted(json.dumps(list(value), ensure_ascii=False))
    return _plain(value)


def _value(value: Any) -> str:
    if isinstance(value, list | tuple):
        items = (str(item).replace(ARRAY_MARK, "\N{BROKEN BAR}") for item in value)
        return quoted(ARRAY_MARK.join(items)) if value else ""
    return _plain(value)


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return quoted(value) if isinstance(value, str) else str(value)


def _line(cells: Iterable[str]) -> bytes:
    return (",".join(cells) + "\n").encode()
