"""Numbers, lists, letters, dates and owners, in Chinese and English through one code path."""

from __future__ import annotations

import pytest

from kg.languages import load_language
from kg.recognise.citations import Cited, Undecided, cited_in
from kg.recognise.organs import organs_in, remember
from kg.stretch import plain


def cite(
    text: str, language: str, speaking: str | None = "GA"
) -> tuple[list[Cited], list[Undecided]]:
    table, stretch = load_language(language), plain(text)
    memory = remember([stretch], table)
    organs = organs_in(stretch, table, memory=memory, speaking=speaking)
    return cited_in(stretch.folded, table, organs=organs, speaking=speaking)


CASES = [
    ("zh", "回顾其 2001 年 12 月 19 日关于会期的第 56/119 号决议", {"A/RES/56/119": "2001-12-19"}),
    (
        "zh",
        "重申其 2014 年 12 月 18 日第 69/193 和 69/196 号、2015 年 12 月 17 日第 70/178 号决议",
        {"A/RES/69/193": "2014-12-18", "A/RES/69/196": "2014-12-18", "A/RES/70/178": "2015-12-17"},
    ),
    (
        "zh",
        "依照第 64/293 号、2014 年 12 月 18 日第 69/199 号和第 71/209 号决议",
        {"A/RES/64/293": None, "A/RES/69/199": "2014-12-18", "A/RES/71/209": None},
    ),
    ("zh", "第 53/243 A 和 B 号决议", {"A/RES/53/243A": None, "A/RES/53/243B": None}),
    (
        "zh",
        "大会第 70/148 号决议；安全理事会第 2133(2014)、2178(2014) 号决议",
        {"A/RES/70/148": None, "S/RES/2133(2014)": None, "S/RES/2178(2014)": None},
    ),
    (
        "zh",
        "经济及社会理事会 1948 年 8 月 13 日第 155 C(VII)号决议",
        {"E/RES/155(VII)C": "1948-08-13"},
    ),
    ("zh", "2022年7月22日第2022/355号决定", {"E/DEC/2022/355": "2022-07-22"}),
    (
        "zh",
        "人权理事会题为“贩运人口”的 2016 年 6 月 30 日第 32/3 号决议",
        {"A/HRC/RES/32/3": "2016-06-30"},
    ),
    ("zh", "S-30/1 号决议，附件", {"A/RES/S-30/1": None}),
    ("zh", "见 E/CN.15/2007/6，第四章", {"E/CN.15/2007/6": None}),
    ("en", "Recalling its resolution 70/1 of 25 September 2015", {"A/RES/70/1": "2015-09-25"}),
    (
        "en",
        "its resolutions 69/193 and 69/196 of 18 December 2014 and 70/182 of 17 December 2015",
        {"A/RES/69/193": "2014-12-18", "A/RES/69/196": "2014-12-18", "A/RES/70/182": "2015-12-17"},
    ),
    (
        "en",
        "Economic and Social Council resolution 2017/15 of 6 July 2017",
        {"E/RES/2017/15": "2017-07-06"},
    ),
    ("en", "resolution 1373 (2001) of the Security Council", {"S/RES/1373(2001)": None}),
    ("en", "Human Rights Council resolution 32/3", {"A/HRC/RES/32/3": None}),
    ("en", "resolution 53/243 A and B of 13 September 1999",
     {"A/RES/53/243A": "1999-09-13", "A/RES/53/243B": "1999-09-13"}),
    (
        "en",
        "Recalling Human Rights Council resolutions 5/1 on institution-building of the Council and"
        " 5/2 on the code of conduct for mandate holders, both of 18 June 2007,",
        {"A/HRC/RES/5/1": "2007-06-18", "A/HRC/RES/5/2": "2007-06-18"},
    ),
    (
        "fr",
        "Rappelant les résolutions du Conseil des droits de l'homme 5/1, sur ses institutions, et"
        " 5/2, sur le Code de conduite, en date du 18 juin 2007,",
        {"A/HRC/RES/5/1": "2007-06-18", "A/HRC/RES/5/2": "2007-06-18"},
    ),
    (
        "es",
        "Recordando las resoluciones del Consejo de Derechos Humanos 5/1, relativa a sus"
        " instituciones, y 5/2, relativa al Código de Conducta, ambas de 18 de junio de 2007,",
        {"A/HRC/RES/5/1": "2007-06-18", "A/HRC/RES/5/2": "2007-06-18"},
    ),
    (
        "fr",
        "Tenant compte des résolutions 1325 (2000) et 2242 (2015) du Conseil de sécurité, en date"
        " respectivement des 31 octobre 2000 et 13 octobre 2015,",
        {"S/RES/1325(2000)": "2000-10-31", "S/RES/2242(2015)": "2015-10-13"},
    ),
    (
        "fr",
        "les résolutions 63/169 et 65/207 de l'Assemblée générale, en date des 18 décembre 2008 et"
        " 21 décembre 2010",
        {"A/RES/63/169": "2008-12-18", "A/RES/65/207": "2010-12-21"},
    ),
]  # fmt: skip


@pytest.mark.parametrize(("language", "text", "wanted"), CASES)
def test_citations_with_dates(language: str, text: str, wanted: dict[str, str | None]) -> None:
    found, undecided = cite(text, language)
    assert {c.target: c.date for c in found} == wanted
    assert not undecided


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "三分之一(1/3)的会员国"),
        ("zh", "在该决议中决定"),
        ("en", "in that resolution, and 24/7 support"),
        ("en", "HIV/AIDS and/or malaria"),
    ],
)
def test_numbers_that_are_no_citations(language: str, text: str) -> None:
    assert cite(text, language) == ([], [])


def test_a_date_that_contradicts_the_speaker_leaves_the_number_undecided() -> None:
    found, undecided = cite("回顾 2016 年 6 月 30 日第 32/3 号决议", "zh")
    assert not found
    assert undecided[0].candidates == ("A/RES/32/3", "A/HRC/RES/32/3")


def test_its_is_the_organ_just_before() -> None:
    found, _ = cite("经济及社会理事会在其 2017 年 7 月 6 日第 2017/15 号决议中", "zh", None)
    assert [c.target for c in found] == ["E/RES/2017/15"]


def test_the_title_beside_a_number_is_kept() -> None:
    found, _ = cite("其 2016 年 12 月 19 日题为“司法工作中的人权”的第 71/188 号决议", "zh")
    assert found[0].title == "司法工作中的人权"
