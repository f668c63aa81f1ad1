"""Numbers as languages print them, written as symbols write them."""

from __future__ import annotations

import pytest

from kg.languages import load_language
from kg.recognise.numbers import letter_of, number_of_match
from kg.symbol import number_symbol


@pytest.mark.parametrize(
    ("language", "printed", "symbol"),
    [
        ("ar", "1514 (د-15)", "A/RES/1514(XV)"),
        ("ar", "3235 (د - 29)", "A/RES/3235(XXIX)"),
        ("ar", "2200 ألف (د-21)", "A/RES/2200(XXI)A"),
        ("ar", "377 (د-5) باء", "A/RES/377(V)B"),
        ("ar", "3201 (دإ-6)", "A/RES/3201(S-VI)"),
        ("ar", "1001 (دإط-1)", "A/RES/1001(ES-I)"),
        ("ar", "دإ-30/1", "A/RES/S-30/1"),
        ("ar", "د إ ط-10/13", "A/RES/ES-10/13"),
        ("ar", "دإط-10/13", "A/RES/ES-10/13"),
        ("ar", "53/243 جيم", "A/RES/53/243C"),
        ("ar", "S-30/1", "A/RES/S-30/1"),
        ("en", "57/270 B", "A/RES/57/270B"),
        ("zh", "2200 A (XXI)", "A/RES/2200(XXI)A"),
    ],
)
def test_a_number_is_written_as_its_symbol_writes_it(
    language: str, printed: str, symbol: str
) -> None:
    table = load_language(language)
    _, found = next(iter(table.matches("number", printed)))
    assert found[0] == printed
    assert number_symbol("GA", number_of_match(found, table)).text == symbol


def test_a_letter_the_table_does_not_translate_stays() -> None:
    assert letter_of("B", load_language("ar")) == "B"
    assert letter_of("باء", load_language("ar")) == "B"
