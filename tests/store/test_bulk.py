"""Bulk loading: the same store as by ``put``, or the store as it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import StoreError
from kg.store import ONTOLOGY_GRAPH, Store, bulk
from kg.store.graphs import JOINS_GRAPH
from kg.triples import quads
from tests import sample_record

TITLE = "http://purl.org/dc/terms/title"
ONE, TWO = "https://undocs.org/en/A/RES/1/1", "https://undocs.org/en/A/RES/1/2"
MERGE = "SELECT ?s ?p ?o { ?s ?p ?o }"


@pytest.fixture(params=["memory", "disk"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    monkeypatch.setattr(Store, "_load_ontology", lambda self: None)
    with Store.in_memory() if request.param == "memory" else Store.open(tmp_path / "s") as made:
        yield made


def line(value: str, graph: str = ONE) -> bytes:
    return f"<{ONE}> <{TITLE}> {value} <{graph}> .\n".encode()


@pytest.mark.parametrize("size", [97, 1 << 20])
def test_a_bulk_load_gives_the_store_that_put_gives(
    store: Store, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 100_000)
    with Store.in_memory(ontology=False) as plain:
        for language in ("en", "zh"):
            found = list(quads(sample_record.report(language)))
            plain.put(f"https://undocs.org/{language}/{sample_record.SYMBOL}", found)
        plain.join()
        text = plain.nquads()
        loaded = store.bulk(text[start : start + size] for start in range(0, len(text), size))
        assert loaded.graphs == plain.graphs() and loaded.statements == len(plain)
        assert store.nquads() == text
        assert set(store.select(MERGE).rows) == set(plain.select(MERGE).rows)
        assert len(store.select(MERGE).rows) == len(set(store.select(MERGE).rows))
    store.bulk([text])
    assert store.nquads() == text


def test_a_graph_that_is_met_replaces_the_one_there(store: Store) -> None:
    store.bulk([line('"old"') + line('"both"'), line('"both"', TWO)])
    store.bulk([line('"new"'), line('"newer"')])
    assert store.nquads() == b"".join(sorted([line('"new"'), line('"newer"'), line('"both"', TWO)]))
    assert {row[2].value for row in store.select(MERGE).rows} == {"new", "newer", "both"}


def test_what_is_loaded_is_joined_and_published(tmp_path: Path) -> None:
    terms, part = "https://w3id.org/unkg/ontology#", f"{ONE}#part"
    facts = [(ONE, terms + "onReport", f"<{TWO}>"), (TWO, terms + "contains", f"<{part}>"),
             (ONE, TITLE, '"A"@en'), (part, TITLE, '"A"@en')]  # fmt: skip
    file = tmp_path / "in.nq"
    file.write_text("".join(f"<{s}> <{p}> {o} <{ONE}> .\n" for s, p, o in facts), "utf-8")
    with Store.open(tmp_path / "s") as store:
        assert store.bulk(file).statements == 4
        with Store.open(tmp_path / "s", read_only=True) as reader:
            assert len(list(reader.quads(JOINS_GRAPH))) == 1 and any(reader.quads(ONTOLOGY_GRAPH))
        assert store.folder is not None
    with Store.open(tmp_path / "s") as store:
        assert len(store) == 4
        store.put(ONE, [])
        assert not list(store.quads(ONE))


def test_every_spelling_of_n_quads(store: Store) -> None:
    odd = (
        b"# a comment\n\n"
        + f'<{ONE}><{TITLE}>"a . <{TWO}> . \\" # \\\\"@en-GB<{ONE}>.# more\r\n'.encode()
        + f'\t<{ONE}>\t<{TITLE}>\t"1"^^<http://example.org/#integer> <{ONE}> .\n'.encode()
        + f"<{ONE}> <{TITLE}> <{TWO}> <{ONE}> .".encode()
    )
    assert store.bulk([odd]).statements == 3
    assert set(store.quads(ONE)) == set(ox.parse(odd, format=ox.RdfFormat.N_QUADS))


def test_triples_without_a_graph_and_blank_nodes(store: Store) -> None:
    text = f'_:a <{TITLE}> _:b .\n_:b <{TITLE}> "_:a" .\n_:b <{TITLE}> _:a <{TWO}> .\n'.encode()
    with pytest.raises(StoreError, match="line 1 names no graph: _:a"):
        store.bulk([text])
    assert store.bulk([text], graph=ONE).graphs == (ONE, TWO)
    assert store.nquads().decode().splitlines() == [
        f'<{ONE}#node-1> <{TITLE}> <{ONE}#node-2> <{ONE}> .',
        f'<{ONE}#node-2> <{TITLE}> "_:a" <{ONE}> .',
        f"<{TWO}#node-1> <{TITLE}> <{TWO}#node-2> <{TWO}> .",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (b"<a> <b> <c>\n", "line 2 is no N-Quads"),
        (b"hello\n", "line 2 is no N-Quads statement: hello"),
        (b"<< <a:a> <a:b> <a:c> >> <a:b> <a:c> <a:d> .\n", "line 2 is no N-Quads"),
        (line('"a"', ONTOLOGY_GRAPH), "belongs to unkg"),
        (b"<a> <b:b> <c:c> <d:d> .\n", "no valid N-Quads"),
        (line('"\\x"'), "no valid N-Quads"),
        (b"\xff\xfe\n", "line 2 is no"),
    ],
)
def test_bad_input_leaves_the_store_as_it_was(store: Store, text: bytes, reason: str) -> None:
    store.bulk([line('"old"')])
    before = store.nquads()
    with pytest.raises(StoreError, match=reason):
        store.bulk([line('"new"'), text])
    assert store.nquads() == before
    assert {row[2].value for row in store.select(MERGE).rows} == {"old"}
    store.put(TWO, [])


def test_a_line_without_end(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_MAX_LINE", 1000)
    monkeypatch.setattr(bulk, "PIECE", 500)
    with pytest.raises(StoreError, match="a line has more than"):
        store.bulk([b"x" * 600, b"x" * 600])


def test_a_missing_file_is_named(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"none\.nq: cannot be read"):
        store.bulk(tmp_path / "none.nq")
