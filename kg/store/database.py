"""The store: one named graph a document, ``put`` is replace, one writer.

A store is a directory with ``store.json`` (its format) and ``oxigraph/`` (the database). The
default graph holds the merge of all named graphs, each triple once: a plain query counts a
fact once, however many language versions state it. Exports leave the merge out.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

from kg import sparql as query_text
from kg.errors import QueryError, StoreError
from kg.iri import BASE
from kg.store.directory import open_database, read_meta, write_meta
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
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    import pyoxigraph as ox

Change = Literal["added", "replaced", "unchanged"]


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

    def __init__(self, database: ox.Store, *, path: Path | None, writable: bool, base: str) -> None:
        self._database = database
        self._writable = writable
        self.path = path
        self.base = base

    @classmethod
    def open(
        cls, path: str | os.PathLike[str], *, read_only: bool = False, base: str | None = None
    ) -> Store:
        """The store in a directory; it is made where there is none, unless ``read_only``.

        ``base`` starts the IRIs minted for data; a store keeps the one it was made with.

        Raises:
            StoreError: no store there, another format or base, other files, or another writer.
        """
        where = Path(path)
        meta = read_meta(where, read_only=read_only, base=base)
        database = open_database(where, read_only=read_only)
        store = cls(database, path=where, writable=not read_only, base=meta["base"])
        if not read_only:
            digest = ontology_digest()
            if meta.get("ontology") != digest:
                store._load_ontology()
                write_meta(where, {**meta, "ontology": digest})
        return store

    @classmethod
    def in_memory(cls, *, ontology: bool = True, base: str = BASE) -> Store:
        """A store without a directory, gone when it is no longer used."""
        import pyoxigraph

        store = cls(pyoxigraph.Store(), path=None, writable=True, base=base)
        if ontology:
            store._load_ontology()
        return store

    @property
    def folder(self) -> Path | None:
        """Where what is derived from this very state may be kept; None: keep it in memory."""
        return None

    def close(self) -> None:
        """Write what is buffered and free the directory for other processes."""
        if self._writable and self.path is not None:
            self._database.flush()
        # The lock is held as long as the database object lives.
        del self._database

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
        self._require_writable()
        triples = frozenset(_checked(graph, quad) for quad in quads)
        old = frozenset(quad.triple for quad in self._graph_quads(graph))
        if triples == old:
            return "unchanged"
        self._write(graph, added=triples - old, removed=old - triples)
        return "replaced" if old else "added"

    def remove(self, graph: str) -> bool:
        """Drop a graph; False if there was none."""
        self._require_writable()
        old = frozenset(quad.triple for quad in self._graph_quads(graph))
        if old:
            self._write(graph, added=frozenset(), removed=old)
        return bool(old)

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
        return _answer(self._solutions(sparql, values))

    def nquads(self, *, graphs: Iterable[str] | None = None) -> bytes:
        """Document graphs as N-Quads, lines sorted: same content, same bytes."""
        names = self.graphs() if graphs is None else tuple(graphs)
        lines = sorted(f"{quad} .\n" for name in names for quad in self._graph_quads(name))
        return "".join(lines).encode()

    def __len__(self) -> int:
        """How many quads the document graphs hold."""
        return sum(1 for _ in self.quads())

    def _solutions(self, sparql: str, values: Mapping[str, Any]) -> Any:
        import pyoxigraph as ox

        query_text.refuse_network(sparql)
        bound = {ox.Variable(name): term for name, term in values.items()}
        try:
            return self._database.query(sparql, substitutions=bound or None)
        except SyntaxError as error:
            if _is_update(sparql):
                raise QueryError("this is a SPARQL update; only queries are run here") from error
            raise query_text.syntax_error(sparql, str(error)) from error
        except RuntimeError as error:
            missing = [name for name in values if f"?{name} " in str(error)]
            reason = (
                f"it does not select ?{missing[0]}, which a value is given for"
                if missing
                else error
            )
            raise QueryError(f"the query cannot be run: {reason}") from error
        except (ValueError, OSError) as error:
            raise QueryError(f"the query cannot be run: {error}") from error

    def _graph_quads(self, graph: str) -> Iterator[ox.Quad]:
        import pyoxigraph as ox

        return self._database.quads_for_pattern(None, None, None, ox.NamedNode(graph))

    def _write(self, graph: str, *, added: frozenset[Any], removed: frozenset[Any]) -> None:
        """One transaction: the graph's own triples, and the merge in the default graph."""
        import pyoxigraph as ox

        name = ox.NamedNode(graph)
        if not removed:
            self._database.extend(
                ox.Quad(t.subject, t.predicate, t.object, place)
                for t in added
                for place in (name, ox.DefaultGraph())
            )
            return
        lone = [triple for triple in removed if not self._stated_elsewhere(triple, name)]
        self._database.update(
            f"DELETE DATA {{ GRAPH {name} {{ {_block(removed)} }} {_block(lone)} }} ;\n"
            f"INSERT DATA {{ GRAPH {name} {{ {_block(added)} }} {_block(added)} }}"
        )
        if not any(self._graph_quads(graph)):
            self._database.remove_graph(name)

    def _stated_elsewhere(self, triple: ox.Triple, graph: ox.NamedNode) -> bool:
        import pyoxigraph as ox

        here = (graph, ox.DefaultGraph())
        found = self._database.quads_for_pattern(triple.subject, triple.predicate, triple.object)
        return any(quad.graph_name not in here for quad in found)

    def _load_ontology(self) -> None:
        self.put(ONTOLOGY_GRAPH, ontology_quads())
        self.put(AUTHORITY_GRAPH, authority_quads(base=self.base))

    def _require_writable(self) -> None:
        if not self._writable:
            raise StoreError(f"{self.path}: the store was opened for reading only")


def _checked(graph: str, quad: ox.Quad) -> ox.Triple:
    import pyoxigraph as ox

    if isinstance(quad.graph_name, ox.DefaultGraph) or quad.graph_name.value != graph:
        raise StoreError(f"<{graph}>: a quad of another graph, {quad.graph_name}, was put here")
    if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
        raise StoreError(f"<{graph}>: a blank node was put here; name it first (skolemised)")
    return quad.triple


def _block(triples: Iterable[ox.Triple]) -> str:
    return "\n".join(f"{triple} ." for triple in triples)


def _is_update(sparql: str) -> bool:
    updates = {"INSERT", "DELETE", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY", "WITH"}
    verbs = updates | {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}
    return next((word in updates for word in query_text.words(sparql) if word in verbs), False)


def _answer(result: Any) -> Answer:
    import pyoxigraph as ox

    if isinstance(result, ox.QuerySolutions):
        columns = tuple(variable.value for variable in result.variables)
        return Answer(columns=columns, rows=tuple(tuple(solution) for solution in result))
    if isinstance(result, ox.QueryBoolean):
        return Answer(columns=("answer",), rows=((ox.Literal(bool(result)),),))
    rows = tuple((t.subject, t.predicate, t.object) for t in result)
    return Answer(columns=("subject", "predicate", "object"), rows=rows)
