"""A network as two tables, nodes and edges, with typed columns: what its notations write.

A cell is None, a text, a whole number, a number, a truth value, or a list of texts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import networkx as nx

CellType = Literal["text", "whole", "number", "truth", "texts"]
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Columns by name with their types, and rows, which may be asked for several times."""

    columns: Mapping[str, CellType]
    rows: Callable[[], Iterable[Row]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """Nodes, of which the first column is the ``id``; edges, which start with ``source, target``.

    ``nodes_are`` and ``edges_are`` name the column that tells what kind of thing a row is, or
    the kind of all of them.
    """

    nodes: Table
    edges: Table
    directed: bool
    nodes_are: str
    edges_are: str


def from_graph(graph: nx.Graph[str], *, nodes_are: str, edges_are: str) -> Network:
    """A networkx graph as tables, rows in order, so that equal graphs give equal tables."""
    nodes = sorted(graph.nodes(data=True), key=lambda node: node[0])
    edges = sorted(
        ((*_ends(graph, a, b), facts) for a, b, facts in graph.edges(data=True)),
        key=lambda edge: (edge[0], edge[1], str(edge[2])),
    )
    node_types = _types(facts for _, facts in nodes)
    edge_types = _types(facts for _, _, facts in edges)

    def node_rows() -> Iterator[Row]:
        return ((name, *map(facts.get, node_types)) for name, facts in nodes)

    def edge_rows() -> Iterator[Row]:
        return ((a, b, *map(facts.get, edge_types)) for a, b, facts in edges)

    return Network(
        nodes=Table(columns={"id": "text", **node_types}, rows=node_rows),
        edges=Table(columns={"source": "text", "target": "text", **edge_types}, rows=edge_rows),
        directed=graph.is_directed(),
        nodes_are=nodes_are,
        edges_are=edges_are,
    )


def _ends(graph: nx.Graph[str], a: str, b: str) -> tuple[str, str]:
    return (a, b) if graph.is_directed() or a <= b else (b, a)


def _types(rows: Iterable[Mapping[str, Any]]) -> dict[str, CellType]:
    """The type of each column: the narrowest that takes all its values.

    >>> _types([{"year": None, "weight": 1}, {"year": 2017, "weight": 0.5}])
    {'year': 'whole', 'weight': 'number'}
    """
    found: dict[str, set[CellType]] = {}
    for facts in rows:
        for name, value in facts.items():
            kinds = found.setdefault(name, set())
            if value is not None:
                kinds.add(_type_of(value))
    return {name: _widest(kinds) for name, kinds in found.items()}


def _type_of(value: Any) -> CellType:
    if isinstance(value, list | tuple):
        return "texts"
    # A truth value is a whole number to Python.
    for kind, name in ((bool, "truth"), (int, "whole"), (float, "number")):
        if isinstance(value, kind):
            return name  # type: ignore[return-value]
    return "text"


def _widest(kinds: set[CellType]) -> CellType:
    if len(kinds) == 1:
        return next(iter(kinds))
    return "number" if kinds == {"whole", "number"} else "text"
