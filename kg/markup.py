"""Clean stretches out of printed lines: conversion mark-up and footnote markers taken out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kg.lines import Line
from kg.numerals import value_of
from kg.stretch import Marker, Stretch

_BOLD = re.compile(r"\*{1,3}|(?<!\w)__|__(?!\w)")
_LINK = re.compile(r"\[(?P<text>[^\[\]\n]{1,80})\]\([^()\s]{0,200}\)")
_BULLET = re.compile(r"^[-•–*]\s+(?=\S)")
_HEADING = re.compile(r"^#{1,6}\s+")
# Soft hyphens, direction and zero-width marks, tatweel, vowel signs: nobody reads them.
_INVISIBLE = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u0640\u064b-\u0652\u0670]+"
)
_SUPERSCRIPT = re.compile(r"[⁰¹²³⁴-⁹]+")
# A digit set plain after a closing bracket or quote ("《战略》4的各项相关规定", A/C.3/72/L.4): a
# marker only if such a note exists and no unit or number follows.
_PLAIN = re.compile(r"(?<=[》”）»])\d{1,3}(?![\d年月日条款项段%./-])")


def stretch_of_lines(
    text: str, lines: Sequence[Line], *, spaced: bool, notes: frozenset[int] = frozenset()
) -> Stretch:
    """Lines as one stretch, without mark-up, their footnote markers noted where they stood.

    ``notes`` are the numbers of the document's footnotes, which tell a marker set as a plain
    digit from a number of the text.
    """
    pieces: list[tuple[int, int]] = []
    markers: list[tuple[int, int, int]] = []
    for line in lines:
        for start, end in line.pieces:
            cuts, found = _cuts(text[start:end], start, notes)
            markers += found
            pieces += _without((start, end), cuts)
        if spaced and line is not lines[-1] and text[line.pieces[-1][1] :][:1].isspace():
            pieces.append((line.pieces[-1][1], line.pieces[-1][1] + 1))
    return _assembled(text, pieces, markers)


def _cuts(
    words: str, offset: int, notes: frozenset[int]
) -> tuple[list[tuple[int, int]], list[tuple[int, int, int]]]:
    """What to leave out of a piece, and which of it are markers (number, start, end)."""
    cuts = [m.span() for m in _BOLD.finditer(words)]
    cuts += [m.span() for m in _INVISIBLE.finditer(words)]
    cuts += [m.span() for p in (_BULLET, _HEADING) if (m := p.match(words))]
    for m in _LINK.finditer(words):
        cuts += [(m.start(), m.start("text")), (m.end("text"), m.end())]
    markers = [(value_of(m[0]) or 0, m.start(), m.end()) for m in _SUPERSCRIPT.finditer(words)]
    markers += [
        (int(m[0]), m.start(), m.end()) for m in _PLAIN.finditer(words) if int(m[0]) in notes
    ]
    cuts += [(start, end) for _, start, end in markers]
    moved = sorted((start + offset, end + offset) for start, end in cuts)
    return moved, sorted((n, s + offset, e + offset) for n, s, e in markers)


def _without(piece: tuple[int, int], cuts: list[tuple[int, int]]) -> list[tuple[int, int]]:
    kept, at = [], piece[0]
    for start, end in cuts:
        if start > at:
            kept.append((at, start))
        at = max(at, end)
    if at < piece[1]:
        kept.append((at, piece[1]))
    return kept


def _assembled(
    text: str, pieces: list[tuple[int, int]], markers: list[tuple[int, int, int]]
) -> Stretch:
    runs: list[tuple[int, int, int]] = []
    parts: list[str] = []
    length = 0
    for start, end in pieces:
        if runs and runs[-1][1] + runs[-1][2] == start:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + end - start)
        else:
            runs.append((length, start, end - start))
        parts.append(text[start:end])
        length += end - start
    placed = tuple(
        Marker(number=number, at=_before(runs, start), start=start, end=end)
        for number, start, end in sorted(markers, key=lambda marker: marker[1])
    )
    return Stretch(text="".join(parts), runs=tuple(runs), markers=placed)


def _before(runs: list[tuple[int, int, int]], source: int) -> int:
    """The clean offset of a source offset that was cut out: where the text goes on."""
    at = 0
    for clean, start, length in runs:
        if start >= source:
            break
        at = clean + min(length, source - start)
    return at
