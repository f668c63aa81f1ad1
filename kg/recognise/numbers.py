"""Numbers of resolutions as languages print them, as values: (د-21) is the session XXI."""

from __future__ import annotations

import re

from kg.languages import Language
from kg.numerals import roman
from kg.symbol import Number

# A session as a language marks it: the mark, a hyphen, the session ("د-21", "دإط - 10").
_MARKED = re.compile(r"(?P<mark>[^\W\d_]+(?: [^\W\d_]+){0,2})\s?-\s?(?P<session>[0-9]{1,2})")


def number_of_match(found: re.Match[str], language: Language) -> Number:
    """A match of the number pattern as a number, written as symbols write it.

    >>> from kg.languages import load_language
    >>> ar = load_language("ar")
    >>> number_of_match(ar.matches("number", "2200 ألف (د-21)")[0][1], ar)
    Number(number='2200', session=None, letter='A', bracket='XXI', dotted=False)
    >>> number_of_match(ar.matches("number", "دإط-10/13")[0][1], ar).session
    'ES-10'
    """
    if found.groupdict().get("dot"):
        return Number(number=found["n"], session=found["dot"], dotted=True)
    if found["old"]:
        letter = found["part"] or found["after"] or ""
        return Number(
            number=found["old"],
            letter=letter_of(letter, language),
            bracket=_mended(_session(found["bracket"], language, in_roman=True)),
        )
    return Number(
        number=found["n"],
        session=_session(found["session"], language, in_roman=False),
        letter=letter_of(found["letter"] or "", language),
    )


def letter_of(printed: str, language: Language) -> str:
    """The Latin letter of a part: باء is B."""
    return language.letters.get(printed, printed)


def _session(printed: str, language: Language, *, in_roman: bool) -> str:
    found = _MARKED.fullmatch(printed)
    mark = language.sessions.get(re.sub(r"\s", "", found["mark"])) if found else None
    if found is None or mark is None:
        return printed
    session = roman(int(found["session"])) if in_roman else str(int(found["session"]))
    return f"{mark}-{session}" if mark else session


def _mended(bracket: str) -> str:
    """A year or Roman session, the letters that a scan misread put right: (1 V) is (IV)."""
    if re.fullmatch(r"(?=.*[IVX])[IVXLl1 ]+", bracket):
        return bracket.replace(" ", "").replace("1", "I").replace("l", "I")
    return bracket
