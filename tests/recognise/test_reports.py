"""Whole committee reports of our own wording, of several committees, decades and languages."""

from __future__ import annotations

from typing import Any

from tests.sample_text import record

QUOTED = """A/50/635/Add.3
Fiftieth session
Agenda item 112 (c)
HUMAN RIGHTS QUESTIONS
Report of the Third Committee (Part IV)*
Rapporteur: Ms. Ana PEREZ (Peru)

I. INTRODUCTION

1. The Committee considered the item at its 50th and 58th meetings, on 6 and 14 December 1995.

II. CONSIDERATION OF PROPOSALS

A. Draft resolution A/C.3/50/L.55

2. At the 50th meeting, on 6 December, the representative of Spain, on behalf also of Austria \
and Zaire, introduced a draft resolution entitled "Wells" (A/C.3/50/L.55), which read:

"The General Assembly,

"Recalling its resolution 49/207 of 23 December 1994,

"1. Requests the Secretary-General to report."

3. At the 58th meeting, on 14 December, the Secretary of the Committee informed the Committee \
that Albania and Japan had become sponsors of the draft resolution and that Zaire had withdrawn \
its sponsorship.

4. The Committee then adopted draft resolution A/C.3/50/L.55 without a vote (see para. 5, draft \
resolution I).

III. RECOMMENDATIONS OF THE THIRD COMMITTEE

5. The Third Committee recommends to the General Assembly the adoption of the following draft \
resolutions:

DRAFT RESOLUTION I

Wells

The General Assembly,

Guided by the Universal Declaration of Human Rights, 1/ and its own experience,

1. Takes note of the report of the Secretary-General; 2/

2. Decides to consider the question at its fifty-first session.

Notes

1/ Resolution 217 A (III).

2/ A/50/482.
"""

VOTED = """A/72/409
大会
第七十二届会议
议程项目99

全面彻底裁军

第一委员会的报告

一. 导言

1. 委员会审议了该项目。

二. 提案的审议情况

A. 决议草案A/C.1/72/L.4

2. 10月6日，智利和秘鲁代表团提交了题为“灯”的决议草案(A/C.1/72/L.4)。随后，\
提案国以及瑞士提交了订正决议草案(A/C.1/72/L.4/Rev.1)。

3. 10月27日，委员会第24次会议就决议草案A/C.1/72/L.4/Rev.1进行表决，情况如下：

(a) 序言部分第五和第六段经记录表决以2票赞成、无反对票、1票弃权获得保留。表决情况如下：

赞成：
智利、秘鲁。

反对：
无。

弃权：
不丹。

(b) 整个决议草案A/C.1/72/L.4/Rev.1未经表决获得通过(见第4段，决议草案一)。

三. 第一委员会的建议

4. 第一委员会建议大会通过下列决议草案：

决议草案一
灯

大会，

1. 决定在其第七十三届会议上审议该项目。
"""

PARTS = """A/RES/58/130
Fifty-eighth session
Agenda item 111
Resolution adopted by the General Assembly

58/130. Questions of lamps

A
Lamps in homes

The General Assembly,

Recalling its resolution 57/130 A of 11 December 2002,

1. Takes note of the report.

77th plenary meeting
22 December 2003

B
Lamps in streets

The General Assembly,

Recalling its resolution 57/130 B,

1. Urges Member States to pay.

77th plenary meeting
22 December 2003
"""


def by_symbol(found: dict[str, Any]) -> dict[str | None, dict[str, Any]]:
    return {proposal["symbol"]: proposal for proposal in found["proposals"]}


def targets(found: dict[str, Any], text: int, kind: str, n: str) -> list[str]:
    paragraphs = found["texts"][text]["paragraphs"]
    cited = next(p["citations"] for p in paragraphs if (p["kind"], p["n"]) == (kind, n))
    return [citation["target"] for citation in cited]


def test_a_report_goes_on_behind_a_draft_that_it_quotes() -> None:
    found = record(QUOTED, "en")
    draft = by_symbol(found)["A/C.3/50/L.55"]
    assert found["document"]["kind"] == "committee-report"
    assert found["document"]["title"] == "HUMAN RIGHTS QUESTIONS"
    assert draft["sponsors"] == ["ESP", "AUT", "COD"]
    assert draft["additional_sponsors"] == ["ALB", "JPN"]
    assert draft["withdrawn_sponsors"] == ["COD"]
    assert draft["adopted"] == {"meeting": 58, "date": "1995-12-14", "vote": None}
    assert [(t["label"], t["title"]) for t in found["texts"]] == [(None, None), ("I", "Wells")]


def test_markers_with_a_stroke_lead_to_the_notes_behind_the_text() -> None:
    found = record(QUOTED, "en")
    assert targets(found, 1, "preambular", "1") == ["A/RES/217(III)A"]
    assert targets(found, 1, "operative", "1") == ["A/50/482"]


def test_delegations_submit_and_the_same_sponsors_revise() -> None:
    found = record(VOTED, "zh")
    drafts = by_symbol(found)
    assert found["document"]["session"] == 72
    assert drafts["A/C.1/72/L.4"]["sponsors"] == ["CHL", "PER"]
    revised = drafts["A/C.1/72/L.4/Rev.1"]
    assert revised["supersedes"] == "A/C.1/72/L.4"
    assert revised["sponsors"] == ["CHL", "PER", "CHE"]
    assert revised["adopted"] == {"meeting": 24, "date": "2017-10-27", "vote": None}
    assert revised["recommended_as"] == "draft resolution I"
    (part,) = revised["separate_votes"]
    assert (part["on"], part["retained"]) == ("序言部分第五和第六段", True)
    assert part["vote"]["in_favour"] == ["CHL", "PER"]
    assert (part["vote"]["against"], part["vote"]["abstaining"]) == (0, ["BTN"])


def test_a_session_of_the_speaker_s_own_is_due() -> None:
    (request,) = record(VOTED, "zh")["texts"][1]["paragraphs"][0]["requests"]
    assert (request["verb"], request["due"]["session"]) == ("决定", 73)


def test_lettered_parts_are_texts_with_titles_of_their_own() -> None:
    found = record(PARTS, "en")
    named = [(text["label"], text["title"]) for text in found["texts"]]
    assert named == [("A", "Lamps in homes"), ("B", "Lamps in streets")]
    assert found["document"]["title"] == "Questions of lamps"
    assert targets(found, 1, "preambular", "1") == ["A/RES/57/130B"]


def test_a_shared_date_is_no_date_of_another_year_s_resolution() -> None:
    text = "Recalling Security Council resolutions 2127 (2013) and 2605 (2021) of 12 November 2021,"
    (paragraph,) = record(text, "en")["texts"][0]["paragraphs"]
    dates = {c["target"]: c["date"] for c in paragraph["citations"]}
    assert dates == {"S/RES/2127(2013)": None, "S/RES/2605(2021)": "2021-11-12"}


def test_the_first_committee_votes_paragraph_by_paragraph() -> None:
    text = (
        "On 6 October, Egypt, on behalf of the League of Arab States, submitted a draft "
        "resolution entitled “Lamps” (A/C.1/77/L.4). A revised draft resolution "
        "(A/C.1/77/L.4/Rev.1) was submitted by the same sponsors on 20 October."
    )
    drafts = by_symbol(record(text, "en"))
    assert drafts["A/C.1/77/L.4"]["sponsors"] == ["EGY"]
    assert drafts["A/C.1/77/L.4"]["on_behalf_of"] == ["League of Arab States"]
    assert drafts["A/C.1/77/L.4/Rev.1"]["sponsors"] == ["EGY"]


def test_a_french_revision_by_the_sponsors_of_an_earlier_text() -> None:
    text = (
        "À sa 45e séance, le 17 novembre 2011, la Commission était saisie d’un projet de "
        "résolution révisé intitulé « Lecture » (A/C.3/66/L.40/Rev.1), déposé par les auteurs du "
        "projet de résolution A/C.3/66/L.40 ainsi que par le Canada et le Japon."
    )
    (draft,) = record(text, "fr")["proposals"]
    assert draft["supersedes"] == "A/C.3/66/L.40"
    assert draft["sponsors"] == ["CAN", "JPN"]
