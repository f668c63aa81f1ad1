"""Graphs from files: blank nodes named, the ontology and the authority under a store's base."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.iri import BASE, rebase
from kg.vocab import UNKG, ontology_path

if TYPE_CHECKING:
    import pyoxigraph as ox

ONTOLOGY_GRAPH = f"{BASE}/ontology"
AUTHORITY_GRAPH = f"{BASE}/authority"
JOINS_GRAPH = f"{BASE}/joins"
SYSTEM_GRAPHS = frozenset({ONTOLOGY_GRAPH, AUTHORITY_GRAPH, JOINS_GRAPH})


def ontology_quads() -> Iterator[ox.Quad]:
    """The ontology in its graph."""
    return _file_quads(ONTOLOGY_GRAPH, [ontology_path() / "unkg.ttl"])


def authority_quads(*, base: str) -> Iterator[ox.Quad]:
    """States, organs, instruments and actors in their graph, their IRIs under ``base``."""
    quads = _file_quads(AUTHORITY_GRAPH, _authority_files(ontology_path()))
    return (_rebased(quad, base) for quad in quads)


def skolemised(quads: Iterable[ox.Quad], *, graph: str) -> Iterator[ox.Quad]:
    """The quads moved into a graph, blank nodes replaced by IRIs numbered by appearance."""
    import pyoxigraph as ox

    name = ox.NamedNode(graph)
    names: dict[str, ox.NamedNode] = {}

    def fixed(term: Any) -> Any:
        if not isinstance(term, ox.BlankNode):
            return term
        return names.setdefault(term.value, ox.NamedNode(f"{graph}#node-{len(names) + 1}"))

    for quad in quads:
        yield ox.Quad(fixed(quad.subject), quad.predicate, fixed(quad.object), name)


def _authority_files(folder: Path) -> list[Path]:
    return sorted((folder / "authority").glob("*.ttl"))


def _file_quads(graph: str, files: Iterable[Path]) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    def parsed() -> Iterator[ox.Quad]:
        for file in files:
            # Blank node labels are the file's own; renamed, two files cannot meet by accident.
            yield from ox.parse(path=str(file), rename_blank_nodes=True)

    return skolemised(parsed(), graph=graph)


def _rebased(quad: ox.Quad, base: str) -> ox.Quad:
    """The quad with entities under another base; the ontology's terms keep theirs."""
    import pyoxigraph as ox

    def moved(term: Any) -> Any:
        if not isinstance(term, ox.NamedNode) or term.value.startswith(UNKG.IRI):
            return term
        return ox.NamedNode(rebase(term.value, base=base))

    if base == BASE:
        return quad
    return ox.Quad(moved(quad.subject), quad.predicate, moved(quad.object), quad.graph_name)


def ontology_digest() -> str:
    """What tells one edition of ontology and authority from another."""
    folder = ontology_path()
    digest = sha256()
    for file in [folder / "unkg.ttl", *_authority_files(folder)]:
        digest.update(sha256(file.read_bytes()).digest())
    return digest.hexdigest()
