"""All shortest ways from one work to another, counted and listed.

A draft and the resolution it became are one stop, so that a way is not told twice; a way is the
sequence of its stops. Of several citations between two stops the one that needs fewest ties is
shown.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.network.citations import CITATION, Citations
from kg.network.columns import distinct
from kg.network.reach import EVERYTHING, Front, Walk, Within

Places = NDArray[Any]
Way = tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """The shortest ways: citations in each, how many there are, the first of them as nodes."""

    length: int | None
    count: int
    ways: tuple[Way, ...]


def shortest_ways(
    network: Citations, start: int, end: int, *, limit: int = 100, within: Within = EVERYTHING
) -> Ways:
    """All ways of fewest citations from ``start`` to ``end``; at most ``limit`` are listed.

    The count is exact, whatever the limit; length None means that no way leads there.
    """
    walk = Walk(network, "cites", within)
    to_end = _to_end(walk, Walk(network, "cites", within, backwards=True), start, end)
    length = int(to_end[start])
    if length < 0:
        return Ways(length=None, count=0, ways=())
    edges = _on_the_way(network, to_end, walk)
    stops = network.stop
    steps = _steps(network, edges, stops)
    first, last = int(stops[start]), int(stops[end])
    counts = _counts(steps, last)
    found = _listed(steps, counts, first, last, limit)
    ways = tuple(_as_nodes(network, stops, steps, way, start, end) for way in found)
    return Ways(length=length, count=counts.get(first, 0), ways=ways)


def _to_end(walk: Walk, back: Walk, start: int, end: int) -> Places:
    """How far the end is from each node on a shortest way to it; -1 for all others.

    Walked from both ends, always where fewer edges lead on, until they meet.
    """
    there, here = Front(walk, start), Front(back, end)
    found: Places = np.full(len(there.depths), -1, dtype=np.int32)
    while not (met := (there.depths >= 0) & (here.depths >= 0)).any():
        if not len(there.here) or not len(here.here):
            return found
        (there if there.width < here.width else here).advance()
    middle = np.flatnonzero(met)
    before = back.depths(middle, there.level, along=there.depths)
    after = walk.depths(middle, here.level, along=here.depths)
    found[after >= 0] = here.level - after[after >= 0]
    found[before >= 0] = here.level + before[before >= 0]
    return found


def _on_the_way(network: Citations, to_end: Places, walk: Walk) -> Places:
    """The edges that lie on a shortest way, of which all nodes with a distance are part."""
    nodes = np.flatnonzero(to_end >= 0)
    edges = distinct(np.concatenate([walk.citations(nodes), walk.ties(nodes)]))
    a, b = network.source[edges], network.target[edges]
    cost = network.tie[edges] == CITATION
    wanted: Places = edges[(to_end[b] >= 0) & (to_end[a] - to_end[b] == cost)]
    return wanted


Steps = Mapping[int, Mapping[int, list[tuple[int, int]]]]


def _steps(network: Citations, edges: Places, stops: Places) -> Steps:
    """From stop to stop, with the nodes that the edges between them join."""
    found: dict[int, dict[int, list[tuple[int, int]]]] = {}
    pairs = zip(network.source[edges].tolist(), network.target[edges].tolist(), strict=True)
    for a, b in dict.fromkeys(pairs):
        one, other = int(stops[a]), int(stops[b])
        if one != other:
            found.setdefault(one, {}).setdefault(other, []).append((a, b))
    return found


def _counts(steps: Steps, last: int) -> dict[int, int]:
    """How many ways lead from each stop to the last."""
    counts: dict[int, int] = {}
    for stop in TopologicalSorter(steps).static_order():
        following = steps.get(stop, {})
        counts[stop] = 1 if stop == last else sum(counts[other] for other in following)
    return counts or {last: 1}


def _listed(
    steps: Steps, counts: Mapping[int, int], first: int, last: int, limit: int
) -> Iterator[tuple[int, ...]]:
    """The first ways by stops; none is begun that does not lead to the last."""
    waiting: deque[tuple[int, ...]] = deque([(first,)])
    while waiting and limit > 0:
        way = waiting.pop()
        if way[-1] == last:
            limit -= 1
            yield way
            continue
        following = (stop for stop in steps.get(way[-1], {}) if counts[stop])
        waiting.extend((*way, stop) for stop in sorted(following, reverse=True))


def _as_nodes(
    network: Citations,
    stops: Places,
    steps: Steps,
    way: tuple[int, ...],
    start: int,
    end: int,
) -> Way:
    """A way by stops as a way by nodes, with the ties it takes inside a stop."""
    nodes = [start]
    for one, other in pairwise(way):
        a, b = min(steps[one][other], key=lambda edge: (edge[0] != nodes[-1], *edge))
        nodes += _across(network, stops, nodes[-1], a)
        nodes.append(b)
    return (*nodes, *_across(network, stops, nodes[-1], end))


def _across(network: Citations, stops: Places, a: int, b: int) -> list[int]:
    """The nodes after ``a`` on the way to ``b`` inside one stop."""
    before: dict[int, int] = {a: a}
    waiting = deque([a])
    walk = Walk(network, "cites", EVERYTHING)
    while waiting and b not in before:
        node = waiting.popleft()
        ties = walk.ties(np.array([node]))
        for ends in (network.source[ties], network.target[ties]):
            for other in ends.tolist():
                if other not in before and stops[other] == stops[a]:
                    before[other] = node
                    waiting.append(other)
    found: list[int] = []
    while b != a:
        found.append(b)
        b = before[b]
    return found[::-1]
