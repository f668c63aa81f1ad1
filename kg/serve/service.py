"""What pages and the protocol ask: queries, updates, and functions over a reader."""

from __future__ import annotations

import asyncio
from typing import Any

from kg.serve.frames import Frame
from kg.serve.pool import Pool
from kg.serve.problems import RequestError
from kg.serve.requests import Operation
from kg.serve.settings import Settings
from kg.serve.writer import Writer


class Service:
    """A store behind processes, in an ``async with`` statement."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._pool = Pool(settings)
        self._writer = Writer(settings)

    async def __aenter__(self) -> Service:
        # The writer comes first: it makes the store, and publishes what was left unpublished.
        if self.settings.writable:
            await self._writer.open()
        try:
            await self._pool.open()
        except BaseException:
            await self._writer.close()
            raise
        return self

    async def __aexit__(self, *_: object) -> None:
        await asyncio.gather(self._pool.close(), self._writer.close())

    async def run(self, operation: Operation, *, base: str, accept: str | None) -> Frame:
        """The answer to a query or an update, as it is to be sent.

        Raises:
            RequestError: it cannot be answered, or not in time.
        """
        header = {
            "base": base,
            "accept": accept,
            "format": operation.format,
            "default": operation.default_graphs,
            "named": operation.named_graphs,
        }
        ask = self._writer.update if operation.kind == "update" else self._pool.ask
        return _answered(await ask(header, operation.text.encode("utf-8", "replace")))

    async def call(self, target: str, /, **given: Any) -> tuple[str, bytes]:
        """What ``module:function(reader, **given)`` returns: a content type and bytes.

        It runs in one of the query processes, over the newest snapshot, under the same limits;
        ``given`` travels as JSON. The target is written in the server's own code, never taken
        from a request. Errors of this package (``UnkgError``) come back as a RequestError 400.

        Raises:
            RequestError: it failed, or its time is over.
        """
        answer = _answered(await self._pool.ask({"call": target, "given": given}))
        return answer.header["headers"]["content-type"], answer.body


def _answered(frame: Frame) -> Frame:
    if frame.header["status"] >= 400:
        raise RequestError.of(frame.header)
    return frame
