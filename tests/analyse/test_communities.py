"""Communities and centralities: as networkx has them, and the same on every run."""

from __future__ import annotations

import random
import subprocess
import sys
from collections.abc import Iterator
from itertools import pairwise

import networkx as nx
import numpy as np
import pytest

from kg.analyse.communities import centralities, communities, modularity
from kg.analyse.cosponsors import projection
from tests.analyse.made_sponsors import bloc_of, made_store


def noise(seed: int, *, nodes: int = 60, weights: tuple[int, ...] = (1, 2, 4, 8)) -> nx.Graph[int]:
    graph = nx.gnp_random_graph(nodes, 0.12, seed=seed)
    dice = random.Random(seed)
    for a, b in graph.edges:
        graph.edges[a, b]["weight"] = dice.choice(weights)
    return graph


def graphs() -> Iterator[nx.Graph[int]]:
    yield nx.karate_club_graph()
    yield from (noise(seed) for seed in range(4))
    # Parts, and nodes without ties.
    yield nx.disjoint_union(noise(7, nodes=20), nx.empty_graph(3))


@pytest.mark.parametrize("graph", list(graphs()))
@pytest.mark.parametrize("resolution", [0.5, 1.0, 2.0])
def test_modularity_is_that_of_networkx(graph: nx.Graph[int], resolution: float) -> None:
    for groups in (
        communities(graph, resolution=resolution),
        [list(graph)[::2], list(graph)[1::2]],
    ):
        assert modularity(graph, groups, resolution=resolution) == pytest.approx(
            nx.community.modularity(graph, groups, resolution=resolution)
        )


@pytest.mark.parametrize("graph", list(graphs()))
def test_they_are_as_good_as_those_of_louvain(graph: nx.Graph[int]) -> None:
    ours = communities(graph)
    assert sorted(node for group in ours for node in group) == sorted(graph)
    assert [len(group) for group in ours] == sorted(map(len, ours), reverse=True)
    assert all(nx.is_connected(graph.subgraph(group)) for group in ours)
    theirs = nx.community.louvain_communities(graph, seed=1)
    assert modularity(graph, ours) >= nx.community.modularity(graph, theirs) - 0.02


def test_blocs_that_were_put_in_are_found() -> None:
    graph = projection(made_store())
    found = communities(graph)
    blocs = [{bloc_of(graph.nodes[node]["code"]) for node in group} for group in found]
    assert sorted(blocs, key=min) == [{0}, {1}, {2}, {3}]


def test_the_order_of_making_does_not_matter() -> None:
    graph = noise(3)
    known = communities(graph)
    for seed in range(5):
        dice, other = random.Random(seed), nx.Graph()
        nodes, edges = list(graph), list(graph.edges(data=True))
        dice.shuffle(nodes)
        dice.shuffle(edges)
        other.add_nodes_from(nodes)
        other.add_edges_from(edges)
        assert communities(other) == known


def test_runs_agree() -> None:
    graph, code = (
        nx.karate_club_graph(),
        (
            "import networkx as nx\n"
            "from kg.analyse.communities import communities\n"
            "print(communities(nx.karate_club_graph(), seed=3))"
        ),
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    again = [str(communities(graph, seed=3)) for _ in range(10)]
    assert set(again) == {done.stdout.strip()}
    assert {len(communities(noise(3))) for _ in range(10)} == {len(communities(noise(3)))}


def test_a_seed_shuffles() -> None:
    found = {str(communities(noise(3), seed=seed)) for seed in range(6)}
    assert len(found) > 1, "more than one order was tried"


def test_ties_that_are_none() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_edge("a", "b", weight=2)
    graph.add_edge("b", "c", weight=0)
    graph.add_edge("c", "d", weight=-1)
    graph.add_edge("d", "e", weight=float("nan"))
    assert communities(graph) == [["a", "b"], ["c"], ["d"], ["e"]]
    assert communities(nx.Graph()) == [] and modularity(nx.Graph(), []) == 0
    assert centralities(nx.Graph()) == {}


@pytest.mark.parametrize("graph", list(graphs()))
def test_strength_and_pagerank_are_those_of_networkx(graph: nx.Graph[int]) -> None:
    ours = centralities(graph)
    ranks = nx.pagerank(graph, tol=1e-12, max_iter=500)
    for node, strength in graph.degree(weight="weight"):
        assert ours[node]["strength"] == strength
        assert ours[node]["pagerank"] == pytest.approx(ranks[node], abs=1e-8)


@pytest.mark.parametrize("graph", list(graphs()))
def test_betweenness_is_that_of_networkx(graph: nx.Graph[int]) -> None:
    for _, _, facts in graph.edges(data=True):
        # Powers of two, so that lengths add up exactly and ways are as long as each other.
        facts["weight"] = 2 ** (facts["weight"] % 3)
        facts["length"] = 1 / facts["weight"]
    known = nx.betweenness_centrality(graph, weight="length")
    ours = centralities(graph)
    assert {node: ours[node]["betweenness"] for node in graph} == pytest.approx(known)


def test_the_eigenvector_is_that_of_networkx() -> None:
    for graph in (nx.karate_club_graph(), noise(3, nodes=90), nx.path_graph(7)):
        assert nx.is_connected(graph)
        known = nx.eigenvector_centrality_numpy(graph, weight="weight")
        ours = centralities(graph)
        assert {node: ours[node]["eigenvector"] for node in graph} == pytest.approx(known, abs=1e-6)


def test_no_ties_no_centrality() -> None:
    found = centralities(nx.empty_graph(3))
    assert {row["eigenvector"] for row in found.values()} == {0}
    assert {row["betweenness"] for row in found.values()} == {0}
    assert np.array([row["pagerank"] for row in found.values()]) == pytest.approx([1 / 3] * 3)


def test_higher_resolution_smaller_communities() -> None:
    graph = noise(5, nodes=80)
    counts = [len(communities(graph, resolution=r)) for r in (0.3, 1.0, 3.0)]
    assert all(a <= b for a, b in pairwise(counts)) and counts[0] < counts[-1]
