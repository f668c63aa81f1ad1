"""The document a person means by a path or a symbol: its record and its text."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import StoreError

if TYPE_CHECKING:
    from kg.reread import Held


def read_of(path: Path, *, language: str | None = None) -> Held:
    """What is read from a file.

    Raises:
        ReadError, LanguageError: as for ``kg.pipeline.extract_paths``.
    """
    from kg.pipeline import extract_paths
    from kg.reread import Held

    (outcome,) = extract_paths([path], language=language)
    if outcome.record is None:
        raise outcome.error or StoreError(f"{path}: cannot be read")
    return Held(record=outcome.record, text=outcome.text, gaps=())


def held_of(
    store: Path, name: str, *, language: str | None = None, files: Path | None = None
) -> Held:
    """What a store holds of a document; with ``files`` the whole text, if the file is there.

    Raises:
        StoreError: the store does not hold the document, or not in that language.
    """
    from kg.holdings import graphs_of
    from kg.reread import held, with_file
    from kg.store import Store

    with Store.open(store, read_only=True) as opened:
        found = held(opened, graphs_of(opened, name, language=language)[0])
    return with_file(found, files or Path())
