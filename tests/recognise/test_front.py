"""Front matter and closing lines of single texts, in English and Chinese."""

from __future__ import annotations

from typing import Any

import pytest

from tests.sample_text import record

RESOLUTION = """\
{head}
The General Assembly,

Recalling its resolution 70/1 of 25 September 2015,

1. Decides to keep a well in each village;

2. Requests the Secretary-General to report to it at its ninety-eighth session.

{foot}"""

HEADS: list[tuple[str, str, dict[str, Any]]] = [
    (
        "Ninety-seventh session\n\nAgenda item 64 (b)\n\nResolution adopted by the General Assembly"
        " on 17 December 2042\n\n[on the report of the Third Committee (A/97/512, para. 12)]\n\n"
        "97/31. Wells and villages\n\n",
        "80th plenary meeting\n17 December 2042",
        {
            "symbol": "A/RES/97/31",
            "symbol_from": "heading",
            "kind": "resolution",
            "organ": "GA",
            "committee": "Third Committee",
            "session": 97,
            "agenda_item": "64 (b)",
            "title": "Wells and villages",
            "adopted": "2042-12-17",
            "meeting": 80,
            "committee_report": "A/97/512",
        },
    ),
    (
        "RESOLUTION ADOPTED BY THE GENERAL ASSEMBLY\n\n[without reference to a Main Committee"
        " (A/97/L.4 and Add.1)]\n\n97/32. Wells\n\n",
        "81st plenary meeting\n18 December 2042",
        {
            "symbol": "A/RES/97/32",
            "kind": "resolution",
            "title": "Wells",
            "adopted": "2042-12-18",
            "meeting": 81,
            "committee_report": None,
        },
    ),
]


@pytest.mark.parametrize(("head", "foot", "wanted"), HEADS)
def test_an_adopted_text_says_what_it_is(head: str, foot: str, wanted: dict[str, Any]) -> None:
    document = record(RESOLUTION.format(head=head, foot=foot))["document"]
    assert {name: document[name] for name in wanted} == wanted


def test_a_text_names_its_draft() -> None:
    head, foot, _ = HEADS[1]
    (proposal,) = record(RESOLUTION.format(head=head, foot=foot))["proposals"]
    assert (proposal["symbol"], proposal["title"]) == ("A/97/L.4", "Wells")
    assert proposal["adopted"] == {"meeting": 81, "date": "2042-12-18", "vote": None}


def test_the_security_council_heads_its_texts_otherwise() -> None:
    text = (
        "Resolution 3178 (2044)\n\nAdopted by the Security Council at its 9316th meeting, on"
        " 24 November 2044\n\nThe Security Council,\n\nRecalling its resolution 2178 (2014),\n\n"
        "1. Decides to remain seized of the matter."
    )
    document = record(text)["document"]
    assert document["symbol"] == "S/RES/3178(2044)" and document["kind"] == "resolution"
    assert (document["adopted"], document["meeting"]) == ("2044-11-24", 9316)
    assert document["title"] is None and document["organ"] == "SC"


VOTE = (
    "Human Rights Council\n\nForty-fifth session\n\nResolution adopted by the Human Rights Council"
    "\non 6 October 2020\n\n45/99. Wells\n\nThe Human Rights Council,\n\nRecalling its resolution"
    " 44/1,\n\n1. Decides to remain seized of the matter.\n\n36th meeting\n6 October 2020\n\n"
    "[Adopted by a recorded vote of 3 to 1, with 2 abstentions. The voting was as follows:\n\n"
    "In favour:\n\nAustria, {third} and Togo\n\nAgainst:\n\nIsrael\n\nAbstaining:\n\n"
    "Bolivia (Plurinational State of) and Norway]"
)


def test_a_recorded_vote_is_the_proposal_of_its_text() -> None:
    found = record(VOTE.format(third="Peru"))
    (proposal,) = found["proposals"]
    assert proposal["title"] == "Wells" and proposal["symbol"] is None
    assert proposal["adopted"] == {
        "meeting": 36,
        "date": "2020-10-06",
        "vote": {
            "for": 3,
            "against": 1,
            "abstain": 2,
            "in_favour": ["AUT", "PER", "TGO"],
            "against_states": ["ISR"],
            "abstaining": ["BOL", "NOR"],
        },
    }
    assert not [u for u in found["unresolved"] if "vote" in u["reason"]]


def test_lists_that_do_not_add_up_are_kept_and_flagged() -> None:
    text = VOTE.format(third="Atlantis")
    found = record(text)
    (flag,) = [u for u in found["unresolved"] if "vote" in u["reason"]]
    assert "2 states, the total is 3" in flag["reason"]
    assert text[flag["start"] : flag["end"]] == flag["text"] == "Austria, Atlantis and Togo"
    assert found["proposals"][0]["adopted"]["vote"]["in_favour"] == ["AUT", "TGO"]


DRAFT = (
    "Fifty-sixth session\n\nThird Committee\n\nAgenda item 119 (b)\n\nHuman rights questions: human"
    " rights questions, including\nthe right to wells\n\n{line}\n\nThe right to wells\n\n"
    "The General Assembly,\n\nRecalling its resolution 41/128 of 4 December 1986,\n\n"
    "1. Decides to remain seized of the matter.{note}\n"
)
LINES: list[tuple[str, str, dict[str, Any]]] = [
    ("South Africa:* draft resolution", "", {"sponsors": ["ZAF"]}),
    (
        "Algeria, Bosnia and Herzegovina,\nCuba and\nViet Nam: revised draft resolution",
        "",
        {"sponsors": ["DZA", "BIH", "CUB", "VNM"]},
    ),
    (
        "Brazil (on behalf of the Group of 77 and China): draft decision",
        "",
        {
            "kind": "draft-decision",
            "sponsors": ["BRA"],
            "on_behalf_of": ["Group of 77 and China"],
        },
    ),
    (
        "Cuba:* draft resolution",
        "\n\n* On behalf of the States Members of the United Nations that are members of the Group"
        " of 77 and China.",
        {"sponsors": ["CUB"], "on_behalf_of": ["Group of 77 and China"]},
    ),
    ("Draft resolution submitted by the Chair", "", {"proposed_by_chair": True}),
]


@pytest.mark.parametrize(("line", "note", "wanted"), LINES)
def test_a_draft_names_its_sponsors(line: str, note: str, wanted: dict[str, Any]) -> None:
    found = record(DRAFT.format(line=line, note=note), name="A_C.3_56_L.90")
    document, (proposal,) = found["document"], found["proposals"]
    assert (document["symbol"], document["kind"]) == ("A/C.3/56/L.90", "draft-resolution")
    assert document["agenda_item"] == "119 (b)" and document["committee"] == "Third Committee"
    assert (proposal["symbol"], proposal["title"]) == ("A/C.3/56/L.90", "The right to wells")
    whole = {"kind": "draft-resolution", "sponsors": [], "on_behalf_of": []}
    assert {name: proposal[name] for name in whole | wanted} == whole | wanted


def test_an_amendment_is_a_proposal_of_its_kind() -> None:
    text = "Egypt and Peru: amendment to draft resolution A/C.3/72/L.40\n\nReplace the word."
    (proposal,) = record(text)["proposals"]
    assert (proposal["kind"], proposal["sponsors"]) == ("amendment", ["EGY", "PER"])


def test_chinese_texts_say_the_same() -> None:
    text = (
        "第九十七届会议\n\n议程项目 64(b)\n\n2042年12月17日大会决议\n\n"
        "[根据第三委员会的报告(A/97/512)通过]\n\n97/31. 水井与村庄\n\n大会，\n\n"
        "回顾其2015年9月25日第70/1号决议，\n\n1. 决定在每个村庄保留一口井；\n\n"
        "2. 请秘书长提出报告。\n\n第80次全体会议\n\n2042年12月17日"
    )
    document = record(text, "zh")["document"]
    wanted = HEADS[0][2]
    assert {name: document[name] for name in wanted} == wanted | {"title": "水井与村庄"}


@pytest.mark.parametrize(
    "lines",
    [
        "Albania and Andorra:* draft resolution\n\n* On behalf of the Group of 77.\n\nBooks",
        "Corrigendum\n\nAlbania and Andorra: draft resolution\n\nBooks",
    ],
)
def test_notes_and_marks_of_a_front_page_are_no_title(lines: str) -> None:
    text = f"Third Committee\n\nAgenda item 70\n\n{lines}\n\nThe General Assembly,\n\n1. Decides.\n"
    assert record(text)["document"]["title"] == "Books"


def test_a_date_before_the_session_is_no_title_in_chinese() -> None:
    lines = ["2043年11月30日", "第九十八届会议", "议程项目66", "公共图书馆", "第三委员会的报告"]
    text = "\n\n".join([*lines, "1. 大会。\n"])
    assert record(text, "zh")["document"]["title"] == "公共图书馆"
