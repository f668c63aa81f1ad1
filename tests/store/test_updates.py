"""SPARQL updates: done whole, the merge follows, what unkg keeps stays, no way out."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import Dataset

from kg.errors import QueryError, StoreError
from kg.store import Store, updates
from kg.store.graphs import AUTHORITY_GRAPH, JOINS_GRAPH, ONTOLOGY_GRAPH

SPACE = "http://example.org/"
ONE, TWO = f"{SPACE}g1", f"{SPACE}g2"
FILL = f"""
PREFIX e: <{SPACE}>
INSERT DATA {{ GRAPH e:g1 {{ e:a e:p 1, 2 }} GRAPH e:g2 {{ e:a e:p 2, 3 }} }}
"""


@pytest.fixture(params=["memory", "disk"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Store]:
    monkeypatch.setattr(Store, "_load_ontology", lambda self: None)
    made = Store.in_memory() if request.param == "memory" else Store.open(tmp_path / "store")
    with made:
        made.update(FILL)
        yield made


def merge(store: Store) -> set[str]:
    return {str(row[2].value) for row in store.select("SELECT ?s ?p ?o { ?s ?p ?o }").rows}


def graph(store: Store, name: str) -> set[str]:
    return {str(q.object.value) for q in store.quads(name)}  # type: ignore[union-attr]


def test_the_merge_follows(store: Store) -> None:
    assert merge(store) == {"1", "2", "3"} and store.graphs() == (ONE, TWO)
    store.update(f"DELETE WHERE {{ GRAPH <{ONE}> {{ ?s ?p ?o }} }}")
    assert merge(store) == {"2", "3"} and store.graphs() == (TWO,)
    store.update(f"DROP GRAPH <{TWO}>")
    assert merge(store) == set() and store.graphs() == ()


@pytest.mark.parametrize(
    ("update", "merged", "second"),
    [
        ("DROP ALL", "", ""),
        ("CLEAR NAMED", "", ""),
        (f"COPY <{ONE}> TO <{TWO}>", "12", "12"),
        (f"MOVE GRAPH <{ONE}> TO GRAPH <{TWO}>", "12", "12"),
        (f"ADD <{ONE}> TO <{TWO}>", "123", "123"),
        ("DELETE { GRAPH ?g { ?s ?p 2 } } WHERE { GRAPH ?g { ?s ?p 2 } }", "13", "3"),
        (f"WITH <{TWO}> DELETE {{ ?s ?p 3 }} INSERT {{ ?s ?p 4 }} WHERE {{ ?s ?p 2 }}",
         "124", "24"),
        (f"BASE <{SPACE}> DELETE DATA {{ GRAPH <g2> {{ <a> <p> 3 }} }}", "12", "2"),
        (f"PREFIX : <{SPACE}> INSERT DATA {{ :a :p 9 }} ; CLEAR GRAPH :g2", "129", ""),
    ],
)  # fmt: skip
def test_operations(store: Store, update: str, merged: str, second: str) -> None:
    store.update(update)
    assert (merge(store), graph(store, TWO)) == (set(merged), set(second))


def test_what_was_stated_to_the_default_graph_stays(store: Store) -> None:
    store.update(f"INSERT DATA {{ <{SPACE}a> <{SPACE}p> 7 }}")
    store.update(f"DROP GRAPH <{ONE}>")
    assert merge(store) == {"2", "3", "7"}


def test_a_dataset_given_beside_the_update(store: Store) -> None:
    insert = f"INSERT {{ GRAPH <{ONE}> {{ ?s ?p 5 }} }} WHERE {{ ?s ?p 3 }}"
    store.update(insert, using_graphs=[ONE])
    assert graph(store, ONE) == {"1", "2"}
    store.update(insert, using_graphs=[ONE, TWO])
    assert graph(store, ONE) == {"1", "2", "5"}
    named = f"INSERT {{ GRAPH <{ONE}> {{ ?s ?p 6 }} }} WHERE {{ GRAPH ?g {{ ?s ?p 3 }} }}"
    store.update(named, using_named_graphs=[ONE])
    assert "6" not in graph(store, ONE)
    store.update(f"DELETE {{ ?s ?p 1 }} WHERE {{}} ; {named}", using_named_graphs=[TWO])
    assert "6" in graph(store, ONE)
    for own in (f"WITH <{ONE}> {insert}", insert.replace("WHERE", f"USING <{ONE}> WHERE")):
        with pytest.raises(QueryError, match="using-graph-uri"):
            store.update(own, using_graphs=[TWO])
    with pytest.raises(QueryError, match="no IRI"):
        store.update(insert, using_graphs=["http://e/> WHERE {} ; DROP ALL #"])


@pytest.mark.parametrize(
    ("update", "reason"),
    [
        ("LOAD <http://localhost:1/>", "LOAD is refused"),
        ("LOAD <file:///etc/passwd>", "LOAD is refused"),
        ("\\u004cOAD <http://localhost:1/>", "is refused"),
        ("PREFIX e: <urn:x:> INSERT DATA { GRAPHe:g { e:a e:b e:c } }", "GRAPHe: is not declared"),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }", "SERVICE"),
        ("INSERT DATA { GRAPH <http://e/g> { <http://e/a> } }", "not valid SPARQL, line 1"),
        ("SELECT * { ?s ?p ?o }", "not valid SPARQL"),
        (f"DROP ALL ; CREATE GRAPH <{ONE}> ; CREATE GRAPH <{ONE}>", "cannot be run"),
    ],
)
def test_a_refused_update_changes_nothing(store: Store, update: str, reason: str) -> None:
    before = store.nquads()
    with pytest.raises(QueryError, match=reason):
        store.update(update)
    assert store.nquads() == before and merge(store) == {"1", "2", "3"}


def test_blank_nodes_get_names(store: Store) -> None:
    store.update(f"INSERT DATA {{ GRAPH <{ONE}> {{ _:x <{SPACE}p> _:x, 8 }} }}")
    nodes = {str(q.subject) for q in store.quads(ONE)}
    assert all(node.startswith("<http") for node in nodes) and len(nodes) == 2
    assert "8" in merge(store)
    store.update(f"DROP GRAPH <{ONE}>")
    assert merge(store) == {"2", "3"}


def test_a_reader_may_not_and_a_committed_one_is_published(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s") as writer:
        writer.update(FILL)
        with Store.open(tmp_path / "s", read_only=True) as reader:
            assert reader.graphs() == (ONE, TWO)
            with pytest.raises(StoreError, match="reading only"):
                reader.update("DROP ALL")
        size = len(list(writer.quads(ONTOLOGY_GRAPH)))
        writer.update("DROP ALL")
        assert writer.graphs() == () and len(list(writer.quads(ONTOLOGY_GRAPH))) == size > 0
        assert (
            writer.select("ASK { ?s a <http://www.w3.org/2002/07/owl#Class> }").rows[0][0].value
            == "true"
        )
        writer.update(f"INSERT DATA {{ GRAPH <{AUTHORITY_GRAPH}> {{ <{ONE}> <{ONE}> 1 }} }}")
        assert not [q for q in writer.quads(AUTHORITY_GRAPH) if q.subject.value == ONE]  # type: ignore[union-attr]
        assert not writer.select(f"SELECT ?o {{ <{ONE}> ?p ?o }}").rows
    with Store.open(tmp_path / "s") as writer:
        assert writer.graphs() == ()
        assert len(list((tmp_path / "s").glob("oxigraph*"))) == 1


def test_documents_that_come_by_update_are_joined(store: Store) -> None:
    store.update("""
        PREFIX u: <https://w3id.org/unkg/ontology#> PREFIX d: <http://purl.org/dc/terms/>
        INSERT DATA { GRAPH <http://e/g> {
          <http://e/res> u:onReport <http://e/rep> ; d:title "Rights of the child"@en .
          <http://e/rep> u:contains <http://e/part> . <http://e/part> d:title "Rights of the Child"@en .
        } }""")  # noqa: E501
    assert [str(q.predicate) for q in store.quads(JOINS_GRAPH)] == [
        "<https://w3id.org/unkg/ontology#adoptedAs>"
    ]
    store.update("DROP GRAPH <http://e/g>")
    assert not list(store.quads(JOINS_GRAPH)) and merge(store) == {"1", "2", "3"}


def _random_update(seed: int) -> str:
    """A sequence of random operations over three graphs, four triples and the default graph."""
    dice = random.Random(seed)

    def place() -> str:
        return f"<{SPACE}g{dice.randint(1, 3)}>"

    def data() -> str:
        block = f"<{SPACE}a> <{SPACE}p> {dice.randint(1, 4)}"
        return f"GRAPH {place()} {{ {block} }}"

    made: dict[int, Callable[[], str]] = {
        0: lambda: f"INSERT DATA {{ {data()} }}",
        1: lambda: f"DELETE DATA {{ {data()} }}",
        2: lambda: f"DELETE {{ {data()} }} INSERT {{ {data()} }} WHERE {{ {data()} }}",
        3: lambda: f"{dice.choice(['COPY', 'MOVE', 'ADD'])} SILENT {place()} TO {place()}",
        4: lambda: f"{dice.choice(['DROP', 'CLEAR'])} SILENT GRAPH {place()}",
        5: lambda: "INSERT { GRAPH ?g { ?s ?p 4 } } WHERE { GRAPH ?g { ?s ?p 3 } }",
        6: lambda: f"WITH {place()} DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(?o > 2) }}",
    }
    return " ;\n".join(made[dice.randrange(7)]() for _ in range(dice.randint(1, 4)))


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")
@pytest.mark.parametrize("seed", range(60))
def test_random_updates_do_to_graphs_what_an_engine_does_and_keep_the_merge(seed: int) -> None:
    plain: Any = Dataset()
    with Store.in_memory(ontology=False) as store:
        for update in (FILL, *(_random_update(seed * 10 + number) for number in range(3))):
            store.update(update)
            plain.update(update)
        everything = "SELECT DISTINCT ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }"
        assert set(store.select(everything).rows) == set(
            store.select("SELECT ?s ?p ?o { ?s ?p ?o }").rows
        )
        for name in (ONE, TWO, f"{SPACE}g3"):
            expected = {str(o) for _, _, o in plain.graph(name)}
            assert graph(store, name) == expected, update


def test_what_an_update_may_touch_is_found_with_every_spelling() -> None:
    def found(update: str) -> list[str] | None:
        names = updates.touched(update)
        return None if names is None else sorted(names)

    one = "INSERT DATA { GRAPH<http://e/a>{ <http://e/b> <http://e/c> 1 } }"
    assert found(one) == ["http://e/a"]
    two = "prefix e: <http://e/> with e:a insert {} using named e:b where {}"
    assert found(two) == ["http://e/a", "http://e/b"]
    assert found("DROP SILENT NAMED") is None
    assert found("INSERT { GRAPH ?g { } } WHERE {}") is None
    assert found("INSERT DATA { GRAPH no:such { } }") is None
    assert found("# GRAPH <http://e/x>\nDROP DEFAULT") == []
    assert found("PREFIX e: <http://e/> CLEAR GRAPH e:a\\-b") == ["http://e/a-b"]
