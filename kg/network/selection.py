"""Which sponsorships a question is about, and the matrix of drafts and states they make."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

from kg.errors import QueryError
from kg.network.sponsorships import TIERS, Numbers, Relation, Sponsorships, Tier, load

if TYPE_CHECKING:
    from scipy.sparse import csr_array

    from kg.store import Reader

Source: TypeAlias = "Reader | Sponsorships"


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Which drafts, and which tiers of their sponsors; what is left empty does not restrict.

    A draft must meet each condition by one of the values given for it. ``organs`` are codes
    ("A/C.3", or "GA" for all its committees), ``subjects`` agenda items ("107" takes "107 (a)"
    too), ``instruments`` slugs or IRIs; ``since`` and ``until`` are years,
    both included.
    """

    sessions: frozenset[int] = frozenset()
    organs: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    instruments: frozenset[str] = frozenset()
    tiers: frozenset[Tier] = frozenset(TIERS)
    since: int | None = None
    until: int | None = None


EVERYTHING = Selection()
# Selections remembered with their matrices: 40 MB each for a million sponsorships.
MOST_SELECTIONS = 4


@dataclass(frozen=True, kw_only=True)
class Incidence:
    """Who sponsors what in a selection: each pair of a draft and a state once, sorted.

    ``joined`` tells the pairs in which the state joined. ``drafts`` and ``states`` number those
    that occur, as ``sponsors`` does; ``row`` and ``column`` are the places of a pair in them.
    """

    sponsors: Sponsorships
    draft: Numbers
    state: Numbers
    joined: NDArray[np.bool_]

    @cached_property
    def _starts(self) -> NDArray[np.intp]:
        """Where the pairs of each draft begin."""
        first = np.ones(len(self.draft), dtype=bool)
        first[1:] = self.draft[1:] != self.draft[:-1]
        return np.flatnonzero(first)

    @cached_property
    def drafts(self) -> Numbers:
        return self.draft[self._starts]

    @cached_property
    def states(self) -> Numbers:
        return np.flatnonzero(np.bincount(self.state)).astype(np.int32)

    @cached_property
    def row(self) -> NDArray[np.intp]:
        return np.repeat(np.arange(len(self.drafts)), self.sizes)

    @cached_property
    def column(self) -> NDArray[np.intp]:
        places = np.zeros(len(self.sponsors.states), dtype=np.intp)
        places[self.states] = np.arange(len(self.states))
        return places[self.state]

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The codes of ``states``."""
        return tuple(self.sponsors.codes[state] for state in self.states)

    @cached_property
    def sizes(self) -> NDArray[np.int64]:
        """How many sponsors each of ``drafts`` has."""
        return np.diff(np.append(self._starts, len(self.draft)))

    @cached_property
    def totals(self) -> NDArray[np.int64]:
        """How many drafts each of ``states`` sponsors."""
        return np.bincount(self.column, minlength=len(self.states))

    @cached_property
    def _by_state(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The pairs in the order of their states, and where those of each begin."""
        order = np.argsort(self.column, kind="stable")
        return order, np.concatenate([[0], np.cumsum(self.totals)])

    def sponsored(self, place: int) -> NDArray[np.intp]:
        """The pairs of a state, by its place in ``states``."""
        order, starts = self._by_state
        return order[starts[place] : starts[place + 1]]

    @cached_property
    def matrix(self) -> csr_array:
        """Drafts × states: 1 where the state sponsors the draft."""
        from scipy.sparse import csr_array

        ends = np.append(self._starts, len(self.draft))
        shape = (len(self.drafts), len(self.states))
        return csr_array((np.ones(len(self.row)), self.column, ends), shape=shape)

    def place(self, state: str) -> int:
        """The place of a state, given by code or IRI, in ``states``.

        Raises:
            QueryError: it sponsors nothing here; the text names some that do.
        """
        code = state.rsplit("/", 1)[-1].upper()
        if code in self.codes:
            return self.codes.index(code)
        some = ", ".join(self.codes[:8]) or "none"
        raise QueryError(f"{state}: sponsors nothing here; sponsors are {some} …")


def incidence(source: Source, selection: Selection = EVERYTHING) -> Incidence:
    """The sponsorships of a store, or of what was loaded from it, that a selection takes.

    What was loaded remembers the last selections: a page asks much of one.

    Raises:
        QueryError: a value is none that any draft has; the text names some.
    """
    sponsors = source if isinstance(source, Sponsorships) else load(source)
    known = sponsors.selected.pop(selection, None) or _incidence(sponsors, selection)
    sponsors.selected[selection] = known
    for old in list(sponsors.selected)[:-MOST_SELECTIONS]:
        sponsors.selected.pop(old, None)
    return known


def _incidence(sponsors: Sponsorships, selection: Selection) -> Incidence:
    rows = np.ones(len(sponsors), dtype=bool)
    if selection.tiers != frozenset(TIERS):
        codes = [number for number, tier in enumerate(TIERS) if tier in selection.tiers]
        rows &= np.isin(sponsors.tier, codes)
    if selection != Selection(tiers=selection.tiers):
        rows &= _drafts(sponsors, selection)[sponsors.draft]
    draft, state, tier = sponsors.draft[rows], sponsors.state[rows], sponsors.tier[rows]
    # A state in both tiers has two rows, the later one last.
    last = np.ones(len(draft), dtype=bool)
    last[:-1] = (draft[1:] != draft[:-1]) | (state[1:] != state[:-1])
    return Incidence(
        sponsors=sponsors, draft=draft[last], state=state[last], joined=tier[last] == 1
    )


def _drafts(sponsors: Sponsorships, selection: Selection) -> NDArray[np.bool_]:
    """Which drafts meet the selection."""
    mask = np.ones(len(sponsors.drafts), dtype=bool)
    if selection.sessions:
        mask &= np.isin(sponsors.sessions, list(selection.sessions))
    if selection.since is not None:
        mask &= sponsors.years >= selection.since
    if selection.until is not None:
        mask &= (sponsors.years <= selection.until) & (sponsors.years > 0)
    for relation, wanted, what in (
        (sponsors.organs, _organs(selection.organs), "organ"),
        (sponsors.subjects, _subjects(sponsors.subjects, selection.subjects), "agenda item"),
        (sponsors.instruments, _instruments(sponsors, selection.instruments), "instrument"),
    ):
        if wanted is not None:
            mask &= _having(relation, wanted, what, len(mask))
    return mask


def _having(relation: Relation, wanted: frozenset[str], what: str, count: int) -> NDArray[np.bool_]:
    unknown = sorted(wanted - set(relation.names))
    if unknown:
        raise QueryError(_unknown(what, unknown[0], relation.names))
    mask = np.zeros(count, dtype=bool)
    mask[relation.holders(wanted)] = True
    return mask


def _unknown(what: str, name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    choices = list(known)
    near = get_close_matches(name, choices, n=3, cutoff=0.5) or choices[:8]
    some = ", ".join(choice.rsplit("/", 1)[-1] for choice in near) or "none"
    return f"no sponsored draft here has the {what} {name.rsplit('/', 1)[-1]}; some are {some}"


def _organs(organs: Collection[str]) -> frozenset[str] | None:
    return frozenset(code.replace("/", "-") for code in organs) or None


def _subjects(relation: Relation, subjects: Collection[str]) -> frozenset[str] | None:
    """The items asked for with their sub-items; one that has none stands for itself."""
    found: set[str] = set()
    for item in subjects:
        below = [n for n in relation.names if n == item or n.startswith((f"{item} ", f"{item}("))]
        found.update(below or [item])
    return frozenset(found) or None


def _instruments(sponsors: Sponsorships, instruments: Collection[str]) -> frozenset[str] | None:
    tails = {iri.rsplit("/", 1)[-1]: iri for iri in sponsors.instruments.names}
    return frozenset(tails.get(name, name) for name in instruments) or None
