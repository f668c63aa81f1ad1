"""The one process that writes: it holds the store's lock as long as the server runs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from kg.errors import StoreError
from kg.serve.frames import Frame
from kg.serve.pool import RETRY
from kg.serve.problems import RequestError
from kg.serve.processes import Process
from kg.serve.settings import Settings

_CLOSING_SECONDS = 10.0


class Writer:
    """Updates, one after another."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._process: Process | None = None
        self._turn = asyncio.Lock()
        self._waiting = 0

    async def open(self) -> None:
        """Take the store's lock; the store is made where there is none.

        Raises:
            StoreError: another writer has it, or it cannot be written.
        """
        self._process = await Process.spawn(self._settings, role="write")

    async def close(self) -> None:
        """Let the update that is being made end, and free the store."""
        if self._process is not None:
            await self._process.end(seconds=_CLOSING_SECONDS)

    async def update(self, header: Mapping[str, Any], body: bytes) -> Frame:
        """The answer to one update; with a status below 300 it is kept and seen by all readers.

        Raises:
            RequestError: 504 the time is over and nothing of it was kept, unless the time ended
                while it was being published; 503 too many wait, or the store is in other hands.
        """
        if self._waiting >= self._settings.waiting:
            raise RequestError(503, "busy", "too many updates are waiting", headers=RETRY)
        self._waiting += 1
        try:
            async with asyncio.timeout(self._settings.limits.seconds):
                async with self._turn:
                    return await self._made(header, body)
        except TimeoutError:
            limit = self._settings.limits.seconds
            raise RequestError(
                504, "timeout", f"the update was ended after {limit:g} seconds", seconds=limit
            ) from None
        finally:
            self._waiting -= 1

    async def _made(self, header: Mapping[str, Any], body: bytes) -> Frame:
        seconds = self._settings.limits.seconds
        try:
            if self._process is None or not self._process.alive:
                await self.open()
            assert self._process is not None
            return await self._process.ask(Frame(header={**header, "seconds": seconds}, body=body))
        except StoreError as error:
            raise RequestError(503, "store", str(error), headers=RETRY) from error
        except BaseException:
            # A transaction that was not committed is gone with its process.
            if self._process is not None:
                await self._process.kill()
            raise
