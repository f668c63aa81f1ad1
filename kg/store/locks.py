"""Locks between processes: one writer, and snapshots that somebody reads.

A lock is taken on an open file by ``flock`` and ends with the process that holds it, however
that ends. Where the system has no ``flock`` (Windows) there is none: there the database keeps a
second writer out, and the system keeps files from being removed while they are open.
"""

from __future__ import annotations

import errno
import json
import os
import socket
import weakref
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from kg.errors import unwritable

_BUSY = frozenset({errno.EAGAIN, errno.EACCES, errno.EWOULDBLOCK})
_held: weakref.WeakSet[Lock] = weakref.WeakSet()


class Lock:
    """A lock that is held until ``release`` or the end of the process."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor
        _held.add(self)
        _forget_in_children()

    def release(self) -> None:
        """Let others have it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def is_on(self, path: Path) -> bool:
        """Whether the file locked is still the one of this name."""
        try:
            return self._descriptor is not None and os.path.samestat(
                os.fstat(self._descriptor), path.stat()
            )
        except OSError:
            return False

    def sign(self) -> None:
        """Write into the file who holds it."""
        if self._descriptor is not None:
            about = {
                "process": os.getpid(),
                "host": socket.gethostname(),
                "since": datetime.now(UTC).isoformat(timespec="seconds"),
            }
            os.ftruncate(self._descriptor, 0)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, (json.dumps(about) + "\n").encode())


def exclusive(path: Path) -> Lock | None:
    """The lock nobody else may have beside it, or None where somebody holds one.

    Raises:
        StoreError: the file cannot be made or written.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o644)
    except OSError as error:
        raise unwritable(path, error) from error
    return Lock(descriptor) if _locked(descriptor, shared=False) else None


def shared(path: Path) -> Lock | None:
    """The lock that many may have together, or None where there is no file or one has it alone."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_CLOEXEC", 0))
    except OSError:
        return None
    return Lock(descriptor) if _locked(descriptor, shared=True) else None


def holder(path: Path) -> str:
    """Who signed a lock, for people.

    >>> holder(Path("no/such/file"))
    'another process is writing'
    """
    try:
        about = json.loads(path.read_bytes()[:1000])
        if (about["process"], about["host"]) == (os.getpid(), socket.gethostname()):
            return "this very process is writing"
        who = f"process {int(about['process'])} on {str(about['host'])[:80]!r}"
        return f"another process is writing ({who}, since {str(about['since'])[:40]})"
    except (OSError, ValueError, KeyError, TypeError):
        return "another process is writing"


def _locked(descriptor: int, *, shared: bool) -> bool:
    """Whether the lock was got at once; a system or file system without locks gives it."""
    try:
        import fcntl
    except ImportError:
        return True
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _BUSY:
            os.close(descriptor)
            return False
    return True


@cache
def _forget_in_children() -> None:
    """A forked child shares its parent's locks; it must not keep them when the parent dies."""

    def forget() -> None:
        for lock in list(_held):
            with suppress(OSError):
                lock.release()

    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=forget)
