"""One document in every format gives one record; what cannot be read says why and what next."""

from __future__ import annotations

import contextlib
import io
import random
import re
import zipfile
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ReadError
from kg.extract import extract
from kg.read import content_of, read, read_bytes
from kg.record import as_data

Makers = dict[str, Any]
# What depends on where the words stand and not on what they say.
_PLACES = frozenset({"start", "end", "spans", "marker", "sha256", "source", "pages", "quote"})


def facts(value: Any) -> Any:
    """A record without offsets."""
    if isinstance(value, dict):
        return {key: facts(item) for key, item in value.items() if key not in _PLACES}
    if isinstance(value, list):
        return [facts(item) for item in value]
    return " ".join(value.split()) if isinstance(value, str) else value


def record(data: bytes, name: str) -> Any:
    return facts(as_data(extract(read_bytes(data, name=name))))


def quotes(value: Any) -> list[tuple[str, int, int]]:
    """All quotations of a record with their offsets."""
    if isinstance(value, list):
        return [found for item in value for found in quotes(item)]
    if not isinstance(value, dict):
        return []
    own = [(value["quote"], value["start"], value["end"])] if "quote" in value else []
    return own + [found for item in value.values() for found in quotes(item)]


@pytest.mark.parametrize("format", ["docx", "html"])
def test_the_samples_give_the_same_record_in_every_format(
    format: str, samples: tuple[Path, ...], makers: Makers
) -> None:
    for path in samples:
        text = path.read_text(encoding="utf-8")
        assert record(makers[format](text), path.name) == record(text.encode(), path.name)


def test_the_samples_give_the_same_record_as_pdf(samples: tuple[Path, ...], makers: Makers) -> None:
    for path, font in zip(samples, ("Times-Roman", "STSong-Light"), strict=True):
        text = path.read_text(encoding="utf-8")
        pdf = makers["pdf"](text, font=font)
        assert record(pdf, path.name) == record(text.encode(), path.name)


@pytest.mark.parametrize("format", ["docx", "html", "pdf"])
def test_every_quotation_stands_in_the_text_that_is_printed(
    format: str, samples: tuple[Path, ...], makers: Makers
) -> None:
    data = makers[format](samples[0].read_text(encoding="utf-8"))
    text = content_of(data).text
    found = quotes(as_data(extract(read_bytes(data, name=samples[0].name))))
    assert len(found) > 50
    assert all(text[start:end] == quote for quote, start, end in found)


@pytest.mark.parametrize(
    "name", ["zh/A_72_440.zh.txt", "en_fr/A_RES_76_175.en.txt", "en_fr/A_HRC_RES_45_15.en.txt"]
)
def test_corpus_texts_give_the_same_record_as_word_files(
    name: str, corpus: Path, makers: Makers
) -> None:
    source = read(corpus / name)
    data = makers["docx"](source.text)
    assert record(data, source.name) == record(source.text.encode(), source.name)


def test_a_chinese_report_gives_the_same_record_as_pdf(corpus: Path, makers: Makers) -> None:
    source = read(corpus / "zh" / "A_72_440.zh.txt")
    pdf = makers["pdf"](source.text, font="STSong-Light")
    assert record(pdf, source.name) == record(source.text.encode(), source.name)


@pytest.mark.parametrize(
    ("name", "markers", "notes"), [("A_RES_73_3-EN.pdf", 7, 7), ("A_RES_73_6-EN.pdf", 8, 6)]
)
def test_official_pdf_files(name: str, markers: int, notes: int, corpus: Path) -> None:
    """Markers were counted by eye; two of them lead back to a note printed before."""
    source = read(corpus / "pdf" / name)
    body = re.sub(r"(?m)^[⁰¹²³⁴-⁹]+ .*$", "", source.text)
    assert len(re.findall(r"[⁰¹²³⁴-⁹]+", body)) == markers
    assert len(re.findall(r"(?m)^[⁰¹²³⁴-⁹]+ \S", source.text)) == notes
    made = extract(source)
    again = extract(read_bytes(source.text.encode(), name=name.replace(".pdf", ".txt")))
    assert facts(as_data(made)) == facts(as_data(again))
    assert made.pages == source.pages


def test_pages_lead_from_a_place_to_its_page(makers: Makers, samples: tuple[Path, ...]) -> None:
    text = samples[0].read_text(encoding="utf-8")
    source = read_bytes(makers["pdf"](text), name="a.pdf", language="en")
    assert source.pages[0] == 0 and len(source.pages) > 1
    assert list(source.pages) == sorted(set(source.pages))
    assert read_bytes(text.encode(), name="a.txt").pages == ()
    assert "pages" in as_data(extract(source))
    assert "pages" not in as_data(extract(read_bytes(text.encode(), name="a.txt")))


def test_running_heads_of_later_pages_are_left_out(
    makers: Makers, samples: tuple[Path, ...]
) -> None:
    text = samples[0].read_text(encoding="utf-8")
    head = text.strip().split("\n")[0]
    printed = content_of(makers["pdf"](text)).text
    assert printed.count(head) == text.count(head)
    assert not re.search(r"\d/99", printed)


def zipped(**parts: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def picture_pdf() -> bytes:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(3):
        canvas.rect(50, 50, 300, 300, fill=1)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


TYPES = {"[Content_Types].xml": b"<Types/>"}
BAD = {
    "scanned": (picture_pdf, "holds no text.*OCR"),
    "cut pdf": (lambda: b"%PDF-1.7 and nothing more", "broken PDF"),
    "zip": (lambda: zipped(**{"a.txt": b"x"}), "zip archive and no Word file"),
    "excel": (lambda: zipped(**TYPES, **{"xl/workbook.xml": b"<x/>"}), "Excel"),
    "no body": (lambda: zipped(**TYPES), "no word/document.xml"),
    "bad xml": (
        lambda: zipped(**TYPES, **{"word/document.xml": b"<w:document><w:body>"}),
        "broken Word file",
    ),
    "entities": (
        lambda: zipped(
            **TYPES,
            **{"word/document.xml": b'<!DOCTYPE d [<!ENTITY a "aaaa">]><d><body>&a;</body></d>'},
        ),
        "document type",
    ),
    "deep": (
        lambda: zipped(
            **TYPES,
            **{"word/document.xml": b"<d><body>" + b"<x>" * 5000 + b"</x>" * 5000 + b"</body></d>"},
        ),
        "nested too deeply",
    ),
    "cut zip": (lambda: b"PK\x03\x04rest", "no Word file"),
    "old word": (lambda: b"\xd0\xcf\x11\xe0" + bytes(600), r"old Word file \(.doc\).*docx"),
    "encrypted word": (
        lambda: b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted Word file",
    ),
    "rtf": (lambda: b"{\\rtf1 x}", "RTF.*docx"),
    "wordperfect": (lambda: b"\xffWPC rest", "WordPerfect"),
    "image": (lambda: b"\x89PNG\r\n\x1a\n", "PNG image.*OCR"),
    "empty html": (lambda: b"<html><body><script>x</script></body></html>", "empty"),
}


@pytest.mark.parametrize("kind", BAD)
def test_what_cannot_be_read_says_why(kind: str) -> None:
    make, reason = BAD[kind]
    with pytest.raises(ReadError, match=reason):
        content_of(make())


def test_an_encrypted_pdf_is_named(makers: Makers) -> None:
    with pytest.raises(ReadError, match=r"encrypted PDF.*password"):
        content_of(makers["pdf"]("The General Assembly,\n1. Decides.", password="secret"))


def test_a_zip_bomb_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.read.archive.MAX_UNPACKED", 1000)
    data = zipped(**TYPES, **{"word/document.xml": b"<d>" + b" " * 5000 + b"</d>"})
    with pytest.raises(ReadError, match="zip bomb"):
        content_of(data)


def test_the_bytes_decide_and_not_the_name(makers: Makers) -> None:
    text = "The General Assembly,\nRecalling its resolution 98/3 on the reading rooms of villages,"
    for format in ("docx", "html", "pdf"):
        source = read_bytes(makers[format](text), name="named.txt")
        assert "resolution 98/3" in source.text
    assert content_of(b"1 < 2 and <sup> stays in a text file").text.endswith("text file")


def test_a_page_without_text_among_others_is_noted(makers: Makers) -> None:
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "The General Assembly, Recalling its resolution 98/3 of 1 May 2043,")
    canvas.showPage()
    canvas.rect(50, 50, 300, 300, fill=1)
    canvas.showPage()
    canvas.save()
    source = read_bytes(out.getvalue(), name="a.pdf")
    assert "page 2" in source.notes[0] and "OCR" in source.notes[0]


@pytest.mark.parametrize("format", ["docx", "pdf", "html"])
def test_damaged_files_are_read_or_refused(format: str, makers: Makers) -> None:
    chance = random.Random(7)
    whole = makers[format]("The General Assembly,\nRecalling its resolution 98/3,\n1. Decides.")
    for _ in range(60):
        data = bytearray(whole)
        for _ in range(chance.choice((1, 5, 50))):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with contextlib.suppress(ReadError):
            content_of(bytes(data[: chance.randrange(1, len(data) + 1)]))
            content_of(bytes(data))


@pytest.mark.parametrize("name", ["report.docx", "report.pdf"])
def test_plain_text_under_a_binary_name_is_reported(name: str) -> None:
    with pytest.raises(ReadError, match=r"is named \.(?:docx|pdf) but is no such file"):
        read_bytes(b"The General Assembly,\n", name=name)
