"""Sentences of proceedings alone in a file, in English and Chinese, through one code path.

Each case is a text in the UN's form and what its proposals must say; fields not named must be
as a proposal is that nothing was said of.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.sample_text import record

EMPTY = {
    "symbol": None,
    "kind": "draft-resolution",
    "title": None,
    "supersedes": None,
    "recommended_by": None,
    "proposed_by_chair": False,
    "introduced": None,
    "introduced_by": None,
    "on_behalf_of": [],
    "sponsors": [],
    "additional_sponsors": [],
    "withdrawn_sponsors": [],
    "orally_revised": False,
    "adopted": None,
    "pbi_statement": False,
    "statements": [],
    "recommended_as": None,
}
L8, L9, L70 = "A/C.3/97/L.8", "A/C.3/97/L.9", "A/C.3/97/L.70"
ON_4 = {"meeting": 38, "date": None}


def vote(total: tuple[int, int, int], *rolls: list[str]) -> dict[str, Any]:
    lists = dict(
        zip(("in_favour", "against_states", "abstaining"), rolls or ([], [], []), strict=True)
    )
    return dict(zip(("for", "against", "abstain"), total, strict=True)) | lists


def decided(meeting: int | None = None, by: Any = None, date: str | None = None) -> dict[str, Any]:
    return {"meeting": meeting, "date": date, "vote": by}


def said(state: str, when: str, group: str | None = None) -> dict[str, Any]:
    return {"state": state, "when": when, "on_behalf_of": group}


CASES: list[tuple[str, str, list[dict[str, Any]]]] = [
    # -------------------------------------------------------------- lists of sponsors
    (
        "en",
        "Antigua and Barbuda, Bolivia (Plurinational State of), Bosnia and Herzegovina, Netherlands"
        " (Kingdom of the), United Kingdom and United states of America",
        [{"sponsors": ["ATG", "BOL", "BIH", "NLD", "GBR", "USA"]}],
    ),
    ("en", "Peru", [{"sponsors": ["PER"]}]),
    (
        "en",
        "Armenia, Cuba [on behalf of the Group of 77 and China], Malta and Türkiye",
        [{"sponsors": ["ARM", "CUB", "MLT", "TUR"], "on_behalf_of": ["Group of 77 and China"]}],
    ),
    (
        "zh",
        "亚美尼亚、密克罗尼西亚联邦和委内瑞拉玻利瓦尔共和国",
        [{"sponsors": ["ARM", "FSM", "VEN"]}],
    ),
    # -------------------------------------------------------------- who joined, who left
    (
        "en",
        "Additional sponsors: Albania, Côte d'Ivoire and Zambia (A/97/481/Add.2).",
        [{"additional_sponsors": ["ALB", "CIV", "ZMB"]}],
    ),
    (
        "en",
        "Additional sponsors: Chad and Peru. - Mali was removed from the list of sponsors of the"
        " draft resolution (A/97/475).",
        [{"additional_sponsors": ["TCD", "PER"], "withdrawn_sponsors": ["MLI"]}],
    ),
    (
        "en",
        "Subsequently, Chile and Japan joined in sponsoring the draft resolution.",
        [{"additional_sponsors": ["CHL", "JPN"]}],
    ),
    (
        "en",
        f"At the 38th meeting, the representative of Peru announced that Fiji and Malta had joined"
        f" in sponsoring draft resolution {L8}.",
        [{"symbol": L8, "additional_sponsors": ["FJI", "MLT"]}],
    ),
    (
        "en",
        f"Subsequently, draft resolution {L8} was also sponsored by Iceland and Kenya.",
        [{"symbol": L8, "additional_sponsors": ["ISL", "KEN"]}],
    ),
    (
        "en",
        "Subsequently, Egypt withdrew its sponsorship of the draft resolution.",
        [{"withdrawn_sponsors": ["EGY"]}],
    ),
    (
        "zh",
        "随后，阿富汗、印度和日本加入成为决议草案的提案国。",
        [{"additional_sponsors": ["AFG", "IND", "JPN"]}],
    ),
    (
        "zh",
        "其他提案国：阿尔巴尼亚、科特迪瓦和赞比亚。",
        [{"additional_sponsors": ["ALB", "CIV", "ZMB"]}],
    ),
    ("zh", "后来，埃及退出决议草案提案国行列。", [{"withdrawn_sponsors": ["EGY"]}]),
    # -------------------------------------------------------------- introduced
    (
        "en",
        "At the 38th meeting, the representative of Brazil, on behalf of Argentina and Chile,"
        f" introduced a draft resolution entitled “Reading” ({L8}).",
        [
            {
                "symbol": L8,
                "title": "Reading",
                "introduced": ON_4,
                "introduced_by": "BRA",
                "sponsors": ["BRA", "ARG", "CHL"],
            }
        ],
    ),
    (
        "en",
        "At the 38th meeting, the representative of the Islamic Republic of Iran, on behalf of the"
        " States Members of the United Nations that are members of the Group of 77 and China,"
        f" introduced draft resolution {L8}.",
        [
            {
                "symbol": L8,
                "introduced": ON_4,
                "introduced_by": "IRN",
                "sponsors": ["IRN"],
                "on_behalf_of": ["Group of 77 and China"],
            }
        ],
    ),
    (
        "en",
        f"The Committee had before it a draft resolution entitled “Reading” ({L8}), submitted by"
        " the Vice-Chair of the Committee on the basis of informal consultations.",
        [{"symbol": L8, "title": "Reading", "proposed_by_chair": True}],
    ),
    (
        "zh",
        f"巴西代表以阿根廷和智利的名义介绍了题为“阅读”的决议草案({L8})。",
        [
            {
                "symbol": L8,
                "title": "阅读",
                "introduced_by": "BRA",
                "sponsors": ["BRA", "ARG", "CHL"],
            }
        ],
    ),
    # -------------------------------------------------------------- decided
    (
        "en",
        f"At its 38th meeting, the Committee adopted draft resolution {L8} without a vote (see"
        " para. 12, draft resolution II).",
        [{"symbol": L8, "adopted": decided(38), "recommended_as": "draft resolution II"}],
    ),
    (
        "en",
        "The Committee adopted the draft resolution, as orally revised, by a recorded vote of 3 to"
        " 1, with 2 abstentions. The voting was as follows:\n\nIn favour:\n\nAustria, Peru, Togo."
        "\n\nAgainst:\n\nIsrael.\n\nAbstaining:\n\nFiji, Norway.",
        [
            {
                "orally_revised": True,
                "adopted": decided(
                    by=vote((3, 1, 2), ["AUT", "PER", "TGO"], ["ISR"], ["FJI", "NOR"])
                ),
            }
        ],
    ),
    (
        "en",
        "Adopted at the 645th meeting by 10 votes to none, with 1 abstention (Australia).",
        [{"adopted": decided(645, vote((10, 0, 1), [], [], ["AUS"]))}],
    ),
    (
        "en",
        f"By a recorded vote of 60 to 80, with 20 abstentions, the Committee rejected the amendment"
        f" contained in document {L70}.",
        [{"symbol": L70, "kind": "amendment", "rejected": decided(by=vote((60, 80, 20)))}],
    ),
    (
        "en",
        "The amendment was rejected by the Committee (A/97/481/Add.2).",
        [{"kind": "amendment", "rejected": decided()}],
    ),
    (
        "en",
        f"Draft resolution {L8} was withdrawn by its sponsors.",
        [{"symbol": L8, "withdrawn": {"meeting": None, "date": None}}],
    ),
    (
        "en",
        f"Operative paragraph 5 of draft resolution {L8} was retained by a recorded vote of 120 to"
        f" 2, with 7 abstentions. The Committee then adopted draft resolution {L8}, as a whole, by"
        " a recorded vote of 130 to none, with 4 abstentions.",
        [
            {
                "symbol": L8,
                "separate_votes": [
                    {
                        "on": "Operative paragraph 5",
                        "retained": True,
                        "vote": vote((120, 2, 7)),
                    }
                ],
                "adopted": decided(by=vote((130, 0, 4))),
            }
        ],
    ),
    (
        "zh",
        f"委员会以 120 票对 2 票、7 票弃权通过了决议草案 {L8}。",
        [{"symbol": L8, "adopted": decided(by=vote((120, 2, 7)))}],
    ),
    (
        "zh",
        f"委员会以 60 票赞成、80 票反对、20 票弃权否决了{L70}号文件所载修正案。",
        [{"symbol": L70, "kind": "amendment", "rejected": decided(by=vote((60, 80, 20)))}],
    ),
    (
        "zh",
        "委员会以 120 票对 2 票、7 票弃权保留了执行部分第 5 段。",
        [
            {
                "separate_votes": [
                    {"on": "执行部分第 5 段", "retained": True, "vote": vote((120, 2, 7))}
                ]
            }
        ],
    ),
    (
        "zh",
        f"决议草案 {L8} 由提案国撤回。",
        [{"symbol": L8, "withdrawn": {"meeting": None, "date": None}}],
    ),
    (
        "en",
        f"The Committee voted as follows: (a) Operative paragraph 5 was retained by a recorded vote"
        f" of 120 to 2, with 7 abstentions; (b) Draft resolution {L8}, as a whole, was adopted by a"
        " recorded vote of 130 to 3, with 10 abstentions (see para. 92, draft resolution III).",
        [
            {
                "symbol": L8,
                "separate_votes": [
                    {"on": "Operative paragraph 5", "retained": True, "vote": vote((120, 2, 7))}
                ],
                "adopted": decided(by=vote((130, 3, 10))),
                "recommended_as": "draft resolution III",
            }
        ],
    ),
    (
        "en",
        "The draft resolution, as orally amended by the representative of Cuba, was adopted without"
        " a vote. The motion to adjourn was rejected by a recorded vote of 50 to 80, with 10"
        " abstentions.",
        [{"orally_revised": True, "adopted": decided()}],
    ),
    (
        "en",
        f"The representative of Nigeria, on behalf of the Group of African States, withdrew the"
        f" amendment contained in document {L70}.",
        [
            {
                "symbol": L70,
                "kind": "amendment",
                "withdrawn": {"meeting": None, "date": None},
            }
        ],
    ),
    # -------------------------------------------------------------- budget
    (
        "en",
        f"The Committee was informed that draft resolution {L8} had no programme budget"
        " implications.",
        [],
    ),
    (
        "en",
        f"The Secretary read out a statement of programme budget implications of draft resolution"
        f" {L8}.",
        [{"pbi_statement": True}],
    ),
    (
        "fr",
        f"Le représentant du Pérou a présenté, au nom du Groupe des 77 et de la Chine, un projet de"
        f" résolution intitulé « Lecture » ({L8}). Le représentant du Kenya a annoncé que son pays"
        " s'était porté coauteur du projet de résolution.",
        [
            {
                "symbol": L8,
                "title": "Lecture",
                "introduced_by": "PER",
                "on_behalf_of": ["Groupe des 77 et de la Chine"],
                "sponsors": ["PER"],
                "additional_sponsors": ["KEN"],
            }
        ],
    ),
    (
        "es",
        f"El proyecto de resolución {L8} en su conjunto fue aprobado en votación registrada por 3"
        " votos contra 2 y 1 abstención. La representante de Kenya anunció que su país se había"
        " sumado a los patrocinadores del proyecto de resolución.",
        [{"symbol": L8, "additional_sponsors": ["KEN"], "adopted": decided(None, vote((3, 2, 1)))}],
    ),
    (
        "ru",
        f"Представитель Перу от имени государств, входящих в Группу 77, и Китая внес на"
        f" рассмотрение проект резолюции, озаглавленный «Чтение» ({L8}).",
        [
            {
                "symbol": L8,
                "title": "Чтение",
                "introduced_by": "PER",
                "on_behalf_of": ["Группу 77, и Китая"],
                "sponsors": ["PER"],
            }
        ],
    ),
    (
        "ar",
        f"عرض ممثل بيرو، باسم مجموعة الـ 77 والصين، مشروع قرار معنونا ”القراءة“ ({L8}). واعتمد"
        f" مشروع القرار {L8} في مجموعه بتصويت مسجل بأغلبية 3 أصوات مقابل صوتين وامتناع عضو واحد"
        " عن التصويت.",
        [
            {
                "symbol": L8,
                "title": "القراءة",
                "introduced_by": "PER",
                "on_behalf_of": ["مجموعة ال 77 والصين"],
                "sponsors": ["PER"],
                "adopted": decided(None, vote((3, 2, 1))),
            }
        ],
    ),
    # -------------------------------------------------------------- statements
    (
        "en",
        "Before the vote, statements were made by the representatives of Cuba (on behalf of the"
        " Group of 77 and China) and Peru; after the vote, statements were made by the"
        " representatives of Japan and Norway.",
        [
            {
                "statements": [
                    said("CUB", "before", "Group of 77 and China"),
                    said("PER", "before"),
                    said("JPN", "after"),
                    said("NOR", "after"),
                ]
            }
        ],
    ),
    (
        "en",
        "The representatives of Ghana and Mali made statements in explanation of vote after the"
        " voting.",
        [{"statements": [said("GHA", "after"), said("MLI", "after")]}],
    ),
    (
        "en",
        "Statements in explanation of vote were made by the representatives of Israel (before the"
        " vote) and the Islamic Republic of Iran (after the vote).",
        [{"statements": [said("ISR", "before"), said("IRN", "after")]}],
    ),
    ("en", "The representative of Ghana made a statement.", []),
    (
        "zh",
        "加纳代表在表决前作了解释投票的发言；马里代表在表决后作了解释投票的发言。",
        [{"statements": [said("GHA", "before"), said("MLI", "after")]}],
    ),
    (
        "zh",
        "决议草案通过后，加纳和马里代表作了发言。",
        [{"statements": [said("GHA", "after"), said("MLI", "after")]}],
    ),
    (
        "zh",
        "表决前，古巴代表(以77国集团和中国的名义)和秘鲁代表发了言。",
        [{"statements": [said("CUB", "before", "77国集团和中国"), said("PER", "before")]}],
    ),
    # -------------------------------------------------------------- no proceedings
    ("en", "Egypt and Peru joined the Convention on Wells in 1998.", []),
    ("en", "The seminar was adopted as a model by Austria, Peru and Togo.", []),
]


@pytest.mark.parametrize(("language", "text", "wanted"), CASES, ids=lambda v: str(v)[:60])
def test_a_sentence_alone(language: str, text: str, wanted: list[dict[str, Any]]) -> None:
    found = record(text, language)["proposals"]
    for proposal in found:
        for evidence in proposal.pop("evidence"):
            assert (text + "\n")[evidence["start"] : evidence["end"]] == evidence["quote"]
    assert found == [EMPTY | facts for facts in wanted]


REPORT = """\
United Nations A/98/481/Add.2

General Assembly

Distr.: General
6 December 2043

Ninety-eighth session
Agenda item 71 (b)

Promotion and protection of wells: questions of wells

Report of the Third Committee*

Rapporteur: Ms. Ana Kovač (Croatia)

I. Introduction

1. The Third Committee held a general discussion on the item at its 24th to 29th meetings, \
from 11 to 16 October 2043, and considered proposals and took action on the item at its 45th, \
48th and 50th meetings, on 2, 10 and 14 November. The representative of Ghana made a \
statement.

II. Consideration of proposals

A. Draft resolution A/C.3/98/L.31/Rev.1 and amendments contained in documents A/C.3/98/L.62 \
and A/C.3/98/L.63

2. At the 45th meeting, on 2 November, the representative of Norway, on behalf of Argentina, \
Bosnia and Herzegovina, Chile, Finland and Uruguay, introduced a draft resolution entitled \
“Protection of wells” (A/C.3/98/L.31).

3. At its 48th meeting, on 10 November, the Committee had before it a revised draft resolution \
entitled “Protection of wells” (A/C.3/98/L.31/Rev.1), submitted by the sponsors of draft \
resolution A/C.3/98/L.31 and Armenia, Fiji and Peru.

4. At the same meeting, the representative of Norway introduced the revised draft resolution \
and orally revised it as follows: in the third preambular paragraph the word “deep” was \
deleted.

5. Also at the same meeting, the Committee was advised that the draft resolution had no \
programme budget implications. Subsequently, Albania, Andorra, the Republic of Moldova and the \
United Kingdom of Great Britain and Northern Ireland joined in sponsoring the draft \
resolution, as orally revised.

Action on the amendment contained in document A/C.3/98/L.62

6. At the 48th meeting, the representative of Egypt introduced an amendment (A/C.3/98/L.62) to \
draft resolution A/C.3/98/L.31/Rev.1, on behalf of Cuba and Egypt.

7. Statements in explanation of vote before the vote were made by the representatives of \
Norway and Spain (on behalf of the European Union).

8. At the same meeting, the Committee rejected the proposed amendment contained in document \
A/C.3/98/L.62 by a recorded vote of 3 to 4, with 2 abstentions. The voting was as follows:

In favour:
Cuba, Egypt, Mali.

Against:
Chile, Norway, Peru, Spain.

Abstaining:
India, Japan.

Action on draft resolution A/C.3/98/L.31/Rev.1

9. Also at the 48th meeting, the Committee adopted draft resolution A/C.3/98/L.31/Rev.1, as \
orally revised, by a recorded vote of 6 to 1, with 1 abstention (see para. 14, draft \
resolution I). The voting was as follows:*

In favour:
Albania, Chile, Fiji, Norway, Peru, Spain.

Against:
Egypt.

Abstaining:
Mali.

* Subsequently, the delegation of Kenya informed the Committee that it had intended to vote in \
favour.

10. Before the vote, the representative of Cuba made a statement in explanation of vote; after \
the vote, statements were made by the representatives of Chile and Fiji, as well as by the \
observer for the Holy See.

B. Draft resolution A/C.3/98/L.40

11. At the 50th meeting, on 14 November, the Committee had before it a draft resolution \
entitled “The right to water” (A/C.3/98/L.40), submitted by Bolivia (Plurinational State of), \
Egypt and Spain.

12. At the same meeting, draft resolution A/C.3/98/L.40 was withdrawn by its sponsors.

C. Draft decision proposed by the Chair

13. At its 50th meeting, on 14 November, the Committee, on the proposal of the Chair, decided \
to recommend to the General Assembly that it take note of the report of the Secretary-General \
(A/98/300) (see para. 15).

III. Recommendations of the Third Committee

14. The Third Committee recommends to the General Assembly the adoption of the following draft \
resolution:

Draft resolution I
Protection of wells

The General Assembly,

Recalling its resolution 70/1 of 25 September 2015,

1. Decides to remain seized of the matter.

15. The Third Committee also recommends to the General Assembly the adoption of the following \
draft decision:

Questions of wells

The General Assembly takes note of the report of the Secretary-General.
"""


def test_a_report_in_english_tells_the_story_of_each_proposal() -> None:
    found = {p["symbol"]: p for p in record(REPORT)["proposals"]}
    draft, old, amendment = (
        found["A/C.3/98/L.31/Rev.1"],
        found["A/C.3/98/L.31"],
        found["A/C.3/98/L.62"],
    )
    assert draft["supersedes"] == old["symbol"] and draft["introduced_by"] == "NOR"
    assert draft["sponsors"] == [*old["sponsors"], "ARM", "FJI", "PER"]
    assert draft["additional_sponsors"] == ["ALB", "AND", "MDA", "GBR"]
    assert draft["orally_revised"] and not draft["pbi_statement"]
    assert draft["recommended_as"] == "draft resolution I"
    assert draft["adopted"] == decided(
        48,
        vote((6, 1, 1), ["ALB", "CHL", "FJI", "NOR", "PER", "ESP"], ["EGY"], ["MLI"]),
        "2043-11-10",
    )
    assert [s["when"] for s in draft["statements"]] == ["before", "after", "after", "after"]
    assert amendment["kind"] == "amendment" and amendment["adopted"] is None
    assert amendment["rejected"]["vote"]["against_states"] == ["CHL", "NOR", "PER", "ESP"]
    assert amendment["statements"][1] == said("ESP", "before", "European Union")
    assert found["A/C.3/98/L.40"]["withdrawn"] == {"meeting": 50, "date": "2043-11-14"}
    assert found[None]["kind"] == "draft-decision" and found[None]["proposed_by_chair"]
    assert len(found) == 5
