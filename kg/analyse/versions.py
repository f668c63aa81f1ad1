"""What two language versions of one work state, and where they differ.

The versions are compared by the facts of their graphs, relative to the document: a citation is
its paragraph and its target, whatever the language and the words around it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.symbol import DOCUMENT_BASE
from kg.vocab import DCTERMS, RDF, UNKG

if TYPE_CHECKING:
    import pyoxigraph as ox

_DOCUMENT = {
    UNKG.symbol: "symbol",
    UNKG.session: "session",
    UNKG.agendaItem: "agenda item",
    UNKG.organ: "organ",
    UNKG.committee: "committee",
    UNKG.onReport: "committee report",
    UNKG.considers: "document considered",
    DCTERMS.date: "date of adoption",
}
_DRAFT = {
    UNKG.supersedes: "supersedes",
    UNKG.recommendedBy: "recommended by",
    UNKG.introducedOn: "introduced on",
    UNKG.introducedBy: "introduced by",
    UNKG.adoptedAt: "adopted at",
}
_VOTE = {
    UNKG.votedFor: "in favour",
    UNKG.votedAgainst: "against",
    UNKG.abstained: "abstaining",
    UNKG.inFavourTotal: "total in favour",
    UNKG.againstTotal: "total against",
    UNKG.abstainTotal: "total abstaining",
}
_PARAGRAPHS = {
    UNKG.PreambularParagraph: "preambular paragraphs",
    UNKG.OperativeParagraph: "operative paragraphs",
    UNKG.NarrativeParagraph: "numbered paragraphs",
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Fact:
    """One thing a version states: its kind, where in the document, what."""

    kind: str
    place: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What one version states and the other does not; both sides where a value differs."""

    kind: str
    place: str
    first: str | None
    second: str | None


@dataclass(slots=True)
class _Graph:
    """The triples of one version by subject and predicate, and the document they are about."""

    values: dict[str, dict[str, list[str]]]
    document: str

    def each(self, type_: str) -> Iterator[tuple[str, dict[str, list[str]]]]:
        return ((s, said) for s, said in self.values.items() if type_ in said.get(RDF.type, ()))

    def short(self, iri: str) -> str:
        """A name for people: relative to the document, a symbol, or the last part of an IRI."""
        if iri.startswith(self.document + "#"):
            return iri[len(self.document) + 1 :]
        if iri == self.document or iri.startswith(DOCUMENT_BASE):
            return iri.removeprefix(DOCUMENT_BASE) if iri != self.document else ""
        return iri.rsplit("/", 1)[-1] if iri.startswith("http") else iri


def facts_of(quads: Iterable[ox.Quad]) -> frozenset[Fact]:
    """The facts of one version's graph, relative to its document."""
    graph = _graph(quads)
    return frozenset(
        fact
        for part in (_about, _paragraphs, _citations, _requests, _drafts, _votes)
        for fact in part(graph)
    )


def _graph(quads: Iterable[ox.Quad]) -> _Graph:
    values: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        subject, value = (getattr(term, "value", "") for term in (quad.subject, quad.object))
        values[str(subject)][quad.predicate.value].append(str(value))
    document = next(
        (said[UNKG.versionOf][0] for said in values.values() if UNKG.versionOf in said), ""
    )
    return _Graph(dict(values), document)


def _about(graph: _Graph) -> Iterator[Fact]:
    said = graph.values.get(graph.document, {})
    for predicate, kind in _DOCUMENT.items():
        for value in said.get(predicate, ()):
            yield Fact(kind=kind, place="", value=graph.short(value))


def _paragraphs(graph: _Graph) -> Iterator[Fact]:
    counts: Counter[tuple[str, str]] = Counter()
    for work, said in graph.values.items():
        for paragraph in said.get(UNKG.hasParagraph, ()):
            for type_ in graph.values.get(paragraph, {}).get(RDF.type, ()):
                if type_ in _PARAGRAPHS:
                    counts[_PARAGRAPHS[type_], graph.short(work)] += 1
    for (kind, place), count in counts.items():
        yield Fact(kind=kind, place=place, value=str(count))


def _citations(graph: _Graph) -> Iterator[Fact]:
    for _, said in graph.each(UNKG.Citation):
        for target in said.get(UNKG.citedWork, ()):
            kind = "citation" if target.startswith(DOCUMENT_BASE) else "instrument"
            for paragraph in said.get(UNKG.citingParagraph, ()):
                yield Fact(kind=kind, place=graph.short(paragraph), value=graph.short(target))


def _requests(graph: _Graph) -> Iterator[Fact]:
    for _, said in graph.each(UNKG.Request):
        for paragraph in said.get(UNKG.inParagraph, ()):
            for modality in said.get(UNKG.modality, ()):
                yield Fact(kind="request", place=graph.short(paragraph), value=modality)


def _drafts(graph: _Graph) -> Iterator[Fact]:
    for subject, said in graph.values.items():
        for predicate, kind in _DRAFT.items():
            for value in said.get(predicate, ()):
                yield Fact(kind=kind, place=graph.short(subject), value=graph.short(value))
    for _, said in graph.each(UNKG.Sponsorship):
        tier = said.get(UNKG.tier, ["submitted"])[0]
        kind = {"joined": "additional sponsor", "withdrawn": "withdrawn sponsor"}.get(
            tier, "sponsor"
        )
        for draft in said.get(UNKG.proposal, ()):
            for state in said.get(UNKG.sponsor, ()):
                yield Fact(kind=kind, place=graph.short(draft), value=graph.short(state))


def _votes(graph: _Graph) -> Iterator[Fact]:
    for _, said in graph.each(UNKG.Vote):
        for draft in said.get(UNKG.proposal, ()):
            for predicate, kind in _VOTE.items():
                for value in said.get(predicate, ()):
                    yield Fact(kind=kind, place=graph.short(draft), value=graph.short(value))


def differences(first: frozenset[Fact], second: frozenset[Fact]) -> tuple[Difference, ...]:
    """What is in one version only, sorted by kind and place.

    Where each version has one value of its own, the two stand in one row.

    >>> one = Fact(kind="operative paragraphs", place="", value="7")
    >>> two = Fact(kind="operative paragraphs", place="", value="6")
    >>> differences(frozenset([one]), frozenset([two]))
    (Difference(kind='operative paragraphs', place='', first='7', second='6'),)
    """
    places = sorted({(f.kind, f.place) for f in first ^ second}, key=_natural)
    return tuple(row for kind, place in places for row in _at(kind, place, first, second))


def _at(
    kind: str, place: str, first: frozenset[Fact], second: frozenset[Fact]
) -> Iterator[Difference]:
    left, right = (
        sorted(f.value for f in own - other if (f.kind, f.place) == (kind, place))
        for own, other in ((first, second), (second, first))
    )
    if len(left) == len(right) == 1 and kind not in ("citation", "instrument"):
        yield Difference(kind=kind, place=place, first=left[0], second=right[0])
        return
    for value in left:
        yield Difference(kind=kind, place=place, first=value, second=None)
    for value in right:
        yield Difference(kind=kind, place=place, first=None, second=value)


def _natural(key: tuple[str, str]) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Places in the order of their numbers: op2 before op10."""
    kind, place = key
    parts = re.findall(r"[0-9]+|[^0-9]+", place)
    return kind, tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)
