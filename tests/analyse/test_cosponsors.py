"""Co-sponsorship: who with whom, in which tier, how often."""

from __future__ import annotations

from dataclasses import replace

import networkx as nx
import pytest

from kg.analyse.cosponsors import bipartite, pairs, projection, ranking
from kg.errors import QueryError
from tests import sample_record
from tests.analyse.test_graph import store_of

ITALY, KENYA, PERU = (f"https://w3id.org/unkg/state/{code}" for code in ("ITA", "KEN", "PER"))
DRAFTS = [sample_record.FIRST, sample_record.SECOND]


@pytest.fixture(scope="module")
def both() -> nx.Graph[str]:
    return bipartite(store_of([sample_record.report(), sample_record.report("zh")]))


def test_states_and_drafts(both: nx.Graph[str]) -> None:
    first = f"https://undocs.org/{sample_record.FIRST}"
    assert both.number_of_edges() == 5
    assert both.nodes[KENYA] == {
        "bipartite": 0,
        "label": "Kenya",
        "code": "KEN",
        "region": "AFR",
    }
    assert both.nodes[first]["year"] == 2043
    assert both.edges[first, PERU]["tier"] == "joined"
    assert both.edges[first, PERU]["meeting"] == "43"


def test_one_tier_only() -> None:
    submitted = bipartite(store_of([sample_record.report()]), tiers=("submitted",), language="zh")
    assert PERU not in submitted and submitted.nodes[KENYA]["label"] == "肯尼亚"


def test_who_withdrew_is_no_sponsor() -> None:
    record = sample_record.report()
    changed = replace(record.proposals[0], withdrawn_sponsors=("KEN",))
    assert KENYA not in bipartite(store_of([replace(record, proposals=(changed,))]))


def test_pairs_have_weight_and_share(both: nx.Graph[str]) -> None:
    graph = projection(both)
    assert graph.nodes[ITALY]["drafts"] == DRAFTS and graph.nodes[ITALY]["joined"] == []
    assert graph.nodes[PERU]["joined"] == DRAFTS[:1]
    assert graph.edges[ITALY, KENYA] == {"weight": 1, "jaccard": 0.5, "drafts": DRAFTS[:1]}
    assert graph.edges[KENYA, PERU]["jaccard"] == 1.0


def test_tables(both: nx.Graph[str]) -> None:
    graph = projection(both)
    assert [row["code"] for row in ranking(graph, "KEN")] == ["FJI", "PER", "ITA"]
    assert ranking(graph, KENYA) == ranking(graph, "ken")
    assert len(pairs(graph)) == 6
    (pair,) = pairs(graph, states=["ITA", "PER"])
    assert (pair["first"], pair["second"], pair["drafts"]) == ("ITA", "PER", 1)
    assert len(pairs(graph, states=["ITA"])) == 3


def test_a_state_that_sponsors_nothing_is_named(both: nx.Graph[str]) -> None:
    with pytest.raises(QueryError, match="FRA: sponsors nothing here; sponsors are FJI, ITA"):
        ranking(projection(both), "FRA")
