"""Whose document it is, told by its heading's number and the organ that speaks."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.read import read_bytes

BODY = {
    "en": "Recalling its resolution 1/1,\n\n1. Decides to dig wells.\n",
    "fr": "Rappelant sa résolution 1/1,\n\n1. Décide de creuser des puits.\n",
    "zh": "回顾其决议，\n\n1. 决定打井。\n",
}


@pytest.mark.parametrize(
    ("language", "heading", "opening", "symbol"),
    [
        ("en", "45/15. Wells for all", "The Human Rights Council,", "A/HRC/RES/45/15"),
        ("en", "S-35/1. Wells for all", "The Human Rights Council,", "A/HRC/RES/S-35/1"),
        ("en", "70/1. Wells for all", "The General Assembly,", "A/RES/70/1"),
        ("en", "57/270 B. Wells for all", "The General Assembly,", "A/RES/57/270B"),
        ("en", "1514 (XV). Wells for all", "The General Assembly,", "A/RES/1514(XV)"),
        ("en", "2023/14. Wells for all", "The Economic and Social Council,", "E/RES/2023/14"),
        ("en", "Resolution 2178 (2014)", "The Security Council,", "S/RES/2178(2014)"),
        ("fr", "## 70/1. Des puits pour tous", "## L'Assemblée générale ,", "A/RES/70/1"),
        ("fr", "Résolution 2178 (2014)", "Le Conseil de sécurité,", "S/RES/2178(2014)"),
        ("zh", "70/1. 变革我们的水井", "大会，", "A/RES/70/1"),
        ("zh", "第2178(2014)号决议", "安全理事会，", "S/RES/2178(2014)"),
    ],
)
def test_a_heading_tells_the_symbol(language: str, heading: str, opening: str, symbol: str) -> None:
    text = f"{heading}\n\n{opening}\n\n{BODY[language]}"
    document = extract(read_bytes(text.encode(), name=f"x.{language}.txt")).document
    assert (document.symbol, document.symbol_from) == (symbol, "heading")


@pytest.mark.parametrize(
    "text",
    [
        f"2023/14. Wells\n\nThe General Assembly,\n\n{BODY['en']}",
        f"70/1. Wells\n\n70/2. Springs\n\nThe General Assembly,\n\n{BODY['en']}",
        "70/1. Wells\n\n1. The Committee considered the item.\n",
    ],
    ids=["another organ's number", "two numbers", "nobody speaks"],
)
def test_a_heading_that_tells_nothing_gives_none(text: str) -> None:
    assert extract(read_bytes(text.encode(), name="x.en.txt")).document.symbol is None
