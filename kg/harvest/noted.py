"""Names that share a registration or an annex: one instrument where noun and parent agree.

A Treaty Series number may be a convention's and its protocols' together, and a resolution may
have two covenants annexed: what notes print is no name's alone until the nouns agree too.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from kg.authority import Authority, Entity
from kg.harvest.model import Annex, Named
from kg.harvest.observe import classes_of
from kg.languages import load_language
from kg.model import Unts

Source = Unts | Annex


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """An unknown name that shares its source with an instrument that the authority knows."""

    named: Named
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A source printed of a known instrument that the authority has not."""

    named: Named
    target: str
    source: Source


def sources_of(named: Named) -> tuple[Source, ...]:
    """The registration or annex that a name's note prints, if it prints one only."""
    if len(named.unts) > 1:
        return named.annexes
    return (*named.unts, *named.annexes)


def shared_sources(named: Sequence[Named], authority: Authority) -> Iterator[Shared]:
    """Unknown names that are another name of the one known instrument at their source."""
    by_source = _known_sources(named, authority)
    for one in named:
        if one.target or one.generic:
            continue
        for source in sources_of(one):
            fit = {key for key in by_source[source] if agrees(one, authority.instruments[key])}
            if len(fit) == 1:
                yield Shared(named=one, target=fit.pop())


def _known_sources(named: Sequence[Named], authority: Authority) -> dict[Source, set[str]]:
    found: defaultdict[Source, set[str]] = defaultdict(set)
    for key, entity in authority.instruments.items():
        for unts in entity.registered_as:
            found[unts].add(key)
        for symbol in entity.annexed_to:
            found[(symbol, None)].add(key)
    for one in named:
        if one.target and one.full:
            for source in sources_of(one):
                found[source].add(one.target)
    return found


def agrees(named: Named, entity: Entity) -> bool:
    """Whether a name's noun, parent and years are an instrument's."""
    if entity.parts or named.generic or not named.classes & classes_known(entity):
        return False
    if not set(re.findall(r"(?:19|20)\d\d", named.name)) <= _years(entity):
        return False
    if entity.parent is None:
        return named.parent is None
    return named.parent == entity.parent


def _years(entity: Entity) -> set[str]:
    """The years that an instrument's names print, and that of its adoption."""
    printed = " ".join([entity.date or "", *(label.text for label in entity.labels)])
    return set(re.findall(r"(?:19|20)\d\d", printed))


@cache
def classes_known(entity: Entity) -> frozenset[str]:
    """The classes that an instrument's kind and the nouns of its names mean."""
    found = {entity.kind}
    for label in entity.labels:
        if label.kind != "short":
            found |= classes_of(label.text, load_language(label.language))[0]
    return frozenset(found)


def new_sources(named: Sequence[Named], authority: Authority) -> Iterator[Found]:
    """Sources printed at full names of known instruments, which the authority lacks."""
    for one in named:
        if one.target is None or not one.full:
            continue
        entity = authority.instruments[one.target]
        for source in sources_of(one):
            known = (
                source in entity.registered_as
                if isinstance(source, Unts)
                else source[0] in entity.annexed_to
            )
            if not known and not entity.parts:
                yield Found(named=one, target=one.target, source=source)
