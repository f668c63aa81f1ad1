"""RDF in four notations, written graph by graph: no more than one graph is held at a time.

Order is fixed without sorting all of a store at once: graphs by name, the statements of a graph
by their N-Quads lines. Turtle, which has no graphs, needs each statement of all graphs once:
runs of lines are sorted by themselves, kept in temporary files, and merged.
"""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import IO, TYPE_CHECKING, Any

from kg.vocab import CITO, DCTERMS, ELI, FRBR, OA, PROV, RDF, SCHEMA, SKOS, UNDO, UNKG, XSD

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.store import Reader

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
# Lines that one sorted run of Turtle holds: about 200 MB.
RUN = 500_000
_BLOCK = 20_000


def write_statements(
    store: Reader, graphs: Iterable[str], out: IO[bytes], *, format: str, run: int = RUN
) -> int:
    """Write the statements of some graphs; how many were written.

    ``format`` is nq, trig, ttl or jsonld; ``run`` is how many lines of Turtle are sorted in
    memory.
    """
    if format == "ttl":
        return _turtle(store, graphs, out, run)
    return _WRITERS[format](store, graphs, out)


def _lines(quads: Iterable[ox.Quad]) -> list[bytes]:
    """Statements as sorted lines of N-Quads, without their ends."""
    import pyoxigraph as ox

    written = ox.serialize(quads, format=ox.RdfFormat.N_QUADS) or b""
    # A line feed in a text is escaped; other things that end a line elsewhere do not here.
    return sorted(written.split(b"\n")[:-1])


def _nquads(store: Reader, graphs: Iterable[str], out: IO[bytes]) -> int:
    count = 0
    for name in graphs:
        lines = _lines(store.quads(name))
        count += len(lines)
        out.writelines(line + b"\n" for line in lines)
    return count


def _parsed(lines: Iterable[bytes]) -> Iterator[ox.Quad]:
    import pyoxigraph as ox

    return ox.parse(b"\n".join(lines), format=ox.RdfFormat.N_QUADS)


def _trig(store: Reader, graphs: Iterable[str], out: IO[bytes]) -> int:
    import pyoxigraph as ox

    count = 0
    out.write(_header())
    for name in graphs:
        lines = _lines(store.quads(name))
        count += len(lines)
        out.write(_body(_parsed(lines), ox.RdfFormat.TRIG))
    return count


def _jsonld(store: Reader, graphs: Iterable[str], out: IO[bytes]) -> int:
    """An array with one object a graph, in expanded form: it refers to no context."""
    import pyoxigraph as ox

    count, before = 0, b"["
    for name in graphs:
        lines = _lines(store.quads(name))
        if lines:
            written = ox.serialize(_parsed(lines), format=ox.RdfFormat.JSON_LD) or b"[]"
            out.write(before + b"\n" + written.removeprefix(b"[").removesuffix(b"]"))
            count, before = count + len(lines), b","
    out.write(b"[]\n" if before == b"[" else b"\n]\n")
    return count


def _turtle(store: Reader, graphs: Iterable[str], out: IO[bytes], run: int) -> int:
    import pyoxigraph as ox

    count = 0
    out.write(_header())
    with tempfile.TemporaryDirectory(prefix="unkg-") as folder:
        triples = (triple for name in graphs for triple in _triples(store.quads(name)))
        merged = (line for line, _ in groupby(_merged(triples, folder, run)))
        for block in _blocks(merged):
            count += len(block)
            found = (quad.triple for quad in _parsed(block))
            out.write(_body(found, ox.RdfFormat.TURTLE))
    return count


def _triples(quads: Iterable[ox.Quad]) -> list[bytes]:
    import pyoxigraph as ox

    written = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.N_TRIPLES) or b""
    return written.split(b"\n")[:-1]


def _merged(lines: Iterator[bytes], folder: str, run: int) -> Iterator[bytes]:
    """All lines in order, however many: sorted runs in files, merged as they are read."""
    runs: list[IO[bytes]] = []
    while some := sorted(islice(lines, run)):
        if len(some) < run and not runs:
            yield from some
            return
        file: IO[bytes] = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115
        file.writelines(line + b"\n" for line in some)
        file.seek(0)
        runs.append(file)
    try:
        yield from (line[:-1] for line in heapq.merge(*runs))
    finally:
        for file in runs:
            file.close()


def _blocks(lines: Iterator[bytes]) -> Iterator[list[bytes]]:
    """Lines in blocks that part no subject from its statements."""
    block: list[bytes] = []
    for subject, group in groupby(lines, key=lambda line: line.partition(b" ")[0]):
        if len(block) >= _BLOCK and subject:
            yield block
            block = []
        block.extend(group)
    if block:
        yield block


def _header() -> bytes:
    return b"".join(
        f"@prefix {name}: <{start}> .\n".encode() for name, start in sorted(PREFIXES.items())
    )


def _body(statements: Iterable[Any], kind: ox.RdfFormat) -> bytes:
    """Turtle or TriG without its prefixes: they stand once, at the start of the file."""
    import pyoxigraph as ox

    written = bytes(ox.serialize(statements, format=kind, prefixes=dict(PREFIXES)) or b"")
    while written.startswith(b"@prefix "):
        written = written.partition(b"\n")[2]
    return written


_WRITERS: Mapping[str, Callable[[Reader, Iterable[str], IO[bytes]], int]] = {
    "nq": _nquads,
    "trig": _trig,
    "jsonld": _jsonld,
}
