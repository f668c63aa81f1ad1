"""The words with which the paragraphs of resolutions open, in six languages.

``clause_verbs.tsv`` lists them by language and kind of paragraph: what resolutions of the last
fifty years begin with, in the forms of an organ that is feminine where the language tells.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.languages import load_language
from kg.stretch import fold

TABLE = Path(__file__).with_name("clause_verbs.tsv")
ROWS = [line.split("\t") for line in TABLE.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(("code", "kind", "words"), ROWS, ids=[f"{r[0]}-{r[1]}" for r in ROWS])
def test_a_paragraph_may_open_with(code: str, kind: str, words: str) -> None:
    language = load_language(code)
    object_ = {"zh": "该局势的发展，", "ar": " الحالة،"}.get(code, " la situation,")
    unknown = [
        word
        for word in words.split("; ")
        if language.first("clause-start", fold(word + object_), at=0) is None
    ]
    assert not unknown, f"{kind} paragraphs"


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("en", "The situation in the region"),
        ("en", "States parties to the Convention"),
        ("fr", "La situation dans la région"),
        ("es", "La situación de la región"),
        ("ru", "Положение в регионе"),
        ("ar", "الحالة في المنطقة"),
        ("zh", "该局势的发展"),
    ],
)
def test_a_line_that_opens_no_clause(code: str, line: str) -> None:
    assert load_language(code).first("clause-start", fold(line), at=0) is None
