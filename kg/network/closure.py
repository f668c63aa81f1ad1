"""All that rests on all: the closure of the citation network, and how much each is relied upon.

The works are taken by stops (a draft and the resolution it became are one, see
``Citations.stop``), and circles of citations as one component; over the
components in topological order the set of stops that each reaches is the union of what its
successors reach, kept as the bits of an integer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kg.network.citations import CITATION, Citations
from kg.network.columns import distinct
from kg.network.reach import EVERYTHING, Direction, Walk, Within

Places = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Which stops each component reaches: bit ``position[stop]`` of ``reached[component]``."""

    stops: Places
    component: Places
    position: Places
    reached: tuple[int, ...]

    def counts(self) -> Places:
        """For each node how many other works it reaches, in any number of citations."""
        counts = np.array([bits.bit_count() - 1 for bits in self.reached], dtype=np.int64)
        found: Places = counts[self.component[self.stops]] if len(counts) else counts
        return found

    def holds(self, a: int, b: int) -> bool:
        """Whether node ``a`` reaches node ``b``; each reaches itself.

        Ties of both directions count as the node itself.
        """
        one, other = self.stops[a], self.stops[b]
        return bool(self.reached[self.component[one]] >> int(self.position[other]) & 1)

    def nodes(self, a: int) -> Places:
        """All nodes that node ``a`` reaches, itself among them."""
        bits = self.reached[self.component[self.stops[a]]]
        raw = np.frombuffer(bits.to_bytes(len(self.position) // 8 + 1, "little"), dtype=np.uint8)
        held = np.unpackbits(raw, bitorder="little")[self.position].astype(np.bool_)
        found: Places = np.flatnonzero(held[self.stops])
        return found


def closure_of(
    network: Citations, *, direction: Direction = "cites", within: Within = EVERYTHING
) -> Closure:
    """The closure of all works: what each rests on, or with ``cited-by`` what rests on each."""
    from scipy.sparse.csgraph import connected_components

    stops = network.stop
    a, b = citing_stops(network, direction=direction, within=within, ties=True)
    size = int(stops.max()) + 1 if len(stops) else 0
    if size == 0:
        return Closure(stops=stops, component=stops, position=stops, reached=())
    component = connected_components(matrix_of(a, b, size), connection="strong")[1]
    component = _sinks_first(component, component[a], component[b])
    order = np.argsort(component, kind="stable")
    position = np.empty(size, dtype=np.int64)
    position[order] = np.arange(size)
    reached = _united(component, component[a], component[b])
    return Closure(stops=stops, component=component, position=position, reached=reached)


def matrix_of(a: Places, b: Places, size: int) -> Any:
    """Pairs as a sparse matrix of ones, ``size`` rows and columns; a pair counts once."""
    from scipy.sparse import csr_matrix

    # A matrix and not an array: scikit-network takes no arrays.
    matrix = csr_matrix((np.ones(len(a), dtype=np.float64), (a, b)), shape=(size, size))
    matrix.data[:] = 1
    return matrix


def citing_stops(
    network: Citations,
    *,
    direction: Direction = "cites",
    within: Within = EVERYTHING,
    ties: bool = False,
) -> tuple[Places, Places]:
    """Which stop leads to which by a citation, or also by a tie; each pair once."""
    stops, ends = network.stop, [network.citing_stop, network.cited_stop]
    if within != EVERYTHING:
        cited = Walk(network, direction, within).citations(np.arange(len(network)))
        ends = [stops[network.source[cited]], stops[network.target[cited]]]
    if direction == "cited-by":
        ends.reverse()
    joined = np.flatnonzero(network.tie != CITATION) if ties else np.zeros(0, dtype=np.int64)
    if within == EVERYTHING and not len(joined):
        return ends[0], ends[1]
    a = np.concatenate([ends[0], stops[network.source[joined]]]).astype(np.int64)
    b = np.concatenate([ends[1], stops[network.target[joined]]]).astype(np.int64)
    size = max(1, len(network))
    pairs = distinct((a * size + b)[a != b])
    return pairs // size, pairs % size


def named_by(network: Citations) -> Places:
    """For each stop the node that names it: what was adopted, before what was proposed."""
    adopted = [
        code for code, kind in enumerate(network.kinds) if kind in ("resolution", "decision")
    ]
    stops = network.stop
    order = np.lexsort((np.arange(len(stops)), ~np.isin(network.kind, adopted), stops))
    first = np.unique(stops[order], return_index=True)[1]
    found: Places = order[first]
    return found


def _sinks_first(component: Places, a: Places, b: Places) -> Places:
    """Components renumbered so that each leads only to lower numbers."""
    # So scipy numbers them, though it does not promise to.
    if bool((a >= b).all()):
        return component
    from graphlib import TopologicalSorter

    sorter: TopologicalSorter[int] = TopologicalSorter()
    for number in range(int(component.max()) + 1):
        sorter.add(number)
    for one, other in zip(a.tolist(), b.tolist(), strict=True):
        if one != other:
            sorter.add(one, other)
    rank = np.empty(int(component.max()) + 1, dtype=np.int64)
    rank[list(sorter.static_order())] = np.arange(len(rank))
    renumbered: Places = rank[component]
    return renumbered


def _united(component: Places, a: Places, b: Places) -> tuple[int, ...]:
    sizes = np.bincount(component)
    starts = (np.cumsum(sizes) - sizes).tolist()
    pairs = distinct((a * len(sizes) + b)[a != b])
    ends = np.searchsorted(pairs // len(sizes), np.arange(1, len(sizes) + 1)).tolist()
    following = (pairs % len(sizes)).tolist()
    reached: list[int] = []
    done = 0
    for number, size in enumerate(sizes.tolist()):
        bits = ((1 << size) - 1) << starts[number]
        for other in following[done : ends[number]]:
            bits |= reached[other]
        done = ends[number]
        reached.append(bits)
    return tuple(reached)
