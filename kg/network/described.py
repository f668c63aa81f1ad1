"""What a node of a network is called, what kind of thing it is, whose, and of which year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from kg.symbol import DOCUMENT_BASE, organ_of
from kg.vocab import DCTERMS, SKOS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

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
_CLASSES = f"""
SELECT ?thing ?class WHERE {{
  VALUES ?class {{ {" ".join(f"<{iri}>" for iri in KINDS)} }}
  ?thing a ?class
}}
"""
_VALUES = "SELECT ?thing ?value WHERE {{ ?thing <{property}> ?value }}"
_HELD = f"""
SELECT DISTINCT ?thing WHERE {{
  {{ ?version <{UNKG.versionOf}> ?thing }} UNION {{ ?document <{UNKG.contains}> ?thing }}
}}
"""


class Name(NamedTuple):
    """A title or another name in one language (``""``: not said which)."""

    title: bool
    language: str
    text: str


class Described(NamedTuple):
    """One thing: empty texts and None where nothing is known; ``held`` if its text was read."""

    symbol: str = ""
    kind: str = "document"
    organ: str = ""
    year: int | None = None
    held: bool = False
    names: tuple[Name, ...] = ()


def described(reader: Reader, things: Iterable[str]) -> Iterator[Described]:
    """What is known of each of the things, in their order, from six plain queries."""
    order = {iri: place for place, iri in enumerate(KINDS)}
    classes: dict[str, str] = {}
    for thing, found in _pairs(reader, _CLASSES):
        classes[thing] = min(classes.get(thing, found), found, key=order.__getitem__)
    symbols, dates = _least(reader, UNKG.symbol), _least(reader, DCTERMS.date)
    held = {row[0].value for row in reader.select(_HELD).rows}
    names = _names(reader)
    for thing in things:
        symbol, date = symbols.get(thing, ""), dates.get(thing, "")[:4]
        yield Described(
            symbol=symbol,
            kind=KINDS.get(classes.get(thing, ""), "document"),
            organ=organ_of(symbol) if symbol else _organ_of_part(thing),
            year=int(date) if date.isascii() and date.isdigit() else None,
            held=thing in held,
            names=tuple(sorted(names.get(thing, ()))),
        )


def _pairs(reader: Reader, sparql: str) -> Iterator[tuple[str, str]]:
    return ((thing.value, value.value) for thing, value in reader.select(sparql).rows)


def _least(reader: Reader, prop: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for thing, value in _pairs(reader, _VALUES.format(property=prop)):
        found[thing] = min(found.get(thing, value), value)
    return found


def _names(reader: Reader) -> dict[str, set[Name]]:
    found: dict[str, set[Name]] = {}
    for prop in (DCTERMS.title, SKOS.prefLabel):
        for thing, value in reader.select(_VALUES.format(property=prop)).rows:
            spoken: Any = getattr(value, "language", None)
            name = Name(prop == DCTERMS.title, spoken or "", value.value)
            found.setdefault(thing.value, set()).add(name)
    return found


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
