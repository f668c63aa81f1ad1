"""Snapshots: readers see what was published, a writer goes on, old ones go when nobody reads."""

from __future__ import annotations

import json
import logging
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.store import Store, workspace
from kg.store.locks import Lock, exclusive, shared

GRAPH = "https://undocs.org/en/A/RES/70/1"
OTHER = "https://undocs.org/en/A/RES/70/2"
NAME = ox.NamedNode("https://undocs.org/A/RES/70/1")


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new store, without the ontology, which is of no interest here."""
    monkeypatch.setattr(Store, "_load_ontology", lambda self: None)
    return tmp_path / "store"


def quad(number: int, graph: str = GRAPH) -> ox.Quad:
    about = ox.NamedNode("https://w3id.org/unkg/ontology#number")
    return ox.Quad(NAME, about, ox.Literal(number), ox.NamedNode(graph))


def numbers(store: Store) -> list[int]:
    return sorted(int(q.object.value) for q in store.quads())  # type: ignore[union-attr]


def snapshots_of(where: Path) -> list[str]:
    return sorted(entry.name for entry in (where / "snapshots").iterdir())


def test_a_reader_has_what_was_published_when_it_opened(where: Path) -> None:
    with Store.open(where) as writer:
        writer.put(GRAPH, [quad(1)])
        with Store.open(where, read_only=True) as before:
            assert numbers(before) == [] and before.current
            assert writer.publish() and not writer.publish()
            assert numbers(before) == [] and not before.current
        writer.put(GRAPH, [quad(1), quad(2)])
        with Store.open(where, read_only=True) as reader:
            assert numbers(reader) == [1] and reader.current
    with Store.open(where, read_only=True) as reader:
        assert numbers(reader) == [1, 2]
        count = reader.select("SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }").rows[0][0]
        assert count.value == "2"


def test_a_snapshot_stays_while_it_is_read_and_goes_after(where: Path) -> None:
    Store.open(where).close()
    with Store.open(where, read_only=True) as reader:
        folder = reader.folder
        for number in (1, 2):
            with Store.open(where) as writer:
                writer.put(GRAPH, [quad(number)])
        assert snapshots_of(where) == ["1", "3"]
        assert numbers(reader) == [] and folder is not None and folder.name == "1"
        with Store.open_snapshot(folder) as again:
            assert numbers(again) == [] and again.folder == folder and again.base == reader.base
    with Store.open(where) as writer:
        assert snapshots_of(where) == ["3"] and writer.folder == where / "snapshots" / "3"
        writer.put(GRAPH, [])
        assert writer.folder is None
    with pytest.raises(StoreError, match="no snapshot"):
        Store.open_snapshot(folder)


def test_opening_and_changing_nothing_publishes_nothing(where: Path) -> None:
    with Store.open(where) as writer:
        writer.put(GRAPH, [quad(1)])
    before = (where / "store.json").read_bytes()
    with Store.open(where) as writer:
        assert writer.put(GRAPH, [quad(1)]) == "unchanged"
    assert (where / "store.json").read_bytes() == before


def test_long_work_is_published_in_between(where: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workspace, "PUBLISH_SECONDS", 0.0)
    with Store.open(where) as writer:
        writer.put(GRAPH, [quad(1)])
        with Store.open(where, read_only=True) as reader:
            assert numbers(reader) == [1]


def test_many_readers_while_snapshots_come_and_go(where: Path) -> None:
    code = (
        "import sys; from kg.store import Store\n"
        "for _ in range(60):\n"
        "    with Store.open(sys.argv[1], read_only=True) as reader:\n"
        "        found = list(reader.quads())\n"
        "        assert len({q.object.value for q in found}) == 1 and len(found) == 2, found\n"
    )
    with Store.open(where) as writer:
        pairs = [[quad(n), ox.Quad(quad(n).predicate, quad(n).predicate, quad(n).object,
                 ox.NamedNode(GRAPH))] for n in range(30)]  # fmt: skip
        writer.put(GRAPH, pairs[0])
        writer.publish()
        readers = [
            subprocess.Popen([sys.executable, "-c", code, str(where)], stderr=subprocess.PIPE)
            for _ in range(2)
        ]
        for pair in pairs[1:]:
            writer.put(GRAPH, pair)
            writer.publish()
        for reader in readers:
            error = reader.communicate()[1]
            assert reader.returncode == 0, error.decode()


def as_format_1(where: Path) -> None:
    """What version 0.1 left: one database and a store.json that names its format."""
    with Store.open(where) as writer:
        writer.put(GRAPH, [quad(1)])
    meta = json.loads((where / "store.json").read_text(encoding="utf-8"))
    old = {"format": 1, "base": meta["base"], "ontology": meta["ontology"]}
    (where / "store.json").write_text(json.dumps(old), encoding="utf-8")
    shutil.rmtree(where / "snapshots")
    (where / "writer.lock").unlink()


@pytest.mark.parametrize("read_only", [False, True])
def test_format_1_is_migrated(
    where: Path, caplog: pytest.LogCaptureFixture, read_only: bool
) -> None:
    as_format_1(where)
    with caplog.at_level(logging.WARNING), Store.open(where, read_only=read_only) as store:
        assert numbers(store) == [1]
        assert "migrated from store format 1 to 2" in caplog.text
    assert json.loads((where / "store.json").read_text(encoding="utf-8"))["format"] == 2


def test_format_1_that_cannot_be_migrated_is_refused(where: Path) -> None:
    as_format_1(where)
    held = exclusive(where / "writer.lock")
    with pytest.raises(StoreError, match=r"format 1, which must be migrated.*kg list"):
        Store.open(where, read_only=True)
    assert held is not None
    held.release()


@pytest.mark.parametrize(
    "meta",
    [
        {"format": 3},
        {"format": True},
        {"format": 2, "snapshot": "../x"},
        {"format": 2, "snapshot": -1},
        {"format": 2, "database": "../elsewhere"},
        {"format": 2, "base": 7},
    ],
)
@pytest.mark.parametrize("read_only", [False, True])
def test_what_store_json_may_not_say(where: Path, meta: dict[str, object], read_only: bool) -> None:
    Store.open(where).close()
    (where / "store.json").write_text(json.dumps(meta), encoding="utf-8")
    with pytest.raises(StoreError, match=r"store format (3|True)|broken"):
        Store.open(where, read_only=read_only)


def test_a_missing_snapshot_is_said_and_made_again_by_a_writer(where: Path) -> None:
    with Store.open(where) as writer:
        writer.put(GRAPH, [quad(1)])
    shutil.rmtree(where / "snapshots")
    with pytest.raises(StoreError, match="snapshot 2 is missing"):
        Store.open(where, read_only=True)
    Store.open(where).close()
    with Store.open(where, read_only=True) as reader:
        assert numbers(reader) == [1]


def test_who_writes_is_named(where: Path) -> None:
    with Store.open(where), pytest.raises(StoreError, match="this very process is writing"):
        Store.open(where)


def test_locks(tmp_path: Path) -> None:
    file = tmp_path / "lock"
    assert shared(file) is None
    first = exclusive(file)
    assert isinstance(first, Lock) and exclusive(file) is None and shared(file) is None
    first.release()
    readers = [shared(file), shared(file)]
    assert all(readers) and exclusive(file) is None
    for reader in readers:
        assert reader is not None and reader.is_on(file)
        reader.release()
        assert not reader.is_on(file)
    last = exclusive(file)
    assert last is not None
    last.release()


def test_a_dataset_of_the_protocol(where: Path) -> None:
    with Store.open(where) as store:
        store.put(GRAPH, [quad(1)])
        store.put(OTHER, [quad(2, OTHER)])

        def count(pattern: str, **dataset: Any) -> int:
            found: Any = store.query(f"SELECT * {{ {pattern} }}", **dataset)
            return len(list(found))

        everywhere, named = "?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"
        assert count(everywhere) == 2 and count(named) == 2
        assert count(everywhere, default_graphs=[GRAPH]) == 1
        assert count(named, default_graphs=[GRAPH]) == 0
        assert count(everywhere, named_graphs=[GRAPH]) == 0
        assert count(named, named_graphs=[GRAPH]) == 1
        with pytest.raises(QueryError, match="update"):
            store.query("DROP ALL")
