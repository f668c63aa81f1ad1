"""Whose number it is: by name, by shape, by speaker, or left undecided with the candidates."""

from __future__ import annotations

import pytest

from kg.resolve.owners import owner_of
from kg.symbol import Number


@pytest.mark.parametrize(
    ("number", "named", "speaking", "organ"),
    [
        (Number(session="70", number="1"), None, "GA", "GA"),
        (Number(session="70", number="1"), None, "SC", "GA"),
        (Number(session="32", number="3"), "HRC", "GA", "HRC"),
        (Number(session="2017", number="15"), None, "GA", "ECOSOC"),
        (Number(number="2178", bracket="2014"), None, "GA", "SC"),
        (Number(number="217", bracket="III"), None, None, "GA"),
        (Number(number="1503", bracket="XLVIII"), None, None, "ECOSOC"),
        (Number(number="155", letter="C", bracket="VII"), None, "GA", "ECOSOC"),
        (Number(session="ES-10", number="13"), None, None, "GA"),
        (Number(session="72", number="228"), "ECOSOC", "ECOSOC", None),
        (Number(session="2017", number="15"), "GA", "GA", None),
        (Number(number="9", bracket="I"), None, None, None),
    ],
)
def test_owner(number: Number, named: str | None, speaking: str | None, organ: str | None) -> None:
    owner = owner_of(number, named=named, speaking=speaking, date=None)
    assert owner.organ == organ
    assert (organ is None) == bool(owner.reason and owner.candidates)
