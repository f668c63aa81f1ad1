"""The citations of a chain as rows, read from the columns without a graph between."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.analyse.graph import reached

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.network.citations import Citations
    from kg.network.columns import Texts
    from kg.network.reach import Direction, Reach, Within
    from kg.store import Reader


def quoted(
    store: Reader | Citations,
    start: str,
    *,
    direction: Direction = "cites",
    depth: int | None = 3,
    within: Within | None = None,
    language: str = "en",
) -> list[dict[str, Any]]:
    """What a document cites (or what cites it), what that cites, and so on, in their words.

    A row a citation, by depth, then in order of names: ``depth, citing, clause, cited, title,
    verb, via, paragraph, quote, language``; they are the rows of ``kg.analyse.chain.rows`` for
    the graph that ``descendants`` and ``ancestors`` give, five times as soon.

    Raises:
        QueryError: the store has no such node.

    >>> from kg.demo import sample_paths
    >>> from kg.ingest import build
    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     report = build(sample_paths(), store=store, base=store.base)
    ...     found = quoted(store, "https://undocs.org/A/RES/70/1", direction="cited-by", depth=1)
    >>> found[0]["cited"]
    'A/RES/70/1'
    """
    network, found = reached(store, start, direction=direction, depth=depth, within=within)
    return _rows(network, found, language)


def _rows(network: Citations, found: Reach, language: str) -> list[dict[str, Any]]:
    import numpy as np

    nodes = found.nodes
    place = np.zeros(len(network), dtype=np.intp)
    place[nodes] = np.arange(len(nodes))
    labels, _, titles = network.labelled(nodes, language)
    citing, cited = place[network.source[found.edges]], place[network.target[found.edges]]
    depths = np.maximum(found.depths[citing], found.depths[cited])
    ranks, said = _ranks(labels), _paragraphs(network.paragraphs, network.paragraph[found.edges])
    order = np.lexsort((said, ranks[cited], ranks[citing], depths))
    edges, citing, cited = found.edges[order], citing[order].tolist(), cited[order].tolist()
    words = network.words_of(edges, language)
    columns = (
        depths[order].tolist(),
        citing,
        network.clauses.coded(network.clause[words]),
        cited,
        network.verbs.coded(network.verb[words]),
        network.vias.coded(network.via[words]),
        network.paragraphs.coded(network.paragraph[edges]),
        network.quotes.coded(network.quote[words]),
        network.languages.coded(network.language[words]),
    )
    return [
        {
            "depth": far,
            "citing": labels[a],
            "clause": clause,
            "cited": labels[b],
            "title": titles[b],
            "verb": verb,
            "via": via,
            "paragraph": paragraph,
            "quote": quote,
            "language": spoken,
        }
        for far, a, clause, b, verb, via, paragraph, quote, spoken in zip(*columns, strict=True)
    ]


def _ranks(texts: list[str]) -> NDArray[Any]:
    """The place of each text among all in order, the same for the same text."""
    import numpy as np

    known = {text: rank for rank, text in enumerate(sorted(set(texts)))}
    return np.array([known[text] for text in texts], dtype=np.intp)


def _paragraphs(texts: Texts, codes: NDArray[Any]) -> NDArray[Any]:
    """The rank of each edge's paragraph."""
    import numpy as np

    known, places = np.unique(codes, return_inverse=True)
    ranks: NDArray[Any] = _ranks(texts.take(known))[places]
    return ranks
