"""A store's directory: what may be opened, and what ``store.json`` says of it."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import StoreError
from kg.iri import BASE

if TYPE_CHECKING:
    import pyoxigraph as ox

FORMAT = 1


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
        raise StoreError(f"{path}: cannot be written: {error.strerror or error}") from error


def read_meta(where: Path, *, read_only: bool, base: str | None) -> dict[str, Any]:
    """What store.json says; it is written for a new store."""
    if where.exists() and not where.is_dir():
        raise StoreError(f"{where}: is a file; a store is a directory (choose another --store)")
    meta_file = where / "store.json"
    if not meta_file.exists():
        _prepare(where, read_only=read_only)
        meta = {"format": FORMAT, "base": base or BASE}
        write_meta(where, meta)
        return meta
    try:
        meta = json.loads(meta_file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{meta_file}: cannot be read ({error}); build a new store") from error
    return _checked_meta(meta, where, base)


def _checked_meta(meta: Any, where: Path, base: str | None) -> dict[str, Any]:
    found = meta.get("format") if isinstance(meta, dict) else None
    if found != FORMAT:
        raise StoreError(
            f"{where}: store format {found!r}, this version of unkg reads {FORMAT}; "
            "build a new store in another directory, or use the version that made it"
        )
    kept = meta.setdefault("base", BASE)
    if base is not None and base != kept:
        raise StoreError(
            f"{where}: its identifiers start with {kept}, not {base}; choose another --store"
        )
    return dict(meta)


def _prepare(where: Path, *, read_only: bool) -> None:
    if read_only:
        raise StoreError(f"{where}: no store here; make one with: kg build PATH --store {where}")
    try:
        where.mkdir(parents=True, exist_ok=True)
        occupied = any(where.iterdir())
    except OSError as error:
        raise StoreError(f"{where}: cannot be made: {error.strerror or error}") from error
    if occupied:
        raise StoreError(f"{where}: holds files that are no store; choose an empty directory")


def write_meta(where: Path, meta: Mapping[str, Any]) -> None:
    """Write store.json."""
    write_atomically(where / "store.json", (json.dumps(meta, sort_keys=True) + "\n").encode())


def open_database(where: Path, *, read_only: bool) -> ox.Store:
    """The database of a store's directory.

    Raises:
        StoreError: another process holds it, or it is broken.
    """
    import pyoxigraph as ox

    database = where / "oxigraph"
    try:
        if read_only:
            return ox.Store.read_only(str(database))
        return ox.Store(str(database))
    except OSError as error:
        if "lock" in str(error).lower():
            raise StoreError(
                f"{where}: another process is writing to this store; wait for it to end"
            ) from error
        raise StoreError(f"{where}: the database cannot be opened: {error}") from error
