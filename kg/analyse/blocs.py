"""Blocs of states: communities of co-sponsors, how they change, and the drafts that bridge them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from kg.analyse.communities import modularity_of
from kg.analyse.leiden import leiden
from kg.analyse.overlap import Measure, overlap
from kg.analyse.sponsors import state_facts
from kg.errors import QueryError
from kg.network.selection import EVERYTHING, Incidence, Selection, Source, incidence
from kg.network.sponsorships import Sponsorships, load

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# What ties two states: drafts shared, their share, or those above what chance gives.
Tie = Literal["drafts", "jaccard", "cosine", "newman", "excess"]
# What ties two states where pairs are ordered by a measure: a ratio to chance is none.
TIES: Mapping[Measure, Tie] = {
    "drafts": "drafts",
    "jaccard": "jaccard",
    "cosine": "cosine",
    "newman": "newman",
    "lift": "excess",
    "z": "excess",
}
# Of two blocs' members together, how many both must have to be one bloc in two windows
# (Greene, Doyle, Cunningham 2010, doi:10.1109/ASONAM.2010.17).
SAME = 0.3
MOST_WINDOWS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocs:
    """States by bloc, the largest bloc 0: ``labels`` in the order of ``incidence.states``."""

    incidence: Incidence
    labels: NDArray[np.int64]
    modularity: float

    def members(self) -> list[frozenset[str]]:
        """The codes of each bloc's states."""
        codes = np.array(self.incidence.codes, dtype=object)
        return [frozenset(codes[self.labels == n]) for n in range(self.labels.max(initial=-1) + 1)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Some sessions in a row and the blocs in them, by numbers that stay from one to the next."""

    first: int
    last: int
    blocs: Mapping[int, frozenset[str]]
    modularity: float
    drafts: int

    @property
    def name(self) -> str:
        """The sessions ("61-65")."""
        return str(self.first) if self.first == self.last else f"{self.first}-{self.last}"


def blocs(
    source: Source,
    *,
    selection: Selection = EVERYTHING,
    tie: Tie = "drafts",
    seed: int = 0,
    resolution: float = 1.0,
) -> Blocs:
    """Leiden communities of the states of a selection, without a graph in between.

    They are those that ``communities`` finds in its ``projection``.

    Raises:
        QueryError: no draft has what the selection asks for, or there are too many states.
    """
    found = incidence(source, selection)
    ties = _ties(found, tie)
    labels = leiden(ties, seed=seed, resolution=resolution)
    quality = modularity_of(ties, labels, resolution=resolution)
    return Blocs(incidence=found, labels=labels, modularity=quality)


def _ties(found: Incidence, tie: Tie) -> csr_matrix:
    from scipy.sparse import csr_matrix

    measures = overlap(found)
    if tie == "excess":
        values = np.maximum(measures.drafts - measures.expected, 0) * (measures.drafts > 0)
    else:
        values = getattr(measures, tie).copy()
    np.fill_diagonal(values, 0)
    return csr_matrix(values)


def bloc_rows(found: Blocs, *, language: str = "en") -> list[dict[str, Any]]:
    """A row a state: ``bloc`` (from 1), ``code, name, region, drafts, within``.

    ``within`` is the share of its ties, counted in drafts, that stay in its bloc.
    """
    own = found.labels[:, None] == found.labels
    ties = _ties(found.incidence, "drafts").toarray()
    strength = np.maximum(ties.sum(axis=1), 1)
    within = (ties * own).sum(axis=1) / strength
    rows = []
    for place in np.lexsort((-found.incidence.totals, found.labels)).tolist():
        facts = state_facts(found.incidence.codes[place], language)
        rows.append(
            {
                "bloc": int(found.labels[place]) + 1,
                "code": facts["code"],
                "name": facts["label"],
                "region": facts["region"],
                "drafts": int(found.incidence.totals[place]),
                "within": round(float(within[place]), 3),
            }
        )
    return rows


def windows(
    source: Source,
    *,
    sessions: int,
    selection: Selection = EVERYTHING,
    tie: Tie = "drafts",
    seed: int = 0,
    resolution: float = 1.0,
) -> list[Window]:
    """The blocs of each ``sessions`` sessions in a row, a bloc keeping its number as it changes.

    A bloc goes on in the bloc of the next window with which it has most members in common, if
    those are three in ten of the members of both; blocs from 1, in the order they appear.

    Raises:
        QueryError: a window is shorter than a session, there are over 200, or as for ``blocs``.
    """
    if sessions < 1:
        raise QueryError(f"a window of {sessions} sessions is none; give 1 or more")
    loaded = source if isinstance(source, Sponsorships) else load(source)
    whole = incidence(loaded, selection)
    held = np.unique(loaded.sessions[whole.drafts])
    starts = sorted({int((n - 1) // sessions) * sessions + 1 for n in held[held > 0]})
    if len(starts) > MOST_WINDOWS:
        raise QueryError(f"{len(starts)} windows are too many; give more sessions to each")
    found: list[Window] = []
    next_number = 1
    for start in starts:
        within = {int(n) for n in held if start <= n < start + sessions}
        narrowed = replace(selection, sessions=frozenset(within))
        here = blocs(loaded, selection=narrowed, tie=tie, seed=seed, resolution=resolution)
        before = found[-1].blocs if found else {}
        numbers, next_number = _numbered(before, here.members(), next_number)
        found.append(
            Window(
                first=min(within),
                last=max(within),
                blocs=numbers,
                modularity=here.modularity,
                drafts=len(here.incidence.drafts),
            )
        )
    return found


def _numbered(
    before: Mapping[int, frozenset[str]], now: list[frozenset[str]], next_number: int
) -> tuple[dict[int, frozenset[str]], int]:
    """Blocs by number: those of before where they go on, the strongest likeness first."""
    likeness = sorted(
        (-len(old & new) / len(old | new), number, place)
        for number, old in before.items()
        for place, new in enumerate(now)
    )
    taken: dict[int, int] = {}
    for share, number, place in likeness:
        if -share >= SAME and number not in taken.values() and place not in taken:
            taken[place] = number
    for place in range(len(now)):
        if place not in taken:
            taken[place], next_number = next_number, next_number + 1
    return {
        taken[place]: now[place] for place in sorted(taken, key=lambda p: taken[p])
    }, next_number


def window_rows(found: list[Window]) -> list[dict[str, Any]]:
    """A row a bloc and window: ``sessions, bloc, size, states``, and who ``came`` and ``left``.

    Who came or left sponsored in the window before or after in another bloc; those that only
    began or ceased to sponsor are not counted.
    """
    rows = []
    for place, window in enumerate(found):
        before = found[place - 1] if place else None
        for number, members in window.blocs.items():
            old = before.blocs.get(number, frozenset()) if before else frozenset()
            known = frozenset().union(*before.blocs.values()) if before else frozenset()
            here = frozenset().union(*window.blocs.values())
            rows.append(
                {
                    "sessions": window.name,
                    "bloc": number,
                    "size": len(members),
                    "came": " ".join(sorted((members - old) & known)),
                    "left": " ".join(sorted((old - members) & here)),
                    "states": " ".join(sorted(members)),
                }
            )
    return rows


def moves(found: list[Window]) -> list[dict[str, Any]]:
    """A row for each state that changed its bloc: ``code, sessions, before, after``."""
    rows = []
    for before, after in pairwise(found):
        was = {code: number for number, codes in before.blocs.items() for code in codes}
        now = {code: number for number, codes in after.blocs.items() for code in codes}
        for code in sorted(was.keys() & now.keys()):
            if was[code] != now[code]:
                moved = {"before": was[code], "after": now[code]}
                rows.append({"code": code, "sessions": after.name, **moved})
    return rows


def bridges(
    source: Source, *, selection: Selection = EVERYTHING, found: Blocs | None = None
) -> list[dict[str, Any]]:
    """Drafts by how evenly their sponsors come from all blocs, the most even first.

    ``found`` are the blocs; if left out, those of the selection. Rows have ``symbol, title,
    year, sponsors, blocs`` (how many are among the sponsors), ``participation``: 1 less the sum
    of squared shares of the blocs (Guimerà, Amaral 2005, doi:10.1038/nature03288), and
    ``entropy``: of the shares, 1 where all blocs are there alike (Shannon).
    """
    chosen = incidence(source, selection)
    known = found or blocs(chosen.sponsors, selection=selection)
    labels = dict(zip(known.incidence.states.tolist(), known.labels.tolist(), strict=True))
    count = max(labels.values(), default=-1) + 1
    bloc = np.array([labels.get(state, count) for state in chosen.states.tolist()], dtype=np.int64)
    table = np.zeros((len(chosen.drafts), count + 1))
    np.add.at(table, (chosen.row, bloc[chosen.column]), 1)
    return list(_bridge_rows(chosen, table[:, :count] if count else table))


def _bridge_rows(chosen: Incidence, table: NDArray[np.float64]) -> Iterator[dict[str, Any]]:
    shares = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    participation = np.where(table.any(axis=1), 1 - (shares**2).sum(axis=1), 0)
    logs = np.log(shares, out=np.zeros_like(shares), where=shares > 0)
    entropy = -(shares * logs).sum(axis=1) / max(np.log(max(table.shape[1], 1)), 1e-12)
    sponsors = chosen.sponsors
    for place in np.lexsort((chosen.drafts, -chosen.sizes, -participation.round(9))).tolist():
        draft = int(chosen.drafts[place])
        yield {
            "symbol": sponsors.labels[draft],
            "title": sponsors.titles[draft],
            "year": int(sponsors.years[draft]) or None,
            "sponsors": int(chosen.sizes[place]),
            "blocs": int((table[place] > 0).sum()),
            "participation": round(float(participation[place]), 3),
            "entropy": round(abs(float(entropy[place])), 3),
        }
