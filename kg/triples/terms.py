"""Facts as plain tuples: subject and predicate are IRIs, the object an RDF term."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from urllib.parse import quote

import pyoxigraph as ox

from kg.vocab import RDF, XSD

Term = ox.NamedNode | ox.Literal
Fact = tuple[str, str, Term]

_DATES = (
    (re.compile(r"\d{4}-\d{2}-\d{2}"), XSD.date),
    (re.compile(r"\d{4}-\d{2}"), XSD.gYearMonth),
    (re.compile(r"\d{4}"), XSD.gYear),
)


# As many as a long document names: the same few come back in every fact of it.
@lru_cache(maxsize=2**14)
def node(iri: str) -> ox.NamedNode:
    """An IRI as a term."""
    return ox.NamedNode(iri)


@lru_cache(maxsize=2**14)
def written(iri: str) -> str:
    """An IRI as N-Quads write it.

    >>> written("https://undocs.org/A/72/440")
    '<https://undocs.org/A/72/440>'
    """
    return str(node(iri))


def text(value: str, language: str | None = None) -> ox.Literal:
    """A string, with its language if it is words of that language."""
    return ox.Literal(value, language=language) if language else ox.Literal(value)


def number(value: int) -> ox.Literal:
    """An xsd:integer."""
    return ox.Literal(str(value), datatype=node(XSD.integer))


def truth(value: bool) -> ox.Literal:
    """An xsd:boolean."""
    return ox.Literal("true" if value else "false", datatype=node(XSD.boolean))


def day(value: str) -> ox.Literal:
    """An ISO date, month or year with its datatype; anything else as it is.

    >>> day("2017-12-19").datatype.value, day("2019").datatype.value
    ('http://www.w3.org/2001/XMLSchema#date', 'http://www.w3.org/2001/XMLSchema#gYear')
    """
    for shape, datatype in _DATES:
        if shape.fullmatch(value):
            return ox.Literal(value, datatype=node(datatype))
    return ox.Literal(value)


def link(subject: str, predicate: str, target: str) -> Fact:
    """A fact whose object is an IRI."""
    return subject, predicate, node(target)


def of_type(subject: str, *classes: str) -> Iterator[Fact]:
    """The classes of a thing."""
    for name in classes:
        yield link(subject, RDF.type, name)


def within(whole: str, fragment: str) -> str:
    """The IRI of something inside a document or inside one of its parts.

    >>> within("https://undocs.org/A/72/440", "draft-IV")
    'https://undocs.org/A/72/440#draft-IV'
    >>> within("https://undocs.org/A/72/440#draft-IV", "pp12")
    'https://undocs.org/A/72/440#draft-IV-pp12'
    """
    return f"{whole}{'-' if '#' in whole else '#'}{fragment}"


def slug(value: str) -> str:
    """Printed text as a piece of a fragment: no white space, no slash.

    >>> slug("A/RES/56/119"), slug("7 bis"), slug("decision II")
    ('A-RES-56-119', '7-bis', 'decision-II')
    """
    return quote(re.sub(r"[\s/]+", "-", value.strip()), safe="().-")
