"""Other engines give the answers of the embedded one: Virtuoso, where it is installed, and our own.

Virtuoso comes with ``apt-get install virtuoso-opensource-7 virtuoso-opensource-7-bin`` (Debian,
seven seconds); without it those tests are skipped.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg.cli import app
from kg.query import run
from kg.store import SYSTEM_GRAPHS, Endpoint, Store
from tests.sample_store import ANSWERS, FIRST, SYMBOL, fill

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
SETTINGS = """
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temporary.db
TransactionFile = {folder}/temporary.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
DirsAllowed = {folder}
NumberOfBuffers = 10000
ThreadsPerQuery = 1
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerRoot = {folder}
ServerThreads = 2
[SPARQL]
ResultSetMaxRows = 20000
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample store in it."""
    place = tmp_path_factory.mktemp("engines")
    with Store.open(place / "store") as store:
        fill(store)
    return place


@pytest.fixture(scope="module")
def store(folder: Path) -> Iterator[Store]:
    with Store.open(folder / "store", read_only=True) as opened:
        yield opened


@pytest.fixture(scope="module", params=["virtuoso", "kg serve"])
def url(request: pytest.FixtureRequest, folder: Path, store: Store) -> Iterator[str]:
    """The address of an engine that holds what the store holds."""
    if request.param == "kg serve":
        yield from own(folder / "store")
    elif shutil.which("virtuoso-t") is None or shutil.which("isql-vt") is None:
        pytest.skip("Virtuoso is not installed: apt-get install virtuoso-opensource-7{,-bin}")
    else:
        yield from virtuoso(folder, store)


def own(store: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--store", str(store)]
    with subprocess.Popen(
        command, cwd=ROOT, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as server:
        assert server.stdout is not None
        try:
            yield f"{server.stdout.readline().decode().strip().rstrip('/')}/sparql"
        finally:
            server.terminate()


def virtuoso(folder: Path, store: Store) -> Iterator[str]:
    data = store.nquads(graphs=(*store.graphs(), *sorted(SYSTEM_GRAPHS)))
    (folder / "store.nq").write_bytes(data)
    sql, http = free_port(), free_port()
    settings = folder / "virtuoso.ini"
    settings.write_text(SETTINGS.format(folder=folder, sql=sql, http=http), "utf-8")
    command = ["virtuoso-t", "+configfile", str(settings), "+foreground"]
    with subprocess.Popen(
        command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as server:
        try:
            wait_for(http)
            load = f"ld_dir('{folder}', 'store.nq', ''); rdf_loader_run(); checkpoint;"
            isql = ["isql-vt", f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={load}"]
            subprocess.run(isql, check=True, capture_output=True, timeout=60)
            yield f"http://127.0.0.1:{http}/sparql"
        finally:
            server.kill()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return int(taken.getsockname()[1])


def wait_for(port: int) -> None:
    for _ in range(600):
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError(f"nothing listens on port {port} after a minute")


@pytest.fixture(scope="module")
def endpoint(url: str) -> Iterator[Endpoint]:
    with Endpoint(url) as opened:
        opened.check()
        yield opened


@pytest.mark.parametrize(("name", "params"), [(name, params) for name, params, *_ in ANSWERS])
def test_a_named_query_has_one_answer(
    store: Store, endpoint: Endpoint, name: str, params: dict[str, str]
) -> None:
    ours, theirs = run(store, name, **params), run(endpoint, name, **params)
    assert theirs.columns == ours.columns
    assert sorted(map(cells, theirs)) == sorted(map(cells, ours))


def cells(row: tuple[object, ...]) -> list[str]:
    """What a row says: engines order what GROUP_CONCAT joins as they like, or join nothing to
    nothing."""
    return [", ".join(sorted(str("" if cell is None else cell).split(", "))) for cell in row]


def test_the_statements_are_the_same(store: Store, endpoint: Endpoint) -> None:
    assert endpoint.graphs() == store.graphs() and len(endpoint) == len(store)
    assert endpoint.nquads() == store.nquads()


@pytest.mark.parametrize(
    "words",
    [
        ["chain", SYMBOL, "--depth", "3"],
        ["chain", "A/RES/99/3", "--to", "A/RES/70/1"],
        ["cosponsors"],
        ["cosponsors", "KEN"],
        ["query", "voting-together", "--param", "state=PER"],
        ["show", SYMBOL],
    ],
    ids=" ".join,
)
def test_a_command_prints_one_answer(folder: Path, url: str, words: list[str]) -> None:
    where = (["--store", str(folder / "store")], ["--endpoint", url])
    ours, theirs = (printed([*words, "--format", "json", *place]) for place in where)
    assert sorted(map(str, json.loads(ours))) == sorted(map(str, json.loads(theirs)))
    assert json.loads(ours)


@pytest.mark.parametrize("words", [["view", "chain", FIRST], ["export", "--format", "csv"]])
def test_a_file_is_written_from_an_endpoint(
    folder: Path, tmp_path: Path, url: str, words: list[str]
) -> None:
    files = [tmp_path / "ours", tmp_path / "theirs"]
    where = [["--store", str(folder / "store")], ["--endpoint", url]]
    for file, place in zip(files, where, strict=True):
        printed([*words, "-o", str(file), *place])
    ours, theirs = (file.read_bytes() for file in files)
    assert ours == theirs and ours


def test_a_store_is_typed_or_an_endpoint(
    folder: Path, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = ["--store", str(folder / "store")]
    both = CliRunner().invoke(app, ["list", *store, "--endpoint", url])
    assert both.exit_code == 2 and "not both" in both.stderr
    monkeypatch.setenv("UNKG_ENDPOINT", "http://127.0.0.1:1/")
    assert SYMBOL in printed(["list", *store])
    monkeypatch.setenv("UNKG_ENDPOINT", url)
    assert SYMBOL in printed(["list"])
    assert kg.query("documents") == kg.query("documents", endpoint=url)


def printed(words: list[str]) -> str:
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0, done.output
    return done.stdout
