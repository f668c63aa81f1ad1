"""The numbers Word prints before paragraphs: they are counted, not written, in its files."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from xml.etree import ElementTree

from kg.numerals import roman
from kg.read.archive import child, local, value

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_HAN = "〇一二三四五六七八九"
_LETTERS = {
    "lowerLetter": _LATIN,
    "upperLetter": _LATIN.upper(),
    "arabicAlpha": _ARABIC,
    "arabicAbjad": _ABJAD,
    "russianLower": _RUSSIAN,
    "russianUpper": _RUSSIAN.upper(),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Level:
    """How one level of a list is numbered: format, text ("(%1)"), first number."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    spaced: bool = True


@dataclass(frozen=True, slots=True)
class Scheme:
    """The lists a file defines: each number's list and its levels."""

    levels: Mapping[str, Mapping[int, Level]]
    lists: Mapping[str, str]
    restarts: Mapping[tuple[str, int], int]


@dataclass(slots=True)
class Counter:
    """Counts the paragraphs of a document's lists as Word does."""

    scheme: Scheme
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def label(self, number: str, level: int) -> str:
        """What is printed before the next paragraph of a list, "" if nothing.

        >>> one = {0: Level(text="%1."), 1: Level(text="(%2)", format="lowerLetter")}
        >>> counter = Counter(Scheme({"7": one}, {"1": "7"}, {}))
        >>> [counter.label("1", level) for level in (0, 1, 1, 0)]
        ['1. ', '(a) ', '(b) ', '2. ']
        """
        name = self.scheme.lists.get(number)
        levels = self.scheme.levels.get(name or "", {})
        if name is None or level not in levels:
            return ""
        counts = self.counts.setdefault(name, {})
        self._advance(number, level, levels, counts)
        own = levels[level]
        if own.format in ("bullet", "none"):
            return "• " if own.format == "bullet" else ""
        text = re.sub(
            r"%([1-9])",
            lambda found: _printed(levels, counts, int(found[1]) - 1),
            own.text,
        )
        return text + " " if own.spaced and text else text

    def _advance(
        self, number: str, level: int, levels: Mapping[int, Level], counts: dict[int, int]
    ) -> None:
        again = self.scheme.restarts.get((number, level))
        if again is not None and (number, level) not in self.begun:
            self.begun.add((number, level))
            counts[level] = again
        else:
            counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]


def _printed(levels: Mapping[int, Level], counts: Mapping[int, int], level: int) -> str:
    known = levels.get(level, Level())
    return counted(counts.get(level, known.start), known.format)


def counted(number: int, format: str) -> str:
    """A number in a format of Word's; one that is not known here is written in digits.

    >>> counted(28, "lowerLetter"), counted(4, "lowerRoman"), counted(12, "chineseCounting")
    ('bb', 'iv', '十二')
    """
    if number < 1:
        return str(number)
    if format in _LETTERS and number < 800:
        letters = _LETTERS[format]
        return letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)
    if format in ("lowerRoman", "upperRoman") and number < 4000:
        return roman(number) if format == "upperRoman" else roman(number).lower()
    if format.startswith(("chineseCounting", "ideograph", "japaneseCounting")) and number < 100:
        return _han(number)
    return f"{number:02}" if format == "decimalZero" else str(number)


def _han(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if not tens else ("十" if tens == 1 else _HAN[tens] + "十")
    return head + (_HAN[ones] if ones else "")


def scheme_of(part: ElementTree.Element | None) -> Scheme:
    """The lists that ``numbering.xml`` defines, none if the file has none."""
    levels: dict[str, dict[int, Level]] = {}
    lists: dict[str, str] = {}
    restarts: dict[tuple[str, int], int] = {}
    for element in part if part is not None else ():
        if local(element.tag) == "abstractNum":
            levels[value(element, "abstractNumId") or ""] = _levels(element)
        elif local(element.tag) == "num":
            number = value(element, "numId") or ""
            lists[number] = value(child(element, "abstractNumId")) or ""
            restarts |= _restarts(element, number)
    return Scheme(levels, lists, restarts)


def _levels(element: ElementTree.Element) -> dict[int, Level]:
    return {
        whole(value(inner, "ilvl")): Level(
            format=value(child(inner, "numFmt")) or "decimal",
            text=value(child(inner, "lvlText")) or "",
            start=whole(value(child(inner, "start")), default=1),
            spaced=value(child(inner, "suff")) != "nothing",
        )
        for inner in element
        if local(inner.tag) == "lvl"
    }


def _restarts(element: ElementTree.Element, number: str) -> dict[tuple[str, int], int]:
    return {
        (number, whole(value(inner, "ilvl"))): whole(value(start), default=1)
        for inner in element
        if local(inner.tag) == "lvlOverride"
        and (start := child(inner, "startOverride")) is not None
    }


def whole(text: str | None, *, default: int = 0) -> int:
    """A number of a Word file; ``default`` where it is missing or none."""
    return int(text) if text and re.fullmatch(r"-?[0-9]{1,9}", text) else default
