"""Files that are written piece by piece, and appear whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from kg.errors import StoreError


@contextlib.contextmanager
def replacing(*paths: Path) -> Iterator[tuple[IO[bytes], ...]]:
    """Open files to be written, which take the places of ``paths`` when all are complete.

    What stood there stays as it was if anything fails.

    Raises:
        StoreError: a folder is missing, or a file cannot be written.
    """
    opened: list[IO[bytes]] = []
    try:
        try:
            for path in paths:
                opened.append(_beside(path))
            yield tuple(opened)
            for file, path in zip(opened, paths, strict=True):
                file.flush()
                os.fsync(file.fileno())
                file.close()
                Path(file.name).replace(path)
        except OSError as error:
            where = error.filename or paths[0]
            named = next((p for p in paths if str(where).startswith(str(p.parent))), paths[0])
            raise StoreError(
                f"{named}: cannot be written: {error.strerror or error}; nothing was changed there:"
                " make room or make the folder writable, or name another file"
            ) from error
    finally:
        for file in opened:
            # On a full disk closing fails too, for what was still to be written.
            with contextlib.suppress(OSError):
                file.close()
            with contextlib.suppress(OSError):
                Path(file.name).unlink()


def _beside(path: Path) -> IO[bytes]:
    if path.is_dir():
        raise IsADirectoryError(21, "is a folder; name a file", str(path))
    return tempfile.NamedTemporaryFile(dir=path.parent, prefix=".unkg-", delete=False)
