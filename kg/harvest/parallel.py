"""Names at the same place of parallel language versions: what one language calls the other's.

Two paragraphs are compared where they have the same place in both versions and name as many
instruments; each instrument known in both must be the same, and a name is taken for another's
translation only where nothing else is left that it could be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import combinations
from statistics import median

from kg.authority import load_authority
from kg.harvest.model import Named, Passage, Version
from kg.numerals import value_of

Pair = tuple[Named, Named]
# How far a translation's length may be from the usual: this share of it, or a few letters.
_SLACK = 0.3
_LEAST = 5.0


def pairs_of(versions: Sequence[Version]) -> Iterator[Pair]:
    """The names that stand for each other in the versions of one work."""
    for one, other in combinations(versions, 2):
        if one.language != other.language:
            for first, second in _places(one, other):
                yield from aligned(first, second)


def _places(one: Version, other: Version) -> Iterator[tuple[Passage, Passage]]:
    """The paragraphs at the same place; a place that a version has twice is none.

    Where paragraphs are numbered by counting, one lost in a version shifts the rest: a place
    is trusted where both have as many of its kind, or cite or name something in common.
    """
    if len(one.passages) == len(other.passages) == 1:
        yield one.passages[0], other.passages[0]
        return
    ours, theirs = _by_place(one), _by_place(other)
    count, their_count = _counts(one), _counts(other)
    for place, passage in ours.items():
        if place in theirs:
            even = count[place[:2]] == their_count[place[:2]]
            if _in_common(passage, theirs[place], even=even):
                yield passage, theirs[place]


def _counts(version: Version) -> Counter[tuple[str | None, str]]:
    return Counter((p.label, p.kind) for p in version.passages)


def _in_common(one: Passage, other: Passage, *, even: bool) -> bool:
    if one.cited and other.cited:
        return not one.cited.isdisjoint(other.cited)
    ours = {n.target for n in one.named if n.target}
    return even or not ours.isdisjoint(n.target for n in other.named if n.target)


def _by_place(version: Version) -> dict[tuple[str | None, str, str], Passage]:
    places = [(p.label, p.kind, p.n) for p in version.passages]
    counts = Counter(places)
    pairs = zip(places, version.passages, strict=True)
    return {place: passage for place, passage in pairs if counts[place] == 1}


def aligned(first: Passage, second: Passage) -> Iterator[Pair]:
    """The pairs of names of two paragraphs that name the same instruments.

    Counts must be equal, nouns alone aside. What both know is a pair; of the rest, one name
    each is a pair, and several are pairs in their order where the order of the known ones
    agrees and no other pairing of the nouns is possible.
    """
    ours = [n for n in first.named if n.target or not n.generic]
    theirs = [n for n in second.named if n.target or not n.generic]
    if not ours or len(ours) != len(theirs):
        return
    known = {n.target: n for n in theirs if n.target}
    shared = [n.target for n in ours if n.target in known]
    same_order = shared == [n.target for n in theirs if n.target in shared]
    left = [n for n in ours if n.target not in shared]
    right = [n for n in theirs if n.target not in shared]
    yield from ((n, known[n.target]) for n in ours if n.target in known)
    if len(left) > 1 and not (same_order and _distinct(left) and _distinct(right)):
        return
    found = list(zip(left, right, strict=True))
    if all(matching(a, b) for a, b in found):
        yield from found


def _distinct(named: Sequence[Named]) -> bool:
    """Whether the nouns alone tell the names apart."""
    return len({n.classes for n in named}) == len(named)


def matching(one: Named, other: Named, *, cut: bool = False) -> bool:
    """Whether two names can be one instrument's: nouns, numbers, parents and lengths agree.

    ``cut`` lets the first be a shorter form, without the numbers and length of the other.
    """
    if one.target and other.target and one.target != other.target:
        return False
    if one.generic or other.generic or not one.classes & other.classes:
        return False
    if one.parent and other.parent and one.parent != other.parent:
        return False
    if not (_ended(one, other) and _ended(other, one)):
        return False
    if cut:
        return numbers_of(one.name) <= numbers_of(other.name)
    return numbers_of(one.name) == numbers_of(other.name) and as_long(one, other)


def _ended(one: Named, other: Named) -> bool:
    """Whether a name ends where it seems to, judged by the other language's.

    Where an "and" follows, one must follow the other name too, which must be a known one and
    hold no more of them inside.
    """
    if one.cut and not one.full:
        return False
    if not one.goes_on:
        return True
    return other.goes_on and other.joins <= one.joins and (one.full or other.full)


def as_long(one: Named, other: Named) -> bool:
    """Whether two names are as long as translations are: none is cut off, none runs on.

    >>> _usual("en", "zh") < 0.5 < 1.0 < _usual("en", "fr")
    True
    """
    expected = len(one.name) * _usual(one.language, other.language)
    slack = max(_LEAST, expected * _SLACK)
    return abs(len(other.name) - expected) <= slack


@cache
def _usual(language: str, other: str) -> float:
    """How long names in one language usually are for names in another, by the authority."""
    ratios = [
        len(entity.label(other)) / len(entity.label(language))
        for entity in load_authority().instruments.values()
        if {language, other} <= {n.language for n in entity.labels if n.kind == "preferred"}
    ]
    return median(ratios) if ratios else 1.0


def numbers_of(name: str) -> Counter[int]:
    """The numbers that a name prints, whatever its script and words.

    >>> numbers_of("Agenda 21") == numbers_of("21世纪议程")
    True
    """
    found = re.findall(r"\d+", name)
    return Counter(v for text in found if (v := value_of(text)) is not None)
