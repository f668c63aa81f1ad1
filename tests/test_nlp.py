"""The spaCy components find what the pipeline finds, on a blank pipeline."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.read import read_bytes

TEXT = "回顾其 2015 年 12 月 17 日第 70/175 号决议，重申《儿童权利公约》，并感谢日本和南非政府，"


@pytest.fixture(scope="module")
def doc() -> object:
    import spacy

    import kg.nlp  # noqa: F401  (registers the factories; the installed package does by itself)

    nlp = spacy.blank("zh")
    for name in ("unkg_citations", "unkg_instruments", "unkg_states"):
        nlp.add_pipe(name)
    return nlp(TEXT)


def test_components_agree_with_the_record(doc: object) -> None:
    record = extract(read_bytes(TEXT.encode(), name="line.zh.txt"))
    paragraph = record.texts[0].paragraphs[0]
    groups = doc.spans  # type: ignore[attr-defined]
    found = {name: [(s.text, s._.unkg_target) for s in groups[name]] for name in groups}
    assert found["unkg_instruments"] == [(i.quote, i.target) for i in paragraph.instruments]
    assert found["unkg_states"] == [(s.name, s.target) for s in paragraph.states]
    assert found["unkg_citations"] == [("70/175", "A/RES/70/175")]
    # Outside a resolution nobody speaks, yet the date shows the number to be the Assembly's.
    assert [(c.quote, c.target) for c in paragraph.citations] == found["unkg_citations"]


def test_the_date_travels_with_the_span(doc: object) -> None:
    (span,) = doc.spans["unkg_citations"]  # type: ignore[attr-defined]
    assert span._.unkg_date == "2015-12-17"
