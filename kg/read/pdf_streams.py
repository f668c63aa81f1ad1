"""The packed streams of a PDF, measured before a reader unpacks them whole.

PDFium unpacks a stream into memory, whatever its size, and ends its process where there is not
enough. Each stream is unpacked here piece by piece first, and only as far as a limit. Packing
other than deflate, or a dictionary that lies, is left to the limits of the process that reads.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from kg.errors import ReadError

# What draws a page, maps letters or lists objects; and what holds the outlines of letters.
MAX_STREAM = 16 * 1024 * 1024
MAX_FONT = 64 * 1024 * 1024
# Bytes that one byte can unpack to at most: smaller streams need no look.
_RATIO = 1032
_PIECE = 1024 * 1024
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_OBJECT = re.compile(rb"\bobj\b")
_HEAD = 4096
_PICTURE = re.compile(rb"/Subtype\s*/Image\b")
_FONT = re.compile(rb"/Length[123]\b|/Subtype\s*/(?:Type1C|CIDFontType0C|OpenType)\b")
_DEFLATE = re.compile(rb"/(?:FlateDecode|Fl)\b")


def check_streams(data: bytes) -> None:
    """Refuse a PDF with a stream that unpacks to more than any document's.

    Pictures are passed over: nothing unpacks them for the text.

    Raises:
        ReadError: a stream is too large.
    """
    for head, start, end in _streams(data):
        if _PICTURE.search(head):
            continue
        times = max(len(_DEFLATE.findall(head)), 1)
        most = MAX_FONT if _FONT.search(head) else MAX_STREAM
        if (end - start) * _RATIO**times > most and _longer(data, start, times, most):
            raise ReadError(
                f"holds a stream that unpacks to more than {most // 2**20} MiB, as a PDF bomb"
                " does; print it to a new PDF if it is none"
            )


def _streams(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """The dictionary of each stream, and where its bytes start and end."""
    for found in _STREAM.finditer(data):
        before = data[max(0, found.start() - _HEAD) : found.start()]
        *_, last = (0, *(one.end() for one in _OBJECT.finditer(before)))
        end = data.find(b"endstream", found.end())
        yield before[last:], found.end(), len(data) if end < 0 else end


def _longer(data: bytes, start: int, times: int, most: int) -> bool:
    """Whether a stream unpacks, once or so many times over, to more than a limit."""
    pieces: Iterator[bytes] = (data[at : at + _PIECE] for at in range(start, len(data), _PIECE))
    for _ in range(times):
        pieces = _unpacked(pieces)
    size = 0
    for piece in pieces:
        size += len(piece)
        if size > most:
            return True
    return False


def _unpacked(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Pieces unpacked into pieces, up to the end of what was packed or its first fault."""
    packer = zlib.decompressobj()
    for packed in pieces:
        while packed and not packer.eof:
            try:
                yield packer.decompress(packed, _PIECE)
            except zlib.error:
                return
            packed = packer.unconsumed_tail
        if packer.eof:
            return
