"""The citation graph: a reader's documents, each citation with its words."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as ox
import pytest

from kg.analyse.graph import citation_graph, name_in
from kg.model import Record
from kg.store import Store
from kg.symbol import year_of_symbol
from kg.triples import quads
from kg.vocab import UNKG
from tests import sample_record

REPORT = f"https://undocs.org/{sample_record.SYMBOL}"
FIRST = f"https://undocs.org/{sample_record.FIRST}"
ADOPTED = "https://undocs.org/A/RES/98/7"
UNCAC = "https://w3id.org/unkg/instrument/uncac"


def store_of(records: Iterable[Record], *, texts: bool = False) -> Store:
    store = Store.in_memory()
    for record in records:
        text = sample_record.written(record.language)[1] if texts else None
        found = list(quads(record, text=text))
        store.put(found[0].graph_name.value, found)  # type: ignore[union-attr]
    store.join()
    return store


def test_a_part_and_its_draft_are_one_node() -> None:
    graph = citation_graph(store_of([sample_record.report()]))
    assert f"{REPORT}#draft-I" not in graph
    assert name_in(graph, f"{REPORT}#draft-I") == FIRST
    assert name_in(graph, "https://undocs.org/A/1/1") is None
    clauses = {facts["clause"] for facts in graph[REPORT][FIRST].values()}
    assert clauses == {"contains"}


def test_nodes_are_described() -> None:
    graph = citation_graph(store_of([sample_record.report()]))
    assert graph.nodes[FIRST] == {
        "label": sample_record.FIRST,
        "symbol": sample_record.FIRST,
        "title": "Rivers and their archives",
        "kind": "draft",
        "organ": "A/C.3",
        "year": 2043,
    }
    assert graph.nodes[REPORT]["kind"] == "report"
    assert graph.nodes[UNCAC]["kind"] == "treaty" and graph.nodes[UNCAC]["year"] == 2003
    assert graph.nodes["https://undocs.org/A/RES/56/119"]["year"] == 2001


def test_edges_carry_clause_and_words_of_the_language() -> None:
    store = store_of([sample_record.report(), sample_record.report("zh")])
    for language, verb, name in (("en", "Reaffirming", "Conv"), ("zh", "重申", "《反腐")):
        graph = citation_graph(store, language=language)
        (edge,) = graph[FIRST][UNCAC].values()
        assert (edge["clause"], edge["verb"], edge["language"]) == ("reaffirms", verb, language)
        assert edge["quote"].startswith(name) and edge["via"] == "both"


def test_a_doubted_citation_is_no_edge_and_a_footnote_cites_plainly() -> None:
    graph = citation_graph(store_of([sample_record.report()]))
    (edge,) = graph[FIRST]["https://undocs.org/A/RES/58/4"].values()
    assert edge["clause"] == "cites" and edge["via"] == "footnote"


def test_with_the_text_an_edge_quotes_its_clause() -> None:
    graph = citation_graph(store_of([sample_record.report()], texts=True))
    (edge,) = graph[FIRST][UNCAC].values()
    assert edge["quote"] == sample_record.WORDS["en"]["pp2"]
    assert edge["quote"][edge["mention_start"] : edge["mention_end"]] == (
        "Convention against Corruption"
    )


def test_a_resolution_on_the_report_is_tied_to_the_draft_of_its_title() -> None:
    graph = citation_graph(store_of([sample_record.report(), sample_record.resolution()]))
    assert {f["clause"] for f in graph[FIRST][ADOPTED].values()} == {"adoptedAs"}


def test_bare_arcs_are_enough() -> None:
    with Store.in_memory() as store:
        a, b, name = (ox.NamedNode(f"https://undocs.org/A/RES/7{n}/1") for n in range(3))
        store.put(name.value, [ox.Quad(a, ox.NamedNode(UNKG.reaffirms), b, name)])
        graph = citation_graph(store)
    (edge,) = graph[a.value][b.value].values()
    assert (edge["clause"], edge["quote"]) == ("reaffirms", "")
    assert graph.nodes[a.value]["label"] == "A/RES/70/1"


def test_an_empty_store_has_an_empty_graph() -> None:
    with Store.in_memory() as store:
        assert len(citation_graph(store)) == 0


@pytest.mark.parametrize(
    ("symbol", "year"),
    [
        ("A/RES/56/119", 2001),
        ("A/72/440", 2017),
        ("A/C.3/72/L.6/Rev.1", 2017),
        ("S/RES/2133(2014)", 2014),
        ("E/RES/2017/15", 2017),
        ("E/CN.4/RES/1998/72", 1998),
        ("A/RES/217(III)A", 1948),
        ("A/RES/2625(XXV)", 1970),
        ("A/RES/2625(IIX)", None),
        ("E/RES/663(XXIV)C", None),
        ("A/RES/S-30/1", None),
        ("A/HRC/RES/32/3", None),
        ("", None),
    ],
)
def test_a_symbol_tells_its_year(symbol: str, year: int | None) -> None:
    assert year_of_symbol(symbol) == year
