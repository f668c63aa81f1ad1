"""The graph for other tools: RDF in four notations, networks in six.

Files are written piece by piece, appear whole or not at all, and are the same bytes for the
same store: ``statements`` says how that is done where a store is larger than memory.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import IO, TYPE_CHECKING, Literal, get_args

from kg.errors import StoreError
from kg.export.files import replacing
from kg.export.networks import NetworkName
from kg.export.statements import PREFIXES, write_statements

if TYPE_CHECKING:
    from kg.export.tables import Network, Row, Table
    from kg.store import Reader

__all__ = ["PREFIXES", "Exported", "NetworkFormat", "NetworkName", "RdfFormat", "export", "rdf"]

RdfFormat = Literal["nq", "trig", "ttl", "jsonld"]
NetworkFormat = Literal["graphml", "gexf", "csv", "parquet", "neo4j"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """What was written: the files, and how many statements, or nodes and edges.

    ``next_step`` is the command that reads the files, where there is one to know.
    """

    files: tuple[Path, ...]
    counts: Mapping[str, int] = field(default_factory=dict)
    next_step: str = ""


def export(
    store: Reader,
    path: Path,
    *,
    format: RdfFormat | NetworkFormat,
    network: NetworkName = "citations",
    language: str = "en",
    all_graphs: bool = False,
) -> Exported:
    """Write a store's documents to a file in one of the formats.

    The RDF formats hold all statements of documents (Turtle has no graphs, so it holds their
    merge), with ``all_graphs`` also the ontology, the authority and what documents say together:
    what another engine needs to answer as this one does. The others hold one of the networks of
    ``kg.export.networks``. CSV and Parquet are two files: the edges in ``path``, the nodes
    beside it in ``NAME-nodes.csv``. For Neo4j ``path`` is a folder, with ``nodes.csv`` and
    ``relationships.csv``.

    Raises:
        StoreError: the format or the network is unknown, a package is missing, or a file cannot
            be written.
    """
    if format in get_args(RdfFormat):
        with replacing(path) as (out,):
            names = _graphs(store, all_graphs=all_graphs)
            written = write_statements(store, names, out, format=format)
        return Exported(files=(path,), counts={"statements": written})
    if format not in get_args(NetworkFormat):
        known = ", ".join((*get_args(RdfFormat), *get_args(NetworkFormat)))
        raise StoreError(f"{format}: no such export format; there are {known}")
    if network not in get_args(NetworkName):
        raise StoreError(
            f"{network}: no such network; there are {', '.join(get_args(NetworkName))}"
        )
    return _export_network(store, path, format, network, language)


def rdf(store: Reader, *, format: RdfFormat, graphs: Iterable[str] | None = None) -> bytes:
    """Document graphs as RDF text in UTF-8, graphs and their statements in a fixed order."""
    out = io.BytesIO()
    names = store.graphs() if graphs is None else sorted(graphs)
    write_statements(store, names, out, format=format)
    return out.getvalue()


def _graphs(store: Reader, *, all_graphs: bool) -> list[str]:
    from kg.store import SYSTEM_GRAPHS

    return sorted([*store.graphs(), *(SYSTEM_GRAPHS if all_graphs else ())])


def _export_network(
    store: Reader, path: Path, format: str, network: NetworkName, language: str
) -> Exported:
    from kg.export.networks import network_of
    from kg.export.rows import NEO4J_COMMAND

    found = network_of(store, network, language=language)
    files = _files(path, format)
    counts: dict[str, int] = {}
    nodes = replace(found.nodes, rows=_counting(found.nodes, "nodes", counts))
    edges = replace(found.edges, rows=_counting(found.edges, "edges", counts))
    with replacing(*files) as opened:
        _write(replace(found, nodes=nodes, edges=edges), opened, format)
    step = f"cd {path} && {NEO4J_COMMAND}" if format == "neo4j" else ""
    return Exported(files=files, counts=counts, next_step=step)


def _files(path: Path, format: str) -> tuple[Path, ...]:
    if format in ("graphml", "gexf"):
        return (path,)
    if format != "neo4j":
        return path, path.with_name(f"{path.stem}-nodes{path.suffix}")
    try:
        path.mkdir(exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"{path}: cannot be made a folder: {error.strerror or error}; name a new folder"
        ) from error
    return path / "nodes.csv", path / "relationships.csv"


def _counting(table: Table, name: str, counts: dict[str, int]) -> Callable[[], Iterator[Row]]:
    """The rows of a table, counted as they are written."""

    def rows() -> Iterator[Row]:
        counts[name] = 0
        for row in table.rows():
            counts[name] += 1
            yield row

    return rows


def _write(network: Network, files: tuple[IO[bytes], ...], format: str) -> None:
    from kg.export.markup import write_gexf, write_graphml
    from kg.export.parquet import write_parquet
    from kg.export.rows import write_csv, write_neo4j

    if format in ("graphml", "gexf"):
        (write_graphml if format == "graphml" else write_gexf)(network, files[0])
    elif format == "neo4j":
        write_neo4j(network, *files)
    else:
        write_table = write_csv if format == "csv" else write_parquet
        write_table(network.edges, files[0])
        write_table(network.nodes, files[1])
