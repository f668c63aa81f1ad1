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
    ("en", "The representative of Ghana made a statement.", []),
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
