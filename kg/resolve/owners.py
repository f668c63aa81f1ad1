"""Whose number it is: from the organ named, the number's shape, the speaker and the date."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from kg.numerals import value_of
from kg.symbol import Number, has_series

# Organs whose resolutions carry a calendar year before the slash.
_BY_YEAR = frozenset({"ECOSOC", "E/CN.4", "E/CN.5", "E/CN.6", "E/CN.7", "E/CN.9", "E/CN.15"})
_NEVER_BY_SESSION = frozenset({"ECOSOC", "SC", "TC"})
_FIRST_YEAR, _LAST_YEAR = 1946, 2100
_LAST_ROMAN = 30  # the General Assembly's last session that its resolutions name in Roman
# Session N of a commission that meets once a year sat in this year + N.
_YEARLY = {"E/CN.6": 1956, "E/CN.7": 1957, "E/CN.15": 1991}
# Bodies that meet every year or two have not come to sessions beyond this.
_FEW_SESSIONS = {"UNEP/EA": 20, "CTOC/COP": 30, "CAC/COSP": 30, "CBD/COP": 40, "CRPD/CSP": 50}
# The Assembly's special sessions since it has shared their numbers with the Council's.
_SPECIAL = {29: 2014, 30: 2016, 31: 2020, 32: 2021}
# More resolutions, or decisions (which begin at 401), than any session has had.
_MOST = 999
# The Assembly has numbered its decisions since its thirty-first session: elections from 301 on,
# others from 401 on, where no session has had so many resolutions.
_DECIDED_SINCE, _FIRST_DECISION, _NO_RESOLUTION = 31, 301, 401
_NO_SERIES = "resolution of a body without a symbol series"

Head = Literal["RES", "DEC"]
ClaimKind = Literal["named", "possessive", "list", "foreign"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What the words around a number say of its owner.

    ``organ`` is the organ they name, None where a short name may stand for several
    ``candidates``. A ``possessive`` ("its") or a ``list`` that the number goes on is weaker
    than a name beside the number; ``near`` are organs that "its" might mean, nearest first;
    ``foreign`` is a body that the authority does not know.
    """

    organ: str | None
    kind: ClaimKind = "named"
    candidates: tuple[str, ...] = ()
    near: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """Whose number it is, or why that cannot be told and who it might be."""

    organ: str | None
    reason: str = ""
    candidates: tuple[str, ...] = ()


def owner_by(
    number: Number, claim: Claim | None, *, speaking: str | None, date: str | None
) -> Owner:
    """The organ a number belongs to, given what the words around it claim.

    >>> number = Number(number="2139", bracket="2014")
    >>> owner_by(number, Claim(organ="GA", kind="possessive"), speaking="GA", date=None).organ
    'SC'
    >>> short = Claim(organ="SC", candidates=("ECOSOC", "HRC", "SC"))
    >>> owner_by(Number(session="16", number="21"), short, speaking="GA", date=None).organ
    'HRC'
    """
    if number.session and number.number.isdigit() and int(number.number) > _MOST:
        return Owner(organ=None, reason=f"no session has so many resolutions as {number.number}")
    if claim is None:
        return owner_of(number, named=None, speaking=speaking, date=date)
    if claim.kind == "possessive" and (claim.organ or "").startswith("A/C."):
        claim = replace(claim, organ="GA")
    if claim.kind == "foreign" or (claim.organ and not has_series(claim.organ)):
        return Owner(organ=None, reason=_NO_SERIES)
    if claim.organ is None and claim.kind == "possessive":
        return _possessed(number, claim, date)
    if claim.organ is None:
        return _among(number, claim.candidates, speaking=speaking, date=date)
    owner = owner_of(number, named=claim.organ, speaking=speaking, date=date)
    if claim.kind == "named":
        return owner if owner.organ else _other(owner, number, claim, speaking, date)
    if owner.organ and fits(number, owner.organ, date) is not False:
        return owner
    return _weakly(owner, number, claim, speaking, date)


def _other(
    owner: Owner, number: Number, claim: Claim, speaking: str | None, date: str | None
) -> Owner:
    """Another organ of the same short name, where the number cannot be the named one's."""
    if not claim.candidates:
        return owner
    others = _among(number, claim.candidates, speaking=speaking, date=date)
    return others if others.organ else owner


def _weakly(
    owner: Owner, number: Number, claim: Claim, speaking: str | None, date: str | None
) -> Owner:
    """Whose a number is that "its" or the list before gives to an organ it does not fit."""
    for organ in claim.near:
        if fits(number, organ, date):
            return Owner(organ=organ)
    shaped = _by_shape(number)
    if claim.kind == "possessive" and shaped is not None and len(shaped) > 1:
        return owner if owner.organ is None else _mismatch(owner.organ, shaped)
    return owner_of(number, named=None, speaking=speaking, date=date)


def _possessed(number: Number, claim: Claim, date: str | None) -> Owner:
    """The organ "its" means where nobody is known to speak: the only one named before."""
    found = tuple(organ for organ in claim.near if fits(number, organ, date) is not False)
    if len(found) == 1:
        return Owner(organ=found[0])
    return owner_of(number, named=None, speaking=None, date=date)


def _among(
    number: Number, candidates: tuple[str, ...], *, speaking: str | None, date: str | None
) -> Owner:
    """The one organ among those a short name may stand for that the number fits."""
    open_to = [organ for organ in candidates if fits(number, organ, date) is not False]
    sure = [organ for organ in open_to if fits(number, organ, date)]
    found = sure if len(sure) == 1 else open_to
    if len(found) == 1:
        return Owner(organ=found[0])
    if not found:
        return owner_of(number, named=None, speaking=speaking, date=date)
    reason = "the short name may stand for several organs"
    return Owner(organ=None, reason=reason, candidates=tuple(found))


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
    if named is not None and not has_series(named):
        return Owner(organ=None, reason=_NO_SERIES)
    if named in _NEVER_BY_SESSION and shaped is None:
        # The Security Council numbers by year in brackets, ECOSOC by year or Roman session.
        reason = f"the number has not the shape of a resolution of {named}"
        return Owner(organ=None, reason=reason, candidates=("GA", "HRC"))
    if named is not None:
        if shaped is not None and named not in shaped and not _roman(number):
            return _mismatch(named, shaped)
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


def _mismatch(named: str, shaped: frozenset[str]) -> Owner:
    reason = f"the number has not the shape of a resolution of {named}"
    return Owner(organ=None, reason=reason, candidates=tuple(sorted(shaped)))


def _roman(number: Number) -> bool:
    return bool(number.bracket) and not str(number.bracket).isdigit()


def _by_shape(number: Number) -> frozenset[str] | None:
    """The organs whose resolutions look like this; None where most do."""
    if number.dotted or (number.bracket and len(number.bracket) < 3 and number.bracket.isdigit()):
        return frozenset({"WHA"})
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
    in_assembly = fits(number, "GA", date)
    unsure = Owner(organ=None, reason="no organ is named for it", candidates=("GA", "HRC"))
    if speaking is not None and speaking.startswith("A/C."):
        return Owner(organ="GA")
    if speaking in (None, "SC", "ECOSOC") or not has_series(speaking or ""):
        # The Security Council and ECOSOC number otherwise: the Assembly's, if the date agrees.
        return Owner(organ="GA") if speaking == "SC" or in_assembly else unsure
    if speaking == "GA" and _before_slashes(number):
        reason = "the General Assembly wrote its sessions before the 31st in Roman numerals"
        return replace(unsure, reason=reason, candidates=("HRC",))
    if speaking == "GA" and in_assembly is False:
        reason = f"the date fits no General Assembly session {session}"
        return replace(unsure, reason=reason)
    if speaking is not None and fits(number, speaking, date) is False:
        # Another organ's, by its date: the Assembly's where that agrees.
        return Owner(organ="GA") if in_assembly and session.isdigit() else unsure
    return Owner(organ=speaking)


def fits(number: Number, organ: str, date: str | None) -> bool | None:
    """Whether a number can be an organ's, by its shape and date; None where nothing tells.

    >>> fits(Number(session="58", number="11"), "E/CN.7", "2015-03-17")
    True
    >>> fits(Number(session="72", number="228"), "HRC", "2017-12-20")
    False
    """
    if not has_series(organ):
        return False
    shaped = _by_shape(number)
    if shaped is not None:
        return organ in shaped
    if organ in _NEVER_BY_SESSION or organ == "WHA":
        return False
    session = number.session or ""
    if session.isdigit() and int(session) > _FEW_SESSIONS.get(organ, 999):
        return False
    if organ == "GA" and _before_slashes(number):
        return False
    if date is None:
        return None
    if organ == "GA":
        return fits_assembly(session, date)
    if organ == "HRC":
        return fits_council(session, date)
    if organ in _YEARLY and session.isdigit():
        return _YEARLY[organ] + int(session) == int(date[:4])
    return None


def series_of(number: Number, organ: str | None, head: Head) -> Head | Owner:
    """Resolution or decision, by what the noun says and the organ's numbers allow.

    >>> series_of(Number(session="56", number="508"), "GA", "RES")
    'DEC'
    >>> series_of(Number(session="14", number="34"), "GA", "DEC").reason
    'the General Assembly numbers no decision like this'
    """
    if organ == "SC" and head == "DEC":
        return Owner(organ=None, reason="the Security Council numbers no decisions")
    session, count = number.session or "", number.number
    if organ != "GA" or not (session.isdigit() and count.isdigit()):
        return head
    decided = int(session) >= _DECIDED_SINCE
    if head == "DEC" and not (decided and int(count) >= _FIRST_DECISION):
        return Owner(organ=None, reason="the General Assembly numbers no decision like this")
    return "DEC" if decided and int(count) >= _NO_RESOLUTION else head


def _before_slashes(number: Number) -> bool:
    session = number.session or ""
    return session.isdigit() and int(session) < _DECIDED_SINCE


def in_year(number: Number, date: str) -> bool:
    """Whether a date lies in the year that a number prints; a yearly session may open before.

    >>> in_year(Number(session=None, number="2127", bracket="2013"), "2021-11-12")
    False
    >>> in_year(Number(session="2019", number="1"), "2018-12-07")
    True
    """
    year, bracket, session = int(date[:4]), number.bracket or "", number.session or ""
    if len(bracket) == 4 and bracket.isdigit():
        return int(bracket) == year
    if len(session) == 4 and session.isdigit():
        return int(session) - year in (0, 1)
    return True


def fits_assembly(session: str, date: str) -> bool:
    """Whether the General Assembly's session sat on a date; early special sessions always fit.

    Session N opens in September of 1945 + N and ends as the next one opens.

    >>> fits_assembly("71", "2017-09-08"), fits_assembly("32", "2016-06-30")
    (True, False)
    >>> fits_assembly("S-30", "2016-04-19"), fits_assembly("S-17", "2011-08-23")
    (True, False)
    """
    year, month = int(date[:4]), int(date[5:7])
    if session.startswith("S-"):
        number = int(session[2:])
        return _SPECIAL.get(number) == year if number in _SPECIAL else year < 2006
    if not session.isdigit():
        return True
    opened = 1945 + int(session)
    return (year == opened and month >= 9) or (year == opened + 1 and month <= 9)


def fits_council(session: str, date: str) -> bool:
    """Whether the Human Rights Council's session sat in a date's year.

    It holds three sessions a year since March 2007, when its fourth met.

    >>> fits_council("32", "2016-06-30"), fits_council("60", "2006-03-15")
    (True, False)
    """
    year = int(date[:4])
    if session.startswith("S-"):
        return year >= 2006
    if not session.isdigit():
        return False
    return year == (2007 + (int(session) - 4) // 3 if int(session) > 3 else 2006)
