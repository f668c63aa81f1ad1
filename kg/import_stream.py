"""Large N-Quads from elsewhere: what follows from each statement is added as the lines go by.

The file is never held as a whole: ``kg.store.Store.bulk`` hands over piece after piece, and takes
the whole load back where one of them is refused.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from kg.errors import ReadError
from kg.store import Claim, Piece
from kg.vocab import DCTERMS, RDF, UNKG

_SOURCE = f"<{DCTERMS.source}>".encode()
_TYPE = f"<{RDF.type}>".encode()


@dataclass(slots=True)
class Completion:
    """What an import adds to the pieces of one file, and what it notes of them.

    ``present`` are the graphs of the store before the load, ``claim`` says who filled one.
    ``classes`` and ``naming`` are IRIs: things of these classes should have one of these
    properties; ``nameless`` are those that have none.
    """

    path: Path
    present: frozenset[str]
    claim: Callable[[str], Claim | None]
    classes: frozenset[str]
    naming: frozenset[str]
    loaded: int = 0
    _graphs: set[bytes] = field(default_factory=set)
    _sources: dict[bytes, set[bytes]] = field(default_factory=dict)
    _typed: set[bytes] = field(default_factory=set)
    _named: set[bytes] = field(default_factory=set)
    _classes: frozenset[bytes] = field(init=False)
    _naming: frozenset[bytes] = field(init=False)

    def __post_init__(self) -> None:
        self._classes = frozenset(f"<{name}>".encode() for name in self.classes)
        self._naming = frozenset(f"<{name}>".encode() for name in self.naming)

    @property
    def nameless(self) -> list[str]:
        """Things of the classes without any of the properties, sorted."""
        return sorted(name[1:-1].decode() for name in self._typed - self._named)

    def piece(self, found: Piece) -> Piece:
        """The piece, each statement once, with what the ontology's axioms add."""
        held = dict.fromkeys(zip(found.triples, found.graphs, strict=True))
        above, above_class = _above()
        added: list[tuple[bytes, bytes]] = []
        for triple, graph in held:
            subject, predicate, value = parts(triple)
            self._note(subject, predicate, value, graph)
            if predicate == _TYPE:
                for up in above_class.get(value, ()):
                    added.append((b"%b %b %b" % (subject, _TYPE, up), graph))
                continue
            for up in above.get(predicate, ()):
                added.append((b"%b %b %b" % (subject, up, value), graph))
        held.update(dict.fromkeys(added))
        self.loaded += len(held)
        return Piece(triples=[triple for triple, _ in held], graphs=[graph for _, graph in held])

    def end(self) -> Piece:
        """The file as the source of graphs that name none.

        Raises:
            ReadError: another file has filled one of the graphs, or the file is empty.
        """
        if not self._graphs:
            raise ReadError(f"{self.path}: holds no statements; give RDF in the ontology's terms")
        lone = sorted(self._graphs - self._sources.keys())
        triples: list[bytes] = []
        if lone:
            with self.path.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            said = ((DCTERMS.source, self.path.name), (UNKG.sha256, digest))
            facts = [b"<%b> %b" % (name.encode(), _literal(value)) for name, value in said]
            triples = [b"<%b> %b" % (graph, fact) for graph in lone for fact in facts]
        more = self.piece(
            Piece(triples=triples, graphs=[graph for graph in lone for _ in range(2)])
        )
        for graph in sorted(self._graphs):
            self._check_free(graph.decode(), self._sources[graph])
        return more

    def _note(self, subject: bytes, predicate: bytes, value: bytes, graph: bytes) -> None:
        self._graphs.add(graph)
        if predicate == _TYPE:
            if value in self._classes:
                self._typed.add(subject)
        elif predicate in self._naming:
            self._named.add(subject)
        elif predicate == _SOURCE and subject[1:-1] == graph:
            self._sources.setdefault(graph, set()).add(value)

    def _check_free(self, graph: str, sources: set[bytes]) -> None:
        claim = self.claim(graph) if graph in self.present else None
        if claim is not None and _literal(claim.source) not in sources:
            raise ReadError(
                f"{self.path}: <{graph}> was filled by {claim.source}; kg remove it first"
            )


def parts(triple: bytes) -> tuple[bytes, bytes, bytes]:
    """Subject, predicate and object of a triple of IRIs and literals.

    >>> parts(b'<urn:a> <urn:b> "c > d"')
    (b'<urn:a>', b'<urn:b>', b'"c > d"')
    """
    end = triple.index(b">") + 1
    start = triple.index(b"<", end)
    stop = triple.index(b">", start) + 1
    return triple[:end], triple[start:stop], triple[stop:].strip()


def _literal(text: str) -> bytes:
    import pyoxigraph as ox

    return str(ox.Literal(text)).encode()


@cache
def _above() -> tuple[Mapping[bytes, tuple[bytes, ...]], Mapping[bytes, tuple[bytes, ...]]]:
    """What ``kg.triples.closure.closed`` adds for each property, and for each class."""
    from kg.triples.closure import closed, supers
    from kg.triples.terms import node

    properties: dict[bytes, tuple[bytes, ...]] = {}
    classes: dict[bytes, tuple[bytes, ...]] = {}
    for name in supers():
        term = f"<{name}>".encode()
        _, *added = closed([(name, name, node(name))])
        properties[term] = tuple(f"<{predicate}>".encode() for _, predicate, _ in added)
        _, *typed = closed([(name, RDF.type, node(name))])
        classes[term] = tuple(f"<{value.value}>".encode() for _, _, value in typed)
    return properties, classes
