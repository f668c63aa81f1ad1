"""Large pictures, parts of them, their addresses and files, and the matrix, in a browser."""

from __future__ import annotations

from typing import Any
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from selenium.webdriver.common.keys import Keys

from kg.view import chain_page, cosponsors_page

SVG = "{http://www.w3.org/2000/svg}"


def fan(count: int) -> nx.MultiDiGraph[Any]:
    """A document that cites ``count`` others."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for number in range(count):
        label = f"A/RES/{number % 75 + 1}/{number}"
        graph.add_node(number, label=label, symbol=label, year=1946 + number % 75)
        if number:
            graph.add_edge(0, number, clause="recalls", quote="Recalling", paragraph=f"pp{number}")
    return graph


def test_a_large_chain_opens_with_a_part_and_widens(tab: Any) -> None:
    tab.show(chain_page(fan(300), title="Fan", focus="A/RES/1/0"))
    assert tab.mark("drawn") == "300,299"
    assert tab.mark("shown") == "40,39"
    tab.find("#grow").click()
    assert tab.mark("shown") == "52,51"
    tab.run("choose({ node: page.documents.findIndex((d) => d.label === 'A/RES/75/299') })")
    assert tab.mark("shown") in {"52,51", "53,52"}
    tab.find("#most option:last-child").click()
    assert tab.mark("shown") == "300,299"
    assert tab.complaints() == []


def test_years_narrow_the_picture(tab: Any, chain_graph: Any) -> None:
    tab.show(chain_page(chain_graph, title="Chain"))
    tab.run("""const field = document.getElementById("year-from");
        field.value = 2015;
        field.dispatchEvent(new Event("change"));""")
    kept = [y for _, y in chain_graph.nodes(data="year") if y is None or y >= 2015]
    assert (tab.mark("shown") or "").split(",")[0] == str(len(kept))


def test_the_address_brings_the_picture_back(tab: Any, chain_graph: Any) -> None:
    html = chain_page(chain_graph, title="Chain", focus="r")
    tab.show(html)
    tab.find("[data-filter=clause] [data-value=recalls]").click()
    tab.run("choose({ edge: page.citations.findIndex((c) => c.clause === 'stresses') })")
    quote, shown = tab.find("#quote").text, tab.mark("shown")
    tab.run("return new Promise((done) => setTimeout(done, 400))")
    address = tab.run("return location.hash")
    tab.show(html, address)
    assert tab.find("#quote").text == quote
    assert tab.mark("shown") == shown
    assert not tab.find("[data-filter=clause] [data-value=recalls]").is_selected()


@pytest.mark.parametrize(
    "address", ["#node=__proto__&view=9-9", "#edge=%&sort=9x&years=a", "#%E0%A4%A"]
)
def test_a_broken_address_does_no_harm(tab: Any, chain_graph: Any, address: str) -> None:
    tab.show(chain_page(chain_graph, title="Chain", focus="r"), address)
    assert tab.mark("shown") == "15,17"
    assert tab.complaints() == []


def test_the_picture_is_saved(tab: Any, hostile_chain: Any) -> None:
    tab.show(chain_page(hostile_chain, title="Saved"))
    picture = ET.fromstring(tab.saved("#save-svg", "svg").read_text(encoding="utf-8"))
    assert picture.tag == f"{SVG}svg"
    assert len([*picture.iter(f"{SVG}title")]) == 1 + len(hostile_chain)
    assert not [*picture.iter(f"{SVG}script"), *picture.iter(f"{SVG}image")]
    assert tab.saved("#save-png", "png").read_bytes()[:8] == b"\x89PNG\r\n\x1a\n"
    assert tab.complaints() == []
    assert tab.requests() == []


def test_a_graph_too_large_for_the_library_is_drawn_all_the_same(tab: Any) -> None:
    tab.show(chain_page(fan(5200), title="Many"))
    assert tab.mark("drawn") == tab.mark("shown") == "5200,5199"
    assert tab.mark("renderer") in {"webgl", "canvas"}
    tab.run("choose({ node: 7 }, { move: true }); choose({})")
    tab.click_at(tab.run("const { x, y } = page.nodes[7]; return { x, y }"))
    assert tab.find("#details h2").text == tab.run("return page.documents[7].label")
    tab.find("#search").send_keys("A/RES/5/4")
    tab.find("#search").send_keys(Keys.ENTER)
    assert tab.find("#details h2").text.startswith("A/RES/")
    assert tab.complaints() == []
    assert tab.requests() == []


def test_network_and_matrix_show_the_same_choice(tab: Any, cosponsor_graph: Any) -> None:
    tab.show(cosponsors_page(cosponsor_graph, title="Sponsors"))
    canvas = tab.find("#matrix canvas")
    canvas.send_keys(Keys.ARROW_DOWN)
    pair = [button.text for button in tab.all("#details .ends button")]
    assert len(pair) == 2
    chosen = tab.run("return [page.edges[state.edge].from, page.edges[state.edge].to]")
    assert {tab.run("return page.states[arguments[0]].label", each) for each in chosen} == set(pair)
    tab.find("#view option[value=matrix]").click()
    assert not tab.find("#picture").is_displayed()
    tab.find("#view option[value=network]").click()
    assert not tab.find("#matrix").is_displayed()
    assert tab.complaints() == []


def test_sessions_are_counted_apart(tab: Any, cosponsor_graph: Any) -> None:
    for node, facts in cosponsor_graph.nodes(data=True):
        early = node in {"BRA", "GTM"}
        facts["drafts"] = [*facts["drafts"], *(["A/C.3/95/L.1"] if early else [])]
    cosponsor_graph.edges["BRA", "GTM"]["weight"] += 1
    tab.show(cosponsors_page(cosponsor_graph, title="Sponsors"))
    tab.find("#window option[value='1']").click()
    tab.find("#session").send_keys(Keys.HOME)
    assert tab.mark("shown") == "8,1"
    tab.find("#session").send_keys(Keys.END)
    assert tab.mark("shown") == f"8,{cosponsor_graph.number_of_edges()}"
