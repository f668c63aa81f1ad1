"""Stage 2, Source → outline: front matter, sections, paragraphs, footnotes; page breaks mended.

The outline follows what the UN prints, not a file's layout: a sentence cut by a page break and
a footnote block is one paragraph again, sub-items and quoted lists belong to the paragraph
that opens them, and footnotes are grouped where their numbering starts again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.hyphens import Hyphens, hyphens_of
from kg.languages import Language
from kg.lines import COMMAS, Line, blocks_of
from kg.model import Source
from kg.numerals import roman, value_of
from kg.outline import Outline
from kg.parts import Noted, Open, Part, outline_of


@dataclass(slots=True)
class _State:
    """Where the walk through a document stands."""

    language: Language
    text: str
    lines: Sequence[Line]
    hyphens: Hyphens
    front: list[Line] = field(default_factory=list)
    parts: list[Part] = field(default_factory=list)
    notes: list[Noted] = field(default_factory=list)
    narrative: int = 0
    broken: bool = False  # a footnote or page furniture stands before the line at hand
    ruled: bool = False  # the rule above footnotes, or another footnote, stands before it
    endnotes: bool = False  # the heading of a list of notes stands before it
    letter: str | None = None  # the letter of a part, printed above it
    at: int = 0

    @property
    def part(self) -> Part | None:
        return self.parts[-1] if self.parts else None

    @property
    def inside(self) -> Part | None:
        """The text whose paragraphs are being read: its organ has begun to speak."""
        part = self.part
        return part if part and part.kind and part.opening else None

    @property
    def ended(self) -> str:
        """The stop that ends what was read before: full where nothing was."""
        last = self.part.last() if self.part else None
        return "." if last is None or last.kind == "heading" else last.ended

    def found(self, kind: str, line: Line) -> re.Match[str] | None:
        found = self.language.first(kind, line.folded, at=0)
        return found[1] if found else None


def segment(source: Source, language: Language) -> Outline:
    """The outline of a document; what is neither narrative nor a text is its front matter.

    A file without any numbered paragraph or text (a sentence, a sponsor list) is narrative.
    """
    lines = blocks_of(source.text, language)
    state = _State(
        language=language, text=source.text, lines=lines, hyphens=hyphens_of(source.text)
    )
    for state.at, line in enumerate(lines):
        _take(state, line)
    if not state.parts:
        state.parts.append(Part(None, None, 0))
        for line in state.front:
            state.parts[0].add("other", "", line)
    return outline_of(state.front, state.parts, state.notes, source.text, language)


def _take(state: _State, line: Line) -> None:
    """Puts one line where it belongs."""
    if line.furniture or _page_number(state, line):
        state.ruled = not re.search(r"\w", line.text.replace("_", ""))
        state.broken = True
    elif _note(state, line):
        state.broken = state.ruled = True
    elif state.inside and not state.inside.after and _fronted(state, line):
        state.broken = True
    else:
        for piece in _split(state, line):
            if not (_heading(state, piece) or _numbered(state, piece) or _continued(state, piece)):
                _plain(state, piece)
            state.broken = state.ruled = False


def _split(state: _State, line: Line) -> Iterator[Line]:
    """A line in which conversion ran the next numbered paragraph on to what precedes it."""
    part = state.inside
    if part is None or part.after or not state.language.spaced:
        yield line
        return
    found = state.found("numbered", line)
    expected = _value(found) + 1 if found else part.number + 1
    while True:
        at = _inner_number(state, line, expected)
        if at is None:
            break
        yield line.before(at)
        line, expected = line.after(at), expected + 1
    yield line


def _inner_number(state: _State, line: Line, expected: int) -> int | None:
    """Where inside a line the paragraph with the expected number begins, after a stop."""
    text = line.folded
    for found in re.finditer(rf"\s{expected}\.\s+", text):
        clause = state.language.first("clause-start", text, at=found.end())
        if clause and text[found.end()].isupper():
            before = line.before(found.start())
            if before.ended() in (";", ".") or (not before.ended() and len(before.text) < 120):
                return found.start() + 1
    return None


def _page_number(state: _State, line: Line) -> bool:
    after = state.lines[state.at + 1 : state.at + 2]
    alone = line.apart and (not after or after[0].apart)
    return alone and re.fullmatch(r"\d{1,3}", line.folded) is not None


def _fronted(state: _State, line: Line) -> bool:
    """Moves a line of the front matter that conversion put among the paragraphs."""
    if state.found("closing", line) or not (
        state.found("front", line) or state.found("own-symbol", line)
    ):
        return False
    state.front.append(line)
    return True


def _note(state: _State, line: Line) -> bool:
    """Takes a footnote, told by its form or by the place where it stands."""
    if state.found("notes-heading", line):
        state.endnotes = True
        return True
    found = state.found("footnote", line)
    last = state.notes[-1].number if state.notes else 0
    if not found and not state.found("closing", line):
        loose = state.found("footnote-form", line)
        number = (value_of(loose["n"]) or 0) if loose else 0
        near = state.ruled or state.endnotes
        if loose and near and (number > last or number == 1) and not _date(state, line):
            found = loose
    if not found and state.endnotes:
        found = state.found("numbered", line)
    if not found:
        if state.ruled and not line.apart and state.notes and not state.notes[-1].line.ended():
            return line.goes_on() and False
        return False
    number = value_of(found["n"]) or 0
    run = state.notes[-1].run if state.notes else 0
    state.notes.append(Noted(number, line.after(found.end()), run + (0 < number <= last)))
    return True


def _date(state: _State, line: Line) -> bool:
    return bool(state.found("date", line) or state.found("day", line))


def _heading(state: _State, line: Line) -> bool:
    """Headings of texts and sections, and the words with which an organ begins to speak."""
    text = state.language.first("text", line.folded, at=0)
    if text and (state.ended or line.apart):
        state.parts.append(_text_part(text[0].value or "resolution", text[1], line))
        return True
    opening = state.found("opening", line)
    if opening and _opens(state, opening, line):
        _open_text(state, opening, line)
        return True
    if state.inside is None and state.found("section", line):
        if state.part is None and _before_opening(state):
            return False
        _narrative_part(state, line).add("heading", "", line)
        return True
    return _inside_heading(state, line) if state.inside else False


def _front_line(state: _State, line: Line) -> bool:
    return state.found("front", line) is not None or _before_opening(state, 40)


def _before_opening(state: _State, lines: int = 5) -> bool:
    """Whether an organ begins to speak in the next lines: what stands here is its title."""
    for line in state.lines[state.at + 1 : state.at + 1 + lines]:
        if state.found("opening", line):
            return True
        if state.found("numbered", line) or state.found("text", line):
            return False
    return False


def _opens(state: _State, opening: re.Match[str], line: Line) -> bool:
    """Whether an organ's name opens a text: not inside a paragraph, an annex or a quotation."""
    inside = state.inside
    if inside is None:
        return True
    if inside.after == "annex" or (inside.after and not line.ended()):
        return False
    if inside.opening != opening["organ"]:
        return True
    return bool(inside.paragraphs) and (state.ended in ".;。；" or state.letter is not None)


def _final(state: _State, part: Part) -> None:
    """Before the closing lines: a last paragraph whose number is lost is a paragraph still."""
    if part.number and not part.after:
        _recover(state, part, part.number + 1, closing=True)


def _inside_heading(state: _State, line: Line) -> bool:
    """Closing lines, annexes, letters of parts and headings among a text's paragraphs."""
    part = state.inside
    assert part
    for kind in ("closing", "annex"):
        if state.found(kind, line) and (state.ended or line.apart) and state.ended != ":":
            _final(state, part)
            if kind == "annex" or part.after != "annex":
                part.after = "annex" if kind == "annex" else "other"
            part.add(part.after or "other", "", line)
            return True
    if part.after:
        return False
    if re.fullmatch(r"[A-Z]|[IVX]{1,5}", line.folded) and state.ended:
        state.letter = line.text
        part.add("heading", "", line)
        return True
    if _is_heading(state, line):
        part.add("heading", "", line)
        return True
    return False


def _is_heading(state: _State, line: Line) -> bool:
    """An unnumbered line without a stop, above a paragraph or another such line."""
    part = state.inside
    if part is None or not state.ended or not _titled(state, line):
        return False
    last = part.last()
    if last and last.kind == "heading" and re.fullmatch(r"[A-Z]|[IVX]{1,5}", last.lines[-1].text):
        return True
    for after in [other for other in state.lines[state.at + 1 : state.at + 6] if not other.furniture]:
        numbered = state.found("numbered", after)
        if numbered:
            return _value(numbered) in (part.number + 1, 1)
        if state.found("clause-start", after):
            return after.apart and not after.goes_on()
        if not _titled(state, after):
            return False
    return False


def _titled(state: _State, line: Line) -> bool:
    """Whether a line looks like a heading: short, set apart, without a stop or a clause."""
    if line.ended() or line.goes_on() or not line.apart or len(line.text) > 250:
        return False
    if any(state.found(kind, line) for kind in ("numbered", "item", "clause-start")):
        return False
    return line.text[:1].isalnum()


def _text_part(kind: str, found: re.Match[str], line: Line) -> Part:
    number = value_of(found["n"]) if found["n"] else None
    label = roman(number) if number else None
    if kind == "decision":
        label = f"decision {label}" if label else "decision"
    part = Part(kind, label, line.start)
    if found["title"]:
        part.title.append(line.after(found.start("title")))
    return part


def _open_text(state: _State, found: re.Match[str], line: Line) -> None:
    part = state.part
    if part is None or not part.kind or part.opening:
        kind = _announced(state.language, part)
        title = _trailing_title(part) if part else []
        label = "decision" if part and kind == "decision" else state.letter
        part = Part(kind, label, line.start, title)
        state.parts.append(part)
    state.letter = None
    part.opening = found["organ"]
    rest = line.after(found.end())
    if rest.text.strip():
        part.add("operative" if part.kind == "decision" else "preambular", "1", rest)


def _announced(language: Language, part: Part | None) -> str:
    """What the last numbered paragraph recommends: a resolution or a decision."""
    narrative = [p for p in part.paragraphs if p.kind == "narrative"] if part else []
    if not narrative:
        return "resolution"
    words = "".join(line.folded for line in narrative[-1].lines)
    found = language.first("recommends", words)
    return (found[0].value if found else None) or "resolution"


def _trailing_title(part: Part) -> list[Line]:
    """The unnumbered lines without a stop just before a text are its title."""
    title: list[Line] = []
    while (last := part.last()) and last.kind in ("other", "heading") and not last.ended:
        if last.kind == "heading" and part.kind is None:
            break
        title[:0] = part.paragraphs.pop().lines
    return title


def _narrative_part(state: _State, line: Line) -> Part:
    part = state.part
    if part is None or part.kind:
        part = Part(None, None, line.start)
        state.parts.append(part)
    return part


def _numbered(state: _State, line: Line) -> bool:
    """A paragraph that its number shows to be the next one of the narrative or of the text."""
    found = state.found("numbered", line)
    if not found:
        return False
    number, part = _value(found), state.inside
    if part is None or (number == state.narrative + 1 and _recommends(state, line)):
        if not 0 < number - state.narrative <= 3 and state.narrative:
            return False
        state.narrative = number
        _narrative_part(state, line).add("narrative", str(number), line)
        return True
    if part.after == "annex" or (part.after and number != part.number + 1):
        return False
    if _is_next(state, part, number, line, found):
        if number == part.number + 2:
            _recover(state, part, number - 1)
        part.number, part.after = number, None
        part.add("operative", str(number), line)
        return True
    part.listed = number
    return False


def _value(found: re.Match[str]) -> int:
    """The number of a paragraph; a scan reads an l for the first."""
    return int(found["n"].replace("l", "1"))


def _recommends(state: _State, line: Line) -> bool:
    return state.language.first("recommends", line.folded) is not None


def _is_next(
    state: _State, part: Part, number: int, line: Line, found: re.Match[str]
) -> bool:
    """Whether a number is the text's own: the next one, or one near it that opens a clause."""
    clause = state.language.first("clause-start", line.folded, at=found.end()) is not None
    last = part.last()
    if number == part.number + 1:
        if last and not last.ended and not line.apart and not clause:
            return False
        return clause or number != part.listed + 1 or not part.listed
    if number == 1 and last and last.kind == "heading":
        return clause
    return clause and part.number + 1 < number <= part.number + 4 and not part.listed


def _recover(state: _State, part: Part, number: int, *, closing: bool = False) -> None:
    """Makes the unnumbered paragraph before a number the operative one whose number is lost."""
    last = part.last()
    if last is None or last.ended not in (";", ".", "；", "。") or (closing and last.ended == ";"):
        return
    if last.kind == "preambular" and not part.number:
        last.kind, last.n = "operative", str(number)
        return
    for place in range(1, len(last.lines)) if last.kind == "operative" else ():
        line, before = last.lines[place], last.lines[place - 1]
        clause = state.language.first("clause-start", line.folded, at=0)
        if clause and before.ended() in (";", "；") and not line.goes_on():
            part.paragraphs.append(Open("operative", str(number), last.lines[place:]))
            part.number = number
            del last.lines[place:]
            return


def _continued(state: _State, line: Line) -> bool:
    """Adds a line to the open paragraph if that goes on: cut, listed under it, or annexed."""
    part = state.part
    last = part.last() if part else None
    if part is None or last is None or last.kind == "heading":
        return False
    if part.kind and not part.opening:
        return False
    if last.kind == "other" or not (_cut(state, line, last.ended) or _listed(state, line)):
        return False
    last.extend(line, state.text, state.hyphens)
    return True


def _cut(state: _State, line: Line, stop: str) -> bool:
    """Whether the sentence before goes on in a line."""
    if line.goes_on():
        return True
    clause = state.language.first("clause-start", line.folded, at=0) is not None
    if not stop:
        return not (clause and line.apart and not state.broken and state.language.spaced)
    return state.broken and stop in COMMAS and not clause


def _listed(state: _State, line: Line) -> bool:
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
        if clause and last.ended in ";,.，；。" and line.apart:
            return False
        return part.listed > 0 or last.ended == ":" or _quoted(last, line)
    return bool(part.kind) and (part.listed > 0 or last.kind == "operative")


def _quoted(last: Open, line: Line) -> bool:
    """Whether a line goes on with a quotation that the open paragraph announced with a colon."""
    announced = any(before.ended() == ":" for before in last.lines[-12:])
    return announced and line.text[0] in "“\"«["


def _plain(state: _State, line: Line) -> None:
    """A line with no number and no heading: front matter, a title, or a preambular paragraph."""
    part = state.part
    if part is None and line.ended() and not _front_line(state, line):
        _narrative_part(state, line).add("other", "", line)
    elif part is None:
        state.front.append(line)
    elif part.kind and not part.opening:
        part.title.append(line)
    elif part.kind:
        _plain_inside(state, part, line)
    else:
        part.add("other", "", line)


def _plain_inside(state: _State, part: Part, line: Line) -> None:
    """A line of a text with no number: of its preamble, or an operative one that lost it."""
    stop = line.ended()
    if part.after:
        part.add(part.after, "", line)
    elif not part.number or (stop and stop in COMMAS):
        if state.found("adopts-text", line):
            part.after = "annex"
        part.add("preambular", str(part.count("preambular") + 1), line)
    elif state.language.first("clause-start", line.folded, at=0):
        part.number += 1
        part.add("operative", str(part.number), line)
    else:
        part.add("other" if stop else "heading", "", line)
