"""Where the walk through a document stands: what was read, what is open, what comes next."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.hyphens import Hyphens
from kg.languages import Language
from kg.lines import Line
from kg.parts import Noted, Part


@dataclass(slots=True)
class State:
    """Where the walk through a document stands."""

    language: Language
    text: str
    lines: Sequence[Line]
    hyphens: Hyphens
    loose: Mapping[int, int | None] = field(default_factory=dict)  # notes without their numbers
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
