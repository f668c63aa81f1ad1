"""Sponsorships asked of a store by SPARQL, in few and small answers.

An engine hands over a million rows far more slowly than it finds them, so the sponsors of a
draft come as one text of IRIs, which hold no spaces.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from kg.authority import load_authority
from kg.iri import organ_iri
from kg.network.columns import Texts, distinct
from kg.network.sponsorships import Numbers, Relation, Sponsorships
from kg.symbol import DOCUMENT_BASE, organ_of, year_of_symbol
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

_TIERS = (UNKG.sponsoredBy, UNKG.joinedBy)
_SPONSORS = """
SELECT ?draft (GROUP_CONCAT(STR(?state); SEPARATOR=" ") AS ?states) WHERE {{
  ?draft <{property}> ?state FILTER(isIRI(?state))
}} GROUP BY ?draft
"""
_VALUES = "SELECT DISTINCT ?thing ?value WHERE {{ ?thing <{property}> ?value }}"
_INSTRUMENTS = f"""
SELECT DISTINCT ?thing ?value WHERE {{{{
  ?thing <{UNKG.cites}> ?value FILTER(STRSTARTS(STR(?value), "{{start}}"))
}}}}
"""
_SESSION = re.compile(r"/(\d{1,3})/L\.\d")
Facts = Mapping[str, list[str]]
Pairs = set[tuple[int, int]]


def sponsorships(reader: Reader) -> Sponsorships:
    """All sponsorships of a store, in memory."""
    names: dict[str, int] = {}
    states: dict[str, int] = {}
    tiers = [_pairs(reader, tier, names, states) for tier in (*_TIERS, UNKG.hasSponsor)]
    draft, state, tier = _rows(tiers, names, states)
    drafts = sorted(names)
    facts = _Facts(reader)
    symbols = [min(facts.symbols.get(iri, [""])) for iri in drafts]
    sessions = [facts.session(iri, symbol) for iri, symbol in zip(drafts, symbols, strict=True)]
    return Sponsorships(
        drafts=Texts.of(drafts),
        symbols=Texts.of(symbols),
        titles=Texts.of(facts.titles.get(iri, "") for iri in drafts),
        states=Texts.of(sorted(states)),
        sessions=np.array(sessions, dtype=np.int32),
        years=np.array(list(map(facts.year, drafts, symbols, sessions)), dtype=np.int32),
        organs=_relation(map(facts.organs_of, drafts, symbols)),
        subjects=_relation(map(facts.subjects_of, drafts)),
        instruments=_relation(map(facts.instruments_of, drafts)),
        draft=draft,
        state=state,
        tier=tier,
    )


def _pairs(
    reader: Reader, tier: str, drafts: dict[str, int], states: dict[str, int]
) -> NDArray[np.int64]:
    """Pairs of a draft and a state, numbered as they come, one column each."""
    first: list[int] = []
    second: list[int] = []
    for draft, named in reader.select(_SPONSORS.format(property=tier)).rows:
        number = drafts.setdefault(draft.value, len(drafts))
        found = [states.setdefault(iri, len(states)) for iri in named.value.split()]
        first += [number] * len(found)
        second += found
    return np.array([first, second], dtype=np.int64)


def _rows(
    tiers: list[NDArray[np.int64]], drafts: Mapping[str, int], states: Mapping[str, int]
) -> tuple[Numbers, Numbers, NDArray[np.int8]]:
    """Sorted, each once; who is named in a tier is no longer a mere sponsor."""
    place, order = _ranks(drafts), _ranks(states)
    width = max(1, len(states))
    submitted, joined, plain = (
        distinct(place[pairs[0]] * width + order[pairs[1]]) for pairs in tiers
    )
    named = distinct(np.concatenate([submitted, joined]))
    mere = plain[~np.isin(plain, named, assume_unique=True, kind="sort")]
    submitted = np.sort(np.concatenate([submitted, mere]))
    keys = np.concatenate([submitted * 2, joined * 2 + 1])
    keys.sort()
    pairs = keys // 2
    return (
        (pairs // width).astype(np.int32),
        (pairs % width).astype(np.int32),
        (keys % 2).astype(np.int8),
    )


def _ranks(names: Mapping[str, int]) -> NDArray[np.int64]:
    """Number as it came → place in sorted order."""
    found = np.zeros(len(names), dtype=np.int64)
    for rank, name in enumerate(sorted(names)):
        found[names[name]] = rank
    return found


def _relation(values: Iterable[Iterable[str]]) -> Relation:
    pairs = [(draft, name) for draft, some in enumerate(values) for name in sorted(set(some))]
    names = {name: number for number, name in enumerate(sorted({name for _, name in pairs}))}
    return Relation(
        names=Texts.of(names),
        draft=np.array([draft for draft, _ in pairs], dtype=np.int32),
        value=np.array([names[name] for _, name in pairs], dtype=np.int32),
    )


class _Facts:
    """What a store says of drafts, of the reports they are in and the resolutions they became."""

    def __init__(self, reader: Reader) -> None:
        def ask(name: str) -> Facts:
            return _facts(reader, _VALUES.format(property=name))

        self.symbols = ask(UNKG.symbol)
        self.titles = _titles(reader)
        self._sessions, self._items = ask(UNKG.session), ask(UNKG.agendaItem)
        self._organs, self._committees = ask(UNKG.organ), ask(UNKG.committee)
        self._dates = ask(DCTERMS.date)
        self._parts, self._became = ask(UNKG.recommendedAs), ask(UNKG.adoptedAs)
        self._reports = _turned(ask(UNKG.contains))
        start = f"{reader.base}/instrument/".replace("\\", "").replace('"', "")
        self._instruments = _facts(reader, _INSTRUMENTS.format(start=start))

    def session(self, draft: str, symbol: str) -> int:
        said = [text for text in self._said(draft, self._sessions) if text.isdecimal()]
        printed = _SESSION.search(symbol)
        return int(min(said, key=int) if said else printed[1] if printed else 0) % 10_000

    def year(self, draft: str, symbol: str, session: int) -> int:
        label = symbol or draft.removeprefix(DOCUMENT_BASE)
        dates = sorted(d[:4] for d in self._dates.get(draft, ()) if d[:4].isdecimal())
        known = year_of_symbol(label) or (int(dates[0]) if dates else 0)
        return known or (1945 + session if session else 0)

    def organs_of(self, draft: str, symbol: str) -> Iterator[str]:
        """Last parts of IRIs, of the organs themselves and of those above them."""
        said = [*self._said(draft, self._organs), *self._said(draft, self._committees)]
        printed = [organ_iri(organ_of(symbol))] if symbol else []
        above = _above()
        for iri in (*said, *printed):
            key: str | None = iri.rsplit("/", 1)[-1]
            while key:
                yield key
                key = above.get(key)

    def subjects_of(self, draft: str) -> list[str]:
        return self._said(draft, self._items)

    def instruments_of(self, draft: str) -> list[str]:
        texts = (draft, *self._parts.get(draft, ()), *self._became.get(draft, ()))
        return [value for text in texts for value in self._instruments.get(text, ())]

    def _said(self, draft: str, facts: Facts) -> list[str]:
        """What the draft says, else the reports that contain it, else what it became."""
        if draft in facts:
            return facts[draft]
        texts = (draft, *self._parts.get(draft, ()))
        reports = sorted({report for text in texts for report in self._reports.get(text, ())})
        said = [value for report in reports for value in facts.get(report, ())]
        became = self._became.get(draft, ())
        return said or [value for other in became for value in facts.get(other, ())]


@cache
def _above() -> dict[str, str]:
    """Organ → the organ above it, as the last parts of IRIs."""
    organs = load_authority().organs
    tails = {key: one.iri.rsplit("/", 1)[-1] for key, one in organs.items()}
    pairs = ((tails[key], tails.get(one.parent or "")) for key, one in organs.items())
    return {below: above for below, above in pairs if above}


def _facts(reader: Reader, sparql: str) -> Facts:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for thing, value in reader.select(sparql).rows:
        found[thing.value].append(value.value)
    return dict(found)


def _titles(reader: Reader) -> Mapping[str, str]:
    """A title of each thing: in English if there is one, else the first in order."""
    found: dict[str, tuple[Any, ...]] = {}
    for thing, title in reader.select(_VALUES.format(property=DCTERMS.title)).rows:
        language = getattr(title, "language", None) or ""
        rank = (language != "en", title.value)
        if thing.value not in found or rank < found[thing.value]:
            found[thing.value] = rank
    return {thing: title for thing, (_, title) in found.items()}


def _turned(facts: Facts) -> Facts:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one, others in facts.items():
        for other in others:
            found[other].append(one)
    return dict(found)
