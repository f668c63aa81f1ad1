"""Named questions: each answers on the sample, takes its parameters, says what went wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import kg
from kg.errors import QueryError, StoreError
from kg.lookup import near_to
from kg.query import Rows, library, run
from kg.store import Store
from tests.sample_store import ANSWERS, FIRST, SYMBOL, fill


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store.in_memory() as made:
        fill(made)
        yield made


@pytest.mark.parametrize(("name", "params", "count", "among"), ANSWERS)
def test_a_named_query_answers(
    store: Store, name: str, params: dict[str, str], count: int, among: tuple[object, ...]
) -> None:
    found = run(store, name, **params)
    assert not count or any(set(among) <= set(row) for row in found), found.rows
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
    assert len(run(store, "votes", state=state)) == 2


@pytest.mark.parametrize(
    ("name", "params", "words"),
    [
        ("citez", {}, "did you mean cites"),
        ("cites", {}, "needs --param symbol"),
        ("cites", {"symbol": SYMBOL, "sybmol": "x"}, "did you mean symbol"),
        ("cites", {"symbol": "A/98/513"}, f"no such document in this store; near: {SYMBOL}"),
        ("cited-by", {"symbol": "uncak"}, "near: uncac"),
        ("reports-due", {"session": "next"}, "'next' is no whole number"),
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


def test_rows_are_made_of_dictionaries() -> None:
    records = [{"code": "KEN", "drafts": 12}, {"code": "PER", "tier": "joined"}]
    rows = Rows.of(iter(records))
    assert rows.columns == ("code", "drafts", "tier")
    assert rows.rows == (("KEN", 12, None), ("PER", None, "joined"))
    assert Rows.of(records, "tier", "code").rows == ((None, "KEN"), ("joined", "PER"))
    assert Rows.of([]).rows == Rows.of([]).columns == ()


def test_a_table_for_notebooks_is_escaped() -> None:
    cells = ("<script>alert(1)</script>", "https://undocs.org/A/RES/70/1", "بشأن", "决议", None)
    shown = Rows(columns=("<b>",), rows=[(cell,) for cell in cells])._repr_html_()
    assert "<script>" not in shown and "<b>" not in shown
    assert shown.count("<tr>") == 6 and shown.count('dir="auto"') == 4
    assert '<a href="https://undocs.org/A/RES/70/1"' in shown
    assert "javascript:" not in Rows(columns=("x",), rows=[('https://x"onclick=',)])._repr_html_()


def test_a_long_table_is_cut_and_says_so() -> None:
    shown = Rows(columns=("n",), rows=[(n,) for n in range(1234)])._repr_html_()
    assert shown.count("<tr>") == 101 and "1,134 more rows" in shown


@pytest.mark.parametrize("library_name", ["pandas", "polars"])
def test_a_data_frame_takes_rows(store: Store, library_name: str) -> None:
    frames = pytest.importorskip(library_name)
    found = kg.query("votes", store=store, state="PER")
    for frame in (frames.DataFrame(found), getattr(found, f"to_{library_name}")()):
        assert list(frame.columns) == list(found.columns) and len(frame) == 2
        assert list(frame["code"]) == ["PER", "PER"]
    none = getattr(found[:0], f"to_{library_name}")()
    assert list(none.columns) == list(found.columns) and len(none) == 0


def test_a_question_finds_its_store(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By argument, by the environment, else the one in the working directory."""
    with Store.open(tmp_path / "unkg-store") as made:
        fill(made)
    monkeypatch.delenv("UNKG_STORE", raising=False)
    monkeypatch.delenv("UNKG_ENDPOINT", raising=False)
    wanted = kg.query("reports-due", store=store, session=99)
    assert kg.query("reports-due", store=tmp_path / "unkg-store", session=99) == wanted
    monkeypatch.chdir(tmp_path)
    assert kg.query("reports-due", session=99) == wanted
    monkeypatch.chdir("/")
    with pytest.raises(StoreError, match="no store here"):
        kg.query("reports-due", session=99)
    monkeypatch.setenv("UNKG_STORE", str(tmp_path / "unkg-store"))
    assert kg.query("reports-due", session=99)[0].document == SYMBOL


def test_near_symbols_are_found_among_many() -> None:
    many = [f"A/RES/{session}/{n}" for session in range(1, 81) for n in range(1, 320)]
    assert near_to("A/RES/70/1O", many)[0] in ("A/RES/70/1", "A/RES/70/10")
    assert near_to("A/RES/70/999", many)[0].startswith("A/RES/70/")
    assert near_to("nothing like it at all", many) == []
