"""Roots: where a chain ends, why, and a shortest chain to each."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.analyse.graph import citation_graph
from kg.analyse.roots import roots
from kg.network.citations import Citations, load
from kg.network.reach import Within
from tests.analyse.resolutions import RECURRING, iri, stored
from tests.analyse.test_chain import made


@pytest.fixture(scope="module")
def network() -> Citations:
    return load(stored(RECURRING))


def test_roots_are_told_by_why_they_are(network: Citations) -> None:
    found = {row["root"]: row for row in roots(network, iri("A/RES/72/196"))}
    why = {name: (row["why"], row["depth"], row["citations"]) for name, row in found.items()}
    treaty = network.about(network.node(iri("untoc")) or 0, "en")["label"]
    assert why == {
        "A/RES/71/322": ("not held", 1, 1),
        "A/RES/46/152": ("cites nothing", 2, 2),
        "A/RES/69/197": ("not held", 2, 1),
        treaty: ("instrument", 2, 2),
    }
    chain = found["A/RES/69/197"]["chain"]
    assert [(step["from"], step["to"]) for step in chain] == [
        ("A/RES/72/196", "A/RES/70/178"),
        ("A/RES/70/178", "A/RES/69/197"),
    ]
    assert chain[1]["quote"] == "Recalling A/RES/69/197,"
    assert chain[1]["paragraph"].endswith("70/178#pp2")


def test_roots_are_the_sinks_of_the_closure(network: Citations) -> None:
    graph = nx.DiGraph(citation_graph(network))
    for start in graph:
        reached = nx.descendants(graph, start)
        sinks = {graph.nodes[node]["label"] for node in reached if not graph.out_degree(node)}
        assert {row["root"] for row in roots(network, start, chains=False)} == sinks


def test_a_restriction_ends_chains_earlier(network: Citations) -> None:
    within = Within(clauses=frozenset({"reaffirms"}))
    (row,) = roots(network, iri("A/RES/71/209"), within=within)
    assert (row["why"], row["depth"]) == ("instrument", 1)


def test_a_draft_and_its_resolution_are_one_root_and_ties_are_in_the_chain() -> None:
    store = made(
        ("A/9/9", "contains", "A/C.3/9/L.1"),
        ("A/C.3/9/L.1", "adoptedAs", "A/RES/9/1"),
        ("A/RES/9/1", "recalls", "A/RES/8/1"),
        ("A/C.3/8/L.1", "adoptedAs", "A/RES/8/1"),
        ("A/C.3/8/L.1", "recalls", "A/RES/7/1"),
        ("A/C.3/7/L.1", "adoptedAs", "A/RES/7/1"),
    )
    (row,) = roots(store, iri("A/9/9"))
    assert (row["root"], row["depth"]) == ("A/RES/7/1", 2)
    assert [step["to"] for step in row["chain"]] == [
        "A/C.3/9/L.1",
        "A/RES/9/1",
        "A/RES/8/1",
        "A/C.3/8/L.1",
        "A/RES/7/1",
    ]


def test_a_circle_has_no_root() -> None:
    assert roots(made(("a/1", "cites", "b/1"), ("b/1", "cites", "a/1")), iri("a/1")) == []
