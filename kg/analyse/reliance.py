"""What a corpus relies upon most: PageRank over citations, and how much rests on each work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.analyse.graph import network_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.network.citations import Citations
    from kg.network.reach import Within
    from kg.store import Reader

DAMPING = 0.85
ROUNDS = 200
TOLERANCE = 1e-10


def pagerank(
    store: Reader | Citations, *, within: Within | None = None, damping: float = DAMPING
) -> dict[str, float]:
    """PageRank of all works by IRI (L. Page et al., 1999): being cited by what is cited.

    A pair of works counts once, however often one cites the other; a draft and the resolution
    it became are one work, which stands under the resolution's name. The values add up to 1.
    """
    network = network_of(store)
    if not len(network):
        return {}
    scores, nodes, _ = _scored(network, within, damping)
    return dict(zip(network.iri.take(nodes), scores.tolist(), strict=True))


def communities(
    store: Reader | Citations,
    *,
    within: Within | None = None,
    seed: int = 0,
    resolution: float = 1.0,
) -> list[list[str]]:
    """Works that cite each other more than chance would have it: Leiden communities of IRIs.

    A citation ties two works whatever its direction; works and seeds are as in ``pagerank`` and
    ``kg.analyse.communities``. The largest community is the first.
    """
    import numpy as np

    from kg.analyse.leiden import leiden
    from kg.network.closure import citing_stops, matrix_of, named_by
    from kg.network.reach import EVERYTHING

    network = network_of(store)
    if not len(network):
        return []
    nodes = named_by(network)
    order = np.argsort(nodes)
    place = np.argsort(order)
    a, b = (place[ends] for ends in citing_stops(network, within=within or EVERYTHING))
    ties = matrix_of(a, b, len(nodes))
    labels = leiden((ties + ties.T).tocsr(), seed=seed, resolution=resolution)
    groups: dict[int, list[str]] = {}
    for iri, label in zip(network.iri.take(nodes[order]), labels.tolist(), strict=True):
        groups.setdefault(label, []).append(iri)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0]))


def most_relied_upon(
    store: Reader | Citations,
    *,
    limit: int | None = 50,
    within: Within | None = None,
    language: str = "en",
) -> list[dict[str, Any]]:
    """The works that others rest on, by PageRank, the greatest first, as rows.

    ``cited_by`` counts the works that cite it, ``rest_on_it`` all from which citations lead
    there in any number of steps.
    """
    import numpy as np

    from kg.network.closure import closure_of
    from kg.network.reach import EVERYTHING

    network = network_of(store)
    if not len(network):
        return []
    scores, nodes, cited = _scored(network, within, DAMPING)
    resting = closure_of(network, direction="cited-by", within=within or EVERYTHING).counts()
    order = np.lexsort((nodes, -scores))[:limit]
    rows = []
    for rank, stop in enumerate(order.tolist(), start=1):
        about = network.about(int(nodes[stop]), language)
        rows.append(
            {
                "rank": rank,
                "work": about["label"],
                "title": about["title"],
                "kind": about["kind"],
                "year": about["year"],
                "pagerank": float(scores[stop]),
                "cited_by": int(cited[stop]),
                "rest_on_it": int(resting[nodes[stop]]),
            }
        )
    return rows


def _scored(
    network: Citations, within: Within | None, damping: float
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """For each stop its PageRank, the node it is named by, and how many cite it."""
    import numpy as np

    from kg.network.closure import citing_stops, matrix_of, named_by
    from kg.network.reach import EVERYTHING

    size = int(network.stop.max()) + 1
    a, b = citing_stops(network, within=within or EVERYTHING)
    scores = _ranked(matrix_of(a, b, size), damping)
    return scores, named_by(network), np.bincount(b, minlength=size)


def _ranked(matrix: Any, damping: float) -> NDArray[Any]:
    """The PageRank of each row of a matrix of ones, by power iteration.

    A work that cites nothing passes its rank on to all, as in networkx; the solvers of
    scikit-network do not agree among themselves on such works, which are many here.
    """
    import numpy as np

    size = matrix.shape[0]
    degrees = np.asarray(matrix.sum(axis=1)).ravel()
    passed_on = np.divide(1.0, degrees, out=np.zeros(size), where=degrees > 0)
    steps = matrix.T.tocsr()
    ranks = np.full(size, 1 / size)
    for _ in range(ROUNDS):
        lost = ranks[degrees == 0].sum()
        following = damping * (steps @ (ranks * passed_on) + lost / size) + (1 - damping) / size
        change = np.abs(following - ranks).sum()
        ranks = following
        if change < TOLERANCE:
            break
    found: NDArray[Any] = ranks
    return found
