"""The document a person means by a path or a symbol, with as much of its text as there is."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.cli.reading import held_of, read_of
from kg.demo import sample_paths
from kg.errors import StoreError
from kg.ingest import build
from kg.store import Store
from kg.vocab import UNKG


def test_a_store_knows_where_its_file_was(tmp_path: Path) -> None:
    sample = sample_paths()[0]
    folder = tmp_path / "reports" / "deep"
    folder.mkdir(parents=True)
    file = folder / sample.name
    file.write_bytes(sample.read_bytes())
    where = tmp_path / "store"
    with Store.open(where) as store:
        build([tmp_path / "reports"], store=store, base=store.base)
    whole = held_of(where, "a/97/512")
    assert whole.gaps == ()
    assert whole.text == read_of(sample).text
    file.write_text("something else")
    kept = held_of(where, "A/97/512")
    assert (kept.text, kept.gaps, kept.record) == (whole.text, (), whole.record)
    forget_text(where)
    assert held_of(where, "A/97/512").gaps, "a store of an earlier version keeps quotations"
    assert held_of(where, "A/97/512").record == whole.record
    (tmp_path / "kept" / "deep").mkdir(parents=True)
    (tmp_path / "kept" / "deep" / sample.name).write_bytes(sample.read_bytes())
    assert held_of(where, "A/97/512", files=tmp_path / "kept").gaps == ()
    with pytest.raises(StoreError, match="not in this store"):
        held_of(where, "A/97/512", language="fr")


def forget_text(where: Path) -> None:
    """Take the whole texts out of a store, as one of an earlier version has none."""
    with Store.open(where) as store:
        for graph in store.graphs():
            quads = list(store.quads(graph))
            kept = [quad for quad in quads if quad.predicate.value != UNKG.text]
            assert len(kept) == len(quads) - 1
            store.put(graph, kept)


def test_the_command_writes_a_page_of_a_file_or_of_a_stored_document(tmp_path: Path) -> None:
    sample, where = sample_paths()[0], tmp_path / "store"
    with Store.open(where) as store:
        build([sample], store=store, base=store.base)
    run = CliRunner().invoke
    for name, more in ((str(sample), []), ("A/97/512", ["--store", str(where)])):
        page = tmp_path / "page.html"
        done = run(app, ["view", "document", name, "-o", str(page), "--words", "fr", *more])
        assert done.exit_code == 0, done.output
        html = page.read_text(encoding="utf-8")
        assert '<html lang="fr"' in html
        assert "Third Committee" in html
        page.unlink()
