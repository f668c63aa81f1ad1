"""Forms that English and French documents print, as translators write them in the others.

The rows of each language stand in ``forms_LANGUAGE.py`` beside this; the tests are one.
"""

from __future__ import annotations

from typing import Any

import pytest
from languages import forms_ar, forms_es, forms_ru

from kg.extract import extract
from kg.languages import load_language
from kg.model import Record, Source
from kg.recognise.citations import cited_in
from kg.recognise.organs import organs_in, remember
from kg.recognise.states import states_in
from kg.stretch import plain

FORMS = {"ar": forms_ar, "es": forms_es, "ru": forms_ru}


def rows(kind: str) -> list[Any]:
    """The rows of one kind, each with its language before it."""
    return [
        pytest.param(code, *row, id=f"{code}-{number}")
        for code, forms in FORMS.items()
        for number, row in enumerate(getattr(forms, kind))
    ]


def read(code: str, text: str) -> Record:
    return extract(Source(name=f"text.{code}.txt", text=text, sha256="0", language=code))


@pytest.mark.parametrize(("code", "speaking", "text", "found"), rows("CITATIONS"))
def test_citation_forms(code: str, speaking: str | None, text: str, found: str) -> None:
    """``found`` holds the targets and their dates as TARGET or TARGET@DATE."""
    stretch, table = plain(text), load_language(code)
    organs = organs_in(stretch, table, memory=remember([stretch], table), speaking=speaking)
    cited, _ = cited_in(stretch.folded, table, organs=organs, speaking=speaking)
    shown = sorted(f"{c.target}@{c.date}" if c.date else c.target for c in cited)
    assert shown == sorted(found.split())


@pytest.mark.parametrize(("code", "text", "codes"), rows("STATES"))
def test_states_inside_other_names_are_none(code: str, text: str, codes: str) -> None:
    assert [state.keys[0] for state in states_in(text, load_language(code))] == codes.split()


@pytest.mark.parametrize(("code", "text", "targets"), rows("INSTRUMENTS"))
def test_instruments(code: str, text: str, targets: list[str | None]) -> None:
    paragraphs = [p for part in read(code, text).texts for p in part.paragraphs]
    assert [i.target for p in paragraphs for i in p.instruments] == targets


@pytest.mark.parametrize(("code", "operative", "modality", "to", "due"), rows("DUE"))
def test_what_is_due(code: str, operative: str, modality: str, to: str | None, due: str) -> None:
    *_, part = read(code, FORMS[code].OPENING + operative).texts
    (request,) = part.paragraphs[-1].requests
    printed = request.due.date or str(request.due.session) if request.due else ""
    assert (request.modality, request.addressees[0].target, printed) == (modality, to, due)


@pytest.mark.parametrize(("code", "text", "states"), rows("SPONSORS"))
def test_sponsors_join_wherever_the_sentence_stands(code: str, text: str, states: str) -> None:
    (proposal,) = read(code, text).proposals
    assert proposal.symbol == "A/C.3/75/L.8"
    assert proposal.additional_sponsors == tuple(states.split())
