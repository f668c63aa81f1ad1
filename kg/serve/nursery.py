"""Where the pool gets its processes: from one that forks, or started anew where none can."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess

from kg.serve.forks import FORK, KILL
from kg.serve.processes import Process, command, complaints
from kg.serve.settings import Settings

CAN_FORK = hasattr(os, "fork") and hasattr(socket, "send_fds")


class Nursery:
    """Makes processes that answer queries."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._parent: subprocess.Popen[bytes] | None = None
        self._socket: socket.socket | None = None

    async def child(self) -> Process:
        """A process that has opened the store.

        Raises:
            StoreError: it cannot open the store.
        """
        if not CAN_FORK:
            return await Process.spawn(self._settings, role="query")
        self._require_parent()
        process = await self._forked()
        await process.greet(self._settings, role="query")
        return process

    def close(self) -> None:
        """End the process that forks, and with it whatever it has left."""
        if self._socket is not None and self._parent is not None:
            self._socket.close()
            self._parent.wait(10)
            self._socket = self._parent = None

    def _require_parent(self) -> None:
        if self._parent is not None and self._parent.poll() is None:
            return
        self.close()
        here, there = socket.socketpair()
        with there:
            self._parent = subprocess.Popen(
                command(str(there.fileno())),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=complaints(self._settings),
                pass_fds=(there.fileno(),),
            )
        self._socket = here

    async def _forked(self) -> Process:
        """The child's streams, joined to pipes of ours."""
        loop = asyncio.get_running_loop()
        given, ask = os.pipe()
        hear, answers = os.pipe()
        try:
            self._tell(FORK, 0, [given, answers])
        finally:
            os.close(given)
            os.close(answers)
        reader = asyncio.StreamReader()
        protocol = asyncio.StreamReaderProtocol(reader)
        await loop.connect_read_pipe(lambda: protocol, os.fdopen(hear, "rb"))
        transport, flow = await loop.connect_write_pipe(
            asyncio.streams.FlowControlMixin, os.fdopen(ask, "wb")
        )
        writer = asyncio.StreamWriter(transport, flow, None, loop)
        return Process(reader, writer, lambda pid: self._tell(KILL, pid, []))

    def _tell(self, what: bytes, pid: int, streams: list[int]) -> None:
        if self._socket is not None:
            message = what + pid.to_bytes(4, "big")
            socket.send_fds(self._socket, [message], streams)
