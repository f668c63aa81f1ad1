"""Co-sponsorship by one query and plain networkx: what the matrices must agree with."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal

from kg.authority import load_authority
from kg.symbol import DOCUMENT_BASE, year_of_symbol
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Reader

Tier = Literal["submitted", "joined"]
TIERS: tuple[Tier, ...] = ("submitted", "joined")

_SPONSORS = f"""
PREFIX unkg: <{UNKG.IRI}>
SELECT DISTINCT ?draft ?state ?tier ?symbol ?title ?meeting ?quote WHERE {{
  {{ ?draft unkg:sponsoredBy ?state BIND("submitted" AS ?tier) }}
  UNION {{ ?draft unkg:joinedBy ?state BIND("joined" AS ?tier) }}
  UNION {{
    ?draft unkg:hasSponsor ?state BIND("submitted" AS ?tier)
    FILTER NOT EXISTS {{ ?draft unkg:sponsoredBy|unkg:joinedBy ?state }}
  }}
  OPTIONAL {{ ?draft unkg:symbol ?symbol }}
  OPTIONAL {{ ?draft <{DCTERMS.title}> ?title }}
  OPTIONAL {{
    ?sponsorship unkg:proposal ?draft ; unkg:sponsor ?state ; unkg:tier ?tier .
    OPTIONAL {{ ?sponsorship unkg:atMeeting/unkg:number ?meeting }}
    OPTIONAL {{ ?mention unkg:mentionOf ?sponsorship ; unkg:quote ?quote }}
  }}
}}
"""


def bipartite(
    store: Reader, *, language: str = "en", tiers: Collection[Tier] = TIERS
) -> nx.Graph[str]:
    """States and the drafts they sponsor.

    Nodes have ``bipartite`` (0 a state, 1 a draft) and ``label``; states ``code, region``
    (the UN's regional group), drafts ``symbol, title, year``. Edges have ``tier, meeting,
    quote``. A state that withdrew is no sponsor.
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    for row in sorted(_cells(store.select(_SPONSORS).rows)):
        draft, state, tier, symbol, title, meeting, quote = row
        if tier not in tiers:
            continue
        if draft not in graph:
            graph.add_node(draft, **_draft(draft, symbol, title))
        if state not in graph:
            graph.add_node(state, **_state(state, language))
        if not graph.has_edge(draft, state):
            graph.add_edge(draft, state, tier=tier, meeting=meeting, quote=quote)
    return graph


def _cells(rows: Iterable[tuple[Any, ...]]) -> Iterable[tuple[str, ...]]:
    return (tuple(cell.value if cell is not None else "" for cell in row) for row in rows)


def _draft(iri: str, symbol: str, title: str) -> dict[str, Any]:
    label = symbol or iri.removeprefix(DOCUMENT_BASE)
    year = year_of_symbol(label)
    return {"bipartite": 1, "label": label, "symbol": symbol, "title": title, "year": year}


def _state(iri: str, language: str) -> dict[str, Any]:
    code = iri.rsplit("/", 1)[-1]
    known = load_authority().states.get(code)
    groups = known.values("regionalGroup") if known else ()
    return {
        "bipartite": 0,
        "label": known.label(language) if known else code,
        "code": code,
        "region": groups[0] if groups else "",
    }


def projection(graph: nx.Graph[str]) -> nx.Graph[str]:
    """States tied by the drafts they share.

    Nodes have ``label, code, region``, ``drafts`` and ``joined`` (lists of symbols). Edges have
    ``weight`` (shared drafts), ``jaccard`` (shared by all drafts of either) and ``drafts``.
    """
    import networkx as nx

    found: nx.Graph[str] = nx.Graph()
    shared: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for name, facts in sorted(graph.nodes(data=True)):
        if facts["bipartite"] == 1:
            for pair in combinations(sorted(graph[name]), 2):
                shared[pair].append(facts["label"])
        else:
            found.add_node(name, **_totals(graph, name))
    for (a, b), drafts in sorted(shared.items()):
        union = graph.degree(a) + graph.degree(b) - len(drafts)
        found.add_edge(a, b, weight=len(drafts), jaccard=len(drafts) / union, drafts=sorted(drafts))
    return found


def _totals(graph: nx.Graph[str], state: str) -> dict[str, Any]:
    facts = {name: value for name, value in graph.nodes[state].items() if name != "bipartite"}
    edges = [(graph.nodes[d]["label"], e.get("tier")) for d, e in graph[state].items()]
    joined = sorted(label for label, tier in edges if tier == "joined")
    return {**facts, "drafts": sorted(label for label, _ in edges), "joined": joined}
