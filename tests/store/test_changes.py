"""Changes: noted by every way to write, taken over by the next snapshot, or given up."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.store import Store, changes, snapshots
from kg.store.changes import Changes

GRAPH, OTHER = (f"https://undocs.org/{code}/A/RES/70/1" for code in ("en", "fr"))
NAME = ox.NamedNode("https://undocs.org/A/RES/70/1")
ABOUT = ox.NamedNode("https://w3id.org/unkg/ontology#symbol")
FACTS = f"{snapshots.FACTS}x"


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(Store, "_load_ontology", lambda self: None)
    with Store.open(tmp_path / "store") as store:
        store.put(GRAPH, [quad("a"), quad("b")])
        store.put(OTHER, [quad("b", OTHER)])
    keep(tmp_path / "store")
    return tmp_path / "store"


def quad(text: str, graph: str = GRAPH) -> ox.Quad:
    return ox.Quad(NAME, ABOUT, ox.Literal(text), ox.NamedNode(graph))


def line(text: str) -> str:
    return f'{NAME} {ABOUT} "{text}"'


def keep(where: Path) -> None:
    """What a reader derives from the snapshot there is."""
    with Store.open(where, read_only=True) as reader:
        assert reader.folder is not None
        (reader.folder / FACTS).mkdir()
        (reader.folder / FACTS / "0").write_text(reader.folder.name)


def earlier(where: Path) -> tuple[str, Changes] | None:
    with Store.open(where, read_only=True) as reader:
        assert reader.folder is not None
        found = snapshots.earlier(reader.folder, FACTS)
    return None if found is None else ((found[0] / "0").read_text(), found[1])


def write(store: Store, way: str) -> None:
    if way == "put":
        store.put(GRAPH, [quad("b"), quad("c")])
    elif way == "remove":
        store.remove(GRAPH)
    else:
        store.bulk([f"{quad('c')} .\n".encode()])


@pytest.mark.parametrize("way", ["put", "remove", "bulk"])
def test_what_leaves_the_merge_is_noted(where: Path, way: str) -> None:
    number = snapshot_of(where)
    with Store.open(where) as store:
        write(store, way)
    found = earlier(where)
    assert found is not None and found[0] == number
    # "b" stays: another graph states it.
    assert GRAPH in found[1].graphs and OTHER not in found[1].graphs
    assert found[1].lost == {line("a")}


def snapshot_of(where: Path) -> str:
    with Store.open(where, read_only=True) as reader:
        assert reader.folder is not None
        return reader.folder.name


def test_changes_add_up_where_nobody_reads_between(where: Path) -> None:
    number = snapshot_of(where)
    for text in ("c", "d"):
        with Store.open(where) as store:
            store.put(GRAPH, [quad(text)])
    with Store.open(where) as store:
        store.put(OTHER, [])
    found = earlier(where)
    assert found is not None and found[0] == number
    assert found[1].graphs == {GRAPH, OTHER}
    assert found[1].lost == {line("a"), line("b"), line("c")}


def test_after_an_update_anything_may_have_changed(where: Path) -> None:
    with Store.open(where) as store:
        store.update(f"INSERT DATA {{ {NAME} {ABOUT} 1 }}")
    assert earlier(where) is None
    with Store.open(where) as store:
        store.put(GRAPH, [])
    assert earlier(where) is None


def test_a_writer_that_died_leaves_no_note(where: Path) -> None:
    with Store.open(where) as store:
        store.put(GRAPH, [quad("c")])
    (where / "unpublished").touch()
    with Store.open(where) as store:
        store.put(OTHER, [])
    assert earlier(where) is None


def test_an_update_that_fails_changes_nothing(where: Path) -> None:
    with Store.open(where) as store:
        number = snapshot_of(where)
        with pytest.raises(QueryError):
            store.update("INSERT nothing")
        store.put(GRAPH, [quad("a")])
    found = earlier(where)
    assert found is not None and found[0] == number


@pytest.mark.parametrize("limit", ["MOST_GRAPHS", "MOST_BYTES"])
def test_too_much_is_not_noted(limit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(changes, limit, 1)
    found = Changes()
    found.note([GRAPH, OTHER], [line("a"), line("b")])
    found.note(["https://undocs.org/es/A/RES/70/1"])
    assert not found.known and not found.graphs and not found.lost


@pytest.mark.parametrize("text", ["", "[]", '{"graphs": 1, "lost": []}', '{"graphs": []}'])
def test_a_broken_note_is_none(tmp_path: Path, text: str) -> None:
    assert not Changes.read(tmp_path).known
    (tmp_path / changes.FILE).write_text(text)
    assert not Changes.read(tmp_path).known
