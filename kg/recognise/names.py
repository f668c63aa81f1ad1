"""Finding the authority's names in text: longest first, white space and brackets aside."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.authority import LabelKind, Scheme, load_authority
from kg.stretch import fold

FULL: tuple[LabelKind, ...] = ("preferred", "alternative", "formal", "former", "hidden")
ALL: tuple[LabelKind, ...] = (*FULL, "short")
# Left out of both names and text in languages written without spaces: the UN brackets a name
# or not (《联合国宪章》, 联合国宪章) and sets spaces around digits or not.
_KEPT = {
    False: re.compile(r"[^\s《》〈〉“”‘’\"()·]+"),
    True: re.compile(r"\S+(?: (?=\S))?|[ ](?=\S)"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name found: its place in the text and the keys of what it may stand for."""

    start: int
    end: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Squeezed:
    """A text without white space and brackets, with the way back."""

    text: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]

    def place(self, offset: int) -> int:
        """Where a character of the squeezed text stands in the text."""
        run = bisect_right(self.starts, offset) - 1
        return self.sources[run] + offset - self.starts[run]


def squeeze(text: str, *, spaced: bool) -> Squeezed:
    """What names are compared by: forms folded, brackets and odd white space left out.

    >>> squeeze("《2030 年可持续发展议程》", spaced=False).text
    '2030年可持续发展议程'
    """
    starts, sources, parts, length = [], [], [], 0
    for found in _KEPT[spaced].finditer(fold(text)):
        starts.append(length)
        sources.append(found.start())
        parts.append(found[0])
        length += len(found[0])
    return Squeezed(text="".join(parts), starts=tuple(starts), sources=tuple(sources))


class Finder:
    """Finds the names of one scheme in one language; made once, used for every text."""

    def __init__(self, names: Mapping[str, tuple[str, ...]], *, spaced: bool) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        folded: dict[str, set[str]] = {}
        for name, keys in names.items():
            folded.setdefault(squeeze(name, spaced=spaced).text, set()).update(keys)
        self.spaced = spaced
        self.names = tuple(name for name in sorted(folded) if name)
        self.keys = tuple(tuple(sorted(folded[name])) for name in self.names)
        self._automaton = AhoCorasick(self.names, matchkind=MatchKind.LeftmostLongest)

    def find(self, text: str) -> Iterator[Named]:
        """The names in a text, left to right, none inside a longer one."""
        squeezed = squeeze(text, spaced=self.spaced)
        for index, start, end in self._automaton.find_matches_as_indexes(squeezed.text):
            if not self.spaced or _whole_words(squeezed.text, start, end):
                yield Named(
                    start=squeezed.place(start),
                    end=squeezed.place(end - 1) + 1,
                    keys=self.keys[index],
                )

    def keys_of(self, name: str) -> tuple[str, ...]:
        """What a whole printed name stands for, nothing if it is no name."""
        wanted = squeeze(name, spaced=self.spaced).text
        return self.keys[self.names.index(wanted)] if wanted in self.names else ()


def _whole_words(text: str, start: int, end: int) -> bool:
    left, right = text[max(0, start - 1) : start], text[end : end + 1]
    return not (left.isalnum() or right.isalnum())


@cache
def finder(
    scheme: Scheme, language: str, *, spaced: bool, kinds: tuple[LabelKind, ...] = FULL
) -> Finder:
    """The finder of a scheme's names in a language."""
    return Finder(load_authority().names(scheme, language, kinds=kinds), spaced=spaced)


def find_plain(names: Mapping[str, tuple[str, ...]], text: str, *, spaced: bool) -> Iterator[Named]:
    """What ``Finder.find`` gives, by one plain regular expression: its oracle in the tests."""
    folded: dict[str, set[str]] = {}
    for name, keys in names.items():
        folded.setdefault(squeeze(name, spaced=spaced).text, set()).update(keys)
    words = sorted((name for name in folded if name), key=lambda name: (-len(name), name))
    squeezed = squeeze(text, spaced=spaced)
    for found in re.finditer("|".join(map(re.escape, words)) or r"(?!)", squeezed.text):
        if not spaced or _whole_words(squeezed.text, found.start(), found.end()):
            yield Named(
                start=squeezed.place(found.start()),
                end=squeezed.place(found.end() - 1) + 1,
                keys=tuple(sorted(folded[found[0]])),
            )
