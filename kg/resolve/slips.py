"""Names misprinted: the known name that differs from a printed one by a slip."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from functools import lru_cache

from kg.recognise.names import Finder

# Names this alike are one name misprinted (打击跨国组织犯罪公约 for 打击跨国有组织犯罪公约).
_ALIKE = 0.86
# Words that may be missing together from a name that has this many left.
_GONE, _MANY = 3, 7
# Shorter names differ by a slip from too many others.
_LONG = 8


def misprint(wanted: str, known: Finder, *, spaced: bool) -> set[str]:
    """The keys of the names nearest to a squeezed one: same numbers, same noun at the end.

    >>> names = {"联合国打击跨国有组织犯罪公约": ("untoc",), "联合国反腐败公约": ("uncac",)}
    >>> from kg.recognise.names import Forms
    >>> finder = Finder(names, forms=Forms(spaced=False))
    >>> misprint("联合国打击跨国组织犯罪公约", finder, spaced=False)
    {'untoc'}
    """
    return set(_misprinted(wanted, known, spaced)) if len(wanted) >= _LONG else set()


# A document names the same unknown instrument again and again.
@lru_cache(maxsize=4096)
def _misprinted(wanted: str, known: Finder, spaced: bool) -> frozenset[str]:
    scored = [
        (ratio, known.keys[at])
        for at in known.by_end.get(wanted[-2:], ())
        if _like(wanted, known.names[at], spaced=spaced)
        and (ratio := _ratio(wanted, known.names[at])) >= _ALIKE
    ]
    best = max((ratio for ratio, _ in scored), default=0.0)
    return frozenset(key for ratio, keys in scored if ratio > best - 0.02 for key in keys)


def _like(wanted: str, name: str, *, spaced: bool) -> bool:
    if abs(len(name) - len(wanted)) > 0.3 * len(wanted):
        return False
    if re.findall(r"\d+", name) != re.findall(r"\d+", wanted):
        return False
    return not spaced or _one_slip(wanted, name)


def _ratio(wanted: str, name: str) -> float:
    matcher = SequenceMatcher(None, wanted, name, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= _ALIKE else 0.0


def _one_slip(printed: str, known: str) -> bool:
    """Whether two names differ in words that are each other's misspelling, word by word.

    Words may be missing from a long name (Convention on the Elimination of Racial Discrimination
    for "… of All Forms of Racial Discrimination") where nothing else differs.
    """
    ours, theirs = printed.lower().split(), known.lower().split()
    if len(ours) != len(theirs):
        return _dropped(ours, theirs)
    slips = [(a, b) for a, b in zip(ours, theirs, strict=True) if a != b]
    small = [pair for pair in slips if max(map(len, pair)) < 4]
    return len(small) < 2 and all(
        min(len(a), len(b)) > 3 and SequenceMatcher(None, a, b).ratio() >= _ALIKE
        for a, b in slips
        if (a, b) not in small
    )


def _dropped(short: list[str], long: list[str]) -> bool:
    """Whether a few words together inside a name of many words are all that the shorter lacks."""
    gone = len(long) - len(short)
    if not 0 < gone <= _GONE or len(short) < _MANY:
        return False
    at = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return 0 < at < len(short) - 1 and short[at:] == long[at + gone :]
