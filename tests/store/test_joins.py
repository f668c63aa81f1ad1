"""Report, draft and resolution of one text are joined, and only where that is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.ingest import build
from kg.store import Store

ADOPTED = "SELECT ?draft ?text WHERE { ?draft <https://w3id.org/unkg/ontology#adoptedAs> ?text }"
SESSION = (
    "SELECT ?n WHERE { ?m a <https://w3id.org/unkg/ontology#Meeting> ;"
    " <https://w3id.org/unkg/ontology#session> ?n }"
)

REPORT = """\
United Nations A/98/512

Ninety-eighth session

Agenda item 64

Wells

Report of the Third Committee

I. Consideration of proposals

A. Draft resolution A/C.3/98/L.8

1. At the 38th meeting, on 4 November 2043, the Committee adopted draft resolution A/C.3/98/L.8\
 (see para. 2, draft resolution I).

II. Recommendations of the Third Committee

2. The Third Committee recommends to the General Assembly the adoption of the following draft\
 resolutions:

Draft resolution I

Protection of wells

The General Assembly,

Recalling its resolution 70/1 of 25 September 2015,

1. Decides to remain seized of the matter.

Draft resolution II

{second}

The General Assembly,

Recalling its resolution 70/1 of 25 September 2015,

1. Decides to remain seized of the matter.
"""
RESOLUTION = """\
Resolution adopted by the General Assembly on 17 December 2043

[{on}]

98/31. Protection of  wells

The General Assembly,

Recalling its resolution 70/1 of 25 September 2015,

1. Decides to remain seized of the matter.

80th plenary meeting
17 December 2043
"""
ON_REPORT = "on the report of the Third Committee (A/98/512)"


def built(folder: Path, **texts: str) -> Store:
    for name, text in texts.items():
        (folder / f"{name}.en.txt").write_text(text, "utf-8")
    store = Store.in_memory()
    report = build([folder], store=store)
    assert not report.errors and not report.violations
    return store


def adopted(store: Store) -> set[tuple[str, str]]:
    rows = store.select(ADOPTED).rows
    return {(a.value.split("org/")[1], b.value.split("org/")[1]) for a, b in rows}


def test_the_part_and_its_draft_became_the_resolution(tmp_path: Path) -> None:
    store = built(
        tmp_path,
        report=REPORT.format(second="Villages"),
        resolution=RESOLUTION.format(on=ON_REPORT),
    )
    assert adopted(store) == {
        ("A/98/512#draft-I", "A/RES/98/31"),
        ("A/C.3/98/L.8", "A/RES/98/31"),
    }
    assert len(store.graphs()) == 2
    store.remove("https://undocs.org/en/A/98/512")
    assert store.join() == "replaced"
    assert adopted(store) == set()


def test_two_parts_of_one_title_are_not_told_apart(tmp_path: Path) -> None:
    store = built(
        tmp_path,
        report=REPORT.format(second="Protection of wells"),
        resolution=RESOLUTION.format(on=ON_REPORT),
    )
    assert adopted(store) == set()


def test_a_resolution_that_names_its_draft_needs_no_report(tmp_path: Path) -> None:
    on = "without reference to a Main Committee (A/98/L.4)"
    store = built(tmp_path, resolution=RESOLUTION.format(on=on))
    assert adopted(store) == {("A/98/L.4", "A/RES/98/31")}


@pytest.mark.parametrize("on", [ON_REPORT, "without reference to a Main Committee (A/98/L.4)"])
def test_meetings_have_their_session(tmp_path: Path, on: str) -> None:
    store = built(tmp_path, resolution=RESOLUTION.format(on=on))
    assert {row[0].value for row in store.select(SESSION).rows} == {"98"}
