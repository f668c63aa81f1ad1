"""What states share, in numbers: drafts in common, their shares, and what chance would give."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from kg.analyse.chance import chance
from kg.errors import QueryError
from kg.network.selection import Incidence

Measure = Literal["drafts", "jaccard", "cosine", "newman", "lift", "z"]
MEASURES: tuple[Measure, ...] = ("drafts", "jaccard", "cosine", "newman", "lift", "z")
# So many states as rows and columns take 800 MB for the six measures.
MOST_STATES = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Measures by pair: a row for each of ``states`` (places), a column for each state.

    ``drafts`` are shared, ``jaccard`` is their share of all drafts of either, ``cosine`` their
    ratio to the geometric mean of both numbers of drafts (Salton), ``newman`` their number when
    a draft of n sponsors counts 1/(n-1) (Newman 2001, doi:10.1103/PhysRevE.64.016132),
    ``expected`` what chance gives (see ``kg.analyse.chance``), ``lift`` the ratio to that, ``z``
    the difference from it in standard deviations (0 where chance leaves no choice).
    """

    states: NDArray[np.intp]
    drafts: NDArray[np.float64]
    jaccard: NDArray[np.float64]
    cosine: NDArray[np.float64]
    newman: NDArray[np.float64]
    expected: NDArray[np.float64]
    lift: NDArray[np.float64]
    z: NDArray[np.float64]

    def at(self, row: Any, column: Any) -> dict[str, list[float]]:
        """Each measure, and what is expected, of some cells."""
        names = (*MEASURES[1:4], "expected", *MEASURES[4:])
        return {name: getattr(self, name)[row, column].tolist() for name in names}


def overlap(incidence: Incidence, states: Sequence[int] | None = None) -> Overlap:
    """The measures for some states, by place in the incidence, with all others; for all if None.

    Raises:
        QueryError: there are more states than a table of pairs holds.
    """
    count = len(incidence.states)
    if count > MOST_STATES:
        raise QueryError(
            f"{count} sponsors are more than the {MOST_STATES} of which pairs are counted;"
            " ask for fewer sessions, organs or years"
        )
    places = np.arange(count) if states is None else np.array(states, dtype=np.intp)
    sums = shared_drafts(incidence, places)
    shared = sums.real
    totals = incidence.totals.astype(float)
    own = totals[places][:, None]
    model = chance(incidence.totals, incidence.sizes)
    expected, deviation = model.expected(places), model.deviation(places)
    return Overlap(
        states=places,
        drafts=shared,
        jaccard=shared / (own + totals - shared),
        cosine=shared / np.sqrt(own * totals),
        newman=sums.imag,
        expected=expected,
        lift=_ratio(shared, expected),
        z=_ratio(shared - expected, deviation),
    )


def shared_drafts(incidence: Incidence, states: NDArray[np.intp]) -> NDArray[np.complex128]:
    """Drafts that each of some states shares with each state; their weights after Newman as i.

    A complex number takes both sums through one multiplication.
    """
    weights = 1 + 1j / np.maximum(incidence.sizes - 1, 1)
    count = len(incidence.states)
    if len(states) < count:
        rows = [_shared_with(incidence, int(state), weights) for state in states]
        return np.array(rows, dtype=np.complex128).reshape(-1, count)
    whole = incidence.matrix
    return np.asarray((whole.T @ (whole * weights[:, None])).toarray())


def _shared_with(
    incidence: Incidence, state: int, weights: NDArray[np.complex128]
) -> NDArray[np.complex128]:
    """One row of it, without the others: the sponsors of the state's drafts, counted."""
    own = incidence.row[incidence.sponsored(state)]
    mine = np.zeros((2, len(weights)))
    mine[0, own], mine[1, own] = weights.real[own], weights.imag[own]
    drafts, shares = (part @ incidence.matrix for part in mine)
    return np.asarray(drafts + 1j * shares)


def _ratio(above: NDArray[np.float64], below: NDArray[np.float64]) -> NDArray[np.float64]:
    """0 where nothing can be divided by, up to what sums of small numbers leave over."""
    found = np.zeros_like(above)
    np.divide(above, below, out=found, where=below > 1e-6)
    return found
