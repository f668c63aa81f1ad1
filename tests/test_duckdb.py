"""DuckDB over the Parquet edges that are exported (optional: ``pip install duckdb``)."""

from __future__ import annotations

from pathlib import Path

import pytest
from duckdb_edges import asked, counted, write

from kg.analyse.cosponsors import ranking
from kg.demo import sample_paths
from kg.export import export
from kg.ingest import build
from kg.iri import state_iri
from kg.store import Store

pytest.importorskip("duckdb")
pytest.importorskip("pyarrow")


def test_co_sponsors_of_a_generated_corpus_are_those_that_python_counts(tmp_path: Path) -> None:
    rows = write(tmp_path, scale=0.002, seed=3)
    assert len(rows) > 2000
    for state in ("KEN", "FRA"):
        found = asked(tmp_path, state)
        assert found == counted(rows, state) and len(found) > 20


def test_co_sponsors_of_an_export_are_those_of_the_store(tmp_path: Path) -> None:
    with Store.open(tmp_path / "store") as store:
        build(sample_paths(), store=store)
        file = tmp_path / "sponsorships.parquet"
        export(store, file, format="parquet", network="sponsorships")
        expected = {state_iri(row["code"]): row["drafts"] for row in ranking(store, "KEN")}
    found = asked(tmp_path, "KEN")
    assert dict(found) == expected and len(found) > 2
