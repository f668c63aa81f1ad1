"""Queries that an engine could not follow are refused before it sees them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import sparql
from kg.errors import QueryError
from kg.store import Store

ROOT = Path(__file__).resolve().parent.parent
Shape = Callable[[int], str]

# Brackets within brackets, so many levels beside one for the query's own braces.
NESTED: dict[str, Shape] = {
    "groups": lambda n: f"ASK {{{'{' * n}{'}' * n}}}",
    "sub-selects": lambda n: f"ASK {{{'{ SELECT * ' * n}{{}}{'}' * n}}}",
    "parentheses": lambda n: f"ASK {{ FILTER{'(' * n}1{')' * n} }}",
    "paths": lambda n: f"ASK {{ ?s {'(' * n}<a:p>{')' * n} ?o }}",
    "repeated paths": lambda n: f"ASK {{ ?s {'(' * n}<a:p>{')+' * n} ?o }}",
    "filters": lambda n: f"ASK {{ {'FILTER EXISTS { ' * n}?s ?p ?o{'}' * n} }}",
    "calls": lambda n: f"ASK {{ FILTER {'IF(true,1,' * n}1{')' * n} }}",
    "blank nodes": lambda n: f"ASK {{ ?s <a:p> {'[ <a:p> ' * n}1{']' * n} }}",
    "collections": lambda n: f"ASK {{ ?s <a:p> {'(' * n}1{')' * n} }}",
    "triple terms": lambda n: f"ASK {{ ?s ?p {'<<( ?s ?p ' * (n // 2)}?o{' )>>' * (n // 2)} }}",
}
# One after another, which an engine makes a tree of all the same.
JOINED: dict[str, Shape] = {
    "sums": lambda n: f"ASK {{ FILTER(1{'+1' * n}) }}",
    "differences": lambda n: f"ASK {{ FILTER(1{' - 1' * n}) }}",
    "products": lambda n: f"ASK {{ FILTER(1{'*1' * n}) }}",
    "or": lambda n: f"ASK {{ FILTER(?s{'||?s' * n}) }}",
    "and": lambda n: f"ASK {{ FILTER(?s{' && ?s' * n}) }}",
    "not": lambda n: f"ASK {{ FILTER({'!' * n}true) }}",
    "sequences": lambda n: f"ASK {{ ?s <a:p>{'/<a:p>' * n} ?o }}",
    "alternatives": lambda n: f"ASK {{ ?s <a:p>{'|<a:p>' * n} ?o }}",
    "unions": lambda n: f"ASK {{ {{}}{' UNION {}' * n} }}",
    "optional": lambda n: f"ASK {{ {'OPTIONAL { ?s ?p ?o } ' * n} }}",
    "minus": lambda n: f"ASK {{ ?s ?p ?o {'MINUS { ?s ?p ?o } ' * n} }}",
    "bindings": lambda n: f"ASK {{ {' '.join(f'BIND(1 AS ?v{i})' for i in range(n))} }}",
    "filters": lambda n: f"ASK {{ ?s ?p ?o {'FILTER(?s) ' * n} }}",
    "graphs": lambda n: f"ASK {{ {'GRAPH ?g {} ' * n} }}",
    "triples": lambda n: f"ASK {{ {'?s ?p ?o . ' * n} }}",
    "predicates": lambda n: f"ASK {{ ?s ?p ?o {'; ?p ?o' * n} }}",
    "objects": lambda n: f"ASK {{ ?s ?p ?o {', ?o' * n} }}",
    "a collection": lambda n: f"ASK {{ ?s ?p ({'1 ' * n}) }}",
    "columns": lambda n: f"SELECT {' '.join(f'(1 AS ?v{i})' for i in range(n))} {{}}",
    "having": lambda n: f"SELECT (1 AS ?x) {{ ?s ?p ?o }} GROUP BY ?s HAVING {'(1) ' * n}",
}
# Lists, whose length does no harm.
LISTED: dict[str, Shape] = {
    "in": lambda n: f"ASK {{ FILTER(1 IN (1{', -1' * n})) }}",
    "words": lambda n: "ASK { FILTER(?s IN ('a'@en" + ", 'a'@en" * n + ")) }",
    "arguments": lambda n: "ASK { FILTER(CONCAT('a'" + ", 'a'" * n + ")) }",
    "values": lambda n: f"ASK {{ VALUES (?a ?b) {{ {'(<a:b> -1.5) ' * n} }} }}",
    "order": lambda n: f"SELECT * {{ ?s ?p ?o }} ORDER BY {'?s ' * n}",
}
UPDATES: dict[str, Shape] = {
    "data": lambda n: f"INSERT DATA {{ GRAPH <a:g> {{ {'<a:s> <a:p> -1, 2 . ' * n} }} }}",
    "operations": lambda n: ";".join(["DELETE { ?s ?p 1 } WHERE { ?s ?p ?o FILTER(1+1) }"] * n),
}


def refused(query: str) -> str:
    with pytest.raises(QueryError) as told:
        sparql.refuse_network(query)
    return str(told.value)


@pytest.mark.parametrize("shape", NESTED.values(), ids=NESTED)
def test_brackets_in_brackets_have_an_end(shape: Shape) -> None:
    sparql.refuse_network(shape(90))
    for levels in (250, 1_000, 50_000):
        assert "nested too deeply: at most 100 levels" in refused(shape(levels))


@pytest.mark.parametrize("shape", JOINED.values(), ids=JOINED)
def test_operators_in_a_row_have_an_end(shape: Shape) -> None:
    sparql.refuse_network(shape(140))
    for length in (310, 10_000):
        assert "too long to plan: at most 300" in refused(shape(length))


@pytest.mark.parametrize("shape", (LISTED | UPDATES).values(), ids=LISTED | UPDATES)
def test_lists_may_be_long(shape: Shape) -> None:
    sparql.refuse_network(shape(5_000))


def test_what_is_left_open_counts_too() -> None:
    assert "nested too deeply" in refused("ASK {" + "{" * 200)
    assert "too long to plan" in refused("ASK { FILTER((1" + "+1" * 400)


def asked() -> None:
    """Ask what is just allowed; the process ends if a stack overflows."""
    with Store.in_memory(ontology=False) as store:
        for shape in NESTED.values():
            store.select(shape(98))
        for name, shape in JOINED.items():
            # What is matched against the store takes the engine long to plan, however shallow.
            store.select(shape(100 if name in _PLANNED else 145))
        for shape in LISTED.values():
            store.select(shape(5_000))


_PLANNED = {"triples", "predicates", "objects", "a collection", "graphs"}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell that sets the stack's size")
def test_what_is_allowed_fits_a_small_stack() -> None:
    command = f"ulimit -s 1024 && exec {sys.executable} -c 'import test_sparql as t; t.asked()'"
    done = subprocess.run(
        ["sh", "-c", command], cwd=ROOT, capture_output=True, text=True, check=False,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-2000:]
