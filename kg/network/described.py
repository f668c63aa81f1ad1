"""What a node of a network is called, what kind of thing it is, whose, and of which year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.network.columns import spread
from kg.network.facts import Facts, Rows, Wanted
from kg.symbol import DOCUMENT_BASE, organ_of
from kg.vocab import DCTERMS, RDF, SKOS, UNKG

# In the order of what tells most: a thing may have several classes.
KINDS: Mapping[str, str] = {
    UNKG.Resolution: "resolution",
    UNKG.Decision: "decision",
    UNKG.CommitteeReport: "report",
    UNKG.DraftResolution: "draft",
    UNKG.DraftDecision: "draft",
    UNKG.Amendment: "draft",
    UNKG.Part: "draft",
    UNKG.Treaty: "treaty",
    UNKG.Collective: "treaty",
    UNKG.Declaration: "declaration",
    UNKG.Rules: "rules",
    UNKG.Principles: "rules",
    UNKG.Guidelines: "rules",
    UNKG.CodeOfConduct: "rules",
    UNKG.ModelLaw: "rules",
    UNKG.Strategy: "programme",
    UNKG.Programme: "programme",
    UNKG.Agenda: "programme",
    UNKG.Framework: "programme",
    UNKG.Compact: "programme",
    UNKG.Outcome: "programme",
}
INSTRUMENTS = frozenset({"treaty", "declaration", "rules", "programme"})
WANTED = (
    *(Wanted(RDF.type, kind) for kind in KINDS),
    *map(Wanted, (UNKG.symbol, DCTERMS.date, UNKG.versionOf, UNKG.contains)),
    *(Wanted(name, tongue=True) for name in (DCTERMS.title, SKOS.prefLabel)),
)
Ints = NDArray[Any]


class Name(NamedTuple):
    """A title or another name in one language (``""``: not said which)."""

    title: bool
    language: str
    text: str


class Described(NamedTuple):
    """What is known of things, in their order; texts are numbers of facts, 0 for none.

    ``year`` is 0 where no date is known; ``held`` if a text was read; a thing's names are
    ``first_name[n]:first_name[n + 1]``, sorted as ``Name`` is.
    """

    symbol: Ints
    kind: tuple[str, ...]
    organ: tuple[str, ...]
    year: Ints
    held: NDArray[np.bool_]
    first_name: Ints
    name_title: NDArray[np.bool_]
    name_language: Ints
    name_text: Ints


def described(facts: Facts, things: Ints) -> Described:
    """What is known of each of the things, which are numbers in order."""
    symbol = _first(facts.of(UNKG.symbol), things)
    names = facts.terms.take(symbol)
    iris = facts.terms.take(things)
    held = (facts.of(prop).object for prop in (UNKG.versionOf, UNKG.contains))
    return Described(
        symbol,
        _kinds(facts, things),
        tuple(organ_of(s) if s else _organ_of_part(i) for s, i in zip(names, iris, strict=True)),
        _years(facts, _first(facts.of(DCTERMS.date), things)),
        np.isin(things, np.concatenate(list(held))),
        *_names(facts, things),
    )


def _first(rows: Rows, things: Ints) -> Ints:
    """The first object of each thing, 0 where there is none."""
    if not len(rows.subject):
        return np.zeros(len(things), dtype=np.int64)
    at = np.minimum(np.searchsorted(rows.subject, things), len(rows.subject) - 1)
    return np.where(rows.subject[at] == things, rows.object[at], 0)


def _kinds(facts: Facts, things: Ints) -> tuple[str, ...]:
    names = tuple(dict.fromkeys([*KINDS.values(), "document"]))
    found = np.full(len(things), names.index("document"))
    for iri, kind in reversed(tuple(KINDS.items())):
        found[np.isin(things, facts.of(RDF.type, iri).subject)] = names.index(kind)
    return tuple(names[code] for code in found.tolist())


def _years(facts: Facts, dates: Ints) -> Ints:
    numbers, at = np.unique(dates, return_inverse=True)
    texts = (text[:4] for text in facts.terms.take(numbers))
    years = [int(text) if text.isascii() and text.isdigit() else 0 for text in texts]
    return np.array(years, dtype=np.int64)[at]


def _names(facts: Facts, things: Ints) -> tuple[Ints, NDArray[np.bool_], Ints, Ints]:
    found = []
    for prop in (SKOS.prefLabel, DCTERMS.title):
        rows = facts.of(prop)
        owner, at = spread(
            np.searchsorted(rows.subject, things),
            np.searchsorted(rows.subject, things, side="right"),
        )
        title = np.full(len(owner), prop == DCTERMS.title)
        found.append((owner, title, rows.language[at], rows.object[at]))
    owner, title, language, text = (np.concatenate(c) for c in zip(*found, strict=True))
    order = np.lexsort((text, language, title, owner))
    starts = np.searchsorted(owner[order], np.arange(len(things) + 1))
    return starts, title[order], language[order], text[order]


def _organ_of_part(thing: str) -> str:
    """A part without a draft belongs to the organ of its document."""
    document, mark, _ = thing.removeprefix(DOCUMENT_BASE).partition("#")
    return organ_of(document) if mark and not document.startswith("http") else ""


def last_part(iri: str) -> str:
    """What an IRI is called where nothing names it.

    >>> last_part("https://undocs.org/A/RES/70/1"), last_part("https://w3id.org/unkg/organ/GA")
    ('A/RES/70/1', 'GA')
    """
    last = iri.removeprefix(DOCUMENT_BASE)
    return last if last != iri else iri.rsplit("/", 1)[-1]
