"""What speaks against a candidate: the authority, or another candidate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.authority import Authority, Scheme
from kg.harvest.model import Candidate, Name
from kg.languages import load_language
from kg.model import Unts
from kg.recognise.names import forms_of, squeeze

_SCHEMES: tuple[Scheme, ...] = ("instrument", "organ", "state", "actor")


def with_contradictions(
    candidates: Sequence[Candidate], authority: Authority
) -> Iterator[Candidate]:
    """The candidates, each with what contradicts it; none is merged or dropped."""
    known, proposed = _known(authority), _proposed(candidates)
    registered = {unts: key for key, e in authority.instruments.items() for unts in e.registered_as}
    claimed = _claims(candidates)
    for candidate in candidates:
        found = [
            *candidate.contradictions,
            *_names(candidate, known, proposed),
            *_registrations(candidate, authority, registered, claimed),
            *_annexes(candidate, authority),
        ]
        yield replace(candidate, contradictions=tuple(dict.fromkeys(found)))


def _key(name: Name) -> tuple[str, str]:
    forms = forms_of(load_language(name.language))
    return (name.language, squeeze(name.text, forms=forms).text.lower())


def _known(authority: Authority) -> dict[tuple[str, str], set[str]]:
    """Full names by language, each with the entities it is a name of."""
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for scheme in _SCHEMES:
        for key, entity in authority.scheme(scheme).items():
            for label in entity.labels:
                if label.kind != "short":
                    name = Name(text=label.text, language=label.language)
                    found[_key(name)].add(f"{scheme}:{key}")
    return dict(found)


def _proposed(candidates: Sequence[Candidate]) -> dict[tuple[str, str], set[str]]:
    found: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for candidate in candidates:
        for name in candidate.names:
            found[_key(name)].add(f"instrument:{candidate.about}")
    return dict(found)


def _names(
    candidate: Candidate,
    known: dict[tuple[str, str], set[str]],
    proposed: dict[tuple[str, str], set[str]],
) -> Iterator[str]:
    own = f"instrument:{candidate.about}"
    for name in candidate.names:
        for other in sorted(known.get(_key(name), set()) - {own}):
            yield f"the authority has {name.text!r} as a name of {other}"
        if candidate.proposal == "short name":
            continue
        for other in sorted(proposed[_key(name)] - {own}):
            yield f"{name.text!r} is proposed for {other} too"


def _claims(candidates: Sequence[Candidate]) -> dict[Unts, set[str]]:
    """What registers an instrument, with the instruments it is proposed for."""
    found: defaultdict[Unts, set[str]] = defaultdict(set)
    for candidate in candidates:
        for unts in candidate.registrations:
            found[unts].add(candidate.about)
    return dict(found)


def _registrations(
    candidate: Candidate,
    authority: Authority,
    registered: dict[Unts, str],
    claimed: dict[Unts, set[str]],
) -> Iterator[str]:
    entity = authority.instruments.get(candidate.about)
    for unts in candidate.registrations:
        printed = f"volume {unts.volume}, No. {unts.number}"
        if registered.get(unts, candidate.about) != candidate.about:
            yield f"the authority has {printed} for instrument:{registered[unts]}"
        for other in sorted(claimed[unts] - {candidate.about}):
            yield f"{printed} is proposed for instrument:{other} too"
        for have in entity.registered_as if entity else ():
            yield f"the authority has volume {have.volume}, No. {have.number} for it"
    if candidate.proposal == "new instrument" and len(candidate.registrations) > 1:
        yield "its notes print more than one registration"


def _annexes(candidate: Candidate, authority: Authority) -> Iterator[str]:
    entity = authority.instruments.get(candidate.about)
    for symbol, _ in candidate.annexes:
        for have in entity.annexed_to if entity else ():
            if have != symbol:
                yield f"the authority has it annexed to {have}"
    if len({symbol for symbol, _ in candidate.annexes}) > 1:
        yield "its notes print annexes of more than one document"
