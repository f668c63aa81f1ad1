"""States in text, and lists of states with nothing left over."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.languages import Language
from kg.recognise.names import Named, finder


@dataclass(frozen=True, slots=True, kw_only=True)
class StateList:
    """The states of a list in printed order, and the words in it that name no state."""

    states: tuple[Named, ...]
    leftovers: tuple[tuple[int, int], ...]


def states_in(text: str, language: Language) -> Iterator[Named]:
    """The states a folded text names; a name with two readings is left out."""
    for name in finder("state", language.code, spaced=language.spaced).find(text):
        if len(name.keys) == 1:
            yield name


def state_list(text: str, language: Language, *, offset: int = 0) -> StateList:
    """A printed list of states taken apart; positions are moved by ``offset``.

    >>> from kg.languages import load_language
    >>> zh = load_language("zh")
    >>> [s.keys[0] for s in state_list("亚美尼亚、中非共和国和委内瑞拉玻利瓦尔共和国", zh).states]
    ['ARM', 'CAF', 'VEN']
    """
    states = tuple(states_in(text, language))
    leftovers = []
    at = 0
    for start, end in [*((s.start, s.end) for s in states), (len(text), len(text))]:
        gap = text[at:start]
        if gap.strip() and not language.first("state-joint", gap.strip()):
            leftovers.append((offset + at, offset + start))
        at = end
    moved = tuple(Named(start=s.start + offset, end=s.end + offset, keys=s.keys) for s in states)
    return StateList(states=moved, leftovers=tuple(leftovers))
