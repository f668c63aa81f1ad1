"""Snapshots: what readers open while a writer goes on.

``snapshots/N/`` holds ``oxigraph/`` (a checkpoint of the writer's database, hard links to its
unchanging files), ``lock`` (which readers share, so that the writer sees who reads) and what is
derived from this very state. A snapshot is made beside its place and renamed, never changed, and
removed when it is no longer the one named by store.json and nobody reads it. Folders in it whose
names start with ``facts-`` were copied from its database; the next snapshot takes them over (hard
links) into ``earlier/``, with a note of what has changed since, so that few of them are read anew.
"""

from __future__ import annotations

import os
import re
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError
from kg.store import locks
from kg.store.changes import FILE as CHANGES
from kg.store.changes import Changes
from kg.store.directory import open_database, read_meta

if TYPE_CHECKING:
    import pyoxigraph as ox

FOLDER = "snapshots"
FACTS = "facts-"
EARLIER = "earlier"
_LOCK = "lock"


class Snapshot:
    """A snapshot in the hands of one reader."""

    writable = False

    def __init__(self, folder: Path, lock: locks.Lock) -> None:
        self.folder: Path | None = folder
        self._lock = lock
        self.database: ox.Store = open_database(folder / "oxigraph", read_only=True)

    @classmethod
    def hold(cls, folder: Path) -> Snapshot | None:
        """The snapshot in a folder, kept from removal; None where it is already gone."""
        lock = locks.shared(folder / _LOCK)
        if lock is None:
            return None
        if lock.is_on(folder / _LOCK):
            return cls(folder, lock)
        lock.release()
        return None

    @property
    def current(self) -> bool:
        """Whether this is what a reader would open now."""
        assert self.folder is not None
        meta = read_meta(self.folder.parent.parent)
        return meta is not None and str(meta["snapshot"]) == self.folder.name

    def close(self) -> None:
        """Let the writer remove it."""
        del self.database
        self._lock.release()


def folder_of(where: Path, number: int) -> Path:
    """Where a snapshot lies."""
    return where / FOLDER / str(number)


def make(
    where: Path, number: int, database: ox.Store, *, before: int = 0, changes: Changes | None = None
) -> Path:
    """Make a snapshot of what a database holds, ``changes`` made since the one ``before``.

    Raises:
        StoreError: it cannot be written; nothing is left of it.
    """
    place = folder_of(where, number)
    scratch = place.with_name(f".new-{number}")
    try:
        # What bears the number already was made by a writer that died before it was named.
        for left in (scratch, place):
            shutil.rmtree(left, ignore_errors=True)
        scratch.mkdir(parents=True)
        database.backup(str(scratch / "oxigraph"))
        (scratch / _LOCK).touch()
        if before and changes is not None and changes.known:
            _take_over(folder_of(where, before), scratch / EARLIER, changes)
        _sync(scratch)
        scratch.rename(place)
        _sync(place.parent)
    except OSError as error:
        shutil.rmtree(scratch, ignore_errors=True)
        raise StoreError(
            f"{where}: the changes cannot be published: {error.strerror or error};"
            " make room or make it writable, then open it for writing again"
        ) from error
    return place


def earlier(folder: Path, name: str) -> tuple[Path, Changes] | None:
    """Facts of an earlier snapshot under a name, and what has changed since; None without."""
    place = folder / EARLIER / name
    if not place.is_dir():
        return None
    changes = Changes.read(place)
    return (place, changes) if changes.known else None


def _take_over(old: Path, new: Path, changes: Changes) -> None:
    """The facts of the old snapshot, or those that it took over itself."""
    fresh = {place.name: place for place in old.glob(f"{FACTS}*")}
    stale = {place.name: place for place in old.glob(f"{EARLIER}/{FACTS}*")}
    for name, place in {**stale, **fresh}.items():
        since = Changes() if name in fresh else Changes.read(place)
        since.include(changes)
        if since.known:
            _link(place, new / name, since)


def _link(old: Path, new: Path, changes: Changes) -> None:
    try:
        new.mkdir(parents=True)
        for file in old.iterdir():
            if file.name != CHANGES:
                os.link(file, new / file.name)
        changes.save(new)
    except OSError:
        # Without them they are made anew; the snapshot is what counts.
        shutil.rmtree(new, ignore_errors=True)


def sweep(where: Path, *, keep: int) -> None:
    """Remove what is half made, and the snapshots that nobody reads; only the writer may."""
    with suppress(OSError):
        for entry in list((where / FOLDER).iterdir()):
            if entry.name.startswith("."):
                shutil.rmtree(entry, ignore_errors=True)
            elif re.fullmatch(r"\d+", entry.name) and entry.name != str(keep):
                _remove(entry)


def _remove(folder: Path) -> None:
    lock = locks.exclusive(folder / _LOCK)
    if lock is None:
        return
    gone = folder.with_name(f".gone-{folder.name}")
    # Renamed first: no reader finds half of it, and where locks are missing a system that
    # keeps open files in place refuses the renaming.
    with suppress(OSError):
        folder.rename(gone)
        shutil.rmtree(gone, ignore_errors=True)
    lock.release()


def _sync(folder: Path) -> None:
    """Have names in a folder written to disk, where the system can."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
