"""RDF from elsewhere, in the ontology's terms, as named graphs of a store."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ReadError, UnkgError
from kg.import_stream import Completion
from kg.store import SYSTEM_GRAPHS, Store, skolemised
from kg.vocab import BASE, DCTERMS, RDF, RDFS, SKOS, UNKG

if TYPE_CHECKING:
    import pyoxigraph as ox

# Of what must be held as a whole.
MAX_BYTES = 512 * 1024 * 1024
# Larger files with one statement a line are never held as a whole.
STREAM_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """What became of one file: the graphs it filled, or the error; and what was odd."""

    path: Path
    graphs: tuple[str, ...] = ()
    quads: int = 0
    warnings: tuple[str, ...] = ()
    error: UnkgError | None = None


def import_files(paths: Iterable[Path], *, store: Store, base: str = BASE) -> Iterator[Imported]:
    """Put RDF files into a store, one after the other; a bad file changes nothing.

    Triples outside a named graph go to a graph named after the file. Blank nodes get names,
    and the super-properties and super-classes of the ontology's terms are added, so that a
    plain query finds what was imported.
    """
    for path in paths:
        try:
            yield _imported(path, store=store, base=base)
        except UnkgError as error:
            yield Imported(path=path, error=error)


def _imported(path: Path, *, store: Store, base: str) -> Imported:
    import pyoxigraph as ox

    own = f"{base}/import/{hashlib.sha256(path.name.encode()).hexdigest()[:16]}"
    if _is_large(path):
        return _streamed(path, store=store, own=own)
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in _parsed(path):
        if isinstance(quad.subject, ox.Triple) or isinstance(quad.object, ox.Triple):
            raise ReadError(f"{path}: states things of statements (RDF-star); give plain RDF")
        graphs[getattr(quad.graph_name, "value", own)].append(quad)
    if not graphs:
        raise ReadError(f"{path}: holds no statements; give RDF in the ontology's terms")
    count = 0
    whole = {name: _complete(name, quads, path) for name, quads in sorted(graphs.items())}
    for name, quads in whole.items():
        _check_free(store, name, quads, path)
    for name, quads in whole.items():
        count += len(quads)
        store.put(name, quads)
    store.join()
    warnings = tuple(_undescribed(quad for quads in graphs.values() for quad in quads))
    return Imported(path=path, graphs=tuple(sorted(graphs)), quads=count, warnings=warnings)


def _is_large(path: Path) -> bool:
    return path.suffix in {".nq", ".nt"} and path.is_file() and path.stat().st_size > STREAM_BYTES


def _streamed(path: Path, *, store: Store, own: str) -> Imported:
    """The same in one bulk load, piece after piece."""
    completion = Completion(
        path=path,
        present=frozenset(store.graphs()),
        claim=store.claimed_by,
        classes=_NAMED_CLASSES,
        naming=_NAMING,
    )
    loaded = store.bulk(path, graph=own, completion=completion)
    warnings = tuple(_nameless(completion.nameless))
    return Imported(path=path, graphs=loaded.graphs, quads=completion.loaded, warnings=warnings)


def _parsed(path: Path) -> list[ox.Quad]:
    import pyoxigraph as ox

    try:
        if not path.is_file():
            raise ReadError(f"{path}: does not exist or is no file; give an RDF file")
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(f"{path}: is larger than {MAX_BYTES // 2**20} MiB; split it")
        format = ox.RdfFormat.from_extension(path.suffix.lstrip("."))
        if format is None:
            raise ReadError(f"{path}: of no known kind; name it .nq, .trig, .ttl or .nt")
        return list(ox.parse(path=str(path), format=format, base_iri=BASE, rename_blank_nodes=True))
    except OSError as error:
        raise ReadError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (SyntaxError, ValueError) as error:
        raise ReadError(f"{path}: is no valid RDF: {error}; correct the file") from error


def _complete(graph: str, quads: Iterable[ox.Quad], path: Path) -> list[ox.Quad]:
    """A graph's statements with those that follow, and the file they came from unless they say."""
    import pyoxigraph as ox

    found = list(skolemised(quads, graph=graph))
    if not _source(graph, found):
        name = ox.NamedNode(graph)
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        for predicate, value in ((DCTERMS.source, path.name), (UNKG.sha256, digest)):
            found.append(ox.Quad(name, ox.NamedNode(predicate), ox.Literal(value), name))
    return list(materialised(found, graph=graph))


def _source(graph: str, quads: Iterable[Any]) -> str | None:
    found = (q for q in quads if q.predicate.value == DCTERMS.source and q.subject.value == graph)
    return next((quad.object.value for quad in found), None)


def _check_free(store: Store, graph: str, quads: Iterable[ox.Quad], path: Path) -> None:
    if graph in SYSTEM_GRAPHS:
        raise ReadError(f"{path}: <{graph}> belongs to unkg itself; use another graph name")
    claim = store.claimed_by(graph)
    if claim is not None and claim.source != _source(graph, quads):
        raise ReadError(f"{path}: <{graph}> was filled by {claim.source}; kg remove it first")


def materialised(quads: Iterable[ox.Quad], *, graph: str) -> Iterator[ox.Quad]:
    """The quads, each once, with what the ontology's sub-property and sub-class axioms add."""
    import pyoxigraph as ox

    from kg.triples.closure import closed

    terms: Iterable[Any] = quads
    facts = ((quad.subject.value, quad.predicate.value, quad.object) for quad in terms)
    name = ox.NamedNode(graph)
    for subject, predicate, value in dict.fromkeys(closed(facts)):
        yield ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), value, name)


def _undescribed(quads: Iterable[Any]) -> Iterator[str]:
    """Things with a type of ours and neither title, symbol nor label: usable, but hard to read."""
    typed: set[str] = set()
    named: set[str] = set()
    for quad in quads:
        if quad.predicate.value == RDF.type and quad.object.value.startswith(UNKG.IRI):
            if quad.object.value in _NAMED_CLASSES:
                typed.add(quad.subject.value)
        elif quad.predicate.value in _NAMING:
            named.add(quad.subject.value)
    yield from _nameless(sorted(typed - named))


def _nameless(nameless: list[str]) -> Iterator[str]:
    for name in nameless[:5]:
        yield f"<{name}> has neither symbol, title nor label"
    if len(nameless) > 5:
        yield f"and {len(nameless) - 5} more without symbol, title or label"


_NAMED_CLASSES = frozenset(
    {UNKG.Resolution, UNKG.Decision, UNKG.CommitteeReport, UNKG.DraftResolution}
)
_NAMING = frozenset({UNKG.symbol, DCTERMS.title, RDFS.label, SKOS.prefLabel})
