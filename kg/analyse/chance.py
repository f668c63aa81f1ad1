"""How many drafts two states would share by chance.

The bipartite configuration model: the least biased model in which every state sponsors as many
drafts as it does, and every draft has as many sponsors as it has, on average. A draft that all
support then says nothing about any two of them, where a count or a share would. A draft's
number of pairs of sponsors is kept too: it would be too large in the mean, as sizes vary.

Sources: Saracco, Di Clemente, Gabrielli, Squartini 2015 (doi:10.1038/srep10595) for the model,
and 2017 (doi:10.1088/1367-2630/aa6b38) for the projection; Tumminello, Miccichè, Lillo, Piilo,
Mantegna 2011 (doi:10.1371/journal.pone.0017994) for testing a projection's edges at all.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
STEPS = 60
TOLERANCE = 1e-6
RIDGE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """Chances by state and class of draft: ``chances[state, c]`` for ``counts[c]`` drafts.

    ``pairs[c]`` is what a product of two of them is multiplied by.
    """

    chances: Floats
    counts: Floats
    pairs: Floats

    def expected(self, states: Any = slice(None)) -> Floats:
        """Drafts that each of some states and each other are expected to share."""
        return np.asarray((self.chances[states] * (self.counts * self.pairs)) @ self.chances.T)

    def deviation(self, states: Any = slice(None)) -> Floats:
        """The standard deviation of that number: a sum of independent events, one a draft."""
        factors = self.counts * self.pairs**2
        squares = (self.chances[states] ** 2 * factors) @ (self.chances**2).T
        return np.asarray(np.sqrt(np.maximum(self.expected(states) - squares, 0)))


def chance(totals: NDArray[np.int64], sizes: NDArray[np.int64]) -> Chance:
    """The model for states that sponsor ``totals`` drafts and drafts with ``sizes`` sponsors.

    >>> import numpy as np
    >>> three_states_two_drafts = chance(np.array([2, 2, 2]), np.array([3, 3]))
    >>> three_states_two_drafts.expected()[0, 1].round(2)
    np.float64(2.0)
    """
    classes, counts = np.unique(sizes, return_counts=True)
    return _fitted(*(tuple(column.tolist()) for column in (totals, classes, counts)))


# Every ranking within one selection asks for the same model.
@lru_cache(maxsize=4)
def _fitted(*sums: tuple[int, ...]) -> Chance:
    """The model for states' totals, and classes of drafts by size with the number in each."""
    totals, classes, counts = map(np.array, sums)
    chances = np.zeros((len(totals), len(classes)))
    rest, left = totals.astype(float), classes.astype(float)
    states, drafts = np.ones(len(totals), dtype=bool), np.ones(len(classes), dtype=bool)
    # Who sponsors all that is left, or nothing, leaves no choice; the others fill the rest.
    while states.any() and drafts.any():
        full, none = states & (rest >= counts[drafts].sum()), states & (rest <= 0)
        every, empty = drafts & (left >= states.sum()), drafts & (left <= 0)
        if not (full | none).any() and not (every | empty).any():
            break
        if (full | none).any():
            chances[np.ix_(full, drafts)] = 1
            left[drafts] -= full.sum()
            states &= ~(full | none)
        else:
            chances[np.ix_(states, every)] = 1
            rest[states] -= counts[every].sum()
            drafts &= ~(every | empty)
    if states.any() and drafts.any():
        chances[np.ix_(states, drafts)] = _solved(rest[states], left[drafts], counts[drafts])
    possible = classes * (classes - 1)
    drawn = classes**2 - (chances**2).sum(axis=0)
    pairs = np.divide(possible, drawn, out=np.zeros(len(classes)), where=drawn > TOLERANCE)
    return Chance(chances=chances, counts=counts.astype(float), pairs=pairs)


def _solved(totals: Floats, sizes: Floats, counts: NDArray[np.int64]) -> Floats:
    """Chances whose sums over drafts are ``totals`` and over states ``sizes``.

    A chance is the logistic function of a + b, one a state and one b a class of drafts; the
    likelihood of the sums is concave in them and is climbed by Newton's steps, halved where one
    would lead down.
    """
    volume = np.log(totals.sum()) / 2
    point = np.concatenate([np.log(totals) - volume, np.log(sizes) - volume])
    sums = np.concatenate([totals, counts * sizes])
    height, share = _likelihood(point, sums, counts)
    for _ in range(STEPS):
        found = np.concatenate([share @ counts, counts * share.sum(axis=0)])
        if np.abs(sums - found).max() <= TOLERANCE:
            break
        step, rate = _step(sums - found, share, counts), 1.0
        while rate > TOLERANCE:
            higher, shares = _likelihood(point + rate * step, sums, counts)
            if higher > height - TOLERANCE:
                break
            rate /= 2
        point, height, share = point + rate * step, higher, shares
    return share


def _likelihood(point: Floats, sums: Floats, counts: NDArray[np.int64]) -> tuple[float, Floats]:
    """The logarithm of the likelihood at a point, and the chances there."""
    classes = len(counts)
    both = point[:-classes, None] + point[-classes:]
    height = point @ sums - (counts * np.logaddexp(0, both)).sum()
    return float(height), np.asarray(1 / (1 + np.exp(-np.clip(both, -500, 500))))


def _step(rest: Floats, share: Floats, counts: NDArray[np.int64]) -> Floats:
    """Newton's step: the classes are eliminated, as only states and classes meet.

    A number may be moved from all a to all b: of these steps the one is taken in which the sum
    of all a stays. The ridge is for who has no choice left.
    """
    bend = share * (1 - share) * counts
    ours, theirs = bend.sum(axis=1) + RIDGE, bend.sum(axis=0) + RIDGE
    states, parts = len(bend), bend / theirs
    matrix = np.diag(ours) - parts @ bend.T + ours.mean() / states
    own = np.linalg.solve(matrix, rest[:states] - parts @ rest[states:])
    return np.concatenate([own, (rest[states:] - own @ bend) / theirs])
