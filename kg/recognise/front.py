"""What a document says of itself: session, agenda item, title, committee, rapporteur, symbol."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from kg.authority import Authority
from kg.languages import Language
from kg.model import DocumentData
from kg.outline import Outline
from kg.recognise.blocks import cut, joined, lines_in
from kg.recognise.closing import Closing, read_closing
from kg.recognise.dates import dates_in
from kg.recognise.names import finder
from kg.recognise.states import state_list, states_in
from kg.stretch import Stretch, clean
from kg.symbol import organ_of, parse

Kind = Literal["committee-report", "resolution", "draft-resolution", "decision", "other"]
_KINDS: dict[str, Kind] = {
    "committee-report": "committee-report",
    "resolution": "resolution",
    "draft-resolution": "draft-resolution",
    "draft-decision": "draft-resolution",
    "decision": "decision",
}


# How many printed lines one statement of the front matter may take, and a list of sponsors.
_LINES, _SPONSOR_LINES, _FRONT = 4, 60, 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """The number a text is printed under ("45/15. Title"): no symbol without its organ.

    ``kind`` is "RES" or "DEC" where the heading says so.
    """

    number: str
    kind: str | None
    date: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The lines of the front matter by what they say; ``sponsors`` is a draft's sponsor line."""

    found: dict[str, re.Match[str]]
    title: str | None
    symbol: str | None
    heading: Heading | None
    sponsors: Stretch | None


@dataclass(slots=True)
class _Reading:
    """The front matter while its lines are read; ``anchor`` counts the lines of the title
    that stand before the line that names the text (its number, its sponsors)."""

    lines: Sequence[Stretch]
    found: dict[str, re.Match[str]] = field(default_factory=dict)
    title: list[str] = field(default_factory=list)
    anchor: int | None = None
    weak: int | None = None
    symbol: str | None = None
    heading: Heading | None = None
    sponsors: Stretch | None = None


_STRONG = frozenset({"draft-resolution", "draft-decision", "amendment"})
_WEAK = frozenset({"resolution", "decision", "adopted", "on-report"})


def read_front(outline: Outline, language: Language) -> Front:
    """The front matter's lines, told apart; a statement may run over several of them."""
    lines = tuple(lines_in(outline.front))[:_FRONT]
    reading = _Reading(lines=lines)
    at = 0
    while at < len(lines):
        at = _statement(reading, at, language)
    anchor = reading.weak if reading.anchor is None else reading.anchor
    title = reading.title[anchor or 0 :]
    return Front(
        found=reading.found,
        title=clean(" ".join(title)) or None,
        symbol=reading.symbol,
        heading=reading.heading,
        sponsors=reading.sponsors,
    )


def _statement(reading: _Reading, at: int, language: Language) -> int:
    """Reads what begins at a line: the longest statement there is; gives the line after it."""
    own = _own(reading, at, language)
    if own:
        return own
    for end in range(min(len(reading.lines), at + _SPONSOR_LINES), at, -1):
        if end - at > _LINES and ":" not in reading.lines[end - 1].folded:
            continue
        window = joined(reading.lines[at:end])
        hits = [
            (pattern.value, match)
            for pattern in language.all("front")
            if (match := pattern.quick.match(window.folded))
            and (end == at + 1 or _spans_lines(pattern.value, match, end - at, language))
        ]
        if hits:
            for value, match in hits:
                _found(reading, value, match, window)
            return end
    line = reading.lines[at]
    if not any(language.first(kind, line.folded, at=0) for kind in ("opening", "behalf-note")):
        reading.title.append(line.text)
    return at + 1


def _spans_lines(value: str | None, match: re.Match[str], count: int, language: Language) -> bool:
    """Whether a statement may be taken from several lines: sponsors only as a whole list."""
    if value is None or match.end() < len(match.string):
        return False
    sponsors = match.groupdict().get("sponsors")
    if sponsors:
        return state_list(sponsors, language).whole
    return count <= _LINES


def _found(reading: _Reading, value: str | None, match: re.Match[str], window: Stretch) -> None:
    if value is None:
        return
    reading.found.setdefault(value, match)
    if value in _STRONG and reading.anchor is None:
        reading.anchor = len(reading.title)
    if value in _WEAK:
        reading.weak = len(reading.title)
    if match.groupdict().get("sponsors"):
        reading.sponsors = cut(window, *match.span("sponsors"))


def _own(reading: _Reading, at: int, language: Language) -> int | None:
    """Reads the document's own symbol, or the number over its text; gives the line after it."""
    own = language.first("own-symbol", reading.lines[at].folded, at=0)
    if own:
        reading.symbol = reading.symbol or parse(own[1]["symbol"]).text
        return at + 1
    for end in (at + 2, at + 1) if reading.heading is None else ():
        window = joined(reading.lines[at:end])
        numbers = [
            (pattern, match)
            for pattern in language.all("own-number")
            if (match := pattern.quick.match(window.folded))
        ]
        number = max(
            numbers, key=lambda hit: (hit[0].value is not None, hit[1].end()), default=None
        )
        titled = number and window.folded[number[1].end("number") :].strip(" .,*")
        if number and (end == at + 1 or not titled or number[1].groupdict().get("date")):
            _numbered(reading, number[0].value, number[1], window, language)
            return min(end, len(reading.lines))
    return None


def _numbered(
    reading: _Reading, kind: str | None, found: re.Match[str], window: Stretch, language: Language
) -> None:
    groups = found.groupdict()
    date = _date(groups.get("date"), language)
    reading.heading = Heading(number=found["number"], kind=kind, date=date)
    reading.anchor = len(reading.title)
    title = window.text[found.end("date" if groups.get("date") else "number") :].lstrip(" .,*\t-–—")
    if title.strip():
        reading.title.append(title.strip())


def document_data(
    front: Front,
    outline: Outline,
    language: Language,
    authority: Authority,
    *,
    symbol: str | None,
    symbol_from: Literal["option", "printed", "heading", "file name"] | None,
) -> DocumentData:
    """The document's data; what it does not print stays None."""
    found = front.found
    committee = _committee(found, language)
    items = _agenda(found.get("agenda"), language)
    closing = read_closing(outline, language)
    kind = _kind(front, outline, symbol)
    texts = any(section.kind for section in outline.sections)
    adopted = kind in ("resolution", "decision")
    return DocumentData(
        symbol=symbol,
        symbol_from=symbol_from,
        kind=kind,
        organ=_organ(symbol, committee, found, outline, language),
        committee=authority.organs[committee].label("en") if committee else None,
        language=language.code,
        session=_session(found.get("session"), symbol, language),
        agenda_item=items[0] if items else None,
        agenda_items=items,
        title=front.title if found or texts or front.heading else None,
        rapporteur=_group(found.get("rapporteur"), "name"),
        rapporteur_state=_state(_group(found.get("rapporteur"), "state"), language),
        adopted=_adopted(front, closing, language) if adopted else None,
        meeting=_meeting(front, closing) if adopted else None,
        committee_report=_report(front),
    )


def draft_symbol(front: Front) -> str | None:
    """The draft that an adopted text names as its own ("without reference to a Main Committee
    (A/70/L.1)"): a document of the limited series, where a report has a number of its own."""
    named = _symbol(_group(front.found.get("on-report"), "report"))
    return named if named and is_limited(named) else None


def is_limited(symbol: str) -> bool:
    """Whether a symbol is of the limited series, which holds drafts.

    >>> is_limited("A/70/L.65"), is_limited("A/S-24/8/Rev.1")
    (True, False)
    """
    return re.search(r"/L\.\d", symbol) is not None


def _report(front: Front) -> str | None:
    named = _symbol(_group(front.found.get("on-report"), "report"))
    return None if named is None or is_limited(named) else named


def _kind(front: Front, outline: Outline, symbol: str | None) -> Kind:
    """What the front matter says; else what the symbol says, and the text under it."""
    kind = next((_KINDS[name] for name in _KINDS if name in front.found), None)
    if kind is not None and not (front.heading and front.heading.kind == "DEC"):
        return kind
    if front.heading and front.heading.kind:
        return "decision" if front.heading.kind == "DEC" else "resolution"
    named = parse(symbol).kind if symbol else "document"
    if named in ("resolution", "decision"):
        return "resolution" if named == "resolution" else "decision"
    texts = any(section.kind for section in outline.sections)
    return "draft-resolution" if symbol and texts and is_limited(symbol) else "other"


def _adopted(front: Front, closing: Closing | None, language: Language) -> str | None:
    printed = _date(_group(front.found.get("adopted"), "date"), language)
    headed = front.heading.date if front.heading else None
    return printed or headed or (closing.date if closing else None)


def _meeting(front: Front, closing: Closing | None) -> int | None:
    printed = re.match(r"\d+", _group(front.found.get("adopted"), "meeting") or "")
    return int(printed[0]) if printed else (closing.meeting if closing else None)


def _group(found: re.Match[str] | None, name: str) -> str | None:
    return clean(found.groupdict().get(name) or "") or None if found else None


def _symbol(text: str | None) -> str | None:
    return parse(text).text if text else None


def _date(text: str | None, language: Language) -> str | None:
    return next((d.iso for d in dates_in(text or "", language)), None)


def _session(found: re.Match[str] | None, symbol: str | None, language: Language) -> int | None:
    """The session printed, else the one an organ's resolution is numbered in."""
    printed = _group(found, "session")
    if printed is not None:
        return number_of(printed, language)
    numbered = re.search(r"/(?:RES|DEC)/(\d+)/", symbol or "")
    return int(numbered[1]) if numbered else None


def number_of(text: str, language: Language) -> int | None:
    """A number in digits or in the language's words ("seventy-second").

    >>> from kg.languages import load_language
    >>> number_of("七十二", load_language("zh")), number_of("seventy-second", load_language("en"))
    (72, 72)
    """
    return language.number(text)


def _agenda(found: re.Match[str] | None, language: Language) -> tuple[str, ...]:
    """Agenda items, each with its letter: "68 (b)"; a letter alone belongs to the item before."""
    items: list[str] = []
    for number, letter in re.findall(
        r"([0-9]{1,3})?\s*(?:\(?([^\W\d_])\))?", _group(found, "items") or ""
    ):
        letter = language.letters.get(letter, letter).lower()
        if number or letter:
            whole = number or items[-1].split()[0]
            items.append(f"{whole} ({letter})" if letter else whole)
    return tuple(dict.fromkeys(items))


def _committee(found: dict[str, re.Match[str]], language: Language) -> str | None:
    for name in ("committee-report", "committee", "on-report"):
        printed = _group(found.get(name), "committee")
        if printed:
            keys = organ_keys(printed, language)
            main = [key for key in keys if name != "on-report" or key.startswith("A/C.")]
            return main[0] if main else None
    return None


def organ_keys(text: str, language: Language) -> Sequence[str]:
    """The organs a printed name may stand for."""
    names = list(finder("organ", language.code).find(text))
    return names[0].keys if names else ()


def _organ(
    symbol: str | None,
    committee: str | None,
    found: dict[str, re.Match[str]],
    outline: Outline,
    language: Language,
) -> str | None:
    if committee and committee.startswith("A/C."):
        return "GA"
    if symbol:
        organ = organ_of(symbol)
        return "GA" if organ.startswith("A/C.") else organ
    return _adopting(found, outline, language)


def _adopting(found: dict[str, re.Match[str]], outline: Outline, language: Language) -> str | None:
    """The organ that adopts the text: named over it, else the one that opens it."""
    printed = [_group(found.get(name), "organ") for name in ("resolution", "decision", "adopted")]
    printed += [next((s.opening for s in outline.sections if s.opening), None)]
    for words in filter(None, printed):
        keys = organ_keys(words, language)
        if keys:
            return keys[0]
    return None


def _state(text: str | None, language: Language) -> str | None:
    return next((s.keys[0] for s in states_in(text or "", language)), None)
