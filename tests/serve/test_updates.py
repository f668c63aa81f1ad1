"""Updates: only with the token, seen by whoever asks after the answer, all or nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from kg.errors import StoreError
from kg.store import Store
from tests.serve.conftest import AUTHORISED, TOKEN, serving
from tests.serve.test_protocol import RUNNER

UPDATE = "application/sparql-update"


def ask(client: httpx.Client, query: str) -> bool:
    return bool(client.get("/sparql", params={"query": query}).json()["boolean"])


def update(client: httpx.Client, text: str, **params: str | list[str]) -> httpx.Response:
    headers = {**AUTHORISED, "content-type": UPDATE}
    return client.post("/sparql", content=text.encode(), params=params, headers=headers)


@pytest.fixture(scope="module")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("scratch") / "store"
    with serving(folder, "--writable", "--token", TOKEN) as client:
        yield client


def test_w3c_protocol_with_updates(scratch: httpx.Client) -> None:
    if not RUNNER.is_file():
        pytest.skip(f"no W3C protocol tests at {RUNNER}")
    url = str(scratch.base_url.join("/sparql"))
    done = subprocess.run(
        [sys.executable, RUNNER, url, url],
        capture_output=True, text=True, check=False, env={**os.environ, "TOKEN": TOKEN},
    )  # fmt: skip
    assert done.stdout.splitlines()[-1:] == ["34 passed, 0 failed, 0 skipped"], done.stdout


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"authorization": "Bearer wrong"},
        {"authorization": f"Basic {TOKEN}"},
        {"authorization": f"Bearer {TOKEN}x"},
        {"authorization": TOKEN},
        {"authorization": "Bearer"},
    ],
)
def test_no_update_without_the_token(writer: httpx.Client, headers: dict[str, str]) -> None:
    data = {"update": "INSERT DATA { GRAPH <urn:no> { <urn:a> <urn:b> 1 } }"}
    answer = writer.post("/sparql", data=data, headers=headers)
    assert (answer.status_code, answer.json()["error"]) == (401, "token")
    assert answer.headers["www-authenticate"].startswith("Bearer")
    assert not ask(writer, "ASK { GRAPH <urn:no> { ?s ?p ?o } }")


def test_queries_need_no_token(writer: httpx.Client) -> None:
    assert ask(writer, "ASK {}")


def test_whoever_asks_after_the_answer_sees_the_update(writer: httpx.Client) -> None:
    for number in range(5):
        text = f"INSERT DATA {{ GRAPH <urn:seen> {{ <urn:s> <urn:p> {number} }} }}"
        assert update(writer, text).status_code == 204
        assert ask(writer, f"ASK {{ <urn:s> <urn:p> {number} }}")
        assert ask(writer, f"ASK {{ GRAPH <urn:seen> {{ <urn:s> <urn:p> {number} }} }}")
    gone = {"update": "DROP GRAPH <urn:seen>"}
    assert writer.post("/sparql", data=gone, headers=AUTHORISED).status_code == 204
    assert not ask(writer, "ASK { <urn:s> <urn:p> ?o }")


def test_updates_at_once_are_made_one_after_another(writer: httpx.Client) -> None:
    def add(number: int) -> int:
        text = f"INSERT DATA {{ GRAPH <urn:many> {{ <urn:s> <urn:n> {number} }} }}"
        return update(writer, text).status_code

    with ThreadPoolExecutor(6) as threads:
        assert set(threads.map(add, range(6))) == {204}
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <urn:many> { ?s <urn:n> ?o } }"
    answer = writer.get("/sparql", params={"query": count, "format": "csv"})
    assert answer.text.split() == ["n", "6"]


def test_the_dataset_of_an_update(writer: httpx.Client) -> None:
    for name in ("one", "two"):
        text = f"INSERT DATA {{ GRAPH <urn:{name}> {{ <urn:{name}> a <urn:Thing> }} }}"
        assert update(writer, text).status_code == 204
    text = "INSERT { GRAPH <urn:made> { ?s <urn:in> 1 } } WHERE { ?s a <urn:Thing> }"
    assert update(writer, text, **{"using-graph-uri": "urn:one"}).status_code == 204
    assert ask(writer, "ASK { GRAPH <urn:made> { <urn:one> <urn:in> 1 } }")
    assert not ask(writer, "ASK { GRAPH <urn:made> { <urn:two> <urn:in> 1 } }")
    conflict = f"WITH <urn:two> {text}"
    answer = update(writer, conflict, **{"using-graph-uri": "urn:one"})
    assert answer.status_code == 400


def test_what_fails_changes_nothing(writer: httpx.Client) -> None:
    text = "INSERT DATA { GRAPH <urn:half> { <urn:a> <urn:b> 1 } } ; INSERT DATA { <urn:a> "
    told = update(writer, text)
    assert (told.status_code, told.json()["error"]) == (400, "syntax")
    assert told.json()["line"] == 1 and "^" in told.json()["caret"]
    assert not ask(writer, "ASK { GRAPH <urn:half> { ?s ?p ?o } }")


def test_an_update_without_end_is_ended(tmp_path: Path) -> None:
    with serving(tmp_path / "store", "--writable", "--token", TOKEN, "--timeout", "2") as client:
        endless = "INSERT { GRAPH <urn:x> { ?a ?b ?n } } WHERE { SELECT ?a ?b (COUNT(*) AS ?n) {"
        endless += " ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } GROUP BY ?a ?b }"
        answer = update(client, endless)
        assert (answer.status_code, answer.json()["error"]) == (504, "timeout")
        assert (
            update(client, "INSERT DATA { GRAPH <urn:y> { <urn:a> <urn:b> 1 } }").status_code == 204
        )
        assert ask(client, "ASK { <urn:a> <urn:b> 1 }")
        assert not ask(client, "ASK { GRAPH <urn:x> { ?s ?p ?o } }")


def test_the_server_holds_the_store_while_it_runs(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with serving(folder, "--writable", "--token", TOKEN) as client:
        with pytest.raises(StoreError, match="is writing"):
            Store.open(folder)
        update(client, "INSERT DATA { GRAPH <urn:kept> { <urn:a> <urn:b> 1 } }")
    with Store.open(folder) as store:
        assert "urn:kept" in store.graphs()


def test_a_reader_sees_what_another_process_publishes(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with Store.open(folder) as store, serving(folder) as client:
        assert not ask(client, "ASK { GRAPH <urn:later> { ?s ?p ?o } }")
        import pyoxigraph as ox

        name = ox.NamedNode("urn:later")
        store.put("urn:later", [ox.Quad(name, name, name, name)])
        store.publish()
        assert ask(client, "ASK { GRAPH <urn:later> { ?s ?p ?o } }")
