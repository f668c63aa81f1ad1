"""The page as a file: closed to the outside, whole or absent, the same each time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import stat
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from page_data import data_of

from kg.errors import ViewError
from kg.view import chain_page, cosponsors_page, write_page
from kg.view.page import as_json, drawing_library
from kg.view.places import draft_told, place_told
from kg.view.words import LANGUAGES, TEMPLATES, words

SCRIPTS = sorted(path.name for path in TEMPLATES.glob("*.js") if path.name not in {"document.js"})


class Elements(HTMLParser):
    """The elements of a page with their attributes, and the text of scripts and styles."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[str] = []
        self.inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.texts.append("")
        self.inside = tag in {"script", "style"}

    def handle_endtag(self, tag: str) -> None:
        self.inside = False

    def handle_data(self, data: str) -> None:
        if self.inside:
            self.texts[-1] += data


def read(html: str) -> Elements:
    parser = Elements()
    parser.feed(html)
    return parser


def test_nothing_in_the_page_points_outside(chain_graph: Any) -> None:
    for _, attributes in read(chain_page(chain_graph, title="T")).elements:
        for name in ("src", "href", "srcset", "action", "data", "poster", "background"):
            assert (attributes.get(name) or "#").startswith(("#", "data:"))
        assert not [name for name in attributes if name.startswith("on") or name == "style"]


def test_only_digested_scripts_and_styles_may_run(chain_graph: Any, cosponsor_graph: Any) -> None:
    for html in (chain_page(chain_graph, title="T"), cosponsors_page(cosponsor_graph, title="T")):
        page = read(html)
        metas = [a for tag, a in page.elements if tag == "meta" and "http-equiv" in a]
        policy = metas[0]["content"] or ""
        assert policy.startswith("default-src 'none';")
        assert "unsafe" not in policy
        ran = [
            text
            for (tag, attributes), text in zip(page.elements, page.texts, strict=True)
            if tag == "style" or (tag == "script" and "type" not in attributes)
        ]
        assert len(ran) == 3
        for text in ran:
            digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
            assert f"'sha256-{digest}'" in policy


def test_the_drawing_library_is_named_with_its_licence(chain_graph: Any) -> None:
    library = drawing_library()
    html = chain_page(chain_graph, title="T")
    assert f"vis-network {library.version} (© Almende B.V." in html
    assert "sourceMappingURL" not in html


def test_hostile_names_are_data_only(hostile_chain: Any, hostile_cosponsors: Any) -> None:
    title = "</title></h1><script>window.hurt=1</script>{{policy}}\ud800\x00"
    for html in (
        chain_page(hostile_chain, title=title),
        cosponsors_page(hostile_cosponsors, title=title),
    ):
        html.encode("utf-8")
        assert [tag for tag, _ in read(html).elements].count("script") == 3
        assert data_of(html)["title"] == title
        assert "window.hurt=1</script>" not in html


@given(st.text())
def test_json_survives_and_closes_nothing(text: str) -> None:
    written = as_json([text])
    assert json.loads(written) == [text]
    assert not re.search("[<>&\u2028\u2029]", written)


def test_the_same_graph_gives_the_same_page(chain_graph: Any, cosponsor_graph: Any) -> None:
    turned: nx.MultiDiGraph[Any] = nx.MultiDiGraph()
    turned.add_nodes_from(reversed(list(chain_graph.nodes(data=True))))
    turned.add_edges_from(reversed(list(chain_graph.edges(data=True))))
    assert chain_page(turned, title="T") == chain_page(chain_graph, title="T")
    back: nx.Graph[Any] = nx.Graph()
    back.add_nodes_from(reversed(list(cosponsor_graph.nodes(data=True))))
    back.add_edges_from((b, a, d) for a, b, d in reversed(list(cosponsor_graph.edges(data=True))))
    assert cosponsors_page(back, title="T") == cosponsors_page(cosponsor_graph, title="T")


def test_a_page_is_written_whole_and_readable(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("before")
    write_page("联合国\n", path)
    assert path.read_bytes() == "联合国\n".encode()
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]
    if sys.platform != "win32":
        fresh = tmp_path / "fresh"
        fresh.touch()
        assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(fresh.stat().st_mode)


def test_a_page_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    with pytest.raises(ViewError, match=r"missing.page\.html: .*No such file.*choose another"):
        write_page("x", tmp_path / "missing" / "page.html")
    with pytest.raises(ViewError, match="cannot be written"):
        write_page("x", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_page_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text("before")
    with pytest.raises(UnicodeEncodeError):
        write_page("\ud800", path)
    assert path.read_text() == "before"
    assert [each.name for each in tmp_path.iterdir()] == ["page.html"]


def test_every_word_is_there_in_every_language() -> None:
    english = words("en")
    for language in LANGUAGES:
        table = words(language)
        assert table.keys() == english.keys()
        assert all(text.strip() for text in table.values())
    with pytest.raises(ViewError, match="choose one of ar, en, es, fr, ru, zh"):
        words("de")


def test_the_words_are_set_as_the_united_nations_set_them() -> None:
    for key, text in words("fr").items():
        # A space that does not break stands before these signs.
        assert not re.search(r" [:;?!»]|« ", text), key
    assert not [key for key, text in words("ru").items() if re.search("[ёЁ]", text)]
    assert not [key for key, text in words("ar").items() if re.search(r"[؀-ۿ][,;?]", text)]
    assert not [key for key, text in words("zh").items() if re.search(r"[一-鿿][,:;?.]", text)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_paragraph_is_named_by_its_part_and_kind(language: str) -> None:
    say = words(language)
    for kind, fragment in {"pp": "pp12", "op": "op12", "para": "para-12"}.items():
        assert place_told(fragment, say) == say[f"para_{kind}"].replace("{n}", "12")
    whole = place_told("draft-IV-op2.1", say)
    assert whole.startswith(draft_told("draft resolution IV", say)) and "2.1" in whole
    assert draft_told("draft decision II", say) in place_told("draft-decision-II-op1", say)
    assert place_told("heading-2", say) == "heading-2"


def test_the_scripts_and_the_page_use_known_words_only() -> None:
    known = words("en").keys()
    used = re.findall(r"\{\{say_(\w+)\}\}", (TEMPLATES / "page.html").read_text(encoding="utf-8"))
    for name in SCRIPTS:
        script = (TEMPLATES / name).read_text(encoding="utf-8")
        used += re.findall(r'(?:say|heading|boxes|keys)\("(\w+)"', script)
        used += re.findall(r'word: "(\w+)"', script)
        used += re.findall(r'\n\s+\["([a-z_]+)", ', script)
    assert len(used) > 60
    assert set(used) <= known


def test_scripts_put_text_into_the_page_as_text_only() -> None:
    for name in SCRIPTS:
        script = (TEMPLATES / name).read_text(encoding="utf-8")
        risky = r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function|fetch\("
        assert not re.search(risky, script)
