"""States in text, and lists of states with nothing left over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from kg.authority import load_authority
from kg.languages import Language, load_language
from kg.recognise.names import FULL, Named, finder, forms_of, squeeze

_STOPS = re.compile("[,;、，；*]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of states in a list, named ("Group of 77 and China") or spelled out.

    ``start`` and ``end`` take in the words that lead to it and the brackets around it.
    """

    start: int
    end: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StateList:
    """The states of a list in printed order, its groups, and the words that name neither."""

    states: tuple[Named, ...]
    groups: tuple[Group, ...]
    leftovers: tuple[tuple[int, int], ...]

    @property
    def whole(self) -> bool:
        """Whether every word of the list is understood."""
        return bool(self.states or self.groups) and not self.leftovers


def states_in(text: str, language: Language) -> Iterator[Named]:
    """The states a folded text names; a name with two readings is left out.

    So is one that is part of something else: the dollar of a state, a lake.

    >>> from kg.languages import load_language
    >>> [s.keys[0] for s in states_in("Чад внес 20 долл. США", load_language("ru"))]
    ['TCD']
    """
    others = [found.span() for _, found in language.matches("state-not", text)]
    for name in finder("state", language.code).find(text):
        inside = any(start <= name.start and name.end <= end for start, end in others)
        if len(name.keys) == 1 and not inside:
            yield name


def state_list(text: str, language: Language, *, offset: int = 0) -> StateList:
    """A printed list of states taken apart; positions are moved by ``offset``.

    States named inside a group's name or behind "on behalf of" are the group's, not the list's.

    >>> from kg.languages import load_language
    >>> zh = load_language("zh")
    >>> [s.keys[0] for s in state_list("亚美尼亚、中非共和国和委内瑞拉玻利瓦尔共和国", zh).states]
    ['ARM', 'CAF', 'VEN']
    >>> listed = state_list("Cuba (on behalf of the Group of 77 and China)", load_language("en"))
    >>> [s.keys[0] for s in listed.states], [g.name for g in listed.groups], listed.leftovers
    (['CUB'], ['Group of 77 and China'], ())
    """
    groups = tuple(_groups(text, language))
    named = [s for s in states_in(text, language) if not _inside(s, groups)]
    named += _caseless(text, [*named, *groups], language)
    states = tuple(sorted(named, key=lambda s: s.start))
    leftovers = tuple(
        (offset + start, offset + end)
        for start, end in _gaps(text, [*states, *groups])
        if text[start:end].strip() and not language.first("state-joint", text[start:end].strip())
    )
    return StateList(
        states=tuple(
            Named(start=s.start + offset, end=s.end + offset, keys=s.keys) for s in states
        ),
        groups=tuple(
            Group(start=g.start + offset, end=g.end + offset, name=g.name) for g in groups
        ),
        leftovers=leftovers,
    )


def _groups(text: str, language: Language) -> Iterator[Group]:
    """Groups left to right; words that say "on behalf of" go before a group's bare name."""
    taken: list[tuple[int, int]] = []
    found = []
    for kind in ("behalf", "group"):
        for _, match in language.matches(kind, text):
            start, end = match.span()
            if any(start < e and s < end for s, e in taken):
                continue
            taken.append((start, end))
            close = text.find({"(": ")", "[": "]"}.get(text[start - 1 : start], "\0"), end)
            if close >= 0:
                # "(on behalf of the European Union, as well as Albania)": all of it is for whom.
                start, end = start - 1, close + 1
            found.append(Group(start=start, end=end, name=" ".join(match["group"].split())))
    yield from sorted(found, key=lambda group: group.start)


def _inside(state: Named, groups: tuple[Group, ...]) -> bool:
    return any(group.start <= state.start and state.end <= group.end for group in groups)


def _gaps(text: str, taken: list[Named | Group]) -> Iterator[tuple[int, int]]:
    at = 0
    for start, end in sorted((name.start, name.end) for name in taken):
        yield at, start
        at = max(at, end)
    yield at, len(text)


def _caseless(text: str, taken: list[Named | Group], language: Language) -> Iterator[Named]:
    """Members of a list that no name is: another letter case ("United states of America"), or
    one letter off a single state's name ("Cameron")."""
    names, forms = _folded_names(language.code), forms_of(language)
    for start, end in _gaps(text, taken):
        for low, high in _items(text, start, end, language):
            word = squeeze(text[low:high], forms=forms).text.casefold()
            keys = names.get(word) or _misprinted(word, names)
            if len(keys) == 1:
                yield Named(start=low, end=high, keys=keys)


def _items(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """The members between the joints of a stretch of a list."""
    cuts = [m.span() for m in _STOPS.finditer(text[start:end])]
    cuts += [m.span() for _, m in language.matches("state-cut", text[start:end])]
    at = 0
    for low, high in [*sorted(cuts), (end - start, end - start)]:
        words = text[start + at : start + low]
        if words.strip():
            first = start + at + len(words) - len(words.lstrip())
            yield first, first + len(words.strip())
        at = max(at, high)


# Short names lie too near each other to be told from a misprint (Iran, Iraq).
_LONG = 6


def _misprinted(word: str, names: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The one state whose name differs from a word by one letter, nothing if there are two."""
    if len(word) < _LONG:
        return ()
    near = {keys for name, keys in names.items() if len(name) >= _LONG and _one_off(word, name)}
    return near.pop() if len(near) == 1 else ()


def _one_off(one: str, other: str) -> bool:
    """Whether a letter was changed, lost, added, or two neighbours swapped.

    >>> _one_off("cameron", "cameroon"), _one_off("slovenia", "slovakia")
    (True, False)
    """
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    pairs = enumerate(zip(one, other, strict=False))
    start = next((i for i, (a, b) in pairs if a != b), min(len(one), len(other)))
    left, right = one[start:], other[start:]
    return (
        left[1:] == right[1:]
        or left == right[1:]
        or left[1:] == right
        or (left[:2] == right[1::-1] and left[2:] == right[2:])
    )


@cache
def _folded_names(code: str) -> Mapping[str, tuple[str, ...]]:
    forms = forms_of(load_language(code))
    found: dict[str, set[str]] = {}
    for name, keys in load_authority().names("state", code, kinds=FULL).items():
        found.setdefault(squeeze(name, forms=forms).text.casefold(), set()).update(keys)
    return {name: tuple(sorted(keys)) for name, keys in found.items()}
