"""One process that answers one question after another over a store, or makes one update.

It is told what to do on standard input and answers on standard output (``kg.serve.frames``).
The server kills it when time is over; nothing it holds is worth keeping.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg import sparql
from kg.errors import QueryError, StoreError, UnkgError
from kg.serve import frames, negotiation, results, sandbox
from kg.serve.frames import Frame
from kg.serve.problems import RequestError
from kg.serve.settings import Limits
from kg.store import Store

if TYPE_CHECKING:
    import pyoxigraph as ox

Work = Callable[[Mapping[str, Any], bytes], Frame]
# How much longer than the server's own clock the kernel's runs.
_GRACE = 2.0


def main(socket: str | None = None) -> None:
    """Entry point: one process on its standard streams, or one that forks them on a socket."""
    sandbox.go_offline()
    sandbox.refuse_sockets()
    if socket is not None:
        from kg.serve.forks import fork_on_demand

        if not fork_on_demand(int(socket)):
            return
    serve_streams()


def serve_streams() -> None:
    """Read what to be from standard input, then answer until its end."""
    given, out = os.fdopen(os.dup(0), "rb"), _answers()
    first = frames.read(given)
    if first is None:
        return
    about = first.header
    limits = Limits(**about["limits"])
    work: Work
    try:
        if about["role"] == "write":
            sandbox.settle(nice=0, memory=limits.memory)
            work = Writer(Path(about["store"]), about["base"]).update
        else:
            sandbox.settle(nice=about["nice"], memory=limits.memory)
            work = Asker(Path(about["store"]), limits).answer
    except (UnkgError, OSError) as error:
        _send(out, Frame(header=RequestError(503, "store", str(error)).header))
        return
    _send(out, Frame(header={"status": 200, "pid": os.getpid()}))
    while (asked := frames.read(given)) is not None:
        _send(out, _done(work, asked))


def _answers() -> BinaryIO:
    """Standard output for frames alone: whatever else is printed goes to standard error."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return out


def _send(out: BinaryIO, frame: Frame) -> None:
    out.write(frame.encoded())
    out.flush()


def _done(work: Work, asked: Frame) -> Frame:
    try:
        with sandbox.mortal(asked.header["seconds"] + _GRACE):
            return work(asked.header, asked.body)
    except RequestError as problem:
        return Frame(header=problem.header)
    except sparql.SparqlSyntaxError as error:
        return Frame(header=_syntax(error).header)
    except QueryError as error:
        return Frame(header=RequestError(400, "refused", str(error)).header)
    except StoreError as error:
        return Frame(header=RequestError(503, "store", str(error)).header)
    except MemoryError:
        return Frame(header=RequestError(507, "memory", "the query needs too much memory").header)
    except Exception as error:  # the process goes on, and the server says what happened
        told = f"{type(error).__name__}: {error}"[:500]
        return Frame(header=RequestError(500, "internal", told).header)


def _syntax(error: sparql.SparqlSyntaxError) -> RequestError:
    place: dict[str, Any] = {"line": error.line, "column": error.column}
    return RequestError(400, "syntax", error.message, caret=error.caret or None, **place)


class Asker:
    """Answers queries over the newest snapshot of a store."""

    def __init__(self, where: Path, limits: Limits) -> None:
        self._where, self._limits = where, limits
        self._store = Store.open(where, read_only=True)

    def answer(self, asked: Mapping[str, Any], text: bytes) -> Frame:
        """The result of a query, or what a function of the server makes of a reader."""
        if not self._store.current:
            newer = Store.open(self._where, read_only=True)
            self._store.close()
            self._store = newer
        if "call" in asked:
            return _called(asked, self._store)
        query = text.decode()
        sparql.refuse_network(query)
        result = self._result(query, asked)
        form = _form(result)
        name = negotiation.chosen(form, accept=asked["accept"], asked=asked["format"])
        written = _written(result, name, self._limits)
        headers = {"content-type": negotiation.media_type(form, name)}
        if written.cut:
            headers["x-truncated"] = written.cut
        return Frame(header={"status": 200, "headers": headers}, body=written.body)

    def _result(self, query: str, asked: Mapping[str, Any]) -> Any:
        import pyoxigraph as ox

        database, base = database_of(self._store), asked["base"]
        for graph in sparql.datasets(query, base=base):
            if not _held(database, graph):
                raise QueryError(
                    f"FROM <{graph}> is refused: the store holds no such graph, and none is fetched"
                )
        default, named = asked["default"], asked["named"]
        given = bool(default or named)
        try:
            return database.query(
                query,
                base_iri=base,
                default_graph=[ox.NamedNode(name) for name in default] if given else None,
                named_graphs=[ox.NamedNode(name) for name in named] if given else None,
            )
        except SyntaxError as error:
            raise sparql.syntax_error(query, str(error)) from error
        except (RuntimeError, ValueError, OSError) as error:
            raise QueryError(f"the query cannot be run: {error}") from error


def database_of(store: Store) -> ox.Store:
    """The engine's own object, for what the protocol needs and ``Reader`` has not: datasets."""
    return store._database


def _held(database: ox.Store, graph: str) -> bool:
    import pyoxigraph as ox

    try:
        return database.contains_named_graph(ox.NamedNode(graph))
    except ValueError:
        return False


def _form(result: Any) -> negotiation.Form:
    import pyoxigraph as ox

    if isinstance(result, ox.QuerySolutions):
        return "rows"
    return "boolean" if isinstance(result, ox.QueryBoolean) else "graph"


def _written(result: Any, name: str, limits: Limits) -> results.Written:
    form = _form(result)
    if form == "boolean":
        return results.boolean(bool(result), name)
    try:
        return (results.rows if form == "rows" else results.graph)(result, name, limits)
    except (RuntimeError, OSError) as error:
        raise QueryError(f"the query cannot be run: {error}") from error


def _called(asked: Mapping[str, Any], store: Store) -> Frame:
    """Run ``module:function(reader, **given)``: a content type and bytes.

    The name comes from the server's own code, never from a request.
    """
    from importlib import import_module

    module, _, name = asked["call"].partition(":")
    kind, body = getattr(import_module(module), name)(store, **asked["given"])
    return Frame(header={"status": 200, "headers": {"content-type": kind}}, body=body)


class Writer:
    """Makes updates: holds the store's lock, and publishes each before it is acknowledged."""

    def __init__(self, where: Path, base: str | None) -> None:
        self._store = Store.open(where, base=base)

    def update(self, asked: Mapping[str, Any], text: bytes) -> Frame:
        """Make one update; the next reader sees it."""
        update = text.decode()
        sparql.refuse_network(update)
        try:
            # Relative IRIs are resolved against the endpoint, as those of a query are.
            self._store.update(
                f"BASE <{asked['base']}> {update}",
                using_graphs=asked["default"],
                using_named_graphs=asked["named"],
            )
        except sparql.SparqlSyntaxError as error:
            raise sparql.syntax_error(update, str(error.__cause__), update=True) from error
        return Frame(header={"status": 204, "headers": {}})
