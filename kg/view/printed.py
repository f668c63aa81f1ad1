"""A document cut up for the eye: paragraphs, footnotes beside their markers, marked stretches."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from kg.languages import load_language
from kg.model import Pieces, Record, Source
from kg.outline import Outline
from kg.segment import segment
from kg.view.facts import Named, named_paragraphs

# A gap this short is the line ends between two paragraphs.
_LINE_ENDS = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A footnote: where it is printed, its number, and the markers that lead to it."""

    number: int
    start: int
    end: int
    markers: Pieces


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, or what stands between paragraphs (``kind`` "rest").

    ``name`` is the fragment of the paragraph's IRI; ``part`` the label of the text it belongs
    to; ``runs`` the stretches to show, footnotes taken out; ``notes`` are places in the list of
    notes, those that the block's markers lead to first.
    """

    kind: str
    name: str
    part: str | None
    number: str
    runs: Pieces
    notes: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A text with its blocks and notes; ``gaps`` are stretches that are not held."""

    text: str
    language: str
    gaps: Pieces
    blocks: tuple[Block, ...]
    notes: tuple[Note, ...]
    led: Mapping[tuple[int, int], int] = field(default_factory=dict)


def printed(record: Record, text: str, *, gaps: Pieces = ()) -> Printed:
    """The text of a record in blocks: every character that is not white space is in one.

    Footnotes are found as they are when a document is read; one that no marker leads to stays
    where it is printed. ``gaps`` are stretches of ``text`` that are not held.

    Raises:
        LanguageError: the record's language has no table.
    """
    source = Source(name=record.source, text=text, sha256=record.sha256, language=record.language)
    notes = tuple(_notes(segment(source, load_language(record.language)), text))
    led = {marker: place for place, note in enumerate(notes) for marker in note.markers}
    taken = sorted((note.start, note.end) for note in notes)
    blocks = []
    shown: set[int] = set()
    filled = _filled(text, gaps)
    for start, end, paragraph in _regions(record, text, tuple(led)):
        runs = tuple(_runs(filled, start, end, taken))
        if not runs:
            continue
        here = [place for marker, place in sorted(led.items()) if start <= marker[0] <= end]
        fresh = tuple(place for place in dict.fromkeys(here) if place not in shown)
        shown.update(fresh)
        blocks.append(_block(paragraph, runs, fresh))
    return Printed(
        text=text, language=record.language, gaps=gaps, blocks=tuple(blocks), notes=notes, led=led
    )


def _block(named: Named | None, runs: Pieces, notes: tuple[int, ...]) -> Block:
    if named is None:
        return Block(kind="rest", name="", part=None, number="", runs=runs, notes=notes)
    paragraph, name, part = named
    return Block(
        kind=paragraph.kind, name=name, part=part, number=paragraph.n, runs=runs, notes=notes
    )


def _filled(text: str, gaps: Pieces) -> str:
    """The text with gaps that are no white space, so that they are shown as gaps."""
    for start, end in gaps:
        if end - start > _LINE_ENDS:
            text = f"{text[:start]}{'_' * (end - start)}{text[end:]}"
    return text


def _regions(record: Record, text: str, markers: Pieces) -> Iterator[tuple[int, int, Named | None]]:
    """The whole text in order: paragraphs, and what stands between them.

    A marker that follows a paragraph's last line belongs to it.
    """
    at = 0
    for named in sorted(named_paragraphs(record), key=lambda each: (each[0].start, -each[0].end)):
        start, end = max(named[0].start, at), min(named[0].end, len(text))
        if end <= start:
            continue
        behind = (m[1] for m in markers if m[0] >= end and not text[end : m[0]].strip())
        end = max((end, *behind))
        if start > at:
            yield at, start, None
        yield start, end, named
        at = end
    if at < len(text):
        yield at, len(text), None


def _runs(
    text: str, start: int, end: int, without: Iterable[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """The stretches of a region that are left, blank lines between them."""
    at = start
    for cut in (*sorted(w for w in without if w[1] > start and w[0] < end), (end, end)):
        # Blank lines of the file would be holes in the page.
        for piece in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text[at : cut[0]]):
            yield at + piece.start(), at + piece.start() + len(piece[0].rstrip())
        at = max(at, cut[1])


def _notes(outline: Outline, text: str) -> Iterator[Note]:
    """The footnotes that a marker leads to, in printed order."""
    markers: defaultdict[int, set[tuple[int, int]]] = defaultdict(set)
    stretches = [part.stretch for section in outline.sections for part in section.segments]
    for stretch in (*outline.front, *stretches):
        for marker in stretch.markers:
            note = outline.footnote(marker.number, marker.start)
            if note is not None:
                markers[note.stretch.start].add((marker.start, marker.end))
    for note in outline.footnotes:
        start, end = note.stretch.start, note.stretch.end
        if markers[start]:
            # Its number stands before its words on the same line.
            begin = text.rfind("\n", 0, start) + 1
            yield Note(
                number=note.number, start=begin, end=end, markers=tuple(sorted(markers[start]))
            )


@dataclass(frozen=True, slots=True)
class Cut:
    """A stretch in which the same facts hold from end to end; none where it is plain text."""

    start: int
    end: int
    facts: tuple[int, ...]


def cuts(start: int, end: int, spans: Sequence[tuple[int, int, int]]) -> Iterator[Cut]:
    """A stretch cut wherever one of the ``spans`` (start, end, fact) begins or ends.

    The shortest fact comes first. Spans may overlap in any way.

    >>> [(cut.start, cut.end, cut.facts) for cut in cuts(0, 9, [(2, 6, 0), (4, 8, 1)])]
    [(0, 2, ()), (2, 4, (0,)), (4, 6, (0, 1)), (6, 8, (1,)), (8, 9, ())]
    """
    near = [span for span in spans if span[0] < end and span[1] > start]
    edges = {start, end}
    edges.update(max(start, first) for first, _, _ in near)
    edges.update(min(end, last) for _, last, _ in near)
    places = sorted(edges)
    for first, last in pairwise(places):
        here = sorted((e - s, fact) for s, e, fact in near if s <= first and e >= last)
        yield Cut(first, last, tuple(dict.fromkeys(fact for _, fact in here)))
