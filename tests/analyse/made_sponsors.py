"""A small corpus of sponsorships in blocs, seeded, as statements of the ontology."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pyoxigraph as ox

from kg.store import Store
from kg.vocab import DCTERMS, UNKG

STATES = (
    "ARG", "BOL", "BRA", "CHL", "COL", "ECU", "PER", "URY", "VEN",
    "AUT", "BEL", "DEU", "ESP", "FRA", "ITA", "NLD", "PRT", "SWE",
    "AGO", "BEN", "BWA", "EGY", "ETH", "GHA", "KEN", "MLI", "NGA", "SEN",
    "BGD", "CHN", "IDN", "IND", "JPN", "PAK", "PHL", "THA",
)  # fmt: skip
BASE = "https://w3id.org/unkg"


def bloc_of(state: str) -> int:
    """The bloc a state was put in: three of equal size but for one."""
    place = STATES.index(state)
    return 0 if place < 9 else 1 if place < 18 else 2 if place < 28 else 3


def statements(*, drafts: int = 120, seed: int = 4) -> Iterator[ox.Quad]:
    """Each draft is of a session, committee and bloc, and cites an instrument or none."""
    chance = random.Random(seed)
    for number in range(drafts):
        session, committee = 70 + number * 4 // drafts, chance.choice("236")
        symbol = f"A/C.{committee}/{session}/L.{number}"
        draft, graph = ox.NamedNode(f"https://undocs.org/{symbol}"), _graph(symbol)
        for predicate, value in (
            (UNKG.symbol, ox.Literal(symbol)),
            (UNKG.session, ox.Literal(session)),
            (UNKG.agendaItem, ox.Literal(f"{100 + number % 5}" + " (a)" * (number % 2))),
            (DCTERMS.title, ox.Literal(f"Matter {number}", language="en")),
            (UNKG.cites, ox.NamedNode(f"{BASE}/instrument/{('untoc', 'crc')[number % 2]}")),
        ):
            yield ox.Quad(draft, ox.NamedNode(predicate), value, graph)
        yield from _sponsors(draft, graph, chance, bloc=chance.randrange(4))


def _graph(symbol: str) -> ox.NamedNode:
    return ox.NamedNode(f"https://undocs.org/en/{symbol}")


def _sponsors(
    draft: ox.NamedNode, graph: ox.NamedNode, chance: random.Random, *, bloc: int
) -> Iterator[ox.Quad]:
    for state in STATES:
        if chance.random() > (0.7 if bloc_of(state) == bloc else 0.1):
            continue
        tier = chance.choice((UNKG.sponsoredBy, UNKG.sponsoredBy, UNKG.joinedBy, None))
        node = ox.NamedNode(f"{BASE}/state/{state}")
        for predicate in {tier or UNKG.hasSponsor, UNKG.hasSponsor}:
            yield ox.Quad(draft, ox.NamedNode(predicate), node, graph)


def made_store(*, drafts: int = 120, seed: int = 4) -> Store:
    """A store in memory that holds them."""
    store = Store.in_memory()
    by_graph: dict[str, list[ox.Quad]] = {}
    for quad in statements(drafts=drafts, seed=seed):
        by_graph.setdefault(quad.graph_name.value, []).append(quad)  # type: ignore[union-attr]
    for graph, quads in by_graph.items():
        store.put(graph, quads)
    return store
