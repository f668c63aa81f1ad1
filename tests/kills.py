"""Kill a writer again and again, and see that nothing it acknowledged is lost or torn.

    python tests/kills.py --times 200 [--seed 1] [--directory DIR]

A child process opens a store for writing, puts, replaces, moves and removes documents, puts some
together, loads some in bulk and runs updates; it says before each what it is about to do and after
each that it is done. It is killed (SIGKILL) at a random moment. Then, and with a reader open at
times meanwhile:

* every document is as it was last acknowledged, or as what was under way would have made it;
* of new documents put together all are there or none;
* no graph is torn: each equals one of the versions written;
* the default graph is the union of the named graphs;
* a reader finds all of it, after the next opening, and nothing is left over in the directory.

Prints one line a hundred kills and the counts at the end; exit status 1 with the first finding.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import pyoxigraph as ox

from kg.store import Content, Store
from kg.store import database as module

SPACE = "https://undocs.org"
DOCUMENTS = 12
TOGETHER = 3
VERSION = f"{SPACE}/version"


def graph_of(number: int) -> str:
    return f"{SPACE}/en/A/RES/70/{number}"


def version(number: int, edition: int) -> frozenset[tuple[str, str, str]]:
    """What edition 1, 2, … of a document states: some facts of its own, some shared with others."""
    graph = graph_of(number)
    own = {(graph, f"{SPACE}/p{n}", f"{edition}-{n}") for n in range(20 + edition % 30)}
    shared = {(f"{SPACE}/shared", f"{SPACE}/p", str(n + edition % 5)) for n in range(4)}
    return frozenset({(graph, VERSION, str(edition))} | own | shared) if edition else frozenset()


def quads(number: int, edition: int) -> list[ox.Quad]:
    name = ox.NamedNode(graph_of(number))
    return [
        ox.Quad(ox.NamedNode(s), ox.NamedNode(p), ox.Literal(o), name)
        for s, p, o in version(number, edition)
    ]


def content(number: int, edition: int, *, replaces: tuple[str, ...] = ()) -> Content:
    lines = b"".join(f"{quad} .\n".encode() for quad in quads(number, edition))
    return Content(graph=graph_of(number), nquads=lines, replaces=replaces)


def together(store: Store, dice: random.Random, edition: int) -> None:
    """Three new documents at a time, by the bulk loader or as one transaction."""
    module._MUCH = dice.choice([0, 2**20])
    contents = [content(1000 * edition + n, edition) for n in range(TOGETHER)]
    store.put_many(contents)
    print(f"together {edition} {TOGETHER}", flush=True)


def move(store: Store, dice: random.Random, edition: int) -> None:
    """A document goes where another comes."""
    old, new = dice.sample(range(DOCUMENTS), 2)
    print(f"begin {old} 0", f"begin {new} {edition}", sep="\n", flush=True)
    store.put_many([content(new, edition, replaces=(graph_of(old),))])
    print(f"done {old} 0", f"done {new} {edition}", sep="\n", flush=True)


def child(where: str, seed: int, edition: int) -> None:
    """Write for ever, saying what is begun and what is done."""
    dice = random.Random(seed)
    with Store.open(where) as store:
        while True:
            edition += 1
            number, way = dice.randrange(DOCUMENTS), dice.random()
            if way > 0.85:
                (together if way > 0.93 else move)(store, dice, edition)
                continue
            target = 0 if way < 0.1 else edition
            print(f"begin {number} {target}", flush=True)
            found = quads(number, target)
            if way < 0.15 and target:
                store.bulk([b"".join(f"{quad} .\n".encode() for quad in found)])
            elif way < 0.2 and target:
                triples = " ".join(f"{quad.triple} ." for quad in found)
                name = graph_of(number)
                store.update(
                    f"DROP SILENT GRAPH <{name}> ; INSERT DATA {{ GRAPH <{name}> {{ {triples} }} }}"
                )
            else:
                store.put(graph_of(number), found)
            print(f"done {number} {target}", flush=True)
            if dice.random() < 0.05:
                store.publish()


def killed(where: Path, dice: random.Random, *, edition: int) -> list[str]:
    """What a child said before it was killed."""
    child_seed, wait = str(dice.getrandbits(30)), dice.uniform(0, 0.05)
    command = [sys.executable, __file__, "--child", str(where), child_seed, str(edition)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = []
        if dice.random() < 0.1:
            # While it starts.
            wait = dice.uniform(0.1, 0.8)
        else:
            said = [process.stdout.readline() for _ in range(dice.randint(1, 60))]
        time.sleep(wait)
        process.kill()
        said += process.stdout.readlines()
    return [line for line in said if line.endswith("\n")]


def held(store: Store, number: int) -> frozenset[tuple[str, str, str]]:
    return frozenset(
        (q.subject.value, q.predicate.value, q.object.value)  # type: ignore[union-attr]
        for q in store.quads(graph_of(number))
    )


def check(store: Store, allowed: dict[int, set[int]]) -> dict[int, int]:
    """Each document's edition, which must be one of those allowed, and the merge.

    Raises:
        AssertionError: a document is lost or torn, or the merge is not the union.
    """
    found = {}
    for number, editions in allowed.items():
        content = held(store, number)
        fitting = [edition for edition in editions if version(number, edition) == content]
        said = sorted(o for _, p, o in content if p == VERSION)
        assert fitting, f"document {number}: holds edition {said}, expected {sorted(editions)}"
        found[number] = fitting[0]
    merged = set(store.select("SELECT ?s ?p ?o { ?s ?p ?o }").rows)
    union = set(store.select("SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }").rows)
    assert merged == union, f"merge: {len(merged - union)} too many, {len(union - merged)} missing"
    return found


def check_together(store: Store, acknowledged: set[int]) -> None:
    """Those put together are all there, or none of them where that was never acknowledged.

    Raises:
        AssertionError: some are missing.
    """
    names = (int(name.rpartition("/")[2]) for name in store.graphs())
    found = Counter(number // 1000 for number in names if number >= 1000)
    assert set(found.values()) <= {TOGETHER}, f"torn: {found}"
    assert acknowledged <= set(found), f"lost: {acknowledged - set(found)}"


def run(where: Path, *, times: int, seed: int) -> int:
    """Kill a writer so many times; how many documents were acknowledged.

    Raises:
        AssertionError: as for ``check``.
    """
    dice = random.Random(seed)
    Store.open(where).close()
    state, sets = dict.fromkeys(range(DOCUMENTS), 0), set[int]()
    edition = acknowledged = 0
    for time_number in range(times):
        before = Store.open(where, read_only=True) if dice.random() < 0.3 else None
        kept = {number: held(before, number) for number in state} if before is not None else {}
        said = killed(where, dice, edition=edition)
        allowed = {number: {now} for number, now in state.items()}
        for line in said:
            word, number, target = line.split()
            if word == "together":
                sets.add(int(number))
                edition = max(edition, int(number))
                continue
            edition = max(edition, int(target))
            done = word == "done"
            acknowledged += done
            document = allowed[int(number)]
            allowed[int(number)] = {int(target)} if done else document | {int(target)}
        # Half of the times the next to come is a reader, which then does the publishing.
        with Store.open(where, read_only=dice.random() < 0.5) as store:
            state = check(store, allowed)
            check_together(store, sets)
        if before is not None:
            with before:
                assert kept == {number: held(before, number) for number in state}, "a reader moved"
        edition += 1
        if time_number % 100 == 99:
            print(f"{time_number + 1} kills, {acknowledged} acknowledged", flush=True)
    Store.open(where).close()
    with Store.open(where, read_only=True) as store:
        assert check(store, {number: {now} for number, now in state.items()}) == state
    left = sorted(entry.name for entry in where.iterdir())
    databases = [name for name in left if name.startswith("oxigraph")]
    rest = sorted(set(left) - set(databases))
    assert len(databases) == 1 and rest == ["snapshots", "store.json", "writer.lock"], left
    assert len(list((where / "snapshots").iterdir())) == 1
    return acknowledged


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--directory", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="unkg-kills-", dir=given.directory) as scratch:
        count = run(Path(scratch) / "store", times=given.times, seed=given.seed)
    print(f"{given.times} kills, {count} acknowledged, nothing lost, nothing torn")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
