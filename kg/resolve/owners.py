"""Whose number it is: from the organ named, the number's shape, the speaker and the date."""

from __future__ import annotations

from dataclasses import dataclass

from kg.numerals import value_of
from kg.symbol import Number

# Organs whose resolutions carry a calendar year before the slash.
_BY_YEAR = frozenset({"ECOSOC", "E/CN.4", "E/CN.5", "E/CN.6", "E/CN.7", "E/CN.9", "E/CN.15"})
_NEVER_BY_SESSION = frozenset({"ECOSOC", "SC"})
_FIRST_YEAR, _LAST_YEAR = 1946, 2100
_LAST_ROMAN = 30  # the General Assembly's last session that its resolutions name in Roman


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose number it is, or why that cannot be told and who it might be."""

    organ: str | None
    reason: str = ""
    candidates: tuple[str, ...] = ()


def owner_of(number: Number, *, named: str | None, speaking: str | None, date: str | None) -> Owner:
    """The organ a resolution's number belongs to.

    ``named`` is the organ the text names for it, ``speaking`` the organ whose text it is.
    An organ that is named decides if the number has a shape the organ uses; else the shape,
    else the speaker, provided a printed date does not contradict it.

    >>> owner_of(Number(number="2133", bracket="2014"), named=None, speaking="GA", date=None).organ
    'SC'
    >>> owner_of(Number(session="2017", number="15"), named=None, speaking="GA", date=None).organ
    'ECOSOC'
    >>> number = Number(session="32", number="3")
    >>> owner_of(number, named=None, speaking="GA", date="2016-06-30").reason
    'the date fits no General Assembly session 32'
    """
    shaped = _by_shape(number)
    if named in _NEVER_BY_SESSION and shaped is None:
        # The Security Council numbers by year in brackets, ECOSOC by year or Roman session.
        reason = f"the number has not the shape of a resolution of {named}"
        return Owner(organ=None, reason=reason, candidates=("GA", "HRC"))
    if named is not None:
        if shaped is not None and named not in shaped and not _roman(number):
            reason = f"the number has not the shape of a resolution of {named}"
            return Owner(organ=None, reason=reason, candidates=(named, *sorted(shaped)))
        return Owner(organ=named)
    if shaped is not None and len(shaped) == 1:
        return Owner(organ=next(iter(shaped)))
    if shaped is not None and speaking in shaped:
        return Owner(organ=speaking)
    if shaped is not None:
        unsure = tuple(sorted(shaped & {"GA", "ECOSOC"}) or sorted(shaped))
        if "ECOSOC" in shaped and "GA" not in shaped:
            return Owner(organ="ECOSOC")
        return Owner(organ=None, reason="no organ is named for it", candidates=unsure)
    return _by_speaker(number, speaking=speaking, date=date)


def _roman(number: Number) -> bool:
    return bool(number.bracket) and not str(number.bracket).isdigit()


def _by_shape(number: Number) -> frozenset[str] | None:
    """The organs whose resolutions look like this; None where most do."""
    if number.bracket and number.bracket.isdigit():
        return frozenset({"SC"})
    if number.bracket:
        return _by_roman(number.number, number.bracket)
    session = number.session or ""
    if session.isdigit() and _FIRST_YEAR <= int(session) <= _LAST_YEAR:
        return _BY_YEAR
    if session.startswith("ES-"):
        return frozenset({"GA"})
    return None


def _by_roman(number: str, session: str) -> frozenset[str]:
    """The organ of a number with a Roman session, by how the two grew together.

    Both organs numbered on through their sessions: the Assembly by some 60 to 115 a session,
    up to 3541 (XXX); the Council, which met twice a year, by 20 to 35, up to 2130 (LXIII).
    So 217 (III) and 1514 (XV) are the Assembly's, 155 (VII) and 1503 (XLVIII) the Council's.
    """
    count = value_of(session.rpartition("-")[2])
    if session.startswith(("S-", "ES-")):
        return frozenset({"GA"})
    if count is None or count == 1:
        return frozenset({"GA", "ECOSOC"})
    if count > _LAST_ROMAN or int(number) < 40 * count:
        return frozenset({"ECOSOC"})
    return frozenset({"GA"}) if int(number) > 45 * count else frozenset({"GA", "ECOSOC"})


def _by_speaker(number: Number, *, speaking: str | None, date: str | None) -> Owner:
    session = number.session or ""
    fits = None if date is None else fits_assembly(session, date)
    if speaking in (None, "SC", "ECOSOC"):
        # The Security Council and ECOSOC number otherwise: the Assembly's, if the date agrees.
        if speaking == "SC" or fits:
            return Owner(organ="GA")
        return Owner(organ=None, reason="no organ is named for it", candidates=("GA", "HRC"))
    if speaking == "GA" and fits is False:
        reason = f"the date fits no General Assembly session {session}"
        return Owner(organ=None, reason=reason, candidates=("GA", "HRC"))
    if speaking is not None and speaking.startswith("A/C."):
        return Owner(organ="GA")
    return Owner(organ=speaking)


def fits_assembly(session: str, date: str) -> bool:
    """Whether the General Assembly's session sat on a date; special sessions always fit.

    Session N opens in September of 1945 + N and ends as the next one opens.

    >>> fits_assembly("71", "2017-09-08"), fits_assembly("32", "2016-06-30")
    (True, False)
    """
    if not session.isdigit():
        return True
    year, month = int(date[:4]), int(date[5:7])
    opened = 1945 + int(session)
    return (year == opened and month >= 9) or (year == opened + 1 and month <= 9)
