"""RDF from elsewhere: what is added, what is refused, and that an export comes back the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import imports
from kg.imports import import_files
from kg.store import Store, bulk, skolemised
from kg.triples import quads
from kg.vocab import CITO, DCTERMS, RDF, UNKG
from tests import sample_record

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


BLANK = f"""
_:a <{RDF.type}> <{UNKG.Citation}> .
<urn:x><{UNKG.recalls}><urn:y> <urn:graph> .
<urn:x> <{RDF.type}> <{UNKG.Resolution}> <urn:graph> .
<urn:x> <{UNKG.recalls}> "a > b \\" _:c" <urn:other> .
<urn:other> <{DCTERMS.source}> "else.txt" <urn:other> .
_:a <{UNKG.cites}> _:b .
"""


def as_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "STREAM_BYTES", 0)


def test_a_stream_brings_what_the_whole_file_brings(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "PIECE", 100)
    exported = Store.in_memory(ontology=False)
    exported.put("urn:sample", [*skolemised(quads(sample_record.report("en")), graph="urn:sample")])
    text = BLANK + exported.nquads().decode()
    path = write(tmp_path / "some.nq", text)
    (whole,) = import_files([path], store=store)
    as_stream(monkeypatch)
    other = Store.in_memory(ontology=False)
    (streamed,) = import_files([path], store=other)
    assert (whole.error, streamed.error) == (None, None)
    assert other.nquads() == store.nquads()
    assert streamed.graphs == whole.graphs
    assert streamed.warnings == whole.warnings
    assert any("urn:x" in warning for warning in streamed.warnings)
    merge = "SELECT ?s ?p ?o { ?s ?p ?o }"
    assert set(other.select(merge).rows) == set(store.select(merge).rows)


def test_a_stream_that_is_refused_changes_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    as_stream(monkeypatch)
    line = "<urn:{}> <urn:b> <urn:c> <urn:graph> .\n"
    files = [
        write(tmp_path / "first.nq", line.format("one")),
        write(tmp_path / "second.nq", line.format("two")),
        write(tmp_path / "bad.nq", line.format("three") * 9 + "no statement\n"),
        write(tmp_path / "star.nq", "<< <urn:a> <urn:b> <urn:c> >> <urn:p> <urn:g> <urn:graph> ."),
        write(tmp_path / "empty.nq", "# nothing\n"),
    ]
    done, claimed, *rest = import_files(files, store=store)
    assert done.error is None
    assert "first.nq" in str(claimed.error)
    for failed, reason in zip(rest, ("line 10", "line 1", "no statements"), strict=True):
        assert reason in str(failed.error)
        assert failed.path.name in str(failed.error)
    assert store.graphs() == ("urn:graph",)
    assert b"urn:two" not in store.nquads()
    assert b"urn:three" not in store.nquads()
