"""The explorer's pages over a store: what they show, in every language, whatever is in it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pyoxigraph as ox
import pytest
from hostile import HOSTILE, Tags, assert_harmless

from kg import query
from kg.demo import sample_paths
from kg.ingest import build
from kg.query import library
from kg.serve.explorer import render
from kg.serve.explorer_query import sparql_of, values_of
from kg.store import Store
from kg.view.words import LANGUAGES, TEMPLATES, words
from kg.vocab import DCTERMS, RDF, UNKG

PAGES: tuple[tuple[str, dict[str, str], str], ...] = (
    ("home", {}, "A/97/512"),
    ("search", {"q": "libraries"}, "A/97/512"),
    ("search", {"q": "A/C.3/97/L8"}, "A/C.3/97/L.8"),
    ("document", {"symbol": "a/97/512"}, "A/97/512"),
    ("document", {"symbol": "A/RES/70/1"}, "A/RES/70/1"),
    ("work", {"symbol": "A/RES/70/1"}, "A/97/512"),
    ("instrument", {"key": "untoc"}, "2225"),
    ("instrument", {"key": "crc"}, "اتفاقية حقوق الطفل"),
    ("state", {"code": "KEN"}, "Кения"),
    ("query", {}, "recommended-by-ecosoc"),
    ("query", {"name": "cites", "p_symbol": "A/97/512"}, "AS ?symbol"),
    ("chain", {"of": "A/97/512"}, "A/97/512"),
    ("cosponsors", {}, "vis-network"),
)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.in_memory() as opened:
        build(sample_paths(), store=opened, base=opened.base)
        yield opened


def shown(store: Any, page: str, language: str = "en", **given: str) -> tuple[int, str, str]:
    kind, body = render(store, page=page, path=f"/{page}", given=given, language=language)
    assert kind == "application/json"
    made = json.loads(body)
    return made["status"], made["html"], made["policy"]


@pytest.mark.parametrize(("page", "given", "says"), PAGES, ids=[f"{p}{g}" for p, g, _ in PAGES])
def test_each_page_shows_what_it_is_about(
    store: Store, page: str, given: dict[str, str], says: str
) -> None:
    status, html, policy = shown(store, page, **given)
    assert status == 200
    assert says in html
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", ["home", "search", "instrument", "state", "query", "document"])
def test_pages_speak_the_language_asked_for(store: Store, page: str, language: str) -> None:
    given = {"q": "Kenya", "key": "untoc", "code": "KEN", "symbol": "A/97/512"}
    _, html, _ = shown(store, page, language, **given)
    say = words(language)
    assert f'<html lang="{language}" dir="{say["direction"]}">' in html
    assert say["query_page"] in html
    inside = [a["href"] or "" for tag, a in Tags(html).seen if tag == "a" and "href" in a]
    ours = [href for href in inside if href.startswith("/") and href != "/sparql"]
    assert ours
    assert all("lang=" in href for href in ours)
    assert {re.findall(r"lang=(\w+)", href)[-1] for href in ours} <= set(LANGUAGES)


def test_a_mention_leads_to_the_page_of_what_it_names(store: Store) -> None:
    _, html, _ = shown(store, "document", symbol="A/97/512")
    found = re.search(r'id="page-data">(.*?)</script>', html, re.S)
    assert found
    told = json.loads(found[1])["facts"]
    by_kind = {fact["kind"]: fact["href"] for fact in told if fact["href"]}
    assert by_kind["citation"].startswith("/document?symbol=")
    assert by_kind["instrument"].startswith("/instrument?key=")
    assert by_kind["state"].startswith("/state?code=")
    assert not any(fact["outside"] for fact in told)


def test_what_cites_a_work_is_told_with_its_clause_and_place(store: Store) -> None:
    wanted = {
        (row["citing"], row["paragraph"])
        for row in query.run(store, "cited-by", symbol="A/RES/70/1").records()
    }
    _, html, _ = shown(store, "work", symbol="A/RES/70/1")
    assert wanted
    for citing, paragraph in wanted:
        part = paragraph.partition("#")[2].rpartition("-")[0]
        assert f"{citing}#{part}" in html or citing in html


def test_partners_and_tiers_of_a_state_are_those_of_the_queries(store: Store) -> None:
    code = query.run(store, "cosponsor-pairs").records()[0]["first"]
    pairs = query.run(store, "cosponsor-pairs", state=code).records()
    _, html, _ = shown(store, "state", code=code)
    others = {row["first"] for row in pairs} | {row["second"] for row in pairs}
    linked = set(re.findall(r"/state\?code=(\w+)", html))
    assert linked >= set(sorted(others - {code})[:5])
    strongest = max(row["drafts"] for row in pairs)
    assert f"<span>{strongest}</span>" in html


@pytest.mark.parametrize(
    ("page", "given"),
    [
        ("document", {"symbol": "A/RES/99/999"}),
        ("document", {"symbol": ""}),
        ("document", {"symbol": "%"}),
        ("document", {"symbol": "https://example.org/<>"}),
        ("work", {"symbol": "javascript:alert(1)"}),
        ("instrument", {"key": "../../etc/passwd"}),
        ("state", {"code": "XXX"}),
        ("state", {}),
        ("chain", {"of": "nothing"}),
        ("chain", {}),
        ("query", {"name": "no-such-query"}),
        ("cosponsors", {"state": "ZZZ"}),
    ],
)
def test_what_is_not_there_is_said(store: Store, page: str, given: dict[str, str]) -> None:
    status, html, _ = shown(store, page, **given)
    assert status in (400, 404)
    assert_harmless(html, scripts=1)
    assert words("en")["not_found"] in html


def test_a_symbol_misspelt_is_told_what_is_near(store: Store) -> None:
    status, html, _ = shown(store, "document", symbol="A/97/521")
    assert status == 404
    assert "A/97/512" in html


def test_a_form_that_lacks_a_value_says_which(store: Store) -> None:
    status, html, _ = shown(store, "query", name="cites")
    assert status == 200
    assert 'role="alert">symbol' in html
    status, html, _ = shown(store, "query", name="cites", p_symbol="A/1/1")
    assert "no such document" in html


@pytest.mark.parametrize("name", sorted(library()))
def test_a_named_query_written_out_answers_the_same(store: Store, name: str) -> None:
    named = library()[name]
    given = dict(re.findall(r"--param (\w+)=(\S+)", named.example))
    for key in ("symbol", "from"):
        if key in given:
            given[key] = "A/97/512"
    given |= {"to": "A/RES/70/1"} if "to" in given else {}
    written = sparql_of(named, values_of(store, named, given))
    answer = store.select(written)
    places = [answer.columns.index(column) for column in named.columns]
    rows = {tuple(query.python_value(row[place]) for place in places) for row in answer.rows}
    assert rows == set(query.run(store, name, **given).rows)


def test_hostile_names_stay_text() -> None:
    document = ox.NamedNode("https://undocs.org/A/RES/70/1")
    other = ox.NamedNode("https://undocs.org/A/RES/70/2")
    kenya = ox.NamedNode("https://w3id.org/unkg/state/KEN")
    graph = ox.NamedNode("https://undocs.org/en/A/RES/70/1")
    text = ox.Literal(HOSTILE, language="en")
    pairs = [
        (document, RDF.type, ox.NamedNode(UNKG.Resolution)),
        (document, UNKG.symbol, ox.Literal("A/RES/70/1")),
        (document, DCTERMS.title, text), (document, DCTERMS.date, ox.Literal(HOSTILE)),
        (document, UNKG.recalls, other), (document, UNKG.cites, other),
        (document, UNKG.session, ox.Literal(HOSTILE)),
        (document, UNKG.sponsoredBy, kenya), (document, UNKG.hasSponsor, kenya),
        (other, UNKG.symbol, ox.Literal(HOSTILE)), (other, DCTERMS.title, text),
        (graph, UNKG.versionOf, document), (graph, DCTERMS.language, ox.Literal("en")),
        (graph, DCTERMS.source, ox.Literal(HOSTILE)), (graph, UNKG.sha256, ox.Literal(HOSTILE)),
    ]  # fmt: skip
    with Store.in_memory() as store:
        store.put(graph.value, [ox.Quad(s, ox.NamedNode(p), o, graph) for s, p, o in pairs])
        for page, given in (
            ("home", {}), ("search", {"q": HOSTILE}), ("search", {"q": "70/1"}),
            ("work", {"symbol": "A/RES/70/2"}),
            ("document", {"symbol": "A/RES/70/1"}), ("state", {"code": "KEN"}),
            ("query", {"query": HOSTILE}), ("query", {"name": "cites", "p_symbol": HOSTILE}),
            ("document", {"symbol": HOSTILE}), ("instrument", {"key": HOSTILE}),
        ):  # fmt: skip
            status, html, _ = shown(store, page, **given)
            assert status in (200, 400, 404), html
            assert_harmless(html, scripts=2 if page == "query" else 1)


def test_an_empty_store_has_pages_too() -> None:
    with Store.in_memory() as store:
        given = {"q": "peace", "code": "KEN", "key": "untoc"}
        for page in ("home", "search", "state", "instrument", "query", "cosponsors"):
            assert shown(store, page, **given)[0] == 200


def test_the_query_page_asks_its_own_server_and_writes_text_only() -> None:
    script = (TEMPLATES / "served" / "query.js").read_text(encoding="utf-8")
    risky = r"innerHTML|outerHTML|insertAdjacent|document\.write|\beval\b|new Function"
    assert not re.search(risky, script)
    assert re.findall(r"fetch\(([^,]+),", script) == ['"/sparql"']
    used = set(re.findall(r'say\("(\w+)"', script))
    assert used
    assert used <= set(words("en"))
