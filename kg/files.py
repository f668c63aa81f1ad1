"""Files as bytes, whatever they turn out to be: nothing hangs, nothing is too large."""

from __future__ import annotations

import os
from pathlib import Path
from stat import S_ISREG
from typing import BinaryIO

from kg.errors import ReadError

MAX_BYTES = 64 * 1024 * 1024


def bytes_of(path: Path) -> bytes:
    """The bytes of a file.

    Raises:
        ReadError: missing, no regular file, too large, or not to be read.
    """
    try:
        with regular(path) as file:
            # A file may grow, or hold more than it says.
            if (
                os.fstat(file.fileno()).st_size > MAX_BYTES
                or len(data := file.read(_MORE)) == _MORE
            ):
                raise ReadError(f"is larger than {MAX_BYTES // 2**20} MiB; split it")
            return data
    except OSError as error:
        raise ReadError(
            f"cannot be read ({error.strerror}); check the file's permissions"
        ) from error


_MORE = MAX_BYTES + 1


def regular(path: Path) -> BinaryIO:
    """A regular file opened for reading; nothing waits for the other end of a pipe.

    Raises:
        ReadError: missing, a folder, a pipe, a device.
        OSError: not to be opened.
    """
    try:
        mode = path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        where = "is a link that leads nowhere" if path.is_symlink() else "does not exist"
        raise ReadError(f"{where}; give a file that is there") from None
    except ValueError:
        raise ReadError("is no name of a file; give a file that is there") from None
    if not S_ISREG(mode):
        raise ReadError("is no regular file; give a file that holds a document")
    # What stands here may have changed since.
    file = os.fdopen(os.open(path, os.O_RDONLY | _FLAGS), "rb")
    if not S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise ReadError("is no regular file; give a file that holds a document")
    return file


_FLAGS = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
