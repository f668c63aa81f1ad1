"""Which files a store was built from, so that what has not changed is not read again.

One row a file: its size and time, the SHA-256 of its bytes, the edition of the program and of its
tables it was read with, and what came of it. The table lies beside the database; without it, or
with one that cannot be read, everything is read again and nothing else is lost.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from stat import S_ISREG

from kg.errors import ReadError, unwritable
from kg.files import MAX_BYTES, regular
from kg.inputs import Task, place_of
from kg.vocab import ontology_path

FILE = "inputs.sqlite"
# A file changed within this time of being looked at may change again without a newer time.
_SETTLED = 2_000_000_000
# What these folders hold is no part of reading a document.
_LATER = frozenset({"analyse", "cli", "network", "queries", "samples", "serve", "view"})
_TABLE = """
CREATE TABLE IF NOT EXISTS inputs (
  path TEXT PRIMARY KEY, name TEXT NOT NULL, size INTEGER NOT NULL, modified INTEGER NOT NULL,
  seen INTEGER NOT NULL, digest TEXT NOT NULL, edition TEXT NOT NULL, graph TEXT, error TEXT,
  notes TEXT NOT NULL, facts INTEGER NOT NULL
) WITHOUT ROWID
"""
_CHANGES = """
CREATE TABLE IF NOT EXISTS changes (
  path TEXT NOT NULL, change TEXT NOT NULL, reason TEXT NOT NULL, graph TEXT NOT NULL,
  facts INTEGER NOT NULL, before INTEGER NOT NULL
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file as it was when it was read: times in nanoseconds, ``graph`` is what it filled.

    ``error`` says why it filled none.
    """

    path: str
    name: str
    size: int
    modified: int
    seen: int
    digest: str
    edition: str
    graph: str | None = None
    error: str | None = None
    notes: tuple[str, ...] = ()
    facts: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """What the last build changed of one file: ``facts`` now, and ``before`` it."""

    path: str
    change: str
    reason: str = ""
    graph: str = ""
    facts: int = 0
    before: int = 0


class Ledger:
    """The table of one store; use it in a ``with`` statement.

    >>> with Ledger(None) as ledger:
    ...     ledger.entry("A_72_440.zh.txt") is None
    True
    """

    def __init__(self, store: Path | None) -> None:
        """``store`` is the directory of a store; None keeps the table in memory.

        Raises:
            StoreError: the table cannot be written.
        """
        place = self._place = ":memory:" if store is None else str(store / FILE)
        try:
            self._table = _opened(place)
        except sqlite3.DatabaseError:
            if store is not None:
                # Nothing in it is lost that reading the files again does not bring back.
                with suppress(OSError):
                    (store / FILE).unlink()
            try:
                self._table = _opened(place)
            except sqlite3.Error as error:
                raise unwritable(place, error) from error

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *_: object) -> None:
        self._table.close()

    def entry(self, path: str) -> Entry | None:
        """What is known of a file."""
        row = self._table.execute("SELECT * FROM inputs WHERE path = ?", (path,)).fetchone()
        return _entry(row) if row else None

    def note(self, entry: Entry) -> None:
        """Keep what came of a file.

        Raises:
            StoreError: the table cannot be written.
        """
        row = (
            entry.path, entry.name, entry.size, entry.modified, entry.seen, entry.digest,
            entry.edition, entry.graph, entry.error, json.dumps(entry.notes), entry.facts,
        )  # fmt: skip
        self._do("INSERT OR REPLACE INTO inputs VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def forget(self, path: str) -> None:
        """Take a file out."""
        self._do("DELETE FROM inputs WHERE path = ?", (path,))

    def begin(self) -> None:
        """A build begins: what the one before it changed is history."""
        self._do("DELETE FROM changes", ())

    def changed(self, one: Changed) -> None:
        """Keep what the build under way changed."""
        row = (one.path, one.change, one.reason, one.graph, one.facts, one.before)
        self._do("INSERT INTO changes VALUES (?, ?, ?, ?, ?, ?)", row)

    @contextmanager
    def together(self) -> Iterator[None]:
        """What is noted in the block comes at once: much quicker than one by one."""
        self._do("BEGIN", ())
        try:
            yield
        finally:
            self._do("COMMIT", ())

    def below(self, folder: str) -> Iterator[Entry]:
        """The files known below a folder, in order."""
        start, end = (
            f"{folder.rstrip(os.sep)}{os.sep}",
            f"{folder.rstrip(os.sep)}{chr(ord(os.sep) + 1)}",
        )
        rows = self._table.execute(
            "SELECT * FROM inputs WHERE path >= ? AND path < ? ORDER BY path", (start, end)
        )
        yield from map(_entry, rows.fetchall())

    def filler(self, graph: str) -> Entry | None:
        """The file that filled a graph."""
        row = self._table.execute("SELECT * FROM inputs WHERE graph = ?", (graph,)).fetchone()
        return _entry(row) if row else None

    def _do(self, statement: str, values: tuple[object, ...]) -> None:
        try:
            self._table.execute(statement, tuple(map(_storable, values)))
        except sqlite3.Error as error:
            raise unwritable(self._place, error) from error


def key_of(path: Path) -> str:
    """What the table calls a file: where its path leads."""
    return str(_storable(str(place_of(path))))


def _storable(value: object) -> object:
    """A value as the table takes it: a name that is not UTF-8 is kept with its bytes spelt out."""
    if not isinstance(value, str) or value.isprintable():
        return value
    return value.encode("utf-8", "backslashreplace").decode()


def _opened(place: str) -> sqlite3.Connection:
    table = sqlite3.connect(place, isolation_level=None)
    table.execute("PRAGMA journal_mode = WAL")
    table.execute("PRAGMA synchronous = NORMAL")
    table.execute(_TABLE)
    table.execute(_CHANGES)
    table.execute("CREATE INDEX IF NOT EXISTS filled ON inputs (graph)")
    return table


def last_changes(store: Path) -> tuple[Changed, ...] | None:
    """What the last build of a store changed, in the order met; None where that is not known.

    Nothing is written, so a store that may only be read will do.
    """
    try:
        with closing(
            sqlite3.connect(f"{(store / FILE).resolve().as_uri()}?mode=ro", uri=True)
        ) as t:
            rows = t.execute("SELECT * FROM changes ORDER BY rowid").fetchall()
    except sqlite3.Error:
        return None
    names = Changed.__dataclass_fields__
    return tuple(Changed(**dict(zip(names, row, strict=True))) for row in rows)


def _entry(row: tuple[object, ...]) -> Entry:
    values = dict(zip(Entry.__dataclass_fields__, row, strict=True))
    values["notes"] = tuple(json.loads(str(values["notes"])))
    return Entry(**values)  # type: ignore[arg-type]


def looked_at(task: Task, *, edition: str, known: Entry | None) -> Entry | None:
    """A file as it is now: what is known of it if that still holds, else a new entry.

    None where it is no regular file; what is wrong with it, reading it will tell. The bytes are
    read only where size or time have changed, or are so new that they say nothing.
    """
    try:
        state = task.path.stat()
        # What is too large is not read; to name it again costs nothing.
        if not S_ISREG(state.st_mode) or state.st_size > MAX_BYTES:
            return None
        if known is not None and known.edition == edition:
            same = (known.size, known.modified) == (state.st_size, state.st_mtime_ns)
            if same and known.modified < known.seen - _SETTLED:
                return known
        digest = digest_of(task.path)
    except (OSError, ReadError):
        return None
    return Entry(
        path=key_of(task.path),
        name=task.name,
        size=state.st_size,
        modified=state.st_mtime_ns,
        seen=time.time_ns(),
        digest=digest,
        edition=edition,
    )


def digest_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, read piece by piece."""
    found = sha256()
    with regular(path) as file:
        while piece := file.read(1 << 20):
            found.update(piece)
    return found.hexdigest()


def edition_of(task: Task, *, base: str) -> str:
    """What decides, beside its bytes, how a file is read: program, tables, and what was said."""
    said = (_program(), base, task.name, task.symbol, task.language, task.encoding)
    return sha256(json.dumps(said).encode()).hexdigest()[:16]


@cache
def _program() -> str:
    """The edition of the program, its language tables and the authority."""
    own = os.environ.get("UNKG_AUTHORITY")
    folders = [Path(__file__).parent, ontology_path(), *([Path(own)] if own else [])]
    found = sha256()
    for folder in folders:
        for file in sorted(folder.rglob("*")):
            parts = file.relative_to(folder).parts
            if file.suffix in {".py", ".toml", ".ttl"} and parts[0] not in _LATER:
                found.update("/".join(parts).encode())
                found.update(file.read_bytes())
    return found.hexdigest()
