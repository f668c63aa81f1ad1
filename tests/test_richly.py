"""What a notebook shows of a record and of a page: escaped, and closed to the outside."""

from __future__ import annotations

import html

from kg.extract import extract
from kg.model import Source
from kg.view import Page

REPORT = """Report of the Third Committee

II. Consideration of proposals

1. The Committee had before it a draft resolution entitled “<img src=x onerror=alert(1)>” \
(A/C.3/97/L.8), submitted by Kenya and Peru.

2. The Committee recalled General Assembly resolution 70/1.
"""


def test_a_record_shows_its_proposals_escaped() -> None:
    source = Source(name="r.en.txt", text=REPORT, sha256="0" * 64, language="en")
    shown = extract(source)._repr_html_()
    assert "A/C.3/97/L.8" in shown
    assert "&lt;img src=x" in shown
    assert "<img" not in shown
    assert 'dir="auto"' in shown


def test_a_record_without_proposals_is_one_table() -> None:
    source = Source(name="r.en.txt", text="No words.\n", sha256="0" * 64, language="en")
    assert extract(source)._repr_html_().count("<table>") == 1


def test_a_page_shows_itself_in_a_frame_of_its_own() -> None:
    page = Page('<p title="a">"\'</p><script>top.alert(1)</script>')
    shown = page._repr_html_()
    assert shown.count("<script") == 0
    assert "allow-same-origin" not in shown
    inside = shown.partition('srcdoc="')[2].rpartition('"')[0]
    assert '"' not in inside
    assert html.unescape(inside) == page
