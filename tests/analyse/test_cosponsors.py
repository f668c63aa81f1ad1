"""Co-sponsorship: who with whom, in which tier, how often."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest

from kg.analyse.cosponsors import (
    bipartite,
    draft_projection,
    neighbours,
    pairs,
    projection,
    ranking,
)
from kg.errors import QueryError
from kg.network.selection import Selection
from kg.store import Store
from tests import sample_record
from tests.analyse.test_graph import store_of

ITALY, KENYA, PERU = (f"https://w3id.org/unkg/state/{code}" for code in ("ITA", "KEN", "PER"))
DRAFTS = [sample_record.FIRST, sample_record.SECOND]
FIRST = f"https://undocs.org/{sample_record.FIRST}"


@pytest.fixture(scope="module")
def store() -> Store:
    return store_of([sample_record.report(), sample_record.report("zh")])


@pytest.fixture(scope="module")
def both(store: Store) -> nx.Graph[str]:
    return bipartite(store)


def test_states_and_drafts(both: nx.Graph[str]) -> None:
    assert both.number_of_edges() == 5
    assert both.nodes[KENYA] == {
        "bipartite": 0,
        "label": "Kenya",
        "code": "KEN",
        "region": "AFR",
    }
    assert both.nodes[FIRST]["year"] == 2043
    assert both.edges[FIRST, PERU]["tier"] == "joined"
    assert both.edges[FIRST, PERU]["meeting"] == "43"


def test_words_may_be_left_out(store: Store, both: nx.Graph[str]) -> None:
    assert both.edges[FIRST, PERU]["quote"]
    assert bipartite(store, words=False).edges[FIRST, PERU] == {"tier": "joined"}


def test_one_tier_only() -> None:
    selection = Selection(tiers=frozenset({"submitted"}))
    store = store_of([sample_record.report()])
    submitted = bipartite(store, selection=selection, language="zh")
    assert PERU not in submitted and submitted.nodes[KENYA]["label"] == "肯尼亚"


def test_who_withdrew_is_no_sponsor() -> None:
    record = sample_record.report()
    changed = replace(record.proposals[0], withdrawn_sponsors=("KEN",))
    assert KENYA not in bipartite(store_of([replace(record, proposals=(changed,))]))


def test_pairs_have_weight_and_share(store: Store) -> None:
    graph = projection(store)
    assert graph.nodes[ITALY]["drafts"] == DRAFTS and graph.nodes[ITALY]["joined"] == []
    assert graph.nodes[PERU]["joined"] == DRAFTS[:1]
    edge = graph.edges[ITALY, KENYA]
    assert (edge["weight"], edge["jaccard"], edge["drafts"]) == (1, 0.5, DRAFTS[:1])
    assert edge["cosine"] == pytest.approx(2**-0.5) and edge["newman"] == pytest.approx(1 / 3)
    assert graph.edges[KENYA, PERU]["jaccard"] == 1.0


def test_large_graphs_have_numbers_for_lists(store: Store) -> None:
    graph = projection(store, drafts=False)
    assert graph.nodes[ITALY]["drafts"] == 2 and graph.nodes[PERU]["joined"] == 1
    assert "drafts" not in graph.edges[ITALY, KENYA]


def test_drafts_tied_by_states(store: Store) -> None:
    graph = draft_projection(store)
    second = f"https://undocs.org/{sample_record.SECOND}"
    assert graph.edges[FIRST, second] == {"weight": 1, "jaccard": 0.25}
    assert graph.nodes[FIRST]["sponsors"] == 4 and graph.nodes[second]["year"] == 2043


def test_too_many_drafts_to_tie(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.analyse.cosponsors.MOST_DRAFTS", 1)
    with pytest.raises(QueryError, match="2 drafts are more than the 1"):
        draft_projection(store)


def test_tables(store: Store) -> None:
    assert [row["code"] for row in ranking(store, "KEN")] == ["FJI", "PER", "ITA"]
    assert ranking(store, KENYA) == ranking(store, "ken")
    assert len(pairs(store)) == 6
    (pair,) = pairs(store, states=["ITA", "PER"])
    assert (pair["first"], pair["second"], pair["drafts"]) == ("ITA", "PER", 1)
    assert [row["first"] for row in pairs(store, states=["PER"])] == ["PER"] * 3
    assert [row["code"] for row in neighbours(store, "ITA", count=2)] == ["FJI", "KEN"]


def test_long_answers_leave_symbols_out(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.analyse.cosponsors.FEW_SYMBOLS", 5)
    assert {row["symbols"] for row in pairs(store)} == {None}
    assert {row["symbols"] for row in pairs(store, symbols=True)} == {DRAFTS[0]}


def test_a_state_that_sponsors_nothing_is_named(store: Store) -> None:
    with pytest.raises(QueryError, match="FRA: sponsors nothing here; sponsors are FJI, ITA"):
        ranking(store, "FRA")
