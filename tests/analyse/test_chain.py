"""Chains: what is reached, in how many steps, and the ways between two."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.analyse.chain import ancestors, descendants, path_graph, path_rows, paths, rows
from kg.analyse.graph import citation_graph
from kg.errors import QueryError
from tests import sample_record
from tests.analyse.test_graph import ADOPTED, FIRST, REPORT, UNCAC, store_of


@pytest.fixture(scope="module")
def graph() -> nx.MultiDiGraph[str]:
    records = [
        sample_record.report(),
        sample_record.resolution(),
        sample_record.later_resolution(),
    ]
    return citation_graph(store_of(records))


LATER = "https://undocs.org/A/RES/99/3"
OLD = "https://undocs.org/A/RES/56/119"


@pytest.mark.parametrize("start", [REPORT, FIRST, f"{REPORT}#draft-I", ADOPTED])
def test_report_part_draft_and_resolution_reach_what_the_text_cites(
    graph: nx.MultiDiGraph[str], start: str
) -> None:
    found = descendants(graph, start, depth=1)
    depths = dict(found.nodes(data="depth"))
    assert depths[OLD] == depths[UNCAC] == 1
    assert depths.get(FIRST) == 0


def test_a_draft_does_not_lead_to_its_report(graph: nx.MultiDiGraph[str]) -> None:
    assert REPORT not in descendants(graph, FIRST)


def test_who_cites_the_resolution_rests_on_the_draft(graph: nx.MultiDiGraph[str]) -> None:
    assert dict(ancestors(graph, FIRST).nodes(data="depth"))[LATER] == 1
    assert dict(ancestors(graph, REPORT).nodes(data="depth"))[LATER] == 1
    up = dict(ancestors(graph, OLD).nodes(data="depth"))
    assert up[FIRST] == up[ADOPTED] == 1 and up[LATER] == 2


def test_depth_limits_the_chain(graph: nx.MultiDiGraph[str]) -> None:
    assert OLD not in descendants(graph, LATER, depth=1)
    assert OLD in descendants(graph, LATER, depth=2)


def test_the_ways_between_two(graph: nx.MultiDiGraph[str]) -> None:
    found = paths(graph, LATER, OLD)
    assert found[0] == (LATER, ADOPTED, OLD)
    assert (LATER, ADOPTED, FIRST, OLD) in found
    assert paths(graph, OLD, LATER) == ()
    first = path_rows(graph, found[:1])
    assert [(row["from"], row["clause"], row["to"]) for row in first] == [
        ("A/RES/99/3", "recalls", "A/RES/98/7"),
        ("A/RES/98/7", "recalls", "A/RES/56/119"),
    ]
    assert set(path_graph(graph, found[:1])) == {LATER, ADOPTED, OLD}


def test_rows_are_for_data_frames(graph: nx.MultiDiGraph[str]) -> None:
    found = rows(descendants(graph, REPORT, depth=1))
    assert found[0]["depth"] == 0 and found[0]["clause"] in ("contains", "adoptedAs")
    row = next(row for row in found if row["clause"] == "reaffirms")
    assert row["citing"] == sample_record.FIRST and row["verb"] == "Reaffirming"


def test_circles_end() -> None:
    ring: nx.MultiDiGraph[str] = nx.MultiDiGraph([("a", "b"), ("b", "c"), ("c", "a")])
    assert dict(descendants(ring, "a", depth=9).nodes(data="depth")) == {"a": 0, "b": 1, "c": 2}
    assert paths(ring, "a", "c") == (("a", "b", "c"),)


def test_a_crowd_of_ways_is_cut() -> None:
    layers: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for depth in range(5):
        layers.add_edges_from(
            (f"{depth}.{a}", f"{depth + 1}.{b}") for a in range(9) for b in range(9)
        )
    assert len(paths(layers, "0.0", "5.0")) == 100
    assert len(paths(layers, "0.0", "5.0", limit=7)) == 7


def test_what_is_not_there_is_said(graph: nx.MultiDiGraph[str]) -> None:
    with pytest.raises(QueryError, match="nothing cites it"):
        descendants(graph, "https://undocs.org/A/1/1")
    with pytest.raises(QueryError, match="nothing cites it"):
        paths(graph, REPORT, "https://undocs.org/A/1/1")
