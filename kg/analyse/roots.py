"""The roots a work rests on: where its citations end, and one shortest chain to each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from kg.analyse.chain import path_rows
from kg.analyse.graph import network_of, node_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from kg.network.citations import Citations
    from kg.network.reach import Walk, Within
    from kg.store import Reader

Why = Literal["instrument", "cites nothing", "not held"]


def roots(
    store: Reader | Citations,
    start: str,
    *,
    within: Within | None = None,
    chains: bool = True,
    language: str = "en",
) -> list[dict[str, Any]]:
    """The treaties and first resolutions that a work rests on, as rows: the nearest first.

    A root is a work of the closure that no further citation leads on from. ``why`` tells an
    ``instrument``; a document that ``cites nothing`` in its text; and one ``not held``, whose
    text the store does not have, so that nothing is known of what it cites. ``depth`` is the
    number of citations to it, ``citations`` how many in the closure lead straight to it;
    ``chain`` is one shortest chain as ``path_rows`` gives it, with quotations.

    Raises:
        QueryError: the store has no such node.
    """
    import numpy as np

    from kg.network.reach import EVERYTHING, Walk

    network = network_of(store)
    within = within or EVERYTHING
    walk = Walk(network, "cites", within)
    first = node_of(network, start)
    depths = walk.depths(first, None)
    reached = (depths >= 0).nonzero()[0]
    edges = walk.citations(reached)
    cited = np.bincount(network.target[edges], minlength=len(network))
    back = Walk(network, "cites", within, backwards=True)
    found = []
    for node in _ends(network, walk, depths, reached, edges):
        row = _row(network, node, int(depths[node]), int(cited[node]), language)
        if chains:
            way = [network.iri[one] for one in _way(back, depths, first, node)]
            row["chain"] = path_rows(network, [way], language=language)
        found.append(row)
    return sorted(found, key=lambda row: (row["depth"], -row["citations"], row["root"]))


def _ends(
    network: Citations,
    walk: Walk,
    depths: NDArray[Any],
    reached: NDArray[Any],
    edges: NDArray[Any],
) -> list[int]:
    """The nodes where citations end; of a draft and its resolution, the one that is cited."""
    import numpy as np

    from kg.network.columns import distinct

    stops = network.stop
    ties = walk.ties(reached)
    leading = np.concatenate([network.source[edges], network.source[ties]])
    further = np.concatenate([network.target[edges], network.target[ties]])
    onward = distinct(stops[leading[stops[leading] != stops[further]]])
    ends = reached[(depths[reached] > 0) & ~np.isin(stops[reached], onward)]
    kept: dict[int, int] = {}
    cited = set(network.target[edges].tolist())
    for node in ends.tolist():
        kept.setdefault(int(stops[node]), node)
        if node in cited and kept[int(stops[node])] not in cited:
            kept[int(stops[node])] = node
    return sorted(kept.values())


def _row(
    network: Citations, node: int, depth: int, citations: int, language: str
) -> dict[str, Any]:
    from kg.network.described import INSTRUMENTS
    from kg.symbol import DOCUMENT_BASE

    about = network.about(node, language)
    instrument = about["kind"] in INSTRUMENTS or not network.iri[node].startswith(DOCUMENT_BASE)
    why: Why = "not held"
    if instrument:
        why = "instrument"
    elif network.held[node]:
        why = "cites nothing"
    return {
        "depth": depth,
        "root": about["label"],
        "kind": about["kind"],
        "year": about["year"],
        "why": why,
        "citations": citations,
        "title": about["title"],
    }


def _way(back: Walk, depths: NDArray[Any], start: int, node: int) -> list[int]:
    """One shortest way from the start to a node that was reached."""
    import numpy as np

    way = [node]
    while way[-1] != start:
        here = np.array([way[-1]])
        before = back.others(back.citations(here))
        before = before[depths[before] == depths[way[-1]] - 1]
        if len(before) and depths[way[-1]] > 0:
            way.append(int(before.min()))
        else:
            way += _over_ties(back, depths, start, way[-1])
    return way[::-1]


def _over_ties(back: Walk, depths: NDArray[Any], start: int, node: int) -> list[int]:
    """From a node that only a tie leads to, back to one that a citation leads to, or the start."""
    import numpy as np

    before = {node: node}
    waiting = [node]
    for one in waiting:
        here = np.array([one])
        cited = back.others(back.citations(here))
        if one != node and (one == start or (depths[cited] == depths[node] - 1).any()):
            found = []
            while one != node:
                found.append(one)
                one = before[one]
            return found[::-1]
        ties = back.ties(here)
        ends = np.concatenate([back.network.source[ties], back.network.target[ties]])
        for other in np.unique(ends[depths[ends] == depths[node]]).tolist():
            if other not in before:
                before[other] = one
                waiting.append(other)
    raise AssertionError("what was reached is reached from somewhere")
