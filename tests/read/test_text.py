"""Every encoding the UN's texts come in gives the same Source; what is no text says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import LanguageError, ReadError
from kg.read import read, read_bytes

TEXT = "大会，\n\n回顾其 2015 年 12 月 17 日第 70/175 号决议，\n\n1. 请秘书长提交报告。\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-16-le"])
def test_one_text_in_many_encodings_is_one_source(encoding: str) -> None:
    source = read_bytes(TEXT.encode(encoding), name="a.txt")
    assert source.text == TEXT
    assert source.language == "zh"
    assert source.sha256 == read_bytes(TEXT.encode(), name="b.txt").sha256


def test_line_ends_are_folded() -> None:
    assert read_bytes(TEXT.replace("\n", "\r\n").encode(), name="a.txt").text == TEXT


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \n\n ", "empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"PK\x03\x04rest", "Word"),
        (bytes(range(256)) * 8, "binary|neither"),
        (b"\xff\xfe\x00", "broken|cut"),
        ("naïve café à l'été".encode("latin-1") * 9, "neither UTF-8"),
    ],
)
def test_what_is_no_text_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read_bytes(data, name="a.txt")


def test_a_wrong_encoding_asked_for_is_named() -> None:
    with pytest.raises(ReadError, match="utf-16"):
        read_bytes("大会".encode() + b"x", name="a.txt", encoding="utf-16")
    with pytest.raises(ReadError, match="no such encoding"):
        read_bytes(b"x", name="a.txt", encoding="no-such")


def test_a_language_without_words_is_refused() -> None:
    with pytest.raises(LanguageError, match="--language"):
        read_bytes(b"1234 5678 90", name="a.txt")


def test_missing_files_and_folders(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="does not exist"):
        read(tmp_path / "none.txt")
    with pytest.raises(ReadError, match="no regular file"):
        read(tmp_path)


def test_the_name_may_declare_the_language() -> None:
    assert read_bytes(b"1. 70/1", name="x.en.txt").language == "en"
