"""The printed lines of a text as blocks: what a hard line break cut is one block again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.languages import Language

# A document whose lines are nearly all shorter than this was broken at a page's width.
_WRAPPED_BELOW = {True: 130, False: 65}
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_END = re.compile(r"([。；：，！？.;:,!?؛،؟…])[\s*”“\"'»《》)）\]]*$")
_TRAILING_MARKER = re.compile(rf"(?:[\s{_SUPERSCRIPTS}*]|(?<=[。；，.;,]) ?\d{{1,3}}$)+$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A block of printed text: its characters in the source, piece by piece.

    ``apart`` tells that a blank line or page break stands before it.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    apart: bool

    @property
    def start(self) -> int:
        """Where it starts in the source."""
        return self.pieces[0][0]

    def after(self, offset: int) -> Line:
        """The block without its first ``offset`` characters."""
        left, pieces = offset, []
        for start, end in self.pieces:
            cut = min(left, end - start)
            left -= cut
            pieces.append((start + cut, end))
        return replace(self, text=self.text[offset:], pieces=tuple(pieces))

    def ended(self) -> str:
        """The stop it ends with, footnote markers and closing quotes aside; "" if none.

        A list broken at "、" goes on: that is a comma inside a sentence.
        """
        bare = _TRAILING_MARKER.sub("", self.text)
        found = _END.search(bare)
        return found[1] if found else ""


def lines_of(text: str) -> Iterator[Line]:
    """The lines that are not blank, white space at both ends left out."""
    apart = True
    for found in re.finditer(r"[^\n\f]*(?:\n|\f|$)", text):
        line = found[0].strip()
        if not line:
            apart = True
        else:
            start = found.start() + found[0].index(line)
            yield Line(text=line, pieces=((start, start + len(line)),), apart=apart)
            apart = "\f" in found[0]


def blocks_of(text: str, language: Language) -> tuple[Line, ...]:
    """The blocks of a text: its lines, joined again where they were cut at a page's width."""
    lines = tuple(lines_of(text))
    if not _wrapped(lines, spaced=language.spaced):
        return lines
    width = sorted(len(line.text) for line in lines)[len(lines) * 9 // 10]
    blocks: list[Line] = []
    last_length = 0
    for line in lines:
        if blocks and not line.apart and _goes_on(blocks[-1], line, last_length, width, language):
            blocks[-1] = _joined(blocks[-1], line, text)
        else:
            blocks.append(line)
        last_length = len(line.text)
    return tuple(blocks)


def _wrapped(lines: tuple[Line, ...], *, spaced: bool) -> bool:
    lengths = sorted(len(line.text) for line in lines)
    adjacent = sum(not line.apart for line in lines)
    if not lines or adjacent < len(lines) // 3:
        return False
    return lengths[len(lengths) * 49 // 50] <= _WRAPPED_BELOW[spaced]


def _goes_on(before: Line, line: Line, length: int, width: int, language: Language) -> bool:
    """Whether an adjacent line belongs to the block before it."""
    if any(language.first(kind, line.text, at=0) for kind in _STARTERS):
        return False
    if any(language.first(kind, before.text, at=0) for kind in ("text", "opening", "front")):
        return False
    stop = before.ended()
    if stop in ",，،" and stop:
        return language.first("clause-start", line.text, at=0) is None
    return not stop or length > 0.8 * width


_STARTERS = (
    "text", "section", "opening", "numbered", "item", "footnote", "furniture", "closing", "front",
)  # fmt: skip


def _joined(before: Line, line: Line, text: str) -> Line:
    """Two lines as one block; the line end between them is a space where words are spaced."""
    (start, end), first = before.pieces[-1], line.pieces[0]
    gap = text[end : first[0]]
    keep = end + 1 if gap[:1].isspace() and not before.text.endswith("-") else end
    pieces = (*before.pieces[:-1], (start, keep), *line.pieces)
    return Line(text=before.text + text[end:keep] + line.text, pieces=pieces, apart=before.apart)
