"""Shapes over what is to be stored: which node is wrong, how, and in which words of the text."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Literal

from kg.checks import Fact, facts_of, holds, shapes_graph
from kg.iri import BASE, rebase
from kg.shacl import SH
from kg.vocab import RDF, UNKG, XSD

if TYPE_CHECKING:
    import pyoxigraph as ox
    import rdflib

    from kg.authority import Authority, Scheme

Severity = Literal["violation", "warning", "info"]
_SEVERITIES: dict[str, Severity] = {
    SH.Violation: "violation",
    SH.Warning: "warning",
    SH.Info: "info",
}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Violation:
    """One result of the shapes: ``focus`` is the node, ``path`` the property it concerns.

    ``quote`` is the passage that states the node, where one does.
    """

    focus: str
    path: str | None
    message: str
    quote: str | None
    severity: Severity
    graph: str | None = None

    def __str__(self) -> str:
        words = f' "{" ".join(self.quote.split())[:120]}"' if self.quote else ""
        return f"{self.severity}: {self.focus}: {self.message}{words}"


def validate(
    quads: Iterable[ox.Quad], *, authority: Authority | None = None, base: str = BASE
) -> tuple[Violation, ...]:
    """What the shapes of the ontology find in a document graph, sorted; empty if all holds.

    States, organs and instruments that the graph points to are looked up in the authority; a
    state that it lacks is a violation, an organ or instrument a warning. Nothing is inferred:
    super-classes and super-properties are written out by ``kg.triples``.

    >>> validate([])
    ()
    """
    statements = tuple(quads)
    if not statements:
        return ()
    graph = getattr(statements[0].graph_name, "value", "")
    return validate_facts(facts_of(statements), graph=graph, authority=authority, base=base)


def validate_facts(
    facts: Sequence[Fact], *, graph: str, authority: Authority | None = None, base: str = BASE
) -> tuple[Violation, ...]:
    """The same for facts that are not yet statements of the graph they are to stand in."""
    known = _own(base) if authority is None else _Known.of(authority, base)
    states = known.iris["state"]
    found = [*_strangers(facts, known, base, graph)]
    if not holds(facts, states=states, state_class=UNKG.State):
        found += reported(facts, graph=graph, states=states)
    return tuple(sorted(found, key=_order))


def reported(facts: Sequence[Fact], *, graph: str, states: Collection[str]) -> Iterator[Violation]:
    """What a SHACL engine says of a graph: its report in our words."""
    import pyshacl

    data = _data(facts, _terms(), states)
    _, report, _ = pyshacl.validate(
        data, shacl_graph=shapes_graph(), inference="none", inplace=True
    )
    yield from _violations(report, data, graph)


@dataclass(frozen=True, slots=True)
class _Known:
    """The IRIs that an authority gives its states, organs and instruments under a base."""

    iris: Mapping[str, frozenset[str]]

    @classmethod
    def of(cls, authority: Authority, base: str) -> _Known:
        return cls(
            {
                scheme: frozenset(
                    rebase(e.iri, base=base) for e in authority.scheme(scheme).values()
                )
                for scheme, _ in _ENTITIES
            }
        )


@lru_cache(maxsize=4)
def _own(base: str) -> _Known:
    from kg.authority import load_authority

    return _Known.of(load_authority(), base)


def _order(found: Violation) -> tuple[str, str, str]:
    return found.focus, found.path or "", found.message


@cache
def _terms() -> frozenset[str]:
    """All terms that the shapes name."""
    import rdflib

    graph = shapes_graph()
    return frozenset(str(t) for triple in graph for t in triple if isinstance(t, rdflib.URIRef))


def _data(facts: Sequence[Fact], terms: frozenset[str], states: Collection[str]) -> rdflib.Graph:
    """The part of the graph that shapes can see; the authority's states are known as such.

    Copies under foreign super-properties are half of a graph; leaving out those that no shape
    names makes validation twice as fast.
    """
    import rdflib

    graph = rdflib.Graph()
    for subject, predicate, value in facts:
        if predicate == RDF.type:
            if value.value not in terms:
                continue
        elif not predicate.startswith(UNKG.IRI) and predicate not in terms:
            continue
        graph.add((rdflib.URIRef(subject), rdflib.URIRef(predicate), _plain(value)))
        if value.value in states:
            graph.add((_plain(value), rdflib.URIRef(RDF.type), rdflib.URIRef(UNKG.State)))
    return graph


_ENTITIES: tuple[tuple[Scheme, Severity], ...] = (
    ("state", "violation"),
    ("organ", "warning"),
    ("instrument", "warning"),
)


def _strangers(
    facts: Sequence[Fact], known: _Known, base: str, graph: str | None
) -> Iterator[Violation]:
    """States, organs and instruments that the graph points to and the authority lacks."""
    named = ((value.value, subject, predicate) for subject, predicate, value in facts)
    pointed = {one for one in named if one[0].startswith(base)}
    for scheme, severity in _ENTITIES:
        start, listed = f"{base}/{scheme}/", known.iris[scheme]
        strange = {one for one in pointed if one[0].startswith(start) and one[0] not in listed}
        # One finding an entity, at the first node that names it in our own terms.
        first = {v: (s, p) for v, s, p in sorted(strange, reverse=True) if p.startswith(UNKG.IRI)}
        for value, (subject, path) in sorted(first.items()):
            message = (
                f"The authority has no {scheme} {value.removeprefix(start)}; add or correct it."
            )
            yield Violation(
                focus=subject,
                path=path,
                message=message,
                quote=None,
                severity=severity,
                graph=graph,
            )


def _plain(term: Any) -> Any:
    """An Oxigraph term as an RDFLib term."""
    import rdflib

    if hasattr(term, "datatype"):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        datatype = term.datatype.value
        plain = datatype == XSD.string
        return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(datatype))
    return rdflib.URIRef(term.value)


def _violations(report: Any, data: rdflib.Graph, graph: str | None) -> Iterator[Violation]:
    import rdflib

    def one(result: Any, predicate: str) -> Any:
        return report.value(result, rdflib.URIRef(predicate))

    for result in report.subjects(rdflib.URIRef(RDF.type), rdflib.URIRef(SH.ValidationResult)):
        focus, path = one(result, SH.focusNode), one(result, SH.resultPath)
        yield Violation(
            focus=str(focus),
            path=str(path) if isinstance(path, rdflib.URIRef) else None,
            message=str(one(result, SH.resultMessage) or "a shape is violated"),
            quote=_quote(data, focus),
            severity=_SEVERITIES.get(str(one(result, SH.resultSeverity)), "violation"),
            graph=graph,
        )


def _quote(data: rdflib.Graph, focus: Any) -> str | None:
    """The words that state the node: its own, else those of the first mention of it."""
    import rdflib

    quote, mention_of = rdflib.URIRef(UNKG.quote), rdflib.URIRef(UNKG.mentionOf)
    passages = [focus, *sorted(data.subjects(mention_of, focus), key=str)]
    found = (data.value(passage, quote) for passage in passages)
    return next((str(words) for words in found if words is not None), None)
