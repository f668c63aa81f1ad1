"""Whose number it is: by name, by shape, by speaker, or left undecided with the candidates."""

from __future__ import annotations

import pytest

from kg.resolve.owners import Head, Owner, owner_of, series_of
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


@pytest.mark.parametrize(
    ("session", "count", "organ", "said", "series"),
    [
        ("56", "508", "GA", "RES", "DEC"),
        ("56", "400", "GA", "RES", "RES"),
        ("57", "301", "GA", "DEC", "DEC"),
        ("57", "12", "GA", "DEC", None),
        ("14", "34", "GA", "DEC", None),
        ("2005", "508", "ECOSOC", "RES", "RES"),
        ("6", "102", "HRC", "DEC", "DEC"),
        ("S-30", "11", "GA", "DEC", "DEC"),
    ],
)
def test_series_follows_what_the_assembly_numbers(
    session: str, count: str, organ: str, said: Head, series: Head | None
) -> None:
    found = series_of(Number(session=session, number=count), organ, said)
    assert found == series or (series is None and isinstance(found, Owner) and found.reason)


@pytest.mark.parametrize(("session", "organ"), [("31", "GA"), ("14", None)])
def test_the_assembly_wrote_its_early_sessions_in_roman(session: str, organ: str | None) -> None:
    number = Number(session=session, number="34")
    assert owner_of(number, named=None, speaking="GA", date=None).organ == organ
