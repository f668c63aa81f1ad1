"""PDF with pypdfium2: characters with their places become printed lines and pages.

pypdfium2 (Apache-2.0/BSD, wheels for every platform) is twenty times quicker than pdfplumber
and gives right-to-left text in reading order. Its own text puts a line end behind every raised
marker and drops none of the running heads, so lines are made here from places.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any

from kg.errors import ReadError
from kg.read.content import Content
from kg.read.glyphs import Glyph
from kg.read.pdf_streams import check_streams
from kg.read.printed import Page, page_of, text_of

MAX_PAGES = 3_000
MAX_SIGNS = 200_000
# Fewer letters a page than this are a stamp on a scan, not the text of a document.
_FEWEST_LETTERS = 10
_OCR = "run it through OCR first (for instance ocrmypdf) or give a text file"
# What PDFium writes for a hyphen at a line end.
_HYPHENS = {"\x02": "-", "\ufffe": "-", "\xad": "-"}


def read_pdf(data: bytes, encoding: str | None = None) -> Content:
    """The text of a PDF, a form feed between pages.

    Raises:
        ReadError: encrypted, broken, without text, too long, or packed to unpack too much.
    """
    check_streams(data)
    document = _opened(data)
    try:
        if len(document) > MAX_PAGES:
            raise ReadError(f"has {len(document)} pages, more than {MAX_PAGES}; split it")
        pages = [_page(document, number) for number in range(len(document))]
    finally:
        document.close()
    _check(pages)
    text, starts = text_of(pages)
    return Content(text=text, encoding="pdf", pages=starts, notes=_empty_pages(pages))


def _opened(data: bytes) -> Any:
    import pypdfium2

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise ReadError(
                "is an encrypted PDF that opens only with a password; save it without one"
            ) from None
        raise ReadError(f"is a broken PDF ({error}); get it again") from None


def _page(document: Any, number: int) -> Page:
    import pypdfium2

    try:
        page = document[number]
        try:
            textpage = page.get_textpage()
            glyphs = tuple(_glyphs(textpage.raw))
            textpage.close()
            return page_of(glyphs, height=page.get_height())
        finally:
            page.close()
    except pypdfium2.PdfiumError as error:
        raise ReadError(f"is a broken PDF (page {number + 1}: {error}); get it again") from None


def _glyphs(raw: Any) -> Iterator[Glyph]:
    import pypdfium2.raw as pdfium

    x, y, box = ctypes.c_double(), ctypes.c_double(), pdfium.FS_RECTF()
    count = pdfium.FPDFText_CountChars(raw)
    if count > MAX_SIGNS:
        raise ReadError(f"has {count} characters on one page, more than any document; left out")
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        sign = chr(code) if code < 0x110000 else "\ufffd"
        if 0xD800 <= code < 0xE000:
            sign = _pair(raw, index, code) if code < 0xDC00 else ""
        if not sign or sign == "\r":
            continue
        pdfium.FPDFText_GetCharOrigin(raw, index, x, y)
        pdfium.FPDFText_GetLooseCharBox(raw, index, box)
        made = pdfium.FPDFText_IsGenerated(raw, index) == 1
        sign = _HYPHENS.get(sign, sign)
        if sign.isspace() or sign.isprintable() or sign == "\u200f":
            size = box.top - box.bottom
            yield Glyph(sign, box.left, box.right, y.value, size, made)
        else:
            yield Glyph("\ufffd", box.left, box.right, y.value, box.top - box.bottom, made)


def _pair(raw: Any, index: int, high: int) -> str:
    """A character outside the basic plane, which PDFium gives in two halves."""
    import pypdfium2.raw as pdfium

    low = pdfium.FPDFText_GetUnicode(raw, index + 1)
    if not 0xDC00 <= low < 0xE000:
        return "\ufffd"
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)


def _letters(page: Page) -> int:
    return sum(sign.isalnum() for line in page.lines for sign in line.text)


def _check(pages: list[Page]) -> None:
    """Refuse a file whose pages are pictures, or whose fonts hide what they show.

    Raises:
        ReadError: there is no text to read.
    """
    if sum(map(_letters, pages)) < _FEWEST_LETTERS * max(len(pages), 1):
        raise ReadError(f"is a PDF that holds no text (scanned pages?); {_OCR}")
    signs = "".join(line.text for page in pages for line in page.lines)
    hidden = sum(sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" for sign in signs)
    if hidden > len(signs) // 5:
        raise ReadError(f"is a PDF whose fonts do not say which letters they show; {_OCR}")


def _empty_pages(pages: list[Page]) -> tuple[str, ...]:
    empty = [str(number) for number, page in enumerate(pages, 1) if not _letters(page)]
    if not empty:
        return ()
    return (f"holds no text on page {', '.join(empty)}; if that is a scan, {_OCR}",)
