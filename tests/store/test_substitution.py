"""Values in the text of a query: what is replaced, what is not, and that nothing breaks out."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest

from kg.errors import QueryError
from kg.query import library, values_of
from kg.store import Store
from kg.store.substitution import form_of, substituted
from tests.sample_store import ANSWERS

KEN = ox.NamedNode("https://w3id.org/unkg/state/KEN")
IRI = str(KEN)


@pytest.fixture(scope="module")
def engine(store: Store) -> ox.Store:
    """The same statements where the engine's own substitutions can be used."""
    made = ox.Store()
    for graph in (*store.graphs(), *Store.in_memory().graphs()):
        made.extend(store.quads(graph))
    for quad in store._database.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        made.add(quad)
    return made


@pytest.mark.parametrize(("name", "params"), [(name, params) for name, params, *_ in ANSWERS])
def test_the_text_means_what_substitutions_mean(
    store: Store, engine: ox.Store, name: str, params: dict[str, str]
) -> None:
    query = library()[name]
    values = values_of(store, query, params)
    bound = {ox.Variable(key): term for key, term in values.items()}
    ours = list(engine.query(substituted(query.sparql, values)))  # type: ignore[arg-type]
    theirs = list(engine.query(query.sparql, substitutions=bound))  # type: ignore[arg-type]
    assert sorted(map(str, ours)) == sorted(map(str, theirs))


@pytest.mark.parametrize(
    ("sparql", "wanted"),
    [
        ("SELECT ?x { ?x ?p ?o }", f"SELECT ({IRI} AS ?x) {{ {IRI} ?p ?o }}"),
        ("SELECT $x { ?s ?p $x }", f"SELECT ({IRI} AS ?x) {{ ?s ?p {IRI} }}"),
        ("ASK { ?x ?p 'is ?x' } # ?x", f"ASK {{ {IRI} ?p 'is ?x' }} # ?x"),
        ("ASK { ?x <urn:?x> '''?x''' }", f"ASK {{ {IRI} <urn:?x> '''?x''' }}"),
        ("ASK { ?x ?xx ?y FILTER(BOUND( ?x )) }", f"ASK {{ {IRI} ?xx ?y FILTER(true) }}"),
        ("ASK { ?s ?p ?o FILTER(BOUND(?s) && ?o=?x) }",
         f"ASK {{ ?s ?p ?o FILTER(BOUND(?s) && ?o={IRI}) }}"),
        ("SELECT ?x (COUNT(?x) AS ?n) { ?x ?p ?o } GROUP BY ?x ?p",
         f"SELECT ({IRI} AS ?x) (COUNT({IRI}) AS ?n) {{ {IRI} ?p ?o }} GROUP BY  ?p"),
        ("SELECT ?x (COUNT(?o) AS ?n) { ?x ?p ?o } GROUP BY ?x",
         f"SELECT ({IRI} AS ?x) (COUNT(?o) AS ?n) {{ {IRI} ?p ?o }} GROUP BY ({IRI} AS ?x_alone)"),
        ("SELECT ?x { ?x ?p ?o } ORDER BY ?x DESC(?x)",
         f"SELECT ({IRI} AS ?x) {{ {IRI} ?p ?o }} ORDER BY ({IRI}) DESC({IRI})"),
        ("SELECT ?x { { SELECT ?x ?o { ?x ?p ?o } } }",
         f"SELECT ({IRI} AS ?x) {{ {{ SELECT ({IRI} AS ?x_inside) ?o {{ {IRI} ?p ?o }} }} }}"),
        # An inner variable that is not shown is another one.
        ("SELECT ?x { { SELECT ?o { ?x ?p ?o } } ?x ?q ?o }",
         f"SELECT ({IRI} AS ?x) {{ {{ SELECT ?o {{ ?x ?p ?o }} }} {IRI} ?q ?o }}"),
        ("CONSTRUCT { ?x ?p ?o } WHERE { ?x ?p ?o }",
         f"CONSTRUCT {{ {IRI} ?p ?o }} WHERE {{ {IRI} ?p ?o }}"),
        ("DESCRIBE ?x", f"DESCRIBE {IRI}"),
    ],
)  # fmt: skip
def test_where_a_value_stands(sparql: str, wanted: str) -> None:
    text = substituted(sparql, {"x": KEN})
    assert text == wanted
    ox.Store().query(text)


@pytest.mark.parametrize(
    "value",
    ['" } #', "'''\"\"\"", "a\nb\r\tc", "back\\slash", "?x ?y <urn:x>", "}\0{", "‮肯尼亚", "\\"],
)
def test_no_value_breaks_out_of_its_place(value: str) -> None:
    text = substituted(
        "SELECT ?x ('end' AS ?y) { FILTER(STRLEN(?x) >= 0) }", {"x": ox.Literal(value)}
    )
    (row,) = ox.Store().query(text)  # type: ignore[misc]
    assert (row[0].value, row[1].value) == (value, "end")


@pytest.mark.parametrize(
    ("sparql", "value", "words"),
    [
        ("SELECT ?y { ?x ?p ?y }", KEN, "does not select ?x"),
        ("SELECT * { ?x ?p ?y }", KEN, "selects *"),
        ("ASK { ?s ?p ?y }", KEN, "does not select ?x"),
        ("SELECT ?x { BIND(1 AS ?x) }", KEN, "assigns ?x itself"),
        ("SELECT ?x { VALUES (?y ?x) { (1 2) } }", KEN, "assigns ?x itself"),
        ("SELECT ?x { ?s ?p ?x }", ox.Literal("\\u0022 }"), "code point escape"),
    ],
)
def test_what_cannot_be_replaced_is_refused(sparql: str, value: ox.Literal, words: str) -> None:
    with pytest.raises(QueryError, match=re.escape(words)):
        substituted(sparql, {"x": value})


def test_the_form_of_a_query_is_its_first_verb() -> None:
    assert form_of("# ask\nBASE <urn:SELECT> SELECT ?ask { ?s ?p 'ASK' }") == "SELECT"
    assert form_of("INSERT DATA { <a:a> <a:a> 1 }") == ""
