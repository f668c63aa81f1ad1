"""From what documents name to candidates, each with its evidence, those that conflict marked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher

from kg.authority import Authority
from kg.harvest.conflicts import with_contradictions
from kg.harvest.model import Annex, Candidate, Name, Named, Version
from kg.harvest.noted import classes_known, new_sources, shared_sources
from kg.harvest.observe import versions_by_work
from kg.harvest.parallel import matching, pairs_of
from kg.harvest.seen import Seen
from kg.harvest.unknown import unknown_instruments
from kg.model import Unts


def harvest(versions: Iterable[Version], authority: Authority) -> tuple[Candidate, ...]:
    """The candidates that documents give, the best attested first.

    ``versions`` are what ``observe`` gives; those of one work are compared with each other.
    """
    read = list(versions)
    named = [one for version in read for passage in version.passages for one in passage.named]
    works = versions_by_work(read)
    pairs = [pair for group in works.values() for pair in pairs_of(group)]
    found = [
        *_further(named, pairs, authority),
        *_shorts(named, pairs, authority),
        *_sources(named, authority),
        *unknown_instruments(named, pairs, authority),
    ]
    marked = with_contradictions(found, authority)
    return tuple(sorted(marked, key=_rank))


# From here on two names are one, misprinted or varied by a small word.
_SLIP = 0.93


def _rank(candidate: Candidate) -> tuple[object, ...]:
    names = tuple((name.language, name.text) for name in candidate.names)
    return (
        bool(candidate.contradictions),
        -candidate.documents,
        candidate.proposal,
        candidate.about,
        names,
    )


def _further(
    named: Sequence[Named],
    pairs: Sequence[tuple[Named, Named]],
    authority: Authority,
) -> Iterator[Candidate]:
    """Unknown names that a known instrument's name stands for elsewhere."""
    seen: defaultdict[tuple[str, str, str], Seen] = defaultdict(Seen)
    for shared in shared_sources(named, authority):
        one = shared.named
        seen[(shared.target, one.language, one.key)].add(one)
    for first, second in pairs:
        for one, other in ((first, second), (second, first)):
            known = one.full or one.short or one.generic
            if other.target and other.full and not known and matching(one, other):
                entity = authority.instruments[other.target]
                if not entity.parts and one.classes & classes_known(entity):
                    seen[(other.target, one.language, one.key)].add(one, other)
    for (target, language, _), found in seen.items():
        text, base = found.name
        labels = [n for n in authority.instruments[target].labels if n.language == language]
        slip = any(_alike(text, label.text) for label in labels)
        yield Candidate(
            proposal="further name",
            about=target,
            names=(Name(text=text, language=language, base=base and not slip),),
            documents=len(found.works),
            evidence=found.shown(),
        )


def _alike(one: str, other: str) -> bool:
    """Whether two names differ by a slip only: such a form is kept, but no name to print."""
    return SequenceMatcher(None, one.lower(), other.lower(), autojunk=False).ratio() > _SLIP


def _shorts(
    named: Sequence[Named],
    pairs: Sequence[tuple[Named, Named]],
    authority: Authority,
) -> Iterator[Candidate]:
    """Short names of known instruments: declared behind the full one, or the other version's."""
    seen: defaultdict[tuple[str, str, str], Seen] = defaultdict(Seen)
    for one in named:
        if one.target is not None and one.full:
            for short in one.shorts:
                seen[(one.target, one.language, short)].add(one)
    for first, second in pairs:
        for one, other in ((first, second), (second, first)):
            shorter = one.short and not one.full and one.target == other.target
            if other.target and other.full and shorter and matching(one, other, cut=True):
                seen[(other.target, one.language, one.name)].add(one, other)
    for (target, language, short), found in seen.items():
        entity = authority.instruments[target]
        known = {n.text.lower() for n in entity.labels if n.language == language}
        if short.lower() not in known and not entity.parts:
            yield Candidate(
                proposal="short name",
                about=target,
                names=(Name(text=short, language=language),),
                documents=len(found.works),
                evidence=found.shown(),
            )


def _sources(named: Sequence[Named], authority: Authority) -> Iterator[Candidate]:
    """Registrations and annexes that notes print of known instruments."""
    seen: defaultdict[tuple[str, Unts | Annex], Seen] = defaultdict(Seen)
    for found in new_sources(named, authority):
        seen[(found.target, found.source)].add(found.named)
    for (target, source), places in seen.items():
        registered = isinstance(source, Unts)
        yield Candidate(
            proposal="registration" if registered else "annex",
            about=target,
            registrations=(source,) if isinstance(source, Unts) else (),
            annexes=() if isinstance(source, Unts) else (source,),
            documents=len(places.works),
            evidence=places.shown(),
        )
