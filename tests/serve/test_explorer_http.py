"""The explorer over HTTP: methods, headers, languages, limits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request

from kg.demo import sample_paths
from kg.ingest import build
from kg.serve.explorer_routes import PAGES, language_of
from kg.serve.prepare import prepare
from kg.store import Store
from kg.view.words import words
from tests.serve.conftest import serving


@pytest.fixture(scope="module")
def where(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with one of the project's own samples."""
    folder = tmp_path_factory.mktemp("explorer") / "store"
    with Store.open(folder) as store:
        build(sample_paths()[:1], store=store, base=store.base)
    return folder


@pytest.fixture(scope="module")
def client(where: Path) -> Iterator[httpx.Client]:
    with serving(where) as opened:
        yield opened


GIVEN = {
    "/search": "?q=70/1", "/document": "?symbol=A/97/512", "/work": "?symbol=A/RES/70/1",
    "/chain": "?of=A/97/512", "/instrument": "?key=untoc", "/state": "?code=KEN",
}  # fmt: skip


@pytest.mark.parametrize("path", sorted(PAGES))
def test_every_page_is_sent_with_the_policy_it_was_made_for(
    client: httpx.Client, path: str
) -> None:
    answer = client.get(path + GIVEN.get(path, ""))
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    inside = re.search(r'Content-Security-Policy" content="([^"]*)"', answer.text)
    assert inside
    policy = answer.headers["content-security-policy"]
    assert policy == f"{unescape(inside[1])}; frame-ancestors 'none'"
    assert "unsafe" not in policy


def test_pages_are_only_read(client: httpx.Client) -> None:
    for method in ("post", "put", "delete", "patch"):
        assert getattr(client, method)("/search").status_code == 405
    assert client.head("/").status_code == 200
    assert client.head("/").content == b""


def test_the_status_says_what_became_of_it(client: httpx.Client) -> None:
    missing = client.get("/document?symbol=A/RES/99/999")
    assert missing.status_code == 404
    assert missing.headers["content-type"].startswith("text/html")
    assert client.get("/search", params={"q": "x" * 30_001}).status_code == 414
    assert client.get("/nothing").status_code == 404


def test_the_language_is_the_readers(client: httpx.Client) -> None:
    told = {"accept-language": "de, fr-CH;q=0.8, en;q=0.5"}
    assert '<html lang="fr"' in client.get("/", headers=told).text
    assert '<html lang="ru"' in client.get("/?lang=ru", headers=told).text


@pytest.mark.parametrize(
    ("query", "header", "language"),
    [
        ("", "", "en"),
        ("lang=zh", "fr", "zh"),
        ("lang=xx", "es;q=0.9,ru", "ru"),
        ("lang=%3Cscript%3E", "*;q=x,,;q=", "en"),
        ("", "zh-Hant-TW", "zh"),
    ],
)
def test_a_language_is_chosen(query: str, header: str, language: str) -> None:
    scope: dict[str, Any] = {
        "type": "http",
        "query_string": query.encode(),
        "headers": [(b"accept-language", header.encode())],
    }
    assert language_of(Request(scope)) == language


def test_what_takes_longer_than_a_query_may_is_made_aside(where: Path) -> None:
    with serving(where, "--timeout", "0.1") as client:
        answer = client.get("/chain?of=A/97/512&lang=es")
        assert answer.status_code == 503
        assert answer.headers["retry-after"]
        assert '<html lang="es"' in answer.text
        assert words("es")["preparing"] in answer.text


def test_the_networks_are_kept_with_the_snapshot(where: Path) -> None:
    with Store.open(where, read_only=True) as store:
        assert store.folder is not None
        before = {path.parent.name for path in store.folder.rglob("columns.json")}
        prepare(where)
        after = {path.parent.name for path in store.folder.rglob("columns.json")}
    assert len(after) >= 3
    assert before <= after
