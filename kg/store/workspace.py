"""The directory of a store in the hands of its one writer.

What ``put`` has returned from is in the writer's database and survives the death of the process.
Readers see it after ``publish``: at the end of the work, and once a minute during long work.
Where a writer was killed before, the next one (or the next reader that may write) publishes.
"""

from __future__ import annotations

import logging
import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError, unwritable
from kg.iri import BASE
from kg.store import locks, snapshots
from kg.store.changes import Changes
from kg.store.directory import (
    FORMAT,
    UNPUBLISHED,
    WRITER_LOCK,
    check_base,
    open_database,
    prepare,
    read_meta,
    write_meta,
)

if TYPE_CHECKING:
    import pyoxigraph as ox

PUBLISH_SECONDS = 60.0
_log = logging.getLogger(__name__)


class Memory:
    """A database on its own: of one process, with nothing to publish."""

    writable = True
    folder: Path | None = None
    current = True

    def __init__(self, database: ox.Store | None = None) -> None:
        import pyoxigraph as ox

        self.database: ox.Store = database or ox.Store()
        self.changes = Changes()

    @contextmanager
    def replacement(self) -> Iterator[ox.Store]:
        """A copy of the database, which takes its place when the block ends well."""
        import pyoxigraph as ox

        copy = ox.Store()
        copy.extend(self.database)
        yield copy
        self.database = copy

    def changing(self, graphs: Iterable[str] = (), lost: Iterable[str] = ()) -> None:
        """To be called before the database is changed: by whom it takes the place of another."""
        self.changes.note(graphs, lost)

    def publish(self) -> bool:
        """Nothing to publish."""
        return False

    def publish_if_due(self) -> None:
        """Nothing to publish."""

    def close(self) -> None:
        """Forget it."""
        del self.database


class Workspace:
    """The writer's database, and what it takes to publish it."""

    writable = True
    current = True

    def __init__(self, where: Path, meta: dict[str, Any], lock: locks.Lock) -> None:
        self.where = where
        self.meta = meta
        self._lock = lock
        self._marker = where / UNPUBLISHED
        self._changed = self._marker.exists()
        # What a writer that died left unpublished is not known.
        self.changes = Changes(known=not self._changed)
        self._published = time.monotonic()
        self.database: ox.Store = open_database(where / meta["database"], read_only=False)

    @classmethod
    def open(cls, where: Path, *, base: str | None = None) -> Workspace:
        """The directory for writing; made where there is none, migrated where it is older.

        Raises:
            StoreError: another format or base, other files, another writer, or not writable.
        """
        known = read_meta(where)
        if known is None:
            prepare(where)
        else:
            check_base(where, known, base)
        lock = locks.exclusive(where / WRITER_LOCK)
        if lock is None:
            who = locks.holder(where / WRITER_LOCK)
            raise StoreError(f"{where}: {who} to this store; wait for it to end")
        try:
            lock.sign()
            return cls._opened(where, base, lock)
        except BaseException as error:
            lock.release()
            if isinstance(error, OSError):
                raise unwritable(where, error) from error
            raise

    @classmethod
    def _opened(cls, where: Path, base: str | None, lock: locks.Lock) -> Workspace:
        """The same under the lock: only now does what store.json says hold."""
        meta = read_meta(where)
        if meta is None:
            meta = {"format": FORMAT, "base": base or BASE, "snapshot": 0, "database": "oxigraph"}
            write_meta(where, meta)
        check_base(where, meta, base)
        self = cls(where, meta, lock)
        self._remove_leftovers()
        if meta["format"] != FORMAT:
            self.changing()
            self.meta["format"] = FORMAT
            self.publish()
            _log.warning("%s: migrated from store format 1 to %d", where, FORMAT)
        elif self._changed or meta["snapshot"]:
            self.publish()
        return self

    @property
    def folder(self) -> Path | None:
        """The snapshot that holds what the database holds; None while there is none."""
        found = snapshots.folder_of(self.where, self.meta["snapshot"])
        return None if self._changed or not found.is_dir() else found

    def changing(self, graphs: Iterable[str] = (), lost: Iterable[str] = ()) -> None:
        """To be called before graphs are changed; ``lost`` are triples that leave the merge."""
        self.changes.note(graphs, lost)
        if not self._changed:
            try:
                self._marker.touch()
            except OSError as error:
                raise unwritable(self.where, error) from error
            self._changed = True

    def publish(self) -> bool:
        """Make what the database holds what readers open; False if they have it already.

        Raises:
            StoreError: it cannot be written; readers go on with what they had.
        """
        if self.folder is not None:
            return False
        self._name_snapshot(self.database, self.meta["database"])
        return True

    def publish_if_due(self) -> None:
        """Publish during long work, not more than once a minute."""
        if self._changed and time.monotonic() - self._published >= PUBLISH_SECONDS:
            self.publish()

    def note(self, **what: Any) -> None:
        """Keep something in store.json."""
        meta = {**self.meta, **what}
        write_meta(self.where, meta)
        self.meta = meta

    @contextmanager
    def replacement(self) -> Iterator[ox.Store]:
        """A copy of the database, which takes its place, published, when the block ends well.

        Killed or failed before the end, the store is as it was.
        """
        name = f"oxigraph-{self.meta['snapshot'] + 1}"
        place = self.where / name
        try:
            self.database.backup(str(place))
            copy = open_database(place, read_only=False)
            yield copy
            copy.flush()
            self._name_snapshot(copy, name)
        except OSError as error:
            raise unwritable(self.where, error, kept="the store is as it was") from error
        finally:
            self._remove_databases()

    def close(self) -> None:
        """Publish what is not, and let another writer in."""
        try:
            self.publish()
        finally:
            # The database holds a lock of its own as long as the object lives.
            del self.database
            self._lock.release()

    def _name_snapshot(self, database: ox.Store, name: str) -> None:
        number = self.meta["snapshot"] + 1
        before = self.meta["snapshot"]
        snapshots.make(self.where, number, database, before=before, changes=self.changes)
        self.note(snapshot=number, database=name)
        self.database = database
        self._changed = False
        self.changes = Changes()
        self._published = time.monotonic()
        with suppress(OSError):
            self._marker.unlink()
        snapshots.sweep(self.where, keep=number)

    def _remove_leftovers(self) -> None:
        """What writers that were killed left half made."""
        snapshots.sweep(self.where, keep=self.meta["snapshot"])
        self._remove_databases()
        for entry in list(self.where.glob(".unkg-*")):
            with suppress(OSError):
                entry.unlink()

    def _remove_databases(self) -> None:
        """All but the one that store.json names."""
        meta = read_meta(self.where) or self.meta
        for entry in list(self.where.glob("oxigraph*")):
            if entry.name != meta["database"]:
                shutil.rmtree(entry, ignore_errors=True)


def read(where: Path, *, base: str | None = None) -> tuple[snapshots.Snapshot, str]:
    """The current snapshot of a store, held, and the base of its identifiers.

    Raises:
        StoreError: no store, another format, or none that can be read.
    """
    for _ in range(100):
        meta = read_meta(where)
        if meta is None:
            raise StoreError(
                f"{where}: no store here; make one with: kg build PATH --store {where}"
            )
        check_base(where, meta, base)
        number = meta["snapshot"]
        if meta["format"] != FORMAT or not number or (where / UNPUBLISHED).exists():
            meta = _settled(where, meta)
        found = snapshots.Snapshot.hold(snapshots.folder_of(where, meta["snapshot"]))
        if found is not None:
            return found, meta["base"]
        # Between the two looks the writer has published; the next look sees it.
        time.sleep(0.01)
    raise StoreError(
        f"{where}: its snapshot {number} is missing; open it for writing once, with: "
        f"kg build PATH --store {where}"
    )


def _settled(where: Path, meta: dict[str, Any]) -> dict[str, Any]:
    """What store.json says after a reader has done the work of a writer that is no more."""
    try:
        Workspace.open(where).close()
    except StoreError as error:
        if meta["format"] != FORMAT:
            raise StoreError(
                f"{where}: store format {meta['format']}, which must be migrated to {FORMAT}: "
                f"make it writable, or copy it, and run: kg list --store DIR ({error})"
            ) from error
        if not meta["snapshot"]:
            raise StoreError(f"{where}: nothing is published yet ({error})") from error
        return meta
    return read_meta(where) or meta
