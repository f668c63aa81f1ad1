"""Stage 2, Source → outline: front matter, sections, paragraphs, footnotes; page breaks mended.

The outline follows what the UN prints, not a file's layout: a sentence cut by a page break and
a footnote block is one paragraph again, sub-items and quoted lists belong to the paragraph
that opens them, and footnotes are grouped where their numbering starts again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.hyphens import hyphens_of
from kg.languages import Language
from kg.lines import COMMAS, STOPS, Line, blocks_of
from kg.margins import is_page_number, is_rule, loose_notes, take_front, take_note
from kg.model import Source
from kg.openings import is_front, narrative_part, number_of, recover, take_heading
from kg.outline import Outline
from kg.parts import Open, Part, outline_of
from kg.walk import State


def segment(source: Source, language: Language) -> Outline:
    """The outline of a document; what is neither narrative nor a text is its front matter.

    A file without any numbered paragraph or text (a sentence, a sponsor list) is narrative.
    """
    lines = blocks_of(source.text, language)
    state = State(
        language=language,
        text=source.text,
        lines=lines,
        hyphens=hyphens_of(source.text),
        loose=loose_notes(lines, source.text, language),
    )
    for state.at, line in enumerate(lines):
        _take(state, line)
    if not state.parts:
        state.parts.append(Part(None, None, 0))
        for line in state.front:
            state.parts[0].add("other", "", line)
    return outline_of(state.front, state.parts, state.notes, source.text, language)


def _take(state: State, line: Line) -> None:
    """Puts one line where it belongs."""
    loose = state.loose.get(state.at) is not None
    if not loose and (line.furniture or is_page_number(state, line)):
        state.ruled = is_rule(line)
        state.broken = True
    elif take_note(state, line):
        state.broken = state.ruled = True
    elif state.inside and not state.inside.after and take_front(state, line):
        state.broken = True
    else:
        _adopted(state)
        for piece in _split(state, line):
            if not (
                take_heading(state, piece) or _numbered(state, piece) or _continued(state, piece)
            ):
                _plain(state, piece)
            state.broken = state.ruled = False


def _adopted(state: State) -> None:
    """What follows "Adopts the following declaration:" is that declaration."""
    part = state.inside
    last = part.last() if part else None
    if part is None or last is None or part.number or last.kind != "preambular":
        return
    if last.ended == ":" and len(part.paragraphs) < 40:
        words = " ".join(line.folded for line in last.lines)
        if state.language.first("adopts-text", words, at=0):
            part.after = "annex"


def _split(state: State, line: Line) -> Iterator[Line]:
    """A line in which conversion ran the next numbered paragraph on to what precedes it."""
    part = state.inside
    if part is None or part.after or not state.language.spaced:
        yield line
        return
    found = state.found("numbered", line)
    expected = number_of(found) + 1 if found else part.number + 1
    while True:
        at = _inner_number(state, line, expected)
        if at is None:
            break
        yield line.before(at)
        line, expected = line.after(at), expected + 1
    yield line


def _inner_number(state: State, line: Line, expected: int) -> int | None:
    """Where inside a line the paragraph with the expected number begins, after a stop."""
    text = line.folded
    for found in re.finditer(rf"\s{expected}\.\s+", text):
        clause = state.language.first("clause-start", text, at=found.end())
        if clause and text[found.end()].isupper():
            before = line.before(found.start())
            if before.ended() in (";", ".") or (not before.ended() and len(before.text) < 120):
                return found.start() + 1
    return None


def _numbered(state: State, line: Line) -> bool:
    """A paragraph that its number shows to be the next one of the narrative or of the text."""
    found = state.found("numbered", line)
    if not found:
        return False
    number, part = number_of(found), state.inside
    if part is None or (number == state.narrative + 1 and _recommends(state, line)):
        if not 0 < number - state.narrative <= 3 and state.narrative:
            return False
        state.narrative = number
        narrative_part(state, line).add("narrative", str(number), line)
        return True
    if part.after == "annex":
        part.add("annex", "", line)
        return True
    if part.after and number != part.number + 1:
        return False
    if _is_next(state, part, number, line, found):
        if number == part.number + 2:
            recover(state, part, number - 1)
        part.number, part.after = number, None
        part.add("operative", str(number), line)
        return True
    part.listed = number
    return False


def _recommends(state: State, line: Line) -> bool:
    return state.language.first("recommends", line.folded) is not None


def _is_next(state: State, part: Part, number: int, line: Line, found: re.Match[str]) -> bool:
    """Whether a number is the text's own: the next one, or one near it that opens a clause."""
    clause = state.language.first("clause-start", line.folded, at=found.end()) is not None
    last = part.last()
    if number == part.number + 1:
        if last and not last.ended and not line.apart and not clause:
            return False
        return clause or number != part.listed + 1 or not part.listed
    if number == 1 and last and last.kind == "heading":
        return clause
    stopped = last is not None and (last.ended or ",") in STOPS
    near = part.number + 1 < number <= part.number + 4
    return clause and not part.listed and (near or (stopped and number > part.number > 0))


def _continued(state: State, line: Line) -> bool:
    """Adds a line to the open paragraph if that goes on: cut, listed under it, or annexed."""
    part = state.part
    last = part.last() if part else None
    if part is None or last is None or last.kind == "heading":
        return False
    if part.kind and not part.opening:
        return False
    if last.kind == "other" or not (_cut(state, line, last) or _listed(state, line)):
        return False
    last.extend(line, state.text, state.hyphens)
    return True


def _cut(state: State, line: Line, last: Open) -> bool:
    """Whether the sentence before goes on in a line."""
    stop = last.ended
    if line.goes_on():
        return True
    clause = state.language.first("clause-start", line.folded, at=0) is not None
    if not stop:
        return not (clause and line.apart and not state.broken and state.language.spaced)
    if stop in COMMAS and last.lines[-1].quoting() and line.text[0] not in "“«《":
        return True
    return state.broken and stop in COMMAS and not clause


def _listed(state: State, line: Line) -> bool:
    """Whether a line is an item of the open paragraph, or stands under its list."""
    part = state.part
    last = part.last() if part else None
    if part is None or last is None:
        return False
    if part.after:
        return state.found("item", line) is not None
    if state.found("item", line):
        return True
    if part.kind and last.kind == "preambular":
        clause = state.language.first("clause-start", line.folded, at=0)
        if clause and last.ended in COMMAS + STOPS and line.apart:
            return False
        return part.listed > 0 or last.ended == ":" or _announced(last, line, clause is not None)
    return bool(part.kind) and (part.listed > 0 or last.kind == "operative")


def _announced(last: Open, line: Line, clause: bool) -> bool:
    """Whether a line goes on with the quotation or list that a colon in the paragraph opened."""
    colon = any(before.ended() == ":" for before in last.lines[-12:])
    return colon and (not clause or line.text[0] in '“"«[')


def _plain(state: State, line: Line) -> None:
    """A line with no number and no heading: front matter, a title, or a preambular paragraph."""
    part = state.part
    if part is None and _is_sentence(state, line) and not is_front(state, line):
        narrative_part(state, line).add("other", "", line)
    elif part is None:
        state.front.append(line)
    elif part.kind and not part.opening:
        part.title.append(line)
    elif part.kind:
        _plain_inside(state, part, line)
    else:
        part.add("other", "", line)


def _is_sentence(state: State, line: Line) -> bool:
    """A whole sentence, or a clause cut off: a list of sponsors ends a line in a comma too."""
    stop = line.ended()
    clause = state.language.first("clause-start", line.folded, at=0)
    return bool(stop) and (stop not in COMMAS or clause is not None)


def _plain_inside(state: State, part: Part, line: Line) -> None:
    """A line of a text with no number: of its preamble, or an operative one that lost it."""
    stop = line.ended()
    if part.after:
        part.add(part.after, "", line)
    elif not part.number or (stop and stop in COMMAS):
        part.add("preambular", str(part.count("preambular") + 1), line)
    elif state.language.first("clause-start", line.folded, at=0):
        part.number += 1
        part.add("operative", str(part.number), line)
    else:
        part.add("other" if stop else "heading", "", line)
