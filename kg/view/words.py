"""The words of the pages in the six languages of the United Nations, read from one table."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from kg.errors import ViewError

LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
TEMPLATES = Path(__file__).parent / "templates"


@cache
def words(language: str) -> dict[str, str]:
    """All words of the pages in one language, by key.

    Raises:
        ViewError: the pages have no words in that language.

    >>> words("es")["kind_resolution"]
    'Resolución'
    """
    if language not in LANGUAGES:
        raise ViewError(
            f"a page cannot be written in {language[:20]!r}: choose one of {', '.join(LANGUAGES)}"
        )
    table = tomllib.loads((TEMPLATES / "words.toml").read_text(encoding="utf-8"))
    return {key: row[language] for key, row in table.items()}
