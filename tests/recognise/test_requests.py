"""Acts of addressing in English operative paragraphs: who, what, by when, with a report or not."""

from __future__ import annotations

import pytest

from kg.languages import load_language
from kg.model import Due
from kg.recognise.organs import organs_in, remember
from kg.recognise.requests import Act, acts_in
from kg.stretch import plain


def acts(text: str, speaking: str = "GA", session: int | None = 72) -> list[Act]:
    table, stretch = load_language("en"), plain(text)
    memory = remember([stretch], table)
    organs = organs_in(stretch, table, memory=memory, speaking=speaking)
    return acts_in(stretch.folded, table, organs=organs, speaking=speaking, session=session)


@pytest.mark.parametrize(
    ("text", "modality", "targets"),
    [
        ("Requests the Secretary-General to lend books;", "request", ["secretary-general"]),
        ("Calls upon all Member States to lend books;", "call", ["member-states"]),
        ("Appeals to all States to lend books;", "call", ["states"]),
        ("Calls upon all States, and books are lent;", "call", ["states"]),
        ("Demands that the Secretariat lend books;", "request", ["secretariat"]),
        ("Recommends that the Secretary-General lend books;", "recommend", ["secretary-general"]),
        (
            "Encourages Member States, as appropriate, and relevant stakeholders, within their "
            "mandates, to lend books;",
            "encourage",
            ["member-states", "stakeholders"],
        ),
        ("Encourages programmes to lend books;", "encourage", []),
        ("Calls for enhanced reading in all schools;", "call", []),
        ("Decides to lend books;", "decide", []),
    ],
)
def test_addressees(text: str, modality: str, targets: list[str | None]) -> None:
    (act,) = acts(text)
    assert act.modality == modality
    assert [who.target for who in act.addressees] == targets


def test_states_by_name_are_addressed() -> None:
    (act,) = acts("Urges Norway and the United Nations system to lend books;")
    assert "Norway" in act.addressees[0].name


@pytest.mark.parametrize(
    ("text", "due", "to"),
    [
        (
            "Requests the Secretary-General to submit to the General Assembly at its "
            "seventy-fourth session a report on books;",
            Due(session=74),
            "GA",
        ),
        (
            "Requests the Secretary-General to report to the Commission on Crime Prevention and "
            "Criminal Justice at its thirtieth session;",
            Due(session=30, organ="E/CN.15"),
            "E/CN.15",
        ),
        ("Requests the Secretary-General to report by 30 June 2042;", Due(date="2042-06-30"), None),
    ],
)
def test_reports_due(text: str, due: Due, to: str | None) -> None:
    (act,) = acts(text)
    assert act.report
    assert act.due == due
    assert act.to == to


def test_the_session_of_a_decision_is_the_speakers() -> None:
    (act,) = acts("Decides to continue its consideration of reading at its seventy-third session.")
    assert act.due == Due(session=73)


def test_nothing_is_due_at_a_session_that_is_over() -> None:
    (act,) = acts("Encourages States to keep the pledges of its seventieth session;")
    assert act.due is None


def test_what_only_mentions_requests_is_none() -> None:
    assert not acts("Notes the requests of Member States and the appeals, which were heard;")
