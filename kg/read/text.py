"""Plain text: which encoding it is in, and that it is text at all."""

from __future__ import annotations

import codecs
import re

from kg.errors import ReadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Control characters no text format uses; form feed (page break) and escape-free ASCII are fine.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f]")

# One half of a character of two, which some codecs let stand alone.
_HALVES = re.compile(r"[\ud800-\udfff]")


def decode(data: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text and the encoding it was in: the one asked for, else the first that fits.

    Tried in order: a byte-order mark, UTF-16 without one (seen by its zero bytes), UTF-8,
    GB18030 if what comes out is Chinese.

    Raises:
        ReadError: no encoding fits, or the bytes are no text.
    """
    text, found = _decoded(data, encoding)
    controls = len(_CONTROLS.findall(text))
    if controls > len(text) // 1000:
        raise ReadError("is binary, not text; give a text file")
    return text.removeprefix("\ufeff"), found


def _decoded(data: bytes, encoding: str | None) -> tuple[str, str]:
    if encoding is not None:
        return _asked(data, encoding), encoding
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, name), name
    guess = _utf16(data)
    if guess and (text := data.decode(guess, errors="replace")).count("\ufffd") == 0:
        return text, guess
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as error:
        return _gb18030(data, error.start)


def _asked(data: bytes, encoding: str) -> str:
    """The text in the encoding a user names."""
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(
            f"is not in {encoding} (byte {error.start}); leave --encoding out"
        ) from None
    except (LookupError, ValueError):
        raise ReadError(f"--encoding {encoding!a}: no such encoding; try utf-8") from None
    if _HALVES.search(text):
        raise ReadError(f"is not in {encoding} (half characters); leave --encoding out")
    return text


def _strict(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ReadError(f"is cut or broken {encoding} (byte {error.start})") from None


def _utf16(data: bytes) -> str | None:
    """UTF-16 without a mark: ASCII line ends and digits leave zero bytes on one side only."""
    sample = data[:4096]
    if len(sample) < 4 or len(data) % 2:
        return None
    for name, side in (("utf-16-le", 1), ("utf-16-be", 0)):
        zeros = sample[side::2].count(0)
        if zeros >= 2 and not sample[1 - side :: 2].count(0):
            return name
    return None


def _gb18030(data: bytes, bad: int) -> tuple[str, str]:
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        text = ""
    han = len(re.findall(r"[\u4e00-\u9fff，。、；：]", text))
    if han < max(2, 0.5 * len(re.findall(r"[^\x00-\x7f]", text))):
        raise ReadError(
            f"is neither UTF-8 (byte {bad}) nor UTF-16 nor GB18030; name it with --encoding"
        )
    return text, "gb18030"
