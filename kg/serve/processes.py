"""A child process that answers one frame after another, and can be killed at any time."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from asyncio import IncompleteReadError, StreamReader, StreamWriter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Literal

from kg.errors import StoreError
from kg.serve import frames
from kg.serve.frames import Frame
from kg.serve.problems import RequestError
from kg.serve.settings import Settings

Role = Literal["query", "write"]
_START_SECONDS = 60.0
# The child finds the same packages as this process, however this one found them; without
# looking for the site's own it starts in half the time.
_CODE = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from kg.serve.worker import main; main(*sys.argv[2:])"
)


def command(*arguments: str) -> list[str]:
    """The command line that starts ``kg.serve.worker``."""
    path = [entry or str(Path.cwd()) for entry in sys.path]
    return [sys.executable, "-I", "-S", "-c", _CODE, json.dumps(path), *arguments]


def complaints(settings: Settings) -> int | None:
    """Where children write what is neither answer nor error: nowhere, unless a log is wanted."""
    return None if settings.log else subprocess.DEVNULL


class Process:
    """One child, from start to kill."""

    def __init__(
        self, reader: StreamReader, writer: StreamWriter, kill: Callable[[int], None]
    ) -> None:
        self._reader, self._writer, self._kill = reader, writer, kill
        self._pid = 0
        # One that ran a long query has a low priority for good; it is not used again.
        self.worn = False

    @classmethod
    async def spawn(cls, settings: Settings, *, role: Role) -> Process:
        """A new process that has opened the store.

        Raises:
            StoreError: it cannot open the store.
        """
        child = await asyncio.create_subprocess_exec(
            *command(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=complaints(settings),
        )
        assert child.stdin is not None and child.stdout is not None

        def kill(_: int) -> None:
            with suppress(ProcessLookupError):
                child.kill()

        self = cls(child.stdout, child.stdin, kill)
        await self.greet(settings, role=role)
        return self

    async def greet(self, settings: Settings, *, role: Role) -> None:
        """Tell it what it is for, and wait until it is ready.

        Raises:
            StoreError: it cannot open the store.
        """
        first = Frame(
            header={
                "role": role,
                "store": str(settings.store),
                "base": settings.base,
                "limits": asdict(settings.limits),
                "nice": 3,
            }
        )
        try:
            said = await asyncio.wait_for(self._exchange(first), _START_SECONDS)
        except BaseException as error:
            await self.kill()
            if isinstance(error, OSError | IncompleteReadError | TimeoutError):
                raise StoreError(f"{settings.store}: no process could open it: {error}") from error
            raise
        if said.header["status"] != 200:
            await self.kill()
            raise StoreError(said.header["message"])
        self._pid = said.header["pid"]

    async def ask(self, frame: Frame) -> Frame:
        """Its answer to a frame.

        Raises:
            RequestError: it died, as it does when the query needs more memory than it may have.
        """
        try:
            return await self._exchange(frame)
        except (OSError, IncompleteReadError) as error:
            raise RequestError(
                507, "memory", "the query's process ended: it needed more memory than allowed"
            ) from error

    async def _exchange(self, frame: Frame) -> Frame:
        self._writer.write(frame.encoded())
        await self._writer.drain()
        return await frames.receive(self._reader)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return not self._reader.at_eof()

    def step_back(self) -> None:
        """Give way to others from now on."""
        self.worn = True
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self._pid, 19)

    async def kill(self) -> None:
        """End it at once."""
        self._kill(self._pid)
        await self._ended()

    async def end(self, *, seconds: float) -> None:
        """Let it end what it does and close the store; kill it if that takes too long."""
        self._writer.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._ended(), seconds)
        await self.kill()

    async def _ended(self) -> None:
        self._writer.close()
        with suppress(OSError):
            while await self._reader.read(65_536):
                pass
