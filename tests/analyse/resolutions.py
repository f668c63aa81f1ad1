"""Resolutions for tests, a few facts each, in the ontology's terms."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from kg.store import Store
from kg.vocab import DCTERMS, RDF, UNKG


@dataclass(frozen=True, slots=True, kw_only=True)
class Cited:
    """One citation: the target's symbol or slug, and what the paragraph says."""

    target: str
    verb: str = "Recalling"
    clause: str = "recalls"
    paragraph: str = "pp1"
    title: str | None = None

    @property
    def quote(self) -> str:
        entitled = f", entitled “{self.title}”" if self.title else ""
        return f"{self.verb} {self.target}{entitled},"


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """One resolution as it was read in English."""

    symbol: str
    title: str
    year: int
    cites: tuple[Cited, ...] = ()


def iri(name: str) -> str:
    base = "https://undocs.org/" if "/" in name else "https://w3id.org/unkg/instrument/"
    return base + name


def stored(resolutions: Iterable[Resolution]) -> Store:
    """A store of resolutions, each in a graph of its own."""
    store = Store.in_memory(ontology=False)
    for one in resolutions:
        store.put(f"https://undocs.org/en/{one.symbol}", quads(one))
    return store


def quads(one: Resolution) -> list[ox.Quad]:
    work, version = iri(one.symbol), f"https://undocs.org/en/{one.symbol}"
    facts: list[tuple[str, str, ox.NamedNode | ox.Literal]] = [
        (work, RDF.type, ox.NamedNode(UNKG.Resolution)),
        (work, UNKG.symbol, ox.Literal(one.symbol)),
        (work, DCTERMS.title, ox.Literal(one.title, language="en")),
        (work, DCTERMS.date, ox.Literal(f"{one.year}-12-18")),
        (version, UNKG.versionOf, ox.NamedNode(work)),
        (version, DCTERMS.language, ox.Literal("en")),
    ]
    place = 0
    for cited in one.cites:
        paragraph, target = f"{work}#{cited.paragraph}", ox.NamedNode(iri(cited.target))
        this = f"{paragraph}-cites-{cited.target.replace('/', '-')}"
        where = f"{version}#char={place},{place + len(cited.quote)}"
        facts += [
            (work, UNKG.cites, target),
            (work, getattr(UNKG, cited.clause), target),
            (this, UNKG.citingWork, ox.NamedNode(work)),
            (this, UNKG.citingParagraph, ox.NamedNode(paragraph)),
            (this, UNKG.citedWork, target),
            (this, UNKG.via, ox.Literal("text")),
            (this, UNKG.clauseVerb, ox.Literal(cited.verb, language="en")),
            (where, UNKG.mentionOf, ox.NamedNode(this)),
            (where, UNKG.quote, ox.Literal(cited.quote)),
            (where, UNKG.start, ox.Literal(place)),
            (where, UNKG.end, ox.Literal(place + len(cited.quote))),
            (where, UNKG.inVersion, ox.NamedNode(version)),
        ]
        if cited.title:
            facts.append((this, UNKG.citedTitle, ox.Literal(cited.title)))
        place += len(cited.quote) + 1
    graph = ox.NamedNode(version)
    return [ox.Quad(ox.NamedNode(a), ox.NamedNode(p), value, graph) for a, p, value in facts]


CRIME = (
    "Strengthening the United Nations crime prevention and criminal justice programme, "
    "in particular its technical cooperation capacity"
)
# The crime programme's resolutions of four sessions; 71/209 cites its predecessor by title only.
RECURRING = (
    Resolution(
        symbol="A/RES/70/178",
        title=CRIME,
        year=2015,
        cites=(
            Cited(target="A/RES/46/152"),
            Cited(target="A/RES/69/197", paragraph="pp2"),
            Cited(target="untoc", verb="Recalling", clause="recalls", paragraph="pp3"),
        ),
    ),
    Resolution(
        symbol="A/RES/71/209",
        title=CRIME.upper(),
        year=2016,
        cites=(
            Cited(target="A/RES/46/152"),
            Cited(target="A/RES/70/178", paragraph="pp2", title=CRIME),
            Cited(target="untoc", verb="Reaffirming", clause="reaffirms", paragraph="op3"),
        ),
    ),
    Resolution(
        symbol="A/RES/72/196",
        title=CRIME,
        year=2017,
        cites=(
            Cited(target="A/RES/70/178"),
            Cited(target="A/RES/71/209", paragraph="pp2"),
            Cited(target="A/RES/71/322", paragraph="pp3", title="Another matter"),
        ),
    ),
    Resolution(symbol="A/RES/46/152", title="Creation of an effective programme", year=1991),
    Resolution(
        symbol="A/RES/74/177", title=CRIME, year=2019, cites=(Cited(target="A/RES/73/186"),)
    ),
    Resolution(
        symbol="A/RES/72/192",
        title="Follow-up to the Thirteenth Congress",
        year=2017,
        cites=(Cited(target="A/RES/71/206"), Cited(target="A/RES/70/178", paragraph="pp2")),
    ),
    Resolution(
        symbol="E/RES/2018/1", title=CRIME, year=2018, cites=(Cited(target="A/RES/72/196"),)
    ),
)
