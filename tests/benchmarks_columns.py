"""What the networks of a store take: made from nothing, and after one document was replaced.

    python tests/benchmarks_columns.py STORE SCRATCH

STORE is not changed: SCRATCH becomes a copy of it (hard links to the database's unchanging
files, so on the same disk) and is removed at the end.
"""

from __future__ import annotations

import resource
import shutil
import sys
import time
from collections.abc import Callable
from pathlib import Path

from kg.network import catalogue, citations, sponsorships
from kg.store import Store

NETWORKS = (citations, sponsorships, catalogue)


def copied(store: Path, scratch: Path) -> None:
    """A copy without what was derived; only sorted files, which never change, are linked."""
    number = max(int(place.name) for place in (store / "snapshots").iterdir())
    for name in ("oxigraph", f"snapshots/{number}/oxigraph"):
        (scratch / name).mkdir(parents=True)
        for file in (store / name).iterdir():
            copy = scratch / name / file.name
            if file.suffix == ".sst":
                copy.hardlink_to(file)
            else:
                shutil.copyfile(file, copy)
    (scratch / f"snapshots/{number}/lock").touch()
    shutil.copyfile(store / "store.json", scratch / "store.json")


def timed(what: str, do: Callable[[], object]) -> None:
    wall, processor = time.perf_counter(), time.process_time()
    do()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    print(f"{what:40} {wall:7.1f} s, {processor:7.1f} s of a processor, {most} MB", flush=True)


def load_all(where: Path, how: str) -> None:
    with Store.open(where, read_only=True) as reader:
        for network in NETWORKS:
            name = network.__name__.rpartition(".")[2]
            timed(f"{name}, {how}", lambda network=network: network.load(reader))  # type: ignore[misc]


def replace_one(where: Path) -> None:
    with Store.open(where) as store:
        graphs = store.graphs()
        graph = graphs[len(graphs) // 2]
        quads = list(store.quads(graph))
        store.put(graph, [quad for number, quad in enumerate(quads) if number % 10])
        print(f"replaced <{graph}>, {len(quads)} statements before")


def main() -> None:
    """Entry point: the store and a folder that is not there yet."""
    store, scratch = map(Path, sys.argv[1:])
    copied(store, scratch)
    try:
        # Opened once, so that a change of the ontology counts for nothing.
        Store.open(scratch).close()
        load_all(scratch, "from nothing")
        replace_one(scratch)
        load_all(scratch, "one document replaced")
    finally:
        shutil.rmtree(scratch)


if __name__ == "__main__":
    main()
