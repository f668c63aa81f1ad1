"""The citation graph of a store for networkx: documents and instruments as a reader knows them.

A part of a report and the draft whose text it is are one node; the report leads to its drafts
by edges of the clause ``contains``, and a draft and the resolution it became are tied by
``adoptedAs`` (which the store joins, see ``kg.store.joins``). These two kinds of edges are no
steps: they join what a reader takes for one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.network.collected import ADOPTED_AS, CONTAINS
from kg.symbol import DOCUMENT_BASE

if TYPE_CHECKING:
    import networkx as nx
    from numpy.typing import NDArray

    from kg.network.citations import Citations
    from kg.network.reach import Direction, Reach, Within
    from kg.store import Reader

TIES = frozenset({CONTAINS, ADOPTED_AS})


def citation_graph(store: Reader | Citations, *, language: str = "en") -> nx.MultiDiGraph[str]:
    """Who cites whom in a store, an edge for each citation in the words of one language.

    Nodes are IRIs with ``label, symbol, title, kind, organ, year`` (``""`` or None where
    unknown; kind is one of resolution, decision, report, draft, treaty, declaration, rules,
    programme, document). Edges have ``clause, verb, quote, mention_start, mention_end,
    paragraph, language, via``; a citation read in several languages has the words of
    ``language`` if it is one of them. Doubted citations are left out. The graph's attribute
    ``names`` leads from other IRIs (a part's) to the node that stands for them.
    """
    import numpy as np

    network = network_of(store)
    return graph_of(
        network,
        nodes=np.arange(len(network)),
        edges=np.arange(len(network.source)),
        language=language,
    )


def network_of(store: Reader | Citations) -> Citations:
    """The citation network of a store; a network is returned as it is."""
    from kg.network.citations import Citations, load

    return store if isinstance(store, Citations) else load(store)


def node_of(network: Citations, name: str) -> int:
    """The number of the node that stands for an IRI.

    Raises:
        QueryError: the network has no such node.
    """
    found = network.node(name)
    if found is None:
        name = name.removeprefix(DOCUMENT_BASE)
        raise QueryError(f"{name}: cites nothing here and nothing cites it; kg list shows what is")
    return found


def reached(
    store: Reader | Citations,
    start: str,
    *,
    direction: Direction,
    depth: int | None,
    within: Within | None,
) -> tuple[Citations, Reach]:
    """The network of a store, and what is reached in it from an IRI.

    Raises:
        QueryError: the network has no such node.
    """
    from kg.network.reach import EVERYTHING, reach

    network = network_of(store)
    node = node_of(network, start)
    found = reach(network, node, direction=direction, depth=depth, within=within or EVERYTHING)
    return network, found


def graph_of(
    network: Citations,
    *,
    nodes: NDArray[Any],
    edges: NDArray[Any],
    language: str,
    **attributes: Iterable[Any],
) -> nx.MultiDiGraph[str]:
    """A part of a network as a graph; ``attributes`` are further ones of the nodes, in order."""
    import networkx as nx
    import numpy as np

    aliased = np.flatnonzero(np.isin(network.alias_node, nodes))
    drafts = network.iri.take(network.alias_node[aliased])
    names = dict(zip(network.alias.take(aliased), drafts, strict=True))
    graph: nx.MultiDiGraph[str] = nx.MultiDiGraph(names=names)
    # Into the dictionaries that networkx keeps: add_edge takes three times as long.
    leads, comes = graph._succ, graph._pred
    iris = dict(zip(nodes.tolist(), network.iri.take(nodes), strict=True))
    further = zip(*attributes.values(), strict=True) if attributes else ((),) * len(iris)
    each = network.about_each(nodes, language)
    for iri, about, more in zip(iris.values(), each, further, strict=True):
        graph._node[iri] = about | dict(zip(attributes, more, strict=True))
        leads[iri], comes[iri] = {}, {}
    pairs = zip(network.source[edges].tolist(), network.target[edges].tolist(), strict=True)
    for (a, b), facts in zip(pairs, facts_of(network, edges, language), strict=True):
        one, other = iris[a], iris[b]
        if other not in leads[one]:
            leads[one][other] = comes[other][one] = {}
        between = leads[one][other]
        between[len(between)] = facts
    return graph


def facts_of(network: Citations, edges: NDArray[Any], language: str) -> Iterator[dict[str, Any]]:
    """What each edge says, in a language where it was read in it, as an edge's attributes."""
    words = network.words_of(edges, language)
    columns = (
        network.clauses.coded(network.clause[words]),
        network.verbs.coded(network.verb[words]),
        network.quotes.coded(network.quote[words]),
        network.mention_start[words].tolist(),
        network.mention_end[words].tolist(),
        network.paragraphs.coded(network.paragraph[edges]),
        network.languages.coded(network.language[words]),
        network.vias.coded(network.via[words]),
    )
    # A literal takes half the time of dict(zip(…)).
    return (
        {
            "clause": clause,
            "verb": verb,
            "quote": quote,
            "mention_start": start,
            "mention_end": end,
            "paragraph": paragraph,
            "language": spoken,
            "via": via,
        }
        for clause, verb, quote, start, end, paragraph, spoken, via in zip(*columns, strict=True)
    )


def name_in(graph: nx.MultiDiGraph[str], iri: str) -> str | None:
    """The node that stands for an IRI, None if the graph has none."""
    name = graph.graph.get("names", {}).get(iri, iri)
    return name if name in graph else None
