"""Documents cited by number or symbol, in body text and in footnotes alike.

A run is a list of numbers that one noun serves ("第 69/193 和 69/196 号决议"). Each number gets
its date from the words beside it and its organ from the nearest organ, or possessive, that
the words between allow to own it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from kg.languages import Language
from kg.recognise.claims import Place, carried, claim_of, listed, noun_before
from kg.recognise.dates import Dated, dates_in, iso_of
from kg.recognise.numbers import letter_of, number_of_match
from kg.recognise.organs import OrganMention
from kg.resolve.owners import Claim, Head, Owner, fits, in_year, owner_by, series_of
from kg.symbol import Number, is_symbol, number_symbol, organ_of, parse


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
    dates = list(dates_in(text, language))
    cited, undecided = _numbered(text, language, organs, speaking, dates)
    taken = [(c.start, c.end) for c in cited]
    cited += _symbols(text, language, own, dates, taken=taken)
    return sorted(cited, key=lambda c: (c.start, c.target)), undecided


def _symbols(
    text: str,
    language: Language,
    own: str | None,
    dates: Sequence[Dated],
    *,
    taken: list[tuple[int, int]],
) -> Iterator[Cited]:
    """Documents cited by symbol; a pattern's value is what its symbols leave out (PRST/…)."""
    places = list(taken)
    for pattern, found in language.matches("symbol", text):
        printed = f"{pattern.value or ''}{found[0]}"
        inside = any(start < found.end() and found.start() < end for start, end in places)
        if inside or not is_symbol(printed):
            continue
        places.append(found.span())
        symbol = parse(printed)
        if own is None or symbol.key != own.upper():
            date = (
                None if symbol.kind == "document" else _near(text, language, dates, *found.span())
            )
            yield Cited(start=found.start(), end=found.end(), target=symbol.text, date=date)


def _numbered(
    text: str,
    language: Language,
    organs: Sequence[OrganMention],
    speaking: str | None,
    dates: Sequence[Dated],
) -> tuple[list[Cited], list[Undecided]]:
    cited: list[Cited] = []
    undecided: list[Undecided] = []
    before: tuple[int, Claim | None] | None = None
    for run in runs_in(text, language, organs):
        each = _respective(text, language, dates, run)
        claim = carried(text, language, organs, before, run.items[0].start)
        for index, item in enumerate(run.items):
            place = Place(start=item.start, ends=tuple(dict.fromkeys(_ends(run, index))))
            said = claim_of(text, language, organs, place, speaking=speaking)
            claim = said or (listed(claim) if index else claim)
            date = each.get(index) or _date_of(text, language, dates, run, index)
            found = _owned(item, run.head, claim, speaking, date)
            if date != _own_date(text, language, dates, item) and _misdated(item, found, date):
                date = None
                found = _owned(item, run.head, claim, speaking, date)
            if isinstance(found, Undecided):
                undecided.append(found)
            elif found is not None:
                cited.append(replace(found, date=date, title=_title_of(text, language, item)))
        before = (run.end, claim)
    return cited, undecided


def _ends(run: _Run, index: int) -> Iterator[int]:
    """The ends of a number and of those of its shape that follow: one organ may close them."""
    shape = _shape(run.items[index].number)
    for item in run.items[index:]:
        if _shape(item.number) != shape:
            return
        yield item.end
    yield run.end


def _shape(number: Number) -> tuple[bool, bool]:
    """How a number is built: a bracket or a slash, a year or a session before it."""
    session = number.session or ""
    return number.bracket is not None, len(session) == 4 and session.isdigit()


def _misdated(item: _Item, found: Cited | Undecided | None, date: str | None) -> bool:
    """Whether a date shared with the next number cannot be this one's."""
    if not isinstance(found, Cited) or (date and not in_year(item.number, date)):
        return True
    return fits(item.number, organ_of(found.target), date) is False


def _owned(
    item: _Item, head: Head, claim: Claim | None, speaking: str | None, date: str | None
) -> Cited | Undecided | None:
    """A number as a citation of its owner's; None where it is no number but of one organ."""
    owner = owner_by(item.number, claim, speaking=speaking, date=date)
    kind = series_of(item.number, owner.organ, head)
    if isinstance(kind, Owner):
        owner = kind
    elif owner.organ is not None:
        target = number_symbol(owner.organ, item.number, kind=kind).text
        return Cited(start=item.start, end=item.end, target=target)
    if item.number.dotted:
        return None
    return Undecided(
        start=item.start,
        end=item.end,
        reason=owner.reason,
        candidates=_candidates(item.number, owner.candidates, head),
    )


def _candidates(number: Number, organs: tuple[str, ...], head: Head) -> tuple[str, ...]:
    return tuple(number_symbol(organ, number, kind=head).text for organ in organs)


# ---------------------------------------------------------------- runs


def runs_in(text: str, language: Language, organs: Sequence[OrganMention]) -> Iterator[_Run]:
    """The runs of numbers that a noun (决议, resolution) makes citations."""
    group: list[_Item] = []
    titles = list(_titles(text, language))
    for item in _items(text, language):
        if any(start < item.start < end for start, end in titles):
            continue
        if group and not _same_run(text, language, organs, group[-1], item):
            yield from _run(text, language, organs, group)
            group = []
        group.append(item)
    yield from _run(text, language, organs, group)


def _titles(text: str, language: Language) -> Iterator[tuple[int, int]]:
    """The quoted titles of cited documents: a number inside is none of this text's."""
    for _, found in language.matches("cited-title", text):
        quote = re.search(r"[“”\"«„《]", found[0])
        if quote:
            yield found.start() + quote.start(), found.end()


def _items(text: str, language: Language) -> Iterator[_Item]:
    found = sorted((m for _, m in language.matches("number", text)), key=lambda m: m.start())
    for match in found:
        number = number_of_match(match, language)
        yield _Item(start=match.start(), end=match.end(), number=number)
        yield from _lettered(text, language, match, number)


def _lettered(
    text: str, language: Language, match: re.Match[str], number: Number
) -> Iterator[_Item]:
    """The further parts of one number: 53/243 A and B, S-20/4 A-E."""
    letter, end = number.letter, match.end()
    if letter and (last := language.first("letter-range", text, at=end)):
        end = last[1].end()
        for code in range(ord(letter) + 1, ord(letter_of(last[1]["last"], language)) + 1):
            yield _Item(start=match.start(), end=end, number=replace(number, letter=chr(code)))
    while letter and (more := language.first("letter-more", text, at=end)):
        letter, end = letter_of(more[1]["letter"], language), more[1].end()
        yield _Item(start=match.start(), end=end, number=replace(number, letter=letter))


def _same_run(
    text: str, language: Language, organs: Sequence[OrganMention], last: _Item, item: _Item
) -> bool:
    if item.start <= last.start:
        return True
    gap = text[last.end : item.start]
    if len(gap) > 500:
        return False
    if _joins(text, language, gap, item):
        return True
    inside = [o for o in organs if last.end <= o.start and o.end <= item.start]
    for organ in reversed(inside):
        gap = gap[: organ.start - last.end] + gap[organ.end - last.end :]
    return bool(inside) and _joins(text, language, gap, item)


def _joins(text: str, language: Language, gap: str, item: _Item) -> bool:
    """Whether a gap parts two numbers of one list; a row "dated" asks for a date at the second."""
    for pattern in language.all("run-gap"):
        if pattern.search(gap) and (
            pattern.value != "dated" or language.first("number-dated", text, at=item.end)
        ):
            return True
    return False


def _run(
    text: str, language: Language, organs: Sequence[OrganMention], group: list[_Item]
) -> Iterator[_Run]:
    if not group:
        return
    end = max(item.end for item in group)
    after = language.first("head-after", text, at=end)
    if after:
        yield _Run(items=tuple(group), head=_head(after[0].value), end=after[1].end())
        return
    before = noun_before(text, language, organs, group[0].start)
    if before:
        yield _Run(items=tuple(group), head=_head(before.value), end=end)


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
    ahead = _ahead(text, language, dates, run, index)
    if ahead is not None:
        return ahead
    step = -1 if language.date_side == "before" else 1
    near = index + step
    if not 0 <= near < len(run.items):
        return None
    first, second = sorted((item, run.items[near]), key=lambda i: i.start)
    gap = text[first.end : second.start] if first.end <= second.start else "、"
    if item.start == run.items[near].start or language.first("date-shared", gap):
        return _date_of(text, language, dates, run, near)
    return None


def _respective(
    text: str, language: Language, dates: Sequence[Dated], run: _Run
) -> Mapping[int, str]:
    """The dates of the last numbers of a run that are listed behind it, one for each.

    "73/141 and 74/120 of 17 December 2018 and 18 December 2019, respectively". Where each
    number has one the word may lack.
    """
    series: list[str] = []
    at = run.items[-1].end
    for date in (date for date in dates if date.start >= at):
        if not language.first("date-more" if series else "date-link", text[at : date.start]):
            break
        series.append(date.iso)
        at = date.end
    first = len(run.items) - len(series)
    said = first == 0 or language.first("respectively", text, at=at) is not None
    if len(series) < 2 or first < 0 or not said:
        return {}
    return {first + index: iso for index, iso in enumerate(series)}


def _ahead(
    text: str, language: Language, dates: Sequence[Dated], run: _Run, index: int
) -> str | None:
    """The date just before a number, or before one it shares its phrase with."""
    if not language.all("date-ahead"):
        return None
    item = run.items[index]
    for date in dates:
        if date.end <= item.start and language.first("date-ahead", text[date.end : item.start]):
            return date.iso
    gap = text[run.items[index - 1].end : item.start] if index else ""
    shared = index and language.first("date-shared", gap)
    return _ahead(text, language, dates, run, index - 1) if shared else None


def _own_date(text: str, language: Language, dates: Sequence[Dated], item: _Item) -> str | None:
    found = _near(text, language, dates, item.start, item.end)
    return found or _short_date(text, language, dates, item)


def _short_date(text: str, language: Language, dates: Sequence[Dated], item: _Item) -> str | None:
    """A day behind the number whose year is the number's own or that of the next date."""
    bracket = item.number.bracket or ""
    for _, found in language.matches("date-short", text):
        if found.start() < item.end or not language.first(
            "date-link", text[item.end : found.start()]
        ):
            continue
        later = next((d.iso[:4] for d in dates if d.start >= found.end()), "")
        year = bracket if bracket.isdigit() else later
        return iso_of(found, language, year=int(year)) if year else None
    return None


def _near(
    text: str, language: Language, dates: Sequence[Dated], start: int, end: int
) -> str | None:
    """The date that belongs to what stands between two offsets."""
    if language.date_side == "before":
        near = [d for d in dates if d.end <= start and start - d.end < 320]
        date = near[-1] if near else None
        gap = text[date.end : start] if date else ""
    else:
        date = next((d for d in dates if d.start >= end), None)
        gap = text[end : date.start] if date else ""
    return date.iso if date and language.first("date-link", gap) else None


def _title_of(text: str, language: Language, item: _Item) -> str | None:
    found = language.first("title-link", text[max(0, item.start - 480) : item.start])
    found = found or language.first("title-behind", text[item.end : item.end + 480])
    return found[1]["title"] if found else None
