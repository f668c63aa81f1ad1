"""The graph for other tools: RDF in four notations, networks in three.

Files are written whole or not at all, and the same store gives the same bytes.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from kg.errors import StoreError
from kg.store import write_atomically
from kg.vocab import CITO, DCTERMS, ELI, FRBR, OA, PROV, RDF, SCHEMA, SKOS, UNDO, UNKG, XSD

if TYPE_CHECKING:
    import networkx as nx

    from kg.store import Reader

RdfFormat = Literal["nq", "trig", "ttl", "jsonld"]
NetworkFormat = Literal["graphml", "gexf", "csv"]
Network = Literal["citations", "cosponsors"]

PREFIXES: Mapping[str, str] = {
    "unkg": UNKG.IRI,
    "cito": CITO.IRI,
    "dcterms": DCTERMS.IRI,
    "eli": ELI.IRI,
    "frbr": FRBR.IRI,
    "oa": OA.IRI,
    "prov": PROV.IRI,
    "rdf": RDF.IRI,
    "schema": SCHEMA.IRI,
    "skos": SKOS.IRI,
    "undo": UNDO.IRI,
    "xsd": XSD.IRI,
}
# What XML 1.0 cannot hold; a page break inside a quotation is one.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: the files, and how many statements, or nodes and edges."""

    files: tuple[Path, ...]
    counts: Mapping[str, int]


def export(
    store: Reader,
    path: Path,
    *,
    format: RdfFormat | NetworkFormat,
    network: Network = "citations",
    language: str = "en",
) -> Exported:
    """Write a store's documents to a file in one of the formats.

    The RDF formats hold all statements (Turtle has no graphs, so it holds their merge); the
    others hold the citation or the co-sponsorship network. CSV is two files: the edges in
    ``path``, the nodes beside it in ``NAME-nodes.csv``.

    Raises:
        StoreError: the format is unknown, or the file cannot be written.
    """
    if format in get_args(RdfFormat):
        return _export_rdf(store, path, format)
    if format not in _NETWORKS:
        known = ", ".join((*get_args(RdfFormat), *get_args(NetworkFormat)))
        raise StoreError(f"{format}: no such export format; there are {known}")
    graph = _network(store, network, language)
    written = _NETWORKS[format](graph, path)
    for file, data in written.items():
        write_atomically(file, data)
    counts = {"nodes": graph.number_of_nodes(), "edges": graph.number_of_edges()}
    return Exported(files=tuple(written), counts=counts)


def _export_rdf(store: Reader, path: Path, format: str) -> Exported:
    write_atomically(path, rdf(store, format=format))
    return Exported(files=(path,), counts={"statements": len(store)})


def rdf(store: Reader, *, format: str, graphs: Iterable[str] | None = None) -> bytes:
    """Document graphs as RDF text in UTF-8, statements in a fixed order."""
    import pyoxigraph as ox

    names = tuple(store.graphs() if graphs is None else sorted(graphs))
    if format == "nq":
        return store.nquads(graphs=names)
    quads = [quad for name in names for quad in sorted(store.quads(name), key=str)]
    kind = {
        "trig": ox.RdfFormat.TRIG,
        "ttl": ox.RdfFormat.TURTLE,
        "jsonld": ox.RdfFormat.JSON_LD,
    }[format]
    if format == "ttl":
        triples = sorted({quad.triple for quad in quads}, key=str)
        written = ox.serialize(triples, format=kind, prefixes=dict(PREFIXES))
    elif format == "trig":
        written = ox.serialize(quads, format=kind, prefixes=dict(PREFIXES))
    else:
        # Without prefixes: the serialiser writes a context in an order of its own each time.
        return bytes(ox.serialize(quads, format=kind) or b"")
    return _prefixes_sorted(bytes(written or b""))


def _prefixes_sorted(text: bytes) -> bytes:
    """Turtle or TriG with its prefixes in order: the serialiser writes them in any."""
    lines = text.splitlines(keepends=True)
    count = next((at for at, line in enumerate(lines) if not line.startswith(b"@prefix")), 0)
    return b"".join([*sorted(lines[:count]), *lines[count:]])


def _network(store: Reader, network: Network, language: str) -> nx.Graph[str]:
    from kg.analyse.cosponsors import projection
    from kg.analyse.graph import citation_graph

    if network == "cosponsors":
        return projection(store, language=language)
    return citation_graph(store, language=language)


def _flat(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Attributes as the formats take them: lists joined, nothing that XML cannot hold."""
    found: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, list | tuple):
            value = "; ".join(map(str, value))
        if isinstance(value, str):
            value = _NOT_XML.sub("\N{REPLACEMENT CHARACTER}", value)
        if value is not None:
            found[name] = value
    return found


def _plain(graph: nx.Graph[str]) -> nx.Graph[str]:
    """A copy with flat attributes, nodes and edges in order."""
    found = graph.__class__()
    for name in sorted(graph):
        found.add_node(name, **_flat(graph.nodes[name]))
    edges = sorted((a, b, str(facts), facts) for a, b, facts in graph.edges(data=True))
    for number, (a, b, _, facts) in enumerate(edges):
        found.add_edge(a, b, **_flat(facts), id=str(number))
    return found


def _graphml(graph: nx.Graph[str], path: Path) -> dict[Path, bytes]:
    import networkx as nx

    lines = nx.generate_graphml(_plain(graph), edge_id_from_attribute="id")
    head = '<?xml version="1.0" encoding="utf-8"?>\n'
    return {path: (head + "\n".join(lines) + "\n").encode()}


def _gexf(graph: nx.Graph[str], path: Path) -> dict[Path, bytes]:
    import networkx as nx

    text = "\n".join(nx.generate_gexf(_plain(graph)))
    # The day of writing would make two exports of one store differ.
    text = re.sub(r' lastmodifieddate="[^"]*"', "", text, count=1)
    return {path: ('<?xml version="1.0" encoding="utf-8"?>\n' + text + "\n").encode()}


def _csv(graph: nx.Graph[str], path: Path) -> dict[Path, bytes]:
    plain = _plain(graph)
    edges = [{"source": a, "target": b, **facts} for a, b, facts in plain.edges(data=True)]
    nodes = [{"id": name, **facts} for name, facts in plain.nodes(data=True)]
    beside = path.with_name(f"{path.stem}-nodes{path.suffix}")
    return {path: _table(edges), beside: _table(nodes)}


def _table(rows: list[dict[str, Any]]) -> bytes:
    columns = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n", restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


_NETWORKS: Mapping[str, Callable[[nx.Graph[str], Path], dict[Path, bytes]]] = {
    "graphml": _graphml,
    "gexf": _gexf,
    "csv": _csv,
}
