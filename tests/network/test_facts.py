"""Facts: what is renewed after changes is what reading everything gives, number for number."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import numpy as np
import pyoxigraph as ox
import pytest

from kg.demo import sample_paths
from kg.ingest import build
from kg.network import catalogue, citations, citations_made, facts, facts_renewed, sponsors_read
from kg.network.facts import Wanted
from kg.store import Endpoint, Store
from kg.vocab import RDF, UNKG
from tests.store.test_remote import answering, engine

generator = pytest.importorskip("tests.corpus_generator")
Quads = dict[str, list[ox.Quad]]
NETWORKS = {
    "citations": citations_made.WANTED,
    "sponsorships": sponsors_read.WANTED,
    "catalogue": catalogue.WANTED,
}


@pytest.fixture(scope="module")
def generated() -> Quads:
    graphs: Quads = {}
    lines = "".join(generator.corpus(0.0006, 5)).encode()
    for quad in ox.parse(lines, format=ox.RdfFormat.N_QUADS):
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    return graphs


@pytest.fixture(scope="module")
def samples() -> Quads:
    with Store.in_memory() as store:
        build(sample_paths(), store=store, base=store.base)
        return {graph: list(store.quads(graph)) for graph in store.graphs()}


def same(found: Any, expected: Any) -> None:
    one, other = dict(found), dict(expected)
    assert one.keys() == other.keys()
    for name, column in one.items():
        assert column.dtype == other[name].dtype and np.array_equal(column, other[name]), name


def assert_as_from_nothing(store: Path) -> None:
    with Store.open(store, read_only=True) as reader:
        for name, wanted in NETWORKS.items():
            found = facts.load(reader, name, wanted)
            same(found.columns(wanted), facts.read(reader, wanted).columns(wanted))


def spoilt(quads: list[ox.Quad], dice: random.Random) -> list[ox.Quad]:
    """The graph without some of its triples, with some changed, and with new texts."""
    found = []
    for quad in quads:
        fate = dice.random()
        if fate < 0.8:
            found.append(quad)
        elif fate < 0.9 and isinstance(quad.object, ox.Literal):
            changed = ox.Literal(quad.object.value + dice.choice(["", "~", "、"]), language="fr")
            found.append(ox.Quad(quad.subject, quad.predicate, changed, quad.graph_name))
    return found


def change(store: Store, graphs: Quads, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 4)):
        graph = dice.choice(sorted(graphs))
        deed = dice.choice(["put", "spoil", "remove", "bulk", "join"])
        if deed == "put":
            store.put(graph, graphs[graph])
        elif deed == "spoil":
            store.put(graph, spoilt(graphs[graph], dice))
        elif deed == "remove":
            store.remove(graph)
        elif deed == "join":
            store.join()
        else:
            lines = "".join(f"{quad} .\n" for quad in spoilt(graphs[graph], dice))
            store.bulk([lines.encode()])


@pytest.mark.parametrize("source", ["generated", "samples"])
@pytest.mark.parametrize("seed", range(2))
def test_random_changes(
    source: str,
    seed: int,
    request: pytest.FixtureRequest,
    tmp_path: Path,
    renewals: list[bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    graphs: Quads = request.getfixturevalue(source)
    monkeypatch.setattr(facts_renewed, "SHARE", 9)
    dice, where = random.Random(seed), tmp_path / "store"
    monkeypatch.setattr(Store, "_load_ontology", lambda self: None)
    with Store.open(where) as store:
        for graph in dice.sample(sorted(graphs), len(graphs) * 3 // 4):
            store.put(graph, graphs[graph])
    assert_as_from_nothing(where)
    renewals.clear()
    for _ in range(6):
        with Store.open(where) as store:
            change(store, graphs, dice)
        # Now and then nobody asks for the networks between two snapshots.
        if dice.random() < 0.7:
            assert_as_from_nothing(where)
    assert_as_from_nothing(where)
    assert any(renewals)
    with Store.open(where, read_only=True) as reader:
        found = citations.load(reader).columns()
        monkeypatch.setattr(Store, "folder", None)
        same(found, citations_made.made(reader).columns())


@pytest.mark.parametrize("name", NETWORKS)
def test_an_endpoint_gives_the_same(name: str, generated: Quads) -> None:
    wanted = NETWORKS[name]
    with Store.in_memory(ontology=False) as store:
        for graph, quads in sorted(generated.items())[:20]:
            store.put(graph, quads)
        with answering(engine(store._database)) as url, Endpoint(url) as endpoint:
            found = facts.load(endpoint, name, wanted)
        same(found.columns(wanted), facts.read(store, wanted).columns(wanted))


@pytest.fixture
def renewals(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether facts were renewed, each time that facts were made."""
    found: list[bool] = []
    real = facts_renewed.from_earlier

    def spied(*given: Any) -> Any:
        renewed = real(*given)
        found.append(renewed is not None)
        return renewed

    monkeypatch.setattr(facts_renewed, "from_earlier", spied)
    return found


def statement(number: int, graph: str, text: Any = "x") -> ox.Quad:
    one = ox.NamedNode(f"https://undocs.org/A/RES/70/{number}")
    literal = text if isinstance(text, ox.Literal) else ox.Literal(text)
    return ox.Quad(one, ox.NamedNode(UNKG.symbol), literal, ox.NamedNode(graph))


ENGLISH, FRENCH = (f"https://undocs.org/{code}/A/RES/70/1" for code in ("en", "fr"))
SYMBOLS = (Wanted(UNKG.symbol),)


@pytest.fixture
def where(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of a few statements, its facts read."""
    monkeypatch.setattr(Store, "_load_ontology", lambda self: None)
    with Store.open(tmp_path / "store") as store:
        store.put(ENGLISH, [statement(1, ENGLISH), statement(2, ENGLISH, "1")])
        store.put(FRENCH, [statement(1, FRENCH), statement(2, FRENCH, ox.Literal(1))])
        store.put(f"{FRENCH}0", [statement(3, f"{FRENCH}0")])
        store.put(f"{FRENCH}1", [statement(4, f"{FRENCH}1")])
    symbols(tmp_path / "store")
    return tmp_path / "store"


def symbols(where: Path) -> list[tuple[str, str]]:
    with Store.open(where, read_only=True) as reader:
        found = facts.load(reader, "symbols", SYMBOLS)
        rows, texts = found.of(UNKG.symbol), found.terms
        return list(zip(texts.take(rows.subject), texts.take(rows.object), strict=True))


def test_what_another_graph_states_too_stays(where: Path, renewals: list[bool]) -> None:
    before = symbols(where)
    with Store.open(where) as store:
        store.remove(ENGLISH)
    # "1" left, but 1 is the same fact.
    assert symbols(where) == before
    assert renewals == [True]


@pytest.mark.parametrize("way", ["update", "killed", "most"])
def test_where_the_changes_are_not_known_all_is_read(
    way: str, where: Path, renewals: list[bool]
) -> None:
    with Store.open(where) as store:
        if way == "update":
            store.update(f'INSERT DATA {{ <{ENGLISH}> <{UNKG.symbol}> "y" }}')
        elif way == "most":
            for number, graph in enumerate(store.graphs()):
                store.put(graph, [statement(number, graph, "y")])
        else:
            store.put(ENGLISH, [statement(1, ENGLISH, "y")])
            (where / "unpublished").touch()
            store._place.close = lambda: None  # type: ignore[method-assign]
            store._place._lock.release()  # type: ignore[union-attr]
            del store._place.database
    assert "y" in dict(symbols(where)).values()
    assert renewals == [False]


def test_facts_of_another_kind_are_not_taken(where: Path) -> None:
    with Store.open(where, read_only=True) as reader:
        wanted = (Wanted(UNKG.symbol), Wanted(RDF.type, UNKG.Resolution))
        assert facts.load(reader, "symbols", wanted).of(RDF.type, UNKG.Resolution).subject.size == 0
    with Store.open(where) as store:
        store.put(ENGLISH, [statement(5, ENGLISH)])
    with Store.open(where, read_only=True) as reader:
        assert len(facts.load(reader, "symbols", wanted).of(UNKG.symbol).subject) == 5


def test_only_what_is_wanted() -> None:
    graph = ox.NamedNode(ENGLISH)
    name, other = (ox.NamedNode(f"https://undocs.org/A/RES/70/{n}") for n in (1, 2))
    cites, kind = ox.NamedNode(UNKG.cites), ox.NamedNode(RDF.type)
    with Store.in_memory(ontology=False) as store:
        store.put(
            ENGLISH,
            [
                ox.Quad(name, cites, other, graph),
                ox.Quad(name, cites, ox.Literal("A/RES/70/2"), graph),
                ox.Quad(name, kind, ox.NamedNode(UNKG.Resolution), graph),
                ox.Quad(other, kind, ox.NamedNode(UNKG.Decision), graph),
            ],
        )
        wanted = (Wanted(UNKG.cites, links=True), Wanted(RDF.type, UNKG.Resolution))
        found = facts.read(store, wanted)
    assert list(found.terms) == ["", name.value, other.value]
    assert [row.tolist() for row in found.of(UNKG.cites)] == [[1], [2], [0]]
    assert found.of(RDF.type, UNKG.Resolution).subject.tolist() == [1]
