"""Packed streams of a PDF: too much is refused before it is unpacked, whatever packs it."""

from __future__ import annotations

import pytest
from hostile_folder import deflated, pdf_blanks, pdf_page, pdf_text
from made import pdf_of

from kg.errors import ReadError
from kg.read.pdf import read_pdf
from kg.read.pdf_streams import MAX_STREAM, check_streams

MIB = 1024 * 1024


@pytest.mark.parametrize(
    "data",
    [
        pdf_blanks(MAX_STREAM // MIB + 1),
        pdf_blanks(MAX_STREAM // MIB + 1, times=2),
        pdf_text(MAX_STREAM // 16 + 1),
        pdf_page(deflated(b" " * MIB, 65), filters="/FlateDecode] /Length1 9 /X ["),
    ],
    ids=["blanks", "packed twice", "text", "a font"],
)
def test_a_bomb_is_refused_before_it_is_unpacked(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"unpacks to more than \d+ MiB"):
        read_pdf(data)


@pytest.mark.parametrize(
    "data",
    [
        pdf_blanks(MAX_STREAM // MIB - 1),
        pdf_page(deflated(b" " * MIB, 63), filters="/FlateDecode] /Length1 9 /X ["),
        pdf_page(deflated(b" " * MIB, 200), filters="/FlateDecode] /Subtype /Image /X ["),
        pdf_page(b"x\x9cnothing that was packed", filters="/FlateDecode"),
        pdf_page(deflated(b" " * MIB, 20)[:10_000]),
        pdf_of("The General Assembly,"),
        b"%PDF-1.7 stream\n",
        b"",
    ],
    ids=["blanks", "a font", "a picture", "no deflate", "cut", "good", "open", "empty"],
)
def test_what_a_document_may_hold_is_not_refused(data: bytes) -> None:
    check_streams(data)


def test_many_small_streams_are_passed_quickly(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> bool:
        raise AssertionError("a stream that cannot be large was unpacked")

    monkeypatch.setattr("kg.read.pdf_streams._longer", never)
    check_streams(pdf_page(deflated(b"(A/RES/70/1) Tj ", 100)) * 200)
