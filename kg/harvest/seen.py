"""Counting: the works and places that say one thing."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from kg.harvest.model import Evidence, Named

# How many places of a candidate are quoted; all works are counted.
_QUOTED = 4


@dataclass(slots=True)
class Seen:
    """The works and places that say one thing, each work counted once."""

    evidence: list[Evidence] = field(default_factory=list)
    works: set[str] = field(default_factory=set)
    names: Counter[tuple[str, bool]] = field(default_factory=Counter)

    def add(self, named: Named, *others: Named) -> None:
        """One more place: the name, and what stands for it in another version."""
        self.works.add(named.evidence.document)
        self.names[(named.name, named.base)] += 1
        self.evidence += [one.evidence for one in (named, *others)]

    def shown(self) -> tuple[Evidence, ...]:
        """The first places, in the order met."""
        return tuple(dict.fromkeys(self.evidence))[:_QUOTED]

    @property
    def name(self) -> tuple[str, bool]:
        """The form printed most and whether it is a title's, such a form before others."""
        return min(self.names, key=lambda name: (not name[1], -self.names[name], name[0]))
