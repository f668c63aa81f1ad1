"""What a person means by a symbol, a slug, a code, a name or an IRI."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import SequenceMatcher
from heapq import nlargest
from posixpath import commonprefix
from typing import TYPE_CHECKING, Literal

from kg.errors import QueryError
from kg.iri import rebase
from kg.symbol import is_symbol, parse
from kg.vocab import UNKG, XSD

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.authority import Entity
    from kg.store import Reader

Kind = Literal[
    "document",
    "work",
    "instrument",
    "state",
    "organ",
    "addressee",
    "clause",
    "number",
    "text",
    "any",
]
_SCHEMES: dict[str, tuple[str, ...]] = {
    "document": (),
    "work": ("instrument",),
    "instrument": ("instrument",),
    "state": ("state",),
    "organ": ("organ",),
    "addressee": ("organ", "actor", "state"),
    "any": ("instrument", "state", "organ", "actor"),
}
_COMPARED = 200
_SPELT = f"""
SELECT DISTINCT ?key ?symbol WHERE {{
  ?document <{UNKG.symbol}> ?symbol . FILTER(UCASE(STR(?symbol)) = ?key)
}}
"""
CLAUSES = (
    "recalls", "reaffirms", "welcomes", "takesNoteOf", "stresses", "implements", "requests",
    "cites",
)  # fmt: skip


def find(store: Reader, value: str, kind: Kind) -> ox.NamedNode | ox.Literal:
    """The RDF term a value stands for.

    Raises:
        QueryError: nothing of that kind is known by the value; the text names what is near.

    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     find(store, "KEN", "state").value, find(store, "Kenya", "state").value
    ('https://w3id.org/unkg/state/KEN', 'https://w3id.org/unkg/state/KEN')
    """
    import pyoxigraph as ox

    value = value.strip()
    if kind == "text":
        return ox.Literal(value)
    if kind == "number":
        return _number(value)
    if kind == "clause":
        return ox.NamedNode(_clause(value))
    if value.lower().startswith(("http://", "https://", "urn:")):
        return _node(value)
    if kind in ("document", "work", "any"):
        symbol = next((spelt for spelt in (value, value.upper()) if is_symbol(spelt)), None)
        if symbol is not None:
            return ox.NamedNode(_document(store, symbol, must_be_known=kind != "any"))
    known = _entity(value, kind)
    if known is not None:
        return ox.NamedNode(rebase(known.iri, base=store.base))
    if kind == "any":
        whole = value.isascii() and value.isdigit()
        return ox.Literal(value, datatype=ox.NamedNode(XSD.integer)) if whole else ox.Literal(value)
    raise QueryError(_not_found(store, value, kind))


def _node(value: str) -> ox.NamedNode:
    import pyoxigraph as ox

    try:
        return ox.NamedNode(value)
    except ValueError as error:
        raise QueryError(f"{value!r} is not a valid IRI: {error}") from error


def _number(value: str) -> ox.Literal:
    import pyoxigraph as ox

    if not (value.isascii() and value.isdigit() and len(value) < 10):
        raise QueryError(f"{value!r} is no whole number")
    return ox.Literal(int(value))


def _clause(value: str) -> str:
    folded = {clause.lower(): clause for clause in CLAUSES}
    clause = folded.get(value.lower().removeprefix("unkg:"))
    if clause is None:
        raise QueryError(f"no clause is named {value!r}; there are {', '.join(CLAUSES)}")
    return UNKG.IRI + clause


def _document(store: Reader, value: str, *, must_be_known: bool) -> str:
    """A document's IRI in the spelling of the store: symbols are compared without case."""
    import pyoxigraph as ox

    symbol = parse(value)
    exact = store.select(
        "SELECT ?document WHERE { ?document ?p ?o } LIMIT 1", document=ox.NamedNode(symbol.iri)
    )
    if exact.rows:
        return symbol.iri
    spelt = store.select(_SPELT, key=ox.Literal(symbol.key)).rows
    if not spelt and must_be_known:
        raise QueryError(_not_found(store, symbol.text, "document"))
    return parse(min(row[1].value for row in spelt)).iri if spelt else symbol.iri


def symbols(store: Reader) -> tuple[str, ...]:
    """All symbols the store states of documents, read or cited, sorted."""
    answer = store.select(f"SELECT DISTINCT ?symbol WHERE {{ ?document <{UNKG.symbol}> ?symbol }}")
    return tuple(sorted(row[0].value for row in answer.rows))


def _entity(value: str, kind: str) -> Entity | None:
    """By key, else by a name in any language that leads to one entity only."""
    from kg.authority import load_authority

    authority = load_authority()
    folded = value.casefold()
    for scheme in _SCHEMES[kind]:
        entities = authority.scheme(scheme)  # type: ignore[arg-type]
        for key in (value, value.upper(), value.lower()):
            if key in entities:
                return entities[key]
        named = {
            entity.key: entity
            for entity in entities.values()
            for label in entity.labels
            if label.text.casefold() == folded
        }
        if len(named) == 1:
            return next(iter(named.values()))
    return None


def _not_found(store: Reader, value: str, kind: str) -> str:
    from kg.authority import load_authority

    authority = load_authority()
    choices: list[str] = _symbols_listed(store) if kind in ("document", "work") else []
    for scheme in _SCHEMES[kind]:
        choices += _keys_and_names(authority.scheme(scheme).values())  # type: ignore[arg-type]
    near = near_to(value, choices)
    hint = f"; near: {', '.join(near)}" if near else ""
    where = "in this store" if kind in ("document", "work") else "in the authority"
    return f"{value}: no such {kind} {where}{hint}"


def near_to(value: str, choices: Iterable[str]) -> list[str]:
    """Up to three of the choices that are spelt most like a value.

    Comparing all of 25,000 symbols letter by letter takes seconds; those that share most pairs
    of letters with the value are compared alone.

    >>> near_to("A/RES/70/l", ["A/RES/70/1", "A/RES/71/12", "S/RES/2250(2015)"])
    ['A/RES/70/1', 'A/RES/71/12']
    """
    pairs = _pairs(value)
    likeness = ((len(pairs & _pairs(choice)), choice) for choice in set(choices))
    ranked = nlargest(
        _COMPARED, ((n / (1 + abs(len(c) - len(value))), c) for n, c in likeness if n)
    )
    compared = ((SequenceMatcher(None, choice, value).ratio(), choice) for _, choice in ranked)
    alike = [(-ratio, -_shared_start(value, c), len(c), c) for ratio, c in compared if ratio >= 0.6]
    return [choice for *_, choice in sorted(alike)[:3]]


def _likeness(value: str, pairs: set[str], choice: str) -> int:
    shared = 2 * len(pairs & _pairs(choice)) + _shared_start(value, choice)
    return shared - abs(len(choice) - len(value))


def _shared_start(value: str, choice: str) -> int:
    return len(commonprefix((value, choice)))


def _pairs(text: str) -> set[str]:
    folded = text.casefold()
    return {folded[at : at + 2] for at in range(len(folded) - 1)}


def _symbols_listed(store: Reader) -> list[str]:
    """The symbols to compare with; none where an endpoint does not list them all."""
    try:
        return list(symbols(store))
    except QueryError:
        return []


def _keys_and_names(entities: Iterable[Entity]) -> Iterable[str]:
    for entity in entities:
        yield entity.key
        yield entity.label("en")
