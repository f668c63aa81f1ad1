"""The SPARQL 1.1 Protocol: how a query comes, what is sent back, what is refused and how."""

from __future__ import annotations

import io
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import httpx
import pyoxigraph as ox
import pytest
import rdflib

from tests.serve.conftest import DATA, ROOT

# RDFLib's reader of JSON-LD warns of itself.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
RUNNER = ROOT.parent / "shared" / "score" / "w3c_protocol.py"
CITES = "SELECT ?s ?o { ?s <https://w3id.org/unkg/ontology#cites> ?o } ORDER BY ?s ?o"
FORM = "application/x-www-form-urlencoded"


def test_w3c_protocol_read_only(reader: httpx.Client) -> None:
    if not RUNNER.is_file():
        pytest.skip(f"no W3C protocol tests at {RUNNER}")
    url = str(reader.base_url.join("/sparql"))
    done = subprocess.run(
        [sys.executable, RUNNER, url, "none"], capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines()[-1:] == ["20 passed, 0 failed, 14 skipped"], done.stdout


def test_three_ways_to_ask(reader: httpx.Client) -> None:
    ways = [
        reader.get("/sparql", params={"query": CITES}),
        reader.get("/sparql/", params={"query": CITES}),
        reader.post("/sparql", data={"query": CITES}),
        reader.post(
            "/sparql",
            content=CITES.encode(),
            headers={"content-type": "application/sparql-query; charset=UTF-8"},
        ),
    ]
    assert [way.status_code for way in ways] == [200] * 4
    assert len(ways[0].json()["results"]["bindings"]) > 5
    assert len({way.text for way in ways}) == 1


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
         "application/sparql-results+xml"),
        ("text/csv", "text/csv; charset=utf-8"),
        ("TEXT/CSV;q=0.3, text/tab-separated-values;q=0.4",
         "text/tab-separated-values; charset=utf-8"),
        ("text/*", "text/csv; charset=utf-8"),
        ("application/sparql-results+json;q=0, */*;q=0.1", "application/sparql-results+xml"),
    ],
)  # fmt: skip
def test_rows_in_the_format_asked_for(reader: httpx.Client, accept: str | None, kind: str) -> None:
    answer = reader.get("/sparql", params={"query": CITES}, headers={"accept": accept or ""})
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    assert "accept" in answer.headers["vary"]


VALUES = """SELECT ?a ?b ?c ?d { VALUES (?a ?b ?c) {
  ("quote \\" comma, <tag> & line\\nend\\ttab" "x"@fr 1)
  (UNDEF <https://undocs.org/A/RES/70/1> "2015-09-25"^^<http://www.w3.org/2001/XMLSchema#date>)
  ("回顾" true 1.5) ("\\r" "x"^^<a:b> <<( <a:b> <a:c> "t"@en )>>) } }"""


@pytest.mark.parametrize(("name", "suffix"), [("json", "srj"), ("xml", "srx"), ("tsv", "tsv")])
def test_rows_read_back_as_they_were(reader: httpx.Client, name: str, suffix: str) -> None:
    query = VALUES if name == "json" else VALUES.replace('<<( <a:b> <a:c> "t"@en )>>', "1")
    answer = reader.get("/sparql", params={"query": query, "format": name})
    format = ox.QueryResultsFormat.from_extension(suffix)
    read = ox.parse_query_results(answer.content, format=format)
    expected = ox.Store().query(query)
    assert isinstance(read, ox.QuerySolutions) and isinstance(expected, ox.QuerySolutions)
    assert [v.value for v in read.variables] == [v.value for v in expected.variables]
    assert [tuple(row) for row in read] == [tuple(row) for row in expected]


def test_csv_is_what_the_engine_itself_writes(reader: httpx.Client) -> None:
    query = VALUES.replace('<<( <a:b> <a:c> "t"@en )>>', "1")
    answer = reader.get("/sparql", params={"query": query, "output": "csv"})
    expected = ox.Store().query(query).serialize(format=ox.QueryResultsFormat.CSV)  # type: ignore[union-attr]
    theirs = expected.replace(b'"quote', b'"quote')
    assert answer.content.replace(b"\r\n", b"\n") == theirs.replace(b"\r\n", b"\n")


def test_what_xml_cannot_hold_does_not_break_it(reader: httpx.Client) -> None:
    query = 'SELECT ("a\\u0007b]]>" AS ?x) {}'
    answer = reader.get("/sparql", params={"query": query, "format": "xml"})
    assert "a\ufffdb]]>" in "".join(ElementTree.fromstring(answer.text).itertext())


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("truth", [True, False])
def test_ask_in_each_format(reader: httpx.Client, name: str, truth: bool) -> None:
    query = f"ASK {{ FILTER({str(truth).lower()}) }}"
    answer = reader.get("/sparql", params={"query": query, "format": name})
    assert str(truth).lower() in answer.text
    if name == "json":
        assert answer.json() == {"head": {}, "boolean": truth}
    if name == "xml":
        read = ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.XML)
        assert bool(read) is truth


@pytest.mark.parametrize(
    ("accept", "kind", "parser"),
    [
        ("*/*", "text/turtle; charset=utf-8", "turtle"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/json", "application/ld+json", "json-ld"),
    ],
)
def test_graphs_in_the_format_asked_for(
    reader: httpx.Client, accept: str, kind: str, parser: str
) -> None:
    query = "CONSTRUCT WHERE { ?s <https://w3id.org/unkg/ontology#cites> ?o }"
    answer = reader.get("/sparql", params={"query": query}, headers={"accept": accept})
    assert (answer.status_code, answer.headers["content-type"]) == (200, kind)
    rows = reader.get("/sparql", params={"query": CITES}).json()["results"]["bindings"]
    pairs = {(row["s"]["value"], row["o"]["value"]) for row in rows}
    read = rdflib.Graph().parse(io.BytesIO(answer.content), format=parser)
    assert {(str(s), str(o)) for s, _, o in read} == pairs


def test_describe_gives_a_graph(reader: httpx.Client) -> None:
    answer = reader.get("/sparql", params={"query": f"DESCRIBE <{DATA.format(1)}>"})
    assert len(rdflib.Graph().parse(data=answer.text, format="turtle")) == 1


DATASETS: list[tuple[str, dict[str, Any], bool]] = [
    ("ASK { <D1> a ?t }", {}, True),
    ("ASK { <D1> a ?t }", {"default-graph-uri": DATA.format(1)}, True),
    ("ASK { <D1> a ?t }", {"default-graph-uri": DATA.format(2)}, False),
    ("ASK { <D1> a ?t }", {"named-graph-uri": DATA.format(1)}, False),
    ("ASK { GRAPH ?g { <D1> a ?t } }", {"named-graph-uri": DATA.format(1)}, True),
    ("ASK { GRAPH ?g { <D1> a ?t } }", {"default-graph-uri": DATA.format(1)}, False),
    ("ASK { <D1> a ?t }", {"default-graph-uri": "http://elsewhere.example/"}, False),
    ("ASK {}", {"default-graph-uri": "http://elsewhere.example/"}, True),
    ("ASK FROM <D1> { <D1> a ?t }", {}, True),
    ("ASK FROM <D2> { <D1> a ?t }", {}, False),
    ("ASK FROM <D2> { <D1> a ?t }", {"default-graph-uri": DATA.format(1)}, True),
    ("ASK FROM NAMED <D1> { GRAPH ?g { <D1> a ?t } }", {}, True),
]


@pytest.mark.parametrize(("query", "params", "truth"), DATASETS)
def test_datasets(reader: httpx.Client, query: str, params: dict[str, Any], truth: bool) -> None:
    query = query.replace("<D1>", f"<{DATA.format(1)}>").replace("<D2>", f"<{DATA.format(2)}>")
    for answer in (
        reader.get("/sparql", params={"query": query, **params}),
        reader.post("/sparql", data={"query": query, **params}),
    ):
        assert answer.json()["boolean"] is truth


def test_a_language_version_counts_once(reader: httpx.Client) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?d a <https://w3id.org/unkg/ontology#CommitteeReport> }"
    assert reader.get("/sparql", params={"query": query, "format": "csv"}).text == "n\r\n1\r\n"


REFUSED: list[tuple[int, str, dict[str, Any]]] = [
    (400, "request", {"method": "GET", "params": {"query": ["ASK {}", "ASK {}"]}}),
    (400, "request", {"method": "GET", "params": {"update": "CLEAR ALL"}}),
    (400, "request", {"method": "POST", "data": {"quary": "ASK {}"}}),
    (400, "request", {"method": "POST", "data": {"query": "ASK {}", "update": "CLEAR ALL"}}),
    (400, "request", {"method": "POST", "content": b"query=%FF",
                      "headers": {"content-type": FORM}}),
    (400, "request", {"method": "POST", "content": "ASK { ?s ?p 'é' }".encode("utf-16"),
                      "headers": {"content-type": "application/sparql-query"}}),
    (415, "unsupported-media-type", {"method": "POST", "content": b"ASK {}"}),
    (415, "unsupported-media-type", {"method": "POST", "content": b"ASK {}",
                                     "headers": {"content-type": "text/plain"}}),
    (415, "unsupported-media-type",
     {"method": "POST", "content": b"ASK {}",
      "headers": {"content-type": "application/sparql-query; charset=latin-1"}}),
    (415, "unsupported-media-type",
     {"method": "POST", "content": b"x", "headers": {"content-type": FORM,
                                                     "content-encoding": "gzip"}}),
    (405, "method", {"method": "PUT", "params": {"query": "ASK {}"}}),
    (405, "method", {"method": "DELETE"}),
    (406, "not-acceptable", {"method": "GET", "params": {"query": "ASK {}"},
                             "headers": {"accept": "image/png"}}),
    (406, "not-acceptable", {"method": "GET", "params": {"query": CITES},
                             "headers": {"accept": "text/turtle"}}),
    (406, "not-acceptable", {"method": "GET", "params": {"query": "ASK {}", "format": "xlsx"}}),
    (400, "syntax", {"method": "GET", "params": {"query": "SELECT ?s { ?s ?p }"}}),
    (400, "syntax", {"method": "GET", "params": {"query": "CLEAR ALL"}}),
    (400, "refused", {"method": "GET", "params": {"query": "ASK {" + " " * 1_000_000 + "}"}}),
    (403, "read-only", {"method": "POST", "data": {"update": "CLEAR ALL"}}),
]  # fmt: skip


@pytest.mark.parametrize(("status", "error", "request_"), REFUSED)
def test_what_is_refused_is_told_apart(
    reader: httpx.Client, status: int, error: str, request_: dict[str, Any]
) -> None:
    if len(str(request_)) > 100_000:
        request_ = {"method": "POST", "data": request_["params"]}
    answer = reader.request(url="/sparql", **request_)
    told = answer.json()
    assert (answer.status_code, told["error"]) == (status, error), told
    assert len(told["message"]) > 10
    if status == 405:
        assert "POST" in answer.headers["allow"]


def test_too_large_a_body(reader: httpx.Client) -> None:
    answer = reader.post(
        "/sparql",
        content=b" " * 17_000_000,
        headers={"content-type": "application/sparql-query"},
    )
    assert (answer.status_code, answer.json()["error"]) == (413, "too-large")


def test_a_syntax_error_has_line_column_and_caret(reader: httpx.Client) -> None:
    query = "SELECT ?s {\n  ?s ?p ?o .\n  FILTR(?o)\n}"
    told = reader.get("/sparql", params={"query": query}).json()
    assert (told["error"], told["line"], told["column"]) == ("syntax", 3, 3)
    source, caret = told["caret"].splitlines()
    assert source[caret.index("^") :].startswith("FILTR")
    text = reader.get("/sparql", params={"query": query}, headers={"accept": "text/plain"})
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert "line 3, column 3" in text.text and text.text.rstrip().endswith("^")


def test_head_and_options(reader: httpx.Client) -> None:
    head = reader.head("/sparql", params={"query": CITES})
    full = reader.get("/sparql", params={"query": CITES})
    assert head.status_code == 200 and head.content == b""
    for name in ("content-type", "content-length"):
        assert head.headers[name] == full.headers[name]
    options = reader.options("/sparql")
    assert (options.status_code, options.content) == (204, b"")
    assert set(options.headers["allow"].split(", ")) == {"GET", "HEAD", "POST", "OPTIONS"}


def test_service_description(reader: httpx.Client) -> None:
    sd = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")
    found = {}
    for accept, parser in (("text/turtle", "turtle"), ("application/ld+json", "json-ld")):
        answer = reader.get("/sparql", headers={"accept": accept})
        assert answer.headers["content-type"].startswith(accept)
        found[parser] = set(rdflib.Graph().parse(data=answer.text, format=parser))
    assert found["turtle"] == found["json-ld"]
    graph = rdflib.Graph().parse(data=reader.get("/sparql").text, format="turtle")
    (service,) = graph.subjects(rdflib.RDF.type, sd.Service)
    assert str(graph.value(service, sd.endpoint)) == str(reader.base_url.join("/sparql"))
    assert list(graph.objects(service, sd.supportedLanguage)) == [sd.SPARQL11Query]
    assert len(list(graph.objects(service, sd.resultFormat))) == 8
    assert reader.get("/sparql", headers={"accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv", "turtle", "nt"])
def test_a_result_that_is_cut_says_so(reader: httpx.Client, name: str) -> None:
    what = "SELECT *" if name in ("json", "xml", "csv", "tsv") else "CONSTRUCT { ?s a ?n }"
    pattern = "{ VALUES ?n { 1 2 3 4 5 6 7 8 9 10 } ?s a <T> }"
    query = f"{what} {pattern}".replace("<T>", "<https://w3id.org/unkg/ontology#State>")
    answer = reader.get("/sparql", params={"query": query, "format": name})
    assert answer.headers["x-truncated"] == "rows"
    if name == "json":
        assert answer.json()["truncated"] == {"by": "rows", "limit": 500}
        assert len(answer.json()["results"]["bindings"]) == 500
        read = ox.parse_query_results(answer.content, format=ox.QueryResultsFormat.JSON)
        assert isinstance(read, ox.QuerySolutions) and len(list(read)) == 500
    elif name == "xml":
        assert answer.text.count("<result>") == 500
        assert "truncated" in answer.text and ElementTree.fromstring(answer.text)
    elif name in ("csv", "tsv"):
        assert len(answer.text.splitlines()) == 501
    else:
        assert len(rdflib.Graph().parse(data=answer.text, format=name)) == 500


@pytest.mark.parametrize("name", ["json", "turtle"])
def test_a_result_is_cut_by_bytes_too(reader: httpx.Client, name: str) -> None:
    long = 'CONCAT(STR(?s), "' + "x" * 1000 + '")'
    pattern = f"{{ {{ SELECT ?s {{ ?s a ?c }} LIMIT 400 }} BIND({long} AS ?o) }}"
    what = "SELECT *" if name == "json" else "CONSTRUCT { ?s <a:b> ?o }"
    answer = reader.get("/sparql", params={"query": f"{what} {pattern}", "format": name})
    assert answer.headers["x-truncated"] == "bytes"
    assert 100_000 < len(answer.content) < 260_000
    if name == "json":
        assert json.loads(answer.text)["truncated"]["by"] == "bytes"
    else:
        assert len(rdflib.Graph().parse(data=answer.text, format="turtle")) > 10


def test_a_whole_result_has_no_mark(reader: httpx.Client) -> None:
    answer = reader.get("/sparql", params={"query": "SELECT * { VALUES ?x { 1 2 } }"})
    assert "x-truncated" not in answer.headers and "truncated" not in answer.json()


def when_ready(reader: httpx.Client, path: str) -> httpx.Response:
    """A page, asked for again while a slow machine makes what it is drawn from."""
    for _ in range(60):
        answer = reader.get(path)
        if answer.status_code != 503:
            break
        time.sleep(0.5)
    return answer


def test_start_page_and_unknown_page(reader: httpx.Client) -> None:
    home = when_ready(reader, "/")
    assert home.status_code == 200 and "/sparql" in home.text
    assert reader.get("/nothing").json()["error"] == "not-found"


def test_relative_iris_are_resolved_against_the_endpoint(reader: httpx.Client) -> None:
    answer = reader.get("/sparql", params={"query": "SELECT (<x> AS ?iri) {}", "format": "csv"})
    assert answer.text.splitlines()[1] == str(reader.base_url.join("/x"))


def test_the_store_is_left_as_it_was(filled: Path, reader: httpx.Client) -> None:
    reader.get("/sparql", params={"query": CITES})
    assert {entry.name for entry in filled.iterdir()} <= {
        "store.json", "oxigraph", "snapshots", "writer.lock",
    }  # fmt: skip
