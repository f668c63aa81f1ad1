"""The store: replace in one go, nothing written twice, one writer, the same bytes."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import QueryError, StoreError
from kg.store import AUTHORITY_GRAPH, Claim, Store, skolemised, write_atomically
from kg.triples import quads
from tests import sample_record

ENGLISH = f"https://undocs.org/en/{sample_record.SYMBOL}"
CHINESE = f"https://undocs.org/zh/{sample_record.SYMBOL}"
COUNT = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"


def filled(store: Store) -> Store:
    for language, graph in (("en", ENGLISH), ("zh", CHINESE)):
        store.put(graph, quads(sample_record.report(language)))
    return store


def number(store: Store, sparql: str) -> int:
    return int(store.select(sparql).rows[0][0].value)


def citations(store: Store) -> int:
    prefix = "PREFIX unkg: <https://w3id.org/unkg/ontology#>"
    return number(store, f"{prefix} SELECT (COUNT(?c) AS ?n) WHERE {{ ?c a unkg:Citation }}")


def test_put_adds_replaces_or_leaves() -> None:
    with Store.in_memory(ontology=False) as store:
        found = list(quads(sample_record.report()))
        assert store.put(ENGLISH, found) == "added"
        assert store.put(ENGLISH, reversed(found)) == "unchanged"
        assert store.put(ENGLISH, found[:-3]) == "replaced"
        assert len(store) == len(found) - 3 == number(store, COUNT)


def test_a_fact_of_two_languages_is_counted_once() -> None:
    with Store.in_memory() as store:
        filled(store)
        assert citations(store) == 7
        assert store.remove(ENGLISH)
        assert citations(store) == 7
        assert store.remove(CHINESE)
        assert citations(store) == 0
        assert not store.remove(CHINESE) and store.graphs() == ()


def test_the_merge_is_that_of_the_graphs() -> None:
    merged = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
    graphs = "SELECT DISTINCT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }"
    with Store.in_memory(ontology=False) as store:
        filled(store)
        changed = [q for q in quads(sample_record.report()) if "sponsor" not in str(q.subject)]
        store.put(ENGLISH, changed)
        assert sorted(map(str, store.select(merged).rows)) == sorted(
            map(str, store.select(graphs).rows)
        )


def test_a_store_on_disk_keeps_what_it_holds(tmp_path: Path) -> None:
    where = tmp_path / "store"
    with Store.open(where) as store:
        written = filled(store).nquads()
    with Store.open(where, read_only=True) as store:
        assert store.graphs() == (ENGLISH, CHINESE)
        assert store.nquads() == written
        assert store.claimed_by(ENGLISH) == Claim(source="A_98_512.en.txt", sha256="ab" * 32)
        assert store.claimed_by("https://undocs.org/en/A/1/1") is None
        with pytest.raises(StoreError, match="reading only"):
            store.put(ENGLISH, [])


def test_two_stores_of_the_same_content_give_the_same_bytes(tmp_path: Path) -> None:
    with Store.open(tmp_path / "a") as one, Store.in_memory() as two:
        filled(one)
        for language in ("zh", "en"):
            graph = f"https://undocs.org/{language}/{sample_record.SYMBOL}"
            two.put(graph, reversed(list(quads(sample_record.report(language)))))
        assert one.nquads() == two.nquads()
        assert len(one.nquads().splitlines()) == len(one)


def test_ontology_and_authority_are_there_to_query_and_not_exported() -> None:
    with Store.in_memory() as store:
        kenya = store.select(
            'SELECT ?s WHERE { ?s ?p "Kenya"@en . ?s a <https://w3id.org/unkg/ontology#State> }'
        )
        assert {row[0].value for row in kenya.rows} == {"https://w3id.org/unkg/state/KEN"}
        assert store.graphs() == () and store.nquads() == b"" and any(store.quads(AUTHORITY_GRAPH))


def test_a_store_keeps_its_base(tmp_path: Path) -> None:
    base = "https://example.org/kg"
    with Store.open(tmp_path / "s", base=base) as store:
        assert store.base == base
        kenya = store.select('SELECT ?s WHERE { ?s ?p "Kenya"@en }')
        assert {row[0].value for row in kenya.rows} >= {f"{base}/state/KEN"}
    with Store.open(tmp_path / "s") as store:
        assert store.base == base
    with pytest.raises(StoreError, match="choose another --store"):
        Store.open(tmp_path / "s", base="https://example.org/other")


def test_what_is_no_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg build"):
        Store.open(tmp_path / "none", read_only=True)
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="is a file"):
        Store.open(tmp_path / "file")
    with pytest.raises(StoreError, match="empty directory"):
        Store.open(tmp_path)


@pytest.mark.parametrize("meta", ['{"format": 99}', "[]", "{", "{}"])
def test_another_format_is_refused(tmp_path: Path, meta: str) -> None:
    where = tmp_path / "store"
    Store.open(where).close()
    (where / "store.json").write_text(meta, encoding="utf-8")
    with pytest.raises(StoreError, match=r"store format|cannot be read"):
        Store.open(where)


def test_a_changed_ontology_is_loaded_again(tmp_path: Path) -> None:
    where = tmp_path / "store"
    with Store.open(where) as store:
        store.put(AUTHORITY_GRAPH, [])
    meta = json.loads((where / "store.json").read_text(encoding="utf-8"))
    (where / "store.json").write_text(json.dumps({**meta, "ontology": "old"}), encoding="utf-8")
    with Store.open(where) as store:
        assert any(store.quads(AUTHORITY_GRAPH))


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with Store.open(tmp_path / "s"):
        code = f"from kg.store import Store; Store.open({str(tmp_path / 's')!r})"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False
        )
        assert "another process is writing" in done.stderr
    Store.open(tmp_path / "s").close()


def test_quads_of_another_graph_and_blank_nodes_are_refused() -> None:
    name = ox.NamedNode(ENGLISH)
    other = ox.Quad(name, name, name, ox.NamedNode(CHINESE))
    blank = ox.Quad(ox.BlankNode(), name, name, name)
    with Store.in_memory(ontology=False) as store:
        for quad, words in ((other, "another graph"), (blank, "blank node")):
            with pytest.raises(StoreError, match=words):
                store.put(ENGLISH, [quad])
        assert store.put(ENGLISH, skolemised([blank], graph=ENGLISH)) == "added"


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT * WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * WHERE { service silent <http://localhost:1/> { ?s ?p ?o } }",
        "SELECT * WHERE { \\u0053ERVICE <http://localhost:1/> { ?s ?p ?o } }",
        "# '\nSELECT * WHERE { SERVICE <http://localhost:1/> { ?s ?p ?o } } # '",
        'SELECT * { BIND("\\u0022" AS ?a) SERVICE <http://e/> { ?s ?p ?o } BIND("\\u0022" AS ?b) }',
        "PREFIX e: <http://e/> SELECT * WHERE { e:a\\# e:b ?c . SERVICE <http://e/> { ?s ?p ?o } }",
        "LOAD <http://localhost:1/>",
    ],
)
def test_queries_do_not_reach_the_network(sparql: str) -> None:
    with Store.in_memory(ontology=False) as store, pytest.raises(QueryError, match="is refused"):
        store.select(sparql)


@pytest.mark.parametrize(
    "sparql", ["INSERT DATA { <a:b> <a:b> <a:b> }", "CLEAR ALL", "# SELECT\nDROP ALL"]
)
def test_updates_are_refused(sparql: str) -> None:
    with Store.in_memory(ontology=False) as store, pytest.raises(QueryError, match="update"):
        store.select(sparql)


def test_words_that_only_look_like_it_are_fine() -> None:
    with Store.in_memory(ontology=False) as store:
        answer = store.select('SELECT ?service WHERE { ?service ?load "SERVICE" } # LOAD')
        assert answer.columns == ("service",) and answer.rows == ()
        assert store.select("ASK {}").rows[0][0].value == "true"


def test_an_endless_query_text_is_refused() -> None:
    with Store.in_memory(ontology=False) as store, pytest.raises(QueryError, match="characters"):
        store.select("SELECT * {" + " " * 1_000_001 + "}")


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    target = tmp_path / "out.nq"
    write_atomically(target, b"one")
    write_atomically(target, b"two")
    assert target.read_bytes() == b"two" and list(tmp_path.iterdir()) == [target]
    with pytest.raises(StoreError, match="cannot be written"):
        write_atomically(tmp_path / "none" / "out.nq", b"")
