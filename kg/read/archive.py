"""Parts of an Office file: a zip archive of XML, opened with limits.

The standard library is enough (no dependency): parts are read up to a limit whatever the
archive claims, and XML with a document type is refused, so no entity is ever expanded.
"""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from kg.errors import ReadError

MAX_PARTS = 10_000
# Bytes that all parts read may unpack to, and bytes a byte may unpack to; XML stays below 50.
MAX_UNPACKED = 128 * 1024 * 1024
MAX_RATIO = 200
_FEW = 4 * 1024 * 1024
_PIECE = 1024 * 1024
_OTHER = {"xl/workbook.xml": "an Excel file", "ppt/presentation.xml": "a PowerPoint file"}
# What the standard library raises on an archive whose fields have been tampered with.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError,
    OverflowError, RuntimeError,
)  # fmt: skip
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))


@dataclass(slots=True)
class Archive:
    """The zip archive of a Word file, and how many bytes its parts have unpacked to so far."""

    file: zipfile.ZipFile
    unpacked: int = 0

    def part(self, name: str) -> ElementTree.Element | None:
        """A part's XML, None if the archive has no such part.

        Raises:
            ReadError: too large, cut, or no XML.
        """
        try:
            data = self._unpacked(name)
        except KeyError:
            return None
        except NotImplementedError:
            raise ReadError(
                f"is a Word file packed in an unknown way ({name}); save it again"
            ) from None
        except _BROKEN as error:
            raise ReadError(f"is a broken Word file ({name}: {error}); get it again") from None
        if any(doctype in data for doctype in _DOCTYPES):
            raise ReadError(f"holds XML with a document type ({name}), which Word never writes")
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise ReadError(f"is a broken Word file ({name}: {error}); get it again") from None

    def _unpacked(self, name: str) -> bytes:
        """A part's bytes, counted while they are unpacked, whatever the archive says of them."""
        data = bytearray()
        with self.file.open(name) as part:
            packed = max(self.file.getinfo(name).compress_size, 1)
            while piece := part.read(_PIECE):
                data += piece
                self.unpacked += len(piece)
                if self.unpacked > MAX_UNPACKED:
                    limit = f"{MAX_UNPACKED // 2**20} MiB"
                    raise ReadError(f"unpacks to more than {limit} ({name}), as a zip bomb does")
                if len(data) > max(_FEW, MAX_RATIO * packed):
                    raise ReadError(
                        f"unpacks to more than {MAX_RATIO} times its size ({name}), as a zip bomb"
                        " does; save it again with Word if it is none"
                    )
        return bytes(data)


def open_archive(data: bytes) -> Archive:
    """The archive of a Word file.

    Raises:
        ReadError: broken, or an archive of something else.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        names = set(archive.namelist())
    except _BROKEN as error:
        raise ReadError(f"is a broken zip archive and no Word file ({error})") from None
    if len(names) > MAX_PARTS:
        raise ReadError(f"holds {len(names)} parts, more than {MAX_PARTS}; no document does")
    if "[Content_Types].xml" not in names:
        raise ReadError("is a zip archive and no Word file; unpack it and give what is in it")
    for name, kind in _OTHER.items():
        if name in names:
            raise ReadError(f"is {kind} and no Word file; give .docx, .pdf, .html or text")
    return Archive(archive)


def local(name: str) -> str:
    """An XML name without its namespace, which differs between Word's two dialects.

    >>> local("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p")
    'p'
    """
    return name.rpartition("}")[2]


def child(element: ElementTree.Element | None, *path: str) -> ElementTree.Element | None:
    """The first element down a path of local names, None if there is none."""
    for name in path:
        if element is None:
            return None
        element = next((inner for inner in element if local(inner.tag) == name), None)
    return element


def value(element: ElementTree.Element | None, name: str = "val") -> str | None:
    """An attribute by its local name."""
    if element is None:
        return None
    return next((text for key, text in element.attrib.items() if local(key) == name), None)
