"""What a report says: measures, each a count of something, and findings, each one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

Check = Literal["vote", "citation", "date", "marker", "note", "state", "undecided"]
CHECKS: tuple[Check, ...] = get_args(Check)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """How many there are of something, ``of`` how many; ``example`` shows one.

    >>> Measure(section="coverage", measure="Resolution: title", count=3, of=4).share
    0.75
    """

    section: str
    measure: str
    language: str | None = None
    count: int = 0
    of: int | None = None
    example: str | None = None

    @property
    def share(self) -> float | None:
        """The part of the whole, rounded; None where there is no whole to be part of."""
        return round(self.count / self.of, 4) if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One place that a check found: in which document, which words, and what is wrong."""

    check: Check
    document: str
    language: str | None
    text: str
    reason: str
