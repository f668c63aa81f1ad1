"""Exports: each is read back by the tool it is for, and says what the store says."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import warnings
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import networkx as nx
import pyarrow as pa
import pyarrow.csv
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest
import rdflib

from kg.errors import StoreError
from kg.export import export, rdf
from kg.export.markup import write_gexf, write_graphml
from kg.export.parquet import write_parquet
from kg.export.rows import write_csv, write_neo4j
from kg.export.statements import write_statements
from kg.export.tables import Network, Table, from_graph
from kg.store import Store
from kg.store.graphs import AUTHORITY_GRAPH, ONTOLOGY_GRAPH
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


def test_json_ld_asks_for_no_context(store: Store) -> None:
    written = json.loads(rdf(store, format="jsonld"))
    assert {entry["@id"] for entry in written} == set(store.graphs())
    assert all("@context" not in json.dumps(entry) for entry in written)


def test_graphs_and_their_statements_are_in_order(store: Store) -> None:
    lines = rdf(store, format="nq").splitlines()
    names = [line.split()[-2].decode() for line in lines]
    assert names == sorted(names) and len(set(names)) == 2
    assert all(a < b for a, b in pairwise(lines) if a.split()[-2] == b.split()[-2])


def test_turtle_is_the_same_however_little_is_sorted_at_once(store: Store) -> None:
    whole, parts = io.BytesIO(), io.BytesIO()
    count = write_statements(store, store.graphs(), whole, format="ttl")
    assert write_statements(store, store.graphs(), parts, format="ttl", run=50) == count
    assert parts.getvalue() == whole.getvalue()
    assert count == len(triples_of(store)) < len(store)


def test_all_graphs_hold_what_labels_need(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "all.nq", format="nq", all_graphs=True)
    graphs = {q.graph_name.value for q in ox.parse(path=str(tmp_path / "all.nq"))}  # type: ignore[union-attr]
    assert graphs == {*store.graphs(), ONTOLOGY_GRAPH, AUTHORITY_GRAPH}


FORMATS = ("nq", "trig", "ttl", "jsonld", "graphml", "gexf", "csv", "parquet", "neo4j")


def test_the_same_store_gives_the_same_bytes(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from kg.export import export;"
        "from kg.store import Store;"
        "from tests import sample_record; from kg.triples import quads;"
        "s = Store.in_memory(); q = list(quads(sample_record.report()));"
        "s.put(q[0].graph_name.value, q);"
        f"[export(s, Path(sys.argv[1]) / ('x.' + f), format=f, network=n) for f in {FORMATS!r}"
        " for n in ('cosponsors', 'citations', 'sponsorships')]"
    )
    folders = [tmp_path / name for name in "ab"]
    for folder in folders:
        folder.mkdir()
        subprocess.run([sys.executable, "-c", code, str(folder)], check=True)
    found = [
        {
            file.relative_to(folder): file.read_bytes()
            for file in folder.rglob("*.*")
            if file.is_file()
        }
        for folder in folders
    ]
    assert found[0] == found[1] and len(found[0]) == len(FORMATS) + 3


SCRIPTS = ("Rights", "Derechos ñ", "Права", "الحقوق", "人权", "Droits «é»")
HOSTILE = 'a "b" & <c/>\r\n\td; e|f, \\ \u2028 \U0001f54a'


def hostile(kind: type[nx.Graph[str]]) -> nx.Graph[str]:
    """A graph with everything that a notation may stumble over."""
    graph = kind()
    for number, words in enumerate(SCRIPTS):
        graph.add_node(
            f"https://undocs.org/{words}?a=1&b=2",
            label=words,
            title=f"{words} {HOSTILE}",
            year=None if number % 2 else 2000 + number,
            share=number / 3,
            held=number % 2 == 0,
            drafts=[words, HOSTILE, ""] if number else [],
        )
    nodes = list(graph)
    for number, (a, b) in enumerate(pairwise(nodes)):
        facts = {"weight": number, "quote": "" if number else None, "clause": "takesNoteOf"}
        graph.add_edge(a, b, **facts, seen=[HOSTILE] * number)
        if graph.is_multigraph():
            graph.add_edge(a, b, **facts | {"quote": HOSTILE}, seen=[])
    return graph


KINDS = (nx.Graph, nx.DiGraph, nx.MultiDiGraph)
Facts = dict[str, Any]


def written(network: Network, write: Any) -> io.BytesIO:
    out = io.BytesIO()
    write(network, out)
    out.seek(0)
    return out


def said(graph: nx.Graph[str]) -> tuple[dict[str, Facts], list[Any]]:
    """Nodes and edges with what is known of them, lists as JSON."""

    def known(facts: Facts) -> Facts:
        return {
            name: json.dumps(value, ensure_ascii=False) if isinstance(value, list) else value
            for name, value in facts.items()
            if value is not None and name != "id"
        }

    edges = [
        (*((a, b) if graph.is_directed() else sorted((a, b))), known(facts))
        for a, b, facts in graph.edges(data=True)
    ]
    return {n: known(f) for n, f in graph.nodes(data=True)}, sorted(edges, key=str)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("write", "read"), [(write_graphml, nx.read_graphml), (write_gexf, nx.read_gexf)]
)
def test_markup_is_read_back_with_all_attributes(kind: Any, write: Any, read: Any) -> None:
    graph = hostile(kind)
    network = from_graph(graph, nodes_are="kind", edges_are="clause")
    found = read(written(network, write))
    assert said(found) == said(graph)
    assert found.is_directed() == graph.is_directed()
    for _, facts in found.nodes(data=True):
        assert {type(facts[name]) for name in ("share", "held", "label")} == {float, bool, str}
        assert type(facts.get("year", 1)) is int


def test_what_xml_cannot_hold_is_replaced() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", title="page\x0cbreak\x00")
    network = from_graph(graph, nodes_are="kind", edges_are="clause")
    for write, read in ((write_graphml, nx.read_graphml), (write_gexf, nx.read_gexf)):
        assert read(written(network, write)).nodes["a"]["title"] == "page\ufffdbreak\ufffd"


def cells(table: Table) -> list[list[Any]]:
    """The rows of a table, lists as JSON."""
    return [
        [json.dumps(c, ensure_ascii=False) if isinstance(c, list) else c for c in row]
        for row in table.rows()
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_csv_tells_empty_from_unknown(kind: Any) -> None:
    network = from_graph(hostile(kind), nodes_are="kind", edges_are="clause")
    types = {"text": pa.string(), "whole": pa.int64(), "number": pa.float64(), "truth": pa.bool_()}
    for table in (network.nodes, network.edges):
        read = pyarrow.csv.read_csv(
            written(table, write_csv),  # type: ignore[arg-type]
            parse_options=pyarrow.csv.ParseOptions(newlines_in_values=True),
            convert_options=pyarrow.csv.ConvertOptions(
                strings_can_be_null=True,
                quoted_strings_can_be_null=False,
                null_values=[""],
                column_types={n: types.get(k, pa.string()) for n, k in table.columns.items()},
            ),
        )
        assert [list(row.values()) for row in read.to_pylist()] == cells(table)
        # The plain reader of the standard library sees the same texts.
        text = written(table, write_csv).read().decode()  # type: ignore[arg-type]
        plain = list(csv.reader(io.StringIO(text, newline="")))
        assert [row[0] for row in plain[1:]] == [row[0] for row in table.rows()]


@pytest.mark.parametrize("kind", KINDS)
def test_parquet_keeps_types_and_lists(kind: Any) -> None:
    network = from_graph(hostile(kind), nodes_are="kind", edges_are="clause")
    for table in (network.nodes, network.edges):
        read = pq.read_table(written(table, write_parquet))  # type: ignore[arg-type]
        assert [tuple(row.values()) for row in read.to_pylist()] == list(table.rows())
    assert str(read.schema.field("weight").type) == "int64"
    assert read.schema.field("seen").type == pa.list_(pa.string())


def test_parquet_says_what_to_install(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(StoreError, match=r'pip install "unkg\[parquet\]"'):
        export(store, tmp_path / "x.parquet", format="parquet")
    assert list(tmp_path.iterdir()) == []


def neo4j_value(text: str, kind: str) -> Any:
    """A cell as Neo4j's importer takes it."""
    if kind.endswith("[]"):
        return text.split("|") if text else None
    return {"long": int, "double": float, "boolean": "true".__eq__}.get(kind, str)(text)  # type: ignore[operator]


def test_neo4j_files_have_the_importer_s_headers(store: Store, tmp_path: Path) -> None:
    done = export(store, tmp_path / "neo", format="neo4j", network="cosponsors")
    assert [file.name for file in done.files] == ["nodes.csv", "relationships.csv"]
    nodes, edges = (
        [*csv.DictReader(io.StringIO(file.read_bytes().decode(), newline=""))]
        for file in done.files
    )
    assert {"iri:ID", ":LABEL", "drafts:string[]"} <= set(nodes[0])
    assert {":START_ID", ":END_ID", ":TYPE", "weight:long", "jaccard:double"} <= set(edges[0])
    ids = {node["iri:ID"] for node in nodes}
    assert len(ids) == len(nodes) == done.counts["nodes"] and len(edges) == done.counts["edges"]
    assert {edge[end] for edge in edges for end in (":START_ID", ":END_ID")} <= ids
    assert {edge[":TYPE"] for edge in edges} == {"CO_SPONSORS"}
    assert "neo4j-admin database import full" in done.next_step


@pytest.mark.parametrize("kind", KINDS)
def test_neo4j_files_are_read_back(kind: Any) -> None:
    network = from_graph(hostile(kind), nodes_are="kind", edges_are="clause")
    files = io.BytesIO(), io.BytesIO()
    write_neo4j(network, *files)
    for file, table, skip in zip(files, (network.nodes, network.edges), (2, 3), strict=True):
        text = file.getvalue().decode()
        head, *rows = csv.reader(io.StringIO(text, newline=""))
        kinds = [name.rsplit(":", 1)[1] for name in head[skip:]]
        assert [name.rsplit(":", 1)[0] for name in head[skip:]] == list(table.columns)[skip - 1 :]
        for row, wanted in zip(rows, table.rows(), strict=True):
            for cell, kind_, value in zip(row[skip:], kinds, wanted[skip - 1 :], strict=True):
                if isinstance(value, list):
                    value = [item.replace("|", "\N{BROKEN BAR}") for item in value]
                found = neo4j_value(cell, kind_) if cell else None
                assert found == (None if value in ("", []) else value)
    assert {row[2] for row in rows} == {"TAKES_NOTE_OF"}


def test_sponsorships_lead_from_states_to_drafts(store: Store, tmp_path: Path) -> None:
    done = export(store, tmp_path / "s.parquet", format="parquet", network="sponsorships")
    edges, nodes = (pq.read_table(file).to_pylist() for file in done.files)
    kinds = {node["id"]: node["kind"] for node in nodes}
    assert {(kinds[e["source"]], kinds[e["target"]]) for e in edges} == {("state", "draft")}
    assert {edge["tier"] for edge in edges} == {"submitted", "joined"}


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
        for format in FORMATS:
            export(store, tmp_path / f"out.{format}", format=format)  # type: ignore[arg-type]
    assert nx.read_graphml(tmp_path / "out.graphml").number_of_nodes() == 0


def test_what_cannot_be_written_is_said(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no such export format"):
        export(store, tmp_path / "x", format="xlsx")  # type: ignore[arg-type]
    with pytest.raises(StoreError, match="no such network"):
        export(store, tmp_path / "x", format="csv", network="votes")  # type: ignore[arg-type]
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="name a new folder"):
        export(store, tmp_path / "file", format="neo4j")
    with pytest.raises(StoreError, match="cannot be written"):
        export(store, tmp_path / "none" / "x.nq", format="nq")
