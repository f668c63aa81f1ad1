"""Named queries written to be quick give what the plain way of asking gives."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

from kg import query
from kg.store import Store
from kg.vocab import RDF, UNKG, XSD

generator = pytest.importorskip("tests.corpus_generator")


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.in_memory(ontology=False) as store:
        store.bulk([line.encode() for line in generator.corpus(0.002, 5)])
        # A report whose part, not itself, cites what no earlier session did.
        lines = [
            f'<https://undocs.org/A/60/1> <{UNKG.session}> "60"^^<{XSD.integer}> .',
            f"<https://undocs.org/A/60/1> <{UNKG.contains}> <https://undocs.org/A/60/1#draft-I> .",
            f"<https://undocs.org/A/60/1#draft-I> <{UNKG.cites}> <https://undocs.org/A/59/999> .",
        ]
        graph = "https://undocs.org/en/A/60/1"
        store.bulk(["\n".join([*lines, ""]).encode()], graph=graph)
        yield store


def pairs(store: Store, predicate: str) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for one, other in store.pairs(predicate):
        found[one.value].add(other.value)
    return found


def test_first_cited(store: Store) -> None:
    cites, parts = pairs(store, UNKG.cites), pairs(store, UNKG.contains)
    works: dict[tuple[int, str], set[str]] = defaultdict(set)
    for document, sessions in pairs(store, UNKG.session).items():
        for text in (document, *parts[document]):
            for target in cites[text]:
                for session in sessions:
                    works[int(session), target].add(document)
    first = {target: min(s for s, other in works if other == target) for _, target in works}
    several = 0
    for session in ("1", "30", "60", "79"):
        rows = query.run(store, "first-cited", session=session).records()
        expected = sorted(
            (target.rsplit("/", 1)[-1], len(found))
            for (held, target), found in works.items()
            if held == int(session) == first[target]
        )
        named = ((row["cited"].rsplit("/", 1)[-1], int(row["works"])) for row in rows)
        assert sorted(named) == expected
        several += len(rows)
    assert several > 10


def test_documents(store: Store) -> None:
    versions, symbols = pairs(store, UNKG.versionOf), pairs(store, UNKG.symbol)
    citations = {one.value for one, _ in store.pairs(RDF.type, UNKG.Citation)}
    stands, mentions, passages = (
        pairs(store, name) for name in (UNKG.inVersion, UNKG.mentionOf, UNKG.passageOf)
    )
    counted: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
    for thing, places in stands.items():
        for version in places:
            counted[version][0].update(passages[thing])
            counted[version][1].update(mentions[thing] & citations)
    expected = sorted(
        (min(symbols[whole]), len(counted[version][0]), len(counted[version][1]))
        for version, wholes in versions.items()
        for whole in wholes
    )
    rows = query.run(store, "documents").records()
    columns = ("document", "paragraphs", "citations")
    found = [tuple(row[name] for name in columns) for row in rows]
    assert sorted((d, int(p), int(c)) for d, p, c in found) == expected
    assert max(row[2] for row in expected) > 3
