"""Who sponsored what, as columns: drafts, states, and a row for each sponsorship.

A state that withdrew is no sponsor; one of whom only ``hasSponsor`` is known counts as having
submitted. What a draft does not say of itself is taken from the report that contains its text
(session, committee, agenda item) or the resolution it became; that also adds what it cites.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
from numpy.typing import NDArray

from kg.network.columns import Columns, Texts, kept

if TYPE_CHECKING:
    from kg.store import Reader

Tier = Literal["submitted", "joined"]
TIERS: tuple[Tier, ...] = ("submitted", "joined")
Numbers = NDArray[np.int32]
_TEXTS = ("drafts", "symbols", "titles", "states")
_NUMBERS = ("sessions", "years", "draft", "state", "tier")
_RELATIONS = ("organs", "subjects", "instruments")


@dataclass(frozen=True, kw_only=True)
class Relation:
    """Values of drafts: ``draft[i]`` has the value ``names[value[i]]``; sorted by draft."""

    names: Texts
    draft: Numbers
    value: Numbers

    def holders(self, wanted: frozenset[str]) -> NDArray[np.int32]:
        """The drafts, by number, that have one of the values."""
        hits = np.array([name in wanted for name in self.names], dtype=bool)
        return self.draft[hits[self.value]] if len(hits) else self.draft[:0]


@dataclass(frozen=True, kw_only=True)
class Sponsorships:
    """The sponsorships of a store; drafts and states in the order of their IRIs.

    ``sessions`` and ``years`` are 0 where unknown. ``draft``, ``state`` and ``tier`` (its place
    in ``TIERS``) are as long as there are sponsorships, in that order of sorting; a state that
    is in both tiers of a draft has a row for each. ``organs`` are the last parts of IRIs
    ("A-C.3") with the organs above them, ``instruments`` are IRIs, ``subjects`` agenda items as
    printed.
    """

    drafts: Texts
    symbols: Texts
    titles: Texts
    states: Texts
    sessions: Numbers
    years: Numbers
    organs: Relation
    subjects: Relation
    instruments: Relation
    draft: Numbers
    state: Numbers
    tier: NDArray[np.int8]

    def __len__(self) -> int:
        """How many sponsorships there are."""
        return len(self.draft)

    @cached_property
    def selected(self) -> dict[Any, Any]:
        """Selections asked of it, the last one last (``kg.network.selection``)."""
        return {}

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The states' codes, the last part of their IRIs."""
        return tuple(iri.rsplit("/", 1)[-1] for iri in self.states)

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """What the drafts are called: the symbol, else what tells the IRI apart."""
        from kg.symbol import DOCUMENT_BASE

        both = zip(self.symbols, self.drafts, strict=True)
        return tuple(symbol or iri.removeprefix(DOCUMENT_BASE) for symbol, iri in both)

    def columns(self) -> dict[str, NDArray[Any]]:
        """All of it as named arrays."""
        found: dict[str, NDArray[Any]] = {name: getattr(self, name) for name in _NUMBERS}
        for name in _TEXTS:
            found |= getattr(self, name).columns(name)
        for name in _RELATIONS:
            relation: Relation = getattr(self, name)
            found |= relation.names.columns(name)
            found |= {f"{name}.draft": relation.draft, f"{name}.value": relation.value}
        return found

    @classmethod
    def from_columns(cls, columns: Columns) -> Sponsorships:
        """What ``columns`` gave."""
        parts: dict[str, Any] = {name: columns[name] for name in _NUMBERS}
        parts |= {name: Texts.from_columns(columns, name) for name in _TEXTS}
        for name in _RELATIONS:
            parts[name] = Relation(
                names=Texts.from_columns(columns, name),
                draft=columns[f"{name}.draft"],
                value=columns[f"{name}.value"],
            )
        return cls(**parts)


def load(reader: Reader) -> Sponsorships:
    """The sponsorships of a store: asked by SPARQL once for each state of it, then mapped.

    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     len(load(store))
    0
    """
    from kg.network.sponsors_read import sponsorships

    return Sponsorships.from_columns(
        kept(reader.folder, "sponsorships", lambda: sponsorships(reader).columns())
    )
