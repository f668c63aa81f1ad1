"""The requests of a document, read back from its graph: who is asked, and by when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.authority import load_authority
from kg.model import Addressee, Due, Request
from kg.vocab import UNKG

if TYPE_CHECKING:
    from kg.reread import Facts


def request(facts: Facts, thing: str, where: Mapping[str, Any], *, speaking: str | None) -> Request:
    """A request; ``speaking`` is the organ whose sessions are meant where no other is named."""
    modality: Any = facts.one(thing, UNKG.modality)
    to, session = facts.one(thing, UNKG.reportTo), facts.number(thing, UNKG.dueSession)
    date, organ = facts.one(thing, UNKG.dueDate), facts.one(thing, UNKG.dueOrgan)
    whose = key_of(organ) if organ else None
    due = Due(session=session, organ=None if whose == speaking else whose, date=date)
    return Request(
        verb=facts.one(thing, UNKG.clauseVerb) or "",
        modality=modality,
        addressees=_addressees(facts, thing, where["quote"]),
        report=facts.one(thing, UNKG.report) == "true",
        due=due if session is not None or date else None,
        to=key_of(to) if to else None,
        **where,
    )


def key_of(iri: str) -> str:
    """The authority's key for an organ, state or actor, else the last part of its IRI.

    >>> key_of("https://w3id.org/unkg/organ/E-CN.15"), key_of("https://w3id.org/unkg/state/KEN")
    ('E/CN.15', 'KEN')
    """
    last = "/".join(iri.rsplit("/", 2)[-2:])
    return _keys().get(last) or last.rpartition("/")[2]


@cache
def _keys() -> Mapping[str, str]:
    """The last two parts of the IRI of each organ → its key."""
    organs = load_authority().organs.items()
    return {"/".join(entity.iri.rsplit("/", 2)[-2:]): key for key, entity in organs}


def _addressees(facts: Facts, thing: str, quote: str) -> tuple[Addressee, ...]:
    """The names in the order of the sentence, each with the key that has such a name.

    Which name is whose the graph does not say: a key's longest name that stands in an
    addressee's decides, and what is left on both sides belongs together if it is one and one.
    """
    said = "".join(quote.split())
    names = facts.all(thing, UNKG.addresseeName)
    # A name that a page break cuts is not found whole.
    at = {name: said.find("".join(name.split())) for name in names}
    names.sort(key=lambda name: (at[name] < 0, at[name], name))
    keys = [key_of(iri) for iri in facts.all(thing, UNKG.addressee)]
    whose = _matched(names, keys)
    lone = [name for name in names if name not in whose]
    spare = [key for key in keys if key not in whose.values()]
    if len(lone) == len(spare) == 1:
        whose[lone[0]] = spare[0]
    return tuple(Addressee(target=whose.get(name), name=name) for name in names)


def _matched(names: Sequence[str], keys: Sequence[str]) -> dict[str, str]:
    pairs = sorted(
        (-max((len(label) for label in _labels(key) if label in name.casefold()), default=0), n, k)
        for n, name in enumerate(names)
        for k, key in enumerate(keys)
    )
    whose: dict[str, str] = {}
    for length, n, k in pairs:
        if length and names[n] not in whose and keys[k] not in whose.values():
            whose[names[n]] = keys[k]
    return whose


def _labels(key: str) -> list[str]:
    known = load_authority()
    schemes = (known.organs, known.states, known.actors)
    entity = next((scheme[key] for scheme in schemes if key in scheme), None)
    return [label.text.casefold() for label in entity.labels] if entity else []
