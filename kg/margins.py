"""What stands among a text's lines and is none of them: page numbers, notes, front matter."""

from __future__ import annotations

import re

from kg.lines import Line
from kg.numerals import value_of
from kg.parts import Noted
from kg.walk import State


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


def take_note(state: State, line: Line) -> bool:
    """Takes a footnote, told by its form or by the place where it stands."""
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
