"""Words of known names that are one letter off: a scan's "oonvention", a typist's "Traffiking".

A word that no name has and that one letter parts from a word of the names is read as that word,
and the number of a note that was left in a name is overlooked; a name found so must be long
enough for the slip to leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from kg.languages import load_language
from kg.recognise.names import FULL, Finder, finder, forms_of, unaccented

# Shorter words differ by a letter from too many others.
_WORD = re.compile(r"[^\W\d_]{5,}")
_TOKEN = re.compile(r"\w+")
# How far to look for the word beside another.
_BESIDE = 60
_LETTER = re.compile(r"[^\W\d_]")
# A name read with a slip has this many words, and one slip for as many.
_WORDS = 3
# A word is read as one of so many that it may misspell.
_READINGS = 3
# Words whose spelling is remembered, so that a long run keeps its size.
_REMEMBERED = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Misspelt:
    """A name found with slips: its place in the text, and the name as it should be spelt."""

    start: int
    end: int
    name: str


class Speller:
    """The words of a set of names, and what is one letter off them.

    >>> Speller(["Convention on the Rights of the Child"]).words("oonvention")
    ('Convention',)
    >>> Speller(["Convention on the Rights of the Child"]).words("Conventions")
    ()
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._words = {word for name in names for word in _WORD.findall(name)}
        self._near: dict[str, list[str]] = {}
        for word in sorted(self._words):
            for shorter in _shortened(word):
                self._near.setdefault(shorter, []).append(word)
        self._known: dict[str, tuple[str, ...]] = {}
        self._right: set[str] = set()  # printed between blanks, stops and all

    def words(self, printed: str) -> tuple[str, ...]:
        """The words of the names that a printed word may misspell."""
        if printed not in self._known:
            self._known[printed] = tuple(self._correct(printed))
        return self._known[printed]

    def doubts(self, text: str) -> dict[str, tuple[str, ...]]:
        """The words of a text that may be misspelt ones, each with what it may stand for."""
        if len(self._known) > _REMEMBERED or len(self._right) > _REMEMBERED:
            self._known.clear()
            self._right.clear()
        unsure = {*text.split()} - self._right
        doubted: dict[str, tuple[str, ...]] = {}
        for token in unsure:
            found = {w: right for w in _WORD.findall(token) if (right := self.words(w))}
            doubted.update(found)
            if not found:
                self._right.add(token)
        return doubted

    def _correct(self, printed: str) -> Iterator[str]:
        if printed in self._words or printed.isupper():
            return
        near: set[str] = set()
        for shorter in _shortened(printed):
            if shorter in self._near:
                near.update(self._near[shorter])
        found: set[str] = set()
        for word in sorted(word for word in near if _slip(printed, word)):
            if word.lower() not in found:
                found.add(word.lower())
                yield word


def _shortened(word: str) -> set[str]:
    """The word, and the word without any one of its letters."""
    return {word, *[word[:at] + word[at + 1 :] for at in range(len(word))]}


def _slip(printed: str, word: str) -> bool:
    """Whether one letter is wrong, too many or missing, or two have changed places.

    The last letters tell number and case, a capital tells a name: those are no slips.
    """
    if printed.lower() == word.lower() or printed.startswith(word) or word.startswith(printed):
        return False
    head = next((i for i, (a, b) in enumerate(zip(printed, word, strict=False)) if a != b), 0)
    ours, theirs = printed[head:], word[head:]
    if len(ours) == len(theirs):
        swapped = ours[1::-1] + ours[2:] == theirs
        return swapped or (ours[1:] == theirs[1:] and len(ours) > 1)
    return ours[1:] == theirs or ours == theirs[1:]


@cache
def _speller(language: str) -> Speller:
    return Speller(finder("instrument", language, kinds=FULL).printed)


def misspelt_in(text: str, language: str, known: Finder) -> Iterator[Misspelt]:
    """The names in a text that are found only when its slips are mended."""
    found: list[tuple[int, int]] = []
    for edits in _edits(text, language):
        spelt, mended = _mended(text, edits)
        for name in known.find(spelt):
            slips = [at for at in mended if name.start <= at.start and at.end <= name.end]
            whole = spelt[name.start : name.end]
            if not slips or len(whole.split()) < _WORDS * len(slips):
                continue
            start, end = (_place(at, mended) for at in (name.start, name.end))
            if all(close <= start or end <= low for low, close in found):
                found.append((start, end))
                yield Misspelt(start=start, end=end, name=whole)


def _edits(text: str, language: str) -> Iterator[list[tuple[int, int, str]]]:
    """What to put where: words spelt right, and nothing for stray note numbers ("name-stray").

    Once for each reading where a word may be one of several.
    """
    speller = _speller(language)
    doubted = speller.doubts(text)
    words = sorted((span, right) for word, right in doubted.items() for span in _places(word, text))
    strays = [
        (*found.span(), "") for _, found in load_language(language).matches("name-stray", text)
    ]
    if not strays and not forms_of(load_language(language)).cut:
        pairs = _pairs(language)
        words = [
            (span, right) for span, right in words if _in_place(text, span, right, doubted, pairs)
        ]
    readings = max((len(right) for _, right in words), default=1 if strays else 0)
    for turn in range(min(readings, _READINGS)):
        edits = [(*span, right[min(turn, len(right) - 1)]) for span, right in words]
        yield sorted([*edits, *strays])


def _in_place(
    text: str,
    span: tuple[int, int],
    right: Iterable[str],
    doubted: Container[str],
    pairs: Container[tuple[str, str]],
) -> bool:
    """Whether a word spelt right may be part of a name: a word beside it stands beside it there.

    No name is read with a slip that has not other words too, so one of the two is the name's.
    """
    start, end = span
    before, after = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
    left, next_words = _TOKEN.findall(before), _TOKEN.findall(after)
    if before[-1:].isalnum() or after[:1].isalnum() or "_" in (before[-1:], after[:1]):
        return True
    # A word that the stretch looked at cuts off may be any.
    if (len(left) < 2 and start > _BESIDE) or (len(next_words) < 2 and end + _BESIDE < len(text)):
        return True
    near = left[-1:] + next_words[:1]
    if any(word in doubted for token in near for word in _WORD.findall(token)):
        return True
    return any(
        (left and (unaccented(left[-1]), word) in pairs)
        or (next_words and (word, unaccented(next_words[0])) in pairs)
        for word in map(unaccented, right)
    )


@cache
def _pairs(language: str) -> frozenset[tuple[str, str]]:
    """The words that stand side by side in a known name, as names are compared."""
    names = finder("instrument", language, kinds=FULL).names
    return frozenset(pair for name in names for pair in pairwise(_TOKEN.findall(name)))


def _places(word: str, text: str) -> Iterator[tuple[int, int]]:
    """Where a word stands in a text as a whole word."""
    at = text.find(word)
    while at >= 0:
        end = at + len(word)
        if not (_LETTER.match(text, end) or (at and _LETTER.match(text, at - 1))):
            yield at, end
        at = text.find(word, end)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Mended:
    """A piece put in: its place in the mended text, and the place of what it stands for."""

    start: int
    end: int
    printed: tuple[int, int]


def _mended(text: str, edits: list[tuple[int, int, str]]) -> tuple[str, list[_Mended]]:
    pieces: list[str] = []
    mended: list[_Mended] = []
    end = length = 0
    for low, high, right in edits:
        pieces += [text[end:low], right]
        length += low - end
        mended.append(_Mended(start=length, end=length + len(right), printed=(low, high)))
        length += len(right)
        end = high
    return "".join([*pieces, text[end:]]), mended


def _place(at: int, mended: list[_Mended]) -> int:
    """Where an offset of the mended text, never inside a mended word, lies in the printed one.

    A name that ends at a stray number ends before it.
    """
    shift = 0
    for piece in mended:
        if at <= piece.start:
            break
        shift = piece.printed[1] - piece.end
    return at + shift
