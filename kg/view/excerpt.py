"""Which part of a large graph a page shows first: what is near, and of that what counts most."""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

# How many documents a picture shows before a reader asks for more.
SIZES = (40, 120, 400)
DEGREES = 3

Arc = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """Nodes to show together; ``degree`` 0 has no limit of steps."""

    degree: int
    nodes: tuple[int, ...]


def distances(count: int, arcs: Iterable[Arc], ties: Iterable[Arc], start: int) -> list[int | None]:
    """Steps from the start to each of ``count`` nodes, arcs taken either way; ties cost none.

    >>> distances(4, [(0, 1), (2, 1)], [(2, 3)], 0)
    [0, 1, 2, 2]
    """
    near: list[list[tuple[int, int]]] = [[] for _ in range(count)]
    for cost, pairs in ((1, arcs), (0, ties)):
        for a, b in pairs:
            near[a].append((b, cost))
            near[b].append((a, cost))
    far: list[int | None] = [None] * count
    waiting = deque([(start, 0)])
    while waiting:
        node, distance = waiting.popleft()
        if far[node] is not None:
            continue
        far[node] = distance
        for other, cost in near[node]:
            # What is tied stands at the same distance and comes first.
            (waiting.append if cost else waiting.appendleft)((other, distance + cost))
    return far


def excerpts(
    far: Sequence[int | None], near: Sequence[Sequence[int]], weight: Sequence[float]
) -> tuple[Excerpt, ...]:
    """The views a reader chooses among: each degree in the ``SIZES`` it fills, then whole.

    ``far`` are steps from the focus (all ``None`` without one), ``near`` the neighbours,
    ``weight`` how much a node counts. Within a view the nodes come in the order they were let
    in: always one that is linked to those before, the weightiest first, near ones before far.
    """
    known = [steps for steps in far if steps is not None]
    degrees = [d for d in range(1, DEGREES + 1) if d <= max(known, default=0)]
    if not degrees or max(known) > DEGREES or len(known) < len(far):
        degrees.append(0)
    found = []
    for degree in degrees:
        inside = [n for n, f in enumerate(far) if degree == 0 or (f is not None and f <= degree)]
        order = _grown(inside, far, near, weight)
        sizes = [size for size in SIZES if size * 1.5 < len(order)]
        found += [Excerpt(degree=degree, nodes=tuple(order[:n])) for n in [*sizes, len(order)]]
    return tuple(found)


def first_of(found: Sequence[Excerpt], *, focused: bool) -> int:
    """The view to open with: two degrees, about ``SIZES[0]`` nodes; all of it without a focus."""
    if not focused:
        return len(found) - 1
    degree = 2 if any(each.degree == 2 for each in found) else found[0].degree
    return next(place for place, each in enumerate(found) if each.degree == degree)


def _grown(
    inside: Collection[int],
    far: Sequence[int | None],
    near: Sequence[Sequence[int]],
    weight: Sequence[float],
) -> list[int]:
    left, order = set(inside), []
    waiting: list[tuple[float, int]] = [(-1e9, node) for node in inside if far[node] == 0]
    # Parts that hang together with nothing nearer follow, each from its weightiest node.
    seeds = iter(sorted(inside, key=lambda node: (-weight[node], node)))
    heapq.heapify(waiting)
    while left:
        node = heapq.heappop(waiting)[1] if waiting else next(seeds)
        if node not in left:
            continue
        left.remove(node)
        order.append(node)
        for other in near[node]:
            if other in left:
                gain = (1 + weight[other]) / (far[other] or 1)
                heapq.heappush(waiting, (-gain, other))
    return order
