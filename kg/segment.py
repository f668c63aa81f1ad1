"""Stage 2, Source → outline: front matter, sections, paragraphs, footnotes; page breaks mended.

The outline follows what the UN prints, not a file's layout: a sentence cut by a page break and
a footnote block is one paragraph again, sub-items and quoted lists belong to the paragraph
that opens them, and footnotes are grouped where their numbering starts again.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from kg.languages import Language
from kg.lines import Line, blocks_of
from kg.markup import stretch_of_lines
from kg.model import ParagraphKind, Source
from kg.numerals import roman, value_of
from kg.outline import Footnote, Outline, Section, Segment
from kg.stretch import clean


@dataclass(slots=True)
class _Open:
    """A paragraph being put together."""

    kind: ParagraphKind
    n: str
    lines: list[Line]


@dataclass(slots=True)
class _Part:
    """A section being put together; ``listed`` is the last number of a list inside a paragraph."""

    kind: str | None
    label: str | None
    start: int
    title: list[Line] = field(default_factory=list)
    opening: str | None = None
    paragraphs: list[_Open] = field(default_factory=list)
    listed: int = 0

    def last(self) -> _Open | None:
        return self.paragraphs[-1] if self.paragraphs else None

    def count(self, kind: ParagraphKind) -> int:
        return sum(paragraph.kind == kind for paragraph in self.paragraphs)

    def add(self, kind: ParagraphKind, n: str, line: Line) -> None:
        self.paragraphs.append(_Open(kind, n, [line]))
        self.listed = 0


@dataclass(slots=True)
class _State:
    """Where the walk through a document stands."""

    language: Language
    front: list[Line] = field(default_factory=list)
    parts: list[_Part] = field(default_factory=list)
    notes: list[tuple[int, Line, int]] = field(default_factory=list)
    narrative: int = 0
    broken: bool = False  # a footnote or page furniture stands before the line at hand

    @property
    def part(self) -> _Part | None:
        return self.parts[-1] if self.parts else None

    @property
    def inside(self) -> _Part | None:
        """The text whose paragraphs are being read: its organ has begun to speak."""
        part = self.part
        return part if part and part.kind and part.opening else None

    def found(self, kind: str, line: Line) -> re.Match[str] | None:
        found = self.language.first(kind, line.text, at=0)
        return found[1] if found else None


def segment(source: Source, language: Language) -> Outline:
    """The outline of a document; what is neither narrative nor a text is its front matter.

    A file without any numbered paragraph or text (a sentence, a sponsor list) is narrative.
    """
    state = _State(language=language)
    for line in blocks_of(source.text, language):
        _take(state, line)
    if not state.parts:
        state.parts.append(_Part(None, None, 0))
        for line in state.front:
            state.parts[0].add("other", "", line)
    return _outline(state, source.text)


def _take(state: _State, line: Line) -> None:
    """Puts one line where it belongs."""
    if state.found("furniture", line):
        state.broken = True
        return
    note = state.found("footnote", line)
    if note:
        _add_note(state, value_of(note["n"]) or 0, line.after(note.end()))
        return
    if not (_heading(state, line) or _numbered(state, line) or _continued(state, line)):
        _plain(state, line)
    state.broken = False


def _add_note(state: _State, number: int, line: Line) -> None:
    last, run = (state.notes[-1][0], state.notes[-1][2]) if state.notes else (0, 0)
    state.notes.append((number, line, run + (number <= last)))
    state.broken = True


def _heading(state: _State, line: Line) -> bool:
    """Headings of texts and sections, and the words with which an organ begins to speak."""
    text = state.language.first("text", line.text, at=0)
    if text:
        state.parts.append(_text_part(text[0].value or "resolution", text[1], line))
        return True
    opening = state.found("opening", line)
    if opening and (state.inside is None or state.inside.opening != opening["organ"]):
        _open_text(state, opening, line)
        return True
    if state.found("section", line) and not state.inside:
        _narrative_part(state, line).add("heading", "", line)
        return True
    if state.inside and (state.found("closing", line) or state.found("annex", line)):
        state.inside.add("annex" if state.found("annex", line) else "other", "", line)
        return True
    return False


def _text_part(kind: str, found: re.Match[str], line: Line) -> _Part:
    number = value_of(found["n"]) if found["n"] else None
    label = roman(number) if number else None
    if kind == "decision":
        label = f"decision {label}" if label else "decision"
    part = _Part(kind, label, line.start)
    if found["title"]:
        part.title.append(line.after(found.start("title")))
    return part


def _open_text(state: _State, found: re.Match[str], line: Line) -> None:
    part = state.part
    if part is None or not part.kind or part.opening:
        kind = _announced(state.language, part)
        title = _trailing_title(part) if part else []
        part = _Part(kind, "decision" if part and kind == "decision" else None, line.start, title)
        state.parts.append(part)
    part.opening = found["organ"]
    rest = line.after(found.end())
    if rest.text.strip():
        part.add("operative" if part.kind == "decision" else "preambular", "1", rest)


def _announced(language: Language, part: _Part | None) -> str:
    """What the last numbered paragraph recommends: a resolution or a decision."""
    narrative = [p for p in part.paragraphs if p.kind == "narrative"] if part else []
    if not narrative:
        return "resolution"
    words = "".join(line.text for line in narrative[-1].lines)
    found = language.first("recommends", words)
    return (found[0].value if found else None) or "resolution"


def _trailing_title(part: _Part) -> list[Line]:
    """The unnumbered lines without a stop just before a text are its title."""
    title: list[Line] = []
    while (last := part.last()) and last.kind == "other" and not last.lines[-1].ended():
        title[:0] = part.paragraphs.pop().lines
    return title


def _narrative_part(state: _State, line: Line) -> _Part:
    part = state.part
    if part is None or part.kind:
        part = _Part(None, None, line.start)
        state.parts.append(part)
    return part


def _numbered(state: _State, line: Line) -> bool:
    """A paragraph that its number shows to be the next one of the narrative or of the text."""
    found = state.found("numbered", line)
    if not found:
        return False
    number, part = int(found["n"]), state.inside
    if part is None or (number == state.narrative + 1 and _recommends(state, line)):
        if not 0 < number - state.narrative <= 3 and state.narrative:
            return False
        state.narrative = number
        _narrative_part(state, line).add("narrative", str(number), line)
        return True
    if number == part.count("operative") + 1 and _not_listed(state, number, part, line, found):
        part.add("operative", str(number), line)
        return True
    part.listed = number
    return False


def _recommends(state: _State, line: Line) -> bool:
    return state.language.first("recommends", line.text) is not None


def _not_listed(state: _State, number: int, part: _Part, line: Line, found: re.Match[str]) -> bool:
    """Whether a number that a list inside the paragraph would also reach is the paragraph's."""
    if number != part.listed + 1 or not part.listed:
        return True
    return state.language.first("clause-start", line.text, at=found.end()) is not None


def _continued(state: _State, line: Line) -> bool:
    """Adds a line to the open paragraph if that goes on: cut, listed under it, or annexed."""
    part = state.part
    last = part.last() if part else None
    if part is None or last is None or last.kind == "heading":
        return False
    if part.kind and not part.opening:
        return False
    stop = last.lines[-1].ended()
    cut = not stop or (state.broken and stop in ",，،" and not _clause(state, line))
    listed = part.listed or state.found("item", line) or last.kind == "operative"
    if last.kind == "other" or not (cut or (listed and part.kind) or state.found("item", line)):
        return False
    last.lines.append(line)
    return True


def _clause(state: _State, line: Line) -> bool:
    return state.language.first("clause-start", line.text, at=0) is not None


def _plain(state: _State, line: Line) -> None:
    """A line with no number and no heading: front matter, a title, or a preambular paragraph."""
    part = state.part
    if part is None and line.ended() and not state.found("front", line):
        _narrative_part(state, line).add("other", "", line)
    elif part is None:
        state.front.append(line)
    elif part.kind and not part.opening:
        part.title.append(line)
    elif part.kind:
        last = part.last()
        annexed = last is not None and last.kind in ("annex", "other")
        number = "" if annexed else str(part.count("preambular") + 1)
        part.add(last.kind if last and annexed else "preambular", number, line)
    else:
        part.add("other", "", line)


def _outline(state: _State, text: str) -> Outline:
    spaced = state.language.spaced
    notes = tuple(
        Footnote(number=number, stretch=stretch_of_lines(text, [line], spaced=spaced), run=run)
        for number, line, run in state.notes
    )
    numbers = frozenset(note.number for note in notes)
    return Outline(
        front=tuple(stretch_of_lines(text, [line], spaced=spaced) for line in state.front),
        sections=_counted([_section(part, text, numbers, state.language) for part in state.parts]),
        footnotes=notes,
    )


def _counted(sections: list[Section]) -> tuple[Section, ...]:
    """Headings and other unnumbered paragraphs get a number of their own kind, for their IRI."""
    counts: Counter[str] = Counter()
    out = []
    for section in sections:
        segments = []
        for part in section.segments:
            if not part.n:
                counts[part.kind] += 1
                part = replace(part, n=str(counts[part.kind]))
            segments.append(part)
        out.append(replace(section, segments=tuple(segments)))
    return tuple(out)


def _section(part: _Part, text: str, notes: frozenset[int], language: Language) -> Section:
    segments = tuple(
        Segment(
            kind=paragraph.kind,
            n=paragraph.n,
            stretch=stretch_of_lines(text, paragraph.lines, spaced=language.spaced, notes=notes),
        )
        for paragraph in part.paragraphs
    )
    title = stretch_of_lines(text, part.title, spaced=language.spaced, notes=notes)
    return Section(
        kind=part.kind,
        label=part.label,
        title=clean(title.text) or None,
        opening=part.opening,
        segments=_with_operative(segments) if part.kind else segments,
        start=part.start,
    )


def _with_operative(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """A text without numbers ends in one operative paragraph: the one with the full stop."""
    if any(segment.kind == "operative" for segment in segments):
        return segments
    for index in reversed(range(len(segments))):
        if segments[index].kind == "preambular":
            if segments[index].stretch.text.rstrip().endswith((".", "。")):
                only = Segment(kind="operative", n="1", stretch=segments[index].stretch)
                return (*segments[:index], only, *segments[index + 1 :])
            break
    return segments
