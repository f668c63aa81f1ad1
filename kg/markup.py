"""Clean stretches out of printed lines: conversion mark-up and footnote markers taken out."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from kg.cuts import Span, read, unread, without
from kg.lines import Line
from kg.markers import Marked
from kg.stretch import Marker, Stretch

_BLANK = re.compile(r"\S{0,6}?(?=\s)")
_BULLET = re.compile(r"^[-•–*·]\s+(?=\S)")


def stretch_of_lines(
    text: str, lines: Sequence[Line], *, spaced: bool, markers: Sequence[Marked] = ()
) -> Stretch:
    """Lines as one stretch, without mark-up, their footnote markers noted where they stood.

    ``markers`` are the document's markers in order: number, start, end in the source.
    """
    pieces: list[Span] = []
    placed: list[Marked] = []
    for line in lines:
        for number, (start, end) in enumerate(line.pieces):
            found = _between(markers, start, end)
            placed += found
            cuts = _cuts(text[start:end], start, found, bullet=number == 0)
            pieces += without((start, end), cuts)
        if not spaced or line is lines[-1] or line.text.endswith("-"):
            continue
        after = line.pieces[-1][1]
        if blank := _BLANK.match(text[after : after + 8]):
            pieces.append((after + blank.end(), after + blank.end() + 1))
    return _assembled(text, pieces, placed)


def _between(markers: Sequence[Marked], start: int, end: int) -> list[Marked]:
    if not markers or markers[-1][1] < start or markers[0][1] >= end:
        return []
    low = bisect_left(markers, start, key=lambda marker: marker[1])
    high = bisect_left(markers, end, key=lambda marker: marker[1])
    return list(markers[low:high])


def _cuts(words: str, offset: int, markers: Sequence[Marked], *, bullet: bool) -> list[Span]:
    """What to leave out of a piece, as spans of the source."""
    cuts = unread(words)
    if bullet and (found := _BULLET.match(words)):
        cuts.append(found.span())
    moved = [(start + offset, end + offset) for start, end in cuts]
    taken = [_set_off(words, start - offset, end - offset) for _, start, end in markers]
    return sorted([*moved, *((start + offset, end + offset) for start, end in taken)])


def _set_off(words: str, start: int, end: int) -> Span:
    """A marker with the blanks that set it off from the words and the stop around it."""
    blank = words[max(0, start - 1) : start].isspace() and words[end : end + 1].isspace()
    stop = words[end + 1 : end + 2] if blank else ""
    return (start - 1, end + 1) if stop and stop in ",.;:)" else (start, end)


def _assembled(text: str, pieces: Sequence[Span], markers: Sequence[Marked]) -> Stretch:
    runs: list[tuple[int, int, int]] = []
    parts: list[str] = []
    length = 0
    for start, end in pieces:
        if runs and runs[-1][1] + runs[-1][2] == start:
            runs[-1] = (runs[-1][0], runs[-1][1], runs[-1][2] + end - start)
        else:
            runs.append((length, start, end - start))
        parts.append(read(text, (start, end)))
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
