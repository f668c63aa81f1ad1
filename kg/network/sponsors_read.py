"""Sponsorships from the facts of a store."""

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
from kg.network.facts import Facts, Rows, Wanted, load
from kg.network.sponsorships import Numbers, Relation, Sponsorships
from kg.symbol import DOCUMENT_BASE, organ_of, year_of_symbol
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

_TIERS = (UNKG.sponsoredBy, UNKG.joinedBy)
WANTED = (
    *(Wanted(tier, links=True) for tier in (*_TIERS, UNKG.hasSponsor)),
    *map(Wanted, (UNKG.symbol, UNKG.session, UNKG.agendaItem, UNKG.organ, UNKG.committee)),
    *map(Wanted, (DCTERMS.date, UNKG.recommendedAs, UNKG.adoptedAs, UNKG.contains, UNKG.cites)),
    Wanted(DCTERMS.title, tongue=True),
)
_SESSION = re.compile(r"/(\d{1,3})/L\.\d")
Values = Mapping[str, list[str]]
Places = NDArray[Any]


def sponsorships(reader: Reader) -> Sponsorships:
    """All sponsorships of a store, in memory."""
    facts = load(reader, "sponsorships", WANTED)
    drafts, states, (draft, state, tier) = _rows(facts)
    names = facts.terms.take(drafts)
    known = _Facts(facts, reader.base)
    symbols = [min(known.symbols.get(iri, [""])) for iri in names]
    sessions = [known.session(iri, symbol) for iri, symbol in zip(names, symbols, strict=True)]
    return Sponsorships(
        drafts=facts.terms.gather(drafts),
        symbols=Texts.of(symbols),
        titles=Texts.of(known.titles.get(iri, "") for iri in names),
        states=facts.terms.gather(states),
        sessions=np.array(sessions, dtype=np.int32),
        years=np.array(list(map(known.year, names, symbols, sessions)), dtype=np.int32),
        organs=_relation(map(known.organs_of, names, symbols)),
        subjects=_relation(map(known.subjects_of, names)),
        instruments=_relation(map(known.instruments_of, names)),
        draft=draft,
        state=state,
        tier=tier,
    )


def _rows(facts: Facts) -> tuple[Places, Places, tuple[Numbers, Numbers, NDArray[np.int8]]]:
    """Drafts, states, and the rows; who is named in a tier is no longer a mere sponsor."""
    tiers = [facts.of(tier) for tier in (*_TIERS, UNKG.hasSponsor)]
    drafts, draft_of = _numbered([rows.subject for rows in tiers], len(facts.terms))
    states, state_of = _numbered([rows.object for rows in tiers], len(facts.terms))
    width = max(1, len(states))
    submitted, joined, plain = (
        draft_of[rows.subject] * width + state_of[rows.object] for rows in tiers
    )
    named = distinct(np.concatenate([submitted, joined]))
    mere = plain[~np.isin(plain, named, assume_unique=True, kind="sort")]
    submitted = np.sort(np.concatenate([submitted, mere]))
    keys = np.concatenate([submitted * 2, joined * 2 + 1])
    keys.sort()
    pairs = keys // 2
    draft, state = (pairs // width).astype(np.int32), (pairs % width).astype(np.int32)
    return drafts, states, (draft, state, (keys % 2).astype(np.int8))


def _numbered(columns: list[Places], size: int) -> tuple[Places, Places]:
    """Numbers below ``size`` that occur, in order; for each number its place among them."""
    used = np.zeros(size, dtype=np.bool_)
    for column in columns:
        used[column] = True
    return np.flatnonzero(used), np.cumsum(used) - 1


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

    def __init__(self, facts: Facts, base: str) -> None:
        def ask(name: str) -> Values:
            return _values(facts, facts.of(name))

        self.symbols = ask(UNKG.symbol)
        self.titles = _titles(facts)
        self._sessions, self._items = ask(UNKG.session), ask(UNKG.agendaItem)
        self._organs, self._committees = ask(UNKG.organ), ask(UNKG.committee)
        self._dates = ask(DCTERMS.date)
        self._parts, self._became = ask(UNKG.recommendedAs), ask(UNKG.adoptedAs)
        self._reports = _turned(ask(UNKG.contains))
        cites, begin = facts.of(UNKG.cites), facts.beginning(f"{base}/instrument/")
        known = (cites.object >= begin.start) & (cites.object < begin.stop)
        self._instruments = _values(facts, Rows(*(part[known] for part in cites)))

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

    def _said(self, draft: str, facts: Values) -> list[str]:
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


def _values(facts: Facts, rows: Rows) -> Values:
    """The objects of each subject."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    things, values = facts.terms.take(rows.subject), facts.terms.coded(rows.object)
    for thing, value in zip(things, values, strict=True):
        found[thing].append(value)
    return dict(found)


def _titles(facts: Facts) -> Mapping[str, str]:
    """A title of each thing: in English if there is one, else the first in order."""
    found: dict[str, tuple[bool, str]] = {}
    rows = facts.of(DCTERMS.title)
    foreign = (rows.language != facts.number("en")).tolist()
    columns = facts.terms.take(rows.subject), foreign, facts.terms.take(rows.object)
    for thing, *rank in zip(*columns, strict=True):
        found[thing] = min(found.get(thing, (True, "\U0010ffff")), (rank[0], rank[1]))
    return {thing: title for thing, (_, title) in found.items()}


def _turned(facts: Values) -> Values:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for one, others in facts.items():
        for other in others:
            found[other].append(one)
    return dict(found)
