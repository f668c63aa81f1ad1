"""Whose number it is, told by the words around it, in English sentences of the UN's form."""

from __future__ import annotations

import pytest

from kg.languages import load_language
from kg.recognise.citations import Cited, Undecided, cited_in
from kg.recognise.organs import organs_in, remember
from kg.stretch import plain

CASES = [
    (
        "GA",
        "Recalling Security Council resolutions 1325 (2000) of 31 October 2000 and 1820 (2008), "
        "General Assembly resolutions 70/1 and 70/2 and Human Rights Council resolution 35/1,",
        "S/RES/1325(2000) S/RES/1820(2008) A/RES/70/1 A/RES/70/2 A/HRC/RES/35/1",
    ),
    (
        "GA",
        "Recalling resolutions 70/1 and 70/3 of the General Assembly, 1325 (2000) of the Security "
        "Council and 2015/5 of the Economic and Social Council,",
        "A/RES/70/1 A/RES/70/3 S/RES/1325(2000) E/RES/2015/5",
    ),
    (
        "HRC",
        "Recalling General Assembly resolution 60/251 of 15 March 2006, and Council resolutions "
        "5/1, on reading, and 5/2, on lending, of 18 June 2007,",
        "A/RES/60/251 A/HRC/RES/5/1 A/HRC/RES/5/2",
    ),
    (
        "HRC",
        "Recalling Commission on Human Rights resolution 1998/72 of 22 April 1998 and Commission "
        "resolution 2004/10, and its own decision 2/113,",
        "E/CN.4/RES/1998/72 E/CN.4/RES/2004/10 A/HRC/DEC/2/113",
    ),
    (
        "HRC",
        "Recalling Council decision 6/102 of 27 September 2007 and resolution 16/21, annex,",
        "A/HRC/DEC/6/102 A/HRC/RES/16/21",
    ),
    (
        "GA",
        "Recalling its resolutions 48/104 of 20 December 1993, entitled “Reading”, 61/143 of "
        "19 December 2006 on books and 62/133 of 18 December 2007,",
        "A/RES/48/104 A/RES/61/143 A/RES/62/133",
    ),
    (
        "GA",
        "Recalling its resolution 68/1 of 20 September 2013, entitled “Review of resolution 61/16 "
        "on reading”,",
        "A/RES/68/1",
    ),
    (
        "GA",
        "Recalling the resolutions of the Commission on Narcotic Drugs on reading, including "
        "resolution 58/11 of 17 March 2015,",
        "E/CN.7/RES/58/11",
    ),
    (
        "GA",
        "the resolutions of the Human Rights Council, the most recent of which being resolutions "
        "53/26 of 14 July 2023 and S-29/1 of 12 February 2021,",
        "A/HRC/RES/53/26 A/HRC/RES/S-29/1",
    ),
    (
        "ECOSOC",
        "Recalling that, in its resolution 72/305, the General Assembly decided to lend books,",
        "A/RES/72/305",
    ),
    (
        "GA",
        "the Security Council, which spoke of books and its resolutions 2139 (2014) and "
        "2165 (2014),",
        "S/RES/2139(2014) S/RES/2165(2014)",
    ),
    (
        "GA",
        "Recalling Commission on Population and Development resolution 2006/2 and its resolution "
        "2013/1 of 26 April 2013,",
        "E/CN.9/RES/2006/2 E/CN.9/RES/2013/1",
    ),
    (
        "GA",
        "Requests the Economic and Social Council, pursuant to resolution 72/305 of 23 July 2018, "
        "to lend books;",
        "A/RES/72/305",
    ),
    (
        "SC",
        "Recalling its resolution 2133 (2014) and Assembly resolution 70/291,",
        "S/RES/2133(2014) A/RES/70/291",
    ),
    (
        "GA",
        "Recalling World Health Assembly resolutions 73.1 of 19 May 2020 and WHA74.7,",
        "WHA/73.1 WHA/74.7",
    ),
    (
        "GA",
        "Noting resolution 4/14 of the United Nations Environment Assembly and resolution 6/1 of "
        "the Conference of the Parties to the United Nations Convention against Transnational "
        "Organized Crime,",
        "UNEP/EA.4/RES.14 CTOC/COP/RES/6/1",
    ),
    (
        "GA",
        "Recalling its resolutions S-20/4 A to C of 10 June 1998 and 3201 (S-VI),",
        "A/RES/S-20/4A A/RES/S-20/4B A/RES/S-20/4C A/RES/3201(S-VI)",
    ),
    (
        "SC",
        "Recalling its relevant resolutions, including 1514 (2003) and 2178 (2014),",
        "S/RES/1514(2003) S/RES/2178(2014)",
    ),
    (
        "GA",
        "Recalling all resolutions on reading adopted by the Human Rights Council, the latest of "
        "which is resolution 40/10 of 21 March 2019, and by the Commission on Human Rights, "
        "including resolution 2005/40,",
        "A/HRC/RES/40/10 E/CN.4/RES/2005/40",
    ),
    (
        "GA",
        "See S/RES/1325 (2000), A/RES/2200 (XXI) A and statement PRST/2016/2.",
        "A/RES/2200(XXI)A S/PRST/2016/2 S/RES/1325(2000)",
    ),
]


def cite(text: str, speaking: str | None) -> tuple[list[Cited], list[Undecided]]:
    table, stretch = load_language("en"), plain(text)
    memory = remember([stretch], table)
    organs = organs_in(stretch, table, memory=memory, speaking=speaking)
    return cited_in(stretch.folded, table, organs=organs, speaking=speaking)


@pytest.mark.parametrize(("speaking", "text", "wanted"), CASES)
def test_owners_of_lists(speaking: str, text: str, wanted: str) -> None:
    found, undecided = cite(text, speaking)
    assert sorted(c.target for c in found) == sorted(wanted.split())
    assert not undecided


@pytest.mark.parametrize(
    "text",
    [
        "taking note of Executive Board decision 2018/5,",
        "adopted by the Governing Council of the Reading Programme in its resolution 25/6,",
        "noting Economic Commission for Africa resolution 935 (XLIX),",
        "recalling African Union Assembly decision 45/2,",
        "recalling resolution 12/3 of 3 May 2012 of the Reading Union,",
    ],
)
def test_other_bodies_numbers_are_given_to_nobody(text: str) -> None:
    found, undecided = cite(text, "GA")
    assert not found
    assert [u.reason for u in undecided] == ["resolution of a body without a symbol series"]


@pytest.mark.parametrize(
    "text",
    [
        "Recalling decision 1/CP.21 of the Conference of the Parties,",
        "a 2/3 majority, agenda item 3/4, paras. 5/6 and tel. 55/123",
        "17-21776, and 12.5 per cent of books",
    ],
)
def test_what_is_no_number_of_a_resolution(text: str) -> None:
    assert cite(text, "GA") == ([], [])


def test_a_shared_date_that_cannot_be_a_numbers_is_not_its_date() -> None:
    found, _ = cite("its resolutions 60/266 and 61/276 of 29 June 2007", "GA")
    assert {c.target: c.date for c in found} == {
        "A/RES/60/266": None,
        "A/RES/61/276": "2007-06-29",
    }


def test_dates_before_the_numbers() -> None:
    found, _ = cite("resolutions 69/193 of 18 December 2014 and of 17 December 2015 70/175", "GA")
    assert [c.date for c in found] == ["2014-12-18", "2015-12-17"]
