"""Super-classes and super-properties written out, so that queries need no inference."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache

import pyoxigraph as ox

from kg.triples.terms import Fact, node
from kg.vocab import PROV, RDF, RDFS, UNKG, ontology_path

_UP = frozenset({RDFS.subClassOf, RDFS.subPropertyOf})
# A second copy of each quotation, and that every node is a prov:Entity, would say nothing more
# and make graphs a third larger; the ontology states the alignment.
_NOT_COPIED = frozenset({UNKG.quote, UNKG.start, UNKG.end})
_NOT_ADDED = frozenset({PROV.Entity})


@cache
def supers() -> Mapping[str, tuple[str, ...]]:
    """Each term of the ontology → all its super-terms, near and far, sorted.

    >>> from kg.vocab import CITO
    >>> UNKG.cites in supers()[UNKG.recalls], CITO.cites in supers()[UNKG.recalls]
    (True, True)
    """
    direct: defaultdict[str, set[str]] = defaultdict(set)
    for quad in ox.parse(path=str(ontology_path() / "unkg.ttl")):
        named = isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.NamedNode)
        if named and quad.predicate.value in _UP:
            direct[quad.subject.value].add(quad.object.value)
    return {term: tuple(sorted(_reached(term, direct) - {term})) for term in direct}


def _reached(term: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    waiting = [term]
    while waiting:
        current = waiting.pop()
        if current not in found:
            found.add(current)
            waiting += direct.get(current, ())
    return found


def closed(facts: Iterable[Fact]) -> Iterator[Fact]:
    """The facts, each with what follows from its class or property."""
    above = supers()
    for subject, predicate, value in facts:
        yield subject, predicate, value
        if predicate == RDF.type:
            for name in above.get(value.value, ()):
                if name not in _NOT_ADDED:
                    yield subject, RDF.type, node(name)
        elif predicate not in _NOT_COPIED:
            for name in above.get(predicate, ()):
                yield subject, name, value
