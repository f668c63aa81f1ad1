"""What the words around a resolution's number say of its owner: an organ, "its", or a list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from kg.languages import Language
from kg.recognise.organs import OrganMention
from kg.resolve.owners import Claim
from kg.symbol import has_series

# Words between an organ and a number it owns are no more than this.
_FAR = 400


# A noun with the words that may follow it, and the gap from its organ to a number, are no more
# than this.
_NOUN, _GAP = 480, 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Noun:
    """The noun before a number: where it starts, and what it says of the number's owner itself.

    The organ may stand between the two (قرار الجمعية العامة 70/1), or a possessive be the
    noun's own ending (قرارها 70/1). ``value`` is the pattern's: "RES" or "DEC".
    """

    value: str | None
    start: int
    organ: OrganMention | None = None
    possessive: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a number stands: its start, its end, and the ends of those that follow in its list."""

    start: int
    ends: tuple[int, ...]


def claim_of(
    text: str,
    language: Language,
    organs: Sequence[OrganMention],
    place: Place,
    *,
    speaking: str | None,
) -> Claim | None:
    """What the words before (or behind) a number say of its owner, None if nothing."""
    noun = noun_before(text, language, organs, place.start)
    if noun and noun.organ:
        return _claim(noun.organ)
    if noun and noun.possessive:
        return _possessed(text, language, organs, noun.start, speaking, place.ends[-1])
    start = noun.start if noun else place.start
    inside = [organ for organ in organs if start <= organ.start and organ.end <= place.start]
    if inside:
        return _claim(inside[-1])
    found = _named_behind(text, language, organs, place.ends[0])
    found = found or _before(text, language, organs, start, speaking, place.ends[-1])
    found = found or _behind(text, language, organs, place.ends)
    if found is None and language.first("foreign-before", text[max(0, start - _FAR) : start]):
        return Claim(organ=None, kind="foreign")
    return found


def carried(
    text: str,
    language: Language,
    organs: Sequence[OrganMention],
    before: tuple[int, Claim | None] | None,
    start: int,
) -> Claim | None:
    """The claim of the list before, where only a list word stands between.

    ``before`` is where that list ends and what claims it; a list named is a list's claim.
    """
    if before is None or before[1] is None:
        return None
    gap = text[before[0] : start]
    linked = language.first("date-shared", gap) or language.first("carry-gap", gap)
    if linked is None or any(before[0] <= organ.start < start for organ in organs):
        return None
    return listed(before[1])


def listed(claim: Claim | None) -> Claim | None:
    """A claim as it holds for the next number of the list."""
    if claim is None or claim.kind != "named":
        return claim
    return Claim(organ=claim.organ, kind="list", candidates=claim.candidates, near=claim.near)


def noun_before(
    text: str, language: Language, organs: Sequence[OrganMention], start: int
) -> Noun | None:
    """The noun that stands before a number, its organ between them or not; None if none."""
    found = _noun_at(text, language, start)
    if found is not None or not language.all("organ-gap"):
        return found
    for organ in reversed([o for o in organs if o.end <= start and start - o.end < _GAP]):
        if language.first("organ-gap", text[organ.end : start]):
            found = _noun_at(text, language, organ.start)
            return replace(found, organ=organ) if found else None
    return None


def _noun_at(text: str, language: Language, end: int) -> Noun | None:
    low = max(0, end - _NOUN)
    found = language.first("head-before", text[low:end])
    if found is None:
        return None
    possessive = bool(found[1].groupdict().get("possessive"))
    return Noun(value=found[0].value, start=low + found[1].start(), possessive=possessive)


def _before(
    text: str,
    language: Language,
    organs: Sequence[OrganMention],
    start: int,
    speaking: str | None,
    end: int,
) -> Claim | None:
    """The nearest organ or possessive before a place that the words between let own it."""
    for low, high, organ in _owners(text, language, organs, start):
        if start - high > _FAR:
            break
        if language.first("organ-link", text[high:start]):
            if organ is not None and organ.key and not has_series(organ.key):
                if any(comma in text[high:start] for comma in ",，،"):
                    continue
                return Claim(organ=None, kind="foreign")
            if organ is not None:
                return _claim(organ)
            return _possessed(text, language, organs, low, speaking, end)
    return None


def _claim(organ: OrganMention) -> Claim:
    others = organ.candidates if len(organ.candidates) > 1 else ()
    return Claim(organ=organ.key, candidates=others)


def _owners(
    text: str, language: Language, organs: Sequence[OrganMention], before: int
) -> Iterator[tuple[int, int, OrganMention | None]]:
    """Organs and possessives (None) that end before a place, nearest first."""
    owners: list[tuple[int, int, OrganMention | None]] = [
        (organ.start, organ.end, organ) for organ in organs if organ.end <= before
    ]
    owners += [(m.start(), m.end(), None) for _, m in language.matches("possessive", text[:before])]
    return iter(sorted(owners, key=lambda owner: -owner[1]))


def _possessed(
    text: str,
    language: Language,
    organs: Sequence[OrganMention],
    at: int,
    speaking: str | None,
    end: int,
) -> Claim:
    """Whose "its" is: the organ just before it, the one behind the number, or the speaker."""
    near = [organ for organ in organs if organ.end <= at]
    for organ in reversed(near):
        if at - organ.end < 80 and language.first("subject-link", text[organ.end : at]):
            return _claim(organ)
    if language.first("foreign-before", text[max(0, at - _FAR) : at]):
        return Claim(organ=None, kind="foreign")
    if language.first("possessive-ahead", text[:at]):
        for organ in organs:
            if organ.start >= end and language.first("subject-behind", text[end : organ.start]):
                return _claim(organ)
    keys = tuple(dict.fromkeys(organ.key for organ in reversed(near) if organ.key))
    return Claim(organ=speaking, kind="possessive", near=keys)


def _behind(
    text: str, language: Language, organs: Sequence[OrganMention], ends: Sequence[int]
) -> Claim | None:
    """The organ named behind the numbers ("resolutions 5/1 and 60/251 of the Assembly")."""
    for index, end in enumerate(ends):
        after = [organ for organ in organs if organ.start >= end]
        found = _named_behind(text, language, organs, end)
        if found:
            return found
        if language.first("foreign-behind", text[end : end + _FAR]):
            return Claim(organ=None, kind="foreign")
        if any(organ.start < ends[min(index + 1, len(ends) - 1)] for organ in after):
            return None
    return None


def _named_behind(
    text: str, language: Language, organs: Sequence[OrganMention], end: int
) -> Claim | None:
    """The organ that stands behind one number."""
    for organ in organs:
        if organ.start >= end and language.first("organ-behind", text[end : organ.start]):
            return _claim(organ)
    return None
