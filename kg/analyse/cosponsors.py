"""Co-sponsorship: states and drafts, and states tied by the drafts they share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.analyse.overlap import MEASURES as MEASURES
from kg.analyse.overlap import Measure as Measure
from kg.analyse.overlap import Overlap, overlap
from kg.analyse.sponsors import evidence, state_facts
from kg.errors import QueryError
from kg.network.selection import EVERYTHING, Incidence, Selection, Source, incidence
from kg.network.sponsorships import TIERS

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Reader

# Above these a list of drafts a pair, or a quotation an edge, is made only when asked for.
FEW_SYMBOLS = 200_000
FEW_DRAFTS = 1_000
# A projection on drafts is nearly complete: its edges grow with the square.
MOST_DRAFTS = 2_000


def bipartite(
    store: Reader,
    *,
    selection: Selection = EVERYTHING,
    language: str = "en",
    words: bool | None = None,
) -> nx.Graph[str]:
    """States and the drafts they sponsor, by IRI.

    Nodes have ``bipartite`` (0 a state, 1 a draft) and ``label``; states ``code, region``
    (the UN's regional group), drafts ``symbol, title, year``. Edges have ``tier`` and, with
    ``words``, ``meeting`` and ``quote``: where and in which words the state became a sponsor.
    They take a query a draft, so that without ``words`` only small graphs have them. A state
    that withdrew is no sponsor.

    Raises:
        QueryError: no draft has what the selection asks for.
    """
    import networkx as nx

    found = incidence(store, selection)
    graph: nx.Graph[str] = nx.Graph()
    drafts, states = found.sponsors.drafts, found.sponsors.states
    for draft, facts in zip(found.drafts, _draft_facts(found), strict=True):
        graph.add_node(drafts[draft], **facts)
    for state, code in zip(found.states, found.codes, strict=True):
        graph.add_node(states[state], bipartite=0, **state_facts(code, language))
    tiers = (TIERS[joined] for joined in found.joined.astype(int))
    for draft, state, tier in zip(found.draft, found.state, tiers, strict=True):
        graph.add_edge(drafts[draft], states[state], tier=tier)
    if words or (words is None and len(found.drafts) <= FEW_DRAFTS):
        for draft in found.drafts:
            _add_words(graph, store, drafts[draft])
    return graph


def _draft_facts(found: Incidence) -> Iterator[dict[str, Any]]:
    sponsors = found.sponsors
    for draft in found.drafts:
        yield {
            "bipartite": 1,
            "label": sponsors.labels[draft],
            "symbol": sponsors.symbols[draft],
            "title": sponsors.titles[draft],
            "year": int(sponsors.years[draft]) or None,
        }


def _add_words(graph: nx.Graph[str], store: Reader, draft: str) -> None:
    said = evidence(store, draft)
    for state, facts in graph[draft].items():
        meeting, quote = said.get((state, facts["tier"]), ("", ""))
        facts.update(meeting=meeting, quote=quote)


def projection(
    source: Source,
    *,
    selection: Selection = EVERYTHING,
    language: str = "en",
    drafts: bool | None = None,
) -> nx.Graph[str]:
    """States tied by the drafts they share.

    Nodes have ``label, code, region``, ``drafts`` and ``joined`` (lists of symbols). Edges have
    ``weight`` (shared drafts), ``jaccard, cosine, newman, expected, lift, z`` (see
    ``kg.analyse.overlap``) and ``drafts``. Without ``drafts`` only small graphs have the lists;
    else ``drafts`` and ``joined`` of nodes are numbers, and edges have none.

    Raises:
        QueryError: no draft has what the selection asks for, or there are too many states.

    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     projection(store).number_of_nodes()
    0
    """
    import networkx as nx

    found = incidence(source, selection)
    measures = overlap(found)
    first, second = np.nonzero(np.triu(measures.drafts, k=1))
    weights = measures.drafts[first, second].astype(int).tolist()
    named = sum(weights) <= FEW_SYMBOLS if drafts is None else drafts
    graph: nx.Graph[str] = nx.Graph()
    names = [found.sponsors.states[state] for state in found.states]
    for name, facts in zip(names, _state_nodes(found, language, named=named), strict=True):
        graph.add_node(name, **facts)
    values = measures.at(first, second)
    rows = (dict(zip(values, cells, strict=True)) for cells in zip(*values.values(), strict=True))
    for a, b, weight, row in zip(first.tolist(), second.tolist(), weights, rows, strict=True):
        graph.add_edge(names[a], names[b], weight=weight, **row)
    if named:
        lists = _symbols(found, first, second)
        for a, b, some in zip(first.tolist(), second.tolist(), lists, strict=True):
            graph.edges[names[a], names[b]]["drafts"] = some
    return graph


def _state_nodes(found: Incidence, language: str, *, named: bool) -> Iterator[dict[str, Any]]:
    joined = np.bincount(found.column[found.joined], minlength=len(found.states))
    for place, code in enumerate(found.codes):
        facts = state_facts(code, language)
        if not named:
            counts = {"drafts": int(found.totals[place]), "joined": int(joined[place])}
            yield {**facts, **counts}
            continue
        own = found.column == place
        later = own & found.joined
        lists = {"drafts": _labels(found, own), "joined": _labels(found, later)}
        yield {**facts, **lists}


def _labels(found: Incidence, rows: Any) -> list[str]:
    return sorted(found.sponsors.labels[draft] for draft in found.draft[rows].tolist())


def _symbols(found: Incidence, first: Iterable[int], second: Iterable[int]) -> Iterator[list[str]]:
    """The labels of the drafts that each of some pairs of states shares, sorted."""
    places = {*map(int, first), *map(int, second)}
    sponsored = {place: set(found.draft[found.column == place].tolist()) for place in places}
    labels = found.sponsors.labels
    for a, b in zip(first, second, strict=True):
        yield sorted(labels[draft] for draft in sponsored[int(a)] & sponsored[int(b)])


def draft_projection(source: Source, *, selection: Selection = EVERYTHING) -> nx.Graph[str]:
    """Drafts tied by the states that sponsor both.

    Nodes have ``label, symbol, title, year`` and ``sponsors`` (a number), edges ``weight``
    (states in common) and ``jaccard``.

    Raises:
        QueryError: no draft has what the selection asks for, or more than 2,000 have it.
    """
    import networkx as nx

    found = incidence(source, selection)
    if len(found.drafts) > MOST_DRAFTS:
        raise QueryError(
            f"{len(found.drafts)} drafts are more than the {MOST_DRAFTS} that are tied to each"
            " other; ask for fewer sessions, organs or years"
        )
    graph: nx.Graph[str] = nx.Graph()
    names = [found.sponsors.drafts[draft] for draft in found.drafts]
    sizes = found.sizes.tolist()
    for name, size, facts in zip(names, sizes, _draft_facts(found), strict=True):
        del facts["bipartite"]
        graph.add_node(name, **facts, sponsors=size)
    whole = found.matrix
    shared = (whole @ whole.T).toarray()
    first, second = np.nonzero(np.triu(shared, k=1))
    weights = shared[first, second].astype(int).tolist()
    for a, b, weight in zip(first.tolist(), second.tolist(), weights, strict=True):
        jaccard = weight / (sizes[a] + sizes[b] - weight)
        graph.add_edge(names[a], names[b], weight=weight, jaccard=jaccard)
    return graph


def ranking(
    source: Source,
    state: str,
    *,
    selection: Selection = EVERYTHING,
    by: Measure = "drafts",
    language: str = "en",
    symbols: bool | None = None,
) -> list[dict[str, Any]]:
    """A state's co-sponsors, those first whom it shares most with by a measure.

    ``state`` is an ISO code or an IRI. Rows have ``code, name, drafts, jaccard, symbols`` and
    the other measures; ``symbols`` is None in long answers unless asked for.

    Raises:
        QueryError: the state sponsors nothing here; the text names some that do.
    """
    found = incidence(source, selection)
    here = found.place(state)
    measures = overlap(found, [here])
    others = np.nonzero(measures.drafts[0])[0]
    others = others[others != here]
    rows = _rows(found, measures, np.zeros_like(others), others, symbols=symbols)
    named = [state_facts(code, language) for code in found.codes]
    return [
        {"code": named[other]["code"], "name": named[other]["label"], **row}
        for other, row in _ordered(others.tolist(), rows, by, key=lambda o: (found.codes[o],))
    ]


def neighbours(
    source: Source,
    state: str,
    *,
    selection: Selection = EVERYTHING,
    by: Measure = "cosine",
    language: str = "en",
    count: int = 10,
) -> list[dict[str, Any]]:
    """The states whose drafts are most like a state's: the first rows of its ranking.

    Rows have no ``symbols``.

    Raises:
        QueryError: the state sponsors nothing here; the text names some that do.
    """
    found = ranking(source, state, selection=selection, by=by, language=language, symbols=False)
    return [{n: value for n, value in row.items() if n != "symbols"} for row in found[:count]]


def pairs(
    source: Source,
    *,
    states: Collection[str] = (),
    selection: Selection = EVERYTHING,
    by: Measure = "drafts",
    language: str = "en",
    symbols: bool | None = None,
) -> list[dict[str, Any]]:
    """The pairs of states, the strongest by a measure first.

    With one of ``states`` its pairs, itself in first place; with several those among them. Rows
    have ``first, first_name, second, second_name, drafts, jaccard, symbols`` and the other
    measures; ``symbols`` is None in long answers unless asked for.

    Raises:
        QueryError: a state sponsors nothing here; the text names some that do.
    """
    found = incidence(source, selection)
    wanted = sorted({found.place(state) for state in states})
    measures = overlap(found, wanted or None)
    row, second = _cells(measures, wanted)
    rows = _rows(found, measures, row, second, symbols=symbols)
    named = [state_facts(code, language) for code in found.codes]
    places = list(zip(measures.states[row].tolist(), second.tolist(), strict=True))
    return [
        {
            "first": named[a]["code"],
            "first_name": named[a]["label"],
            "second": named[b]["code"],
            "second_name": named[b]["label"],
            **facts,
        }
        for (a, b), facts in _ordered(
            places, rows, by, key=lambda pair: (found.codes[pair[0]], found.codes[pair[1]])
        )
    ]


def _cells(measures: Overlap, wanted: Sequence[int]) -> tuple[Any, Any]:
    """Row and column of each pair of states that share a draft, each pair once."""
    shown = measures.drafts > 0
    shown[np.arange(len(measures.states)), measures.states] = False
    if len(wanted) != 1:
        shown &= measures.states[:, None] < np.arange(shown.shape[1])
    if len(wanted) > 1:
        shown[:, np.setdiff1d(np.arange(shown.shape[1]), wanted)] = False
    row, column = np.nonzero(shown)
    return row, column


def _rows(
    found: Incidence, measures: Overlap, row: Any, column: Any, *, symbols: bool | None
) -> list[dict[str, Any]]:
    """The measures of some cells, rounded, and the symbols of the drafts shared."""
    drafts = measures.drafts[row, column].astype(int).tolist()
    named = sum(drafts) <= FEW_SYMBOLS if symbols is None else symbols
    lists = map(", ".join, _symbols(found, measures.states[row], column)) if named else ()
    texts: list[str | None] = list(lists) if named else [None] * len(drafts)
    values = measures.at(row, column)
    jaccard = values.pop("jaccard")
    cells = list(zip(*values.values(), strict=True))
    return [
        {
            "drafts": count,
            "jaccard": round(share, 3),
            "symbols": text,
            **{name: round(cell, 3) for name, cell in zip(values, some, strict=True)},
        }
        for count, share, text, some in zip(drafts, jaccard, texts, cells, strict=True)
    ]


def _ordered(
    places: Sequence[Any], rows: Sequence[dict[str, Any]], by: Measure, *, key: Any
) -> Any:
    both = zip(places, rows, strict=True)
    return sorted(
        both, key=lambda one: (-one[1][by], -one[1]["drafts"], -one[1]["jaccard"], key(one[0]))
    )
