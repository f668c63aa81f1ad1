"""Words of known names that are one letter off: a scan's "oonvention", a typist's "Traffiking".

A word that no name has and that one letter parts from a word of the names is read as that word;
a name found so must be long enough for the slip to leave no doubt.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from kg.languages import load_language
from kg.recognise.names import FULL, Finder, finder

# Shorter words differ by a letter from too many others.
_LONG = 5
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
        found = [word for word in near if _slip(printed, word)]
        return found[0] if len(found) == 1 else None


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
    speller = _speller(language)
    pieces, starts, mended, changed, end = [], [0], [0], [], 0
    length = 0
    for found in _WORD.finditer(text):
        right = speller.word(found[0])
        if right is None:
            continue
        pieces += [text[end : found.start()], right]
        length += found.start() - end
        changed.append((length, length + len(right)))
        length += len(right)
        end = found.end()
        starts.append(end)
        mended.append(length)
    if not changed:
        return
    spelt = "".join([*pieces, text[end:]])
    for name in known.find(spelt):
        slips = [span for span in changed if name.start <= span[0] and span[1] <= name.end]
        words = spelt[name.start : name.end].split()
        if slips and len(words) >= _WORDS * len(slips):
            low, high = (_place(at, mended, starts, changed) for at in (name.start, name.end))
            yield Misspelt(start=low, end=high, name=spelt[name.start : name.end])


def _place(at: int, mended: list[int], starts: list[int], changed: list[tuple[int, int]]) -> int:
    """Where an offset of the mended text lies in the printed one; a mended word lies whole."""
    for index, (low, high) in enumerate(changed):
        if low <= at < high:
            before = low - mended[index]
            return starts[index] + before
    index = bisect_right(mended, at) - 1
    return starts[index] + at - mended[index]
