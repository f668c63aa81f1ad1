"""Votes: printed totals, the lists of states beside them, and whether the two agree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.languages import Language
from kg.model import Unresolved, Vote
from kg.numerals import value_of
from kg.recognise.states import state_list
from kg.stretch import Stretch, fold

_TOTALS = {"in_favour": "for", "against_states": "against", "abstaining": "abstain"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Roll:
    """One list of a vote: the states, its place in the source, and whether all was read."""

    states: tuple[str, ...]
    start: int
    end: int
    whole: bool


@dataclass(slots=True)
class Ballot:
    """A vote being put together: ``totals`` by "for", "against", "abstain"; ``rolls`` by list."""

    totals: dict[str, int] = field(default_factory=dict)
    rolls: dict[str, Roll] = field(default_factory=dict)
    start: int = 0
    end: int = 0

    def finished(self) -> Vote:
        """The vote as it goes into the record."""
        return Vote(
            in_favour_total=self.totals.get("for"),
            against=self.totals.get("against"),
            abstain=self.totals.get("abstain"),
            **{name: roll.states for name, roll in self.rolls.items()},
        )

    def doubts(self, source: str) -> Iterator[Unresolved]:
        """Where lists and totals disagree. A vote without the list in favour prints no roll."""
        for name, total in _TOTALS.items():
            roll, wanted = self.rolls.get(name), self.totals.get(total)
            if roll is None and (not wanted or "in_favour" not in self.rolls):
                continue
            number = len(roll.states) if roll else 0
            if number == wanted and (roll is None or roll.whole):
                continue
            start, end = (roll.start, roll.end) if roll else (self.start, self.end)
            words = name.replace("_states", "").replace("_", " ")
            reason = f"the list {words!r} of the vote has {number} states, the total is {wanted}"
            yield Unresolved(text=source[start:end], start=start, end=end, reason=reason)


def ballot_of(found: re.Match[str], language: Language, stretch: Stretch, offset: int) -> Ballot:
    """The totals a vote's formula prints, and the lists it may print in brackets behind them.

    ``offset`` is where the matched text begins in the stretch. A word that is no number
    ("none", "no") stands for none.
    """
    start, end, _ = stretch.span(offset + found.start(), offset + found.end())
    totals = {
        name: value_of(found[name] or "") or language.numerals.get((found[name] or "").lower(), 0)
        for name in ("for", "against", "abstain")
    }
    ballot = Ballot(totals=totals, start=start, end=end)
    for name in _TOTALS:
        if found.groupdict().get(name):
            ballot.rolls[name] = _roll(stretch, offset, found.span(name), language)
    return ballot


def read_rolls(ballot: Ballot, stretch: Stretch, language: Language) -> None:
    """Adds the lists that a block prints under their headings; each ends where the next begins."""
    # Folded line by line: headings of lists stand at the start of a line.
    text = "\n".join(fold(line) for line in stretch.text.split("\n"))
    found = [
        (match.span("states"), match.start(), pattern.value)
        for pattern, match in language.matches("vote-list", text)
        if pattern.value
    ]
    heads = sorted(head for _, head, _ in found)
    for (start, end), head, name in found:
        limit = min((h for h in heads if h > head), default=end)
        span = (start, max(start, min(end, limit)))
        if name and text[span[0] : span[1]].strip():
            ballot.rolls[name] = _roll(stretch, 0, span, language)


def _roll(stretch: Stretch, offset: int, span: tuple[int, int], language: Language) -> Roll:
    low = offset + span[0]
    words = stretch.folded[low : offset + span[1]].rstrip(" .。;,]")
    listed = state_list(words, language)
    empty = language.first("none", words) is not None
    start, end, _ = stretch.span(low, low + max(len(words), 1))
    return Roll(
        states=tuple(dict.fromkeys(name.keys[0] for name in listed.states)),
        start=start,
        end=end,
        whole=empty or not listed.leftovers,
    )
