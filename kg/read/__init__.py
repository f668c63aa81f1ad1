"""Stage 1, bytes → Source: one reader a format, chosen by content."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

from kg.errors import ReadError
from kg.languages import available
from kg.model import Source
from kg.read.language import detect_language
from kg.read.text import decode

MAX_BYTES = 64 * 1024 * 1024

Reader = Callable[[bytes, str | None], tuple[str, str]]

# A format is a reader (bytes and an encoding asked for → text and the encoding found) and an
# entry here, by the bytes that open a file of the format; what none claims is text.
READERS: dict[bytes, Reader] = {b"": decode}

_SIGNATURES = {
    b"%PDF": "PDF",
    b"PK\x03\x04": "Word or zip",
    b"\xd0\xcf\x11\xe0": "old Word",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG image",
    b"\xff\xd8\xff": "JPEG image",
    b"\x1f\x8b": "gzip",
    b"\x7fELF": "program",
}


def read(
    path: Path, *, name: str | None = None, language: str | None = None, encoding: str | None = None
) -> Source:
    """A file as a Source; ``name`` is what records call it (default: the file's own name).

    Raises:
        ReadError: missing, a folder, too large, empty, binary, or in an unknown encoding.
        LanguageError: the language is not known and cannot be told from the text.
    """
    try:
        if not path.is_file():
            raise ReadError("is no regular file" if path.exists() else "does not exist")
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(f"is larger than {MAX_BYTES // 2**20} MiB; split it")
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(
            f"cannot be read ({error.strerror}); check the file's permissions"
        ) from error
    return read_bytes(data, name=name or path.name, language=language, encoding=encoding)


def read_bytes(
    data: bytes, *, name: str, language: str | None = None, encoding: str | None = None
) -> Source:
    """Bytes as a Source: decoded, byte-order mark dropped, line ends as LF.

    ``sha256`` is that of the text in NFC, which is what names a document without a symbol.

    Raises:
        ReadError, LanguageError: as for ``read``.

    >>> source = read_bytes("大会，\\r\\n回顾".encode("gb18030"), name="a.txt")
    >>> source.text, source.language, source.encoding
    ('大会，\\n回顾', 'zh', 'gb18030')
    """
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise ReadError(f"is a {kind} file, which is not read yet; convert it to UTF-8 text")
    text, found = READERS[b""](data, encoding)
    text = re.sub(r"\r\n?", "\n", text)
    if not text.strip():
        raise ReadError("is empty; nothing to read")
    digest = hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()
    return Source(
        name=name,
        text=text,
        sha256=digest,
        language=language or declared_language(name) or detect_language(text),
        encoding=found,
    )


def declared_language(name: str) -> str | None:
    """The language a file name declares, None if none.

    >>> declared_language("A_72_440.zh.txt"), declared_language("report.txt")
    ('zh', None)
    """
    suffixes = [suffix.lstrip(".") for suffix in Path(name).suffixes]
    return suffixes[-2] if len(suffixes) > 1 and suffixes[-2] in available() else None
