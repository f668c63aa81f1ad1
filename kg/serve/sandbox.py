"""What a process takes from itself before it runs somebody's query.

All of it holds in the kernel, whatever the engine does: where the system lacks a limit, the
others and the server's own clock remain.
"""

from __future__ import annotations

import errno
import os
import signal
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

# prctl(2); and of each machine its number and that of socket(2).
_NO_NEW_PRIVILEGES, _SECCOMP, _FILTER = 38, 22, 2
_MACHINES = {"x86_64": (0xC000003E, 41), "aarch64": (0xC00000B7, 198)}
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


def go_offline() -> bool:
    """Leave the network for good, where Linux lets us; whether it did."""
    with suppress(OSError, AttributeError, ImportError):
        import ctypes

        unshare = ctypes.CDLL(None, use_errno=True).unshare
        # Without privileges a process may do so within a user namespace of its own.
        return any(unshare(flags) == 0 for flags in (_NEW_NETWORK, _NEW_NETWORK | _NEW_USER))
    return False


def refuse_sockets() -> bool:
    """Have Linux refuse this process and its children any new socket; whether it does.

    The engine opens its own files one by one as it reads, so descriptors cannot be refused.
    """
    machine = _MACHINES.get(os.uname().machine) if sys.platform == "linux" else None
    if machine is None:
        return False
    with suppress(OSError, AttributeError, ImportError):
        import ctypes

        libc = ctypes.CDLL(None, use_errno=True)
        rules = b"".join(struct.pack("=HBBI", *rule) for rule in _rules(*machine))
        held = ctypes.create_string_buffer(rules)
        program = struct.pack("@HP", len(rules) // 8, ctypes.addressof(held))
        asked = libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0) == 0
        return bool(asked and libc.prctl(_SECCOMP, _FILTER, program, 0, 0) == 0)
    return False


def _rules(architecture: int, number: int) -> tuple[tuple[int, int, int, int], ...]:
    """A filter of system calls, as seccomp(2) describes it: code, two jumps, a value."""
    load, equal, at_least, answer = 0x20, 0x15, 0x35, 0x06
    return (
        (load, 0, 0, 4),
        (equal, 0, 4, architecture),
        (load, 0, 0, 0),
        (equal, 1, 0, number),
        # Numbers from here on are the same calls under another convention (x32).
        (at_least, 0, 1, 0x40000000),
        (answer, 0, 0, 0x00050000 | errno.EACCES),
        (answer, 0, 0, 0x7FFF0000),
    )


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
