"""The store: one named graph a document, ``put`` is replace, one writer.

A store is a directory (``kg.store.directory``): one process writes, any number read snapshots
of what it published. The default graph holds the merge of all named graphs, each triple once: a
plain query counts a fact once, however many language versions state it. Exports leave it out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

from kg.errors import StoreError, unwritable
from kg.iri import BASE
from kg.store import updates
from kg.store.answers import Results, as_answer, pairs, results
from kg.store.bulk import Completion, Loaded, load
from kg.store.content import Content, nquads_of
from kg.store.directory import read_meta
from kg.store.exchange import exchange_of
from kg.store.graphs import (
    AUTHORITY_GRAPH,
    JOINS_GRAPH,
    ONTOLOGY_GRAPH,
    SYSTEM_GRAPHS,
    authority_quads,
    ontology_digest,
    ontology_quads,
)
from kg.store.joins import DRAFTS, PARTS, joins
from kg.store.reader import Answer
from kg.store.snapshots import Snapshot
from kg.store.workspace import Memory, Workspace, read
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    import pyoxigraph as ox

Change = Literal["added", "replaced", "unchanged"]
# From this many bytes on, sorting N-Quads into files is quicker than writing them one by one.
_MUCH = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """Which file filled a graph: its name and the SHA-256 of its text."""

    source: str
    sha256: str


class Store:
    """Documents as named graphs, on disk or in memory; use it in a ``with`` statement.

    >>> with Store.in_memory(ontology=False) as store:
    ...     store.graphs()
    ()
    """

    def __init__(self, place: Memory | Workspace | Snapshot, *, base: str) -> None:
        self._place = place
        self.base = base

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, read_only: bool = False, base: str | None = None
    ) -> Store:
        """The store in a directory; it is made where there is none, unless ``read_only``.

        ``base`` starts the IRIs minted for data; a store keeps the one it was made with. A
        reader has the snapshot that was current when it opened, whatever is written meanwhile.

        Raises:
            StoreError: no store there, another format or base, other files, or another writer.
        """
        where = Path(path)
        if read_only:
            snapshot, kept = read(where, base=base)
            return cls(snapshot, base=kept)
        place = Workspace.open(where, base=base)
        store = cls(place, base=place.meta["base"])
        try:
            digest = ontology_digest()
            if place.meta.get("ontology") != digest:
                store._load_ontology()
                place.note(ontology=digest)
                place.publish()
        except BaseException:
            place.close()
            raise
        return store

    @classmethod
    def in_memory(cls, *, ontology: bool = True, base: str = BASE) -> Store:
        """A store without a directory, gone when it is no longer used."""
        store = cls(Memory(), base=base)
        if ontology:
            store._load_ontology()
        return store

    @classmethod
    def open_snapshot(cls, folder: str | os.PathLike[str]) -> Store:
        """The store read from one snapshot, as ``Store.folder`` of a reader names it.

        Raises:
            StoreError: the snapshot is gone, or is none.
        """
        where = Path(folder)
        meta = read_meta(where.parent.parent)
        snapshot = Snapshot.hold(where)
        if meta is None or snapshot is None:
            raise StoreError(f"{where}: no snapshot here; open the store again")
        return cls(snapshot, base=meta["base"])

    @property
    def directory(self) -> Path | None:
        """The directory of a store that is open for writing; None in memory or for a reader."""
        return getattr(self._place, "where", None) if self._place.writable else None

    @property
    def folder(self) -> Path | None:
        """Where what is derived from this very state may be kept; None: keep it in memory."""
        return self._place.folder

    @property
    def current(self) -> bool:
        """False once something newer is published than what this reader has; cheap to ask."""
        return self._place.current

    def publish(self) -> bool:
        """Let readers that open from now on see what was written; False if they do already.

        ``close`` does it, and ``put`` does it once a minute.

        Raises:
            StoreError: the store is read-only, or the snapshot cannot be written.
        """
        return self._writer().publish()

    def close(self) -> None:
        """Publish what was written and free the directory for other processes.

        Raises:
            StoreError: it cannot be written; what ``put`` stored is published when the store
                is next opened for writing.
        """
        self._place.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def put(self, graph: str, quads: Iterable[ox.Quad]) -> Change:
        """Make the graph hold exactly these quads, in one transaction.

        Raises:
            StoreError: the store is read-only, a quad belongs to another graph, or a blank
                node is among them (use ``skolemised``).
        """
        return self.put_many([Content(graph=graph, nquads=nquads_of(graph, quads))])[0]

    def put_many(self, contents: Sequence[Content]) -> tuple[Change, ...]:
        """Make graphs hold exactly these statements; what became of each, in order.

        Graphs that the store lacks come together, all or none of them, and nothing is compared;
        each of the others is a transaction of its own. When this returns all of it survives the
        death of the process.

        Raises:
            StoreError: the store is read-only, a line is none of its graph's statements or has
                a blank node, or a graph is given twice.
        """
        self._writer()
        if len({one.graph for one in contents}) < len(contents):
            raise StoreError("a graph was put twice at a time; put its documents one by one")
        new = [not one.replaces and not self._has(one.graph) for one in contents]
        self._add([one for one, is_new in zip(contents, new, strict=True) if is_new])
        changes = tuple(
            ("added" if one.nquads else "unchanged") if is_new else self._exchange(one)
            for one, is_new in zip(contents, new, strict=True)
        )
        self._writer().publish_if_due()
        return changes

    def remove(self, graph: str) -> bool:
        """Drop a graph; False if there was none."""
        return self.put_many([Content(graph=graph, nquads=b"")]) != ("unchanged",)

    def bulk(
        self,
        source: str | os.PathLike[str] | Iterable[bytes],
        *,
        graph: str | None = None,
        completion: Completion | None = None,
    ) -> Loaded:
        """Load N-Quads, a file or chunks of bytes, much faster than ``put`` does, and publish.

        A graph that is met replaces the one of its name; blank nodes get names; triples outside
        a graph go to ``graph``; ``completion`` adds to what is read. Killed or failed before the
        end, a store on disk is as it was.

        Raises:
            StoreError: read-only, a line that is no statement (its number is named), a graph of
                unkg's own, triples without a graph where none is given, or no room.
        """
        given = Path(source) if isinstance(source, str | os.PathLike) else source
        place = self._writer()
        try:
            with place.replacement() as database:
                filled = Memory(database)
                inner = Store(filled, base=self.base)
                present = frozenset(self.graphs())
                found = load(
                    database,
                    given,
                    graph=graph,
                    present=present,
                    remove=inner.remove,
                    completion=completion,
                )
                inner.join()
                place.changes.include(filled.changes, found.graphs)
        except StoreError as error:
            where = given if isinstance(given, Path) else "bulk load"
            raise StoreError(
                str(error) if str(where) in str(error) else f"{where}: {error}"
            ) from error
        return found

    def update(
        self,
        sparql: str,
        *,
        using_graphs: Sequence[str] = (),
        using_named_graphs: Sequence[str] = (),
    ) -> None:
        """Run a SPARQL 1.1 Update, bring the merge up to date, and publish; all of it or nothing.

        ``using_graphs`` and ``using_named_graphs`` are the dataset of its WHERE clauses. The time
        grows with the graphs it may touch: with the whole store where a graph is a variable.
        See ``kg.store.updates`` for what becomes of the default graph.

        Raises:
            QueryError: no valid update, ``LOAD`` or ``SERVICE``, or the engine refuses it.
            StoreError: read-only, or no room.
        """
        place = self._writer()
        text = updates.with_dataset(sparql, using=using_graphs, using_named=using_named_graphs)
        updates.check(text)
        with place.replacement() as database:
            place.changes.forget()
            if updates.apply(text, before=place.database, after=database):
                Store(Memory(database), base=self.base).join()

    def join(self) -> Change:
        """Makes anew what documents say together (see ``kg.store.joins``)."""
        found = joins(self.select(PARTS).rows, self.select(DRAFTS).rows)
        return self.put(JOINS_GRAPH, found)

    def graphs(self) -> tuple[str, ...]:
        """The document graphs, sorted; without ontology, authority and joins."""
        names = {str(name.value) for name in self._database.named_graphs()}
        return tuple(sorted(names - SYSTEM_GRAPHS))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one graph, or of all document graphs."""
        for name in self.graphs() if graph is None else (graph,):
            yield from self._graph_quads(name)

    def claimed_by(self, graph: str) -> Claim | None:
        """The file a graph was filled from; None where it is empty or was imported."""
        import pyoxigraph as ox

        name = ox.NamedNode(graph)

        def value(predicate: str) -> str | None:
            found = self._database.quads_for_pattern(name, ox.NamedNode(predicate), None, name)
            return min((str(getattr(q.object, "value", "")) for q in found), default=None)

        source, digest = value(DCTERMS.source), value(UNKG.sha256)
        return Claim(source=source, sha256=digest) if source and digest else None

    def select(self, sparql: str, **values: ox.NamedNode | ox.Literal) -> Answer:
        """Run a SPARQL query over the merge of all graphs; ``values`` replace variables.

        ASK gives one row with one cell, CONSTRUCT and DESCRIBE rows of three terms.

        Raises:
            QueryError: not valid SPARQL, an update, ``SERVICE``, or a variable in ``values``
                that the query does not select.
        """
        return as_answer(self.query(sparql, values=values))

    def pairs(self, predicate: str, value: str | None = None) -> Iterator[tuple[Any, Any]]:
        """Subjects and objects of a predicate in the merge of all graphs, as they are found."""
        return pairs(self._database, predicate, value)

    def query(
        self,
        sparql: str,
        *,
        default_graphs: Sequence[str] | None = None,
        named_graphs: Sequence[str] | None = None,
        values: Mapping[str, ox.NamedNode | ox.Literal] | None = None,
    ) -> Results:
        """What the engine gives for a query: solutions, a boolean or triples, as they are found.

        ``default_graphs`` are merged into the default graph, ``named_graphs`` are those that
        ``GRAPH`` finds (a SPARQL Protocol dataset: what is not given is empty). With neither the
        default graph is the merge of all.

        Raises:
            QueryError: as for ``select``.
        """
        return results(
            self._database,
            sparql,
            default_graphs=default_graphs,
            named_graphs=named_graphs,
            values=values,
        )

    def nquads(self, *, graphs: Iterable[str] | None = None) -> bytes:
        """Document graphs as N-Quads, lines sorted: same content, same bytes."""
        names = self.graphs() if graphs is None else tuple(graphs)
        lines = sorted(f"{quad} .\n" for name in names for quad in self._graph_quads(name))
        return "".join(lines).encode()

    def __len__(self) -> int:
        """How many quads the document graphs hold."""
        return sum(1 for _ in self.quads())

    def _graph_quads(self, graph: str) -> Iterator[ox.Quad]:
        import pyoxigraph as ox

        return self._database.quads_for_pattern(None, None, None, ox.NamedNode(graph))

    def _has(self, graph: str) -> bool:
        return any(True for _ in self._graph_quads(graph))

    def _add(self, contents: Sequence[Content]) -> None:
        """New graphs and the merge of them, at once."""
        import pyoxigraph as ox

        text = b"".join(one.nquads + one.triples() for one in contents)
        if not text:
            return
        # The bulk loader writes sorted files, which pays only where there is much to sort.
        load = self._database.bulk_load if len(text) >= _MUCH else self._database.load
        with self._changing([one.graph for one in contents]):
            load(text, ox.RdfFormat.N_QUADS)

    def _exchange(self, one: Content) -> Change:
        """One transaction: what a graph, and those that it replaces, lose and gain."""
        present = any(map(self._has, (one.graph, *one.replaces)))
        exchange = exchange_of(self._database, one)
        if exchange is None:
            return "unchanged"
        with self._changing((one.graph, *one.replaces), exchange.lone):
            self._database.update(exchange.update())
        return "replaced" if present else "added"

    @contextmanager
    def _changing(self, graphs: Sequence[str], lost: Iterable[str] = ()) -> Iterator[None]:
        """Around every change of graphs: what goes wrong says what was kept."""
        place = self._writer()
        place.changing(graphs, lost)
        names = f"<{graphs[0]}>" + (f" and {len(graphs) - 1} more" if len(graphs) > 1 else "")
        try:
            yield
        except OSError as error:
            where = getattr(place, "where", "memory")
            raise unwritable(where, error, kept=f"{names} as before") from error
        except (SyntaxError, ValueError) as error:
            raise StoreError(f"{names}: no statements were put here: {error}") from error

    def _load_ontology(self) -> None:
        self.put(ONTOLOGY_GRAPH, ontology_quads())
        self.put(AUTHORITY_GRAPH, authority_quads(base=self.base))

    @property
    def _database(self) -> ox.Store:
        return self._place.database

    def _writer(self) -> Memory | Workspace:
        if isinstance(self._place, Snapshot):
            raise StoreError(f"{self._place.folder}: the store was opened for reading only")
        return self._place
