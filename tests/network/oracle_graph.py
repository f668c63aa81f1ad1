"""The plain version of ``kg.network.citations``: one query, one graph.

Documents and instruments as a reader thinks of them.

A part of a report and the draft whose text it is are one node; the report leads to its drafts
by edges of the clause ``contains``, and a draft and the resolution it became are tied by
``adoptedAs`` (which the store joins, see ``kg.store.joins``). These two kinds of edges are no
steps: they join what a reader takes for one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.symbol import year_of_symbol
from kg.vocab import DCTERMS, UNKG
from tests.network.oracle_describe import Described, described

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Reader

CONTAINS, ADOPTED_AS = "contains", "adoptedAs"
TIES = frozenset({CONTAINS, ADOPTED_AS})
PLAIN = "cites"

_CITATIONS = f"""
PREFIX unkg: <{UNKG.IRI}>
SELECT ?work ?target ?via ?paragraph ?verb ?date ?quote ?start ?end ?language ?whole ?from
WHERE {{
  ?citation unkg:citingWork ?work ; unkg:citedWork ?target ; unkg:via ?via ;
    unkg:citingParagraph ?paragraph .
  FILTER NOT EXISTS {{ ?citation unkg:doubt ?doubt }}
  ?mention unkg:mentionOf ?citation ; unkg:quote ?quote ; unkg:start ?start ; unkg:end ?end ;
    unkg:inVersion ?version .
  ?version <{DCTERMS.language}> ?language .
  OPTIONAL {{ ?citation unkg:clauseVerb ?verb . FILTER(lang(?verb) = ?language) }}
  OPTIONAL {{ ?citation unkg:citedDate ?date }}
  OPTIONAL {{
    ?passage unkg:passageOf ?paragraph ; unkg:inVersion ?version ; unkg:quote ?whole ;
      unkg:start ?from .
  }}
}}
"""
_ARCS = f"""
PREFIX unkg: <{UNKG.IRI}>
SELECT DISTINCT ?work ?clause ?target WHERE {{
  VALUES ?clause {{
    unkg:cites unkg:recalls unkg:reaffirms unkg:welcomes unkg:takesNoteOf unkg:stresses
    unkg:implements unkg:requests
  }}
  ?work ?clause ?target
}}
"""
_TIES = f"""
PREFIX unkg: <{UNKG.IRI}>
SELECT DISTINCT ?from ?tie ?to WHERE {{
  VALUES ?tie {{ unkg:contains unkg:recommendedAs unkg:adoptedAs }}
  ?from ?tie ?to
}}
"""


@dataclass(frozen=True, slots=True)
class _Arcs:
    """Which clauses lead from a work to a target, by local name without ``cites``."""

    clauses: Mapping[tuple[str, str], frozenset[str]]

    def clause(self, work: str, target: str, verb: str | None, language: str, via: str) -> str:
        """One citation's clause: what its verb means, else the only clause there is."""
        from kg.languages import clause_of

        found = self.clauses.get((work, target), frozenset())
        if via == "footnote":
            return PLAIN
        meant = clause_of(verb, language)
        if meant in found:
            return meant or PLAIN
        return min(found) if len(found) == 1 and not verb else PLAIN


def citation_graph(store: Reader, *, language: str = "en") -> nx.MultiDiGraph[str]:
    """Who cites whom in a store, an edge for each citation in the words of one language.

    Nodes are IRIs with ``label, symbol, title, kind, organ, year`` (``""`` or None where
    unknown; kind is one of resolution, decision, report, draft, treaty, declaration, rules,
    programme, document). Edges have ``clause, verb, quote, mention_start, mention_end,
    paragraph, language, via``; a citation read in several languages has the words of
    ``language`` if it is one of them. Doubted citations are left out. The graph's attribute
    ``names`` leads from other IRIs (a part's) to the node that stands for them.
    """
    import networkx as nx

    ties = _rows(store, _TIES)
    names = {part: draft for draft, tie, part in ties if tie == UNKG.recommendedAs}
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(names=names)
    arcs = _arcs(store)
    printed: dict[str, list[int]] = {}
    for edge in _citations(store, language, arcs, names):
        work, target, date, facts = edge
        if date and date[:4].isdigit():
            printed.setdefault(target, []).append(int(date[:4]))
        graph.add_edge(names.get(work, work), target, **facts)
    years = {target: _most(found) for target, found in printed.items()}
    _add_bare(graph, arcs, names)
    _add_ties(graph, ties, names)
    _describe(graph, described(store, graph.nodes, language=language), years)
    return graph


def _most(years: list[int]) -> int:
    return min(years, key=lambda year: (-years.count(year), year))


def name_in(graph: nx.MultiDiGraph[str], iri: str) -> str | None:
    """The node that stands for an IRI, None if the graph has none."""
    name = graph.graph.get("names", {}).get(iri, iri)
    return name if name in graph else None


def _rows(store: Reader, sparql: str) -> list[tuple[Any, ...]]:
    rows = store.select(sparql).rows
    return sorted(tuple(cell and cell.value for cell in row) for row in rows)


def _arcs(store: Reader) -> _Arcs:
    found: dict[tuple[str, str], set[str]] = {}
    for work, clause, target in _rows(store, _ARCS):
        clauses = found.setdefault((work, target), set())
        if clause != UNKG.cites:
            clauses.add(clause.removeprefix(UNKG.IRI))
    return _Arcs({pair: frozenset(clauses) for pair, clauses in found.items()})


def _citations(
    store: Reader, language: str, arcs: _Arcs, names: Mapping[str, str]
) -> Iterator[tuple[str, str, str | None, dict[str, Any]]]:
    """One a citing paragraph and target, in the wanted language where it was read in it."""
    chosen: dict[tuple[str, str, str], tuple[Any, ...]] = {}
    for row in store.select(_CITATIONS).rows:
        cells: tuple[Any, ...] = tuple(cell and cell.value for cell in row)
        key = (names.get(cells[0], cells[0]), cells[3], cells[1])
        if key not in chosen or _rank(cells, language) < _rank(chosen[key], language):
            chosen[key] = cells
    for cells in sorted(chosen.values(), key=lambda c: (c[0], c[1], c[3])):
        work, target, via, paragraph, verb, date, quote, start, end, spoken, whole, first = cells
        clause = arcs.clause(work, target, verb, spoken, via)
        facts = _words(quote, int(start), int(end), whole, int(first or 0))
        named = {"clause": clause, "verb": verb or "", "paragraph": paragraph}
        yield work, target, date, {**named, **facts, "language": spoken, "via": via}


def _rank(cells: tuple[Any, ...], language: str) -> tuple[Any, ...]:
    """The wanted language, then the first; among equals any rule does that knows no chance."""
    rest = (str(cells[place] or "") for place in (6, 2, 4, 10))
    return cells[9] != language, cells[9], int(cells[7]), int(cells[8]), *rest


def _words(quote: str, start: int, end: int, whole: str | None, first: int) -> dict[str, Any]:
    """The clause with the mention's place in it; a footnote's mention stands for itself."""
    inside = whole is not None and start - first >= 0 and end - first <= len(whole)
    if whole is None or not inside:
        return {"quote": quote, "mention_start": 0, "mention_end": len(quote)}
    return {"quote": whole, "mention_start": start - first, "mention_end": end - first}


def _add_bare(graph: nx.MultiDiGraph[str], arcs: _Arcs, names: Mapping[str, str]) -> None:
    """Arcs without a citation node, as in imported data."""
    for (work, target), clauses in sorted(arcs.clauses.items()):
        citing = names.get(work, work)
        if not graph.has_edge(citing, target):
            for clause in sorted(clauses) or [PLAIN]:
                graph.add_edge(citing, target, clause=clause, **_NO_WORDS)


_NO_WORDS: Mapping[str, Any] = {
    "verb": "",
    "quote": "",
    "mention_start": 0,
    "mention_end": 0,
    "paragraph": "",
    "language": "",
    "via": "",
}


def _add_ties(
    graph: nx.MultiDiGraph[str],
    ties: list[tuple[Any, ...]],
    names: Mapping[str, str],
) -> None:
    kinds = {UNKG.contains: CONTAINS, UNKG.adoptedAs: ADOPTED_AS}
    found = {(a, kinds[tie], b) for a, tie, b in ties if tie in kinds}
    named = {(names.get(a, a), tie, names.get(b, b)) for a, tie, b in found}
    for source, tie, target in sorted(named):
        if source != target:
            graph.add_edge(source, target, clause=tie, **_NO_WORDS)


def _describe(
    graph: nx.MultiDiGraph[str], known: Mapping[str, Described], years: Mapping[str, int]
) -> None:
    for node in graph:
        about = known[node]
        year = about.year or years.get(node) or year_of_symbol(about.symbol)
        graph.nodes[node].update(
            label=about.label,
            symbol=about.symbol,
            title=about.title,
            kind=about.kind,
            organ=about.organ,
            year=year,
        )
