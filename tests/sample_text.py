"""Records read from a few words of our own: what a test gives a file for."""

from __future__ import annotations

import hashlib
from typing import Any

from kg.extract import extract
from kg.model import Source
from kg.record import as_data


def record(text: str, language: str = "en", name: str = "sentence") -> dict[str, Any]:
    """The record of a text as JSON data; ``name`` is the file's stem."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    source = Source(
        name=f"{name}.{language}.txt", text=text + "\n", sha256=digest, language=language
    )
    data: dict[str, Any] = as_data(extract(source))
    return data
