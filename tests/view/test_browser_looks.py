"""Pictures without a graphics card, on narrow windows and on paper, and hostile names in them."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pypdfium2
import pytest
from view_browser import Tab, chromium

from kg.demo import sample_paths
from kg.pipeline import extract_paths
from kg.view import chain_page, cosponsors_page, document_page
from kg.view.places import place_told
from kg.view.words import words

VISIT_ALL = """
page.nodes.forEach((node) => choose({ node: node.id }, { move: true }));
page.edges.forEach((edge) => choose({ edge: edge.id }, { move: true }));
choose({});
"""
# The colour of the picture where a point stands, all layers of it.
COLOUR = """
const at = picture.toScreen(page.nodes[arguments[0]]);
return [...picture.frame.querySelectorAll("canvas")].map((canvas) => {
  const ink = canvas.getContext("2d");
  const dots = canvas.width / picture.frame.clientWidth;
  return ink ? [...ink.getImageData(at.x * dots, at.y * dots, 1, 1).data] : [0, 0, 0, 0];
}).filter((colour) => colour[3] > 200);
"""
NAMES = """
const scale = picture.camera().scale;
const ink = document.createElement("canvas").getContext("2d");
return placedNames(ink, [], NAME / scale).map(({ box, rows }) => ({ rows,
  from: picture.toScreen(box), to: picture.toScreen({ x: box.x + box.w, y: box.y + box.h }) }));
"""
LONG = (
    "Netherlands (Kingdom of the)",
    "Bolivia (Plurinational State of)",
    "United Kingdom of Great Britain and Northern Ireland",
    "Democratic People’s Republic of Korea",
    "Saint Vincent and the Grenadines",
)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium without WebGL."""
    try:
        running = chromium(tmp_path_factory.mktemp("plain"), webgl=False)
    except FileNotFoundError as error:
        pytest.skip(str(error))
    yield running
    running.quit()


@pytest.fixture
def ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Our own renderer, however small the picture."""
    for place in ("kg.view.page.small", "kg.view.network.small"):
        monkeypatch.setattr(place, lambda points, lines: False)


def assert_harmless(tab: Any, html: str, title: str) -> None:
    tab.show(html)
    tab.run(VISIT_ALL)
    tab.find("#tab-table").click()
    tab.find("#search").send_keys("<img src=x onerror")
    tab.run("dispatchEvent(new Event('beforeprint'))")
    assert tab.find("h1").text == title
    assert tab.run("return window.hurt ?? null") is None
    assert tab.run("return document.images.length") == 0
    assert tab.run("return document.querySelectorAll('svg script, svg image').length") == 0
    assert tab.complaints() == []
    assert tab.requests() == []


@pytest.mark.parametrize("card", [True, False], ids=["WebGL", "without WebGL"])
def test_hostile_names_stay_text_in_large_pictures(
    tab: Any, plain: Any, ours: None, hostile_chain: Any, hostile_cosponsors: Any, card: bool
) -> None:
    evil = "</title><script>window.hurt=1</script>{{data}}"
    used = tab if card else Tab(plain, tab.folder)
    for html in (
        chain_page(hostile_chain, title=evil),
        cosponsors_page(hostile_cosponsors, title=evil),
    ):
        assert_harmless(used, html, evil)
        assert used.mark("renderer") == ("webgl" if card else "canvas")


def test_without_a_graphics_card_the_picture_is_drawn_on_a_plain_canvas(
    tab: Any, plain: Any, ours: None, chain_graph: Any
) -> None:
    tab = Tab(plain, tab.folder)
    tab.show(chain_page(chain_graph, title="Plain"))
    assert (tab.mark("renderer"), tab.mark("shown")) == ("canvas", "15,17")
    tab.run("return new Promise((done) => setTimeout(done, 300))")
    place = tab.run("return page.documents.findIndex((d) => d.label === 'A/RES/70/1')")
    blue = [0x00, 0x72, 0xB2]
    assert blue in [colour[:3] for colour in tab.run(COLOUR, place)]
    tab.click_at(tab.run("return page.nodes[arguments[0]]", place))
    assert tab.find("#details h2").text == "A/RES/70/1"
    assert tab.complaints() == []


def test_a_graphics_card_that_is_lost_leaves_the_picture(
    tab: Any, ours: None, chain_graph: Any
) -> None:
    tab.show(chain_page(chain_graph, title="Lost"))
    assert tab.mark("renderer") == "webgl"
    tab.run("""const canvas = document.querySelectorAll(".surface canvas")[1];
        canvas.getContext("webgl").getExtension("WEBGL_lose_context").loseContext();""")
    tab.settled("renderer", "canvas")
    tab.run("return new Promise((done) => setTimeout(done, 300))")
    place = tab.run("return page.documents.findIndex((d) => d.label === 'A/RES/70/1')")
    assert tab.run(COLOUR, place)
    assert [each for each in tab.complaints() if "CONTEXT_LOST" not in each] == []


def long_named() -> nx.Graph[Any]:
    graph: nx.Graph[Any] = nx.Graph()
    for place, label in enumerate(LONG):
        graph.add_node(place, label=label, code=f"L{place}", region="", drafts=["A/C.3/97/L.1"])
        for other in range(place):
            graph.add_edge(other, place, weight=1, jaccard=1.0, drafts=["A/C.3/97/L.1"])
    return graph


@pytest.mark.parametrize("width", [420, 900, 1400])
def test_no_name_is_cut_at_the_rim(tab: Any, chain_graph: Any, width: int) -> None:
    tab.driver.set_window_size(width, 900)
    try:
        for html in (cosponsors_page(long_named(), title="x"), chain_page(chain_graph, title="x")):
            tab.show(html)
            tab.run("return new Promise((done) => setTimeout(done, 300))")
            frame = tab.run("return size()")
            names = tab.run(NAMES)
            assert len(names) >= 2
            for name in names:
                assert name["from"]["x"] >= -0.5, (width, name)
                assert name["to"]["x"] <= frame["width"] + 0.5, (width, name, frame)
    finally:
        tab.driver.set_window_size(1400, 900)


def printed(tab: Any, path: Path) -> list[str]:
    """The text of each page of the page as it is printed."""
    paper = {"paperWidth": 8.27, "paperHeight": 11.69}
    made = tab.driver.execute_cdp_cmd("Page.printToPDF", paper)
    path.write_bytes(base64.b64decode(made["data"]))
    document = pypdfium2.PdfDocument(path)
    try:
        return [page.get_textpage().get_text_bounded() for page in document]
    finally:
        document.close()


def test_a_picture_is_printed_with_its_names_and_legend(
    tab: Any, chain_graph: Any, tmp_path: Path
) -> None:
    tab.show(chain_page(chain_graph, title="On paper", focus="d1"))
    pages = printed(tab, tmp_path / "chain.pdf")
    # Names are text of the drawing, not dots of a screen; what is chosen is told behind it.
    # With its halo a name is written twice.
    name = "A/RES/55/2"
    assert name in pages[0] or "".join(2 * letter for letter in name) in pages[0]
    assert "General Assembly" in pages[0]
    assert "Rivers as heritage" in "".join(pages[1:])
    assert tab.run("return document.querySelector('.printed').childElementCount") == 0
    assert tab.complaints() == []


def test_a_document_is_printed_whole_with_its_notes_and_lists(tab: Any, tmp_path: Path) -> None:
    (outcome,) = extract_paths([sample_paths()[0]])
    assert outcome.record
    tab.show(document_page(outcome.record, outcome.text))
    text = "".join("".join(printed(tab, tmp_path / "document.pdf")).split())
    for note in ("A/C.3/97/SR.44", "vol.2515,No.44910"):
        assert note in text
    sponsor = outcome.record.proposals[1].additional_sponsors
    assert sponsor and "Joinedlater" in text
    words = "".join(outcome.text.split())
    assert words[:60] in text


def test_paragraphs_have_one_name_in_script_and_page(tab: Any, chain_graph: Any) -> None:
    fragments = ["pp3", "draft-IV-op2", "draft-decision-II-op1", "para-7%20bis", "other-1", ""]
    for language in ("en", "fr", "ar"):
        tab.show(chain_page(chain_graph, title="x", language=language))
        said = tab.run("return arguments[0].map(placeWord)", fragments)
        assert said == [place_told(fragment, words(language)) for fragment in fragments]
