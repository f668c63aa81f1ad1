"""Which format a file is in, by the bytes it opens with, never by its name."""

from __future__ import annotations

from collections.abc import Mapping

from kg.errors import ReadError
from kg.read.content import Content, Reader
from kg.read.docx import read_docx
from kg.read.html import is_html, read_html
from kg.read.pdf import read_pdf
from kg.read.text import decode

_WORD = "save it as .docx or PDF (Word and LibreOffice both do)"
# What is told apart only to say what it is and what to do next.
_REFUSED = {
    b"{\\rtf": ("an RTF file", _WORD),
    b"\xffWPC": ("a WordPerfect file", _WORD),
    b"\x89PNG": ("a PNG image", "run it through OCR first"),
    b"\xff\xd8\xff": ("a JPEG image", "run it through OCR first"),
    b"GIF8": ("a GIF image", "run it through OCR first"),
    b"II*\0": ("a TIFF image", "run it through OCR first"),
    b"MM\0*": ("a TIFF image", "run it through OCR first"),
    b"\x1f\x8b": ("a gzip archive", "unpack it and give what is in it"),
    b"7z\xbc\xaf": ("a 7z archive", "unpack it and give what is in it"),
    b"Rar!": ("a RAR archive", "unpack it and give what is in it"),
    b"\x7fELF": ("a program", "give a document"),
    b"MZ\x90": ("a program", "give a document"),
}
_OLE = b"\xd0\xcf\x11\xe0"
_ZIPS = (b"PK\x03\x04", b"PK\x05\x06")


def read_text(data: bytes, encoding: str | None = None) -> Content:
    """Plain text and Markdown: the decoded file itself.

    Raises:
        ReadError: no encoding fits, or the bytes are no text.
    """
    text, found = decode(data, encoding)
    return Content(text=text, encoding=found)


# A new format is a reader, an entry here, and what tells it in ``format_of``.
READERS: Mapping[str, Reader] = {
    "pdf": read_pdf,
    "docx": read_docx,
    "html": read_html,
    "text": read_text,
}


def format_of(data: bytes) -> str:
    """The name of the reader for a file's bytes; what nothing else claims is text.

    Raises:
        ReadError: a format that is known and not read.

    >>> format_of(b"%PDF-1.7"), format_of(b"<html>"), format_of("大会".encode())
    ('pdf', 'html', 'text')
    """
    # A PDF may open with a few bytes of something else.
    if b"%PDF-" in data[:1024] and not data.startswith(_ZIPS):
        return "pdf"
    if data.startswith(_ZIPS):
        return "docx"
    if data.startswith(_OLE):
        raise ReadError(_old_word(data))
    for signature, (kind, advice) in _REFUSED.items():
        if data.startswith(signature):
            raise ReadError(f"is {kind}, which is not read; {advice}")
    return "html" if is_html(data) else "text"


def _old_word(data: bytes) -> str:
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "is an encrypted Word file; save it without a password"
    return f"is an old Word file (.doc), which is not read; {_WORD}"
