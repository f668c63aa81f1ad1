"""Organs in text, and whose short name ("the Commission", 缔约方会议) it is where it stands."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg.languages import Language, load_language
from kg.recognise.names import ALL, Named, finder
from kg.stretch import Stretch

# A name this short may be the tail of a longer body's name in a language without spaces.
_TAIL = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganMention:
    """An organ named in a text; ``key`` is None where a short name cannot be told apart."""

    start: int
    end: int
    key: str | None
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganMemory:
    """The organs a document names in full, by source offset, and who speaks in each section."""

    places: tuple[int, ...] = ()
    keys: tuple[str, ...] = ()

    def nearest(self, at: int, candidates: Iterable[str]) -> str | None:
        """The candidate named last before a source offset, else the first named after it."""
        wanted = frozenset(candidates)
        index = bisect_right(self.places, at)
        before = (key for key in reversed(self.keys[:index]) if key in wanted)
        after = (key for key in self.keys[index:] if key in wanted)
        return next(before, None) or next(after, None)


def named_organs(text: str, language: Language) -> tuple[Named, ...]:
    """The organ names in a folded text, full and short, tails of longer names left out."""
    return _named(text, language.code)


# A paragraph is asked for what the document remembers, and again for what it says itself.
@lru_cache(maxsize=2048)
def _named(text: str, code: str) -> tuple[Named, ...]:
    language = load_language(code)
    find = finder("organ", code, kinds=ALL).find
    return tuple(name for name in find(text) if _stands_alone(text, name, language))


def _stands_alone(text: str, name: Named, language: Language) -> bool:
    """Whether a name is an organ's: a short one may be the tail or the head of a longer name."""
    if language.spaced:
        if not _is_short(text[name.start : name.end], language):
            return True
        other = language.first("organ-left-not", text[max(0, name.start - 40) : name.start])
        return not (other or language.first("organ-right", text[name.end : name.end + 40]))
    if name.end - name.start > _TAIL:
        return True
    return language.first("organ-left", text[max(0, name.start - 8) : name.start]) is not None


def remember(stretches: Iterable[Stretch], language: Language) -> OrganMemory:
    """The organs that stretches name beyond doubt, in printed order."""
    found = sorted(
        (stretch.place(name.start), name.keys[0])
        for stretch in stretches
        for name in named_organs(stretch.folded, language)
        if len(name.keys) == 1 and not _is_short(stretch.folded[name.start : name.end], language)
    )
    return OrganMemory(places=tuple(p for p, _ in found), keys=tuple(k for _, k in found))


def _is_short(name: str, language: Language) -> bool:
    short = finder("organ", language.code, kinds=("short",))
    return bool(short.keys_of(name))


def organs_in(
    stretch: Stretch, language: Language, *, memory: OrganMemory, speaking: str | None
) -> list[OrganMention]:
    """The organs a stretch names; a short name is the speaker's, else the one named nearest."""
    mentions = []
    for name in named_organs(stretch.folded, language):
        key = name.keys[0] if len(name.keys) == 1 else None
        if _is_short(stretch.folded[name.start : name.end], language):
            key = memory.nearest(stretch.place(name.start), name.keys) or (
                speaking if speaking in name.keys else None
            )
        mentions.append(OrganMention(start=name.start, end=name.end, key=key, candidates=name.keys))
    return mentions
