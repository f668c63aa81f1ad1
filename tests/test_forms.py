"""One document as different typists and converters set it: its facts stay the same."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sample_text import record

SAMPLES = Path(__file__).resolve().parents[1] / "kg" / "samples"
CHINESE = SAMPLES / "A_98_447.zh.txt"
ENGLISH = SAMPLES / "A_97_512.en.txt"
FRENCH = SAMPLES / "languages" / "A_98_388.fr.txt"
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_HYPHENS = str.maketrans("‐’", "-'")
_PLACES = {"start", "end", "spans", "marker", "quote", "name", "evidence", "sha256", "source"}


def _facts(value: Any) -> Any:
    """A record without its places, and its printed words without spaces and quotation marks."""
    if isinstance(value, dict):
        return {key: _facts(member) for key, member in value.items() if key not in _PLACES}
    if isinstance(value, list):
        return [_facts(member) for member in value]
    if not isinstance(value, str):
        return value
    return re.sub(r"[\s“”\"\u00ad]", "", unicodedata.normalize("NFKC", value)).translate(_HYPHENS)


def _wrapped(text: str, width: int) -> str:
    """Each line cut at a width, never inside a word or number nor before a stop or marker."""
    lines = []
    for line in text.split("\n"):
        at = 0
        for found in re.finditer(r"[!-~]+|.", line):
            if found.end() - at > width and found[0] not in "，。；、）》”：¹²³⁴⁵⁶⁷⁸⁹⁰ ":
                lines.append(line[at : found.start()])
                at = found.start()
        lines.append(line[at:])
    return "\n".join(lines)


def _paired(text: str) -> str:
    return text.translate(str.maketrans("“”’", '""\''))


_TIGHT = re.compile("(?<=[\u4e00-\u9fff，。；、（）《》“”¹²³⁴]) | (?=[\u4e00-\u9fff（《“])")
_FORMS: list[tuple[str, Callable[[str], str]]] = [
    ("no space beside Chinese characters", lambda text: _TIGHT.sub("", text)),
    ("wide digits", lambda text: re.sub(r"\d+", lambda m: m[0].translate(_WIDE), text)),
    ("wide parentheses", lambda text: re.sub(r"\(([^()#\n]*)\)", r"（\1）", text)),
    ("straight quotation marks", _paired),
    ("narrow commas", lambda text: text.translate(str.maketrans("，", ","))),
    ("ideographic spaces", lambda text: re.sub(r"(?<=\S) (?=\S)", "\u3000", text)),
    ("lines of a page", lambda text: _wrapped(text, 38)),
]


@pytest.mark.parametrize("form", [form for _, form in _FORMS], ids=[name for name, _ in _FORMS])
def test_a_chinese_report_says_the_same(form: Callable[[str], str]) -> None:
    text = CHINESE.read_text(encoding="utf-8")
    assert form(text) != text
    assert _facts(record(form(text), "zh")) == _facts(record(text, "zh"))


@pytest.mark.parametrize(
    "form",
    [
        lambda text: re.sub(r"(?<=\S) (?=\S)", "\u00a0", text),
        lambda text: re.sub(r"(?<=[a-z]{4})(?=[a-z]{4})", "\u00ad", text),
        lambda text: text.replace("\n", "  \n"),
        lambda text: re.sub(r"(?<=\w)-(?=\w)", "\u2011", text),
        lambda text: text.translate(str.maketrans("’", "'")),
    ],
    ids=["hard spaces", "soft hyphens", "trailing spaces", "hard hyphens", "straight apostrophes"],
)
def test_an_english_report_says_the_same(form: Callable[[str], str]) -> None:
    text = ENGLISH.read_text(encoding="utf-8")
    assert form(text) != text
    assert _facts(record(form(text))) == _facts(record(text))


@pytest.mark.parametrize(
    "form",
    [
        lambda text: unicodedata.normalize("NFD", text),
        lambda text: re.sub(r"(?m)^((?:\d+\. )?)(\w+) ", r"\1_\2_ ", text),
        lambda text: re.sub(r"(?m)^(\d+)\. ", r"\1\\. ", text),
    ],
    ids=["accents apart", "words underlined", "stops escaped"],
)
def test_a_french_report_says_the_same(form: Callable[[str], str]) -> None:
    text = FRENCH.read_text(encoding="utf-8")
    assert form(text) != text
    assert _facts(record(form(text), "fr")) == _facts(record(text, "fr"))
