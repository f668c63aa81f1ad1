"""A process that has loaded everything and copies itself: a child in milliseconds.

It runs no queries and opens no store, so it has one thread and may fork. It alone kills and
reaps its children: a process number it has not reaped cannot belong to anybody else.
"""

from __future__ import annotations

import gc
import os
import select
import signal
import socket
from contextlib import suppress

FORK, KILL = b"f", b"k"
MESSAGE = 5
_LOOK_SECONDS = 5.0


def fork_on_demand(descriptor: int) -> bool:
    """Fork as the socket says; True in each child, False when the server is gone.

    A message is one byte and a process number: ``f`` comes with the child's two streams.
    """
    # What a query will need is loaded once, before the first fork.
    import pyoxigraph  # noqa: F401

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    children: set[int] = set()
    with socket.socket(fileno=descriptor) as asked:
        while True:
            # While a child may be dying, look again soon.
            if not select.select([asked], [], [], _LOOK_SECONDS if children else None)[0]:
                _reap(children)
                continue
            message, streams, _, _ = socket.recv_fds(asked, MESSAGE, 2)
            if len(message) < MESSAGE:
                break
            if message[:1] == FORK:
                pid = os.fork()
                if pid == 0:
                    _take(streams)
                    return True
                children.add(pid)
            else:
                _kill(int.from_bytes(message[1:], "big"), children)
            for stream in streams:
                os.close(stream)
            _reap(children)
    for pid in set(children):
        _kill(pid, children)
    return False


def _take(streams: list[int]) -> None:
    """Make the two streams standard input and output, in a child."""
    for standard, stream in enumerate(streams):
        os.dup2(stream, standard)
        os.close(stream)


def _kill(pid: int, children: set[int]) -> None:
    if pid in children:
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _reap(children: set[int]) -> None:
    with suppress(ChildProcessError):
        while (pid := os.waitpid(-1, os.WNOHANG)[0]) != 0:
            children.discard(pid)
