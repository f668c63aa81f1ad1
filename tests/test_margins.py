"""Notes whose numbers stand apart from their texts, as converters of PDF files print them."""

from __future__ import annotations

import pytest

from kg.languages import load_language
from kg.model import Source
from kg.segment import segment

BODY = """The General Assembly,
Recalling the Pact on Wells, 1 and its annex, 2
{notes}
\fconvinced that wells are deep,
1. Requests the Secretary-General to report on wells.
"""


@pytest.mark.parametrize(
    "notes",
    [
        "__________________\n1\nResolution 70/1.\n2\nResolution 70/2.",
        "__________________\n1\n2\n\nResolution 70/1.\nResolution 70/2.",
        "__________________\nResolution 70/1.\nResolution 70/2.\n1\n2",
    ],
)
def test_numbers_find_their_notes(notes: str) -> None:
    source = Source(name="a", text=BODY.format(notes=notes), sha256="", language="en")
    outline = segment(source, load_language("en"))
    found = [(note.number, note.stretch.text) for note in outline.footnotes]
    assert found == [(1, "Resolution 70/1."), (2, "Resolution 70/2.")]
