"""A server starts, says where, refuses strangers, and ends cleanly."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest

from tests.serve.conftest import ROOT, TOKEN, serving

HOSTS = [
    ("localhost", 200),
    ("127.0.0.1", 200),
    ("LocalHost:80", 200),
    ("[::1]:7878", 200),
    ("evil.example", 421),
    ("127.0.0.1.evil.example", 421),
    ("localhost.evil.example:7878", 421),
    ("10.0.0.1", 421),
    ("", 421),
]


@pytest.mark.parametrize(("host", "status"), HOSTS)
def test_only_its_own_names_are_answered(reader: httpx.Client, host: str, status: int) -> None:
    answer = reader.get("/sparql", params={"query": "ASK {}"}, headers={"host": host})
    assert answer.status_code == status
    if status == 421:
        assert answer.json()["error"] == "host"


def test_a_page_elsewhere_may_neither_send_nor_read(reader: httpx.Client) -> None:
    foreign = {"origin": "https://evil.example"}
    sent = reader.post("/sparql", data={"query": "ASK {}"}, headers=foreign)
    assert (sent.status_code, sent.json()["error"]) == (403, "origin")
    read = reader.get("/sparql", params={"query": "ASK {}"}, headers=foreign)
    assert not [name for name in read.headers if name.startswith("access-control")]
    own = {"origin": str(reader.base_url).rstrip("/")}
    assert reader.post("/sparql", data={"query": "ASK {}"}, headers=own).status_code == 200


def test_every_answer_has_the_safe_headers(reader: httpx.Client) -> None:
    for path in ("/", "/sparql", "/sparql?query=ASK{}", "/sparql?query=x", "/nothing"):
        headers = reader.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-frame-options"] == "DENY"
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "server" not in headers


def test_a_page_that_is_let_in(filled: Path) -> None:
    origin = "https://research.example"
    with serving(filled, "--allow-origin", origin, "--log") as client:
        for method in ("GET", "POST"):
            answer = client.request(
                method, "/sparql", params={"query": "ASK {}"} if method == "GET" else None,
                data={"query": "ASK {}"} if method == "POST" else None, headers={"origin": origin},
            )  # fmt: skip
            assert answer.status_code == 200
            assert answer.headers["access-control-allow-origin"] == origin
        asked = client.options("/sparql", headers={"origin": origin})
        assert "authorization" in asked.headers["access-control-allow-headers"]
        other = client.get("/", headers={"origin": "https://evil.example"})
        assert "access-control-allow-origin" not in other.headers


def started(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "kg", "serve", *options],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=60,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
    )  # fmt: skip


def test_a_port_in_use(filled: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = started("--store", str(filled), "--port", port)
    assert done.returncode == 2 and done.stdout == ""
    assert f"127.0.0.1:{port}: another program listens there" in done.stderr
    assert "Traceback" not in done.stderr


def test_no_store(tmp_path: Path) -> None:
    done = started("--store", str(tmp_path / "none"), "--port", "0")
    assert done.returncode == 2 and done.stdout == ""
    assert "no store here; make one with: kg build" in done.stderr
    assert "Traceback" not in done.stderr


def test_writing_wants_a_token(tmp_path: Path) -> None:
    done = started("--store", str(tmp_path / "none"), "--writable", "--port", "0", UNKG_TOKEN="")
    assert done.returncode == 2
    assert "--writable needs a token" in done.stderr
    assert not (tmp_path / "none").exists()


def children_of(parent: int) -> set[int]:
    found = set()
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(status.read_text().rpartition(") ")[2].split()[1]) == parent:
                found.add(int(status.parent.name))
        except OSError:
            continue
    return found | {grand for child in found for grand in children_of(child)}


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_end_is_the_end_of_all_its_processes(
    filled: Path, tmp_path: Path, number: signal.Signals
) -> None:
    shutil.copytree(filled, tmp_path / "s")
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--store", str(tmp_path / "s")]
    with subprocess.Popen(
        [*command, "--writable", "--token", TOKEN], cwd=ROOT, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as server:  # fmt: skip
        assert server.stdout is not None and server.stderr is not None
        url = server.stdout.readline().decode().strip()
        assert httpx.get(f"{url}sparql", params={"query": "ASK {}"}).status_code == 200
        children = children_of(server.pid)
        assert len(children) >= 3
        server.send_signal(number)
        status = server.wait(20)
        if number is not signal.SIGKILL:
            assert (status, b"Traceback" in server.stderr.read()) == (0, False)
        end = time.monotonic() + 15
        while time.monotonic() < end and any(Path(f"/proc/{pid}").exists() for pid in children):
            time.sleep(0.05)
        assert not [pid for pid in children if Path(f"/proc/{pid}").exists()]
