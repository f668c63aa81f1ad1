"""The closure of all works and PageRank: the same as networkx tells."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator

import networkx as nx
import numpy as np
import pytest

from kg.analyse import communities as undirected
from kg.analyse.chain import closure
from kg.analyse.reliance import communities, most_relied_upon, pagerank
from kg.network.citations import Citations, load
from kg.network.closure import _sinks_first, closure_of
from kg.network.reach import Direction, Within
from kg.store import Store
from tests.analyse.test_chain import made, merged
from tests.network import oracle_graph


@pytest.fixture(scope="module")
def tangle() -> Iterator[tuple[Store, Citations]]:
    chance = random.Random(11)
    works = [f"A/RES/{30 + number}/1" for number in range(70)]
    arcs = [(*chance.sample(works, 2), chance.choice(("recalls", "cites"))) for _ in range(120)]
    found = [(a, clause, b) for a, b, clause in arcs]
    for number in range(0, 60, 6):
        report, draft = f"A/{number}/9", f"A/C.3/{30 + number}/L.1"
        found += [(report, "contains", draft), (draft, "adoptedAs", works[number])]
        found += [(draft, "cites", chance.choice(works)), (works[number + 1], "cites", report)]
    with made(*found) as store:
        yield store, load(store)


@pytest.mark.parametrize("direction", ["cites", "cited-by"])
@pytest.mark.parametrize("within", [Within(), Within(clauses=frozenset({"recalls"}))])
def test_each_reaches_what_its_own_chain_reaches(
    tangle: tuple[Store, Citations], direction: Direction, within: Within
) -> None:
    store, network = tangle
    whole = closure_of(network, direction=direction, within=within)
    counts = whole.counts()
    stop = merged(oracle_graph.citation_graph(store))[1]
    for node, iri in enumerate(network.iri):
        reached = closure(network, iri, direction=direction, within=within)
        assert {network.iri[other] for other in whole.nodes(node)} == set(reached)
        assert counts[node] == len({stop.get(name, name) for name in reached}) - 1
        for other, name in enumerate(network.iri):
            assert whole.holds(node, other) == (name in reached)


def test_components_are_put_in_order_where_the_engine_did_not() -> None:
    component = np.array([0, 1, 2, 2])
    a, b = np.array([0, 0, 1]), np.array([1, 2, 2])
    found = _sinks_first(component, a, b)
    assert (found[[0, 0, 1]] > found[[1, 2, 2]]).all() and found[2] == found[3]


def test_pagerank_is_that_of_networkx(tangle: tuple[Store, Citations]) -> None:
    store, network = tangle
    graph = oracle_graph.citation_graph(store)
    whole, stop = merged(graph)
    plain: nx.DiGraph[str] = nx.DiGraph()
    plain.add_nodes_from({stop.get(name, name) for name in graph})
    plain.add_edges_from((a, b) for a, b, cost in whole.edges(data="cost") if cost)
    expected = nx.pagerank(plain, alpha=0.85, tol=1e-12, max_iter=1000)
    found = {stop.get(name, name): score for name, score in pagerank(network).items()}
    assert found == pytest.approx(expected, abs=1e-7)


def test_communities_are_those_of_the_graph_without_directions(
    tangle: tuple[Store, Citations],
) -> None:
    store, network = tangle
    whole, stop = merged(oracle_graph.citation_graph(store))
    named = {stop.get(name, name): name for name in pagerank(network)}
    pairs = Counter(
        tuple(sorted((named[a], named[b]))) for a, b, cost in whole.edges(data="cost") if cost
    )
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(named.values())
    graph.add_weighted_edges_from((*pair, weight) for pair, weight in pairs.items())
    found = communities(network)
    assert found == undirected.communities(graph) and 1 < len(found) < len(graph)
    assert communities(network, resolution=4) == undirected.communities(graph, resolution=4)


def test_what_is_relied_upon_most_comes_first(tangle: tuple[Store, Citations]) -> None:
    _, network = tangle
    rows = most_relied_upon(network, limit=None)
    assert [row["rank"] for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0]["pagerank"] == max(row["pagerank"] for row in rows)
    assert all(row["rest_on_it"] >= row["cited_by"] for row in rows)
    assert most_relied_upon(network, limit=3) == rows[:3]


def test_an_empty_store_relies_on_nothing() -> None:
    with Store.in_memory(ontology=False) as store:
        assert pagerank(store) == {} and communities(store) == []
        assert most_relied_upon(store) == []
        assert len(closure_of(load(store)).counts()) == 0
