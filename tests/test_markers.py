"""Markers set as plain digits: the line of notes tells them from the text's own numbers."""

from __future__ import annotations

import pytest

from kg.languages import load_language
from kg.lines import lines_of
from kg.markers import markers_in


def marked(text: str, notes: set[int], language: str = "en") -> list[tuple[int, str]]:
    found = markers_in(tuple(lines_of(text)), load_language(language), notes)
    return [(number, text[start:end]) for number, start, end in found]


@pytest.mark.parametrize(
    ("text", "notes", "expected"),
    [
        ("the Convention,¹ the Protocol ² and others", {1, 2}, [(1, "¹"), (2, "²")]),
        ("the Convention[^1] and<sup>2</sup> others", {1, 2}, [(1, "[^1]"), (2, "<sup>2</sup>")]),
        ("of resources1 and of wells2 in", {1, 2}, [(1, "1"), (2, "2")]),
        ("for Development,1 of wells;2\n", {1, 2}, [(1, "1"), (2, "2")]),
        ("of wells,¹ in its resolution 77/2282, and", {1, 2}, [(1, "¹"), (2, "2")]),
        ("of 18 December 20151 on wells", {1}, [(1, "1")]),
        ("of 18 December 2015.1 It", {1}, [(1, "1")]),
        ("since November, 4 the wells 5 of the town", {4, 5}, [(4, "4"), (5, "5")]),
    ],
)
def test_markers_are_found(text: str, notes: set[int], expected: list[tuple[int, str]]) -> None:
    assert marked(text, notes) == expected


@pytest.mark.parametrize(
    ("text", "notes"),
    [
        ("in paragraph 1 of its resolution 77/228", {1}),
        ("in resolution 77/228 and article 1, paragraph 2", {1, 2}),
        ("on 1 December 2015 and 2 of the wells", {1, 2}),
        ("document A/77/1001 and E/2017/1511", {1, 11}),
        ("some 12 wells and 3 springs", {9}),
        ("draft resolution A/C.3/97/L.6 and Rev.1", {1}),
    ],
)
def test_numbers_of_the_text_are_none(text: str, notes: set[int]) -> None:
    assert marked(text, notes) == []


def test_a_text_that_lost_its_notes_keeps_no_markers_in_its_words() -> None:
    text = "la Convention 1 , qu'elle a adoptée, et le Protocole 2 , tous deux"
    assert marked(text, set(), "fr") == [(1, "1"), (2, "2")]
    assert marked("la Convention 1 , qu'elle a adoptée", set(), "fr") == []


def test_a_marker_in_parentheses_is_glued_to_its_word() -> None:
    text = "ميثاق الأمم المتحدة(1)، والقرار 2133 (2014)، والفقرة (2)"
    assert marked(text, {1, 2}, "ar") == [(1, "(1)")]


def test_markers_glued_to_words_are_found_in_cyrillic() -> None:
    text = "о защите колодцев1, отмечая доклад2; и книги"
    assert marked(text, {1, 2}, "ru") == [(1, "1"), (2, "2")]
