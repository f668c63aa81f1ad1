"""Lists of states: printed order, groups, other letter case, misprints, leftovers."""

from __future__ import annotations

import pytest

from kg.languages import load_language
from kg.recognise.states import state_list

CASES = [
    ("en", "Austria, the Gambia and the Sudan", ["AUT", "GMB", "SDN"], [], []),
    ("en", "Trinidad and Tobago and Antigua and Barbuda", ["TTO", "ATG"], [], []),
    ("en", "Democratic Republic of the Congo, Congo", ["COD", "COG"], [], []),
    ("en", "Peru and United states of America", ["PER", "USA"], [], []),
    ("en", "Cameron and Chad", ["CMR", "TCD"], [], []),
    ("en", "Atlantis and Chad", ["TCD"], [], ["Atlantis and "]),
    (
        "en",
        "China, Cuba [on behalf of the Movement of Non-Aligned Countries] and Peru",
        ["CHN", "CUB", "PER"],
        ["Movement of Non-Aligned Countries"],
        [],
    ),
    ("en", "Japan and the European Union", ["JPN"], ["European Union"], []),
    ("zh", "古巴(代表77国集团和中国)、秘鲁", ["CUB", "PER"], ["77国集团和中国"], []),
]


@pytest.mark.parametrize(("language", "text", "states", "groups", "left"), CASES)
def test_a_list_is_taken_apart(
    language: str, text: str, states: list[str], groups: list[str], left: list[str]
) -> None:
    found = state_list(text, load_language(language))
    assert [name.keys[0] for name in found.states] == states
    assert [group.name for group in found.groups] == groups
    assert [text[start:end] for start, end in found.leftovers] == left


def test_positions_are_moved() -> None:
    found = state_list("Peru and Atlantis", load_language("en"), offset=10)
    assert (found.states[0].start, found.leftovers) == (10, ((14, 27),))
