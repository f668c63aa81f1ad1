"""Stage 1, bytes → Source: one reader a format, chosen by content."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import replace
from pathlib import Path

from kg.errors import ReadError
from kg.files import bytes_of as bytes_of
from kg.languages import available
from kg.model import Source
from kg.read.content import Content
from kg.read.formats import READERS, format_of
from kg.read.language import detect_language, foreign_parts


def read(
    path: Path, *, name: str | None = None, language: str | None = None, encoding: str | None = None
) -> Source:
    """A file as a Source; ``name`` is what records call it (default: the file's own name).

    Raises:
        ReadError: missing, a folder, too large, empty, broken, without text, or in a format or
            encoding that is not read.
        LanguageError: the language is not known and cannot be told from the text.
    """
    return read_bytes(bytes_of(path), name=name or path.name, language=language, encoding=encoding)


def content_of(data: bytes, *, encoding: str | None = None) -> Content:
    """The text of a file's bytes, in whatever format they are, with LF line ends.

    Raises:
        ReadError: empty, broken, without text, or in a format or encoding that is not read.
    """
    content = READERS[format_of(data)](data, encoding)
    if not content.text.strip():
        raise ReadError("is empty; nothing to read")
    # Formats with pages have no other line ends, so that offsets of pages stay true.
    return replace(content, text=re.sub(r"\r\n?", "\n", content.text))


def read_bytes(
    data: bytes, *, name: str, language: str | None = None, encoding: str | None = None
) -> Source:
    """Bytes as a Source: its text decoded, byte-order mark dropped, line ends as LF.

    ``sha256`` is that of the text in NFC, which is what names a document without a symbol.

    Raises:
        ReadError, LanguageError: as for ``read``.

    >>> source = read_bytes("大会，\\r\\n回顾".encode("gb18030"), name="a.txt")
    >>> source.text, source.language, source.encoding
    ('大会，\\n回顾', 'zh', 'gb18030')
    """
    promised = Path(name).suffix.lower()
    if promised in _BINARY and format_of(data) == "text":
        raise ReadError(
            f"is named {promised} but is no such file, or half of one;"
            " get it again, or rename it to .txt if it is plain text"
        )
    content = content_of(data, encoding=encoding)
    text = content.text
    spoken = language or declared_language(name) or detect_language(text)
    return Source(
        name=name,
        text=text,
        sha256=digest_of_text(text),
        language=spoken,
        encoding=content.encoding,
        pages=content.pages,
        foreign=foreign_parts(text, spoken),
        notes=content.notes,
    )


def digest_of_text(text: str) -> str:
    """The SHA-256 digest, in hex, by which a text is known: that of its NFC form in UTF-8.

    >>> digest_of_text("r\u00e9solution") == digest_of_text("re\u0301solution")
    True
    """
    return hashlib.sha256(unicodedata.normalize("NFC", text).encode()).hexdigest()


# Formats that hold more than characters: their name on a file of characters is a mistake.
_BINARY = (".docx", ".docm", ".pdf")


def declared_language(name: str) -> str | None:
    """The language a file name declares, None if none.

    >>> declared_language("A_72_440.zh.txt"), declared_language("report.txt")
    ('zh', None)
    """
    suffixes = [suffix.lstrip(".") for suffix in Path(name).suffixes]
    return suffixes[-2] if len(suffixes) > 1 and suffixes[-2] in available() else None
