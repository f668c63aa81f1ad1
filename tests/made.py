"""One text in the formats that documents come in: the same words, raised digits raised."""

from __future__ import annotations

import html
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(RAISED, "0123456789")


def runs_of(line: str) -> list[tuple[str, bool]]:
    """A line in runs, each with whether it is raised."""
    parts = re.split(f"([{RAISED}]+)", line)
    return [(part.translate(_PLAIN), number % 2 == 1) for number, part in enumerate(parts) if part]


def docx_of(text: str) -> bytes:
    import docx

    document = docx.Document()
    for line in re.sub(r"[\x00-\x08\x0b-\x1f]", "", text.replace("\f", "\n\n")).split("\n"):
        paragraph = document.add_paragraph()
        for words, high in runs_of(line.strip()):
            paragraph.add_run(words).font.superscript = high or None
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def html_of(text: str) -> bytes:
    lines = []
    for line in re.split(r"[\n\f]", text):
        if line.strip():
            parts = ((html.escape(words), high) for words, high in runs_of(line))
            words = "".join(f"<sup>{part}</sup>" if high else part for part, high in parts)
            lines.append(f"<p>{words}</p>")
    page = "\n".join(lines)
    return f'<!doctype html><html><meta charset="utf-8"><body>{page}</body></html>'.encode()


def lines_of(paragraph: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """A paragraph broken at a page's width: between words, or anywhere in Chinese."""
    lines = [""]
    for part in re.findall(r"[^\u2e80-\uffff\s]+\s*|[\u2e80-\uffff]\s*", paragraph.strip()):
        if measure(lines[-1] + part.rstrip()) > width and part[0] not in RAISED + "，。；：、”》）":
            lines.append("")
        lines[-1] += part
    return [line.strip() for line in lines]


def pdf_of(text: str, *, font: str = "Times-Roman", password: str | None = None) -> bytes:
    """Pages of lines 12 points apart, paragraphs 18, with raised digits and running heads."""
    from reportlab.lib.pagesizes import letter
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfgen.canvas import Canvas

    if font.startswith("STSong"):
        pdfmetrics.registerFont(UnicodeCIDFont(font))

    def measure(words: str) -> float:
        return float(
            sum(pdfmetrics.stringWidth(w, font, 6.5 if high else 10) for w, high in runs_of(words))
        )

    out = io.BytesIO()
    canvas = Canvas(out, pagesize=letter, encrypt=password)
    head, y, page = text.strip().split("\n")[0], 694.0, 1
    text = re.sub(r"[\u2000-\u200b\u00a0\t]", " ", text).replace("\u2011", "-")
    for paragraph in filter(str.strip, re.split(r"[\n\f]", text)):
        y -= 6
        for line in lines_of(paragraph, 440, measure):
            if y < 90:
                canvas.setFont(font, 8.5)
                canvas.drawString(500, 40, f"{page}/99")
                canvas.showPage()
                page, y = page + 1, 694.0
                canvas.setFont(font, 8.5)
                canvas.drawString(72, 733, head)
            x = 72.0
            for words, high in runs_of(line):
                size = 6.5 if high else 10.0
                canvas.setFont(font, size)
                canvas.drawString(x, y + (4.0 if high else 0.0), words)
                x += pdfmetrics.stringWidth(words, font, size)
            y -= 12
    canvas.save()
    return out.getvalue()


def script_of(text: str) -> str:
    """The script most letters of a text are in, as the names of characters tell it."""
    names = (unicodedata.name(sign, "").split(" ")[0] for sign in text[:4000] if sign.isalpha())
    return Counter(names).most_common(1)[0][0]
