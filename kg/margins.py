"""What stands among a text's lines and is none of them: page numbers, notes, front matter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import count, takewhile

from kg.languages import Language
from kg.lines import STOPS, Line, joined
from kg.numerals import value_of
from kg.parts import Noted
from kg.walk import State

# How many lines below the rule may be notes whose numbers stand apart.
_ZONE = 40


def is_page_number(state: State, line: Line) -> bool:
    after = state.lines[state.at + 1 : state.at + 2]
    alone = line.apart and (not after or after[0].apart)
    return alone and re.fullmatch(r"\d{1,3}", line.folded) is not None


def take_front(state: State, line: Line) -> bool:
    """Moves a line of the front matter that conversion put among the paragraphs."""
    if state.found("closing", line) or not (
        state.found("front", line) or state.found("own-symbol", line)
    ):
        return False
    state.front.append(line)
    return True


def is_rule(line: Line) -> bool:
    """Whether a line is the rule above a page's notes."""
    return line.furniture and not re.search(r"\w", line.text.replace("_", ""))


def loose_notes(lines: Sequence[Line], text: str, language: Language) -> Mapping[int, int | None]:
    """Notes whose numbers a converter set in lines of their own, by the index of the line.

    A note's text has its number, what goes on with it (or with the last note of the page
    before) None; a number alone has 0. The numbers of a page stand before the texts, behind
    them or among them, in order either way.
    """
    found: dict[int, int | None] = {}
    for rule, line in enumerate(lines):
        if is_rule(line):
            zone = _zone(lines, rule, text, language)
            found |= _numbered(lines, zone, max(filter(None, found.values()), default=0))
            found |= _carried(lines, [at for at in zone if at not in found], language)
    return found


def _zone(lines: Sequence[Line], rule: int, text: str, language: Language) -> list[int]:
    """The lines from a rule to the end of its page or the next paragraph, without furniture."""
    zone: list[int] = []
    for index in range(rule + 1, min(len(lines), rule + 1 + _ZONE)):
        if "\f" in text[lines[index - 1].start : lines[index].start] or is_rule(lines[index]):
            break
        if any(language.first(k, lines[index].folded, at=0) for k in ("clause-start", "numbered")):
            break
        if not lines[index].furniture or _alone(lines[index]):
            zone.append(index)
    return zone


def _alone(line: Line) -> bool:
    return re.fullmatch(r"[1-9][0-9]{0,2}", line.folded) is not None


def _numbered(lines: Sequence[Line], zone: Sequence[int], last: int) -> dict[int, int | None]:
    alone = {int(lines[at].folded): at for at in zone if _alone(lines[at])}
    first = last + 1 if last + 1 in alone else min(alone, default=0)
    numbers = list(takewhile(lambda number: number in alone, count(first)))
    texts = [at for at in zone if not _alone(lines[at])]
    pairs = zip(texts, [None, *texts], strict=False)
    opens = [at for at, before in pairs if _opens(lines, at, before)]
    if len(opens) != len(numbers):
        return {}
    named = dict(zip(opens, numbers, strict=True))
    places: dict[int, int | None] = {alone[number]: 0 for number in numbers}
    return places | {at: named.get(at) for at in texts}


def _carried(lines: Sequence[Line], zone: Sequence[int], language: Language) -> dict[int, None]:
    """The lines below a rule that open no note: they end one that the page before has begun."""
    found: dict[int, None] = {}
    for at in zone:
        marks = (language.first(k, lines[at].folded, at=0) for k in ("footnote", "footnote-form"))
        if any(mark and mark[1]["n"] for mark in marks):
            break
        found[at] = None
        if (lines[at].ended() or ",") in STOPS:
            break
    return found


def _opens(lines: Sequence[Line], at: int, before: int | None) -> bool:
    """Whether a line opens a note: the first one, or behind one that has ended."""
    if lines[at].goes_on():
        return False
    return before is None or (lines[before].ended() or ",") in STOPS


def _take_loose(state: State, line: Line) -> bool:
    """Takes a note whose number stands apart, or what goes on with the note before it."""
    if state.at not in state.loose:
        return False
    number = state.loose[state.at]
    before = state.notes[-1] if state.notes else None
    if number:
        run = before.run + (number <= before.number) if before else 0
        state.notes.append(Noted(number, line, run))
    elif number is None:
        if before is None or (before.line.ended() or ",") in STOPS:
            return False
        _extend(state, line)
    return True


def _extend(state: State, line: Line) -> None:
    note = state.notes[-1]
    whole = joined(note.line, line, state.text, state.hyphens, spaced=state.language.spaced)
    state.notes[-1] = Noted(note.number, whole, note.run)


def take_note(state: State, line: Line) -> bool:
    """Takes a footnote, told by its form or by the place where it stands."""
    if _take_loose(state, line):
        return True
    if state.found("notes-heading", line):
        state.endnotes = True
        return True
    found = state.found("footnote", line)
    if found and not found["n"] and not (state.inside and not state.inside.after):
        # A source that lost its number is a note among paragraphs; behind them it is text.
        found = None
    last = state.notes[-1].number if state.notes else 0
    if not found and not state.found("closing", line):
        loose = state.found("footnote-form", line)
        number = (value_of(loose["n"]) or 0) if loose else 0
        slashed = loose is not None and "/" in loose[0] and number == last + 1
        near = state.ruled or state.endnotes or slashed
        if loose and near and (number > last or number == 1) and not _date(state, line):
            found = loose
    if not found and state.endnotes:
        found = state.found("numbered", line)
    if not found:
        return False
    number = value_of(found["n"]) or 0
    run = state.notes[-1].run if state.notes else 0
    state.notes.append(Noted(number, line.after(found.end()), run + (0 < number <= last)))
    return True


def _date(state: State, line: Line) -> bool:
    return bool(state.found("date", line) or state.found("day", line))
