"""The plain version of ``kg.analyse.chain`` over networkx."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

from kg.errors import QueryError
from tests.network.oracle_graph import ADOPTED_AS, TIES, name_in

if TYPE_CHECKING:
    import networkx as nx

Direction = Literal["cites", "cited-by"]
MAX_PATHS = 100


def descendants(graph: nx.MultiDiGraph[str], start: str, *, depth: int = 3) -> nx.MultiDiGraph[str]:
    """What a document cites, what that cites, and so on: a graph of ``depth`` steps at most.

    Nodes have a further attribute ``depth``, 0 for the start and for what a reader takes for
    the same: the drafts of a report, the resolution a draft became.

    Raises:
        QueryError: the graph has no such node.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph([("A/72/440", "L.6"), ("L.6", "A/RES/70/1")])
    >>> graph.edges["A/72/440", "L.6", 0]["clause"] = "contains"
    >>> dict(descendants(graph, "A/72/440", depth=1).nodes(data="depth"))
    {'A/72/440': 0, 'L.6': 0, 'A/RES/70/1': 1}
    """
    return _reached(graph, start, depth, "cites")


def ancestors(graph: nx.MultiDiGraph[str], start: str, *, depth: int = 3) -> nx.MultiDiGraph[str]:
    """What cites a document, what cites that, and so on; as ``descendants`` otherwise."""
    return _reached(graph, start, depth, "cited-by")


def _reached(
    graph: nx.MultiDiGraph[str], start: str, depth: int, direction: Direction
) -> nx.MultiDiGraph[str]:
    first = _required(graph, start)
    depths = {first: 0}
    edges: dict[tuple[str, str, int], None] = {}
    waiting = deque([first])
    while waiting:
        node = waiting.popleft()
        for source, target, key, other, cost in _steps(graph, node, direction):
            distance = depths[node] + cost
            if distance > depth:
                continue
            edges[source, target, key] = None
            if distance < depths.get(other, depth + 1):
                depths[other] = distance
                # What is joined by a tie stands at the same depth and comes first.
                (waiting.append if cost else waiting.appendleft)(other)
    return _part(graph, edges, depths)


def _part(
    graph: nx.MultiDiGraph[str],
    edges: Iterable[tuple[str, str, int]],
    depths: dict[str, int],
) -> nx.MultiDiGraph[str]:
    import networkx as nx

    found: nx.MultiDiGraph[str] = nx.MultiDiGraph(**graph.graph)
    for node, depth in depths.items():
        found.add_node(node, **graph.nodes[node], depth=depth)
    found.add_edges_from((a, b, key, graph.edges[a, b, key]) for a, b, key in edges)
    return found


def _steps(
    graph: nx.MultiDiGraph[str], node: str, direction: Direction
) -> Iterator[tuple[str, str, int, str, int]]:
    """Edges from a node: source, target, key, the node at the other end, and the cost.

    Ties cost nothing. A report leads to its drafts in both directions, a draft does not lead
    back to the report; a draft and its resolution lead to each other.
    """
    forward = direction == "cites"
    for source, target, key, clause in graph.out_edges(node, keys=True, data="clause"):
        if clause in TIES:
            yield source, target, key, target, 0
        elif forward:
            yield source, target, key, target, 1
    for source, target, key, clause in graph.in_edges(node, keys=True, data="clause"):
        if clause == ADOPTED_AS:
            yield source, target, key, source, 0
        elif clause not in TIES and not forward:
            yield source, target, key, source, 1


def paths(
    graph: nx.MultiDiGraph[str], start: str, end: str, *, depth: int = 6, limit: int = MAX_PATHS
) -> tuple[tuple[str, ...], ...]:
    """The ways by citations from one document to another, shortest first.

    Each is its nodes in order, drafts of a report included; none takes more than ``depth``
    steps, none passes a node twice, and at most ``limit`` are given.

    Raises:
        QueryError: the graph lacks one of the two.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph([("a", "b"), ("b", "c"), ("a", "c")])
    >>> paths(graph, "a", "c")
    (('a', 'c'), ('a', 'b', 'c'))
    """
    first, last = _required(graph, start), _required(graph, end)
    far = _distances(graph, last)
    found: list[tuple[str, ...]] = []
    for length in range(far.get(first, depth + 1), depth + 1):
        for way in _ways(graph, [first], last, length, far):
            found.append(way)
            if len(found) == limit:
                return tuple(found)
    return tuple(found)


def _ways(
    graph: nx.MultiDiGraph[str], way: list[str], last: str, left: int, far: dict[str, int]
) -> Iterator[tuple[str, ...]]:
    """The ways of exactly ``left`` further steps; what is too far from the end is not tried."""
    if way[-1] == last:
        if left == 0:
            yield tuple(way)
        return
    following = {(-cost, other) for *_, other, cost in _steps(graph, way[-1], "cites")}
    for gain, other in sorted(following):
        cost = -gain
        if other not in way and far.get(other, left + 1) <= left - cost:
            yield from _ways(graph, [*way, other], last, left - cost, far)


def _distances(graph: nx.MultiDiGraph[str], last: str) -> dict[str, int]:
    """How many steps each node that leads to the end is away from it."""
    found = {last: 0}
    waiting = deque([last])
    while waiting:
        node = waiting.popleft()
        for other, cost in _steps_to(graph, node):
            if found[node] + cost < found.get(other, len(graph) + 1):
                found[other] = found[node] + cost
                (waiting.append if cost else waiting.appendleft)(other)
    return found


def _steps_to(graph: nx.MultiDiGraph[str], node: str) -> Iterator[tuple[str, int]]:
    """The nodes one step before a node, with the cost: ``_steps`` read backwards."""
    for source, _, clause in graph.in_edges(node, data="clause"):
        yield source, 0 if clause in TIES else 1
    for _, target, clause in graph.out_edges(node, data="clause"):
        if clause == ADOPTED_AS:
            yield target, 0


def rows(graph: nx.MultiDiGraph[str]) -> list[dict[str, Any]]:
    """The edges of a chain as a data frame takes them, by depth, then in order of names."""
    found = [
        {
            "depth": max(graph.nodes[a].get("depth", 0), graph.nodes[b].get("depth", 0)),
            "citing": graph.nodes[a].get("label", a),
            "clause": facts.get("clause", ""),
            "cited": graph.nodes[b].get("label", b),
            "title": graph.nodes[b].get("title", ""),
            "verb": facts.get("verb", ""),
            "via": facts.get("via", ""),
            "paragraph": facts.get("paragraph", ""),
            "quote": facts.get("quote", ""),
            "language": facts.get("language", ""),
        }
        for a, b, facts in graph.edges(data=True)
    ]
    return sorted(
        found, key=lambda row: [str(row[k]) for k in ("depth", "citing", "cited", "paragraph")]
    )


def path_rows(graph: nx.MultiDiGraph[str], ways: Sequence[Sequence[str]]) -> list[dict[str, Any]]:
    """Ways as a data frame takes them: one row an edge, with the number of its way."""
    found = []
    for number, way in enumerate(ways, start=1):
        for order, (a, b) in enumerate(pairwise(way), start=1):
            facts = _edge_between(graph, a, b)
            found.append(
                {
                    "path": number,
                    "step": order,
                    "from": graph.nodes[a].get("label", a),
                    "clause": facts.get("clause", ""),
                    "to": graph.nodes[b].get("label", b),
                    "quote": facts.get("quote", ""),
                }
            )
    return found


def path_graph(graph: nx.MultiDiGraph[str], ways: Sequence[Sequence[str]]) -> nx.MultiDiGraph[str]:
    """The part of the graph that the ways run through."""
    pairs = {pair for way in ways for pair in pairwise(way)}
    edges = [
        (source, target, key)
        for a, b in sorted(pairs)
        for source, target in ((a, b), (b, a))
        if graph.has_edge(source, target)
        for key in graph[source][target]
    ]
    return _part(graph, edges, {node: at for way in ways for at, node in enumerate(way)})


def _edge_between(graph: nx.MultiDiGraph[str], a: str, b: str) -> dict[str, Any]:
    """The first edge between two neighbours of a way; a tie may point backwards."""
    between = graph.get_edge_data(a, b) or graph.get_edge_data(b, a) or {}
    return dict(between[min(between)]) if between else {}


def _required(graph: nx.MultiDiGraph[str], name: str) -> str:
    found = name_in(graph, name)
    if found is None:
        raise QueryError(f"{name}: cites nothing here and nothing cites it; kg list shows what is")
    return found
