"""Clauses: the verb that opens a paragraph, and the verb that governs a place in it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass

from kg.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Clauses:
    """The clauses of a paragraph: where each begins and with which verb, as printed."""

    starts: tuple[int, ...]
    verbs: tuple[str, ...]

    @property
    def opening(self) -> str | None:
        """The verb that opens the paragraph, None if none is known."""
        return self.verbs[0] if self.starts and self.starts[0] == -1 else None

    def governing(self, at: int) -> str | None:
        """The last verb before a place."""
        index = bisect_right(self.starts, at) - 1
        return self.verbs[index] if index >= 0 else None


def clauses_of(text: str, language: Language) -> Clauses:
    """The clauses of a folded paragraph without its number.

    >>> from kg.languages import load_language
    >>> found = clauses_of("又重申其决议，并邀请会员国", load_language("zh"))
    >>> found.opening, found.governing(10)
    ('又重申', '并邀请')
    """
    starts, verbs = [], []
    opening = language.first("clause-verb", text, at=0)
    if opening:
        starts.append(-1)
        verbs.append(opening[1][0].strip())
    for _, boundary in language.matches("clause-boundary", text):
        verb = language.first("clause-verb", text, at=boundary.end())
        if verb:
            starts.append(boundary.end())
            verbs.append(verb[1][0].strip())
    return Clauses(starts=tuple(starts), verbs=tuple(verbs))
