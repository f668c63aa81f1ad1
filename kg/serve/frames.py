"""Messages between the server and its processes: a JSON header and bytes, lengths first."""

from __future__ import annotations

import json
import struct
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    from asyncio import StreamReader

_LENGTHS = struct.Struct(">IQ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One message."""

    header: Mapping[str, Any]
    body: bytes = field(default=b"", repr=False)

    def encoded(self) -> bytes:
        """The message as bytes.

        >>> Frame(header={"a": 1}, body=b"xy").encoded()[12:]
        b'{"a": 1}xy'
        """
        header = json.dumps(self.header).encode()
        return _LENGTHS.pack(len(header), len(self.body)) + header + self.body


def read(stream: BinaryIO) -> Frame | None:
    """The next message; None at the end."""
    lengths = stream.read(_LENGTHS.size)
    if len(lengths) < _LENGTHS.size:
        return None
    header, body = _LENGTHS.unpack(lengths)
    return Frame(header=json.loads(stream.read(header)), body=stream.read(body))


async def receive(stream: StreamReader) -> Frame:
    """The next message.

    Raises:
        IncompleteReadError: the other side is gone.
    """
    header, body = _LENGTHS.unpack(await stream.readexactly(_LENGTHS.size))
    about = json.loads(await stream.readexactly(header))
    return Frame(header=about, body=await stream.readexactly(body))
