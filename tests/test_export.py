"""Exports: each is read back by the tool it is for, and says what the store says."""

from __future__ import annotations

import csv
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import networkx as nx
import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import StoreError
from kg.export import export, rdf
from kg.store import Store
from kg.triples import quads
from tests import sample_record


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    hostile = "</node>\x0c<b>&\u202e\x00"
    with Store.in_memory() as made:
        for language in ("en", "zh"):
            record = sample_record.report(language)
            title = replace(record.document, title=hostile)
            found = list(quads(replace(record, document=title)))
            made.put(found[0].graph_name.value, found)  # type: ignore[union-attr]
        yield made


def triples_of(store: Store) -> set[ox.Triple]:
    return {quad.triple for quad in store.quads()}


@pytest.mark.parametrize("format", ["nq", "trig", "ttl", "jsonld"])
def test_rdf_is_read_back_without_loss(store: Store, tmp_path: Path, format: Any) -> None:
    written = export(store, tmp_path / f"out.{format}", format=format)
    kind = ox.RdfFormat.JSON_LD if format == "jsonld" else None
    found = list(ox.parse(path=str(written.files[0]), format=kind))
    assert {quad.triple for quad in found} == triples_of(store)
    if format != "ttl":
        assert set(found) == set(store.quads())


@pytest.mark.parametrize(
    ("format", "name"), [("trig", "trig"), ("nq", "nquads"), ("jsonld", "json-ld")]
)
def test_rdflib_reads_the_same_graphs(store: Store, format: str, name: str) -> None:
    dataset = rdflib.Dataset()
    with warnings.catch_warnings():
        # RDFLib's parsers use a name of its own that it has deprecated.
        warnings.simplefilter("ignore", DeprecationWarning)
        dataset.parse(data=rdf(store, format=format), format=name)
    sizes = {str(g.identifier): len(g) for g in dataset.graphs() if len(g)}
    assert sizes == {graph: len(list(store.quads(graph))) for graph in store.graphs()}


@pytest.mark.parametrize("format", ["nq", "trig", "ttl", "jsonld", "graphml", "gexf", "csv"])
def test_the_same_store_gives_the_same_bytes(tmp_path: Path, format: str) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.export import export;"
        "from kg.store import Store;"
        "from tests import sample_record; from kg.triples import quads;"
        "s = Store.in_memory(); q = list(quads(sample_record.report()));"
        "s.put(q[0].graph_name.value, q);"
        f"export(s, Path(sys.argv[1]), format={format!r})"
    )
    names = [tmp_path / f"{n}.{format}" for n in "ab"]
    for name in names:
        subprocess.run([sys.executable, "-c", code, str(name)], check=True)
    assert names[0].read_bytes() == names[1].read_bytes()


def test_graphml_and_gexf_are_read_back(store: Store, tmp_path: Path) -> None:
    for format, read in (("graphml", nx.read_graphml), ("gexf", nx.read_gexf)):
        for network in ("citations", "cosponsors"):
            path = tmp_path / f"{network}.{format}"
            written = export(store, path, format=format, network=network)  # type: ignore[arg-type]
            graph = read(path)
            counts = {"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges()}
            assert counts == written.counts and counts["edges"] > 5
    graph = nx.read_graphml(tmp_path / "citations.graphml")
    report = f"https://undocs.org/{sample_record.SYMBOL}"
    assert graph.nodes[report]["title"].startswith("</node>\N{REPLACEMENT CHARACTER}<b>&")


def test_csv_is_two_tables(store: Store, tmp_path: Path) -> None:
    written = export(store, tmp_path / "net.csv", format="csv")
    edges, nodes = (
        [*csv.DictReader(path.read_text(encoding="utf-8").splitlines())] for path in written.files
    )
    assert [path.name for path in written.files] == ["net.csv", "net-nodes.csv"]
    assert (len(nodes), len(edges)) == (written.counts["nodes"], written.counts["edges"])
    assert {edge["source"] for edge in edges} <= {node["id"] for node in nodes}
    assert "reaffirms" in {edge["clause"] for edge in edges}


def test_an_empty_store_exports(tmp_path: Path) -> None:
    with Store.in_memory() as store:
        for format in ("nq", "trig", "ttl", "jsonld", "graphml", "gexf", "csv"):
            export(store, tmp_path / f"out.{format}", format=format)  # type: ignore[arg-type]
    assert nx.read_graphml(tmp_path / "out.graphml").number_of_nodes() == 0


def test_what_cannot_be_written_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such export format"):
        export(store, tmp_path / "x", format="xlsx")  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="cannot be written"):
        export(store, tmp_path / "none" / "x.nq", format="nq")
