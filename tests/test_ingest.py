"""Building again: what is unchanged is not read, what changed is replaced, what is gone removed."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from kg import batch, ledger, pipeline
from kg.demo import sample_paths
from kg.errors import StoreError
from kg.ingest import FileReport, build
from kg.ledger import Ledger
from kg.store import Change, Content, Store
from kg.workers import Limits


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    documents = tmp_path / "documents"
    documents.mkdir()
    for path in sample_paths():
        shutil.copy(path, documents)
        # A file that was written just now may be written again within the clock's grain.
        os.utime(documents / path.name, ns=(10**18, 10**18))
    return documents


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that were read."""
    found: list[str] = []
    real = pipeline.outcome_of

    def noted(task: pipeline.Task) -> pipeline.Outcome:
        found.append(task.name)
        return real(task)

    monkeypatch.setattr(pipeline, "outcome_of", noted)
    return found


def test_unchanged_files_are_not_read_again(folder: Path, tmp_path: Path, reads: list[str]) -> None:
    names = sorted(path.name for path in sample_paths())
    with Store.open(tmp_path / "store") as store:
        assert sorted(build([folder], store=store).added) == names
        before = store.nquads()
    assert sorted(reads) == names
    with Store.open(tmp_path / "store") as store:
        assert sorted(build([folder], store=store).unchanged) == names
        assert store.nquads() == before
    assert sorted(reads) == names, "nothing was read the second time"


def test_a_touched_file_with_the_same_bytes_is_not_read(
    folder: Path, tmp_path: Path, reads: list[str]
) -> None:
    with Store.open(tmp_path / "store") as store:
        build([folder], store=store)
        reads.clear()
        os.utime(folder / sample_paths()[0].name)
        assert len(build([folder], store=store).unchanged) == 2
    assert reads == []


def test_a_changed_file_replaces_its_graph(folder: Path, tmp_path: Path, reads: list[str]) -> None:
    changed = folder / "A_97_512.en.txt"
    with Store.open(tmp_path / "store") as store:
        build([folder], store=store)
        reads.clear()
        changed.write_text(changed.read_text().replace("Kenya", "Ghana"))
        report = build([folder], store=store)
    assert (report.replaced, report.unchanged) == ((changed.name,), ("A_98_447.zh.txt",))
    assert reads == [changed.name]


def test_a_changed_symbol_leaves_no_old_graph(folder: Path, tmp_path: Path) -> None:
    changed = folder / "A_97_512.en.txt"
    with Store.open(tmp_path / "store") as store:
        build([folder], store=store)
        changed.write_text(changed.read_text().replace("A/97/512", "A/97/513"))
        build([folder], store=store)
        assert store.graphs() == (
            "https://undocs.org/en/A/97/513",
            "https://undocs.org/zh/A/98/447",
        )


def test_a_graph_goes_when_another_comes(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = folder / "A_97_512.en.txt"
    seen: list[tuple[str, ...]] = []
    real = Store.put_many

    def noted(store: Store, contents: Sequence[Content]) -> tuple[Change, ...]:
        found = real(store, contents)
        seen.append(store.graphs())
        return found

    with Store.open(tmp_path / "store") as store:
        build([folder], store=store)
        both = store.graphs()
        changed.write_text(changed.read_text().replace("A/97/512", "A/97/513"))
        monkeypatch.setattr(Store, "put_many", noted)
        monkeypatch.setattr(Store, "remove", lambda *_: pytest.fail("removed on its own"))
        assert build([folder], store=store).replaced == (changed.name,)
    assert seen[0] == tuple(name.replace("A/97/512", "A/97/513") for name in both)


def test_what_could_not_be_stored_is_not_noted(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("no room")

    told: list[FileReport] = []
    with Store.open(tmp_path / "store") as store:
        with monkeypatch.context() as patch:
            patch.setattr(Store, "put_many", fail)
            with pytest.raises(StoreError, match="no room"):
                build([folder], store=store, told=told.append)
        with Ledger(store.directory) as ledger:
            assert not list(ledger.below(str(folder)))
        assert not told
        assert len(build([folder], store=store).added) == 2


def test_documents_are_stored_while_others_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "documents"
    folder.mkdir()
    text = sample_paths()[0].read_text(encoding="utf-8")
    for number in range(6):
        symbol = sample_paths()[0].name.split(".")[0].replace("_", "/")
        (folder / f"{number}.txt").write_text(text.replace(symbol, f"A/90/{number}"), "utf-8")
    monkeypatch.setattr(batch, "BYTES", 1)
    order: list[str] = []
    with Store.in_memory() as store:
        build([folder], store=store, told=lambda file: order.append(Path(file.path).name))
        assert order == sorted(order) and len(store.graphs()) == 6
        expected = store.nquads()
    monkeypatch.setattr(batch, "BYTES", 2**30)
    with Store.in_memory() as other:
        build([folder], store=other, jobs=2)
        assert other.nquads() == expected


def test_a_file_that_is_gone_is_removed(folder: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        build([folder], store=store)
        (folder / "A_97_512.en.txt").unlink()
        report = build([folder], store=store)
        assert report.removed == ("A_97_512.en.txt",)
        assert store.graphs() == ("https://undocs.org/zh/A/98/447",)
        assert not build([folder], store=store).removed


def test_files_elsewhere_are_left_alone(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (folder / "A_97_512.en.txt").rename(other / "A_97_512.en.txt")
    with Store.open(tmp_path / "store") as store:
        build([folder, other], store=store)
        (other / "A_97_512.en.txt").unlink()
        assert not build([folder], store=store).removed
        assert len(store.graphs()) == 2


def test_a_removed_document_is_read_again(folder: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        build([folder], store=store)
        store.remove("https://undocs.org/en/A/97/512")
        assert build([folder], store=store).added == ("A_97_512.en.txt",)


def test_new_tables_have_everything_read_again(
    folder: Path, tmp_path: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with Store.open(tmp_path / "store") as store:
        build([folder], store=store)
        reads.clear()
        monkeypatch.setattr(ledger, "_program", lambda: "another edition")
        assert len(build([folder], store=store).unchanged) == 2
    assert len(reads) == 2


def test_a_bad_file_is_named_each_time_and_read_once(
    folder: Path, tmp_path: Path, reads: list[str]
) -> None:
    bad = folder / "bad.pdf"
    bad.write_bytes(b"no pdf at all")
    os.utime(bad, ns=(10**18, 10**18))
    with Store.open(tmp_path / "store") as store:
        first, second = build([folder], store=store), build([folder], store=store)
    assert str(first.errors[0]) == str(second.errors[0])
    assert str(bad) in str(first.errors[0])
    assert reads.count("bad.pdf") == 1


def test_a_broken_ledger_costs_only_reading(folder: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        build([folder], store=store)
    (tmp_path / "store" / ledger.FILE).write_bytes(b"torn" * 1000)
    for beside in (tmp_path / "store").glob(f"{ledger.FILE}-*"):
        beside.unlink()
    with Store.open(tmp_path / "store") as store:
        assert len(build([folder], store=store).unchanged) == 2
    with sqlite3.connect(tmp_path / "store" / ledger.FILE) as table:
        assert table.execute("SELECT count(*) FROM inputs").fetchone() == (2,)
    table.close()


def test_a_copy_of_the_folder_claims_nothing(folder: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    with Store.open(tmp_path / "store") as store:
        build([folder], store=store)
        assert len(build([copy], store=store).unchanged) == 2
        changed = copy / "A_97_512.en.txt"
        changed.write_text(changed.read_text().replace("Kenya", "Ghana"))
        report = build([copy], store=store)
        assert str(folder / changed.name) in str(report.errors[0])
        shutil.rmtree(folder)
        assert build([copy], store=store).replaced == (changed.name,)


def test_other_processes_make_the_same_store(folder: Path, tmp_path: Path) -> None:
    told: list[FileReport] = []
    with Store.in_memory() as plain, Store.open(tmp_path / "store") as store:
        build([folder], store=plain)
        build([folder], store=store, jobs=2, limits=Limits(), told=told.append)
        assert store.nquads() == plain.nquads()
    assert [file.change for file in told] == ["added", "added"]
    assert all(file.seconds > 0 and file.bytes > 0 and file.statements > 100 for file in told)


def test_a_file_that_takes_too_long_is_tried_again(folder: Path, tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        hurried = build([folder], store=store, limits=Limits(seconds=0.001))
        assert "not read within" in str(hurried.errors[0])
        assert len(build([folder], store=store).added) == 2


def test_a_document_that_states_too_much_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "MAX_STATED", 70_000)
    with Store.open(tmp_path / "store") as store:
        report = build([folder], store=store)
        assert "split it" in str(report.errors[0])
        assert len(report.errors) + len(report.added) == 2
        assert len(store.graphs()) == len(report.added)
        assert str(build([folder], store=store).errors[0]) == str(report.errors[0])


def test_what_is_noted_together_is_kept_when_telling_fails(folder: Path, tmp_path: Path) -> None:
    def fail(_: FileReport) -> None:
        raise OSError("no room for the report")

    with Store.open(tmp_path / "store") as store:
        with pytest.raises(OSError, match="no room"):
            build([folder], store=store, told=fail)
        assert len(store.graphs()) == 2, "stored all the same"
        assert build([folder], store=store).done == 2
