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

MAX_PART = 200 * 1024 * 1024
_OTHER = {"xl/workbook.xml": "an Excel file", "ppt/presentation.xml": "a PowerPoint file"}
# What the standard library raises on an archive whose fields have been tampered with.
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError,
    OverflowError, RuntimeError,
)  # fmt: skip
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))


@dataclass(frozen=True, slots=True)
class Archive:
    """The zip archive of a Word file."""

    file: zipfile.ZipFile

    def part(self, name: str) -> ElementTree.Element | None:
        """A part's XML, None if the archive has no such part.

        Raises:
            ReadError: too large, cut, or no XML.
        """
        try:
            with self.file.open(name) as part:
                data = part.read(MAX_PART + 1)
        except KeyError:
            return None
        except NotImplementedError:
            raise ReadError(
                f"is a Word file packed in an unknown way ({name}); save it again"
            ) from None
        except _BROKEN as error:
            raise ReadError(f"is a broken Word file ({name}: {error}); get it again") from None
        if len(data) > MAX_PART:
            raise ReadError(
                f"unpacks to more than {MAX_PART // 2**20} MiB ({name}); is it a zip bomb?"
            )
        if any(doctype in data for doctype in _DOCTYPES):
            raise ReadError(f"holds XML with a document type ({name}), which Word never writes")
        try:
            return ElementTree.fromstring(data)
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise ReadError(f"is a broken Word file ({name}: {error}); get it again") from None


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
