"""Dates as the languages print them, as ISO dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from kg.languages import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Dated:
    """A date in a text: where it stands, and what it says in ISO form."""

    start: int
    end: int
    iso: str


def dates_in(text: str, language: Language, *, year: int | None = None) -> Iterator[Dated]:
    """The dates in a folded text; ``year`` is taken for those that print none.

    >>> from kg.languages import load_language
    >>> [d.iso for d in dates_in("其 2001 年 12 月 19 日第 56/119 号", load_language("zh"))]
    ['2001-12-19']
    """
    matches = (found for _, found in language.matches("date", text))
    for found in sorted(matches, key=lambda found: found.start()):
        iso = iso_of(found, language, year=year)
        if iso:
            yield Dated(start=found.start(), end=found.end(), iso=iso)


def iso_of(found: re.Match[str], language: Language, *, year: int | None = None) -> str | None:
    """A match of the date pattern as an ISO date, None where it is no day of the calendar."""
    named = found.groupdict()
    printed = named.get("y")
    month = language.months.get((named.get("m") or "").lower().rstrip("."))
    try:
        whole = int(printed) if printed else year
        day = date(whole or 0, month or int(named["m"]), int(named["d"]))
    except (TypeError, ValueError):
        return None
    return day.isoformat()
