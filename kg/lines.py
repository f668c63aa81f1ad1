"""The printed lines of a text as blocks: what a hard line break cut is one block again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from kg.cuts import read, unread, without
from kg.hyphens import Hyphens, hyphens_of
from kg.languages import Language
from kg.stretch import fold

# A document whose lines are nearly all shorter than this was broken at a page's width.
_WRAPPED_BELOW = {True: 130, False: 65}
_SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_STOP_SIGNS = "。；：，！？.;:,!?؛،؟…"
_END = re.compile(rf"([{_STOP_SIGNS}])[\s*”“\"'’»《》)）\]]*$")
_TRAILING_MARKER = re.compile(
    rf"(?:[\s{_SUPERSCRIPTS}*]|(?<=[。；，.;,]) ?\d{{1,3}}$|(?<=[.;,\s])\d{{1,3}} ?/$)+$"
)
# What a line's end does not part: a word, or among Chinese characters a symbol.
_WORD = {True: re.compile(r"\S+"), False: re.compile(r"[!-~]+|.")}
COMMAS = ",，،"
# What ends a paragraph that decides something.
STOPS = ".;。；؛"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A block of printed text: its characters in the source, piece by piece.

    ``apart`` tells that a blank line or page break stands before it, ``furniture`` that it
    belongs to the page and not to the text, ``opens`` that it may open a paragraph although it
    begins in a small letter.
    """

    text: str
    pieces: tuple[tuple[int, int], ...]
    apart: bool
    furniture: bool = False
    opens: bool = False

    @property
    def start(self) -> int:
        """Where it starts in the source."""
        return self.pieces[0][0]

    @cached_property
    def folded(self) -> str:
        """The text in the forms patterns are written in."""
        return fold(self.text)

    def place(self, offset: int) -> int:
        """The source offset of a character of ``text``."""
        for start, end in self.pieces:
            if offset < end - start:
                return start + offset
            offset -= end - start
        return self.pieces[-1][1]

    def before(self, offset: int) -> Line:
        """The first ``offset`` characters of the block, white space at their end left out."""
        text, left, pieces = self.text[:offset].rstrip(), len(self.text[:offset].rstrip()), []
        for start, end in self.pieces:
            if left > 0:
                pieces.append((start, min(end, start + left)))
            left -= end - start
        return replace(self, text=text, pieces=tuple(pieces))

    def after(self, offset: int) -> Line:
        """The block without its first ``offset`` characters."""
        left, pieces = offset, []
        for start, end in self.pieces:
            cut = min(left, end - start)
            left -= cut
            pieces.append((start + cut, end))
        kept = tuple(piece for piece in pieces if piece[0] < piece[1])
        return replace(self, text=self.text[offset:], pieces=kept or tuple(pieces[-1:]))

    def ended(self) -> str:
        """The stop it ends with, footnote markers and closing quotes aside; "" if none.

        A list broken at "、" goes on: that is a comma inside a sentence.
        """
        return self._stop

    @cached_property
    def _stop(self) -> str:
        last = self.text[-1:]
        if last in _STOP_SIGNS:
            return last
        if last.isalpha():
            return ""
        bare = _TRAILING_MARKER.sub("", self.text[-80:])
        found = _END.search(bare)
        return found[1] if found else ""

    def quoting(self) -> bool:
        """Whether it ends inside a quotation, such as the title of what it cites."""
        text = self.text[-200:]
        return any(text.rfind(left) > text.rfind(right) for left, right in ("“”", "«»", "《》"))

    def goes_on(self) -> bool:
        """Whether it starts in the middle of a sentence: in lower case, where letters have it.

        Not so a clause of a language that opens its paragraphs in small letters (``opens``).
        """
        return self.text[:1].islower() and not self.opens


def lines_of(text: str) -> Iterator[Line]:
    """The lines that are not blank, without mark-up and white space at both ends."""
    apart = True
    for found in re.finditer(r"[^\n\f]*(?:\n|\f|$)", text):
        line = found[0].strip()
        pieces = without((0, len(line)), unread(line)) if line else []
        bare = "".join(read(line, piece) for piece in pieces)
        if bare.strip():
            start = found.start() + found[0].index(line)
            moved = tuple((low + start, high + start) for low, high in pieces)
            whole = Line(text=bare, pieces=moved, apart=apart)
            blank = len(bare) - len(bare.lstrip())
            yield whole.after(blank) if blank else whole
        apart = "\f" in found[0] or not line


def blocks_of(text: str, language: Language) -> tuple[Line, ...]:
    """The blocks of a text: its lines, joined again where they were cut at a page's width."""
    lines = _furnished(tuple(_opening(lines_of(text), language)), text, language)
    lines = tuple(_numbered(lines, text))
    running = tuple(line for line in lines if not line.furniture)
    starts = _starts(running, language)
    wholly = starts[True] > 1 and not starts[False]
    if not wholly and not _wrapped(running, spaced=language.spaced):
        return lines
    layout = _Layout(
        language=language,
        width=sorted(len(line.text) for line in running)[len(running) * 9 // 10],
        parted=starts[True] > 3 * starts[False],
        hyphens=hyphens_of(text),
    )
    blocks: list[Line] = []
    last_length, opened = 0, False
    for at, line in enumerate(lines):
        if blocks and not line.apart and layout.goes_on(blocks[-1], line, last_length, opened):
            blocks[-1] = joined(blocks[-1], line, text, layout.hyphens, spaced=language.spaced)
        else:
            # Behind a line that ends before its time a new block begins, blank line or not.
            short = bool(blocks) and layout.short(blocks[-1], line, last_length)
            blocks.append(replace(line, apart=True) if short and not line.apart else line)
        opened = opened or _speaks(lines[at : at + 4], language)
        last_length = len(line.text)
    return tuple(blocks)


def _speaks(lines: Sequence[Line], language: Language) -> bool:
    """Whether an organ begins to speak: its name alone, as on a title page, ends in no comma
    and no clause follows it."""
    if language.first("opening", lines[0].folded, at=0) is None:
        return False
    after = next((line for line in lines[1:] if not line.furniture), None)
    clause = after and language.first("clause-start", after.folded, at=0)
    return bool(lines[0].ended() or clause)


def _opening(lines: Iterable[Line], language: Language) -> Iterator[Line]:
    """The lines, those told that open a clause in small letters (ссылаясь на …)."""
    for line in lines:
        opens = language.first("clause-low", line.folded, at=0) is not None
        yield replace(line, opens=opens) if opens else line


# The number or letter of a paragraph that a converter set in a line of its own.
_NUMBER_ALONE = re.compile(r"[0-9]{1,3}\s?\.|\(?(?:[0-9]{1,2}|[^\W\d_]{1,5})\)")


def _numbered(lines: Iterable[Line], text: str) -> Iterator[Line]:
    """The lines, numbers and letters that stand alone joined with what they number."""
    waiting: Line | None = None
    for line in lines:
        if waiting is None:
            waiting = line
        elif _numbers(waiting, line) and "\f" not in text[waiting.start : line.start]:
            waiting = joined(waiting, line, text)
        else:
            yield waiting
            waiting = line
    if waiting is not None:
        yield waiting


def _numbers(alone: Line, line: Line) -> bool:
    if alone.furniture or line.furniture or not line.text[0].isalpha():
        return False
    return _NUMBER_ALONE.fullmatch(alone.folded) is not None


def _furnished(lines: Sequence[Line], text: str, language: Language) -> tuple[Line, ...]:
    """The lines with the page's furniture told: by its form, or printed again at every page."""
    known = [language.first("furniture", line.folded, at=0) is not None for line in lines]
    marks = [
        sure or language.first("own-symbol", line.folded, at=0) is not None
        for line, sure in zip(lines, known, strict=True)
    ]
    beside = [_beside(lines, marks, index, text) for index in range(len(lines))]
    close = [line for line, near in zip(lines, beside, strict=True) if near]
    heads = Counter(_masked(line) for line in close if len(line.text) < 120)
    symbols: set[str] = set()
    told: list[Line] = []
    for line, sure, near, mark in zip(lines, known, beside, marks, strict=True):
        if sure or (
            near and not line.ended() and (heads[_masked(line)] > 1 or line.text in symbols)
        ):
            line = replace(line, furniture=True)
        if mark:
            symbols.add(line.text)
        told.append(line)
    return tuple(told)


def _masked(line: Line) -> str:
    return re.sub(r"\d+", "0", line.text)


def _beside(lines: Sequence[Line], known: Sequence[bool], index: int, text: str) -> bool:
    """Whether a line stands at a page's end: beside furniture or a form feed."""
    first, last = max(0, index - 1), min(index + 1, len(lines) - 1)
    if (first < index and known[first]) or (last > index and known[last]):
        return True
    for before in range(first, last):
        end = lines[before].pieces[-1][1]
        if "\f" in text[end : end + 3]:
            return True
    return False


def _wrapped(lines: Sequence[Line], *, spaced: bool) -> bool:
    if not lines:
        return False
    pairs = [(a, b) for a, b in pairwise(lines) if not b.apart]
    open_ended = sum(not a.ended() and b.goes_on() for a, b in pairs)
    if spaced and len(pairs) > 2 and open_ended > len(pairs) // 3:
        return True
    lengths = sorted(len(line.text) for line in lines)
    if len(pairs) + lines[0].apart < len(lines) // 3:
        return False
    return lengths[len(lengths) * 49 // 50] <= _WRAPPED_BELOW[spaced]


def _starts(lines: Sequence[Line], language: Language) -> Counter[bool]:
    """How many paragraphs have a blank line before them, and how many have none.

    Where they have, a line without one goes on with the paragraph before it.
    """
    return Counter(
        after.apart
        for before, after in pairwise(lines)
        if before.ended()
        and not after.goes_on()
        and any(language.first(kind, after.folded, at=0) for kind in ("numbered", "clause-start"))
    )


# Lines that start a block wherever they stand, and those that do so between sentences.
_STARTERS = ("opening", "numbered", "item", "footnote", "furniture")
_BETWEEN = ("text", "section", "annex", "closing", "front", "vote-list", "own-symbol")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layout:
    """How a document is set: its width, and whether blank lines part its paragraphs."""

    language: Language
    width: int
    parted: bool
    hyphens: Hyphens

    def goes_on(self, before: Line, line: Line, length: int, opened: bool) -> bool:
        """Whether an adjacent line belongs to the block before it."""
        if line.furniture or before.furniture or self._any(_STARTERS, line):
            return self._ends(before, line, length, opened)
        if before.apart and re.fullmatch("[A-Z]", before.text):
            return False
        stop = before.ended()
        if line.goes_on() and opened and not self._any(("opening",), before):
            return True
        if (stop or not opened) and self._any(_BETWEEN, line):
            return False
        if self._any(("text", "opening") if opened else ("text", "opening", "front"), before):
            return False
        if self.parted and opened:
            return True
        if self._forced(line, length) and (stop or self.language.spaced):
            return False
        if stop and stop in COMMAS:
            return line.goes_on() or before.quoting() or not self._any(("clause-start",), line)
        if stop and stop in ";:؛" and line.text[0].isupper() and not before.quoting():
            return False
        return not stop or length > 0.8 * self.width

    def _ends(self, before: Line, line: Line, length: int, opened: bool) -> bool:
        """Whether what looks like an organ's opening, or a note that lost its number, is the
        last line of the sentence or note before it."""
        if line.furniture or before.furniture or before.ended() or self._forced(line, length):
            return False
        if self._any(("footnote",), before):
            note = self.language.first("footnote", line.folded, at=0)
            return note is not None and not note[1]["n"]
        opening = self.language.first("opening", line.folded, at=0) if opened else None
        return opening is not None and opening[0].value == "tail"

    def short(self, before: Line, line: Line, length: int) -> bool:
        """Whether a line begins a block because the line before it ended before its time."""
        return not (line.goes_on() or before.furniture) and self._forced(line, length)

    def _forced(self, line: Line, length: int) -> bool:
        """Whether the first word of a line had room on the line before, and was set apart."""
        word = _WORD[self.language.spaced].match(line.text)
        return length + 1 + (word.end() if word else 1) <= 0.8 * self.width

    def _any(self, kinds: Sequence[str], line: Line) -> bool:
        return any(self.language.first(kind, line.folded, at=0) for kind in kinds)


def joined(
    before: Line, line: Line, text: str, hyphens: Hyphens | None = None, *, spaced: bool = True
) -> Line:
    """Two lines as one block; the line end between them is a space where words are spaced.

    A hyphen that only the line's end put there goes.
    """
    (start, end), first = before.pieces[-1], line.pieces[0]
    if hyphens and hyphens.soft(before.text, line.text):
        pieces = (*before.pieces[:-1], (start, end - 1), *line.pieces)
        return replace(before, text=before.text[:-1] + line.text, pieces=pieces)
    blank = re.search(r"\s", text[end : first[0]])
    gap: tuple[tuple[int, int], ...] = ()
    if blank and not before.text.endswith("-") and (spaced or _latin(before, line)):
        gap = ((end + blank.start(), end + blank.end()),)
    words = "".join(text[low:high] for low, high in gap)
    return replace(
        before, text=before.text + words + line.text, pieces=(*before.pieces, *gap, *line.pieces)
    )


def _latin(before: Line, line: Line) -> bool:
    """Whether letters of an alphabet meet where words otherwise stand without spaces."""
    ends = before.text[-1:] + line.text[:1]
    return ends.isascii() and ends.isalnum()
