"""Citation chains: what a document rests on, what rests on it, and the ways between two.

Each function takes a store or its citation network (``kg.network.citations.load``, which a
store on disk keeps); a network that is loaded once answers many questions.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Any, Literal

from kg.analyse.graph import facts_of, graph_of, network_of, node_of, reached

if TYPE_CHECKING:
    import networkx as nx

    from kg.network.citations import Citations
    from kg.network.reach import Within
    from kg.store import Reader

Direction = Literal["cites", "cited-by"]
MAX_PATHS = 100


def descendants(
    store: Reader | Citations,
    start: str,
    *,
    depth: int | None = 3,
    within: Within | None = None,
    language: str = "en",
) -> nx.MultiDiGraph[str]:
    """What a document cites, what that cites, and so on: a graph of ``depth`` steps at most.

    ``start`` is an IRI; ``depth`` None follows citations to their end; ``within`` follows only
    citations of some clauses, to works of some organs and years. The graph is as
    ``citation_graph`` makes it; its nodes have a further attribute ``depth``, 0 for the start
    and for what a reader takes for the same: the drafts of a report, the resolution a draft
    became.

    Raises:
        QueryError: the store has no such node.

    >>> from kg.demo import sample_paths
    >>> from kg.ingest import build
    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     report = build(sample_paths(), store=store, base=store.base)
    ...     found = descendants(store, "https://undocs.org/A/97/512", depth=1)
    >>> found.nodes["https://undocs.org/A/RES/70/1"]["depth"]
    1
    """
    return _reached(store, start, "cites", depth, within, language)


def ancestors(
    store: Reader | Citations,
    start: str,
    *,
    depth: int | None = 3,
    within: Within | None = None,
    language: str = "en",
) -> nx.MultiDiGraph[str]:
    """What cites a document, what cites that, and so on; as ``descendants`` otherwise."""
    return _reached(store, start, "cited-by", depth, within, language)


def _reached(
    store: Reader | Citations,
    start: str,
    direction: Direction,
    depth: int | None,
    within: Within | None,
    language: str,
) -> nx.MultiDiGraph[str]:
    network, found = reached(store, start, direction=direction, depth=depth, within=within)
    return graph_of(
        network,
        nodes=found.nodes,
        edges=found.edges,
        language=language,
        depth=found.depths.tolist(),
    )


def closure(
    store: Reader | Citations,
    start: str,
    *,
    direction: Direction = "cites",
    within: Within | None = None,
) -> dict[str, int]:
    """All that a document rests on, or all that rests on it: IRIs with their depths.

    The start, and what ties join to it, has depth 0.

    Raises:
        QueryError: the store has no such node.
    """
    from kg.network.reach import EVERYTHING, Walk

    network = network_of(store)
    walk = Walk(network, direction, within or EVERYTHING)
    depths = walk.depths(node_of(network, start), None)
    reached = (depths >= 0).nonzero()[0]
    return dict(zip(network.iri.take(reached), depths[reached].tolist(), strict=True))


def paths(
    store: Reader | Citations,
    start: str,
    end: str,
    *,
    depth: int = 6,
    limit: int = MAX_PATHS,
    within: Within | None = None,
) -> tuple[tuple[str, ...], ...]:
    """The ways by citations from one document to another, shortest first, as IRIs.

    Each is its nodes in order, drafts of a report included; none takes more than ``depth``
    steps, none passes a node twice, and at most ``limit`` are given.

    Raises:
        QueryError: the store lacks one of the two.
    """
    from kg.network.reach import EVERYTHING, Walk, distances

    network = network_of(store)
    first, last = node_of(network, start), node_of(network, end)
    within = within or EVERYTHING
    far = distances(network, last, within=within, depth=depth)
    walk = Walk(network, "cites", within)
    found: list[tuple[str, ...]] = []
    for length in range(depth + 1 if far[first] < 0 else int(far[first]), depth + 1):
        for way in _ways(walk, [first], last, length, far):
            found.append(tuple(network.iri[node] for node in way))
            if len(found) == limit:
                return tuple(found)
    return tuple(found)


def _ways(walk: Any, way: list[int], last: int, left: int, far: Any) -> Iterator[tuple[int, ...]]:
    """The ways of exactly ``left`` further steps; what is too far from the end is not tried."""
    import numpy as np

    if way[-1] == last:
        if left == 0:
            yield tuple(way)
        return
    here, network = np.array([way[-1]]), walk.network
    ties = walk.ties(here)
    joined = set(network.source[ties].tolist()) | set(network.target[ties].tolist())
    following = {(-1, other) for other in walk.others(walk.citations(here)).tolist()}
    for gain, other in sorted(following | {(0, other) for other in joined}):
        if other not in way and 0 <= far[other] <= left + gain:
            yield from _ways(walk, [*way, other], last, left + gain, far)


def shortest_paths(
    store: Reader | Citations,
    start: str,
    end: str,
    *,
    limit: int = MAX_PATHS,
    within: Within | None = None,
) -> tuple[int, tuple[tuple[str, ...], ...]]:
    """How many ways of fewest citations lead from one document to another, and the first.

    A draft and the resolution it became count as one stop of a way. The number is exact; at
    most ``limit`` ways are listed, so more than are listed were found if it is greater.

    Raises:
        QueryError: the store lacks one of the two.
    """
    from kg.network.reach import EVERYTHING
    from kg.network.shortest import shortest_ways

    network = network_of(store)
    first, last = node_of(network, start), node_of(network, end)
    found = shortest_ways(network, first, last, limit=limit, within=within or EVERYTHING)
    named = (tuple(network.iri[node] for node in way) for way in found.ways)
    return found.count, tuple(named)


def rows(graph: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    """The edges of a chain as a data frame takes them, by depth, then in order of names."""
    said = ("verb", "via", "paragraph", "quote", "language")
    found = []
    nodes = dict(graph.nodes(data=True))
    for a, b, facts in graph.edges(data=True):
        citing, cited = nodes[a], nodes[b]
        row = {
            "depth": max(citing.get("depth", 0), cited.get("depth", 0)),
            "citing": citing.get("label", a),
            "clause": facts.get("clause", ""),
            "cited": cited.get("label", b),
            "title": cited.get("title", ""),
        }
        for name in said:
            row[name] = facts.get(name, "")
        found.append(row)
    return sorted(found, key=itemgetter("depth", "citing", "cited", "paragraph"))


def path_rows(
    store: Reader | Citations, ways: Sequence[Sequence[str]], *, language: str = "en"
) -> list[dict[str, Any]]:
    """Ways as a data frame takes them: one row an edge, with the number of its way."""
    network = network_of(store)
    found = []
    for number, way in enumerate(ways, start=1):
        for order, (a, b) in enumerate(pairwise(way), start=1):
            one, other = node_of(network, a), node_of(network, b)
            facts = _said(network, one, other, language)
            found.append(
                {
                    "path": number,
                    "step": order,
                    "from": network.about(one, language)["label"],
                    "clause": facts.get("clause", ""),
                    "to": network.about(other, language)["label"],
                    "quote": facts.get("quote", ""),
                    "paragraph": facts.get("paragraph", ""),
                    "language": facts.get("language", ""),
                }
            )
    return found


def path_graph(
    store: Reader | Citations, ways: Sequence[Sequence[str]], *, language: str = "en"
) -> nx.MultiDiGraph[str]:
    """The part of the citation graph that the ways run through."""
    import numpy as np

    network = network_of(store)
    numbered = [[node_of(network, name) for name in way] for way in ways]
    depths = {node: at for way in numbered for at, node in enumerate(way)}
    pairs = {pair for way in numbered for a, b in pairwise(way) for pair in ((a, b), (b, a))}
    edges = [edge for a, b in sorted(pairs) for edge in _between(network, a, b)]
    return graph_of(
        network,
        nodes=np.array(list(depths), dtype=np.int64),
        edges=np.array(sorted(edges), dtype=np.int64),
        language=language,
        depth=list(depths.values()),
    )


def _said(network: Citations, a: int, b: int, language: str) -> dict[str, Any]:
    """The first edge between two neighbours of a way; a tie may point backwards."""
    import numpy as np

    edges = _between(network, a, b) or _between(network, b, a)
    return next(facts_of(network, np.array(edges[:1], dtype=np.int64), language), {})


def _between(network: Citations, a: int, b: int) -> list[int]:
    """The edges from one node to another, in order."""
    first, last = int(network.starts_out[a]), int(network.starts_out[a + 1])
    found: list[int] = (network.target[first:last] == b).nonzero()[0].tolist()
    return [first + place for place in found]
