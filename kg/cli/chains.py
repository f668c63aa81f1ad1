"""What a person asks of a chain or of sponsors, as the part of a graph that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError

if TYPE_CHECKING:
    import networkx as nx

    from kg.cli.options import DirectionName
    from kg.network.citations import Citations
    from kg.store import Reader

PATH_DEPTH = 6


def chain_graph(
    store: Reader,
    name: str,
    *,
    direction: DirectionName,
    depth: int,
    to: str | None,
    language: str = "en",
) -> tuple[nx.MultiDiGraph[str], str]:
    """The chain from a document, or the ways from it to another, and the node it starts from.

    Raises:
        QueryError: a name is not known, or no way leads from one to the other.
    """
    from kg.analyse import chain
    from kg.analyse.graph import name_in
    from kg.lookup import find
    from kg.network.citations import load

    start = find(store, name, "work").value
    network = load(store)
    if to is not None:
        ways = _ways(store, network, start, to)
        found = chain.path_graph(network, ways, language=language)
    else:
        reach = chain.descendants if direction == "cites" else chain.ancestors
        found = reach(network, start, depth=depth, language=language)
    return found, name_in(found, start) or start


def chain_rows(
    store: Reader, name: str, *, direction: DirectionName, depth: int, to: str | None
) -> list[dict[str, Any]]:
    """The same as rows: one a citation, or one a step of each way."""
    from kg.analyse import chain
    from kg.lookup import find
    from kg.network.citations import load

    if to is None:
        graph, _ = chain_graph(store, name, direction=direction, depth=depth, to=None)
        return chain.rows(graph)
    start = find(store, name, "work").value
    network = load(store)
    return chain.path_rows(network, _ways(store, network, start, to))


def _ways(store: Reader, network: Citations, start: str, to: str) -> tuple[tuple[str, ...], ...]:
    from kg.analyse import chain
    from kg.lookup import find

    ways = chain.paths(network, start, find(store, to, "work").value, depth=PATH_DEPTH)
    if not ways:
        raise QueryError(f"no chain of up to {PATH_DEPTH} steps leads to {to} from there")
    return ways


def state_codes(store: Reader, names: Sequence[str]) -> list[str]:
    """ISO codes of states given by code, name or IRI."""
    from kg.lookup import find

    return [find(store, name, "state").value.rsplit("/", 1)[-1] for name in names]


def sponsor_graph(store: Reader, names: Sequence[str], *, language: str = "en") -> nx.Graph[str]:
    """States tied by the drafts they share: all, those around one state, or those among several.

    Raises:
        QueryError: a state is not known, or sponsors nothing here.
    """
    from kg.analyse.cosponsors import projection
    from kg.network.selection import incidence
    from kg.network.sponsorships import load

    loaded = load(store)
    graph = projection(loaded, language=language)
    found = incidence(loaded)
    wanted = {loaded.states[found.states[found.place(code)]] for code in state_codes(store, names)}
    if len(wanted) == 1:
        wanted |= set(graph[next(iter(wanted))])
    return graph.subgraph(wanted).copy() if wanted else graph
