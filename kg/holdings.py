"""What a store holds: its documents, and what is stated of one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.symbol import DOCUMENT_BASE, is_symbol, parse
from kg.vocab import DCTERMS, RDF, UNKG

if TYPE_CHECKING:
    from kg.store import Store

_VERSIONS = f"""
SELECT ?graph ?document
  (SAMPLE(?symbols) AS ?symbol) (SAMPLE(?languages) AS ?language) (SAMPLE(?titles) AS ?title)
  (GROUP_CONCAT(DISTINCT ?type; separator=" ") AS ?types) (SAMPLE(?sources) AS ?source)
WHERE {{
  GRAPH ?graph {{
    ?graph <{UNKG.versionOf}> ?document .
    OPTIONAL {{ ?graph <{DCTERMS.language}> ?languages }}
    OPTIONAL {{ ?graph <{DCTERMS.source}> ?sources }}
    OPTIONAL {{ ?document <{UNKG.symbol}> ?symbols }}
    OPTIONAL {{ ?document <{DCTERMS.title}> ?titles }}
    OPTIONAL {{ ?document <{RDF.type}> ?type }}
  }}
}} GROUP BY ?graph ?document
"""
_STATED = "SELECT DISTINCT ?thing ?property ?value WHERE { ?thing ?property ?value }"
_COUNTS = {
    "cites": f"SELECT DISTINCT ?thing ?other WHERE {{ ?thing <{UNKG.cites}> ?other }}",
    "cited by": f"SELECT DISTINCT ?thing ?other WHERE {{ ?other <{UNKG.cites}> ?thing }}",
}
# The kinds a reader knows; super-classes and foreign classes say the same with less.
_KINDS = ("CommitteeReport", "Resolution", "Decision", "DraftResolution", "DraftDecision")


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


def holdings(store: Store) -> tuple[Holding, ...]:
    """The document graphs of a store, sorted by graph name."""
    described = {row.graph: row for row in _described(store)}
    return tuple(described.get(graph) or _bare(graph) for graph in store.graphs())


def _described(store: Store) -> Iterator[Holding]:
    for row in store.select(_VERSIONS).rows:
        texts: list[Any] = [term.value if term is not None else None for term in row]
        graph, document, symbol, language, title, types, source = texts
        yield Holding(
            graph=graph,
            document=document,
            symbol=symbol,
            language=language.rsplit("/", 1)[-1] if language else None,
            kind=_kind(types or ""),
            title=title,
            source=source,
        )


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


def _kind(types: str) -> str | None:
    names = {iri.removeprefix(UNKG.IRI) for iri in types.split()}
    return next((kind for kind in _KINDS if kind in names), None)


def graphs_of(store: Store, name: str, *, language: str | None = None) -> tuple[str, ...]:
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


def describe(store: Store, name: str) -> tuple[tuple[str, str, str], ...]:
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
        (_local(prop.value), str(value.value).removeprefix(DOCUMENT_BASE), _tag(value))
        for _, prop, value in store.select(_STATED, thing=thing).rows
    )
    counts = [
        (label, str(count), "")
        for label, sparql in _COUNTS.items()
        if (count := len(store.select(sparql, thing=thing).rows))
    ]
    if not stated and not counts:
        raise StoreError(f"{name}: not in this store; kg list shows what is")
    return (("iri", thing.value, ""), *stated, *counts)


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1].rsplit("/", 1)[-1]


def _tag(term: Any) -> str:
    return getattr(term, "language", None) or ""
