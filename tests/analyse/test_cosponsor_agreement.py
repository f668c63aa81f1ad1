"""One question, three ways: SPARQL, plain networkx and matrices give the same answer."""

from __future__ import annotations

import networkx as nx
import pytest

from kg import query
from kg.analyse.cosponsors import bipartite, pairs, projection, ranking
from kg.ingest import build
from kg.network.selection import Selection
from kg.store import Store
from tests.analyse import plain_cosponsors as plain
from tests.analyse.made_sponsors import made_store
from tests.analyse.test_graph import store_of
from tests.sample_record import report


def samples() -> Store:
    from kg.demo import sample_paths

    store = Store.in_memory()
    build(sample_paths(), store=store, base=store.base)
    return store


@pytest.fixture(scope="module", params=["record", "samples", "made"])
def store(request: pytest.FixtureRequest) -> Store:
    stores = {
        "record": lambda: store_of([report(), report("zh")]),
        "samples": samples,
        "made": made_store,
    }
    return stores[request.param]()


def test_the_bipartite_graph_is_that_of_plain_networkx(store: Store) -> None:
    ours, theirs = bipartite(store), plain.bipartite(store)
    assert set(ours) == set(theirs) and set(map(frozenset, ours.edges)) == set(
        map(frozenset, theirs.edges)
    )
    assert dict(ours.nodes(data=True)) == dict(theirs.nodes(data=True))
    assert all(facts == theirs.edges[a, b] for a, b, facts in ours.edges(data=True))


@pytest.mark.parametrize("tiers", [("submitted", "joined"), ("submitted",), ("joined",)])
def test_the_projection_is_that_of_plain_networkx(
    store: Store, tiers: tuple[plain.Tier, ...]
) -> None:
    ours = projection(store, selection=Selection(tiers=frozenset(tiers)))
    theirs = plain.projection(plain.bipartite(store, tiers=tiers))
    assert dict(ours.nodes(data=True)) == dict(theirs.nodes(data=True))
    assert ours.number_of_edges() == theirs.number_of_edges()
    for a, b, facts in theirs.edges(data=True):
        found = ours.edges[a, b]
        assert {name: found[name] for name in facts} == facts


def test_weights_are_those_of_networkx(store: Store) -> None:
    theirs = plain.bipartite(store)
    states = [node for node, facts in theirs.nodes(data=True) if facts["bipartite"] == 0]
    for name, function in (
        ("weight", nx.bipartite.weighted_projected_graph),
        ("newman", nx.bipartite.collaboration_weighted_projected_graph),
    ):
        known = function(theirs, states)
        for a, b, facts in projection(store).edges(data=True):
            assert facts[name] == pytest.approx(known.edges[a, b]["weight"])


def test_the_pairs_are_those_of_sparql(store: Store) -> None:
    theirs = query.run(store, "cosponsor-pairs").records()
    ours = pairs(store)
    columns = ("first", "first_name", "second", "second_name", "drafts")
    assert {tuple(row[name] for name in columns) for row in ours} == {
        tuple(row[name] for name in columns) for row in theirs
    }
    drafts = [row["drafts"] for row in ours]
    assert drafts == sorted(drafts, reverse=True)


def test_one_state_is_a_row_of_all(store: Store) -> None:
    code = pairs(store)[0]["first"]
    alone = {row["code"]: row for row in ranking(store, code, by="z")}
    for row in pairs(store):
        if code in (row["first"], row["second"]):
            other = row["second"] if row["first"] == code else row["first"]
            for name in ("drafts", "symbols", "lift", "z", "newman"):
                assert alone[other][name] == row[name]
