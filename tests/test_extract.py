"""Whole documents: what is printed becomes a record whose every quotation is in the source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.demo import sample_paths
from kg.errors import SymbolError
from kg.extract import extract
from kg.model import Record
from kg.read import read, read_bytes
from kg.record import as_data, as_line

REPORT = Path(__file__).parents[2] / "shared" / "corpus" / "zh" / "A_72_440.zh.txt"


PIECES = [
    "大会，", "1. 请秘书长", "第 70/1 号决议", "《规则》", "¹", "¹ 同上。", "\n", "\n\n", "，",
    "。", "决议草案一", "及其各项议定书、¹", "2133 (2014)", "**", "[A/72/1](#)", "其", "\f",
    "委员会收到了法国提出的题为“水”的决议草案(A/C.3/72/L.9)", "以 1 票对 2 票、3 票弃权",
    "21. 第三委员会还建议大会通过以下决定草案：", "3 联合国，《条约汇编》，第 1 卷，第 2 号",
]  # fmt: skip


def quoted(record: Record) -> Iterator[dict[str, Any]]:
    """Everything in a record that quotes the source."""
    data = as_data(record)
    for text in data["texts"]:
        for paragraph in text["paragraphs"]:
            for kind in ("citations", "instruments", "requests"):
                yield from paragraph[kind]
    for proposal in data["proposals"]:
        yield from proposal["evidence"]
    yield from ({**item, "quote": item["text"]} for item in data["unresolved"])


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.name)
def test_every_quotation_of_a_sample_stands_where_it_says(path: Path) -> None:
    source = read(path)
    found = list(quoted(extract(source)))
    assert len(found) > 40
    assert all(source.text[item["start"] : item["end"]] == item["quote"] for item in found)


@pytest.mark.parametrize("path", sample_paths(), ids=lambda path: path.name)
def test_a_record_is_the_same_every_time(path: Path) -> None:
    assert as_line(extract(read(path))) == as_line(extract(read(path)))


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=40,
    )
)
def test_any_order_of_the_pieces_gives_a_record_that_quotes_truly(pieces: list[str]) -> None:
    text = "".join(pieces) + "大会决议"
    source = read_bytes(text.encode(), name="x.zh.txt")
    for item in quoted(extract(source)):
        assert source.text[item["start"] : item["end"]] == item["quote"]


def test_a_symbol_given_is_checked_and_used() -> None:
    source = read_bytes("大会，\n\n回顾 A/72/440，\n".encode(), name="x.zh.txt")
    record = extract(source, symbol="A/72/440")
    assert record.document.symbol == "A/72/440" and record.document.symbol_from == "option"
    assert not any(p.citations for t in record.texts for p in t.paragraphs)
    with pytest.raises(SymbolError):
        extract(source, symbol="no symbol")


def test_a_misprinted_marker_is_followed_and_doubted() -> None:
    text = (
        "大会，\n\n重申《儿童权利公约》¹ 和《武器贸易条约》，²\n\n"
        "1. 促请会员国加入《儿童权利公约》；²\n\n"
        "¹ 联合国，《条约汇编》，第 1577 卷，第 27531 号。\n\n² 见 67/234B 号决议。\n"
    )
    record = extract(read_bytes(text.encode(), name="x.zh.txt"))
    operative = record.texts[-1].paragraphs[-1]
    assert [(c.target, c.via, c.doubt) for c in operative.citations] == [
        ("A/RES/67/234B", "footnote", "marker")
    ]
    assert [(i.target, i.via) for i in operative.instruments] == [("crc", "text")]


def test_ibid_repeats_and_a_collective_shares_its_note() -> None:
    text = (
        "大会，\n\n重申《联合国打击跨国有组织犯罪公约》及其各项议定书、¹ 《儿童权利公约》²\n\n"
        "¹ 联合国，《条约汇编》，第 2225、2237、2241 和 2326 卷，第 39574 号。\n\n"
        "² 同上，第 1577 卷，第 27531 号。\n"
    )
    record = extract(read_bytes(text.encode(), name="x.zh.txt"))
    found = {
        i.target: [u.volume for u in i.unts]
        for p in record.texts[-1].paragraphs
        for i in p.instruments
    }
    assert found == {"untoc": [2225], "untoc-protocols": [2237, 2241, 2326], "crc": [1577]}


@pytest.mark.skipif(not REPORT.is_file(), reason="needs the corpus at ../shared/corpus")
def test_the_report_in_every_encoding_gives_one_record() -> None:
    text = REPORT.read_text(encoding="utf-8")
    lines = {
        as_line(extract(read_bytes(text.encode(name), name="a.zh.txt")))
        for name in ("utf-8", "utf-8-sig", "gb18030", "utf-16")
    }
    assert len(lines) == 1
