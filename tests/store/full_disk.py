"""What is done to a store whose disk has no room, or may not be written; run by test_full_disk.

    python tests/store/full_disk.py full|readonly FOLDER

In a process of its own with a folder for the store; prints what came of each thing as a line of
JSON: the error (of ours, or the name of any other), and whether the store is as it was.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.demo import sample_paths
from kg.errors import UnkgError
from kg.export import export
from kg.ingest import build
from kg.store import Store

GRAPH = "https://undocs.org/en/A/RES/70/{}"


def quads(number: int, size: int) -> list[ox.Quad]:
    name = ox.NamedNode(GRAPH.format(number))
    return [
        ox.Quad(name, ox.NamedNode(f"urn:p{n}"), ox.Literal("text " * 10 + str(n)), name)
        for n in range(size)
    ]


def fill(file: Path) -> None:
    """Leave no room, also where an attempt before gave some back."""
    descriptor = os.open(file, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    try:
        for size in (1 << 20, 1 << 12):
            while True:
                try:
                    os.write(descriptor, bytes(size))
                except OSError:
                    break
    finally:
        os.close(descriptor)


def holds(store: Store) -> bool:
    """Whether it is as it was: one document, and the merge in the default graph."""
    merged = {row[0].value for row in store.select("SELECT ?p { ?s ?p ?o }").rows}
    own = {name for name in merged if name.startswith("urn:")}
    held = {str(quad.predicate.value) for quad in store.quads()}
    return store.graphs() == (GRAPH.format(1),) and len(store) == 300 and own == held


def say(name: str, do: Callable[[], Any], whole: Callable[[], bool]) -> None:
    try:
        do()
        error = None
    except UnkgError as found:
        error = str(found)
    except BaseException as found:
        error = f"{type(found).__name__}: {found}"
    print(json.dumps({"what": name, "error": error, "whole": whole()}), flush=True)


def attempts(store: Store, folder: Path) -> dict[str, Callable[[], Any]]:
    many = quads(2, 5_000)
    lines = b"".join(f"{quad} .\n".encode() for quad in many)
    return {
        "put": lambda: store.put(GRAPH.format(2), many),
        "replace": lambda: store.put(GRAPH.format(1), quads(1, 5_000)),
        "bulk": lambda: store.bulk([lines]),
        "update": lambda: store.update("INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:b> 1 } }"),
        "build": lambda: build(sample_paths(), store=store),
        "export": lambda: export(store, folder / "out.nq", format="nq"),
        "publish": store.publish,
    }


def main(way: str, folder: Path) -> None:
    where = folder / "store"
    with Store.open(where) as store:
        store.put(GRAPH.format(1), quads(1, 300))
    if way == "readonly":
        subprocess.run(["mount", "-o", "remount,ro", str(folder)], check=True)
        say("open", lambda: Store.open(where), lambda: True)
    else:
        store = Store.open(where)
        for name, do in attempts(store, folder).items():
            fill(folder / "filler")
            say(name, do, lambda: holds(store))
        fill(folder / "filler")
        say("close", store.close, lambda: True)
    with Store.open(where, read_only=True) as reader:
        say("read", lambda: None, lambda: holds(reader))
        if way == "readonly":
            do = attempts(reader, folder)["export"]
            say("export", do, lambda: holds(reader))
    if way == "full":
        (folder / "filler").unlink()
        with Store.open(where) as store:
            say("again", lambda: store.put(GRAPH.format(1), quads(1, 300)), lambda: holds(store))
    left = sorted(entry.name for entry in folder.glob("*"))
    say("left", lambda: None, lambda: left == ["store"])


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
