"""Footnote markers that lost their raised form: plain digits that the line of notes expects.

A text from PDF prints « handicapées 1 , qu'elle », "resources4", "77/2285" for 77/228 and note
5. What such a digit is, its number tells: the notes of a document are marked in order.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from kg.languages import Language
from kg.lines import Line
from kg.numerals import value_of

_SURE = re.compile(r"[⁰¹²³⁴-⁹]+|\[\^(?P<md>\d{1,3})\]|<sup>\s?(?P<sup>\d{1,3})\s?</sup>")
# Set off by blanks before a stop that the language sets close, or glued to a word.
_STRONG = re.compile(
    r"(?=\d)(?:(?:(?<=[^\W\d_]\s)|(?<=[»”)\].,;'\"]\s))(?P<a>\d{1,3})(?=\s[,.)])"
    r"|(?<=[a-zà-ÿа-яё]{3})(?P<b>\d{1,3})(?=[\s,;.:)]|$)"
    r"|(?<!Rev\.)(?<!Add\.)(?<!Corr\.)(?:(?<=[a-zà-ÿа-яё)»”][,.;])|(?<=\d;))(?P<e>\d{1,3})(?=\s|$)"
    r"|(?<=[»”)\]》])(?P<c>\d{1,3})(?=[\s,;.:)]|$))"
)
_WEAK = re.compile(r"(?=\d)(?:(?<=[^\W\d_]\s)|(?<=[»”)\].,;'\"]\s))(?P<n>\d{1,3})(?=[\s,;.:)]|$)")
# Glued to a number that would be none with it: a resolution's above the thousand, a year's.
_GLUED = re.compile(
    r"(?=\d)(?:(?<![\w/.])\d{1,4}/\d{1,3}?(?P<a>\d{1,2})(?![\w/])"
    r"|(?:(?<![\w/.-])|(?<=[12]\d{3}-))(?:19|20)\d\d(?P<b>\d{1,2})(?![\w/-])"
    r"|(?:(?<=[12]\d{3}[.,;])|(?<=(?:19|20)\d\d\s))(?P<c>\d{1,3})(?=\s|$))"
)
# Glued to a word, or between a comma and words, no number stands by itself: a marker that may
# lead back to a note marked before.
_BACK = re.compile(
    r"(?=\d)(?:(?<=[^\W\d_][,;.]\s)|(?<=[a-zà-ÿ][,;.])|(?<=[a-zà-ÿ]{3}))(?P<n>\d{1,3})(?=\s[^\W\d_])"
)

_DIGIT = re.compile(r"[\d⁰¹²³⁴-⁹]")

Marked = tuple[int, int, int]
# Notes a candidate: its number, where it starts and ends, its rank.
_Add = Callable[[int | None, int, int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Candidate:
    number: int
    start: int
    end: int
    apart: bool  # set off by blanks on both sides
    rank: int  # 3 raised, 2 set off or glued to a word, 1 glued to a number, 0 plain, -1 led back


def markers_in(
    lines: Sequence[Line], language: Language, notes: Collection[int]
) -> tuple[Marked, ...]:
    """The markers of a text in printed order: number, start and end in the source.

    ``notes`` are the numbers of the notes that the document prints; without any, digits are
    markers only where several of them follow each other from 1.
    """
    found = sorted(
        (
            candidate
            for line in lines
            if _DIGIT.search(line.text)
            for candidate in _candidates(line, language, frozenset(notes))
        ),
        key=lambda c: (c.start, -c.rank),
    )
    taken: list[_Candidate] = []
    last = 0
    for candidate in found:
        if taken and candidate.start < taken[-1].end:
            continue
        if candidate.rank == 3 or _expected(candidate, last, notes):
            taken.append(candidate)
            last = max(last, candidate.number) if candidate.rank < 0 else candidate.number
    raised = any(c.rank == 3 for c in taken)
    if not notes and not raised and len(taken) < 2:
        return ()
    return tuple((c.number, c.start, c.end) for c in taken)


def _expected(candidate: _Candidate, last: int, notes: Collection[int]) -> bool:
    """Whether the line of notes goes on with a number; a strong one may pass some by."""
    number, first = candidate.number, min(notes, default=1)
    if candidate.rank < 0:
        return number in notes and number <= last
    if candidate.rank < 2:
        return number in notes and number == (last + 1 if last else first)
    passed = 9 if candidate.apart else 3
    return 1 <= number - last <= passed or (not last and abs(number - first) < 3)


def _candidates(line: Line, language: Language, notes: frozenset[int]) -> list[_Candidate]:
    text = line.folded
    found: list[_Candidate] = []

    def add(number: int | None, start: int, end: int, rank: int) -> None:
        if number:
            low, high = line.place(start), line.place(end - 1) + 1
            apart = text[end : end + 2] in (" ,", " .", " )")
            found.append(_Candidate(number=number, start=low, end=high, apart=apart, rank=rank))

    for m in _SURE.finditer(line.text):
        add(value_of(m["md"] or m["sup"] or m[0]), m.start(), m.end(), 3)
    for m in _STRONG.finditer(text):
        add(int(m[0]), m.start(), m.end(), 2)
    _add_written(text, language, notes, add)
    if not notes:
        return found
    for m in _GLUED.finditer(text):
        _add_glued(m, text, add)
    for regex, rank in ((_WEAK, 0), (_BACK, -1)) if language.all("before-number") else ():
        for m in regex.finditer(text):
            if int(m[0]) in notes and not _a_number(text, m.start(), language):
                add(int(m[0]), m.start(), m.end(), rank)
    return found


def _add_written(text: str, language: Language, notes: frozenset[int], add: _Add) -> None:
    """The markers that a language writes in a form of its own, such as "(3)" at a word."""
    for _, m in language.matches("marker", text):
        number = int(m["n"])
        add(number, m.start(), m.end(), 3 if number in notes else 2)


def _add_glued(m: re.Match[str], text: str, add: _Add) -> None:
    """Every way to cut a glued number that leaves a number the UN could have printed."""
    if m["c"]:
        add(int(m["c"]), m.start("c"), m.end("c"), 1)
        return
    whole = re.search(r"\d+$", m[0])
    assert whole
    digits = whole[0]
    for size in (1, 2):
        rest, tail = digits[:-size], digits[-size:]
        if m["b"] is not None and len(rest) != 4:
            continue
        if m["a"] is not None and (int(digits) < 1000 or not rest or int(rest) >= 1000):
            continue
        add(int(tail), m.end() - size, m.end(), 1)


def _a_number(text: str, at: int, language: Language) -> bool:
    """Whether the words around say that a number counts or dates something."""
    if language.first("before-number", text[max(0, at - 40) : at]):
        return True
    return any(language.first(kind, text, at=at) for kind in ("date", "day", "number"))
