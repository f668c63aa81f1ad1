"""Words of known names that are one letter off: a scan's "oonvention", a typist's "Traffiking".

A word that no name has and that one letter parts from a word of the names is read as that word,
and the number of a note that was left in a name is overlooked; a name found so must be long
enough for the slip to leave no doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.languages import load_language
from kg.recognise.names import FULL, Finder, finder

# Shorter words differ by a letter from too many others.
_WORD = re.compile(r"[^\W\d_]{5,}")
# A name read with a slip has this many words, and one slip for as many.
_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Misspelt:
    """A name found with slips: its place in the text, and the name as it should be spelt."""

    start: int
    end: int
    name: str


class Speller:
    """The words of a set of names, and what is one letter off them.

    >>> Speller(["Convention on the Rights of the Child"]).word("oonvention")
    'Convention'
    >>> Speller(["Convention on the Rights of the Child"]).word("Conventions") is None
    True
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._words = {word for name in names for word in _WORD.findall(name)}
        self._near: dict[str, list[str]] = {}
        for word in sorted(self._words):
            for shorter in _shortened(word):
                self._near.setdefault(shorter, []).append(word)
        self._known: dict[str, str | None] = {}

    def word(self, printed: str) -> str | None:
        """The one word of the names that a printed word misspells."""
        if printed not in self._known:
            self._known[printed] = self._correct(printed)
        return self._known[printed]

    def _correct(self, printed: str) -> str | None:
        if printed in self._words or printed.isupper():
            return None
        near = {word for shorter in _shortened(printed) for word in self._near.get(shorter, ())}
        found = sorted(word for word in near if _slip(printed, word))
        return found[0] if len({word.lower() for word in found}) == 1 else None


def _shortened(word: str) -> set[str]:
    """The word, and the word without any one of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


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
    table = load_language(language)
    return Speller(finder("instrument", language, spaced=table.spaced, kinds=FULL).printed)


def misspelt_in(text: str, language: str, known: Finder) -> Iterator[Misspelt]:
    """The names in a text that are found only when its slips are mended."""
    edits = _edits(text, language)
    if not edits:
        return
    spelt, mended = _mended(text, edits)
    for name in known.find(spelt):
        slips = [at for at in mended if name.start <= at.start and at.end <= name.end]
        whole = spelt[name.start : name.end]
        if slips and len(whole.split()) >= _WORDS * len(slips):
            start, end = (_place(at, mended) for at in (name.start, name.end))
            yield Misspelt(start=start, end=end, name=whole)


def _edits(text: str, language: str) -> list[tuple[int, int, str]]:
    """What to put where: words spelt right, and nothing for stray note numbers ("name-stray")."""
    speller = _speller(language)
    words = ((found.span(), speller.word(found[0])) for found in _WORD.finditer(text))
    edits = [(*span, right) for span, right in words if right is not None]
    strays = load_language(language).matches("name-stray", text)
    return sorted([*edits, *((*found.span(), "") for _, found in strays)])


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
