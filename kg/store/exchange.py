"""A graph's content exchanged for another: what it takes, as one SPARQL update."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.store.content import Content

if TYPE_CHECKING:
    import pyoxigraph as ox


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """What graphs lose and one of them gains, triples as lines without their point.

    ``gone`` are graphs that lose all they have, ``lone`` the triples no graph states any more.
    """

    graph: str
    lost: frozenset[str]
    gained: frozenset[str]
    gone: tuple[str, ...]
    lone: frozenset[str]

    def update(self) -> str:
        """As one SPARQL update, the merge in the default graph included."""
        steps = [f"DROP GRAPH <{name}>" for name in self.gone]
        if self.lost or self.lone:
            inner = f"GRAPH <{self.graph}> {{ {_block(self.lost)} }} {_block(self.lone)}"
            steps.append(f"DELETE DATA {{ {inner} }}")
        if self.gained:
            inner = f"GRAPH <{self.graph}> {{ {_block(self.gained)} }} {_block(self.gained)}"
            steps.append(f"INSERT DATA {{ {inner} }}")
        return " ;\n".join(steps)


def exchange_of(database: ox.Store, one: Content) -> Exchange | None:
    """What brings a database from what it holds to this content; None where that is nothing."""
    new = frozenset(one.triples().decode().replace(" .\n", "\n").split("\n")) - {""}
    old = {name: _lines(database, name) for name in (one.graph, *one.replaces)}
    here = old[one.graph]
    gone = tuple(name for name in old if old[name] and (name != one.graph or not new))
    lost = frozenset[str]() if one.graph in gone else here - new
    if not (gone or lost or new - here):
        return None
    less = {**{name: old[name] for name in gone}, one.graph: here - new}
    lone = frozenset(
        line
        for line in frozenset[str]().union(*less.values()) - new
        if not _stated_elsewhere(database, line, less)
    )
    return Exchange(graph=one.graph, lost=lost, gained=new - here, gone=gone, lone=lone)


def _lines(database: ox.Store, graph: str) -> frozenset[str]:
    """The triples of a graph, as they are written."""
    import pyoxigraph as ox

    found = database.quads_for_pattern(None, None, None, ox.NamedNode(graph))
    return frozenset(str(quad.triple) for quad in found)


def _stated_elsewhere(database: ox.Store, line: str, less: Mapping[str, frozenset[str]]) -> bool:
    """Whether a graph goes on to state a triple that others lose."""
    import pyoxigraph as ox

    quad = next(iter(ox.parse(f"{line} .", format=ox.RdfFormat.N_TRIPLES)))
    found = database.quads_for_pattern(quad.subject, quad.predicate, quad.object)
    names = (getattr(one.graph_name, "value", None) for one in found)
    return any(name is not None and line not in less.get(name, ()) for name in names)


def _block(lines: Iterable[str]) -> str:
    return "\n".join(f"{line} ." for line in sorted(lines))
