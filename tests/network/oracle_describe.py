"""The plain version of ``kg.network.described``: one query for all facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.network.described import KINDS
from kg.symbol import DOCUMENT_BASE, organ_of
from kg.vocab import DCTERMS, RDF, SKOS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

_FACTS = f"""
SELECT DISTINCT ?thing ?property ?value WHERE {{
  VALUES ?property {{
    <{RDF.type}> <{UNKG.symbol}> <{DCTERMS.title}> <{SKOS.prefLabel}> <{DCTERMS.date}>
    <{UNKG.session}>
  }}
  {{ ?thing <{UNKG.cites}> ?other }} UNION {{ ?other <{UNKG.cites}> ?thing }}
  UNION {{ ?thing <{UNKG.contains}> ?other }} UNION {{ ?other <{UNKG.contains}> ?thing }}
  UNION {{ ?thing <{UNKG.recommendedAs}> ?other }} UNION {{ ?thing <{UNKG.onReport}> ?other }}
  UNION {{ ?thing <{UNKG.adoptedAs}> ?other }} UNION {{ ?other <{UNKG.adoptedAs}> ?thing }}
  ?thing ?property ?value
}}
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """One thing in words: empty texts and None where nothing is known."""

    label: str
    symbol: str = ""
    title: str = ""
    kind: str = "document"
    organ: str = ""
    year: int | None = None


def described(store: Reader, things: Iterable[str], *, language: str) -> dict[str, Described]:
    """Each of the things by IRI, its names in ``language`` where it has one."""
    facts: dict[str, dict[str, list[tuple[str, str]]]] = {}
    for thing, prop, value in store.select(_FACTS).rows:
        found = facts.setdefault(thing.value, {}).setdefault(prop.value, [])
        found.append((getattr(value, "language", None) or "", value.value))
    return {thing: _described(thing, facts.get(thing, {}), language) for thing in things}


def _described(thing: str, facts: Mapping[str, list[tuple[str, str]]], language: str) -> Described:
    classes = {value for _, value in facts.get(RDF.type, ())}
    symbol = min((value for _, value in facts.get(UNKG.symbol, ())), default="")
    name = _best(facts.get(SKOS.prefLabel, ()), language)
    title = _best(facts.get(DCTERMS.title, ()), language) or name
    last = thing.removeprefix(DOCUMENT_BASE)
    return Described(
        label=symbol or name or (last if last != thing else thing.rsplit("/", 1)[-1]),
        symbol=symbol,
        title=title,
        kind=next((kind for iri, kind in KINDS.items() if iri in classes), "document"),
        organ=organ_of(symbol) if symbol else _organ_of_part(last),
        year=_year(facts),
    )


def _organ_of_part(name: str) -> str:
    """A part without a draft belongs to the organ of its document."""
    document, mark, _ = name.partition("#")
    return organ_of(document) if mark and not document.startswith("http") else ""


def _best(texts: Iterable[tuple[str, str]], language: str) -> str:
    """In the wanted language, else in English, else in any; the first in order."""
    ranked = sorted((tag != language, tag != "en", tag, text) for tag, text in texts)
    return ranked[0][-1] if ranked else ""


def _year(facts: Mapping[str, list[tuple[str, str]]]) -> int | None:
    dates = sorted(value[:4] for _, value in facts.get(DCTERMS.date, ()) if value[:4].isdigit())
    return int(dates[0]) if dates else None
