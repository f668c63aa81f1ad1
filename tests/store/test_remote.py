"""An endpoint as a back end, answered by a small server of our own, well-behaved and not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.store import Endpoint, Store, open_reader, remote
from kg.store.remote import CutOffError
from kg.vocab import RDF, UNKG

JSON = "application/sparql-results+json"
Reply = tuple[int, dict[str, str], bytes]
Answering = Callable[[str], Reply]


@contextmanager
def answering(answer: Answering) -> Iterator[str]:
    """A server on a free port; ``answer`` gives status, headers and body for a query."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            status, headers, body = answer(parse_qs(self.rfile.read(length).decode())["query"][0])
            self.send_response(status)
            for name, value in {"content-length": str(len(body)), **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Nothing on standard error."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/sparql"
        finally:
            server.shutdown()
            thread.join()


def table(columns: list[str], rows: int, value: str = "x") -> bytes:
    cell = {"type": "literal", "value": value}
    bindings = [dict.fromkeys(columns, cell)] * rows
    return json.dumps({"head": {"vars": columns}, "results": {"bindings": bindings}}).encode()


def engine(database: ox.Store, *, at_most: int | None = None) -> Answering:
    """What a plain engine answers, the rows after the first ``at_most`` left out in silence."""

    def answer(sparql: str) -> Reply:
        try:
            found = database.query(sparql)
        except SyntaxError as error:
            return 400, {"content-type": "text/plain"}, f"line 1: {error}\nmore".encode()
        if isinstance(found, ox.QueryTriples):
            body = found.serialize(format=ox.RdfFormat.N_TRIPLES)
            return 200, {"content-type": "application/n-triples"}, body or b""
        body = found.serialize(format=ox.QueryResultsFormat.JSON) or b""
        data = json.loads(body)
        if at_most is not None and "results" in data:
            data["results"]["bindings"] = data["results"]["bindings"][:at_most]
        return 200, {"content-type": JSON}, json.dumps(data).encode()

    return answer


@pytest.fixture(scope="module")
def endpoint(store: Store) -> Iterator[Endpoint]:
    with answering(engine(store._database)) as url, Endpoint(url) as made:
        yield made


def test_an_endpoint_reads_as_the_store_behind_it(store: Store, endpoint: Endpoint) -> None:
    endpoint.check()
    assert endpoint.graphs() == store.graphs() and len(endpoint) == len(store)
    assert endpoint.nquads() == store.nquads()
    assert set(endpoint.quads()) == set(store.quads())
    assert (endpoint.base, endpoint.folder) == (store.base, None)
    assert endpoint.select("ASK { ?s ?p 1234567 }") == store.select("ASK { ?s ?p 1234567 }")
    built = "CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }"
    assert set(endpoint.select(built).rows) == set(store.select(built).rows)


def test_a_syntax_error_shows_the_place(endpoint: Endpoint) -> None:
    with pytest.raises(QueryError, match=r"line 2, column 3[\s\S]*\^"):
        endpoint.select("SELECT ?s {\n  ?s ?p\n}")
    with pytest.raises(QueryError, match="SERVICE is refused"):
        endpoint.select("SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }")
    with pytest.raises(QueryError, match="updates are not sent"):
        endpoint.select("CLEAR ALL")


def test_an_answer_that_was_cut_off_is_refused(store: Store) -> None:
    """Rows left out in silence are found by counting; headers are believed."""
    everything = "SELECT ?s ?p ?o { ?s ?p ?o }"
    with answering(engine(store._database, at_most=1000)) as url, Endpoint(url) as cut:
        with pytest.raises(CutOffError, match="sent 1,000 rows and left out the rest"):
            cut.select(everything)
        assert len(cut.select(f"{everything} LIMIT 1000").rows) == 1000
    for header in ({"X-SPARQL-MaxRows": "3"}, {"X-Truncated": "rows"}, {"X-SQL-State": "S1TAT"}):
        reply = (200, {"content-type": JSON, **header}, table(["s"], 3))
        with (
            answering(lambda _, reply=reply: reply) as url,  # type: ignore[misc]
            Endpoint(url) as cut,
            pytest.raises(CutOffError),
        ):
            cut.select("SELECT ?s { ?s ?p ?o }")


def test_graphs_are_asked_for_in_smaller_numbers_where_answers_are_cut(store: Store) -> None:
    largest = max(sum(1 for _ in store.quads(graph)) for graph in store.graphs())
    most = (largest // 1000 + 1) * 1000
    assert len(store) > most
    with answering(engine(store._database, at_most=most)) as url, Endpoint(url) as cut:
        assert cut.nquads() == store.nquads()


def test_pairs_are_asked_for_in_parts_where_they_are_many(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote, "_MOST_PAIRS", 5)
    for predicate, value in ((UNKG.hasParagraph, None), (RDF.type, UNKG.State)):
        expected = sorted(map(str, store.pairs(predicate, value)))
        assert len(expected) > 5
        with answering(engine(store._database)) as url, Endpoint(url) as endpoint:
            assert sorted(map(str, endpoint.pairs(predicate, value))) == expected


def test_pairs_that_are_cut_off_are_asked_for_in_parts(store: Store) -> None:
    expected = sorted(map(str, store.pairs(RDF.type)))
    assert len(expected) > 1000
    with answering(engine(store._database, at_most=1000)) as url, Endpoint(url) as cut:
        assert sorted(map(str, cut.pairs(RDF.type))) == expected


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        ((404, {}, b"<html>\nlost"), "status 404: <html>"),
        ((500, {}, b"the engine fell over\nat line 3"), "status 500: the engine fell over"),
        ((302, {"location": "http://127.0.0.1:1/else"}, b""), "moved to http://127.0.0.1:1/else"),
        ((200, {"content-type": "text/html"}, b"<html>"), "answers with text/html"),
        ((200, {"content-type": JSON}, b'{"head": {"vars'), "sent no SPARQL results"),
        ((200, {"content-type": JSON}, b"[1, 2]"), "sent no SPARQL results"),
        ((200, {"content-type": JSON}, table(["s"], 1, "x" * 5000)), "more than 3,000 bytes"),
        ((400, {"content-type": "text/plain"}, b"no such thing\nmore"), "the query: no such thing"),
    ],
)
def test_what_is_wrong_with_an_endpoint_is_said(reply: Reply, words: str) -> None:
    with (
        answering(lambda _: reply) as url,
        Endpoint(url, most_bytes=3000) as endpoint,
        pytest.raises((StoreError, QueryError), match=words),
    ):
        endpoint.select("SELECT ?s { ?s ?p ?o }")


def test_a_busy_endpoint_is_asked_again() -> None:
    replies = [(503, {"retry-after": "0"}, b"busy"), (200, {"content-type": JSON}, table(["s"], 2))]
    with answering(lambda _: replies.pop(0)) as url, Endpoint(url) as endpoint:
        assert len(endpoint.select("SELECT ?s { ?s ?p ?o }").rows) == 2
    assert not replies


def test_an_endpoint_that_keeps_its_graphs_apart_is_refused(store: Store) -> None:
    apart = ox.Store()
    apart.extend(store.quads())
    with (
        answering(engine(apart)) as url,
        pytest.raises(StoreError, match="union of all"),
        open_reader("unused", endpoint=url),
    ):
        pass


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("file:///etc/passwd", "starts with http"),
        ("ftp://example.org/", "starts with http"),
        ("http://", "starts with http"),
        ("http://127.0.0.1:99999/", "cannot be read"),
    ],
)
def test_an_address_is_one_of_the_web(url: str, words: str) -> None:
    with pytest.raises(StoreError, match=words):
        Endpoint(url)


def test_a_password_is_never_printed() -> None:
    with (
        pytest.raises(StoreError) as caught,
        open_reader("unused", endpoint="http://reader:secret@127.0.0.1:1/sparql"),
    ):
        pass
    assert "secret" not in str(caught.value) and "nothing answers" in str(caught.value)
