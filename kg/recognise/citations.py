"""Documents cited by number or symbol, in body text and in footnotes alike.

A run is a list of numbers that one noun serves ("第 69/193 和 69/196 号决议"). Each number gets
its date from the words beside it and its organ from the nearest organ, or possessive, that
the words between allow to own it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.languages import Language
from kg.recognise.dates import Dated, dates_in
from kg.recognise.organs import OrganMention
from kg.resolve.owners import owner_of
from kg.symbol import Number, is_symbol, number_symbol, parse

Head = Literal["RES", "DEC"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """A cited document in a stretch: its symbol, its place, the date and title beside it."""

    start: int
    end: int
    target: str
    date: str | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """A number whose organ the text does not tell."""

    start: int
    end: int
    reason: str
    candidates: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Item:
    start: int
    end: int
    number: Number


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """Numbers under one noun; ``end`` is the end of the noun."""

    items: tuple[_Item, ...]
    head: Head
    end: int


def cited_in(
    text: str,
    language: Language,
    *,
    organs: Sequence[OrganMention],
    speaking: str | None,
    own: str | None = None,
) -> tuple[list[Cited], list[Undecided]]:
    """All documents a folded text cites, in printed order, and the numbers left undecided.

    ``own`` is the document's own symbol, which is no citation.
    """
    cited, undecided = _numbered(text, language, organs, speaking)
    cited += _symbols(text, language, own, taken=[(c.start, c.end) for c in cited])
    return sorted(cited, key=lambda c: (c.start, c.target)), undecided


def _symbols(
    text: str, language: Language, own: str | None, *, taken: list[tuple[int, int]]
) -> Iterator[Cited]:
    for _, found in language.matches("symbol", text):
        inside = any(start < found.end() and found.start() < end for start, end in taken)
        if not inside and is_symbol(found[0]):
            symbol = parse(found[0])
            if own is None or symbol.key != own.upper():
                yield Cited(start=found.start(), end=found.end(), target=symbol.text)


def _numbered(
    text: str, language: Language, organs: Sequence[OrganMention], speaking: str | None
) -> tuple[list[Cited], list[Undecided]]:
    cited: list[Cited] = []
    undecided: list[Undecided] = []
    dates = list(dates_in(text, language))
    before: tuple[_Run, str | None] | None = None
    for run in runs_in(text, language, organs):
        named: str | None = None
        for index, item in enumerate(run.items):
            named = _named_organ(text, language, organs, run, item, speaking) or (
                named if index else _carried(text, language, before, run)
            )
            date = _date_of(text, language, dates, run, index)
            owner = owner_of(item.number, named=named, speaking=speaking, date=date)
            if owner.organ is None:
                undecided.append(
                    Undecided(
                        start=item.start,
                        end=item.end,
                        reason=owner.reason,
                        candidates=_candidates(item.number, owner.candidates, run.head),
                    )
                )
                continue
            cited.append(
                Cited(
                    start=item.start,
                    end=item.end,
                    target=number_symbol(owner.organ, item.number, kind=run.head).text,
                    date=date,
                    title=_title_of(text, language, item.start),
                )
            )
        before = (run, named)
    return cited, undecided


def _candidates(number: Number, organs: tuple[str, ...], head: Head) -> tuple[str, ...]:
    return tuple(number_symbol(organ, number, kind=head).text for organ in organs)


# ---------------------------------------------------------------- runs


def runs_in(text: str, language: Language, organs: Sequence[OrganMention]) -> Iterator[_Run]:
    """The runs of numbers that a noun (决议, resolution) makes citations."""
    group: list[_Item] = []
    for item in _items(text, language):
        if group and not _same_run(text, language, organs, group[-1], item):
            yield from _run(text, language, group)
            group = []
        group.append(item)
    yield from _run(text, language, group)


def _items(text: str, language: Language) -> Iterator[_Item]:
    for _, found in language.matches("number", text):
        number = _number(found)
        yield _Item(start=found.start(), end=found.end(), number=number)
        end = found.end()
        while number.letter and (more := language.first("letter-more", text, at=end)):
            letter = Number(
                number=number.number,
                session=number.session,
                letter=more[1]["letter"],
                bracket=number.bracket,
            )
            end = more[1].end()
            yield _Item(start=found.start(), end=end, number=letter)


def _number(found: re.Match[str]) -> Number:
    if found["old"]:
        letter = found["part"] or found["after"] or ""
        return Number(number=found["old"], letter=letter, bracket=found["bracket"])
    return Number(number=found["n"], session=found["session"], letter=found["letter"] or "")


def _same_run(
    text: str, language: Language, organs: Sequence[OrganMention], last: _Item, item: _Item
) -> bool:
    if item.start <= last.start:
        return True
    gap = text[last.end : item.start]
    if len(gap) > 400:
        return False
    if language.first("run-gap", gap):
        return True
    inside = [o for o in organs if last.end <= o.start and o.end <= item.start]
    for organ in reversed(inside):
        gap = gap[: organ.start - last.end] + gap[organ.end - last.end :]
    return bool(inside) and language.first("run-gap", gap) is not None


def _run(text: str, language: Language, group: list[_Item]) -> Iterator[_Run]:
    if not group:
        return
    end = max(item.end for item in group)
    after = language.first("head-after", text, at=end)
    if after:
        yield _Run(items=tuple(group), head=_head(after[0].value), end=after[1].end())
        return
    before = language.first("head-before", text[: group[0].start])
    if before:
        yield _Run(items=tuple(group), head=_head(before[0].value), end=end)


def _head(value: str | None) -> Head:
    return "DEC" if value == "DEC" else "RES"


# ---------------------------------------------------------------- dates and titles


def _date_of(
    text: str, language: Language, dates: Sequence[Dated], run: _Run, index: int
) -> str | None:
    """The date printed for a number: beside it, or beside one it shares its phrase with."""
    item = run.items[index]
    own = _own_date(text, language, dates, item)
    if own is not None:
        return own
    step = -1 if language.date_side == "before" else 1
    near = index + step
    if not 0 <= near < len(run.items):
        return None
    first, second = sorted((item, run.items[near]), key=lambda i: i.start)
    gap = text[first.end : second.start] if first.end <= second.start else "、"
    if item.start == run.items[near].start or language.first("date-shared", gap):
        return _date_of(text, language, dates, run, near)
    return None


def _own_date(text: str, language: Language, dates: Sequence[Dated], item: _Item) -> str | None:
    if language.date_side == "before":
        near = [d for d in dates if d.end <= item.start and item.start - d.end < 320]
        date = near[-1] if near else None
        gap = text[date.end : item.start] if date else ""
    else:
        date = next((d for d in dates if d.start >= item.end), None)
        gap = text[item.end : date.start] if date else ""
    return date.iso if date and language.first("date-link", gap) else None


def _title_of(text: str, language: Language, at: int) -> str | None:
    found = language.first("title-link", text[max(0, at - 480) : at])
    return found[1]["title"] if found else None


# ---------------------------------------------------------------- whose number it is


def _named_organ(
    text: str,
    language: Language,
    organs: Sequence[OrganMention],
    run: _Run,
    item: _Item,
    speaking: str | None,
) -> str | None:
    """The organ that the words before (or behind) a number name as its owner."""
    start = _before_head(text, language, item.start)
    for end, key in _owners(text, language, organs, start, speaking):
        if start - end > 400:
            break
        if language.first("organ-link", text[end:start]):
            return key
    for organ in organs:
        if organ.start >= run.end and language.first("organ-behind", text[run.end : organ.start]):
            return organ.key
    return None


def _before_head(text: str, language: Language, start: int) -> int:
    """Where the words about a number begin: before the noun, if that stands before it."""
    found = language.first("head-before", text[:start])
    return found[1].start() if found else start


def _owners(
    text: str,
    language: Language,
    organs: Sequence[OrganMention],
    before: int,
    speaking: str | None,
) -> Iterator[tuple[int, str | None]]:
    """Organs and possessives that end before a place, nearest first."""
    owners = [(organ.end, organ.key) for organ in organs if organ.end <= before]
    for _, found in language.matches("possessive", text[:before]):
        owners.append((found.end(), _subject(text, language, organs, found.start()) or speaking))
    return iter(sorted(owners, key=lambda owner: -owner[0]))


def _subject(text: str, language: Language, organs: Sequence[OrganMention], at: int) -> str | None:
    """The organ that "its" means where the organ stands just before it."""
    near = [organ for organ in organs if organ.end <= at and at - organ.end < 24]
    for organ in reversed(near):
        if language.first("subject-link", text[organ.end : at]):
            return organ.key
    return None


def _carried(
    text: str, language: Language, before: tuple[_Run, str | None] | None, run: _Run
) -> str | None:
    """The organ of the run before, where only a list word stands between."""
    if before is None or before[1] is None:
        return None
    gap = text[before[0].end : run.items[0].start]
    return before[1] if language.first("date-shared", gap) else None
