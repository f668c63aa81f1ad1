"""A Dask cluster over TLS: the facts of the local build, also where a worker is lost."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kg.cli import app
from kg.cluster import LIST, Security, _client, _made, build_shards
from kg.demo import sample_paths
from kg.errors import StoreError
from kg.imports import import_files
from kg.ingest import build
from kg.inputs import Task
from kg.store import Store
from tests.cluster_work import work

pytest.importorskip("distributed", reason="Dask is not installed (the extra cluster)")
pytest.importorskip("cryptography", reason="certificates are made with cryptography")
ROOT = Path(__file__).resolve().parent.parent
COPIES = 5


@pytest.fixture(scope="module")
def security(tmp_path_factory: pytest.TempPathFactory) -> Security:
    """One self-signed certificate, which both ends show and trust."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec

    folder: Path = tmp_path_factory.mktemp("pem")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "unkg test")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(
            x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False
        )
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    (folder / "cert.pem").write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "key.pem").write_bytes(key.private_bytes(serialization.Encoding.PEM, *plain))
    cert = folder / "cert.pem"
    return Security(ca=cert, cert=cert, key=folder / "key.pem")


class Cluster:
    """A scheduler and two workers, each a process of its own and started anew by its nanny."""

    def __init__(self, security: Security, folder: Path) -> None:
        self._folder = folder
        self._tls = [
            f"--tls-ca-file={security.ca}", f"--tls-cert={security.cert}",
            f"--tls-key={security.key}",
        ]  # fmt: skip
        self.processes: list[subprocess.Popen[bytes]] = []
        # What is said when the scheduler listens names the port that it was given.
        log = self._start("scheduler", "--host", "tls://127.0.0.1:0", "--no-dashboard")
        self.url = self._said(log, r"Scheduler at:\s+(tls://\S+)")
        logs = [self.worker() for _ in range(2)]
        for log in logs:
            self._said(log, r"(Registered to)")

    def worker(self) -> Path:
        words = ("--nthreads", "1", "--nanny", "--no-dashboard", "--memory-limit", "0")
        return self._start("worker", self.url, *words, "--host", "127.0.0.1")

    def _start(self, what: str, *words: str) -> Path:
        log = self._folder / f"{what}-{len(self.processes)}.log"
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", *words, *self._tls]
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        with log.open("wb") as out:
            self.processes.append(
                subprocess.Popen(command, cwd=self._folder, env=environment, stdout=out, stderr=out)
            )
        return log

    def _said(self, log: Path, pattern: str) -> str:
        end = time.monotonic() + 60
        while time.monotonic() < end:
            found = re.search(pattern, log.read_text("utf-8", "replace"))
            if found:
                return found[1]
            time.sleep(0.1)
        raise AssertionError(log.read_text("utf-8", "replace")[-2000:])

    def end(self) -> None:
        # A nanny that is asked to ends its worker with itself.
        for process in reversed(self.processes):
            process.terminate()
        for process in self.processes:
            try:
                process.wait(timeout=10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


@pytest.fixture(scope="module")
def cluster(security: Security, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    made = Cluster(security, tmp_path_factory.mktemp("dask"))
    yield made
    made.end()


@pytest.fixture(scope="module")
def documents(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Reports of their own symbols, and one file that cannot be read."""
    folder: Path = tmp_path_factory.mktemp("documents")
    for number in range(COPIES):
        for path in sample_paths():
            text = path.read_text("utf-8")
            old = "A/97/512" if "97_512" in path.name else "A/98/447"
            new = f"{old[:5]}{number + 600}"
            name = path.name.replace(old.replace("/", "_"), new.replace("/", "_"))
            (folder / name).write_text(text.replace(old, new), "utf-8")
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 and no more")
    return folder


@pytest.fixture(scope="module")
def local(documents: Path) -> bytes:
    with Store.in_memory() as store:
        report = build([documents], store=store)
        assert len(report.added) == 2 * COPIES and len(report.errors) == 1
        return store.nquads()


def lines_of(shards: tuple[Path, ...]) -> list[bytes]:
    return sorted(line for path in shards for line in path.read_bytes().splitlines())


def test_sent_files_give_the_facts_of_the_local_build(
    cluster: Cluster, security: Security, documents: Path, local: bytes, tmp_path: Path
) -> None:
    words = [
        "build", str(documents), "--scheduler", cluster.url, "--shards", str(tmp_path / "shards"),
        "--tls-ca", str(security.ca), "--tls-cert", str(security.cert),
        "--tls-key", str(security.key), "--send", "--report", str(tmp_path / "report.jsonl"),
    ]  # fmt: skip
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 1, done.output
    assert "broken.pdf" in done.stderr and "1 failed" in done.stderr
    shards = tuple(sorted((tmp_path / "shards").glob("part-*.nq")))
    assert lines_of(shards) == sorted(local.splitlines())
    rows = [json.loads(line) for line in (tmp_path / "report.jsonl").read_text().splitlines()]
    assert len(rows) == 2 * COPIES + 1
    assert sum(row["change"] == "failed" for row in rows) == 1


def test_a_lost_worker_costs_nothing(
    cluster: Cluster, security: Security, documents: Path, local: bytes, tmp_path: Path
) -> None:
    seen = 0
    with _client(cluster.url, security) as client:
        lost = min(client.run(os.getpid).values())

    def told(_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == 3:
            os.kill(lost, signal.SIGKILL)

    done = build_shards(
        [documents], scheduler=cluster.url, folder=tmp_path, security=security,
        shard_bytes=200_000, told=told,
    )  # fmt: skip
    with _client(cluster.url, security) as client:
        assert lost not in client.run(os.getpid).values()
    assert seen == 2 * COPIES + 1
    assert lines_of(done.shards) == sorted(local.splitlines())
    assert len(done.shards) > 2 and done.files == 2 * COPIES
    assert ["broken.pdf" in str(error) for error in done.errors] == [True]
    listed = json.loads((tmp_path / LIST).read_text("utf-8"))
    assert listed["shards"] == [path.name for path in done.shards]
    assert listed["statements"] == done.statements == len(local.splitlines())
    with Store.in_memory() as store:
        assert not [f.error for f in import_files(done.shards, store=store, base=store.base)
                    if f.error]  # fmt: skip
        assert store.nquads() == local
    with pytest.raises(StoreError, match="holds shards of another run"):
        build_shards([documents], scheduler=cluster.url, folder=tmp_path, security=security)


def test_a_file_without_end_costs_itself(cluster: Cluster, security: Security) -> None:
    sample = sample_paths()[0]
    names = ["hang.txt", *(f"a{number}.txt" for number in range(3))]
    tasks = [Task(path=sample, name=name) for name in names]
    with _client(cluster.url, security) as client:
        found = list(_made(client, tasks, work, send=False, seconds=2.0))
    assert "not read within 2 seconds" in str(found[0].error)
    assert [made.error for made in found[1:]] == [None] * 3


def test_a_cluster_elsewhere_is_reached_over_tls_alone(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="over TLS alone"):
        build_shards(sample_paths(), scheduler="tcp://192.0.2.1:8786", folder=tmp_path)
    with pytest.raises(StoreError, match="--tls-ca"):
        build_shards(sample_paths(), scheduler="tls://192.0.2.1:8786", folder=tmp_path)


def test_the_command_needs_a_folder_for_the_shards(tmp_path: Path) -> None:
    path = shutil.copy(sample_paths()[0], tmp_path)
    done = CliRunner().invoke(app, ["build", str(path), "--scheduler", "tls://127.0.0.1:1"])
    assert done.exit_code == 2 and "--shards" in done.stderr
