"""A corpus built in every way there is gives the same N-Quads, byte for byte.

    python tests/same_corpus.py ../shared/corpus/en_fr [--no-cluster]

Builds the folder with one process and with two, another hash seed and another locale, then on a
Dask scheduler with two workers over TLS on this machine, one of which is killed in mid-run, and
compares what comes of it. Prints what was done, in seconds.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

SETTINGS = (("1", "C", 1), ("4242", "C.UTF-8", 2))


def locally(corpus: Path, store: Path, *, seed: str, language: str, jobs: int) -> list[str]:
    """The statements of a store, built by the command and exported by it."""
    environment = os.environ | {
        "PYTHONHASHSEED": seed, "LC_ALL": language, "PYTHONPATH": str(HERE.parent),
    }  # fmt: skip
    kg = [sys.executable, "-m", "kg"]
    where, file = ["--store", str(store)], str(store.with_suffix(".nq"))
    for words in (
        ["build", str(corpus), "--jobs", str(jobs), *where],
        ["export", "--format", "nq", "-o", file, *where],
    ):
        done = subprocess.run([*kg, *words], env=environment, capture_output=True, check=False)
        # A file that claims another's document is told of, and is no failure here.
        assert done.returncode in (0, 1), done.stderr.decode()[-2000:]
    return [Path(file).read_text("utf-8")]


def on_a_cluster(corpus: Path, scratch: Path) -> tuple[str, str]:
    """The statements of the shards, in order, and what is to be told of the run."""
    from test_cluster import Cluster, security

    from kg.cluster import _client, build_shards

    class Folders:
        def mktemp(self, name: str) -> Path:
            (scratch / name).mkdir()
            return scratch / name

    pem = security.__wrapped__(Folders())  # type: ignore[attr-defined]
    cluster = Cluster(pem, scratch)
    try:
        with _client(cluster.url, pem) as client:
            lost = min(client.run(os.getpid).values())
        seen = 0

        def told(_: object) -> None:
            nonlocal seen
            seen += 1
            if seen == 40:
                os.kill(lost, signal.SIGKILL)

        done = build_shards(
            [corpus], scheduler=cluster.url, folder=scratch / "shards", security=pem, told=told
        )
    finally:
        cluster.end()
    lines = [line for path in done.shards for line in path.read_text("utf-8").splitlines(True)]
    what = f"{seen} files told of, {done.files} graphs, {len(done.errors)} failed, a worker killed"
    return "".join(sorted(lines)), what


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--no-cluster", action="store_true")
    given = parser.parse_args()
    found: list[str] = []
    with tempfile.TemporaryDirectory(prefix="unkg-same-") as name:
        scratch = Path(name)
        for number, (seed, language, jobs) in enumerate(SETTINGS):
            start = time.monotonic()
            store = scratch / f"store-{number}"
            found += locally(given.corpus, store, seed=seed, language=language, jobs=jobs)
            told = f"seed {seed}, locale {language}, {jobs} jobs"
            print(f"{told}: {len(found[-1])} characters, {time.monotonic() - start:.0f} s")
        same = len(set(found)) == 1
        print("byte-identical" if same else "NOT byte-identical")
        if not given.no_cluster:
            start = time.monotonic()
            shards, told = on_a_cluster(given.corpus, scratch)
            equal = shards == "".join(sorted(found[0].splitlines(True)))
            print(f"two workers over TLS: {told}, {time.monotonic() - start:.0f} s")
            print("facts equal to the local build" if equal else "facts NOT equal")
            same = same and equal
    return 0 if same else 1


if __name__ == "__main__":
    sys.exit(main())
