"""A document in parts, in printed order: what segmentation gives and recognition reads."""

from __future__ import annotations

from dataclasses import dataclass

from kg.model import ParagraphKind
from kg.stretch import Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Footnote:
    """A footnote: its number, its words, and which run of numbering it belongs to."""

    number: int
    stretch: Stretch
    run: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """One paragraph before recognition; ``n`` as in the record's paragraphs."""

    kind: ParagraphKind
    n: str
    stretch: Stretch


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A run of paragraphs: the narrative, or one draft or adopted text.

    ``kind`` is None for narrative, else "resolution" or "decision"; ``opening`` is the organ
    that speaks, as printed ("大会").
    """

    kind: str | None
    label: str | None
    title: str | None
    opening: str | None
    segments: tuple[Segment, ...]
    start: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """Front matter, sections and footnotes of one document."""

    front: tuple[Stretch, ...]
    sections: tuple[Section, ...]
    footnotes: tuple[Footnote, ...]

    def footnote(self, number: int, at: int) -> Footnote | None:
        """The note that a marker at a source offset leads to.

        It is looked for in the run of numbering of the marker's section: the first note with
        the number at or after the marker (it stands at the foot of the page), else the last
        one before (a marker printed again leads back).
        """
        run = self._run(at)
        same = [note for note in self.footnotes if note.number == number and note.run == run]
        after = [note for note in same if note.stretch.start >= at]
        return after[0] if after else (same[-1] if same else None)

    def _run(self, at: int) -> int | None:
        """The run of notes that the section around an offset uses."""
        starts = [section.start for section in self.sections]
        begin = max((start for start in starts if start <= at), default=0)
        return next((n.run for n in self.footnotes if n.stretch.start >= begin), None)
