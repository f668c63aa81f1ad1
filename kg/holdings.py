"""What a store holds: its documents, and what is stated of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.symbol import DOCUMENT_BASE, is_symbol, parse
from kg.vocab import DCTERMS, RDF, SKOS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

_VERSIONS = f"""
SELECT DISTINCT ?graph ?document WHERE {{
  GRAPH ?graph {{ ?graph <{UNKG.versionOf}> ?document }}
}}
"""
_STATED = "SELECT DISTINCT ?thing ?property ?value WHERE { ?thing ?property ?value }"
_COUNTS = {
    "works cited": f"SELECT DISTINCT ?thing ?other WHERE {{ ?thing <{UNKG.cites}> ?other }}",
    "works citing": f"SELECT DISTINCT ?thing ?other WHERE {{ ?other <{UNKG.cites}> ?thing }}",
}
# The kinds a reader knows; super-classes and foreign classes say the same with less.
_KINDS = ("CommitteeReport", "Resolution", "Decision", "DraftResolution", "DraftDecision")
# What a reader is not shown: copies under super-properties, and the text's own structure.
_HIDDEN = frozenset({UNKG.refersTo, UNKG.mentions, UNKG.hasParagraph, UNKG.position})
_SHOWN = frozenset({DCTERMS.title, DCTERMS.date, DCTERMS.language, DCTERMS.source, RDF.type})


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """One graph: a language version of a document, or data brought in by an import."""

    graph: str
    document: str
    symbol: str | None
    language: str | None
    kind: str | None
    title: str | None
    source: str | None


def holdings(store: Reader) -> tuple[Holding, ...]:
    """The document graphs of a store, sorted by graph name."""
    described = {row.graph: row for row in _described(store)}
    return tuple(described.get(graph) or _bare(graph) for graph in store.graphs())


def _described(store: Reader) -> Iterator[Holding]:
    for graph, document in store.select(_VERSIONS).rows:
        language = _one(store, graph, DCTERMS.language)
        yield Holding(
            graph=graph.value,
            document=document.value,
            symbol=_one(store, document, UNKG.symbol),
            language=language.rsplit("/", 1)[-1] if language else None,
            kind=_kind(set(_values(store, document, RDF.type))),
            title=_one(store, document, DCTERMS.title),
            source=_one(store, graph, DCTERMS.source),
        )


def _values(store: Reader, thing: Any, predicate: str) -> list[str]:
    sparql = f"SELECT ?thing ?value WHERE {{ ?thing <{predicate}> ?value }}"
    return [value.value for _, value in store.select(sparql, thing=thing).rows]


def _one(store: Reader, thing: Any, predicate: str) -> str | None:
    return min(_values(store, thing, predicate), default=None)


def _bare(graph: str) -> Holding:
    return Holding(
        graph=graph,
        document=graph,
        symbol=None,
        language=None,
        kind="import",
        title=None,
        source=None,
    )


def _kind(types: set[str]) -> str | None:
    return next((kind for kind in _KINDS if UNKG.IRI + kind in types), None)


def graphs_of(store: Reader, name: str, *, language: str | None = None) -> tuple[str, ...]:
    """The graphs of a document, by its symbol or IRI, or one graph by its IRI.

    Raises:
        StoreError: the store holds no such document.
    """
    wanted = {name, name.upper(), document_name(name)}
    found = tuple(
        held.graph
        for held in holdings(store)
        if wanted & {held.graph, held.document, (held.symbol or "").upper()}
        and language in (None, held.language)
    )
    if not found:
        raise StoreError(f"{name}: not in this store; kg list shows what is")
    return found


def document_name(name: str) -> str:
    """The IRI a symbol stands for; any other text is returned as it is.

    >>> document_name("A/Res/70/1")
    'https://undocs.org/A/RES/70/1'
    """
    return parse(name).iri if is_symbol(name) else name


def describe(store: Reader, name: str) -> tuple[tuple[str, str, str], ...]:
    """What is stated of a document or of any other thing: sorted (property, value, language).

    Raises:
        StoreError: nothing is stated of it and nothing cites it.
    """
    import pyoxigraph as ox

    try:
        thing = ox.NamedNode(document_name(name))
    except ValueError:
        raise StoreError(f"{name}: no symbol and no IRI; kg list shows what is here") from None
    stated = sorted(
        (_local(prop.value), _short(str(value.value)), _tag(value))
        for _, prop, value in store.select(_STATED, thing=thing).rows
        if _is_shown(prop.value, str(value.value))
    )
    counts = [
        (label, str(count), "")
        for label, sparql in _COUNTS.items()
        if (count := len(store.select(sparql, thing=thing).rows))
    ]
    if not stated and not counts:
        raise StoreError(f"{name}: not in this store; kg list shows what is")
    return (("iri", thing.value, ""), *stated, *counts)


def _is_shown(predicate: str, value: str) -> bool:
    if predicate == RDF.type:
        return value.startswith(UNKG.IRI)
    own = predicate.startswith((UNKG.IRI, SKOS.IRI)) and predicate not in _HIDDEN
    return own or predicate in _SHOWN


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _short(value: str) -> str:
    return value.removeprefix(UNKG.IRI).removeprefix(DOCUMENT_BASE)


def _tag(term: Any) -> str:
    return getattr(term, "language", None) or ""
