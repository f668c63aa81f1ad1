"""The noun before a number, with what it says of the number's owner itself."""

from __future__ import annotations

import pytest

from kg.languages import load_language
from kg.recognise.citations import cited_in
from kg.recognise.organs import organs_in, remember
from kg.stretch import plain


def cited(text: str, language: str, *, speaking: str | None) -> list[tuple[str, str | None]]:
    table, stretch = load_language(language), plain(text)
    memory = remember([stretch], table)
    organs = organs_in(stretch, table, memory=memory, speaking=speaking)
    found, _ = cited_in(stretch.folded, table, organs=organs, speaking=speaking)
    return [(c.target, c.date) for c in found]


@pytest.mark.parametrize(
    ("text", "speaking", "expected"),
    [
        # The organ between noun and number owns the list.
        (
            "وفقا لقراري الجمعية العامة 66/288 و68/1، ",
            None,
            [("A/RES/66/288", None), ("A/RES/68/1", None)],
        ),
        ("قرار مجلس حقوق الإنسان 25/23", "GA", [("A/HRC/RES/25/23", None)]),
        ("قرار مجلس الأمن رقم 1559 (2004)", None, [("S/RES/1559(2004)", None)]),
        # A possessive that is the noun's ending means the speaker, unless the shape says other.
        ("إذ تشير إلى قرارها 70/1", "GA", [("A/RES/70/1", None)]),
        ("إذ يشير إلى قراره 32/3", "HRC", [("A/HRC/RES/32/3", None)]),
        ("إذ تشير إلى قرارها 2133 (2014)", "GA", [("S/RES/2133(2014)", None)]),
        # One date behind a list covers it; a clitic on the noun changes nothing.
        (
            "وبقراريها 69/193 و 69/196 المؤرخين 18 كانون الأول/ديسمبر 2014",
            "GA",
            [("A/RES/69/193", "2014-12-18"), ("A/RES/69/196", "2014-12-18")],
        ),
        # A new noun with an organ of its own begins another list.
        (
            "قراراتها 70/148 و 71/209، وقرار مجلس الأمن 2133 (2014)",
            "GA",
            [("A/RES/70/148", None), ("A/RES/71/209", None), ("S/RES/2133(2014)", None)],
        ),
        ("القراران 53/243 ألف وباء", "GA", [("A/RES/53/243A", None), ("A/RES/53/243B", None)]),
        ("المقرر 57/589 والقرار دإ-30/1", "GA", [("A/DEC/57/589", None), ("A/RES/S-30/1", None)]),
        # Bodies whose resolutions have no symbol, financial statements, the Special Rapporteur.
        ("باتخاذ المجلس التنفيذي القرار 196/5", "GA", []),
        ("الإقرارات المالية 2013/14 والمقرر الخاص 45/2", "GA", []),
    ],
)
def test_arabic_numbers_find_their_owner(
    text: str, speaking: str | None, expected: list[tuple[str, str | None]]
) -> None:
    assert cited(text, "ar", speaking=speaking) == expected
