"""What is reached from a node: breadth first over the columns, ties at no cost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from kg.network.citations import ADOPTED, CITATION, Citations
from kg.network.columns import distinct, spread

Direction = Literal["cites", "cited-by"]
Places = NDArray[Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Within:
    """Which citations are followed: of some clauses, to works of some organs, of some years.

    An empty set or None restricts nothing. A work of unknown year lies in no span of years.
    Ties are followed whatever they lead to: they join what a reader takes for one.
    """

    clauses: frozenset[str] = frozenset()
    organs: frozenset[str] = frozenset()
    since: int | None = None
    until: int | None = None
    language: str = "en"

    def nodes(self, network: Citations) -> NDArray[np.bool_] | None:
        """For each node whether a citation may lead to it; None: to all."""
        if not self.organs and self.since is None and self.until is None:
            return None
        allowed = np.ones(len(network), dtype=np.bool_)
        if self.organs:
            codes = [code for code, organ in enumerate(network.organs) if organ in self.organs]
            allowed &= np.isin(network.organ, codes)
        if self.since is not None or self.until is not None:
            first = 1 if self.since is None else self.since
            last = 9999 if self.until is None else self.until
            allowed &= (network.year >= first) & (network.year <= last) & (network.year > 0)
        return allowed

    def edges(self, network: Citations) -> Callable[[Places], NDArray[np.bool_]] | None:
        """Tells of edges whether they are followed; None: all are."""
        if not self.clauses:
            return None
        codes = [code for code, clause in enumerate(network.clauses) if clause in self.clauses]

        def followed(edges: Places) -> NDArray[np.bool_]:
            words = network.words_of(edges, self.language)
            return np.isin(network.clause[words], codes)

        return followed


EVERYTHING = Within()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The nodes reached with their depths, by depth; the edges that lead there, in order."""

    nodes: Places
    depths: Places
    edges: Places


def reach(
    network: Citations,
    start: int,
    *,
    direction: Direction = "cites",
    depth: int | None = None,
    within: Within = EVERYTHING,
) -> Reach:
    """All that is reached from a node in at most ``depth`` citations (None: in any number).

    A report leads to its drafts, a draft does not lead back; a draft and the resolution it
    became lead to each other. These ties are no steps.
    """
    walk = Walk(network, direction, within)
    depths = walk.depths(start, depth)
    reached = np.flatnonzero(depths >= 0)
    inner = reached if depth is None else reached[depths[reached] < depth]
    edges = np.concatenate([walk.citations(inner), walk.ties(reached)])
    order = reached[np.argsort(depths[reached], kind="stable")]
    return Reach(nodes=order, depths=depths[order], edges=distinct(edges))


def distances(
    network: Citations, end: int, *, within: Within = EVERYTHING, depth: int | None = None
) -> Places:
    """How many citations each node is from the end, -1 where no way leads there."""
    return Walk(network, "cites", within, backwards=True).depths(end, depth)


class Walk:
    """The edges that may be followed from nodes: in a direction, or back from where it led."""

    def __init__(
        self, network: Citations, direction: Direction, within: Within, *, backwards: bool = False
    ) -> None:
        self.network = network
        self.out_of = (direction == "cites") != backwards
        self.backwards = backwards
        self.allowed, self.followed = within.nodes(network), within.edges(network)

    def depths(
        self, start: int | Places, depth: int | None, *, along: Places | None = None
    ) -> Places:
        """How many citations each node is away, -1 where it is not reached.

        With ``along``, the distances from where the walk leads to, it takes only ways on which
        they fall by one a citation, from ``depth`` to 0.
        """
        front = Front(self, start, depth, along)
        while len(front.here) and front.level != depth:
            front.advance()
        return front.depths

    def citations(self, nodes: Places) -> Places:
        """The citations that lead on from some nodes."""
        found: Places = self._out(nodes) if self.out_of else self._into(nodes)
        found = found[self.network.tie[found] == CITATION]
        if self.followed is not None:
            found = found[self.followed(found)]
        if self.allowed is not None:
            entered = self._ends(found, first=self.out_of == self.backwards)
            found = found[self.allowed[entered]]
        return found

    def ties(self, nodes: Places) -> Places:
        """The ties that join further nodes to some: a report's drafts, a draft's resolution."""
        out, into = self.network.ties_out, self.network.ties_in
        there, back = (into, out) if self.backwards else (out, into)
        both = back.edges(nodes)
        found: Places = np.concatenate(
            [there.edges(nodes), both[self.network.tie[both] == ADOPTED]]
        )
        return found

    def others(self, edges: Places) -> Places:
        """Where edges lead from here."""
        return self._ends(edges, first=not self.out_of)

    def _ends(self, edges: Places, *, first: bool) -> Places:
        ends: Places = self.network.source if first else self.network.target
        return ends[edges]

    def _out(self, nodes: Places) -> Places:
        starts = self.network.starts_out
        return spread(starts[nodes], starts[nodes + 1])[1]

    def _into(self, nodes: Places) -> Places:
        starts, into = self.network.starts_in, self.network.into
        found: Places = into[spread(starts[nodes], starts[nodes + 1])[1]]
        return found


class Front:
    """A walk in mid-way: the distances so far, and the nodes reached last."""

    def __init__(
        self, walk: Walk, start: int | Places, depth: int | None = None, along: Places | None = None
    ) -> None:
        self.walk, self.along, self.last = walk, along, depth or 0
        self.depths: Places = np.full(len(walk.network), -1, dtype=np.int32)
        self.level = 0
        self.here = self._reached(np.atleast_1d(start))

    @property
    def width(self) -> int:
        """How many edges lead on from here, ties and those that are not followed included."""
        network = self.walk.network
        starts = network.starts_out if self.walk.out_of else network.starts_in
        return int((starts[self.here + 1] - starts[self.here]).sum())

    def advance(self) -> None:
        """Go one citation further."""
        found = self.walk.others(self.walk.citations(self.here))
        self.level += 1
        self.here = self._reached(found)

    def _reached(self, found: Places) -> Places:
        """Mark what is reached first at this level, and what ties join to it."""
        network, depths, along = self.walk.network, self.depths, self.along
        reached = []
        while True:
            found = found[depths[found] < 0]
            if along is not None:
                found = found[along[found] == self.last - self.level]
            reached.append(distinct(found))
            if not len(found):
                return np.concatenate(reached)
            depths[found] = self.level
            # An end of a tie is either where it was followed from, or where it leads.
            ties = self.walk.ties(reached[-1])
            found = np.concatenate([network.source[ties], network.target[ties]])
