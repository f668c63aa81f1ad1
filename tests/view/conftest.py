"""Small graphs of our own for the tests of the pages, plain and hostile, and a browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from view_browser import Tab, chromium

from kg.demo import sample_paths
from kg.ingest import build
from kg.store import Store
from tests.serve.conftest import serving

DOCUMENTS: list[tuple[str, str, str, str, str, int | None]] = [
    # name, label, title, kind, organ, year
    ("r", "A/97/512", "Water and the arts: report of the Third Committee", "report", "GA", 2042),
    ("d1", "A/C.3/97/L.4", "Rivers as heritage", "draft", "A/C.3", 2042),
    ("d2", "A/C.3/97/L.9/Rev.1", "Song and the sea", "draft", "A/C.3", 2042),
    ("a", "A/RES/70/1", "Transforming our world", "resolution", "GA", 2015),
    ("b", "A/RES/55/2", "United Nations Millennium Declaration", "resolution", "GA", 2000),
    ("c", "E/RES/2017/15", "Commission matters", "resolution", "ECOSOC", 2017),
    ("e", "S/RES/2133(2014)", "Threats to peace", "resolution", "SC", 2014),
    ("f", "A/HRC/RES/32/3", "Persons", "resolution", "HRC", 2016),
    ("g", "A/DEC/57/589", "Agenda", "decision", "GA", 2003),
    ("h", "联合国打击跨国有组织犯罪公约", "", "treaty", "", 2000),
    ("i", "اتفاقية حقوق الطفل", "", "treaty", "", 1989),
    ("j", "Всеобщая декларация прав человека", "", "declaration", "", 1948),
    ("k", "Règles Nelson Mandela", "", "rules", "", 2015),
    ("l", "Programa de Acción de Addis Abeba", "", "programme", "", None),
    ("m", "E/CN.15/2017/11", "Report of the expert group", "document", "E/CN.15", 2017),
]
CITATIONS = [
    (
        "d1",
        "a",
        "reaffirms",
        "重申",
        "重申其关于变革我们的世界的第70/1号决议",
        "70/1号决议",
        "zh",
        "text",
    ),
    (
        "d1",
        "a",
        "recalls",
        "Recalling",
        "Recalling its resolution 70/1 of 2015",
        "70/1",
        "en",
        "both",
    ),
    (
        "d1",
        "b",
        "recalls",
        "Recalling",
        "Recalling 🌍 resolution 55/2 and 55/3",
        "55/2",
        "en",
        "text",
    ),
    ("d1", "h", "welcomes", "欢迎", "欢迎各国加入《公约》", "《公约》", "zh", "footnote"),
    ("d1", "i", "recalls", "إذ تشير", "إذ تشير إلى اتفاقية حقوق الطفل", "اتفاقية", "ar", "text"),
    ("d1", "j", "reaffirms", "", "", "", "en", "text"),
    (
        "d2",
        "c",
        "takesNoteOf",
        "Takes note",
        "Takes note of resolution 2017/15",
        "2017/15",
        "en",
        "text",
    ),
    ("d2", "e", "cites", "", "Bearing in mind resolution 2133 (2014)", "2133 (2014)", "en", "text"),
    ("d2", "f", "stresses", "Stressing", "Stressing resolution 32/3", "32/3", "en", "text"),
    ("d2", "k", "implements", "applique", "applique les Règles", "Règles", "fr", "text"),
    ("d2", "l", "requests", "Pide", "Pide que se aplique el Programa", "Programa", "es", "text"),
    ("r", "d1", "contains", "", "", "", "", ""),
    ("r", "d2", "contains", "", "", "", "", ""),
    (
        "r",
        "m",
        "cites",
        "",
        "Report of the expert group (E/CN.15/2017/11)",
        "E/CN.15",
        "en",
        "text",
    ),
    ("a", "b", "reaffirms", "Reaffirming", "Reaffirming resolution 55/2", "55/2", "en", "text"),
    ("c", "h", "recalls", "Recalling", "Recalling the Convention", "Convention", "en", "footnote"),
    ("b", "g", "cites", "", "", "", "en", "text"),
]


@pytest.fixture
def chain_graph() -> nx.MultiDiGraph[Any]:
    """A report, its drafts and what they cite: all kinds, six scripts, one node without a date."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for name, label, title, kind, organ, year in DOCUMENTS:
        symbol = label if label.isascii() and "/" in label else ""
        graph.add_node(
            name, label=label, symbol=symbol, title=title, kind=kind, organ=organ, year=year
        )
    for number, (a, b, clause, verb, quote, mention, language, via) in enumerate(CITATIONS):
        start = quote.index(mention) if mention else None
        graph.add_edge(
            a,
            b,
            clause=clause,
            verb=verb,
            quote=quote,
            mention_start=start,
            mention_end=None if start is None else start + len(mention),
            paragraph=f"draft-I-pp{number}",
            language=language,
            via=via,
        )
    return graph


STATES = [
    ("BRA", "Brazil", "Americas", [1, 2, 3]),
    ("GTM", "Guatemala", "Americas", [1, 2]),
    ("PER", "Peru", "Americas", [1, 2]),
    ("ITA", "Italy", "Europe", [2, 3, 4]),
    ("FRA", "France", "Europe", [3, 4]),
    ("DEU", "Germany", "Europe", [3, 4]),
    ("KEN", "Kenya", "Africa", [3]),
    ("JPN", "Japan", "", [9]),
]


@pytest.fixture
def cosponsor_graph() -> nx.Graph[Any]:
    """Eight states, four shared drafts; Peru and Kenya came late, Japan sponsors alone."""
    graph: nx.Graph[Any] = nx.Graph()
    sponsored = {code: [f"A/C.3/97/L.{n}" for n in numbers] for code, _, _, numbers in STATES}
    for code, label, region, _ in STATES:
        joined = sponsored[code] if code in {"PER", "KEN"} else []
        graph.add_node(
            code, label=label, code=code, region=region, drafts=sponsored[code], joined=joined
        )
    for place, (a, *_) in enumerate(STATES):
        for b, *_ in STATES[place + 1 :]:
            shared = sorted(set(sponsored[a]) & set(sponsored[b]))
            if shared:
                share = len(shared) / len(set(sponsored[a]) | set(sponsored[b]))
                graph.add_edge(a, b, weight=len(shared), jaccard=share, drafts=shared)
    return graph


HOSTILE = (
    "</script><script>window.hurt=1</script>",
    "<img src=x onerror=window.hurt=1>",
    "<!--<script>",
    "\u202eevil\u2066\u0000\u2028\u2029",
    "{{data}}{{script}}",
    "__proto__",
    "javascript:window.hurt=1",
    "長" * 10_000,
    "\ud800 lone",
    "\"'`&lt;",
)


@pytest.fixture
def hostile_chain() -> nx.MultiDiGraph[Any]:
    """Every text field of every node and edge tries to be something else than text."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    names = ("label", "symbol", "title", "kind", "organ", "year")
    for place, text in enumerate(HOSTILE):
        graph.add_node(f"{text}#{place}", **dict.fromkeys(names, text))
    fields = ("clause", "verb", "quote", "paragraph", "language", "via")
    keys = list(graph)
    for place, text in enumerate(HOSTILE):
        for other in (place, (place + 1) % len(keys)):
            graph.add_edge(
                keys[place],
                keys[other],
                mention_start=0,
                mention_end=4,
                **dict.fromkeys(fields, text),
            )
    return graph


@pytest.fixture
def hostile_cosponsors() -> nx.Graph[Any]:
    """The same for states, their regions and drafts."""
    graph: nx.Graph[Any] = nx.Graph()
    for place, text in enumerate(HOSTILE):
        graph.add_node(place, label=text, code=text, region=text, drafts=[text], joined=[text])
    for place, text in enumerate(HOSTILE[1:]):
        graph.add_edge(place, place + 1, weight=2, jaccard=float("nan"), drafts=[text])
    return graph


@pytest.fixture
def hub() -> nx.MultiDiGraph[Any]:
    """One document that cites 2,999 others and, in one paragraph more, itself."""
    graph: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    for number in range(3000):
        label = f"A/RES/{number % 75 + 1}/{number}"
        graph.add_node(number, label=label, kind="resolution", organ="GA", year=1946 + number % 75)
        graph.add_edge(0, number, clause="recalls", quote="Recalling", paragraph=f"pp{number}")
    return graph


@pytest.fixture(scope="session")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Chromium without a window and without a way out."""
    try:
        running = chromium(tmp_path_factory.mktemp("profile"))
    except FileNotFoundError as error:
        pytest.skip(str(error))
    yield running
    running.quit()


@pytest.fixture
def tab(driver: Any, tmp_path: Path) -> Tab:
    """A browser to open pages in."""
    return Tab(driver, tmp_path)


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server over the two samples."""
    folder = tmp_path_factory.mktemp("home") / "store"
    with Store.open(folder) as store:
        build(sample_paths(), store=store, base=store.base)
    with serving(folder) as client:
        yield str(client.base_url)
