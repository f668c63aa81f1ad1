"""From graph to page data: what is kept, how it is told apart, where it stands."""

from __future__ import annotations

import itertools
import json
import math
import re
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import ViewError
from kg.view import chain_page, cosponsors_page
from kg.view.layout import circles, time_layers
from kg.view.network import caption, year_of
from kg.view.palette import COLOURS, REST, SHAPES, colours


def data_of(html: str) -> Any:
    found = re.search(r'<script type="application/json" id="page-data">(.*?)</script>', html, re.S)
    assert found
    return json.loads(found[1])


def test_the_chain_keeps_every_document_and_citation(chain_graph: Any) -> None:
    data = data_of(chain_page(chain_graph, title="T"))
    assert {told["label"] for told in data["documents"]} == {
        label for _, label in chain_graph.nodes(data="label")
    }
    assert len(data["edges"]) == len(data["citations"]) == chain_graph.number_of_edges()
    assert data["options"]["physics"]["enabled"] is False
    names = [told["label"] for told in data["documents"]]
    kept = {(names[c["from"]], names[c["to"]], c["clause"]) for c in data["citations"]}
    label = dict(chain_graph.nodes(data="label"))
    assert kept == {(label[a], label[b], c) for a, b, c in chain_graph.edges(data="clause")}


def test_a_paragraph_is_named_within_its_document() -> None:
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_edge("a", "b", paragraph="https://undocs.org/A/72/440#draft-IV-pp12")
    graph.add_edge("a", "c", paragraph="op7")
    data = data_of(chain_page(graph, title="T"))
    assert [citation["paragraph"] for citation in data["citations"]] == ["draft-IV-pp12", "op7"]


def test_the_quotation_is_cut_at_code_points(chain_graph: Any) -> None:
    data = data_of(chain_page(chain_graph, title="T"))
    quotes = [citation["quote"] for citation in data["citations"]]
    assert ["Recalling 🌍 resolution ", "55/2", " and 55/3"] in quotes
    assert [] in quotes


@pytest.mark.parametrize("offsets", [(3, 2), (-1, 2), (0, 99), (None, 4), ("0", "4"), (True, None)])
def test_offsets_that_do_not_fit_mark_nothing(offsets: tuple[Any, Any]) -> None:
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_edge("a", "b", quote="Recalling", mention_start=offsets[0], mention_end=offsets[1])
    data = data_of(chain_page(graph, title="T"))
    assert data["citations"][0]["quote"] == ["Recalling", "", ""]


def test_focus_is_found_by_name_or_symbol(chain_graph: Any) -> None:
    for focus in ("d1", "A/C.3/97/L.4", "a/c.3/97/l.4"):
        data = data_of(chain_page(chain_graph, title="T", focus=focus))
        assert data["documents"][data["focus"]]["label"] == "A/C.3/97/L.4"
    with pytest.raises(ViewError, match="'A/1/1' is not in the graph"):
        chain_page(chain_graph, title="T", focus="A/1/1")


def test_an_unknown_language_is_refused(chain_graph: Any, cosponsor_graph: Any) -> None:
    with pytest.raises(ViewError, match="choose one of"):
        chain_page(chain_graph, title="T", language="xx")
    with pytest.raises(ViewError, match="choose one of"):
        cosponsors_page(cosponsor_graph, title="T", language="xx")


def test_bare_nodes_and_edges_are_enough() -> None:
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph([("https://undocs.org/A/1", 7)])
    data = data_of(chain_page(graph, title="T"))
    assert sorted(told["label"] for told in data["documents"]) == ["1", "7"]
    assert data["citations"][0]["clause"] == "cites"
    bare = data_of(cosponsors_page(nx.Graph([(1, 2)]), title="T"))
    assert [pair["weight"] for pair in bare["pairs"]] == [1]


def test_parallel_citations_are_lines_of_their_own(chain_graph: Any) -> None:
    data = data_of(chain_page(chain_graph, title="T"))
    bends: dict[tuple[int, int], list[tuple[str, float]]] = {}
    for edge in data["edges"]:
        bend = (edge["smooth"]["type"], edge["smooth"]["roundness"])
        bends.setdefault((edge["from"], edge["to"]), []).append(bend)
    double = [bend for bend in bends.values() if len(bend) > 1]
    assert len(double) == 1
    assert len(set(double[0])) == 2


def test_time_runs_from_left_to_right(chain_graph: Any) -> None:
    data = data_of(chain_page(chain_graph, title="T"))
    dated = [
        (node["x"], told["year"])
        for node, told in zip(data["nodes"], data["documents"], strict=True)
        if told["year"] is not None
    ]
    assert sorted(dated) == sorted(dated, key=lambda pair: pair[1])
    assert data["columns"][0][0] is None


@given(
    st.lists(st.one_of(st.none(), st.integers(1945, 2026)), max_size=60),
    st.lists(st.tuples(st.integers(0, 59), st.integers(0, 59)), max_size=80),
)
def test_no_two_documents_share_a_place(
    years: list[int | None], arcs: list[tuple[int, int]]
) -> None:
    known = [(a, b) for a, b in arcs if a < len(years) and b < len(years)]
    layers = time_layers(years, known)
    assert set(layers.points) == set(range(len(years)))
    for a, b in itertools.combinations(layers.points.values(), 2):
        assert math.dist(a, b) > 20
    for column in layers.columns:
        inside = [layers.points[n][0] for n, year in enumerate(years) if year == column.year]
        assert all(column.left < x < column.left + column.width for x in inside)


@given(st.lists(st.integers(1, 70), min_size=1, max_size=9))
def test_communities_stand_apart(sizes: list[int]) -> None:
    numbers = itertools.count()
    groups = [[next(numbers) for _ in range(size)] for size in sizes]
    points = circles(groups)
    member = {node: place for place, group in enumerate(groups) for node in group}
    for a, b in itertools.combinations(points, 2):
        assert math.dist(points[a], points[b]) > (40 if member[a] == member[b] else 55)


def test_an_organ_keeps_its_colour_and_the_last_share_grey() -> None:
    many = [f"organ {n}" for n in range(10)]
    tint = colours(["GA", *many], house={"GA": 0})
    assert tint["GA"] == COLOURS[0]
    assert sum(colour == REST for colour in tint.values()) == 4
    assert len(set(tint.values())) == len(COLOURS) + 1


def test_kinds_differ_by_shape_alone() -> None:
    assert len(set(SHAPES.values())) == len(SHAPES)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_borders_stand_out_from_the_page() -> None:
    """WCAG 1.4.11 asks 3:1 of graphics that must be told from the page."""
    for _, border in (*COLOURS, REST):
        assert 1.05 / (luminance(border) + 0.05) >= 3


@pytest.mark.parametrize(
    ("value", "year"),
    [(1945, 1945), ("1966-12-16", 1966), (0, None), (True, None), ([], None), (1e300, None)],
)
def test_years(value: object, year: int | None) -> None:
    assert year_of(value) == year


@given(st.text(max_size=300))
def test_a_caption_is_short_and_turns_nothing_round(text: str) -> None:
    rows = caption(text).split("\n")
    assert len(rows) <= 2
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00-\x08]", "".join(rows))


def test_states_without_a_partner_stand_together(cosponsor_graph: Any) -> None:
    data = data_of(cosponsors_page(cosponsor_graph, title="T"))
    japan = next(told for told in data["states"] if told["label"] == "Japan")
    assert japan["community"] is None
    assert data["communities"][-1][0] is None
    together = {told["community"] for told in data["states"] if told["region"] == "Europe"}
    assert len(together) == 1


def test_the_tier_filter_needs_to_know_who_joined(cosponsor_graph: Any) -> None:
    assert data_of(cosponsors_page(cosponsor_graph, title="T"))["tiers"] is True
    for _, attributes in cosponsor_graph.nodes(data=True):
        del attributes["joined"]
    assert data_of(cosponsors_page(cosponsor_graph, title="T"))["tiers"] is False


def test_a_number_of_drafts_will_do_for_a_state() -> None:
    graph: nx.Graph[Any] = nx.Graph()
    graph.add_node("GTM", label="Guatemala", drafts=5)
    told = data_of(cosponsors_page(graph, title="T"))["states"][0]
    assert (told["count"], told["drafts"]) == (5, [])
