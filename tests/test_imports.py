"""RDF from elsewhere: what is added, what is refused, and that an export comes back the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.imports import import_files
from kg.store import Store
from kg.vocab import CITO, UNKG

TURTLE = f"""
@prefix unkg: <{UNKG.IRI}> .
<https://undocs.org/A/RES/97/1> a unkg:Resolution ; unkg:recalls <https://undocs.org/A/RES/96/2> .
[] a unkg:Citation .
"""


@pytest.fixture
def store() -> Store:
    return Store.in_memory(ontology=False)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_edges_gain_their_super_properties(store: Store, tmp_path: Path) -> None:
    (done,) = import_files([write(tmp_path / "edges.ttl", TURTLE)], store=store)
    assert done.error is None
    for term in (UNKG.recalls, UNKG.cites, CITO.cites):
        pair = f"<https://undocs.org/A/RES/97/1> <{term}> <https://undocs.org/A/RES/96/2>"
        assert store.select(f"ASK {{ {pair} }}").rows[0][0].value == "true"
    assert any("A/RES/97/1" in warning for warning in done.warnings)


def test_importing_twice_changes_nothing(store: Store, tmp_path: Path) -> None:
    path = write(tmp_path / "edges.ttl", TURTLE)
    list(import_files([path], store=store))
    once = store.nquads()
    list(import_files([path], store=store))
    assert store.nquads() == once


def test_an_export_comes_back_byte_for_byte(store: Store, tmp_path: Path) -> None:
    list(import_files([write(tmp_path / "edges.ttl", TURTLE)], store=store))
    (tmp_path / "all.nq").write_bytes(store.nquads())
    other = Store.in_memory(ontology=False)
    (done,) = import_files([tmp_path / "all.nq"], store=other)
    assert done.error is None
    assert other.nquads() == store.nquads()


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("a.ttl", "<a> <b> .", "no valid RDF"),
        ("a.ttl", "", "no statements"),
        ("a.doc", "x", "name it"),
        ("a.nq", "<urn:a> <urn:b> <urn:c> <https://w3id.org/unkg/ontology> .", "itself"),
    ],
)
def test_bad_files_change_nothing(
    store: Store, tmp_path: Path, name: str, text: str, reason: str
) -> None:
    (failed,) = import_files([write(tmp_path / name, text)], store=store)
    assert failed.error is not None
    assert reason in str(failed.error)
    assert name in str(failed.error)
    assert store.graphs() == ()


def test_a_graph_of_another_file_is_left_alone(store: Store, tmp_path: Path) -> None:
    line = "<urn:{}> <urn:b> <urn:c> <urn:graph> ."
    first = write(tmp_path / "first.nq", line.format("one"))
    second = write(tmp_path / "second.nq", line.format("two"))
    done, refused = import_files([first, second], store=store)
    assert done.error is None
    assert "first.nq" in str(refused.error)
    assert b"urn:two" not in store.nquads()


def test_missing_file_is_named(store: Store, tmp_path: Path) -> None:
    (failed,) = import_files([tmp_path / "none.ttl"], store=store)
    assert "none.ttl: does not exist" in str(failed.error)
