"""A child process that answers one frame after another, and can be killed at any time."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from asyncio import IncompleteReadError
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.serve import frames
from kg.serve.frames import Frame
from kg.serve.problems import RequestError
from kg.serve.settings import Settings

_START_SECONDS = 60.0
# The child finds the same packages as this process, however this one found them.
_CODE = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from kg.serve.worker import main; main()"
)


class Process:
    """One child, from start to kill."""

    def __init__(self, child: asyncio.subprocess.Process) -> None:
        self._child = child
        # One that ran a long query has a low priority for good; it is not used again.
        self.worn = False

    @classmethod
    async def start(cls, settings: Settings, *, role: str) -> Process:
        """Start a child and wait until it has opened the store.

        Raises:
            StoreError: it cannot open the store.
        """
        path = [entry or str(Path.cwd()) for entry in sys.path]
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            *("-I", "-S", "-c", _CODE),
            json.dumps(path),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if settings.log else subprocess.DEVNULL,
        )
        self = cls(child)
        try:
            first = Frame(header=_first(settings, role))
            said = await asyncio.wait_for(self._exchange(first), _START_SECONDS)
        except BaseException as error:
            await self.kill()
            if isinstance(error, OSError | IncompleteReadError | TimeoutError):
                raise StoreError(f"{settings.store}: no process could open it: {error}") from error
            raise
        if said.header["status"] != 200:
            await self.kill()
            raise StoreError(said.header["message"])
        return self

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
        assert self._child.stdin is not None and self._child.stdout is not None
        self._child.stdin.write(frame.encoded())
        await self._child.stdin.drain()
        return await frames.receive(self._child.stdout)

    @property
    def alive(self) -> bool:
        """Whether it runs."""
        return self._child.returncode is None

    def step_back(self) -> None:
        """Give way to others from now on."""
        self.worn = True
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self._child.pid, 19)

    async def kill(self) -> None:
        """End it at once."""
        with suppress(ProcessLookupError):
            self._child.kill()
        await self._child.wait()

    async def end(self, *, seconds: float) -> None:
        """Let it end what it does and close the store; kill it if that takes too long."""
        if self._child.stdin is not None:
            self._child.stdin.close()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._child.wait(), seconds)
        await self.kill()


def _first(settings: Settings, role: str) -> Mapping[str, Any]:
    return {
        "role": role,
        "store": str(settings.store),
        "base": settings.base,
        "limits": asdict(settings.limits),
        "nice": 3,
    }
