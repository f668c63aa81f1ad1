"""The UN symbol: one grammar, parse ↔ format ↔ IRI; a value, never a bare string.

Source: ST/LIB/SER.B/5/Rev.5 (United Nations document symbols) for the series; the canonical
spelling is that of undocs.org, white space removed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Literal
from urllib.parse import quote

from kg.errors import SymbolError
from kg.numerals import value_of

DOCUMENT_BASE = "https://undocs.org/"

# First components of the symbols the UN and the bodies it services print. "HIV/AIDS" has the
# shape of a symbol too, so the series is part of the grammar.
SERIES = (
    "A", "S", "E", "ST", "T", "TD", "ID", "DP", "UNEP", "HSP", "HS", "ICCD", "FCCC", "UNFCCC",
    "CBD", "CTOC", "CAC", "CCPR", "CEDAW", "CERD", "CAT", "CRC", "CMW", "CRPD", "CED", "HRI",
    "LOS", "SPLOS", "ISBA", "JIU", "PBC", "NPT", "BWC", "CCW", "CD", "APLC", "CCM", "ICC",
    "WHA", "UNW", "LC", "AT", "ICEF", "WFP", "OPS", "DC", "GATT", "TRADE",
)  # fmt: skip

# A symbol inside running text: a series, then components, at least one digit in all. Latin
# letters and digits may not touch it; CJK and Arabic text may.
_COMPONENT = r"[A-Za-z0-9]+(?:[.\-][A-Za-z0-9]+)*(?:\([A-Za-z0-9. ]{1,12}\)[A-Z]?)?"
SYMBOL_PATTERN = (
    rf"(?<![A-Za-z0-9/.])(?:{'|'.join(sorted(SERIES, key=len, reverse=True))})"
    rf"(?=[^\s,;:，；。、）]{{0,60}}[0-9])(?>(?:/{_COMPONENT})+)(?![A-Za-z0-9])"
)

_PREFIX = {"GA": "A", "SC": "S", "ECOSOC": "E", "HRC": "A/HRC", "TC": "T", "WHA": "WHA"}
_ORGAN = {prefix: organ for organ, prefix in _PREFIX.items()}

Kind = Literal["resolution", "decision", "statement", "document"]
_MARK: dict[str, Kind] = {"RES": "resolution", "DEC": "decision", "PRST": "statement"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """The number of a resolution or decision as a text prints it, its pieces named.

    ``session`` is a session or year before the slash ("56", "S-30", "2017"), ``number`` what
    follows it, ``letter`` its part, ``bracket`` a year or Roman session in parentheses;
    ``dotted`` that a stop stands for the slash (73.1).
    """

    number: str
    session: str | None = None
    letter: str = ""
    bracket: str | None = None
    dotted: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Symbol:
    """A document's symbol in canonical spelling; compare by ``key``, which ignores case.

    >>> parse("A/Res/57/270 B")
    Symbol(text='A/RES/57/270B')
    >>> parse("A/RES/57/270B").iri
    'https://undocs.org/A/RES/57/270B'
    """

    text: str

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """The symbol in upper case, for comparison."""
        return self.text.upper()

    @property
    def iri(self) -> str:
        """The document (the work, whatever its language)."""
        return DOCUMENT_BASE + quote(self.text, safe="/().-")

    def version_iri(self, language: str) -> str:
        """One language version, which also names the graph of what was read from it."""
        return f"{DOCUMENT_BASE}{language}/{quote(self.text, safe='/().-')}"

    @property
    def kind(self) -> Kind:
        """Resolution, decision, presidential statement, or any other document."""
        return next(
            (_MARK[part] for part in re.split(r"[/.]", self.text) if part in _MARK), "document"
        )

    @property
    def organ(self) -> str:
        """The organ whose series it is: "GA", "SC", "ECOSOC", "HRC", "E/CN.15", "CTOC/COP".

        >>> parse("E/CN.15/RES/25/2").organ, parse("S/RES/2133(2014)").organ
        ('E/CN.15', 'SC')
        """
        return organ_of(self.text)

    @property
    def session(self) -> str | None:
        """Session or year of a resolution or decision, as printed ("56", "S-30", "2014", "V").

        >>> parse("A/RES/56/119").session, parse("A/RES/415(V)").session
        ('56', 'V')
        """
        found = re.search(r"/(?:RES|DEC|PRST)/(?:([A-Z0-9-]+)/|[0-9]+\(([A-Z0-9]+)\))", self.text)
        return (found[1] or found[2]) if found else None


def parse(text: str) -> Symbol:
    """A printed symbol as a value.

    White space is dropped, "Res" becomes "RES"; anything else is kept as printed.

    Raises:
        SymbolError: the text is no UN symbol.

    >>> parse("A/C.3/72/L.6/Rev.1").text
    'A/C.3/72/L.6/Rev.1'
    >>> parse("HIV/AIDS")
    Traceback (most recent call last):
    kg.errors.SymbolError: 'HIV/AIDS' is not a UN document symbol (expected e.g. A/72/440)
    """
    compact = re.sub(r"\s+", "", text)
    compact = re.sub(r"/(?:res|dec|prst)(?=[./])", lambda m: m[0].upper(), compact, flags=re.I)
    if not _whole().fullmatch(compact):
        raise SymbolError(f"{text[:80]!r} is not a UN document symbol (expected e.g. A/72/440)")
    return Symbol(compact)


@cache
def _whole() -> re.Pattern[str]:
    return re.compile(SYMBOL_PATTERN)


def is_symbol(text: str) -> bool:
    """Whether ``parse`` would accept the text."""
    try:
        parse(text)
    except SymbolError:
        return False
    return True


def organ_of(symbol: str) -> str:
    """The organ code of a symbol's series.

    >>> organ_of("A/HRC/RES/32/3"), organ_of("A/72/440"), organ_of("A/C.3/72/L.2")
    ('HRC', 'GA', 'A/C.3')
    """
    parts = symbol.split("/")
    for mark in _MARK:
        if mark in parts:
            prefix = "/".join(parts[: parts.index(mark)])
            return _ORGAN.get(prefix, prefix)
    if parts[0] == "A" and len(parts) > 1 and parts[1] == "HRC":
        return "HRC"
    if symbol.startswith("UNEP/EA."):
        return "UNEP/EA"
    if len(parts) > 2 and re.fullmatch(r"(?:C|CN|AC|EA|COP|CONF)(?:\.\d+)?", parts[1]):
        return f"{parts[0]}/{parts[1]}"
    return _ORGAN.get(parts[0], parts[0])


def has_series(organ: str) -> bool:
    """Whether an organ's resolutions or decisions have symbols of their own.

    >>> has_series("GA"), has_series("E/CN.15"), has_series("CTOC/COP"), has_series("unicef")
    (True, True, True, False)
    """
    if organ.startswith("A/C."):  # main committees recommend, the Assembly adopts
        return False
    return organ in _PREFIX or ("/" in organ and organ.partition("/")[0] in SERIES)


def number_symbol(organ: str, number: Number, *, kind: Literal["RES", "DEC"] = "RES") -> Symbol:
    """The canonical symbol of an organ's resolution or decision.

    >>> number_symbol("GA", Number(session="57", number="270", letter="B")).text
    'A/RES/57/270B'
    >>> number_symbol("ECOSOC", Number(number="155", letter="C", bracket="VII")).text
    'E/RES/155(VII)C'
    >>> number_symbol("SC", Number(number="2133", bracket="2014")).text
    'S/RES/2133(2014)'
    >>> number_symbol("CTOC/COP", Number(session="8", number="2")).text
    'CTOC/COP/RES/8/2'
    >>> number_symbol("UNEP/EA", Number(session="4", number="14")).text
    'UNEP/EA.4/RES.14'
    """
    prefix = _PREFIX.get(organ, organ)
    if number.bracket:
        return Symbol(f"{prefix}/{kind}/{number.number}({number.bracket}){number.letter}")
    if organ == "WHA":
        return Symbol(f"{prefix}/{number.session}.{number.number}")
    if organ == "UNEP/EA":
        return Symbol(f"{prefix}.{number.session}/{kind}.{number.number}")
    return Symbol(f"{prefix}/{kind}/{number.session}/{number.number}{number.letter}")


_YEARS: tuple[tuple[re.Pattern[str], Callable[[int], int]], ...] = (
    # A year in brackets or as the session: S/RES/2133(2014), E/RES/2017/15.
    (re.compile(r"(?:\(|/)((?:19|20)\d{2})(?:\)|/)"), lambda year: year),
    # A regular session of the General Assembly opens in the year 1945 + n.
    (re.compile(r"^A/(?:RES/|DEC/|C\.\d/)?(\d{2})/"), lambda session: 1945 + session),
    # Before the thirty-first it is a Roman number in brackets: A/RES/217(III)A.
    (re.compile(r"^A/RES/\d+\(([IVX]+)\)"), lambda session: 1945 + session),
)


def year_of_symbol(symbol: str) -> int | None:
    """The year a symbol tells, by year or by session of the General Assembly.

    >>> year_of_symbol("E/RES/2017/15"), year_of_symbol("A/RES/217(III)A"), year_of_symbol("untoc")
    (2017, 1948, None)
    """
    for shape, year in _YEARS:
        found = shape.search(symbol)
        number = value_of(found[1]) if found else None
        if number is not None:
            return year(number)
    return None
