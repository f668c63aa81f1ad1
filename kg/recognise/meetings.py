"""Meetings: their numbers and dates, and the calendar a report lets one put together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from kg.languages import Language

# The General Assembly's session N opens in September of 1945 + N.
_FIRST_SESSION, _OPENING_MONTH = 1945, 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """A meeting named in a sentence: its number, its date, and where the words stand."""

    number: int | None = None
    date: str | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Meeting number → ISO date, as far as the report prints both together."""

    session: int | None
    days: dict[int, str] = field(default_factory=dict)

    @staticmethod
    def of(texts: Iterable[str], language: Language, *, session: int | None) -> Calendar:
        """The calendar of a narrative's folded paragraphs."""
        calendar = Calendar(session=session)
        year: int | None = None
        for text in texts:
            for _, found in language.matches("meeting", text):
                printed = found.groupdict().get("y")
                year = int(printed) if printed else year
                calendar.days.update(_days(found, language, calendar, year))
        return calendar

    def year_of(self, month: int, fallback: int | None) -> int | None:
        """The year a month of the session lies in."""
        if self.session is None or self.session > 200:
            return fallback
        return _FIRST_SESSION + self.session + (month < _OPENING_MONTH)


def _days(
    found: re.Match[str], language: Language, calendar: Calendar, year: int | None
) -> dict[int, str]:
    """One date for all meetings of a phrase, or as many dates as meetings in their order."""
    printed = found.groupdict().get("dates")
    if not printed:
        return {}
    numbers = [int(number) for number in re.findall(r"\d+", found["numbers"])]
    dates = list(_dates(printed, language, calendar, year))
    if len(dates) == 1:
        return dict.fromkeys(numbers, dates[0])
    return dict(zip(numbers, dates, strict=True)) if len(dates) == len(numbers) else {}


def _dates(printed: str, language: Language, calendar: Calendar, year: int | None) -> Iterator[str]:
    """The dates of a phrase; a day without a month is of the month before it."""
    month: str | None = None
    for _, found in language.matches("day", printed):
        month = found.groupdict().get("m") or month
        if month is not None:
            number = language.months.get(month.lower()) or int(month)
            whole = calendar.year_of(number, year)
            if whole is not None:
                yield f"{whole:04d}-{number:02d}-{int(found['d']):02d}"


def sittings_in(
    text: str, language: Language, calendar: Calendar, *, last: Sitting | None
) -> list[Sitting]:
    """The meetings a folded sentence names, in order; "the same meeting" is ``last``."""
    found: dict[int, Sitting] = {}
    for _, match in language.matches("meeting", text):
        number = int(re.findall(r"\d+", match["numbers"])[0])
        if not any(s.start <= match.start("numbers") < s.end for s in found.values()):
            found[match.start()] = Sitting(
                number=number,
                date=calendar.days.get(number),
                start=match.start(),
                end=match.end(),
            )
    if last is not None:
        for _, match in language.matches("same-meeting", text):
            found[match.start()] = replace(last, start=match.start(), end=match.end())
    return [found[start] for start in sorted(found)]
