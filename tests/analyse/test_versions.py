"""Two language versions of one work: the same facts are the same, the others are named."""

from __future__ import annotations

from pathlib import Path

from kg.analyse.versions import Difference, Fact, differences, facts_of
from kg.extract import extract
from kg.read import read_bytes
from kg.triples import quads

ENGLISH = """Ninety-eighth session

The General Assembly,

Recalling its resolutions 70/1 of 25 September 2015 and 97/8 of 3 May 2043,

1. Calls upon Member States to read;

2. Requests the Secretary-General to report on the matter.
"""
CHINESE = """第九十八届会议

大会，

回顾其 2015 年 9 月 25 日第 70/1 号决议，

1. 促请会员国读书。
"""


def facts(text: str, name: str) -> frozenset[Fact]:
    source = read_bytes(text.encode(), name=name)
    return facts_of(quads(extract(source), text=source.text))


def test_differences_are_those_of_the_facts() -> None:
    english = facts(ENGLISH, "A_RES_98_3.en.txt")
    chinese = facts(CHINESE, "A_RES_98_3.zh.txt")
    shared = english & chinese
    assert Fact(kind="citation", place="pp1", value="A/RES/70/1") in shared
    found = differences(english, chinese)
    assert Difference(kind="citation", place="pp1", first="A/RES/97/8", second=None) in found
    assert Difference(kind="operative paragraphs", place="", first="2", second="1") in found
    assert not [row for row in found if row.first == "A/RES/70/1"]
    assert differences(english, english) == ()


def test_facts_are_relative_to_a_document_that_has_no_symbol() -> None:
    assert facts(ENGLISH, "a.en.txt") - facts(ENGLISH, "A_RES_98_3.en.txt") == frozenset()


def test_the_two_samples_differ_in_what_they_are_about(samples: tuple[Path, ...]) -> None:
    english, chinese = (facts(path.read_text("utf-8"), path.name) for path in samples)
    kinds = {row.kind for row in differences(english, chinese)}
    assert {"citation", "sponsor", "additional sponsor", "adopted at"} <= kinds


def test_places_are_in_the_order_of_their_numbers() -> None:
    many = frozenset(Fact(kind="request", place=f"op{n}", value="call") for n in (10, 2, 1))
    assert [row.place for row in differences(many, frozenset())] == ["op1", "op2", "op10"]
