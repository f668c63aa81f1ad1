"""The networks of a store as tables: citations, co-sponsors, and sponsorships.

The two large ones are read from columns (``kg.network``) some thousands of rows at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Literal

from kg.export.tables import Network, Row, Table, from_graph
from kg.vocab import UNKG

if TYPE_CHECKING:
    from kg.network.citations import Citations
    from kg.network.selection import Incidence
    from kg.store import Reader

NetworkName = Literal["citations", "cosponsors", "sponsorships"]
_ROWS = 20_000
# Drafts whose sponsorships are asked for in one query.
_DRAFTS = 200
_WORDS = f"""
PREFIX unkg: <{UNKG.IRI}>
SELECT DISTINCT ?draft ?state ?tier ?meeting ?quote WHERE {{
  VALUES ?draft {{ %s }}
  ?sponsorship unkg:proposal ?draft ; unkg:sponsor ?state ; unkg:tier ?tier .
  OPTIONAL {{ ?sponsorship unkg:atMeeting/unkg:number ?meeting }}
  OPTIONAL {{ ?mention unkg:mentionOf ?sponsorship ; unkg:quote ?quote }}
}}
"""


def network_of(store: Reader, name: NetworkName, *, language: str) -> Network:
    """One of the networks of a store.

    ``citations``: documents and instruments, an edge for each citation in the words of one
    language. ``cosponsors``: states, an edge for each pair that shares drafts. ``sponsorships``:
    drafts and states, an edge from each sponsor to what it sponsors.
    """
    if name == "citations":
        from kg.analyse.graph import network_of as citations_of

        return _citations(citations_of(store), language)
    if name == "sponsorships":
        from kg.network.selection import incidence

        return _sponsorships(store, incidence(store), language)
    from kg.analyse.cosponsors import projection

    graph = projection(store, language=language)
    return from_graph(graph, nodes_are="state", edges_are="coSponsors")


def _citations(network: Citations, language: str) -> Network:
    return Network(
        nodes=Table(
            columns={
                **dict.fromkeys(("id", "label", "symbol", "title", "kind", "organ"), "text"),
                "year": "whole",
            },
            rows=lambda: _works(network, language),
        ),
        edges=Table(
            columns={
                **dict.fromkeys(("source", "target", "clause", "verb", "quote"), "text"),
                "mention_start": "whole",
                "mention_end": "whole",
                **dict.fromkeys(("paragraph", "language", "via"), "text"),
            },
            rows=lambda: _citing(network, language),
        ),
        directed=True,
        nodes_are="kind",
        edges_are="clause",
    )


def _works(network: Citations, language: str) -> Iterator[Row]:
    names = ("label", "symbol", "title", "kind", "organ", "year")
    for number, iri in enumerate(network.iri):
        about = network.about(number, language)
        yield iri, *(about[name] for name in names)


def _citing(network: Citations, language: str) -> Iterator[Row]:
    import numpy as np

    from kg.analyse.graph import facts_of

    names = ("clause", "verb", "quote", "mention_start", "mention_end")
    rest = ("paragraph", "language", "via")
    for start in range(0, len(network.source), _ROWS):
        edges = np.arange(start, min(start + _ROWS, len(network.source)))
        sources = network.iri.take(network.source[edges])
        targets = network.iri.take(network.target[edges])
        facts = facts_of(network, edges, language)
        for source, target, said in zip(sources, targets, facts, strict=True):
            yield source, target, *(said[name] for name in (*names, *rest))


def _sponsorships(store: Reader, found: Incidence, language: str) -> Network:
    texts = ("id", "kind", "label", "symbol", "title", "code", "region")
    return Network(
        nodes=Table(
            columns={
                **dict.fromkeys(texts, "text"),
                **dict.fromkeys(("year", "session", "bipartite"), "whole"),
            },
            rows=lambda: _drafts_and_states(found, language),
        ),
        edges=Table(
            columns=dict.fromkeys(("source", "target", "tier", "meeting", "quote"), "text"),
            rows=lambda: _sponsoring(store, found),
        ),
        directed=True,
        nodes_are="kind",
        edges_are="sponsors",
    )


def _drafts_and_states(found: Incidence, language: str) -> Iterator[Row]:
    from kg.analyse.sponsors import state_facts

    known = found.sponsors
    for draft in found.drafts.tolist():
        words = known.labels[draft], known.symbols[draft], known.titles[draft]
        numbers = known.years[draft], known.sessions[draft]
        since = (int(number) or None for number in numbers)
        yield known.drafts[draft], "draft", *words, None, None, *since, 1
    for state, code in zip(found.states.tolist(), found.codes, strict=True):
        facts = state_facts(code, language)
        told = facts["label"], None, None, code, facts["region"]
        yield known.states[state], "state", *told, None, None, 0


def _sponsoring(store: Reader, found: Incidence) -> Iterator[Row]:
    import numpy as np

    states, starts = list(found.sponsors.states), np.append(0, np.cumsum(found.sizes))
    for first in range(0, len(found.drafts), _DRAFTS):
        numbers = found.drafts[first : first + _DRAFTS].tolist()
        drafts = dict(zip(numbers, found.sponsors.drafts.take(np.array(numbers)), strict=True))
        said = _said(store, drafts.values())
        rows = slice(starts[first], starts[first + len(numbers)])
        cells = (found.draft[rows], found.state[rows], found.joined[rows])
        for draft, state, joined in zip(*(cell.tolist() for cell in cells), strict=True):
            pair = drafts[draft], states[state], "joined" if joined else "submitted"
            yield pair[1], pair[0], pair[2], *said.get(pair, (None, None))


def _said(store: Reader, drafts: Any) -> dict[tuple[str, str, str], tuple[str | None, str | None]]:
    """(Draft, state, tier) → the meeting's number and the words, None where not known."""
    rows = store.select(_WORDS % " ".join(f"<{draft}>" for draft in drafts)).rows
    told = sorted(
        (tuple(cell.value if cell is not None else None for cell in row) for row in rows),
        key=lambda row: [cell or "" for cell in row],
    )
    return {row[:3]: row[3:] for row in reversed(told)}
