"""Named questions: each answers on the sample, takes its parameters, says what went wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from kg.errors import QueryError
from kg.query import Rows, library, run
from kg.store import Store
from kg.triples import quads
from tests import sample_record
from tests.sample_record import FIRST, SECOND, SYMBOL


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.in_memory() as made:
        for record in (
            sample_record.report(),
            sample_record.report("zh"),
            sample_record.resolution(),
            sample_record.later_resolution(),
        ):
            found = list(quads(record))
            made.put(found[0].graph_name.value, found)  # type: ignore[union-attr]
        yield made


# Each named query with parameters, how many rows it gives, and something that is among them.
ANSWERS = [
    ("cites", {"symbol": SYMBOL}, 14, ("A/RES/56/119", "Recalling", "2001-12-19")),
    ("cites", {"symbol": FIRST}, 8, ("uncac", "Reaffirming", "both")),
    ("cited-by", {"symbol": "A/RES/56/119"}, 5, (SYMBOL, "Rivers and their archives", "56/119")),
    ("cited-by", {"symbol": "uncac"}, 4, (SYMBOL, "both", "《反腐败公约》")),
    ("path", {"from": SYMBOL, "to": "uncac"}, 1, (1,)),
    ("path", {"from": "A/RES/99/3", "to": "A/RES/70/1"}, 1, (2, "A/RES/98/7")),
    ("sponsors", {"symbol": SYMBOL}, 9, (FIRST, "joined", "PER", "Peru", "43", "2043-11-07")),
    ("sponsors", {"symbol": SECOND}, 1, (SECOND, "submitted", "ITA")),
    ("cosponsor-pairs", {}, 6, ("FJI", "Fiji", "ITA", "Italy", 1)),
    ("cosponsor-pairs", {"state": "KEN"}, 3, ("ITA", "KEN", 1)),
    ("states-citing-instrument", {"instrument": "uncac"}, 4, ("ITA", "Italy", 2)),
    ("instruments-by-citations", {}, 1, ("uncac", 2, 2)),
    ("paragraphs-addressing", {"addressee": "secretary-general"}, 2, (SYMBOL, "request", True, 99)),
    ("reports-requested", {"symbol": SYMBOL}, 2, (99, "GA")),
    ("recommended-by-ecosoc", {}, 2, (SECOND, "E/RES/2043/15")),
    ("unresolved", {}, 4, (SYMBOL, "no number", "A/RES/70/1")),
    ("who-joined-late", {"state": "Peru"}, 2, (FIRST, "PER", "Peru")),
    ("who-joined-late", {"symbol": FIRST}, 4, ("FJI", "Fiji")),
    ("clauses", {"clause": "reaffirms"}, 1, ("uncac", 1)),
    ("clauses", {"clause": "welcomes"}, 1, ("A/RES/70/1", 2)),
    ("votes", {"state": "PER"}, 1, (FIRST, "against", "PER")),
    ("proposals", {"symbol": SYMBOL}, 2, (SECOND, "E/RES/2043/15", "II")),
    ("documents", {}, 4, (SYMBOL, "zh", 98, 7)),
]


@pytest.mark.parametrize(("name", "params", "count", "among"), ANSWERS)
def test_a_named_query_answers(
    store: Store, name: str, params: dict[str, str], count: int, among: tuple[object, ...]
) -> None:
    found = run(store, name, **params)
    assert any(set(among) <= set(row) for row in found), found.rows
    assert len(found) == count, found.rows


def test_every_named_query_is_among_those_tested() -> None:
    assert {name for name, *_ in ANSWERS} == set(library())


@pytest.mark.parametrize("name", library())
def test_a_named_query_says_what_it_is(store: Store, name: str) -> None:
    query = library()[name]
    assert query.title and f"kg query {name}" in query.example
    selected = re.search(r"SELECT (?:DISTINCT )?(.*?)\s*WHERE", query.sparql, re.DOTALL)
    assert selected is not None
    for shown in (*query.columns, *(parameter.name for parameter in query.parameters)):
        assert f"?{shown}" in selected[1], shown
    assert {p.name for p in query.parameters}.isdisjoint(query.columns)


def test_names_are_in_the_language_asked_for(store: Store) -> None:
    found = run(store, "sponsors", symbol=FIRST, language="zh")
    assert "肯尼亚" in {row["name"] for row in found.records()}


@pytest.mark.parametrize(
    "symbol",
    ["A/RES/56/119", "a/res/56/119", "A/Res/56/119", "https://undocs.org/A/RES/56/119"],
)
def test_a_symbol_is_found_however_it_is_spelt(store: Store, symbol: str) -> None:
    assert len(run(store, "cited-by", symbol=symbol)) == 5


@pytest.mark.parametrize("state", ["PER", "per", "Peru", "秘鲁", "https://w3id.org/unkg/state/PER"])
def test_a_state_is_found_by_code_name_or_iri(store: Store, state: str) -> None:
    assert len(run(store, "votes", state=state)) == 1


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("citez", {}, "did you mean cites"),
        ("cites", {}, "needs --param symbol"),
        ("cites", {"symbol": SYMBOL, "sybmol": "x"}, "did you mean symbol"),
        ("cites", {"symbol": "A/98/513"}, f"no such document in this store; near: {SYMBOL}"),
        ("cited-by", {"symbol": "uncak"}, "near: uncac"),
        ("votes", {"state": "Prussia"}, "no such state in the authority"),
        ("votes", {"state": "http://bad iri"}, "not a valid IRI"),
        ("clauses", {"clause": "mutters"}, "there are recalls, reaffirms"),
        ("SELECT ?s WHERE { ?s ?p ?o }", {"x": "KEN"}, "does not select ?x"),
        ("SELECT ?s WHERE {\n  ?s ?p\n}", {}, "line 2, column 3"),
    ],
)
def test_what_is_wrong_is_said(store: Store, name: str, params: dict[str, str], words: str) -> None:
    with pytest.raises(QueryError, match=re.escape(words)):
        run(store, name, **params)


def test_a_syntax_error_shows_the_place(store: Store) -> None:
    with pytest.raises(QueryError) as caught:
        run(store, "SELECT ?s\nWHERE { ?s ?p }")
    message, line, caret = str(caught.value).splitlines()
    assert "line 2, column 9" in message and line.strip() == "WHERE { ?s ?p }"
    assert line[caret.index("^") :] == "?s ?p }"
    with pytest.raises(QueryError, match="prefix : e"):
        run(store, "SELECT ?s WHERE { ?s e:p ?o }")
    with pytest.raises(QueryError, match="ends too early"):
        run(store, "SELECT ?s WHERE { ?s ?p ?o")


def test_values_are_terms_and_never_text(store: Store) -> None:
    """A value that looks like SPARQL stays a value."""
    sparql = "SELECT ?x ?y WHERE { ?s ?p ?y . FILTER(?y = ?x) }"
    assert run(store, sparql, x='") } #').rows == ()
    assert ("zh", "zh") in run(store, sparql, x="zh").rows


def test_own_queries_give_rows_of_plain_values(store: Store) -> None:
    found = run(store, 'SELECT (1 AS ?a) (true AS ?b) (1.5 AS ?c) ("x"@en AS ?d) ?e WHERE {}')
    assert found.records() == [{"a": 1, "b": True, "c": 1.5, "d": "x", "e": None}]
    assert run(store, "ASK { ?s ?p ?o }").rows == ((True,),)
    built = run(store, "CONSTRUCT { <a:a> <a:b> 1 } WHERE {}")
    assert built.rows == (("a:a", "a:b", 1),)


def test_a_table_for_notebooks_is_escaped() -> None:
    shown = Rows(columns=("<b>",), rows=(("<script>alert(1)</script>",), (None,)))._repr_html_()
    assert "<script>" not in shown and "<b>" not in shown
    assert shown.count("<tr>") == 3
