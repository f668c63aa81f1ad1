"""Communities of a network, how good they are, and who stands where in it.

Computed on matrices; what goes in are networkx graphs, what comes out is told of their nodes.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from kg.analyse.leiden import leiden

if TYPE_CHECKING:
    import networkx as nx
    from scipy.sparse import csr_matrix

Node = TypeVar("Node", bound=Hashable)
DAMPING = 0.85
JUMPS, STEPS = 1e-13, 1_000


def communities(
    graph: nx.Graph[Node], *, weight: str = "weight", seed: int = 0, resolution: float = 1.0
) -> list[list[Node]]:
    """Leiden communities, the largest first, members in order; the same on every run.

    An edge without ``weight`` counts 1; ties that are not positive are left out. Nodes are in
    the order of their texts, whatever order the graph was made in; a node without ties is a
    community of its own. Higher ``resolution``, smaller communities. ``seed`` 0 visits the nodes
    in that order, any other in one that it shuffles.

    Source: Traag, Waltman, van Eck 2019 (doi:10.1038/s41598-019-41695-z).

    >>> import networkx as nx
    >>> communities(nx.Graph([("ARG", "BRA"), ("BRA", "PER"), ("PER", "ARG"), ("FRA", "DEU")]))
    [['ARG', 'BRA', 'PER'], ['DEU', 'FRA']]
    """
    nodes: list[Node] = _in_order(graph)
    labels = leiden(_matrix(graph, nodes, weight), seed=seed, resolution=resolution)
    groups: dict[int, list[Node]] = {}
    for node, label in zip(nodes, labels.tolist(), strict=True):
        groups.setdefault(label, []).append(node)
    return sorted(groups.values(), key=lambda group: (-len(group), str(group[0])))


def modularity(
    graph: nx.Graph[Node],
    groups: Iterable[Collection[Node]],
    *,
    weight: str = "weight",
    resolution: float = 1.0,
) -> float:
    """How much more weight lies within groups than their members' strengths would bring there.

    0 where there are no ties. Source: Newman 2004 (doi:10.1103/PhysRevE.70.056131).

    >>> import networkx as nx
    >>> modularity(nx.Graph([(1, 2), (3, 4)]), [[1, 2], [3, 4]])
    0.5
    """
    nodes: list[Node] = _in_order(graph)
    place = {node: number for number, node in enumerate(nodes)}
    labels = np.zeros(len(nodes), dtype=np.int64)
    for number, group in enumerate(groups):
        labels[[place[node] for node in group]] = number
    return modularity_of(_matrix(graph, nodes, weight), labels, resolution=resolution)


def modularity_of(
    adjacency: csr_matrix, labels: NDArray[np.int64], *, resolution: float = 1.0
) -> float:
    """The same of a symmetric matrix and a label for each row."""
    whole = adjacency.sum()
    if not whole:
        return 0.0
    ends = adjacency.tocoo()
    within = ends.data[labels[ends.row] == labels[ends.col]].sum() / whole
    strengths = np.asarray(adjacency.sum(axis=1)).ravel()
    shares = np.bincount(labels, weights=strengths) / whole
    return float(within - resolution * (shares**2).sum())


def centralities(graph: nx.Graph[Node], *, weight: str = "weight") -> dict[Node, dict[str, float]]:
    """``strength, pagerank, betweenness, eigenvector`` of each node of an undirected graph.

    Strength is the sum of weights. Betweenness takes two nodes for the nearer the more ties
    them: a distance is 1/weight (Newman 2001, doi:10.1103/PhysRevE.64.016132; Brandes 2001).
    PageRank damps by 0.85; the eigenvector has length 1.

    >>> import networkx as nx
    >>> middle = centralities(nx.Graph([("FRA", "DEU"), ("DEU", "POL")]))["DEU"]
    >>> middle["strength"], middle["betweenness"]
    (2.0, 1.0)
    """
    nodes: list[Node] = _in_order(graph)
    if not nodes:
        return {}
    adjacency = _matrix(graph, nodes, weight)
    columns = {
        "strength": np.asarray(adjacency.sum(axis=1)).ravel(),
        "pagerank": pagerank(adjacency),
        "betweenness": betweenness(adjacency),
        "eigenvector": eigenvector(adjacency),
    }
    rows = zip(*(values.tolist() for values in columns.values()), strict=True)
    return {
        node: dict(zip(columns, row, strict=True)) for node, row in zip(nodes, rows, strict=True)
    }


def pagerank(adjacency: csr_matrix) -> NDArray[np.float64]:
    """The chance of each node on a random walk along weighted ties with jumps; sums to 1.

    From a node without ties the walk jumps anywhere (Page, Brin 1998; scikit-network 0.33 has it
    jump to nodes without ties more often than to others).
    """
    from scipy.sparse import diags_array

    count = adjacency.shape[0]
    strength = np.asarray(adjacency.sum(axis=1)).ravel()
    walk = np.divide(DAMPING, strength, out=np.zeros(count), where=strength > 0)
    steps = adjacency.T @ diags_array(walk)
    ranks = np.full(count, 1 / count)
    for _ in range(STEPS):
        moved = steps @ ranks
        moved += (1 - moved.sum()) / count
        done = np.abs(moved - ranks).sum() < JUMPS
        ranks = moved
        if done:
            break
    return np.asarray(ranks)


def eigenvector(adjacency: csr_matrix) -> NDArray[np.float64]:
    """The eigenvector of the largest eigenvalue, not negative; zeros where there are no ties."""
    from scipy.sparse.linalg import eigsh

    count = adjacency.shape[0]
    if not adjacency.nnz:
        return np.zeros(count)
    if count < 50:
        _, vectors = np.linalg.eigh(adjacency.toarray())
    else:
        _, vectors = eigsh(adjacency, k=1, which="LA", v0=np.ones(count))
    return np.asarray(np.abs(vectors[:, -1]))


def betweenness(adjacency: csr_matrix) -> NDArray[np.float64]:
    """The share of shortest ways, of length 1/weight a tie, that lead through each node.

    Nodes are taken in the order of their distance from each start, all their ties at once.
    """
    from scipy.sparse.csgraph import dijkstra

    count = adjacency.shape[0]
    lengths = adjacency.copy()
    lengths.data = 1 / lengths.data
    distances = dijkstra(lengths, directed=False)
    full = np.where(adjacency.toarray() > 0, lengths.toarray(), np.inf)
    found = np.zeros(count)
    for start in range(count):
        found += _dependencies(full, distances[start])
    pairs = (count - 1) * (count - 2)
    return found / pairs if pairs > 0 else found


def _dependencies(
    lengths: NDArray[np.float64], distance: NDArray[np.float64]
) -> NDArray[np.float64]:
    """What each node carries of the shortest ways from one start (Brandes 2001)."""
    order = np.argsort(distance, kind="stable")
    order = order[np.isfinite(distance[order])]
    away = distance[order]
    leads = np.abs(away[:, None] + lengths[np.ix_(order, order)] - away) <= 1e-12 * away
    ways, carried = np.zeros(len(order)), np.zeros(len(order))
    ways[0] = 1
    for node in range(1, len(order)):
        ways[node] = ways[leads[:, node]].sum()
    for node in range(len(order) - 1, 0, -1):
        before = leads[:, node]
        carried[before] += ways[before] / ways[node] * (1 + carried[node])
    carried[0] = 0
    found = np.zeros(len(distance))
    found[order] = carried
    return found


def _in_order(graph: nx.Graph[Node]) -> list[Node]:
    return sorted(graph, key=lambda node: (str(node), str(type(node))))


def _matrix(graph: nx.Graph[Any], nodes: Sequence[Any], weight: str) -> csr_matrix:
    """The graph's positive ties as a symmetric matrix; a loop stands on the diagonal."""
    from scipy.sparse import csr_matrix

    place = {node: number for number, node in enumerate(nodes)}
    ends = [
        (place[a], place[b], float(facts.get(weight, 1))) for a, b, facts in graph.edges(data=True)
    ]
    ties = np.array(ends, dtype=np.float64).reshape(-1, 3)
    ties = ties[np.isfinite(ties[:, 2]) & (ties[:, 2] > 0)]
    first, second = ties[:, 0].astype(np.int64), ties[:, 1].astype(np.int64)
    apart = first != second
    rows = np.concatenate([first, second[apart]])
    columns = np.concatenate([second, first[apart]])
    data = np.concatenate([ties[:, 2] * np.where(apart, 1, 2), ties[apart, 2]])
    found = csr_matrix((data, (rows, columns)), shape=(len(nodes), len(nodes)))
    found.sum_duplicates()
    found.sort_indices()
    return found
