"""Files read on a Dask cluster: the same function as here, its N-Quads kept in shards.

The scheduler and its workers run the code that they are sent, so they are reached over TLS with
certificates on both sides, or on this machine alone. Each shard is a file of whole graphs; it
appears under its name when it is complete. Files that a lost worker had are given to another.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from kg.errors import ReadError, StoreError, UnkgError
from kg.ingest import FileReport
from kg.inputs import PassedOver, Task, inputs_of
from kg.ledger import edition_of
from kg.pipeline import Made, made_of
from kg.vocab import BASE

# Dask's, which has no types of its own.
Client = Any
LIST = "shards.json"
_BYTES = 64 * 1024 * 1024
# Tasks under way for each thread of a worker; more would fill the scheduler's memory.
_AHEAD = 4
_HERE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """The files, in PEM, that this end shows and trusts: authority, certificate and key."""

    ca: Path | None = None
    cert: Path | None = None
    key: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharded:
    """What was written: shards in order, statements and files in them, and what failed."""

    shards: tuple[Path, ...]
    files: int
    statements: int
    errors: tuple[UnkgError, ...]


@dataclass(slots=True)
class _Shards:
    """The shards being written: graphs are gathered until a shard is full."""

    folder: Path
    limit: int
    parts: list[tuple[str, bytes]] = field(default_factory=list)
    size: int = 0
    done: list[Path] = field(default_factory=list)
    graphs: dict[str, str] = field(default_factory=dict)

    def add(self, made: Made) -> None:
        self.parts.append((made.graph, made.nquads))
        self.size += len(made.nquads)
        if self.size >= self.limit:
            self.flush()

    def flush(self) -> None:
        if not self.parts:
            return
        path = self.folder / f"part-{len(self.done):05d}.nq"
        _write(path, b"".join(nquads for _, nquads in sorted(self.parts)))
        self.done.append(path)
        self.parts, self.size = [], 0


def build_shards(
    paths: Sequence[Path | str],
    *,
    scheduler: str,
    folder: Path,
    security: Security | None = None,
    symbol: str | None = None,
    manifest: Path | None = None,
    language: str | None = None,
    encoding: str | None = None,
    send: bool = False,
    seconds: float = 30.0,
    base: str = BASE,
    shard_bytes: int = _BYTES,
    told: Callable[[FileReport], None] | None = None,
    counted: Callable[[int], None] | None = None,
) -> Sharded:
    """Reads files on a cluster and writes what they state as N-Quads in shards.

    Shards are filled in the order of the files, whoever read them and when, so the same files
    give the same shards. With ``send`` the bytes go with the task; without, workers open the
    paths themselves, on a file system that all share. A shard is closed when
    it has ``shard_bytes``. Two files that fill one graph: the first does, the other failed.

    Raises:
        StoreError: Dask is not installed, the scheduler cannot be reached or is neither over
            TLS nor on this machine, or the folder cannot be written or holds shards already.
        SymbolError, ReadError: as for ``kg.pipeline.extract_paths``.
    """
    inputs = inputs_of(
        [Path(path) for path in paths],
        symbol=symbol,
        manifest=manifest,
        language=language,
        encoding=encoding,
    )
    if counted:
        counted(len(inputs))
    _prepare(folder)
    shards, statements = _Shards(folder, shard_bytes), 0
    errors: list[UnkgError] = []
    with _client(scheduler, security) as client:
        _same_program(client, base)
        work = partial(_apart, base=base)
        for made in _made(client, inputs, work, send=send, seconds=seconds):
            made = _once(shards, made)
            if made.error is not None:
                errors.append(made.error)
            else:
                statements += made.statements
                shards.add(made)
            if told:
                told(_told(made))
    shards.flush()
    _list(shards, statements=statements, errors=errors)
    return Sharded(
        shards=tuple(shards.done),
        files=len(shards.graphs),
        statements=statements,
        errors=tuple(errors),
    )


# Readers of PDF take one thread at a time, and so does Python.
_ONE = threading.Lock()


def _apart(task: Task, *, base: str) -> Made:
    """What a worker does. Whatever a document makes a library do costs that document only."""
    try:
        with _ONE:
            made = made_of(task, base=base)
    except MemoryError:
        made = _failed(task, "needs more memory than the worker has; given up")
    except RecursionError:
        made = _failed(task, "is nested too deeply; given up")
    except Exception as error:
        made = _failed(task, f"cannot be read: {type(error).__name__}: {error}")
    # The bytes that came with the task need not go back.
    return replace(made, task=replace(task, data=None))


def _failed(task: Task, reason: str) -> Made:
    return Made(task=task, error=ReadError(f"{task.path}: {reason}"))


def _made(
    client: Client,
    inputs: Sequence[Task | PassedOver],
    work: Callable[[Task], Made],
    *,
    send: bool,
    seconds: float,
) -> Iterator[Made]:
    """What came of the files in their order, a bounded number of them under way."""
    waiting: list[tuple[Task | PassedOver, Any]] = []
    for one in inputs:
        waiting.append((one, _submitted(client, one, work, send=send)))
        while len(waiting) >= _AHEAD * max(1, sum(client.nthreads().values())):
            yield _result(client, *waiting.pop(0), seconds)
    while waiting:
        yield _result(client, *waiting.pop(0), seconds)


def _submitted(
    client: Client, one: Task | PassedOver, work: Callable[[Task], Made], *, send: bool
) -> Any:
    if isinstance(one, PassedOver):
        return Made(task=Task(path=one.path, name=one.path.name), error=one.error)
    if send and one.data is None:
        from kg.files import bytes_of

        try:
            one = replace(one, data=bytes_of(one.path))
        except UnkgError as error:
            return Made(task=one, error=type(error)(f"{one.path}: {error}"))
    elif one.data is None:
        one = replace(one, path=one.path.resolve())
    # A function of bytes that may change between two runs: nothing is remembered by its key.
    return client.submit(work, one, pure=False, retries=3)


def _result(client: Client, one: Task | PassedOver, found: Any, seconds: float) -> Made:
    if isinstance(found, Made):
        return found
    assert isinstance(one, Task)
    try:
        # Those ahead of it in its worker's line had their time too.
        made: Made = found.result(timeout=seconds * _AHEAD)
    except TimeoutError:
        _end_worker_of(client, found)
        return _failed(one, f"was not read within {seconds:g} seconds; given up")
    except Exception as error:  # a worker that broke again and again costs the file it was at
        return _failed(one, f"cannot be read on the cluster: {type(error).__name__}: {error}")
    finally:
        found.release()
    return replace(made, task=one)


def _end_worker_of(client: Client, found: Any) -> None:
    """Start the worker anew that does not come to an end; its other files are done elsewhere."""
    busy = [where for where, keys in client.processing().items() if found.key in keys]
    found.cancel()
    if busy:
        client.restart_workers(busy, raise_for_error=False)


def _once(shards: _Shards, made: Made) -> Made:
    """The same, or the error that another file has filled its graph."""
    if made.error is not None:
        return made
    first = shards.graphs.setdefault(made.graph, str(made.task.path))
    if first == str(made.task.path):
        return made
    reason = f"claims {made.graph}, which {first} has filled; left out"
    return Made(task=made.task, error=ReadError(f"{made.task.path}: {reason}"))


def _told(made: Made) -> FileReport:
    return FileReport(
        path=str(made.task.path),
        change="failed" if made.error is not None else "added",
        reason=str(made.error or ""),
        symbol=made.symbol,
        language=made.language,
        graph=made.graph,
        bytes=len(made.nquads),
        statements=made.statements,
        seconds=made.seconds,
    )


def _client(scheduler: str, security: Security | None) -> Client:
    parts = urlsplit(scheduler)
    if parts.scheme != "tls" and parts.hostname not in _HERE:
        raise StoreError(
            f"{scheduler}: a scheduler on another machine is reached over TLS alone, for whoever"
            " can speak for it can run anything here; give tls://HOST:PORT with certificates"
        )
    try:
        import distributed
    except ImportError as error:
        raise StoreError(
            "a cluster needs Dask, which is not installed; install it with: "
            'pip install "unkg[cluster]"'
        ) from error
    dask: Any = distributed
    given = security or Security()
    shown: dict[str, Any] = {}
    if parts.scheme == "tls":
        shown["security"] = dask.Security(
            tls_ca_file=_pem(given.ca, "--tls-ca"),
            tls_client_cert=_pem(given.cert, "--tls-cert"),
            tls_client_key=_pem(given.key, "--tls-key"),
            require_encryption=True,
        )
    try:
        return dask.Client(scheduler, timeout=30, set_as_default=False, **shown)
    except (OSError, ValueError) as error:
        raise StoreError(f"{scheduler}: no Dask scheduler can be reached: {error}") from error


def _same_program(client: Client, base: str) -> None:
    """Refuse workers that would read files otherwise than is done here.

    Raises:
        StoreError: there is no worker, or one has another version, other tables or authority.
    """
    probe = Task(path=Path("-"), name="-")
    here = edition_of(probe, base=base)
    there = client.run(edition_of, probe, base=base)
    if not there:
        raise StoreError("the scheduler has no workers; start some with: dask worker …")
    other = sorted(where for where, edition in there.items() if edition != here)
    if other:
        raise StoreError(
            f"{', '.join(other)}: the worker has another edition of unkg, of its tables or of the"
            " authority; install the same one everywhere"
        )


def _pem(path: Path | None, option: str) -> str:
    if path is None or not path.is_file():
        raise StoreError(f"tls:// needs {option} FILE, in PEM" + (f"; not {path}" if path else ""))
    return str(path)


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be made a folder: {error.strerror or error}") from error
    if any(folder.glob("part-*.nq")):
        raise StoreError(f"{folder}: holds shards of another run; name an empty folder")


def _list(shards: _Shards, *, statements: int, errors: Sequence[UnkgError]) -> None:
    """What the run wrote; a folder without this list is one that was not finished."""
    data = {
        "shards": [path.name for path in shards.done],
        "graphs": len(shards.graphs),
        "statements": statements,
        "failed": sorted(map(str, errors)),
    }
    _write(shards.folder / LIST, json.dumps(data, ensure_ascii=False, indent=2).encode() + b"\n")


def _write(path: Path, data: bytes) -> None:
    beside = path.with_name(f".{path.name}.part")
    try:
        with beside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error
    finally:
        beside.unlink(missing_ok=True)
