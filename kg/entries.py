"""What a person asks of the authority: whom a word means, what is near it, who is named by whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

from kg.authority import Entity, Scheme, load_authority
from kg.errors import QueryError
from kg.iri import rebase
from kg.symbol import DOCUMENT_BASE
from kg.vocab import UNKG

if TYPE_CHECKING:
    from kg.store import Store

SCHEMES: tuple[Scheme, ...] = ("instrument", "organ", "state", "actor")
# What a reader calls the documents in which an entity stands behind one of these properties.
_RELATIONS = {
    "cited by": (UNKG.cites,),
    "issued": (UNKG.organ,),
    "reported by": (UNKG.committee,),
    "asked in": (UNKG.addressee,),
    "reported to in": (UNKG.reportTo, UNKG.dueOrgan),
    "sponsors in": (UNKG.hasSponsor, UNKG.sponsoredBy, UNKG.joinedBy),
    "votes in": (UNKG.votedFor, UNKG.votedAgainst, UNKG.abstained),
    "speaks in": (UNKG.madeBy, UNKG.introducedBy),
}
_GRAPHS = """
SELECT DISTINCT ?thing ?property ?document WHERE {
  GRAPH ?graph { ?subject ?property ?thing . ?graph <%s> ?document }
}
"""
_CODES = ("code", "alpha2", "alpha4")
# What may stand around a name.
_BRACKETS = str.maketrans("", "", '《》〈〉«»“”„"')
# How many entities a message names.
_NAMED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Use:
    """One relation in which documents of a store stand to an entity: their symbols, sorted."""

    relation: str
    documents: tuple[str, ...]


def entry(name: str) -> Entity:
    """The one entity a key, code, IRI or printed name in any language stands for.

    A short name ("the Commission") counts only where no full name is the same.

    Raises:
        QueryError: none or more than one; the text names those that are near, or all of them.

    >>> entry("untoc").key, entry("US").key, entry("《联合国反腐败公约》").key
    ('untoc', 'USA', 'uncac')
    >>> entry("zzqqxx")
    Traceback (most recent call last):
    kg.errors.QueryError: zzqqxx: not in the authority
    """
    found = entities(name)
    if len(found) == 1:
        return found[0]
    if found:
        listed = ", ".join(f"{one.key} ({one.label('en')})" for one in found[:_NAMED])
        listed += f" and {len(found) - _NAMED} more" if len(found) > _NAMED else ""
        raise QueryError(f"{name}: stands for more than one: {listed}; name one by its key")
    near = ", ".join(_near(name))
    raise QueryError(f"{name}: not in the authority" + (f"; near: {near}" if near else ""))


def entities(name: str, *, schemes: Iterable[Scheme] = SCHEMES) -> tuple[Entity, ...]:
    """All entities that a key stands for, else a code, else a full name, else a short one."""
    wanted = name.strip()
    known = [one for scheme in schemes for one in load_authority().scheme(scheme).values()]
    for spelt in (wanted, wanted.upper(), wanted.lower()):
        found = tuple(one for one in known if spelt in (one.key, one.iri))
        if found:
            return found
    found = tuple(one for one in known if wanted.upper() in _codes(one))
    if found:
        return found
    full, short = _named(wanted)
    return tuple(one for one in known if one in full) or tuple(one for one in known if one in short)


def _codes(one: Entity) -> set[str]:
    return {value.upper() for code, value in one.codes if code in _CODES}


def _named(name: str) -> tuple[list[Entity], list[Entity]]:
    """The entities that bear a name, letter case and brackets aside: fully and in short."""
    found = list(_bearers([_plain(name)], lambda text, _: _plain(text)))
    if not found:
        folded = {language: _fold(name, language) for language in _codes_of_languages()}
        found = list(_bearers(folded.values(), _fold))
    return [one for one, short in found if not short], [one for one, short in found if short]


def _bearers(
    wanted: Iterable[str], fold: Callable[[str, str], str]
) -> Iterator[tuple[Entity, bool]]:
    """Who bears a folded name, and whether it is a short one."""
    texts = set(wanted) - {""}
    languages = _codes_of_languages()
    for scheme in SCHEMES:
        for one in load_authority().scheme(scheme).values():
            for label in one.labels:
                if label.language in languages and fold(label.text, label.language) in texts:
                    yield one, label.kind == "short"


def _codes_of_languages() -> tuple[str, ...]:
    from kg.languages import available

    return tuple(available())


def _plain(text: str) -> str:
    return " ".join(text.translate(_BRACKETS).casefold().split())


@cache
def _fold(name: str, language: str) -> str:
    """A name without the endings and clitics that its language's table names."""
    from kg.languages import load_language
    from kg.recognise.names import forms_of, squeeze

    return squeeze(_plain(name), forms=forms_of(load_language(language))).text


def _near(name: str) -> Iterator[str]:
    """Up to five names or keys that are spelt like it, each with whom it means."""
    said: dict[str, Entity] = {}
    for scheme in SCHEMES:
        for one in load_authority().scheme(scheme).values():
            for text in (one.key, *(label.text for label in one.labels)):
                if abs(len(text) - len(name)) <= len(name) / 2:
                    said.setdefault(text.casefold(), one)
    seen: set[str] = set()
    for text in get_close_matches(name.casefold(), said, n=12, cutoff=0.65):
        one = said[text]
        if one.key not in seen and len(seen) < 5:
            seen.add(one.key)
            printed = next((n.text for n in one.labels if n.text.casefold() == text), one.key)
            yield f"{printed} ({one.key})" if printed != one.key else printed


def below(one: Entity) -> tuple[Entity, ...]:
    """The entities that name this one as their parent, by key."""
    same = load_authority().scheme(one.scheme).values()
    return tuple(other for other in same if other.parent == one.key)


def before(one: Entity) -> tuple[Entity, ...]:
    """The states this one came in place of, by key."""
    same = load_authority().scheme(one.scheme).values()
    return tuple(other for other in same if one.key in other.values("successor"))


def uses(store: Store, one: Entity) -> tuple[Use, ...]:
    """In which documents of a store an entity is cited, asked, a sponsor and so on.

    >>> from kg.store import Store
    >>> with Store.in_memory() as store:
    ...     uses(store, entry("untoc"))
    ()
    """
    import pyoxigraph as ox

    thing = ox.NamedNode(rebase(one.iri, base=store.base))
    rows = store.select(_GRAPHS % UNKG.versionOf, thing=thing).rows
    found = []
    for relation, properties in _RELATIONS.items():
        named = {row[2].value for row in rows if row[1].value in properties}
        if named:
            symbols = sorted(iri.removeprefix(DOCUMENT_BASE) for iri in named)
            found.append(Use(relation=relation, documents=tuple(symbols)))
    return tuple(found)
