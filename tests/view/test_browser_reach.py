"""Each page in light and dark colours, by keyboard and as a screen reader has it."""

from __future__ import annotations

from typing import Any

import pytest
from selenium.webdriver.support.ui import WebDriverWait
from view_reach import coloured, unnamed, walked, weak

PAGES = {
    "home": "?lang=en",
    "search": "search?q=convention&lang=ru",
    "nothing": "search?q=zzzzzz&lang=fr",
    "document": "document?symbol=A/97/512&lang=en",
    "document in Arabic": "document?symbol=A/98/447&lang=ar",
    "work": "work?symbol=A/RES/70/1&lang=es",
    "instrument": "instrument?key=un-charter&lang=fr",
    "state": "state?code=KEN&lang=en",
    "chain": "chain?of=A/97/512&lang=en",
    "cosponsors": "cosponsors?lang=zh",
    "query": "query?lang=en&name=cites&p_symbol=A/97/512",
    "missing": "document?symbol=A/1/1&lang=en",
}
DRAWN = {"document", "document in Arabic", "chain", "cosponsors"}


@pytest.mark.parametrize("page", PAGES)
def test_a_page_can_be_read_by_all(tab: Any, home: str, page: str) -> None:
    def ready(_: Any) -> bool:
        wanted = {"query": "ran"}.get(page, "drawn" if page in DRAWN else None)
        there = tab.run(
            "return document.readyState === 'complete' && !!document.querySelector('h1')"
        )
        return bool(there and (wanted is None or tab.mark(wanted)))

    try:
        coloured(tab, "light")
        tab.driver.get(home + PAGES[page])
        WebDriverWait(tab.driver, 20).until(ready)
        assert weak(tab) == []
        coloured(tab, "dark")
        assert tab.run("return matchMedia('(prefers-color-scheme: dark)').matches")
        assert weak(tab) == []
    finally:
        coloured(tab, "light")
    assert unnamed(tab) == []
    reached = walked(tab, 25)
    assert len(reached) > 4
    assert all(each["ring"] and each["outline"] and each["seen"] for each in reached), reached
    places = [each["place"] for each in reached]
    assert places == sorted(places), [each["told"] for each in reached]


def test_what_is_opened_can_be_read_too(tab: Any, home: str) -> None:
    try:
        for scheme in ("light", "dark"):
            coloured(tab, scheme)
            tab.driver.get(f"{home}document?symbol=A/97/512&lang=en")
            WebDriverWait(tab.driver, 20).until(lambda _: tab.mark("drawn"))
            tab.find("main .m.request").click()
            assert tab.find("#panel").is_displayed()
            assert weak(tab) == []
            tab.driver.get(f"{home}chain?of=A/97/512&lang=en")
            WebDriverWait(tab.driver, 20).until(lambda _: tab.mark("drawn"))
            tab.run("choose({ edge: 0 })")
            assert weak(tab) == []
            tab.find("#tab-table").click()
            assert weak(tab) == []
            assert unnamed(tab) == []
            tab.find("#search").send_keys("A/")
            assert weak(tab) == []
    finally:
        coloured(tab, "light")


def test_buttons_that_look_alike_are_told_apart(tab: Any, home: str) -> None:
    for page in ("chain?of=A/97/512&lang=en", "cosponsors?state=KEN&lang=fr"):
        tab.driver.get(home + page)
        WebDriverWait(tab.driver, 20).until(lambda _: tab.mark("drawn"))
        tab.run("choose({ node: page.focus ?? 0 })")
        names = [each.accessible_name for each in tab.all("#details .list .tag")]
        assert len(names) > 1 and len(set(names)) == len(names)
        for name, shown in zip(names, tab.all("#details .list .tag"), strict=True):
            assert name.startswith(shown.text)


def test_the_checks_see_what_is_wrong(tab: Any) -> None:
    (tab.folder / "page.html").write_text(
        "<!doctype html><html data-drawn=1><title>x</title><h1 id=a>Told</h1><h1 id=a>Twice</h1>"
        "<p style='color: #999; background: #fff'>faint</p><button></button><img src='data:,'>"
        "<table><tr><th></th></tr></table>",
        encoding="utf-8",
    )
    tab.open()
    assert [ratio for _, ratio in weak(tab)] == ["2.85"]
    wrong = unnamed(tab)
    assert {"button", "image", "id a twice", "2 × h1", "no language"} <= set(wrong)
    assert "a heading of a table is empty" in wrong
