"""Every pattern proves itself: each example is found where marked, no counter-example is."""

from __future__ import annotations

import re

import pytest

from kg.languages import Language, Pattern, available, load_language
from kg.stretch import fold

ROWS = [
    pytest.param(pattern, id=f"{code}-{pattern.kind}-{number}")
    for code in available()
    for number, pattern in enumerate(
        pattern for rows in load_language(code).patterns.values() for pattern in rows
    )
]


def marked(example: str) -> tuple[str, tuple[int, int]]:
    """An example without its marks, and the span between them (all of it without marks).

    The marks are «…», or ⟦…⟧ where the text itself has those quotation marks.
    """
    left, right = "⟦⟧" if "⟦" in example else "«»"
    plain = fold(example.replace(left, "").replace(right, ""))
    if left not in example:
        return plain, (0, len(plain))
    return plain, (example.index(left), example.index(right) - 1)


@pytest.mark.parametrize("pattern", ROWS)
def test_examples_are_found_where_marked(pattern: Pattern) -> None:
    assert pattern.examples, f"{pattern.kind}: a pattern without an example proves nothing"
    for example in pattern.examples:
        text, span = marked(example)
        assert span in [found.span() for found in pattern.regex.finditer(text)], example


@pytest.mark.parametrize("pattern", ROWS)
def test_counter_examples_are_not_found(pattern: Pattern) -> None:
    assert pattern.counter_examples, f"{pattern.kind}: nothing says where the pattern stops"
    for example in pattern.counter_examples:
        found = pattern.regex.search(fold(example))
        assert not (found and found[0]), (example, found)


@pytest.mark.parametrize("code", available())
def test_every_act_is_a_clause_verb(code: str) -> None:
    language: Language = load_language(code)
    for word in language.acts:
        assert language.clause_of(word) in ("requests", "implements"), word


@pytest.mark.parametrize("code", available())
def test_verbs_of_the_tables_are_found_by_the_clause_pattern(code: str) -> None:
    language = load_language(code)
    for word in language.verbs:
        found = language.first("clause-verb", word + ("" if not language.spaced else " that"), at=0)
        assert found and re.match(re.escape(word), found[1][0]), word


# Kinds that one way of writing needs and the others do not, with the reason.
NOT_NEEDED = {
    "zh": "numbers before their nouns, no capitals, names in 《》, verbs without inflection",
    "ar": "no capitals; possessives and articles are part of the word",
}
# In one of the other four nothing is printed that a row of this kind would find.
PECULIAR = frozenset({"instrument-body", "organ-right"})
KINDS = {code: frozenset(load_language(code).patterns) for code in available()}


def test_a_kind_that_most_languages_have_is_missing_in_none_of_the_others() -> None:
    spaced = [code for code in KINDS if code not in NOT_NEEDED]
    for kind in frozenset.union(*KINDS.values()):
        having = [code for code in spaced if kind in KINDS[code]]
        if len(having) == len(spaced) - 1 and not kind.startswith("word-"):
            assert kind in PECULIAR, f"{set(spaced) - set(having)} lacks {kind}"


def test_the_parts_of_a_document_are_told_in_every_language() -> None:
    for kind in (
        "text", "opening", "closing", "annex", "footnote", "clause-start", "clause-verb",
        "front", "own-number", "date", "number", "act", "event", "vote-list", "meeting",
        "instrument-head", "note-annex", "unts", "ibid", "state-joint", "report", "due",
    ):  # fmt: skip
        assert not [code for code in KINDS if kind not in KINDS[code]], kind
