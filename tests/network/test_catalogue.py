"""Documents found by what people type."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.demo import sample_paths
from kg.ingest import build
from kg.network.catalogue import Catalogue, key_of, load, slips_between
from kg.store import Store

DOCUMENTS = [
    ("https://undocs.org/A/RES/70/1", "A/RES/70/1", ["Transforming our world"], ["en", "fr"]),
    ("https://undocs.org/A/RES/70/10", "A/RES/70/10", [], []),
    ("https://undocs.org/A/RES/70/175", "A/RES/70/175", ["Nelson Mandela Rules"], ["en"]),
    ("https://undocs.org/A/C.3/72/L.6", "A/C.3/72/L.6", ["改进打击贩运人口工作的协调"], ["zh"]),
    ("https://undocs.org/S/RES/2133(2014)", "S/RES/2133(2014)", ["Öffnung ＡＢＣ"], []),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "why", "symbols"),
    [
        ("A/RES/70/1", "symbol", ["A/RES/70/1", "A/RES/70/175", "A/RES/70/10"]),
        ("a res 70 175", "symbol", ["A/RES/70/175"]),
        ("ares70175", "symbol", ["A/RES/70/175"]),
        ("70/175", "part", ["A/RES/70/175"]),
        ("2133 (2014)", "part", ["S/RES/2133(2014)"]),
        ("a/c.3/72", "start", ["A/C.3/72/L.6"]),
        ("Mandela rules", "title", ["A/RES/70/175"]),
        ("打击贩运人口", "title", ["A/C.3/72/L.6"]),
        ("öffnung abc", "title", ["S/RES/2133(2014)"]),
        ("A/REZ/70/175", "near", ["A/RES/70/175"]),
        ("A/RES/70/17O", "near", ["A/RES/70/175", "A/RES/70/1", "A/RES/70/10"]),
        ("S/RES/2313(2014)", "near", ["S/RES/2133(2014)"]),
    ],
)
def test_documents_are_found_by_what_people_type(text: str, why: str, symbols: list[str]) -> None:
    found = Catalogue.of(DOCUMENTS).search(text)
    assert found[0].why == why
    assert found[0].symbol == symbols[0]
    assert [hit.symbol for hit in found if hit.why == found[0].why or hit.why == "start"][
        : len(symbols)
    ] == symbols


@pytest.mark.parametrize("text", ["", " ", "///", "nothing", "§", "\x00", "Z" * 10_000, "%"])
def test_what_is_no_name_finds_nothing(text: str) -> None:
    assert Catalogue.of(DOCUMENTS).search(text) == []
    assert Catalogue.of([]).search(text) == []
    assert Catalogue.of([]).search("A/RES/70/1") == []


def test_as_many_as_wanted() -> None:
    many = [(f"https://undocs.org/A/RES/1/{n}", f"A/RES/1/{n}", ["A title"], []) for n in range(99)]
    assert len(Catalogue.of(many).search("A/RES/1", most=20)) == 20
    assert len(Catalogue.of(many).search("title", most=99)) == 99


def test_slips_are_counted() -> None:
    for one, other, slips in (
        ("AB", "AB", 0), ("AB", "BA", 1), ("ABC", "CA", 3), ("", "AB", 2), ("A/1", "A/12", 1),
    ):  # fmt: skip
        assert slips_between(one, other) == slips_between(other, one) == slips
    assert key_of("https://undocs.org/A/RES/70/1") == "A/RES/70/1"


def test_the_catalogue_is_kept_with_the_snapshot(tmp_path: Path) -> None:
    where = tmp_path / "store"
    with Store.open(where) as store:
        build(sample_paths(), store=store, base=store.base)
    with Store.open(where, read_only=True) as store:
        found = load(store)
        assert {hit.symbol for hit in map(found.hit, found.read)} >= {"A/97/512", "A/98/447"}
        assert found.search("A/RES/70/1")[0].languages == ()
        again = load(store)
        assert store.folder is not None
        assert list(again.key) == list(found.key)
        assert (store.folder / "network" / "catalogue-2").exists() or any(
            store.folder.rglob("columns.json")
        )
