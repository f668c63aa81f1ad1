"""Made-up inputs end as promised or with an error of ours: a few of each kind (see ``fuzz``)."""

from __future__ import annotations

import threading

import pyoxigraph as ox
import pytest
from fuzz import AREAS, Host, check_document, check_file, run

from kg.errors import ReadError
from kg.read import read_bytes

FEW = {"symbols": 150, "files": 60, "documents": 25, "queries": 150}


@pytest.mark.parametrize("area", AREAS)
def test_made_up_inputs_raise_nothing_of_others(area: str) -> None:
    tried, found, inputs = run(area, cases=FEW[area], start=7)
    assert tried > FEW[area] // 2
    assert not found, inputs


def test_the_host_is_told_of_calls() -> None:
    host = Host()
    try:
        with pytest.raises((OSError, RuntimeError)):
            list(ox.Store().query(f"SELECT * {{ SERVICE {host.iri} {{ ?s ?p ?o }} }}"))
        assert host.calls >= 1
    finally:
        host.close()
    assert threading.active_count() < 50


@pytest.mark.parametrize("encoding", ["undefined", "utf-8\x00", "\udcff", "rot13", "hex"])
def test_an_encoding_that_is_none_is_named(encoding: str) -> None:
    with pytest.raises(ReadError, match="no such encoding"):
        read_bytes(b"The Assembly", name="a.txt", encoding=encoding)
    check_file((f"<html><meta charset={encoding!a}><p>第 A/72/440".encode(), "a.zh.txt", None))


def test_half_characters_are_no_text() -> None:
    with pytest.raises(ReadError, match="half characters"):
        read_bytes(rb"\ud800", name="a.txt", encoding="unicode_escape")


@pytest.mark.parametrize(
    "case",
    [
        ("zh", "以表决通过"),
        ("en", "The General Assembly" + "¹" * 20_000),
        ("en", "The General Assembly" + "1" * 20_000),
        ("zh", "大会，\n\n第" + "一" * 20_000 + "号决议"),
    ],
    ids=["told by what follows", "raised digits", "digits", "Chinese digits"],
)
def test_what_fuzzing_found_stays_mended(case: tuple[str, str]) -> None:
    check_document(case)
