"""The page of a document in a browser: what is marked, reached, opened and filtered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hostile import HOSTILE, hostile
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait
from view_gold import assert_gold_is_marked

from kg.demo import sample_paths
from kg.model import Record
from kg.pipeline import extract_paths
from kg.view import document_page


def read(path: Path) -> tuple[Record, str]:
    (outcome,) = extract_paths([path])
    assert outcome.record
    return outcome.record, outcome.text


def show(tab: Any, html: str, *, at: str = "") -> None:
    path = tab.folder / "page.html"
    path.write_text(html, encoding="utf-8", newline="\n")
    tab.driver.get("about:blank")
    tab.driver.get_log("browser")
    tab.driver.get_log("performance")
    tab.driver.get(path.as_uri() + at)
    WebDriverWait(tab.driver, 30).until(lambda _: tab.mark("drawn"))


def test_all_citations_of_the_gold_are_marked_at_the_right_words(tab: Any, corpus: Path) -> None:
    show(tab, document_page(*read(corpus / "zh" / "A_72_440.zh.txt")))
    assert_gold_is_marked(tab, corpus / "zh" / "A_72_440.gold.json", citations=165)
    assert tab.complaints() == []
    assert tab.requests() == []


def test_a_mark_is_opened_and_closed_by_keyboard(tab: Any) -> None:
    show(tab, document_page(*read(sample_paths()[0])))
    first = tab.find("main .m.citation[tabindex='0']")
    assert "Documents cited" in first.get_attribute("aria-description")
    tab.run("arguments[0].focus()", first)
    tab.driver.switch_to.active_element.send_keys(Keys.ENTER)
    assert tab.find("#panel").is_displayed()
    told = tab.find("#panel .told")
    assert told.find_element("css selector", "blockquote").text == first.text
    assert tab.mark("open") is not None
    assert tab.driver.current_url.partition("#")[2].startswith("char=")
    tab.driver.switch_to.active_element.send_keys(Keys.ESCAPE)
    assert not tab.find("#panel").is_displayed()
    assert tab.driver.switch_to.active_element == first
    tab.driver.switch_to.active_element.send_keys(Keys.TAB)
    assert tab.driver.switch_to.active_element.get_attribute("data-f")
    assert tab.complaints() == []
    assert tab.requests() == []


def test_overlapping_facts_are_told_together_and_kinds_are_filtered(tab: Any) -> None:
    show(tab, document_page(*read(sample_paths()[0])))
    both = tab.find("main .m.request.citation, main .m.request.instrument, main .m.request.state")
    both.click()
    kinds = [each.get_attribute("class").split()[-1] for each in tab.all("#panel .kind .m")]
    assert len(kinds) > 1
    assert kinds[-1] == "request"  # the widest comes last
    reach = len(tab.all("main [tabindex='0'][data-f]"))
    shown = int(tab.mark("shown") or 0)
    tab.find(".kinds input[value=state]").click()
    assert int(tab.mark("shown") or 0) < shown
    assert len(tab.all("main [tabindex='0'][data-f]")) < reach
    lone = "main .m.state:not(.sponsor, .citation, .instrument, .unresolved)"
    assert tab.find(lone).value_of_css_property("box-shadow") == "none"


def test_sponsors_lead_to_their_names_in_the_text(tab: Any) -> None:
    show(tab, document_page(*read(sample_paths()[0])))
    draft = next(
        each for each in tab.all(".proposal") if each.find_elements("css selector", ".joined")
    )
    tab.run("arguments[0].open = true", draft)
    flags = {tag.text for tag in draft.find_elements("css selector", ".tag")}
    assert flags >= {"submitted", "joined"}
    state = draft.find_element("css selector", ".states button:enabled")
    name = state.text
    state.click()
    lit = "".join(mark.text for mark in tab.all("main .on"))
    assert lit == tab.find("#panel blockquote").text
    assert name in tab.find("#panel").text


def test_an_address_opens_its_place(tab: Any) -> None:
    record, text = read(sample_paths()[1])
    cited = [c for t in record.texts for p in t.paragraphs for c in p.citations][2]
    show(tab, document_page(record, text), at=f"#char={cited.start},{cited.end}")
    assert tab.find("#panel h3").text == cited.target
    assert tab.find("main .on").is_displayed()


def test_hostile_documents_run_nothing(tab: Any) -> None:
    show(tab, document_page(hostile(), HOSTILE * 3))
    tab.run("document.querySelectorAll('[data-f]').forEach((mark) => mark.click())")
    assert tab.run("return window.hurt ?? null") is None
    assert tab.driver.title.startswith("</script>")
    assert tab.complaints() == []
    assert tab.requests() == []


def test_arabic_is_set_from_right_to_left(tab: Any, tmp_path: Path) -> None:
    path = tmp_path / "a.ar.txt"
    path.write_text(
        "إن الجمعية العامة،\n\nإذ تشير إلى قرارها 70/1 المؤرخ 25 أيلول/سبتمبر 2015،\n",
        encoding="utf-8",
    )
    show(tab, document_page(*read(path)))
    assert tab.find("html").get_attribute("dir") == "rtl"
    assert tab.find("main .words").value_of_css_property("direction") == "rtl"
    assert tab.find("#jump").location["x"] > tab.find("main").location["x"]
    assert tab.find("main .citation").text == "70/1"
