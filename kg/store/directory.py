"""A store's directory: what may be opened, and what ``store.json`` says of it.

Format 2 holds ``store.json`` (format, base, digest of the ontology, number of the snapshot to
read, name of the writer's database), ``oxigraph/`` (the writer's database), ``snapshots/N/``
(what readers open: see ``kg.store.snapshots``), ``writer.lock`` (who writes) and, while changes
wait to be published, an empty file ``unpublished``. Format 1 had one database for all.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError, unwritable
from kg.iri import BASE

if TYPE_CHECKING:
    import pyoxigraph as ox

FORMAT = 2
WRITER_LOCK = "writer.lock"
UNPUBLISHED = "unpublished"
# What a writer that was killed while it made the directory may have left in it.
_OWN_LEFTOVERS = re.compile(r"writer\.lock|\.unkg-.*")


def write_atomically(path: Path, data: bytes) -> None:
    """Write a file so that a reader sees the old or the new content, never a part.

    Raises:
        StoreError: the folder is missing or cannot be written.
    """
    temporary = None
    try:
        with tempfile.NamedTemporaryFile(dir=path.parent, prefix=".unkg-", delete=False) as file:
            temporary = file.name
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError as error:
        if temporary is not None:
            with contextlib.suppress(OSError):
                Path(temporary).unlink()
        raise unwritable(path, error) from error


def is_store(where: Path) -> bool:
    """Whether a directory is a store of this or an older format."""
    databases = ("oxigraph", "snapshots")
    return (where / "store.json").is_file() and any((where / name).is_dir() for name in databases)


def read_meta(where: Path) -> dict[str, Any] | None:
    """What store.json says, in the terms of this format; None where there is none.

    A store of format 1 is told by ``"format": 1``; everything else is filled in.

    Raises:
        StoreError: a file in place of a directory, a broken store.json, or a newer format.
    """
    if where.exists() and not where.is_dir():
        raise StoreError(f"{where}: is a file; a store is a directory (choose another --store)")
    file = where / "store.json"
    try:
        meta = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return None
    except (OSError, ValueError) as error:
        raise StoreError(f"{file}: cannot be read ({error}); build a new store") from error
    found = meta.get("format") if isinstance(meta, dict) else None
    if found not in (1, FORMAT) or isinstance(found, bool):
        raise StoreError(
            f"{where}: store format {found!r}, this version of unkg reads {FORMAT}; "
            "build a new store in another directory, or use the version that made it"
        )
    return _checked(where, {"base": BASE, "snapshot": 0, "database": "oxigraph"} | meta)


def _checked(where: Path, meta: dict[str, Any]) -> dict[str, Any]:
    """The same, if it names only what may lie in the directory: the file may be hostile."""
    number, database, base = meta["snapshot"], meta["database"], meta["base"]
    if (
        isinstance(number, int)
        and number >= 0
        and isinstance(base, str)
        and isinstance(database, str)
        and re.fullmatch(r"oxigraph(-\d+)?", database)
    ):
        return meta
    raise StoreError(f"{where / 'store.json'}: cannot be read (broken); build a new store")


def check_base(where: Path, meta: Mapping[str, Any], base: str | None) -> None:
    """Refuse another base than the store was made with.

    Raises:
        StoreError: it is another.
    """
    kept = meta["base"]
    if base is not None and base != kept:
        raise StoreError(
            f"{where}: its identifiers start with {kept}, not {base}; choose another --store"
        )


def prepare(where: Path) -> None:
    """Make the directory of a new store.

    Raises:
        StoreError: it cannot be made, or holds files of somebody else.
    """
    try:
        where.mkdir(parents=True, exist_ok=True)
        occupied = any(not _OWN_LEFTOVERS.fullmatch(entry.name) for entry in where.iterdir())
    except OSError as error:
        raise StoreError(
            f"{where}: cannot be made: {error.strerror or error}; choose another --store"
        ) from error
    if occupied:
        raise StoreError(f"{where}: holds files that are no store; choose an empty directory")


def write_meta(where: Path, meta: Mapping[str, Any]) -> None:
    """Write store.json, to be read by whoever may enter the directory."""
    file = where / "store.json"
    write_atomically(file, (json.dumps(meta, sort_keys=True) + "\n").encode())
    with contextlib.suppress(OSError):
        file.chmod(0o644)


def open_database(database: Path, *, read_only: bool) -> ox.Store:
    """The database in a folder of its own.

    Raises:
        StoreError: another process holds it, or it is broken.
    """
    import pyoxigraph as ox

    try:
        if read_only:
            return ox.Store.read_only(str(database))
        return ox.Store(str(database))
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreError(
                f"{database.parent}: another process is writing to this store; wait for it to end"
            ) from error
        raise StoreError(f"{database}: the database cannot be opened: {error}") from error
