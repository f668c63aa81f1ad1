"""The pages in a browser: what a reader can see, reach and do, and what must not happen."""

from __future__ import annotations

from typing import Any

import networkx as nx
import pytest
from selenium.webdriver.common.keys import Keys

from kg.view import chain_page, cosponsors_page

VISIT_ALL = """
page.nodes.forEach((node) => choose({ node: node.id }, { move: true }));
page.edges.forEach((edge) => choose({ edge: edge.id }, { move: true }));
choose({});
"""
MIDDLE = """
const edge = page.edges[arguments[0]], a = page.nodes[edge.from], b = page.nodes[edge.to];
return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
"""


def citation(tab: Any, source: str, target: str, clause: str) -> int:
    """The number of a citation in the page."""
    script = """return page.citations.findIndex((c) => page.documents[c.from].label === arguments[0]
        && page.documents[c.to].label === arguments[1] && c.clause === arguments[2])"""
    return int(tab.run(script, source, target, clause))


def pair(tab: Any, one: str, other: str) -> int:
    """The number of a line between two states."""
    script = """const label = (id) => page.states[id].label, wanted = [...arguments].sort().join();
        return page.edges.findIndex((e) => [label(e.from), label(e.to)].sort().join() === wanted)"""
    return int(tab.run(script, one, other))


def place(tab: Any, label: str) -> dict[str, float]:
    """Where a point stands in the picture."""
    script = """const told = page.documents || page.states;
        const { x, y } = page.nodes[told.findIndex((each) => each.label === arguments[0])];
        return { x, y };"""
    return dict(tab.run(script, label))


def heading(tab: Any) -> str:
    return str(tab.find("#details h2").text)


def test_the_chain_is_drawn_without_a_word_to_anybody(tab: Any, chain_graph: Any) -> None:
    tab.show(chain_page(chain_graph, title="Water & <arts>"))
    assert tab.mark("drawn") == "15,17"
    assert tab.find("h1").text == tab.driver.title == "Water & <arts>"
    assert tab.find("#counts").text == "Documents: 15 · Citations: 15"
    tab.run(VISIT_ALL)
    assert tab.complaints() == []
    assert tab.requests() == []


def test_search_finds_symbols_with_and_without_their_slashes(tab: Any, chain_graph: Any) -> None:
    tab.show(chain_page(chain_graph, title="Chain"))
    tab.find("body").send_keys("/")
    field = tab.driver.switch_to.active_element
    field.send_keys("a res 55 2")
    assert [option.text.split("\n")[0] for option in tab.all("#found li")] == ["A/RES/55/2"]
    field.send_keys(Keys.ENTER)
    assert heading(tab) == "A/RES/55/2"
    field.clear()
    field.send_keys("ПРАВ")
    assert len(tab.all("#found [role=option]")) == 1
    field.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    assert heading(tab) == "Всеобщая декларация прав человека"


def test_a_click_on_a_document_tells_of_it(tab: Any, chain_graph: Any) -> None:
    tab.show(chain_page(chain_graph, title="Chain"))
    tab.click_at(place(tab, "A/RES/70/1"))
    assert heading(tab) == "A/RES/70/1"
    told = tab.find("#details").text
    assert "Transforming our world" in told
    assert "General Assembly" in told
    linked = {button.text for button in tab.all("#details .link")}
    assert linked == {"A/RES/55/2", "A/C.3/97/L.4"}
    next(b for b in tab.all("#details .link") if b.text == "A/C.3/97/L.4").click()
    assert heading(tab) == "A/C.3/97/L.4"
    headings = [each.text for each in tab.all("#details h3")]
    assert headings == ["Cites 5", "Cited by 0", "Belongs together with 1"]


def test_a_click_on_a_line_gives_the_quotation(tab: Any, chain_graph: Any) -> None:
    tab.show(chain_page(chain_graph, title="Chain"))
    number = citation(tab, "E/RES/2017/15", "联合国打击跨国有组织犯罪公约", "recalls")
    tab.click_at(tab.run(MIDDLE, number))
    assert tab.find("#quote").text == "Recalling the Convention"
    assert tab.find("#quote mark").text == "Convention"
    assert "a footnote" in tab.find("#details dl").text


@pytest.mark.parametrize(
    ("target", "clause", "marked", "language", "way"),
    [
        ("A/RES/55/2", "recalls", "55/2", "en", "ltr"),
        ("A/RES/70/1", "reaffirms", "70/1号决议", "zh", "ltr"),
        ("اتفاقية حقوق الطفل", "recalls", "اتفاقية", "ar", "rtl"),
    ],
)
def test_the_mention_is_marked_in_its_own_language(
    tab: Any, chain_graph: Any, target: str, clause: str, marked: str, language: str, way: str
) -> None:
    tab.show(chain_page(chain_graph, title="Chain"))
    tab.run("choose({ edge: arguments[0] })", citation(tab, "A/C.3/97/L.4", target, clause))
    assert tab.find("#quote mark").text == marked
    assert tab.find("#quote").get_attribute("lang") == language
    assert tab.find("#quote").get_attribute("dir") == way


def test_filters_hide_lines_in_picture_and_table(tab: Any, chain_graph: Any) -> None:
    tab.show(chain_page(chain_graph, title="Chain"))
    tab.find("[data-filter=clause] [data-value=recalls]").click()
    assert tab.mark("shown") == "15,13"
    assert tab.find("#counts").text == "Documents: 15 · Citations: 11 / 15"
    tab.find("[data-filter=organ] [data-value='A/C.3']").click()
    assert tab.mark("shown") == "13,3"
    tab.find("#tab-table").click()
    assert len(tab.all("#table tbody tr")) == 3
    assert tab.mark("drawn") == "15,17"


def test_the_table_sorts_and_opens_the_quotation(tab: Any, chain_graph: Any) -> None:
    tab.show(chain_page(chain_graph, title="Chain"))
    tab.find("#tab-table").click()
    cited = tab.all("#table th button")[2]
    cited.click()
    column = [cell.text for cell in tab.all("#table tbody td:nth-child(3)")]
    cited.click()
    assert tab.all("#table th")[2].get_attribute("aria-sort") == "descending"
    assert tab.find("#table tbody td:nth-child(3)").text == column[-1]
    assert column[0] != column[-1]
    assert len(column) == 17
    tab.all("#table tbody tr")[0].find_element("css selector", "button").click()
    assert tab.find("#details .ends").is_displayed()


def test_the_picture_is_within_reach_of_the_keyboard(tab: Any, chain_graph: Any) -> None:
    tab.show(chain_page(chain_graph, title="Chain", focus="A/RES/70/1"))
    frame = tab.find("#picture > div")
    frame.send_keys(Keys.ARROW_LEFT)
    first = heading(tab)
    assert first != "A/RES/70/1"
    frame.send_keys(Keys.ARROW_RIGHT)
    assert heading(tab) != first
    frame.send_keys(Keys.ESCAPE)
    assert not tab.all("#details h2")


@pytest.mark.parametrize("language", ["ar", "es", "fr", "ru", "zh"])
def test_every_language_reads(tab: Any, chain_graph: Any, language: str) -> None:
    tab.show(chain_page(chain_graph, title="Chain", language=language, focus="a"))
    assert tab.find("html").get_attribute("dir") == ("rtl" if language == "ar" else "ltr")
    assert "General Assembly" not in tab.find("#details").text
    assert tab.complaints() == []


def test_hostile_names_stay_text(tab: Any, hostile_chain: Any, hostile_cosponsors: Any) -> None:
    evil = "</title><script>window.hurt=1</script>{{data}}"
    pages = (chain_page(hostile_chain, title=evil), cosponsors_page(hostile_cosponsors, title=evil))
    for html in pages:
        tab.show(html)
        tab.run(VISIT_ALL)
        tab.find("#search").send_keys("<img src=x onerror")
        assert tab.find("h1").text == evil
        assert tab.run("return window.hurt ?? null") is None
        assert tab.run("return document.images.length") == 0
        assert tab.run("return [...document.links].every((a) => a.hash)") is True
        assert tab.complaints() == []
        assert tab.requests() == []


def test_three_thousand_lines_on_one_point(tab: Any, hub: Any) -> None:
    tab.show(chain_page(hub, title="Hub"))
    assert tab.mark("drawn") == "3000,3000"
    tab.run("choose({ node: page.documents.findIndex((d) => d.label === 'A/RES/1/0') })")
    assert "3,000" in tab.find("#details").text
    tab.find("#tab-table").click()
    assert 100 < len(tab.all("#table tbody tr")) < 1000
    assert tab.find("#table .more").is_displayed()


def test_nothing_to_draw_is_said(tab: Any) -> None:
    tab.show(chain_page(nx.MultiDiGraph(), title="Nothing"))
    assert tab.mark("drawn") == "0,0"
    assert "no citation" in tab.find("#empty").text
    tab.show(cosponsors_page(nx.Graph(), title="Nothing"))
    assert tab.mark("drawn") == "0,0"
    assert "no sponsor" in tab.find("#empty").text


def test_a_single_document_is_a_page_too(tab: Any) -> None:
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    graph.add_node("https://undocs.org/A/72/440", symbol="A/72/440", kind="report", organ="GA")
    tab.show(chain_page(graph, title="One", focus="a/72/440"))
    assert tab.mark("drawn") == "1,0"
    assert heading(tab) == "A/72/440"
    assert tab.find("#details a").get_attribute("href") == "https://undocs.org/A/72/440"
    assert tab.complaints() == []


def test_cosponsors_are_drawn_and_told(tab: Any, cosponsor_graph: Any) -> None:
    tab.show(cosponsors_page(cosponsor_graph, title="Sponsors"))
    assert tab.mark("drawn") == f"8,{cosponsor_graph.number_of_edges()}"
    tab.click_at(place(tab, "Italy"))
    assert heading(tab) == "Italy"
    rows = [(row.text.split("\n")) for row in tab.all("#details .list:first-of-type li")]
    assert ["Brazil", "2"] in rows
    assert ["Kenya", "1"] in rows
    tab.run("choose({ edge: arguments[0] })", pair(tab, "Brazil", "Peru"))
    assert [row.text for row in tab.all("#details .list li")] == [
        "A/C.3/97/L.1\njoined later",
        "A/C.3/97/L.2\njoined later",
    ]
    tab.run(VISIT_ALL)
    assert tab.complaints() == []
    assert tab.requests() == []


def test_threshold_and_tier_thin_the_network(tab: Any, cosponsor_graph: Any) -> None:
    tab.show(cosponsors_page(cosponsor_graph, title="Sponsors"))
    joined = {"PER", "KEN"}
    weights = {(a, b): w for a, b, w in cosponsor_graph.edges(data="weight")}
    tab.find("#least").send_keys(Keys.ARROW_RIGHT)
    assert tab.mark("shown") == f"8,{sum(w >= 2 for w in weights.values())}"
    tab.find("#least").send_keys(Keys.ARROW_LEFT)
    tab.find("#tier option[value=submitted]").click()
    kept = [pair for pair in weights if not joined.intersection(pair)]
    assert tab.mark("shown") == f"8,{len(kept)}"
    tab.find("#tab-table").click()
    assert len(tab.all("#table tbody tr")) == len(kept)


def test_the_whole_picture_is_in_sight_at_first(tab: Any, chain_graph: Any, hub: Any) -> None:
    inside = """const { clientWidth, clientHeight } = picture.frame;
        return page.nodes.every((node) => {
            const at = picture.toScreen(node);
            return at.x > 0 && at.y > 28 && at.x < clientWidth && at.y < clientHeight;
        });"""
    for graph in (chain_graph, hub):
        tab.show(chain_page(graph, title="Chain"))
        assert tab.run(inside) is True
    tab.driver.set_window_size(1000, 700)
    try:
        tab.run("return new Promise((done) => setTimeout(done, 300))")
        assert tab.run(inside) is True
    finally:
        tab.driver.set_window_size(1400, 900)


def test_ties_are_no_citations(tab: Any, chain_graph: Any) -> None:
    tab.show(chain_page(chain_graph, title="Chain", focus="r"))
    headings = [each.text for each in tab.all("#details h3")]
    assert headings == ["Cites 1", "Cited by 0", "Belongs together with 2"]
