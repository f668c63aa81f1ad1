"""Kill a build again and again, then let it end: the store is that of an undisturbed build.

    python tests/build_kills.py --times 200 [--seed 1] [--jobs 2]

``kg build`` runs in a process group of its own, which is killed (SIGKILL) at a random moment of
its run; at times a file is changed between, or gets another symbol. After each kill every graph in
the store is the whole of one version of its document; after the last, a build that may end leaves
exactly what a build of a new store would.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from kg.demo import sample_paths  # noqa: E402
from kg.ingest import build  # noqa: E402
from kg.store import Store  # noqa: E402

COPIES = 5


def filled(folder: Path) -> list[Path]:
    """A sample that prints its symbol several times, each copy under a symbol of its own."""
    folder.mkdir()
    made = []
    for path in sample_paths():
        text = path.read_text(encoding="utf-8")
        if path.name.split(".")[0].replace("_", "/") not in text:
            continue
        for number in range(COPIES):
            symbol = path.name.split(".")[0].replace("_", "/")
            copy = folder / f"{number}-{path.name}"
            copy.write_text(text.replace(symbol, f"{symbol}{number}"), "utf-8")
            made.append(copy)
    return made


def command(folder: Path, store: Path, jobs: int) -> subprocess.Popen[bytes]:
    """A build of a folder, in a process group of its own."""
    return subprocess.Popen(
        [
            sys.executable,
            "-m",
            "kg",
            "build",
            str(folder),
            "--store",
            str(store),
            "--jobs",
            str(jobs),
        ],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def killed(folder: Path, store: Path, *, after: float, jobs: int) -> bool:
    """Whether the build was still at work when it was killed."""
    process = command(folder, store, jobs)
    try:
        process.wait(timeout=after)
        return False
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        return True
    finally:
        process.communicate()


def graphs(folder: Path) -> dict[str, frozenset[str]]:
    """What a new store holds of a folder, by graph."""
    with Store.in_memory() as store:
        assert not build([folder], store=store).errors
        return {name: frozenset(map(str, store.quads(name))) for name in store.graphs()}


def check(store: Path, allowed: dict[str, list[frozenset[str]]]) -> int:
    """How many graphs a store holds, each of which must be one of its versions.

    Raises:
        AssertionError: a graph is torn.
    """
    if not (store / "store.json").exists():
        return 0
    with Store.open(store) as opened:
        for name in opened.graphs():
            found = frozenset(map(str, opened.quads(name)))
            assert found in allowed.get(name, []), f"{name} is torn ({len(found)} statements)"
        return len(opened.graphs())


def change(file: Path, number: int, *, moves: bool) -> None:
    """A paragraph more, or another symbol: the graph then goes when the new one comes."""
    text = file.read_text(encoding="utf-8")
    if moves:
        old = next(path.name for path in sample_paths() if file.name.endswith(path.name))
        symbol = old.split(".")[0].replace("_", "/")
        text = re.sub(rf"{symbol}\d+", f"{symbol}{file.name[0]}{number:04}", text)
    else:
        text += f"\n\n{number}. Recalls its resolution 70/{number + 1}.\n"
    file.write_text(text, encoding="utf-8")


def run(scratch: Path, *, times: int, seed: int, jobs: int = 2) -> tuple[int, int]:
    """Kill so many builds; how many were at work, and how many new stores it took.

    Raises:
        AssertionError: something is torn, or the last build is not as an undisturbed one.
    """
    dice, folder, hits, stores = random.Random(seed), scratch / "documents", 0, 0
    files = filled(folder)
    allowed = {name: [found] for name, found in graphs(folder).items()}
    begin = time.monotonic()
    done = command(folder, scratch / "first", jobs)
    assert done.wait() == 0, done.communicate()
    done.communicate()
    whole = time.monotonic() - begin
    store, held = scratch / "store-0", 0
    for number in range(times):
        hits += killed(folder, store, after=dice.uniform(0.1, 1.1) * whole, jobs=jobs)
        now = check(store, allowed)
        assert now >= held, f"{held - now} documents are lost"
        held = now
        if held == len(files) and dice.random() < 0.5:
            stores, held = stores + 1, 0
            shutil.rmtree(store)
        elif dice.random() < 0.3:
            change(dice.choice(files), number, moves=dice.random() < 0.3)
            for name, found in graphs(folder).items():
                allowed[name] = [*allowed.get(name, []), found]
        if number % 20 == 19:
            print(f"{number + 1} kills, {hits} at work, {stores + 1} stores", flush=True)
    last = command(folder, store, jobs)
    _, said = last.communicate()
    assert last.returncode == 0, said
    with Store.open(store) as opened, Store.in_memory() as plain:
        build([folder], store=plain)
        assert opened.nquads() == plain.nquads()
        assert sorted(map(str, opened.quads(f"{opened.base}/joins"))) == sorted(
            map(str, plain.quads(f"{plain.base}/joins"))
        )
    return hits, stores + 1


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="unkg-kills-") as scratch:
        hits, stores = run(Path(scratch), times=given.times, seed=given.seed, jobs=given.jobs)
    print(f"{given.times} kills, {hits} at work, {stores} stores, nothing lost, nothing torn")


if __name__ == "__main__":
    main()
