"""Files and folders to records and graphs: one bad file costs that file and no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.demo import sample_paths
from kg.errors import ReadError, SymbolError
from kg.ingest import build
from kg.inputs import read_manifest
from kg.pipeline import extract_paths
from kg.record import as_data
from kg.store import Store

UNKG = "PREFIX unkg: <https://w3id.org/unkg/ontology#> "


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in sample_paths():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    (tmp_path / "broken.txt").write_bytes(b"%PDF-1.7 not text")
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "table.csv").write_text("a,b\n", encoding="utf-8")
    return tmp_path


def count(store: Store, name: str) -> int:
    found = store.select(f"{UNKG} SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a unkg:{name} }}")
    return int(found.rows[0][0].value)


def test_a_bad_file_among_good_ones_is_named_and_the_rest_is_done(folder: Path) -> None:
    outcomes = {outcome.path.name: outcome for outcome in extract_paths([folder])}
    assert list(outcomes) == sorted(outcomes)
    errors = {name: str(o.error) for name, o in outcomes.items() if o.error}
    assert set(errors) == {"broken.txt", "empty.txt", "table.csv"}
    assert "broken.txt: is a broken PDF" in errors["broken.txt"]
    assert "is empty" in errors["empty.txt"] and ".csv" in errors["table.csv"]
    assert sum(o.record is not None for o in outcomes.values()) == 2


def test_processes_give_the_same_records(folder: Path) -> None:
    one = [as_data(o.record) for o in extract_paths([folder]) if o.record]
    two = [as_data(o.record) for o in extract_paths([folder], jobs=2) if o.record]
    assert one == two


def test_the_graph_counts_what_the_record_counts(folder: Path) -> None:
    records = [o.record for o in extract_paths([folder]) if o.record]
    with Store.in_memory() as store:
        report = build([folder], store=store)
        assert report.done == 2 and len(report.errors) == 3 and not report.violations
        cited = sum(
            len(p.citations) + sum(i.target is not None for i in p.instruments)
            for r in records
            for t in r.texts
            for p in t.paragraphs
        )
        sponsors = sum(
            len(p.sponsors) + len(p.additional_sponsors) for r in records for p in r.proposals
        )
        assert (count(store, "Citation"), count(store, "Sponsorship")) == (cited, sponsors)


def test_building_again_changes_nothing(folder: Path) -> None:
    with Store.in_memory() as store:
        build([folder], store=store)
        before = store.nquads()
        report = build([folder], store=store)
        assert len(report.unchanged) == 2 and not report.added and not report.replaced
        assert store.nquads() == before


def test_a_second_file_for_the_same_graph_is_left_out(tmp_path: Path) -> None:
    sample = sample_paths()[0]
    for name in ("first.en.txt", "second.en.txt"):
        (tmp_path / name).write_bytes(sample.read_bytes())
    with Store.in_memory() as store:
        report = build([tmp_path], store=store)
    assert report.added == ("first.en.txt",)
    assert "first.en.txt has filled" in str(report.errors[0])


def test_a_symbol_is_for_one_document(folder: Path) -> None:
    with pytest.raises(SymbolError, match="several"):
        list(extract_paths([folder], symbol="A/97/512"))
    with pytest.raises(SymbolError, match="not a UN document symbol"):
        list(extract_paths([folder], symbol="seventy-two"))


def test_a_manifest_gives_symbols_and_languages(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("大会，\n\n回顾其第 70/1 号决议，\n", encoding="utf-8")
    table = tmp_path / "list.csv"
    table.write_text("path,symbol,language\na.txt,A/99/1,zh\n", encoding="utf-8")
    (outcome,) = extract_paths([tmp_path / "a.txt"], manifest=table)
    assert outcome.record is not None and outcome.record.document.symbol == "A/99/1"
    table.write_text("path,symbol\na.txt,nonsense\n", encoding="utf-8")
    with pytest.raises(SymbolError, match="line 2"):
        read_manifest(table)
    table.write_text("file\n", encoding="utf-8")
    with pytest.raises(ReadError, match="no column path"):
        read_manifest(table)


def test_a_folder_may_say_itself_what_its_files_are(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("大会，\n\n回顾其第 70/1 号决议，\n", encoding="utf-8")
    (tmp_path / "manifest.csv").write_text("path,symbol,language\na.txt,A/99/1,zh\n", "utf-8")
    (outcome,) = extract_paths([tmp_path])
    assert outcome.record is not None and outcome.record.document.symbol == "A/99/1"


def test_a_mixed_file_is_read_in_one_language_and_says_so(tmp_path: Path) -> None:
    chinese = (
        "回顾其关于阅览室的第 98/3 号决议，关切地注意到许多村庄没有图书馆，请秘书长提出报告。\n\n"
    )
    english = "Recalling its resolution 98/4 on the reading rooms of the villages of the world,\n\n"
    path = tmp_path / "mixed.txt"
    path.write_text("大会，\n\n" + chinese * 30 + english * 12, encoding="utf-8")
    (outcome,) = extract_paths([path])
    assert outcome.record is not None and outcome.record.language == "zh"
    (note,) = outcome.notes
    assert "read as zh" in note and "in en are not" in note
    (seen,) = [u for u in outcome.record.unresolved if "language" in u.reason]
    assert outcome.text[seen.start : seen.end] == seen.text
    with Store.in_memory() as store:
        assert build([path], store=store).notes == (note,)


def test_two_language_versions_meet_in_one_work(tmp_path: Path) -> None:
    (tmp_path / "A_RES_98_3.zh.txt").write_text(
        "大会，\n\n回顾其第 70/1 号决议，\n\n1. 促请会员国读书。\n", encoding="utf-8"
    )
    (tmp_path / "A_RES_98_3.en.txt").write_text(
        "The General Assembly,\n\nRecalling its resolution 70/1,\n\n"
        "1. Calls upon Member States to read.\n",
        encoding="utf-8",
    )
    with Store.in_memory() as store:
        report = build([tmp_path], store=store)
        assert report.done == 2 and not report.errors
        assert count(store, "Citation") == 1
        assert {graph.split("/")[3] for graph in store.graphs()} >= {"en", "zh"}


def test_a_store_below_the_folder_is_no_document(folder: Path) -> None:
    before = [outcome.path for outcome in extract_paths([folder])]
    with Store.open(folder / "unkg-store"):
        pass
    assert [outcome.path for outcome in extract_paths([folder])] == before
