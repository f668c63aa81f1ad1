"""A document being put together: its parts and paragraphs, and the outline they end in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from kg.hyphens import Hyphens
from kg.languages import Language
from kg.lines import COMMAS, Line, joined
from kg.markers import Marked, markers_in
from kg.markup import stretch_of_lines
from kg.model import ParagraphKind
from kg.outline import Footnote, Outline, Section, Segment
from kg.stretch import clean


@dataclass(slots=True)
class Open:
    """A paragraph being put together."""

    kind: ParagraphKind
    n: str
    lines: list[Line]

    def extend(self, line: Line, text: str, hyphens: Hyphens) -> None:
        """Adds a line; a word that a hyphen cut is one word again."""
        if hyphens.soft(self.lines[-1].text, line.text):
            self.lines[-1] = joined(self.lines[-1], line, text, hyphens)
        else:
            self.lines.append(line)

    @property
    def ended(self) -> str:
        """The stop its last line ends with."""
        return self.lines[-1].ended()


@dataclass(slots=True)
class Part:
    """A section being put together.

    ``listed`` is the last number of a list inside a paragraph; ``after`` is what follows the
    text proper: the closing lines ("other") or an annex.
    """

    kind: str | None
    label: str | None
    start: int
    title: list[Line] = field(default_factory=list)
    opening: str | None = None
    paragraphs: list[Open] = field(default_factory=list)
    listed: int = 0
    number: int = 0
    after: ParagraphKind | None = None

    def last(self) -> Open | None:
        """The paragraph that was opened last."""
        return self.paragraphs[-1] if self.paragraphs else None

    def count(self, kind: ParagraphKind) -> int:
        """How many paragraphs of a kind it has."""
        return sum(paragraph.kind == kind for paragraph in self.paragraphs)

    def add(self, kind: ParagraphKind, n: str, line: Line) -> None:
        """Opens a paragraph."""
        self.paragraphs.append(Open(kind, n, [line]))
        self.listed = 0


@dataclass(frozen=True, slots=True)
class Noted:
    """A footnote's line, its number, and the run of numbering it belongs to."""

    number: int
    line: Line
    run: int


def outline_of(
    front: Sequence[Line],
    parts: Sequence[Part],
    notes: Sequence[Noted],
    text: str,
    language: Language,
) -> Outline:
    """The outline of the parts, their footnote markers found."""
    markers = _markers(front, parts, notes, language)
    spaced = language.spaced
    return Outline(
        front=tuple(
            stretch_of_lines(text, [line], spaced=spaced, markers=markers) for line in front
        ),
        sections=_counted([_section(part, text, markers, language) for part in parts]),
        footnotes=tuple(
            Footnote(
                number=note.number,
                stretch=stretch_of_lines(text, [note.line], spaced=spaced),
                run=note.run,
            )
            for note in notes
        ),
    )


def _markers(
    front: Sequence[Line], parts: Sequence[Part], notes: Sequence[Noted], language: Language
) -> tuple[Marked, ...]:
    """The markers of a document, each run of its notes for itself: numbering starts again."""
    groups: list[tuple[int, list[Line]]] = [(0, list(front))]
    for part in parts:
        run = next((n.run for n in notes if n.line.start >= part.start), groups[-1][0])
        if run > groups[-1][0]:
            groups.append((run, []))
        groups[-1][1].extend(_lines_of(part))
    ends = [*(run for run, _ in groups[1:]), max((n.run for n in notes), default=0) + 1]
    found: list[Marked] = []
    for (run, lines), end in zip(groups, ends, strict=True):
        numbers = {note.number for note in notes if note.number and run <= note.run < end}
        found += markers_in(lines, language, frozenset(numbers))
    return tuple(found)


def _lines_of(part: Part) -> list[Line]:
    lines = [*part.title, *(line for p in part.paragraphs for line in p.lines)]
    return sorted(lines, key=lambda line: line.start)


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


def _section(part: Part, text: str, markers: Sequence[Marked], language: Language) -> Section:
    spaced = language.spaced
    segments = tuple(
        Segment(
            kind=paragraph.kind,
            n=paragraph.n,
            stretch=stretch_of_lines(text, paragraph.lines, spaced=spaced, markers=markers),
        )
        for paragraph in part.paragraphs
    )
    title = stretch_of_lines(text, part.title, spaced=spaced, markers=markers)
    endings = [paragraph.ended for paragraph in part.paragraphs]
    return Section(
        kind=part.kind,
        label=part.label,
        title=clean(title.text) or None,
        opening=part.opening,
        segments=_with_operative(segments, endings, language) if part.kind else segments,
        start=part.start,
    )


def _with_operative(
    segments: tuple[Segment, ...], endings: Sequence[str], language: Language
) -> tuple[Segment, ...]:
    """A text without numbers: its preamble ends in commas, what it decides in other stops."""
    places = [i for i, segment in enumerate(segments) if segment.kind == "preambular"]
    if not places or any(segment.kind == "operative" for segment in segments):
        return segments
    commas = [bool(endings[i]) and endings[i] in COMMAS for i in places]
    fits = [sum(commas[:cut]) - sum(commas[cut:]) - cut / 1000 for cut in range(len(places) + 1)]
    # Stops alone tell nothing where no paragraph ends in a comma: only the last one decides.
    last = max((at for at, i in enumerate(places) if endings[i]), default=0)
    cut = fits.index(max(fits)) if any(commas) else last
    kinds = _decided(
        [segments[i] for i in places[cut:]], [endings[i] for i in places[cut:]], language
    )
    changed = dict(zip(places[cut:], kinds, strict=True))
    out, number = list(segments), 0
    for i, kind in changed.items():
        number += kind == "operative"
        out[i] = Segment(
            kind=kind, n=str(number) if kind == "operative" else "", stretch=segments[i].stretch
        )
    return tuple(out)


def _decided(
    segments: Sequence[Segment], endings: Sequence[str], language: Language
) -> list[ParagraphKind]:
    """What follows a preamble: paragraphs that act up to the full stop, then what is no text."""
    kinds: list[ParagraphKind] = []
    over = False
    for segment, ending in zip(segments, endings, strict=True):
        clause = language.first("clause-start", segment.stretch.folded.lstrip(), at=0)
        over = over or not (clause or kinds or ending in (":", ";", "；", "؛")) or not ending
        kinds.append("operative" if (clause or not over) and ending else "other")
        over = over or ending in (".", "。")
    return kinds
