"""The values of the harvest: what a document names, and what is proposed from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kg.model import Unts

Proposal = Literal["new instrument", "further name", "short name", "registration", "annex"]
# A document that something is annexed to, and the number of the annex (None: the only one).
Annex = tuple[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a candidate is printed: the document, its paragraph, the words around the name."""

    document: str
    language: str
    paragraph: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """An instrument named in a paragraph, with what its footnote and its parentheses say.

    ``name`` is bare of brackets, ``key`` what names are compared by, ``classes`` what the noun
    means, ``base`` whether the noun has the form of a title; ``full`` tells that the authority
    has this very name, ``short`` that it shortens one it has, ``generic`` that it is a noun
    alone ("the Convention"), and ``parent`` is the known instrument named inside it. ``joins``
    counts the words for "and" inside, ``goes_on`` tells that an "and" follows and no other
    name, ``cut`` that the printed name is longer.
    """

    target: str | None
    name: str
    key: str
    language: str
    classes: frozenset[str]
    base: bool
    full: bool
    short: bool
    generic: bool
    parent: str | None
    joins: int
    goes_on: bool
    cut: bool
    unts: tuple[Unts, ...]
    annexes: tuple[Annex, ...]
    shorts: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A paragraph as versions are compared: its place, what it names in printed order, cites."""

    label: str | None
    kind: str
    n: str
    named: tuple[Named, ...]
    cited: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One language version of a document: the work it belongs to and its paragraphs."""

    work: str
    language: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name proposed; ``base`` is False for a form that a sentence has inflected."""

    text: str
    language: str
    base: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One proposal for the authority, with its evidence and what speaks against it.

    ``about`` is the key of the instrument: of the authority, or the slug of a new one, whose
    class is ``new_class``. ``documents`` counts works, ``evidence`` shows the first of them.
    """

    proposal: Proposal
    about: str
    new_class: str | None = None
    names: tuple[Name, ...] = ()
    registrations: tuple[Unts, ...] = ()
    annexes: tuple[Annex, ...] = ()
    documents: int = 0
    evidence: tuple[Evidence, ...] = ()
    contradictions: tuple[str, ...] = ()
