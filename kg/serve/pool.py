"""Queries in processes of their own: so many at once, so long each, the rest wait or are refused.

A query that is not done after half a second counts as long and gets the lowest priority. Only so
many long ones go on; the next is ended. So a free process is never further away than half a
second, whatever is asked beside it.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Coroutine, Mapping
from contextlib import suppress
from typing import Any

from kg.errors import StoreError
from kg.serve.frames import Frame
from kg.serve.nursery import Nursery
from kg.serve.problems import RequestError
from kg.serve.processes import Process
from kg.serve.settings import Settings

RETRY = {"retry-after": "2"}


class Pool:
    """The processes that answer queries."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._nursery = Nursery(settings)
        self._idle: deque[Process] = deque()
        self._waiting: deque[asyncio.Future[Process]] = deque()
        self._busy: set[Process] = set()
        self._starting = 0
        self._long = 0
        self._tasks: set[asyncio.Task[None]] = set()
        self._closed = False

    async def open(self) -> None:
        """Start the first process, which says whether the store can be read; the others follow.

        Raises:
            StoreError: the store cannot be read.
        """
        self._idle.append(await self._nursery.child())
        self._top_up()

    async def close(self) -> None:
        """End all processes."""
        self._closed = True
        for waiting in self._waiting:
            waiting.cancel()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(process.kill() for process in (*self._idle, *self._busy)))
        self._nursery.close()

    async def ask(self, header: Mapping[str, Any], body: bytes = b"") -> Frame:
        """The answer to one query; the process that works on it is killed on time or cancel.

        Raises:
            RequestError: 504 the time is over, 503 too much is going on, 507 too little memory.
        """
        limit = self._settings.limits.seconds
        try:
            async with asyncio.timeout(limit):
                process = await self._free()
                return await self._run(
                    process, Frame(header={**header, "seconds": limit}, body=body)
                )
        except TimeoutError:
            raise RequestError(
                504, "timeout", f"the query was ended after {limit:g} seconds", seconds=limit
            ) from None

    async def _run(self, process: Process, frame: Frame) -> Frame:
        self._busy.add(process)
        done = asyncio.ensure_future(process.ask(frame))
        long = False
        try:
            await asyncio.wait({done}, timeout=self._settings.short)
            if not done.done():
                if self._long >= self._settings.long_queries:
                    raise _busy("too many long queries are running; this one was ended")
                long = True
                self._long += 1
                process.step_back()
            answer = await done
        except BaseException:
            process.worn = True
            done.cancel()
            with suppress(BaseException):
                await done
            raise
        finally:
            self._long -= long
            self._release(process)
        return answer

    async def _free(self) -> Process:
        """A process to work with: an idle one, else the first to come free."""
        while self._idle:
            process = self._idle.popleft()
            self._top_up()
            if process.alive:
                return process
        if len(self._waiting) >= self._settings.waiting:
            raise _busy("too many queries are waiting")
        waiting: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        self._waiting.append(waiting)
        self._top_up()
        try:
            return await waiting
        except asyncio.CancelledError:
            if waiting.done() and not waiting.cancelled():
                self._offer(waiting.result())
            raise
        finally:
            with suppress(ValueError):
                self._waiting.remove(waiting)

    def _release(self, process: Process) -> None:
        too_many = len(self._idle) >= 2 * self._settings.spare and not self._waiting
        if process.worn or not process.alive or too_many:
            self._in_background(self._replace(process))
        else:
            self._busy.discard(process)
            self._offer(process)

    async def _replace(self, process: Process) -> None:
        await process.kill()
        self._busy.discard(process)
        self._top_up()

    def _offer(self, process: Process) -> None:
        while self._waiting:
            waiting = self._waiting.popleft()
            if not waiting.done():
                waiting.set_result(process)
                return
        self._idle.append(process)

    def _top_up(self) -> None:
        """Start processes for those who wait, and a few to spare."""
        if self._closed:
            return
        known = len(self._idle) + len(self._busy) + self._starting
        wanted = self._settings.spare + len(self._waiting) - len(self._idle) - self._starting
        for _ in range(min(wanted, self._settings.processes - known)):
            self._starting += 1
            self._in_background(self._start())

    async def _start(self) -> None:
        try:
            process = await self._nursery.child()
        except StoreError as error:
            # Whoever waits hears of it; the next query tries again.
            while self._waiting:
                waiting = self._waiting.popleft()
                if not waiting.done():
                    waiting.set_exception(RequestError(503, "store", str(error), headers=RETRY))
            return
        finally:
            self._starting -= 1
        self._offer(process)

    def _in_background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _busy(message: str) -> RequestError:
    return RequestError(503, "busy", message, headers=RETRY)
