"""Which patterns of a table can be found in a text, told before any of them is tried.

A paragraph is asked for a hundred kinds of pattern. What they need of it (a literal, a digit) is
looked for once, in one pass for all of them; a text that is asked about only once is spared that.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.languages import Pattern

# What is remembered of how many texts, and no longer ones; and of how many outcomes.
_TEXTS, _LONG, _OUTCOMES = 512, 20_000, 20_000
# Bits of what a text holds: anything at all, a digit; then one for each literal.
_ANY, _DIGIT, _FIRST = 1, 2, 2


class Guards:
    """What the patterns of a table need, and what texts were found to hold."""

    def __init__(self, patterns: Mapping[str, tuple[Pattern, ...]]) -> None:
        self._patterns = patterns
        self._kinds: dict[str, tuple[Pattern, ...]] = {}
        self.openings: dict[tuple[str, str], tuple[Pattern, ...]] = {}
        self._held: dict[str, int] = {}
        self._found: dict[tuple[str, int], tuple[Pattern, ...]] = {}
        self._needs: dict[str, tuple[int, tuple[tuple[Pattern, int, bool], ...]]] = {}
        self._automaton: Any = None
        self._bits: dict[str, int] = {}
        self._each: tuple[int, ...] = ()

    def within(self, kind: str, text: str) -> tuple[Pattern, ...] | list[Pattern]:
        """The patterns of a kind whose needs a text meets."""
        held = self._held.get(text)
        if held is None:
            if len(text) < _LONG:
                if len(self._held) >= _TEXTS:
                    self._held.clear()
                self._held[text] = 0
            return [pattern for pattern in self._patterns.get(kind, ()) if pattern.possible(text)]
        if not held:
            held = self._held[text] = self._holds(text)
        known = self._needs.get(kind)
        mask, needs = known or self._needed(kind)
        held &= mask
        found = self._found.get((kind, held))
        if found is None:
            found = tuple(
                pattern
                for pattern, bits, counted in needs
                if held & bits and (not counted or held & _DIGIT)
            )
            if len(self._found) >= _OUTCOMES:
                self._found.clear()
            self._found[kind, held] = found
        return found

    def opening(self, kind: str, sign: str) -> tuple[Pattern, ...]:
        """The patterns of a kind that can match where a character stands ("" at the end).

        They are kept in ``openings``.
        """
        found = tuple(
            pattern
            for pattern in self._patterns.get(kind, ())
            if pattern.beginning is None or pattern.beginning.match(sign)
        )
        if len(self.openings) >= _OUTCOMES:
            self.openings.clear()
        self.openings[kind, sign] = found
        return found

    def _holds(self, text: str) -> int:
        """The bits of a text: all literals of the table are looked for in one pass."""
        from kg.languages import has_digit

        if self._automaton is None:
            self._prepare()
        held = _ANY | (_DIGIT if has_digit(text) else 0)
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        for index in {match[0] for match in matches}:
            held |= self._each[index]
        return held

    def _prepare(self) -> None:
        from ahocorasick_rs import AhoCorasick

        every = {
            literal for kind in self._patterns.values() for p in kind for literal in p.literals
        }
        literals = sorted(every)
        self._bits = {literal: 1 << at + _FIRST for at, literal in enumerate(literals)}
        self._each = tuple(self._bits.values())
        self._automaton = AhoCorasick(literals)

    def _needed(self, kind: str) -> tuple[int, tuple[tuple[Pattern, int, bool], ...]]:
        needs = tuple(
            (pattern, sum(self._bits[one] for one in pattern.literals) or _ANY, pattern.counted)
            for pattern in self._patterns.get(kind, ())
        )
        mask = 0
        for _, bits, counted in needs:
            mask |= bits | (_DIGIT if counted else 0)
        self._needs[kind] = (mask, needs)
        return self._needs[kind]
