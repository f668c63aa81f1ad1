"""What a process takes from itself before it runs somebody's query.

All of it holds in the kernel, whatever the engine does: where the system lacks a limit, the
others and the server's own clock remain.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_NEW_NETWORK = 0x40000000
_NEW_USER = 0x10000000


def settle(*, nice: int, memory: int) -> None:
    """For the life of the process: low priority, no core dumps, so much memory, no Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(OSError, AttributeError):
        os.nice(nice)
    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (memory, hard))
        # So that the database opens all of its files at once: none can be opened later.
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65_536), most))


def go_offline() -> bool:
    """Leave the network for good, where Linux lets us; whether it did."""
    with suppress(OSError, AttributeError, ImportError):
        import ctypes

        unshare = ctypes.CDLL(None, use_errno=True).unshare
        # Without privileges a process may do so within a user namespace of its own.
        return any(unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_NETWORK | _NEW_USER))
    return False


@contextmanager
def sealed() -> Iterator[None]:
    """No file and no socket can be opened inside: the process may have no further descriptor."""
    try:
        import resource
    except ImportError:
        yield
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextmanager
def mortal(seconds: float) -> Iterator[None]:
    """The kernel ends the process after so long, should the server be gone by then."""
    timer = getattr(signal, "setitimer", None)
    if timer is None:
        yield
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    timer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        timer(signal.ITIMER_REAL, 0)
