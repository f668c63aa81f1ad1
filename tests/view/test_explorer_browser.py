"""The explorer in a browser: from a search to a document, a mention and a chain; the queries."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from view_gold import assert_gold_is_marked

from kg.demo import sample_paths
from kg.ingest import build
from kg.pipeline import extract_paths
from kg.store import Store
from kg.triples import quads
from kg.vocab import UNKG
from tests.serve.conftest import serving


def go(tab: Any, address: str) -> None:
    tab.driver.get("about:blank")
    tab.driver.get_log("browser")
    tab.driver.get_log("performance")
    tab.driver.get(address)


def until(tab: Any, script: str) -> Any:
    return WebDriverWait(tab.driver, 20).until(lambda _: tab.run(f"return {script}"))


def outside(tab: Any, home: str) -> list[str]:
    """What was asked for beyond the server and the page's own data."""
    return [url for url in tab.requests() if not url.startswith((home, "data:", "blob:", "about:"))]


def test_from_a_search_to_a_document_a_mention_and_a_chain(tab: Any, home: str) -> None:
    go(tab, home)
    field = tab.driver.switch_to.active_element
    assert field.get_attribute("name") == "q"
    field.send_keys("libraries", Keys.ENTER)
    hit = until(tab, "document.querySelector('.hit a')")
    assert hit.text == "A/97/512"
    hit.click()
    until(tab, "document.documentElement.dataset.drawn")
    assert tab.find("h1").text.startswith("A/97/512")
    mark = tab.find("main .m.citation[tabindex='0']")
    tab.run("arguments[0].focus()", mark)
    mark.send_keys(Keys.ENTER)
    name = tab.find("#panel h3").text
    tab.find("#panel .told > p:last-child a").click()
    until(tab, "!!document.querySelector('main.column h1')")
    assert tab.find("h1").text == name
    chain = next(a for a in tab.all("a.button") if "/chain?" in a.get_attribute("href"))
    chain.click()
    until(tab, "document.documentElement.dataset.drawn")
    assert name in tab.find("h1").text
    back = next(a for a in tab.all(".ways a") if a.text == name)
    back.click()
    until(tab, "!!document.querySelector('main.column h1')")
    assert tab.complaints() == []
    assert outside(tab, home) == []


def test_a_named_query_is_filled_in_run_sorted_and_downloaded(
    tab: Any, home: str, tmp_path: Path
) -> None:
    go(tab, f"{home}query?lang=en")
    tab.driver.execute_cdp_cmd(
        "Page.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    form = tab.find("#named-cites")
    form.find_element("css selector", "summary").click()
    form.find_element("css selector", "input[name=p_symbol]").send_keys("a/97/512", Keys.ENTER)
    until(tab, "document.documentElement.dataset.ran === 'done'")
    rows = len(tab.all("#results tbody tr"))
    assert rows > 10
    assert tab.all(".t-keyword") and tab.all(".t-variable") and tab.all(".t-iri")
    assert "query=" in tab.driver.current_url
    place = [each.text for each in tab.all("#results th button")].index("cited")
    tab.all("#results th button")[place].click()
    cells = f"#results tbody td:nth-child({place + 1})"
    shown = [cell.text for cell in tab.all(cells)]
    assert tab.find("#results th[aria-sort=ascending]").text.startswith("cited")
    tab.all("#results th button")[place].click()
    assert tab.all(cells)[0].text == shown[-1]
    tab.find("#csv").click()
    tab.find("#json").click()
    WebDriverWait(tab.driver, 20).until(lambda _: len(list(tmp_path.glob("unkg-query.*[nv]"))) == 2)
    with (tmp_path / "unkg-query.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == rows
    found = json.loads((tmp_path / "unkg-query.json").read_text(encoding="utf-8"))
    assert len(found["results"]["bindings"]) == rows
    assert tab.complaints() == []
    assert outside(tab, home) == []


def test_an_error_is_shown_at_its_line_and_goes_when_mended(tab: Any, home: str) -> None:
    go(tab, f"{home}query?lang=en")
    field = tab.find("#text")
    field.clear()
    field.send_keys("SELECT ?a\nWHERE { ?a ?b }", Keys.CONTROL + Keys.ENTER)
    until(tab, "document.documentElement.dataset.ran === 'line 2'")
    assert tab.find("#lines .wrong").text.strip() == "2"
    assert "line 2" in tab.find("#problem").text
    # The browser itself notes the refusal; nothing else is complained of.
    assert all("400" in complaint for complaint in tab.complaints())
    field.clear()
    field.send_keys("ASK { ?a ?b ?c }", Keys.CONTROL + Keys.ENTER)
    until(tab, "document.documentElement.dataset.ran === 'done'")
    assert not tab.find("#problem").is_displayed()
    assert tab.find("#said").text.startswith("true")


def test_a_shared_link_runs_and_shows_markup_as_text(tab: Any, home: str) -> None:
    hostile = "<img src=x onerror=window.hurt=1>"
    query = f'SELECT ?x WHERE {{ VALUES ?x {{ "{hostile}" <javascript:window.hurt=1> }} }}'
    go(tab, f"{home}query?{urlencode({'lang': 'ar', 'query': query})}")
    until(tab, "document.documentElement.dataset.ran === 'done'")
    cells = tab.all("#results tbody td")
    assert [cell.text for cell in cells] == [hostile, "javascript:window.hurt=1"]
    assert not tab.all("#results tbody a")
    assert tab.run("return window.hurt ?? null") is None
    assert tab.find("html").get_attribute("dir") == "rtl"
    assert tab.run("return document.querySelector('#text').value") == query
    assert tab.complaints() == []


def test_a_served_document_is_whole_and_marks_all_citations_of_the_gold(
    tab: Any, corpus: Path, tmp_path: Path
) -> None:
    path = corpus / "zh" / "A_72_440.zh.txt"
    with Store.open(tmp_path / "store") as store:
        build([path], store=store, base=store.base)
    with serving(tmp_path / "store") as client:
        go(tab, f"{client.base_url}document?symbol=A/72/440&lang=en")
        until(tab, "document.documentElement.dataset.drawn")
        assert_gold_is_marked(tab, path.with_name("A_72_440.gold.json"), citations=165)
        assert not tab.all("main .gap")
        # Front matter and footnotes are there, beside their markers.
        shown = "".join(tab.find("main .words").text.split())
        text = path.read_text(encoding="utf-8")
        assert "".join(text.split()[:3]) in shown
        for section in tab.all("main section .marker")[:5]:
            note = section.get_attribute("href").partition("#")[2]
            assert tab.find(f"#{note}").text.strip()
        assert tab.complaints() == []
        assert outside(tab, str(client.base_url)) == []


def test_a_store_without_whole_texts_shows_its_gaps(tab: Any, tmp_path: Path) -> None:
    (outcome,) = extract_paths([sample_paths()[0]])
    assert outcome.record
    with Store.open(tmp_path / "store") as store:
        written = quads(outcome.record, text=outcome.text)
        kept = [quad for quad in written if quad.predicate.value != UNKG.text]
        store.put(kept[0].graph_name.value, kept)  # type: ignore[union-attr]
    with serving(tmp_path / "store") as client:
        go(tab, f"{client.base_url}document?symbol={outcome.record.document.symbol}&lang=en")
        until(tab, "document.documentElement.dataset.drawn")
        assert "characters that the store does not keep" in tab.find("main .gap").text
        assert tab.all("main .m.citation")
