"""Any SPARQL 1.1 endpoint as a back end: the same questions, asked over HTTP.

The endpoint's default graph must be the union of its named graphs, as it is in Virtuoso,
GraphDB, QLever, ``kg serve`` and Fuseki with ``unionDefaultGraph``; one that keeps them apart is
refused with the reason. Engines whose union counts a fact once for each graph that states it
are fine: queries here count distinct things. An answer that was cut off is an error, since
half an answer looks like a whole one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError, StoreError
from kg.iri import BASE
from kg.sparql import pieces, refuse_network, syntax_error
from kg.store.graphs import SYSTEM_GRAPHS
from kg.store.http import Reply, Transport
from kg.store.reader import Answer, Reader
from kg.store.substitution import form_of, substituted
from kg.vocab import UNKG, XSD

if TYPE_CHECKING:
    import os

    import pyoxigraph as ox

# Terms that every document graph, read or imported, has one of.
_MARKS = (UNKG.versionOf, UNKG.symbol, UNKG.cites, UNKG.contains, UNKG.hasSponsor)
_GRAPHS = f"""SELECT DISTINCT ?graph WHERE {{
  VALUES ?mark {{ {" ".join(f"<{mark}>" for mark in _MARKS)} }}
  GRAPH ?graph {{ ?thing ?mark ?value }}
}}"""
_BATCH = 40
# So many pairs are asked for at once; a third digit would have the endpoint look 4,096 times.
_MOST_PAIRS, _DEEPEST = 50_000, 2
_BOOLEAN = b"XMLSchema#boolean"
# Engines cut answers off at round numbers; one of that many rows is counted again.
_ROUND = 1000


class CutOffError(QueryError):
    """The endpoint sent fewer rows than there are."""


class Endpoint:
    """A SPARQL endpoint as a ``Reader``; use it in a ``with`` statement.

    ``timeout`` is in seconds for one answer, ``most_bytes`` the size of one answer at most. A
    name and password for HTTP Basic authentication may stand in the address.
    """

    def __init__(self, url: str, *, timeout: float = 120.0, most_bytes: int = 1 << 29) -> None:
        self._transport = Transport(url, timeout=timeout, most_bytes=most_bytes)
        self._base: str | None = None

    @property
    def url(self) -> str:
        """The address, without a password."""
        return self._transport.shown

    @property
    def base(self) -> str:
        """The start of the IRIs minted for its data, as the states it holds have it."""
        if self._base is None:
            rows = self.select(f"SELECT ?state {{ ?state a <{UNKG.State}> }} LIMIT 1").rows
            found = re.fullmatch(r"(https?://\S+)/state/[^/]+", rows[0][0].value if rows else "")
            self._base = found[1] if found else BASE
        return self._base

    @property
    def folder(self) -> Path | None:
        """None: nothing derived from an endpoint is kept, it may change at any time."""
        return None

    def check(self) -> None:
        """Ask once, so that a wrong address is said at once.

        Raises:
            StoreError: nothing answers SPARQL there, or its default graph leaves out the data.
        """
        version = f"?version <{UNKG.versionOf}> ?document"
        if self._ask(f"ASK {{ {version} }}") or not self._ask(
            f"ASK {{ GRAPH ?g {{ {version} }} }}"
        ):
            return
        raise StoreError(
            f"{self.url}: holds documents in named graphs that its default graph leaves out; make "
            "the default graph the union of all (Fuseki: tdb2:unionDefaultGraph true)"
        )

    def close(self) -> None:
        """Give the connection back."""
        self._transport.close()

    def __enter__(self) -> Endpoint:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def select(self, sparql: str, **values: ox.NamedNode | ox.Literal) -> Answer:
        """Run a query at the endpoint; ``values`` replace variables in its text.

        Raises:
            QueryError: not valid SPARQL, an update, ``SERVICE``, or an answer that was cut off.
            StoreError: nothing answers there, or what answers is no SPARQL endpoint.
        """
        refuse_network(sparql)
        form = form_of(sparql)
        if not form:
            raise _invalid(sparql, "this is no SPARQL query; updates are not sent")
        text = substituted(sparql, values)
        reply = self._transport.post(text, graph=form in ("CONSTRUCT", "DESCRIBE"))
        if reply.status == 400:
            raise _invalid(sparql, f"{self.url} refuses the query: {reply.first_line()}")
        answer = _graph_answer(reply) if reply.is_graph else _table_answer(reply)
        self._require_whole(text, form, answer, reply)
        return answer

    def pairs(self, predicate: str, value: str | None = None) -> Iterator[tuple[Any, Any]]:
        """Subjects and objects of a predicate, asked for in parts where they are many."""
        import pyoxigraph as ox

        named = "?o" if value is None else str(ox.NamedNode(value))
        pattern = f"?s {ox.NamedNode(predicate)} {named}"
        counted = self.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}").rows[0][0]
        known = None if value is None else ox.NamedNode(value)
        for subject, found in self._parts(pattern, int(counted.value), ""):
            yield subject, known or found

    def _parts(self, pattern: str, size: int, start: str) -> Iterator[tuple[Any, Any]]:
        """The pairs whose subject's MD5 starts so; fewer at a time where that is too many."""
        columns = "?s ?o" if pattern.endswith("?o") else "?s (1 AS ?o)"
        test = f'FILTER(STRSTARTS(MD5(STR(?s)), "{start}"))' if start else ""
        try:
            if size <= _MOST_PAIRS or len(start) == _DEEPEST:
                yield from self.select(f"SELECT {columns} {{ {pattern} {test} }}").rows
                return
        except CutOffError:
            if len(start) == _DEEPEST:
                raise
        for digit in "0123456789abcdef":
            yield from self._parts(pattern, size // 16, start + digit)

    def graphs(self) -> tuple[str, ...]:
        """The graphs that hold what documents say, sorted; not what else is there."""
        found = {row[0].value for row in self.select(_GRAPHS).rows}
        return tuple(sorted(found - SYSTEM_GRAPHS))

    def quads(self, graph: str | None = None) -> Iterator[ox.Quad]:
        """The quads of one graph, or of all document graphs."""
        names = self.graphs() if graph is None else (graph,)
        for at in range(0, len(names), _BATCH):
            yield from self._quads_of(names[at : at + _BATCH])

    def nquads(self, *, graphs: Iterable[str] | None = None) -> bytes:
        """Document graphs as N-Quads, lines sorted."""
        names = self.graphs() if graphs is None else tuple(graphs)
        lines = sorted(f"{quad} .\n" for name in names for quad in self.quads(name))
        return "".join(lines).encode()

    def __len__(self) -> int:
        """How many quads the document graphs hold."""
        counted = "SELECT ?graph (COUNT(*) AS ?n) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
        sizes = {graph.value: int(n.value) for graph, n in self.select(counted).rows}
        return sum(sizes.get(graph, 0) for graph in self.graphs())

    def _ask(self, sparql: str) -> bool:
        return bool(self.select(sparql).rows[0][0].value == "true")

    def _quads_of(self, names: tuple[str, ...]) -> Iterator[ox.Quad]:
        """A few graphs in one answer; fewer at a time where the endpoint cuts answers off."""
        import pyoxigraph as ox

        wanted = " ".join(str(ox.NamedNode(name)) for name in names)
        sparql = f"SELECT ?s ?p ?o ?g {{ VALUES ?g {{ {wanted} }} GRAPH ?g {{ ?s ?p ?o }} }}"
        try:
            rows = self.select(sparql).rows
        except CutOffError:
            if len(names) == 1:
                raise
            middle = len(names) // 2
            yield from self._quads_of(names[:middle])
            yield from self._quads_of(names[middle:])
            return
        yield from (ox.Quad(*row) for row in rows)

    def _require_whole(self, text: str, form: str, answer: Answer, reply: Reply) -> None:
        """Refuse an answer of which the endpoint kept a part back."""
        rows = len(answer.rows)
        cut = reply.says_cut_off(rows)
        if not cut and form == "SELECT" and rows >= _ROUND and rows % _ROUND == 0:
            whole = self._transport.post(_counting(text), graph=False)
            counted = _table_answer(whole).rows if whole.status == 200 else ()
            cut = bool(counted) and int(counted[0][0].value) > rows
        if cut:
            raise CutOffError(
                f"{self.url}: sent {rows:,} rows and left out the rest; ask for fewer with LIMIT, "
                "or raise the endpoint's own limit (Virtuoso: ResultSetMaxRows)"
            )


def open_reader(
    store: str | os.PathLike[str], *, endpoint: str | None = None
) -> AbstractContextManager[Reader]:
    """What to ask: the endpoint if one is given, else the store in a directory.

    Raises:
        StoreError: no store is there, or nothing answers SPARQL at the address.
    """
    from kg.store.database import Store

    if endpoint is None:
        return Store.open(store, read_only=True)
    found = Endpoint(endpoint)
    try:
        found.check()
    except BaseException:
        found.close()
        raise
    return found


def _invalid(sparql: str, message: str) -> QueryError:
    """What is wrong with a query: our own parser shows the place, where it agrees."""
    import pyoxigraph as ox

    try:
        ox.Store().query(sparql)
    except SyntaxError as error:
        return syntax_error(sparql, str(error)) if form_of(sparql) else QueryError(message)
    except (RuntimeError, ValueError, OSError):
        pass
    return QueryError(message)


def _counting(sparql: str) -> str:
    """The query that counts another one's rows."""
    start = next(piece.start for piece in pieces(sparql) if piece.word == "SELECT")
    return f"{sparql[:start]}SELECT (COUNT(*) AS ?rows) WHERE {{ {{ {sparql[start:]}\n}} }}"


def _table_answer(reply: Reply) -> Answer:
    import pyoxigraph as ox

    try:
        found: Any = ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)
        if isinstance(found, ox.QueryBoolean):
            return Answer(columns=("answer",), rows=((ox.Literal(bool(found)),),))
        columns = tuple(variable.value for variable in found.variables)
        rows = tuple(tuple(solution) for solution in found)
    except (ValueError, SyntaxError) as error:
        raise StoreError(f"{reply.url}: sent no SPARQL results: {error}") from error
    if columns == ("__ASK_RETVAL",):
        # Virtuoso's way to say yes (one row) or no (none).
        return Answer(columns=("answer",), rows=((ox.Literal(bool(rows)),),))
    if _BOOLEAN in reply.body:
        rows = tuple(tuple(map(_truth_in_words, row)) for row in rows)
    return Answer(columns=columns, rows=rows)


def _truth_in_words(term: Any) -> Any:
    """``true`` and ``false`` as documents have them; some engines write 1 and 0."""
    import pyoxigraph as ox

    if isinstance(term, ox.Literal) and term.datatype.value == XSD.boolean:
        return ox.Literal(term.value in ("true", "1"))
    return term


def _graph_answer(reply: Reply) -> Answer:
    import pyoxigraph as ox

    try:
        found = list(ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES))
    except (ValueError, SyntaxError) as error:
        raise StoreError(f"{reply.url}: sent no N-Triples: {error}") from error
    rows = tuple((quad.subject, quad.predicate, quad.object) for quad in found)
    return Answer(columns=("subject", "predicate", "object"), rows=rows)
