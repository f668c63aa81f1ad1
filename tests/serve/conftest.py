"""Real servers on free ports: one that only answers, one that also writes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from kg.store import Store
from kg.triples import quads
from tests import sample_record

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a-token-for-tests"
DATA = "http://kasei.us/2009/09/sparql/data/data{}.rdf"


@contextmanager
def serving(store: Path, *options: str) -> Iterator[httpx.Client]:
    """A server process as a client that has its address."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--store", str(store), *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"}
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as server:
        assert server.stdout is not None and server.stderr is not None
        try:
            url = server.stdout.readline().decode().strip()
            assert url.startswith("http://"), server.stderr.read().decode()
            with httpx.Client(base_url=url, timeout=30) as client:
                yield client
        finally:
            server.terminate()
            complaint = server.stderr.read().decode()
            assert server.wait(20) == 0, complaint
            assert "Traceback" not in complaint


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with three documents, and the graphs that the W3C's protocol tests want."""
    folder = tmp_path_factory.mktemp("serve") / "store"
    with Store.open(folder) as store:
        for record in (sample_record.report(), sample_record.report("zh")):
            found = list(quads(record))
            store.put(found[0].graph_name.value, found)  # type: ignore[union-attr]
        for number in (1, 2, 3):
            name = ox.NamedNode(DATA.format(number))
            kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
            document = ox.NamedNode("http://xmlns.com/foaf/0.1/Document")
            store.put(name.value, [ox.Quad(name, kind, document, name)])
    return folder


@pytest.fixture(scope="session")
def reader(filled: Path) -> Iterator[httpx.Client]:
    """A server that makes no updates, with small limits."""
    limits = ("--timeout", "2", "--max-rows", "500", "--max-bytes", "200000")
    with serving(filled, *limits) as client:
        yield client


@pytest.fixture(scope="session")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx.Client]:
    """A server that makes updates, over a store that it made itself."""
    folder = tmp_path_factory.mktemp("written") / "store"
    with serving(folder, "--writable", "--token", TOKEN, "--timeout", "5") as client:
        yield client


AUTHORISED = {"authorization": f"Bearer {TOKEN}"}
