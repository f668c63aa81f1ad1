"""Attempts to make a query reach the network or a file: none succeeds, and each is answered."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from tests.serve.conftest import AUTHORISED

SECRET = "canary-7f3a1c"


class Listener:
    """A server that counts who connects."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/"
        self.visits = 0
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:
                return
            self.visits += 1
            body = f'<urn:{SECRET}> <urn:p> "{SECRET}" .\n'.encode()
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/n-triples\r\nContent-Length: "
            with connection:
                connection.sendall(head + str(len(body)).encode() + b"\r\n\r\n" + body)

    def close(self) -> None:
        self._socket.close()


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


@pytest.fixture(scope="module")
def canary(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("canary") / "canary.nt"
    file.write_text(f'<urn:{SECRET}> <urn:p> "{SECRET}" .\n')
    return file


# U is the address of a listening server, F the canary file.
QUERIES = [
    "SELECT * { SERVICE <U> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <U> { ?s ?p ?o } }",
    "SELECT * { sErViCe <U> { ?s ?p ?o } }",
    "SELECT * { SERVICE<U>{?s?p?o} }",
    "SELECT * { SERVICESILENT<U> { ?s ?p ?o } }",
    "SELECT * { #\nSERVICE #\n<U> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <U> { ?s ?p ?o } }",
    "SELECT * { SERV\\U00000049CE <U> { ?s ?p ?o } }",
    "PREFIX : <U> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "PREFIX ex: <U> SELECT * { SERVICEex:x { ?s ?p ?o } }",
    "PREFIX ex: <U> SELECT * { ?s ?p ex:.SERVICE<U> { ?s ?p ?o } }",
    "PREFIX ex: <U> SELECT * { ?s ?p ex:a.b.SERVICE<U> { ?s ?p ?o } }",
    "PREFIX ex: <U> SELECT * { ?s ?p ex:a.\nSERVICE ex:x { ?s ?p ?o } }",
    "BASE <U> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "SELECT * { VALUES ?u { <U> } SERVICE ?u { ?s ?p ?o } }",
    "SELECT * { ?s a ?t . SERVICE ?s { ?a ?b ?c } }",
    "SELECT * { { SELECT * { { SELECT * { SERVICE <U> { ?s ?p ?o } } } } } }",
    "SELECT * { OPTIONAL { SERVICE <U> { ?s ?p ?o } } }",
    "SELECT * { { } UNION { SERVICE <U> { ?s ?p ?o } } }",
    "SELECT * { ?s ?p ?o MINUS { SERVICE <U> { ?s ?p ?o } } }",
    "SELECT * { GRAPH ?g { SERVICE <U> { ?s ?p ?o } } }",
    "SELECT * { LATERAL { SERVICE <U> { ?s ?p ?o } } }",
    "ASK { FILTER EXISTS { SERVICE <U> { ?s ?p ?o } } }",
    "ASK { FILTER(1 = 2 || NOT EXISTS { SERVICE <U> { ?s ?p ?o } }) }",
    "SELECT (EXISTS { SERVICE <U> { ?s ?p ?o } } AS ?x) {}",
    "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <U> { ?s ?p ?o } }",
    "DESCRIBE ?s { SERVICE <U> { ?s ?p ?o } }",
    # Text that an engine may take for code where the grammar sees a string, or the other way.
    'SELECT * { BIND("\\u0022" AS ?x) SERVICE <U> { ?s ?p ?o } #"""\n }',
    'SELECT * { BIND("\\" SERVICE <U> { ?s ?p ?o } #" AS ?x) }',
    'SELECT * { FILTER(1<2#> """\n) SERVICE <U> { ?s ?p ?o } #"""\n }',
    'SELECT * { ?s ?p ?z FILTER(?z<?s#>"""\n) SERVICE <U> { ?s ?p ?o } #"""\n }',
    "SELECT * { FILTER(1<1+'''>\"\"\" ''') SERVICE <U> { ?s ?p ?o } #\"\"\"\n }",
    'SELECT * { ?s <a:\\u00e9#> ?o . SERVICE <U> { ?s ?p ?o } }',
    "SELECT * { ?s ?p 1SERVICE<U> { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o }\rSERVICE <U> { }",
    'SELECT * { ?s ?p "a"@en--ltrSERVICE<U> { ?s ?p ?o } }',
    # Graphs elsewhere.
    "SELECT * FROM <U> { ?s ?p ?o }",
    "SELECT * FROM NAMED <U> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <F> { ?s ?p ?o }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "PREFIX f: <file:///etc/> SELECT * FROM f:passwd { ?s ?p ?o }",
    "SELECT * { GRAPH <U> { ?s ?p ?o } }",
    "SELECT * { GRAPH <F> { ?s ?p ?o } }",
    "DESCRIBE <U>",
    "DESCRIBE <F>",
    # Functions of other engines.
    "SELECT (<http://www.w3.org/2005/xpath-functions#doc>(<U>) AS ?x) {}",
    "SELECT (<http://jena.apache.org/ARQ/function#now>() AS ?x) {}",
    "SELECT (<java:java.lang.Runtime>(<F>) AS ?x) {}",
    "LOAD <U>",
]  # fmt: skip

UPDATES = [
    "LOAD <U>",
    "LOAD SILENT <U>",
    "LOADSILENT<U>",
    "LOAD<U>INTO GRAPH <urn:g>",
    "PREFIX ex: <U> LOADex:x",
    "PREFIX ex: <U> LOAD ex:x INTO GRAPH <urn:g>",
    "INSERT DATA { <urn:a> <urn:b> 1 } ; load <U>",
    "\\u004cOAD <U>",
    "LOAD <F>",
    "LOAD SILENT <F> INTO GRAPH <urn:g>",
    "LOAD <data:text/turtle,%3Curn:canary-7f3a1c%3E%20a%20%3Curn:x%3E>",
    "INSERT { ?s ?p ?o } WHERE { SERVICE <U> { ?s ?p ?o } }",
    "INSERT { ?s ?p ?o } WHERE { SERVICE SILENT <U> { ?s ?p ?o } }",
    "DELETE WHERE { SERVICE <U> { ?s ?p ?o } }",
    "INSERT { ?s ?p ?o } USING <U> WHERE { ?s ?p ?o }",
    "INSERT { ?s ?p ?o } USING NAMED <F> WHERE { GRAPH ?g { ?s ?p ?o } }",
    "COPY SILENT <U> TO <urn:g>",
    "ADD <F> TO DEFAULT",
    "MOVE SILENT <F> TO <urn:g>",
    "INSERT DATA { <urn:a> <urn:b> '{\"@context\": \"U\"}'^^<http://www.w3.org/1999/02/"
    "22-rdf-syntax-ns#JSON> }",
]  # fmt: skip


def pointed(text: str, listener: Listener, canary: Path) -> str:
    return text.replace("<U", f"<{listener.url}").replace("<F>", f"<{canary.as_uri()}>")


@pytest.mark.parametrize("text", QUERIES)
def test_no_query_gets_out(
    text: str, reader: httpx.Client, listener: Listener, canary: Path
) -> None:
    before = listener.visits
    answer = reader.post("/sparql", data={"query": pointed(text, listener, canary)})
    assert listener.visits == before
    assert answer.status_code in (200, 400)
    assert SECRET not in answer.text and "root:" not in answer.text
    if answer.status_code == 200:
        words = text.upper()
        assert "SERVICE" not in words.replace('"\\" SERVICE', "") and "FROM" not in words


@pytest.mark.parametrize("text", UPDATES)
def test_no_update_gets_out(
    text: str, writer: httpx.Client, listener: Listener, canary: Path
) -> None:
    before = listener.visits
    update = {"update": pointed(text, listener, canary)}
    answer = writer.post("/sparql", data=update, headers=AUTHORISED)
    assert listener.visits == before
    assert answer.status_code in (204, 400), answer.text
    found = f'ASK {{ {{ ?s ?p ?o }} UNION {{ GRAPH ?g {{ ?s ?p ?o }} }} FILTER(?o = "{SECRET}") }}'
    assert writer.get("/sparql", params={"query": found}).json()["boolean"] is False


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_no_dataset_parameter_gets_out(
    name: str, reader: httpx.Client, listener: Listener, canary: Path
) -> None:
    query = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"
    for place in (listener.url, canary.as_uri(), "file:///etc/passwd"):
        answer = reader.get("/sparql", params={"query": query, name: place})
        assert answer.json()["results"]["bindings"] == []
    assert listener.visits == 0


def test_the_listener_would_have_heard(listener: Listener) -> None:
    """The engine itself does follow these, so the tests above are able to fail."""
    before = listener.visits
    heard = 0
    for text in QUERIES:
        with suppress(SyntaxError, OSError, ValueError, TypeError, RuntimeError):
            list(ox.Store().query(text.replace("<U", f"<{listener.url}")))  # type: ignore[arg-type]
        heard += listener.visits > before
        before = listener.visits
    assert heard >= 15
