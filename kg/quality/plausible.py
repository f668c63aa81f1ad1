"""Symbols that cannot exist: a session or a number out of range, a date that contradicts."""

from __future__ import annotations

import re
from bisect import bisect_left

from kg.resolve.owners import fits_assembly, fits_council, in_year
from kg.symbol import Number, organ_of, year_of_symbol

_BY_SESSION = re.compile(
    r"^[^ ]+?/(?P<kind>RES|DEC)/(?P<session>(?:E?S-)?\d+)/(?P<number>\d+)(?P<letter>[A-Z]?)$"
)
_IN_BRACKETS = re.compile(
    r"^[^ ]+?/(?P<kind>RES|DEC)/(?P<number>\d+)\((?P<bracket>[0-9A-Z-]+)\)(?P<letter>[A-Z]?)$"
)
# Up to its thirtieth session the Assembly wrote sessions in Roman: 3541 (XXX), then 31/1.
_FIRST_ARABIC = 31
# Resolutions of a session are numbered from 1, decisions from 301 (elections) and 401.
_MOST_RESOLUTIONS, _FIRST_DECISION = 400, 301
# The last resolution that the Security Council adopted in a year, every five years.
_COUNCIL = (
    (1945, 0), (1950, 89), (1955, 110), (1960, 160), (1965, 219), (1970, 291), (1975, 384),
    (1980, 484), (1985, 580), (1990, 683), (1995, 1035), (2000, 1334), (2005, 1651),
    (2010, 1966), (2015, 2259), (2020, 2560),
)  # fmt: skip
_SLACK = 3
_A_YEAR = 100  # more than the Council has ever adopted in one


def number_of(symbol: str) -> Number | None:
    """The number that a resolution's or decision's symbol is made of.

    >>> number_of("S/RES/2133(2014)").bracket, number_of("A/RES/70/175").session
    ('2014', '70')
    >>> number_of("A/72/440") is None
    True
    """
    found = _BY_SESSION.match(symbol)
    if found:
        return Number(session=found["session"], number=found["number"], letter=found["letter"])
    found = _IN_BRACKETS.match(symbol)
    if found:
        return Number(number=found["number"], bracket=found["bracket"], letter=found["letter"])
    return None


def impossible(symbol: str, *, cited_by: str | None = None) -> str | None:
    """Why no resolution or decision can have a symbol; None where it may have.

    ``cited_by`` is the symbol of a document that cites it, which is older than what it cannot
    know. What is neither resolution nor decision is not judged.

    >>> impossible("A/RES/12/7")
    'the General Assembly wrote its sessions before the 31st in Roman numerals'
    >>> impossible("S/RES/2133(2004)")
    'the Security Council had not come to that number, or had passed it, in 2004'
    >>> impossible("A/RES/73/1", cited_by="A/72/440")
    'it is of session 73, the document that cites it of session 72'
    >>> impossible("A/RES/70/1") is None, impossible("A/72/440") is None
    (True, True)
    """
    number = number_of(symbol)
    if number is None:
        return None
    organ = organ_of(symbol)
    if organ == "GA":
        reason = _assembly(number, decision="/DEC/" in symbol)
    else:
        reason = _council(number) if organ == "SC" else _year(number)
    return reason or (_too_late(symbol, number, cited_by) if cited_by else None)


def contradicts(symbol: str, date: str) -> str | None:
    """Why a resolution cannot be of the date that a text prints with it; None where it may be.

    >>> contradicts("A/RES/70/175", "2011-12-17")
    'session 70 of the General Assembly did not sit on 2011-12-17'
    >>> contradicts("S/RES/2133(2014)", "2014-01-27") is None
    True
    """
    number = number_of(symbol)
    if number is None:
        return None
    organ, session = organ_of(symbol), number.session or ""
    if organ == "GA" and session:
        fits, body = fits_assembly(session, date), "the General Assembly"
    elif organ == "HRC" and session:
        fits, body = fits_council(session, date), "the Human Rights Council"
    else:
        return None if in_year(number, date) else f"the year is not that of {date}"
    return None if fits else f"session {session} of {body} did not sit on {date}"


def _assembly(number: Number, *, decision: bool) -> str | None:
    session, count = number.session or "", int(number.number)
    if count == 0:
        return "numbers begin at 1"
    if not session.isdigit():
        return None
    if int(session) < _FIRST_ARABIC:
        return "the General Assembly wrote its sessions before the 31st in Roman numerals"
    if decision and count < _FIRST_DECISION:
        return f"decisions of a session are numbered from {_FIRST_DECISION}"
    if not decision and count > _MOST_RESOLUTIONS:
        return "no session of the General Assembly has so many resolutions"
    return None


def _council(number: Number) -> str | None:
    bracket = number.bracket or ""
    if not re.fullmatch(r"\d{4}", bracket):
        return "the Security Council numbers its resolutions by year in brackets"
    year, count = int(bracket), int(number.number)
    after = bisect_left(_COUNCIL, (year, 0))
    least = _COUNCIL[after - 1][1] - _SLACK if after else 0
    if after < len(_COUNCIL):
        most = _COUNCIL[after][1] + _SLACK
    else:
        last, adopted = _COUNCIL[-1]
        most = adopted + _A_YEAR * (year - last)
    if year > _COUNCIL[0][0] and max(least, 0) < count <= most:
        return None
    return f"the Security Council had not come to that number, or had passed it, in {year}"


def _year(number: Number) -> str | None:
    if int(number.number) == 0:
        return "numbers begin at 1"
    session = number.session or ""
    early = len(session) == 4 and session.isdigit() and int(session) < 1946
    return f"{session} is before the first session" if early else None


def _too_late(symbol: str, number: Number, cited_by: str) -> str | None:
    own = re.match(r"A/(?:(?:RES|DEC|C\.\d)/)?(\d{2,3})/", cited_by)
    session = number.session or ""
    if organ_of(symbol) == "GA" and own and session.isdigit() and int(session) > int(own[1]):
        return f"it is of session {session}, the document that cites it of session {own[1]}"
    year, known = year_of_symbol(symbol), year_of_symbol(cited_by)
    # A session that opens in one year sits into the next.
    if year is not None and known is not None and year > known + 1:
        return f"it is of {year}, the document that cites it of {known}"
    return None
