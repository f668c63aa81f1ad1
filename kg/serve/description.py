"""What the endpoint says of itself: the SPARQL 1.1 Service Description."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.serve.negotiation import FORMATS, chosen, media_type
from kg.serve.results import graph
from kg.serve.settings import Limits

if TYPE_CHECKING:
    import pyoxigraph as ox

_SD = "http://www.w3.org/ns/sparql-service-description#"
_A = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_RESULTS = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "turtle": "Turtle",
    "nt": "N-Triples",
    "jsonld": "JSON-LD",
    "rdf": "RDF_XML",
}


def description(
    url: str, *, writable: bool, accept: str | None, asked: str | None
) -> tuple[str, bytes]:
    """The description's content type and bytes.

    Raises:
        RequestError: 406, none of the formats asked for is RDF.

    >>> kind, body = description("http://x/sparql", writable=False, accept=None, asked=None)
    >>> kind, b"#endpoint> <http://x/sparql>" in body
    ('text/turtle; charset=utf-8', True)
    """
    name = chosen("graph", accept=accept, asked=asked)
    written = graph(_triples(url, writable=writable), name, Limits())
    return media_type("graph", name), written.body


def _triples(url: str, *, writable: bool) -> Iterator[ox.Triple]:
    import pyoxigraph as ox

    # Named, not blank: the same description each time.
    service, dataset = ox.NamedNode(f"{url}#service"), ox.NamedNode(f"{url}#dataset")
    default = ox.NamedNode(f"{url}#default-graph")

    def sd(name: str) -> ox.NamedNode:
        return ox.NamedNode(_SD + name)

    a = ox.NamedNode(_A)
    yield ox.Triple(service, a, sd("Service"))
    yield ox.Triple(service, sd("endpoint"), ox.NamedNode(url))
    yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Query"))
    if writable:
        yield ox.Triple(service, sd("supportedLanguage"), sd("SPARQL11Update"))
    yield ox.Triple(service, sd("feature"), sd("UnionDefaultGraph"))
    for form in ("rows", "graph"):
        for name in FORMATS["rows" if form == "rows" else "graph"]:
            known = ox.NamedNode(f"http://www.w3.org/ns/formats/{_RESULTS[name]}")
            yield ox.Triple(service, sd("resultFormat"), known)
    yield ox.Triple(service, sd("defaultDataset"), dataset)
    yield ox.Triple(dataset, a, sd("Dataset"))
    yield ox.Triple(dataset, sd("defaultGraph"), default)
    yield ox.Triple(default, a, sd("Graph"))
