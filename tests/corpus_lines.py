"""A generated document in lines of N-Quads: its words, citations, passages and sponsors."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

import corpus_templates as of
from corpus_blocs import Draft
from corpus_plan import Resolution
from corpus_words import OPERATIVE, PREAMBULAR

from kg import iri, languages
from kg.authority import load_authority
from kg.symbol import Symbol
from kg.triples.terms import slug
from kg.vocab import UNKG

ORGANS = {
    "GA": "General Assembly",
    "ECOSOC": "Economic and Social Council",
    "SC": "Security Council",
    "HRC": "Human Rights Council",
}
_FRENCH_ORGANS = {
    "GA": "de l'Assemblée générale",
    "ECOSOC": "du Conseil économique et social",
    "SC": "du Conseil de sécurité",
    "HRC": "du Conseil des droits de l'homme",
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}


@cache
def clause_of(verb: str, language: str) -> str | None:
    return languages.clause_of(verb, language)


def printed_day(day: date, language: str) -> str:
    """A date as a resolution prints it.

    >>> printed_day(date(2016, 12, 19), "en"), printed_day(date(2016, 12, 1), "fr")
    ('19 December 2016', '1er décembre 2016')
    """
    first = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{first} {_MONTHS[language].split()[day.month - 1]} {day.year}"


def escaped(words: str) -> str:
    """Words as the inside of an N-Quads literal."""
    return words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")


@dataclass(frozen=True, slots=True)
class Cited:
    """One citation in words: what it targets, and where its mention stands in the clause."""

    target: Resolution | str
    quote: str
    start: int
    titled: bool


Phrase = tuple[str, list[Cited]]


def clause(
    this: Resolution, verb: str, targets: Sequence[tuple[Resolution | str, bool]], language: str
) -> Phrase:
    """A paragraph that cites, e.g. "Recalling its resolution 71/209 of 19 December 2016,"."""
    words, found = verb, []
    for at, (target, own) in enumerate(targets):
        words += " " if at == 0 else (", et " if language == "fr" else ", and ")
        if isinstance(target, str):
            name, tail = _label(target, language), ""
            words += "la " if language == "fr" else "the "
        else:
            words += _resolution_of(this, target, language)
            name, tail = target.printed, f" {_of(language)} {printed_day(target.adopted, language)}"
        found.append(Cited(target, name, len(words), own))
        words += name + tail
        if own and isinstance(target, Resolution):
            words += (
                f", intitulée « {target.title} »"
                if language == "fr"
                else (f", entitled “{target.title}”")
            )
    return words + ",", found


def _of(language: str) -> str:
    return "du" if language == "fr" else "of"


def _resolution_of(this: Resolution, target: Resolution, language: str) -> str:
    if this.organ == target.organ:
        return "sa résolution " if language == "fr" else "its resolution "
    if language == "fr":
        return f"la résolution {_FRENCH_ORGANS[target.organ]} "
    return f"{ORGANS[target.organ]} resolution "


@cache
def _label(slug: str, language: str) -> str:
    return load_authority().instruments[slug].label(language) or slug


def document_lines(
    this: Resolution, graph_language: str, rng: Random, *, next_session: int
) -> Iterator[str]:
    """One language version of a resolution, ``rng`` in the same state for each version."""
    document = Symbol(this.symbol)
    graph = document.version_iri(graph_language)
    slots = {
        "g": graph,
        "d": document.iri,
        "language": graph_language,
        "symbol": this.symbol,
        "title": escaped(this.title),
        "organ": iri.organ_iri(this.organ),
        "session": this.session,
        "item": this.item,
        "day": this.adopted,
        "file": f"{slug(this.symbol)}.{graph_language}.txt",
        "sha": hashlib.sha256(graph.encode()).hexdigest(),
        "meeting": iri.meeting_iri(this.organ, this.session, this.meeting),
        "meeting_organ": iri.organ_iri(this.organ),
        "meeting_number": this.meeting,
        "meeting_day": this.adopted,
    }
    yield of.VERSION % slots
    yield of.RESOLUTION % slots
    if this.organ != "SC":
        yield of.SESSION % slots
    if this.committee:
        slots["committee"] = iri.organ_iri(this.committee)
        yield of.COMMITTEE % slots
    yield from _paragraphs(this, slots, rng, next_session)


def _paragraphs(
    this: Resolution, slots: dict[str, object], rng: Random, next_session: int
) -> Iterator[str]:
    runs = list(_runs(this.targets, rng))
    named: set[str] = set()
    preambular = max(1, round(len(runs) * 0.65))
    offset = 400 + len(this.title)
    for position, targets in enumerate(runs, start=1):
        before = position <= preambular
        table = PREAMBULAR if before else OPERATIVE
        english, french, _ = rng.choices(table, [row[2] for row in table])[0]
        verb = french if slots["language"] == "fr" else english
        kind = UNKG.PreambularParagraph if before else UNKG.OperativeParagraph
        n = position if before else position - preambular
        words, found = clause(this, verb, targets, str(slots["language"]))
        slots |= {
            "p": f"{slots['d']}#{'pp' if before else 'op'}{n}",
            "n": n,
            "position": position,
            "verb": verb,
        }
        slots |= {"s": offset, "e": offset + len(words), "quote": escaped(words)}
        yield of.PARAGRAPH[kind] % slots
        via = rng.choices(("text", "footnote", "both"), (94, 4, 2))[0]
        for cited in found:
            yield from _citation(cited, slots, named, via=via, offset=offset)
        offset += len(words) + 2
    if rng.random() < 0.4 and len(runs) > preambular:
        yield _request(slots, offset, next_session)


def _runs(
    targets: Sequence[tuple[Resolution | str, bool]], rng: Random
) -> Iterator[list[tuple[Resolution | str, bool]]]:
    """The targets a paragraph each: one to four together, never one twice in a paragraph."""
    at = 0
    while at < len(targets):
        run: list[tuple[Resolution | str, bool]] = []
        names: set[str] = set()
        for target, own in targets[at : at + rng.choices((1, 2, 3, 4), (45, 30, 15, 10))[0]]:
            name = target if isinstance(target, str) else target.symbol
            if name in names:
                break
            names.add(name)
            run.append((target, own))
        yield run
        at += len(run)


def _citation(
    cited: Cited, slots: dict[str, object], named: set[str], *, via: str, offset: int
) -> Iterator[str]:
    """A citation's lines; ``named`` holds what the graph has said of targets and arcs."""
    target = cited.target
    name = target if isinstance(target, str) else target.symbol
    inner = {
        **slots,
        "via": via,
        "t": _target_iri(name),
        "c": f"{slots['p']}-cites-{slug_of(name)}",
    }
    start = offset + cited.start
    inner |= {"s": start, "e": start + len(cited.quote), "quote": escaped(cited.quote)}
    yield of.CITATION % inner
    verb = None if via == "footnote" else clause_of(str(slots["verb"]), str(slots["language"]))
    if isinstance(target, str):
        about = of.INSTRUMENT[load_authority().instruments[target].kind]
    else:
        about = of.NAMED
        inner |= {"symbol": name, "organ": iri.organ_iri(target.organ), "day": target.adopted}
        yield of.CITED_DATE % inner
    for lines in (of.arc(verb) % inner, about % inner):
        yield from (line for line in lines.splitlines(keepends=True) if line not in named)
        named.update(lines.splitlines(keepends=True))
    if cited.titled and isinstance(target, Resolution):
        yield of.CITED_TITLE % {**inner, "title": escaped(target.title)}


@cache
def _target_iri(named: str) -> str:
    return Symbol(named).iri if "/" in named else iri.instrument_iri(named)


@cache
def slug_of(named: str) -> str:
    """A symbol or a slug as a piece of a fragment."""
    return slug(named)


def _request(slots: dict[str, object], offset: int, next_session: int) -> str:
    french = slots["language"] == "fr"
    name = "Secrétaire général" if french else "Secretary-General"
    words = (
        f"Prie le {name} de lui rendre compte de la question à sa {next_session}e session"
        if french
        else f"Requests the {name} to report to it on the question at its session {next_session}"
    )
    return of.REQUEST % {
        **slots,
        "c": f"{slots['p']}-request-1",
        "verb": "Prie" if french else "Requests",
        "name": name,
        "due": next_session,
        "s": offset,
        "e": offset + len(words),
        "quote": words,
    }


def draft_lines(draft: Draft) -> Iterator[str]:
    """A draft resolution, what became of it, and its sponsors."""
    this, document = draft.becomes, Symbol(draft.symbol)
    organ = this.committee or this.organ
    graph = document.version_iri("en")
    slots: dict[str, object] = {
        "g": graph,
        "d": document.iri,
        "t": Symbol(this.symbol).iri,
        "language": "en",
        "symbol": draft.symbol,
        "title": escaped(this.title),
        "organ": iri.organ_iri(document.organ),
        "session": this.session,
        "item": this.item,
        "file": f"{slug(draft.symbol)}.en.txt",
        "sha": hashlib.sha256(graph.encode()).hexdigest(),
        "meeting": iri.meeting_iri(organ, this.session, draft.meeting),
        "meeting_organ": iri.organ_iri(organ),
        "meeting_number": draft.meeting,
        "meeting_day": draft.introduced,
    }
    yield of.VERSION % slots
    yield of.DRAFT % slots
    if this.organ != "SC":
        yield of.INTRODUCED_AT % slots
    yield of.NAMED % {**slots, "symbol": this.symbol, "organ": iri.organ_iri(this.organ)}
    if draft.sponsors:
        yield of.INTRODUCED_BY % {**slots, "t": iri.state_iri(draft.sponsors[0][0])}
    yield from _sponsorships(draft, slots)


def _sponsorships(draft: Draft, slots: dict[str, object]) -> Iterator[str]:
    positions = dict.fromkeys(of.SPONSOR, 0)
    offset = 600
    for code, tier in draft.sponsors:
        positions[tier] += 1
        slots |= {"c": f"{slots['d']}#sponsor-{code}", "t": iri.state_iri(code)}
        slots["position"] = positions[tier]
        yield of.SPONSOR[tier] % slots
        if tier == "joined" and draft.becomes.organ != "SC":
            yield of.AT_MEETING % slots
        if draft.mentioned:
            name = load_authority().states[code].label("en") or code
            slots |= {"s": offset, "e": offset + len(name), "quote": escaped(name)}
            yield of.MENTION % slots
            offset += len(name) + 2
