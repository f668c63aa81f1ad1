"""The document a person means by a path or a symbol: its record and its text."""

from __future__ import annotations

from collections.abc import Iterator
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
        graph = graphs_of(opened, name, language=language)[0]
        found = held(opened, graph)
    if found.text and not found.gaps:
        return found
    for folder in (files, *_built_from(store, graph, found.record.source)):
        whole = with_file(found, folder) if folder else found
        if not whole.gaps:
            return whole
    return found


def _built_from(store: Path, graph: str, source: str) -> Iterator[Path]:
    """The folders in which the file that filled a graph was, as the store remembers."""
    from kg.ledger import FILE, Ledger

    yield Path()
    if not (store / FILE).is_file():
        return
    with Ledger(store) as ledger:
        entry = ledger.filler(graph)
    if entry is not None and len(Path(entry.path).parents) >= len(Path(source).parts):
        yield Path(entry.path).parents[len(Path(source).parts) - 1]
