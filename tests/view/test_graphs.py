"""From graph to page data: what is kept, how it is told apart, where it stands."""

from __future__ import annotations

import base64
import itertools
import math
import re
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_data import data_of, rows_of

from kg.errors import ViewError
from kg.view import chain_page, cosponsors_page
from kg.view.bonds import communities
from kg.view.excerpt import distances, excerpts
from kg.view.layout import circles, time_layers
from kg.view.network import caption, small, table, year_of
from kg.view.palette import COLOURS, REST, SHAPES, colours


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
    """Here an emoji is one unit, in the page's script two."""
    data = data_of(chain_page(chain_graph, title="T"))
    quotes = {c["quote"]: (c["start"], c["end"]) for c in data["citations"]}
    assert quotes["Recalling 🌍 resolution 55/2 and 55/3"] == (24, 28)
    assert quotes["Recalling its resolution 70/1 of 2015"] == (25, 29)
    assert quotes[""] == (0, 0)


@pytest.mark.parametrize("offsets", [(3, 2), (-1, 2), (0, 99), (None, 4), ("0", "4"), (True, None)])
def test_offsets_that_do_not_fit_mark_nothing(offsets: tuple[Any, Any]) -> None:
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_edge("a", "b", quote="Recalling", mention_start=offsets[0], mention_end=offsets[1])
    data = data_of(chain_page(graph, title="T"))
    told = data["citations"][0]
    assert (told["quote"], told["start"], told["end"]) == ("Recalling", 0, 0)


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
    bends: dict[tuple[int, int], list[float]] = {}
    for edge in data["edges"]:
        bends.setdefault((edge["from"], edge["to"]), []).append(edge["bend"])
    double = [bend for bend in bends.values() if len(bend) > 1]
    assert len(double) == 1
    assert len(set(double[0])) == 2


def test_time_runs_from_left_to_right(chain_graph: Any) -> None:
    data = data_of(chain_page(chain_graph, title="T"))
    (view,) = data["views"]
    years = [data["documents"][node]["year"] for node in view["nodes"]]
    dated = [(x, y) for x, y in zip(view["x"], years, strict=True) if y is not None]
    assert len(dated) == len(chain_graph) - 1
    assert sorted(dated) == sorted(dated, key=lambda pair: pair[1])
    assert view["columns"][0][0] is None


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
    data = data_of(cosponsors_page(graph, title="T"))
    assert data["states"][0]["count"] == 5
    assert data["sponsored"] == [""]


def drafts_in(data: Any, row: str) -> list[str]:
    """The symbols whose bits are set."""
    found = base64.b64decode(row)
    return [
        draft["symbol"]
        for place, draft in enumerate(data["drafts"])
        if found[place // 8] >> place % 8 & 1
    ]


def test_the_drafts_of_a_state_are_its_bits(cosponsor_graph: Any) -> None:
    data = data_of(cosponsors_page(cosponsor_graph, title="T"))
    assert data["pairs"] is None
    for state, sponsored, joined in zip(
        data["states"], data["sponsored"], data["joined"], strict=True
    ):
        facts = cosponsor_graph.nodes[state["code"]]
        assert drafts_in(data, sponsored) == facts["drafts"]
        assert drafts_in(data, joined) == facts["joined"]


def test_weights_that_do_not_follow_from_drafts_are_kept(cosponsor_graph: Any) -> None:
    cosponsor_graph.edges["BRA", "ITA"]["weight"] = 2.5
    pairs = data_of(cosponsors_page(cosponsor_graph, title="T"))["pairs"]
    assert 2.5 in {pair["weight"] for pair in pairs}
    assert len(pairs) == cosponsor_graph.number_of_edges()
    cosponsor_graph.remove_edge("BRA", "ITA")
    cosponsor_graph.remove_edge("BRA", "KEN")
    pairs = data_of(cosponsors_page(cosponsor_graph, title="T"))["pairs"]
    assert len(pairs) == cosponsor_graph.number_of_edges()


def test_a_draft_has_its_title_and_year(cosponsor_graph: Any) -> None:
    cosponsor_graph.graph["drafts"] = {"A/C.3/97/L.1": {"title": "Rivers", "year": 2041}}
    data = data_of(cosponsors_page(cosponsor_graph, title="T"))
    told = {draft["symbol"]: (draft["title"], draft["year"]) for draft in data["drafts"]}
    assert told["A/C.3/97/L.1"] == ("Rivers", 2041)
    assert told["A/C.3/97/L.2"] == ("", 2042)
    assert data["sessions"] is True


def test_states_carry_their_m49_region(cosponsor_graph: Any) -> None:
    data = data_of(cosponsors_page(cosponsor_graph, title="T"))
    regions = {state["code"]: state["m49"] for state in data["states"]}
    assert (regions["BRA"], regions["KEN"], regions["ITA"]) == ("019", "002", "150")


def fan(width: int, *, depth: int) -> nx.MultiDiGraph[Any]:
    """A document that cites ``width`` others, each of which cites as many, and so on."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_node("0", symbol="A/RES/75/1", year=2020)
    level = ["0"]
    for step in range(1, depth + 1):
        below = [f"{name}.{n}" for name in level for n in range(width)]
        for name in below:
            graph.add_node(name, year=2020 - 5 * step)
            graph.add_edge(name.rpartition(".")[0], name, clause="recalls")
        level = below
    return graph


def test_a_large_chain_opens_with_forty_connected_documents() -> None:
    graph = fan(8, depth=3)
    for n in range(30):
        graph.add_edge(f"0.{n % 8}", "0.7.7", clause="cites")
    data = data_of(chain_page(graph, title="T", focus="0"))
    views = [(view["degree"], len(view["nodes"])) for view in data["views"]]
    assert views == [(1, 9), (2, 40), (2, 73), (3, 40), (3, 120), (3, 585)]
    first = data["views"][data["first"]]
    assert (first["degree"], len(first["nodes"])) == (2, 40)
    labels = [data["documents"][node]["label"] for node in first["nodes"]]
    assert labels[0] == "A/RES/75/1"
    assert "0.7.7" in labels
    shown = set(first["nodes"])
    kept = nx.Graph((c["from"], c["to"]) for c in data["citations"])
    assert nx.is_connected(kept.subgraph(shown))


def test_a_chain_without_a_focus_opens_whole() -> None:
    data = data_of(chain_page(fan(8, depth=3), title="T"))
    assert [(view["degree"], len(view["nodes"])) for view in data["views"]][-1] == (0, 585)
    assert data["first"] == len(data["views"]) - 1


def test_steps_are_counted_both_ways_and_ties_are_none() -> None:
    assert distances(5, [(0, 1), (2, 1)], [(2, 3)], 0) == [0, 1, 2, 2, None]
    assert distances(3, [(0, 1), (1, 2)], [(0, 2)], 0) == [0, 1, 0]


@given(
    st.integers(1, 30),
    st.lists(st.tuples(st.integers(0, 29), st.integers(0, 29)), max_size=80),
    st.booleans(),
)
def test_every_document_is_in_the_last_view(
    count: int, arcs: list[tuple[int, int]], focused: bool
) -> None:
    known = [(a, b) for a, b in arcs if a < count and b < count]
    near: list[list[int]] = [[] for _ in range(count)]
    for a, b in known:
        near[a].append(b)
        near[b].append(a)
    far = distances(count, known, [], 0) if focused else [None] * count
    found = excerpts(far, near, [len(each) for each in near])
    for each in found:
        assert len(set(each.nodes)) == len(each.nodes)
    if found[-1].degree == 0:
        assert set(found[-1].nodes) == set(range(count))
    if focused:
        assert all(each.nodes[0] == 0 for each in found if each.nodes)


@pytest.mark.parametrize(
    ("points", "lines", "fits"), [(5000, 9, True), (5001, 9, False), (9, 10_001, False)]
)
def test_large_pictures_need_another_renderer(points: int, lines: int, fits: bool) -> None:
    assert small(points, lines) is fits


@given(
    st.lists(
        st.fixed_dictionaries(
            {"a": st.one_of(st.none(), st.integers(), st.text(), st.booleans()), "b": st.text()}
        )
    )
)
def test_a_table_gives_its_rows_back(rows: list[dict[str, Any]]) -> None:
    found = [{name: repr(value) for name, value in row.items()} for row in rows_of(table(rows))]
    assert found == [{name: repr(value) for name, value in row.items()} for row in rows]


@given(st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19), st.integers(1, 9)), max_size=60))
def test_every_state_is_in_one_community(weights: list[tuple[int, int, float]]) -> None:
    unique = {(min(a, b), max(a, b)): w for a, b, w in weights if a != b}
    groups = communities(20, [(a, b, w) for (a, b), w in sorted(unique.items())])
    assert sorted(node for group in groups for node in group) == list(range(20))
