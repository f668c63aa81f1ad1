"""Whose document it is: the symbol given, printed, told by the heading or by the file's name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal

from kg.languages import CODES, Language
from kg.model import Source
from kg.outline import Outline
from kg.recognise.front import Front, organ_keys
from kg.resolve.owners import owner_of
from kg.symbol import Number, is_symbol, number_symbol, parse

SymbolFrom = Literal["option", "printed", "heading", "file name"]

# The organs that number their resolutions as a heading does.
_NUMBERED = re.compile(r"GA|SC|ECOSOC|HRC|TC|E/CN\.\d{1,2}|CTOC/COP|UNEP/EA")
_PIECES = re.compile(
    r"(?:(?P<session>E?S-\d{1,2}|\d{1,4})/(?P<n>\d{1,4})|(?P<old>\d{1,4})\s?(?P<part>[A-Z])?"
    r"\s?\((?P<bracket>\d{4}|E?S-[IVXL]+|[IVXL]{1,7})\))\s?(?P<letter>[A-Z])?"
)


def own_symbol(
    source: Source, given: str | None, front: Front, outline: Outline, language: Language
) -> tuple[str | None, SymbolFrom | None]:
    """The document's symbol by rank: given, printed, told by its heading, by the file's name."""
    if given is not None:
        return parse(given).text, "option"
    if front.symbol is not None:
        return front.symbol, "printed"
    headed = _heading_symbol(front, outline, language)
    if headed is not None:
        return headed, "heading"
    named = symbol_of_name(source.name)
    return (named, "file name") if named else (None, None)


def symbol_of_name(name: str) -> str | None:
    """The symbol that a file name spells, None if it spells none.

    Only the series that a stem cannot mean otherwise: a body and a resolution or a session.

    >>> symbol_of_name("A_RES_76_175.en.txt"), symbol_of_name("A_RES_76_175-EN.pdf")
    ('A/RES/76/175', 'A/RES/76/175')
    >>> symbol_of_name("report_2017.txt") is None
    True
    >>> symbol_of_name("A_C.3_56_right-to-development.txt") is None
    True
    """
    stem = re.sub(r"(?:\.[a-z]{2,5}){1,2}$", "", Path(name).name)
    stem = re.sub(rf"[-_](?:{'|'.join(CODES)})$", "", stem, flags=re.IGNORECASE)
    candidate = stem.replace("_", "/")
    shaped = re.fullmatch(r"(?:A|E|S|A/HRC)/(?:RES/|[0-9]).*|A/C\.[1-6]/.*|E/CN\..*", candidate)
    # Every component counts or is a series; words are a file's name, not a symbol's.
    if not all(re.search(r"\d|^[A-Z]{1,5}$", part) for part in candidate.split("/")):
        return None
    return parse(candidate).text if shaped and is_symbol(candidate) else None


def _heading_symbol(front: Front, outline: Outline, language: Language) -> str | None:
    """The symbol that a heading's number makes with the organ that speaks under it.

    Only where the document is one text: a page with several resolutions is none of them.
    """
    numbers = {found for line in _headings(outline) if (found := _number(line, language))}
    organs = {section.opening for section in outline.sections if section.opening}
    if len(numbers) != 1 or not organs:
        return None
    if any(kind in front.found for kind in ("draft-resolution", "draft-decision")):
        return None
    section = next(section for section in outline.sections if section.opening)
    keys = organ_keys(section.opening or "", language)
    if not keys or not _NUMBERED.fullmatch(keys[0]):
        return None
    number = next(iter(numbers))
    if owner_of(number, named=keys[0], speaking=keys[0], date=None).organ != keys[0]:
        return None
    decided = section.kind == "decision" or "decision" in front.found
    return number_symbol(keys[0], number, kind="DEC" if decided else "RES").text


def _headings(outline: Outline) -> list[str]:
    lines = [stretch.folded.strip() for stretch in outline.front]
    for section in outline.sections:
        lines += [section.title] if section.title else []
        lines += [
            part.stretch.folded.strip()
            for part in section.segments
            if part.kind in ("heading", "other")
        ]
    return lines


def _number(line: str, language: Language) -> Number | None:
    found = language.first("own-number", line, at=0)
    pieces = _PIECES.fullmatch(found[1]["number"].strip()) if found else None
    if pieces is None:
        return None
    letter = pieces["part"] or pieces["letter"] or ""
    if pieces["old"]:
        return Number(number=pieces["old"], letter=letter, bracket=pieces["bracket"])
    return Number(number=pieces["n"], session=pieces["session"], letter=letter)
