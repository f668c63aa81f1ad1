"""Hyphens at line ends: the document proves which belong to the word."""

from __future__ import annotations

import pytest

from kg.languages import load_language
from kg.lines import blocks_of

BODY = (
    "The General Assembly,\n\n"
    "Recalling the inter-\nnational law of wells, and the situation in Timor-\nLeste and in the\n"
    "counter-\nflood regions, where international organizations take counter-flood measures\n"
    "of a long-\nlasting kind,\n"
)


@pytest.mark.parametrize(
    "words", ["the international law", "Timor-Leste and", "the counter-flood regions"]
)
def test_a_word_is_put_together_as_the_document_prints_it(words: str) -> None:
    blocks = [line.text.replace("\n", " ") for line in blocks_of(BODY, load_language("en"))]
    assert any(words in block for block in blocks), blocks
