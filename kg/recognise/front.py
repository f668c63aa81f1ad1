"""What a document says of itself: session, agenda item, title, committee, rapporteur, symbol."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from kg.authority import Authority
from kg.languages import Language
from kg.model import DocumentData
from kg.numerals import value_of
from kg.outline import Outline
from kg.recognise.dates import dates_in
from kg.recognise.names import finder
from kg.recognise.states import states_in
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The lines of the front matter by what they say; ``sponsors`` is a draft's sponsor line."""

    found: dict[str, re.Match[str]]
    title: str | None
    symbol: str | None
    sponsors: Stretch | None


def read_front(outline: Outline, language: Language) -> Front:
    """The front matter's lines, told apart."""
    found: dict[str, re.Match[str]] = {}
    title: list[str] = []
    symbol, sponsors = None, None
    for stretch in outline.front:
        line = stretch.folded.strip()
        hits = [(p, m) for p in language.all("front") if (m := p.regex.match(line))]
        for pattern, match in hits:
            if pattern.value is not None:
                found.setdefault(pattern.value, match)
                sponsors = stretch if "sponsors" in match.groupdict() else sponsors
        own = language.first("own-symbol", line, at=0)
        if own:
            symbol = symbol or parse(own[1]["symbol"]).text
        elif not hits:
            title.append(stretch.text)
    return Front(
        found=found, title=clean(" ".join(title)) or None, symbol=symbol, sponsors=sponsors
    )


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
    kind: Kind = next((_KINDS[name] for name in _KINDS if name in found), "other")
    committee = _committee(found, language)
    items = _agenda(found.get("agenda"))
    return DocumentData(
        symbol=symbol,
        symbol_from=symbol_from,
        kind=kind,
        organ=_organ(symbol, committee, outline, language),
        committee=authority.organs[committee].label("en") if committee else None,
        language=language.code,
        session=_session(found.get("session"), language),
        agenda_item=items[0] if items else None,
        agenda_items=items,
        title=front.title,
        rapporteur=_group(found.get("rapporteur"), "name"),
        rapporteur_state=_state(_group(found.get("rapporteur"), "state"), language),
        adopted=_date(_group(found.get("adopted"), "date"), language),
        meeting=value_of(_group(found.get("adopted"), "meeting") or ""),
        committee_report=_symbol(_group(found.get("on-report"), "report")),
    )


def _group(found: re.Match[str] | None, name: str) -> str | None:
    return clean(found.groupdict().get(name) or "") or None if found else None


def _symbol(text: str | None) -> str | None:
    return parse(text).text if text else None


def _date(text: str | None, language: Language) -> str | None:
    return next((d.iso for d in dates_in(text or "", language)), None)


def _session(found: re.Match[str] | None, language: Language) -> int | None:
    printed = _group(found, "session")
    return None if printed is None else number_of(printed, language)


def number_of(text: str, language: Language) -> int | None:
    """A number in digits or in the language's words ("seventy-second").

    >>> from kg.languages import load_language
    >>> number_of("七十二", load_language("zh")), number_of("seventy-second", load_language("en"))
    (72, 72)
    """
    value = value_of(text)
    if value is not None:
        return value
    words = re.findall(r"\w+", text.lower())
    values = [language.numerals[word] for word in words if word in language.numerals]
    return sum(values) if words and len(values) == len(words) else None


def _agenda(found: re.Match[str] | None) -> tuple[str, ...]:
    """Agenda items, each with its letter: "68 (b)"; a letter alone belongs to the item before."""
    items: list[str] = []
    for number, letter in re.findall(
        r"([0-9]{1,3})?\s*(?:\(([a-z])\))?", _group(found, "items") or ""
    ):
        if number or letter:
            whole = number or items[-1].split()[0]
            items.append(f"{whole} ({letter})" if letter else whole)
    return tuple(dict.fromkeys(items))


def _committee(found: dict[str, re.Match[str]], language: Language) -> str | None:
    for name in ("committee-report", "committee"):
        printed = _group(found.get(name), "committee")
        if printed:
            keys = organ_keys(printed, language)
            return keys[0] if keys else None
    return None


def organ_keys(text: str, language: Language) -> Sequence[str]:
    """The organs a printed name may stand for."""
    names = list(finder("organ", language.code, spaced=language.spaced).find(text))
    return names[0].keys if names else ()


def _organ(
    symbol: str | None, committee: str | None, outline: Outline, language: Language
) -> str | None:
    if committee and committee.startswith("A/C."):
        return "GA"
    if symbol:
        organ = organ_of(symbol)
        return "GA" if organ.startswith("A/C.") else organ
    opening = next((s.opening for s in outline.sections if s.opening), None)
    keys = organ_keys(opening, language) if opening else ()
    return keys[0] if keys else None


def _state(text: str | None, language: Language) -> str | None:
    return next((s.keys[0] for s in states_in(text or "", language)), None)
