"""Which files are read, and what is known of each before it is opened."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import ReadError, SymbolError
from kg.read import MAX_BYTES
from kg.symbol import parse

# What a folder's files are taken for documents by; any file named on its own is tried.
DOCUMENT_SUFFIXES = frozenset(
    {".txt", ".md", ".text", "", ".html", ".htm", ".xhtml", ".docx", ".docm", ".pdf"}
)
# What a folder may say of its own files; ``kg fetch`` writes it.
MANIFEST = "manifest.csv"
STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One file to extract: where it is, what records call it, and what is known of it.

    ``data`` is what standard input held.
    """

    path: Path
    name: str
    symbol: str | None = None
    language: str | None = None
    encoding: str | None = None
    data: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A file of a folder that is no document, and why."""

    path: Path
    error: ReadError


def inputs_of(
    paths: Sequence[Path],
    *,
    symbol: str | None = None,
    manifest: Path | None = None,
    language: str | None = None,
    encoding: str | None = None,
) -> list[Task | PassedOver]:
    """The files of paths: files, folders (walked in sorted order) and "-" (standard input).

    Raises:
        SymbolError: ``symbol`` is no symbol, or is given for more than one file.
        ReadError: the manifest cannot be read.
    """
    given = parse(symbol).text if symbol is not None else None
    found = list(_tasks(paths, language, encoding, _listed(paths, manifest)))
    if given is None:
        return found
    if sum(isinstance(task, Task) for task in found) > 1:
        raise SymbolError(
            f"--symbol {given} names one document, but several are given; use --manifest"
        )
    return [replace(task, symbol=given) if isinstance(task, Task) else task for task in found]


def _listed(
    paths: Sequence[Path], manifest: Path | None
) -> dict[Path, tuple[str | None, str | None]]:
    """What the tables in the folders given say of their files, then what the manifest says."""
    own = [path / MANIFEST for path in paths if (path / MANIFEST).is_file()]
    found: dict[Path, tuple[str | None, str | None]] = {}
    for table in (*own, *([manifest] if manifest else [])):
        found |= {table.resolve(): (None, None)} | read_manifest(table)
    return found


def read_manifest(path: Path) -> dict[Path, tuple[str | None, str | None]]:
    """A CSV table with columns path, symbol, language → what it says of each file.

    Paths are relative to the table's folder.

    Raises:
        ReadError: the table is missing or lacks the column ``path``.
        SymbolError: a symbol in it is none (the text names the line).
    """
    found: dict[Path, tuple[str | None, str | None]] = {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if "path" not in (rows.fieldnames or ()):
                raise ReadError(f"{path}: has no column path; expected path, symbol, language")
            for row in rows:
                symbol = _listed_symbol(row.get("symbol"), path, rows.line_num)
                where = (path.parent / row["path"]).resolve()
                found[where] = (symbol, (row.get("language") or "").strip() or None)
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: cannot be read ({error}); give a CSV file in UTF-8") from error
    return found


def _listed_symbol(text: str | None, path: Path, line: int) -> str | None:
    try:
        return parse(text).text if text and text.strip() else None
    except SymbolError as error:
        raise SymbolError(f"{path}, line {line}: {error}") from error


def _tasks(
    paths: Sequence[Path],
    language: str | None,
    encoding: str | None,
    listed: dict[Path, tuple[str | None, str | None]],
) -> Iterator[Task | PassedOver]:
    for path, name in _files(paths):
        symbol, listed_language = listed.get(path.resolve(), (None, None))
        if name is None and path.resolve() in listed:
            continue
        if name is None:
            reason = f"is no kind of document that is read ({path.suffix}); name it alone to try"
            yield PassedOver(path=path, error=ReadError(f"{path}: {reason}"))
            continue
        yield Task(
            path=path,
            name=name,
            symbol=symbol,
            language=language or listed_language,
            encoding=encoding,
            data=sys.stdin.buffer.read(MAX_BYTES + 1) if path == STANDARD_INPUT else None,
        )


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str | None]]:
    """Files with the names records give them; a name of None marks one that is passed over."""
    for path in paths:
        if path != STANDARD_INPUT and path.is_dir():
            for file in _walk(path):
                wanted = file.suffix.lower() in DOCUMENT_SUFFIXES
                yield file, file.relative_to(path).as_posix() if wanted else None
        else:
            yield path, path.name


def _walk(folder: Path) -> Iterator[Path]:
    """The files below a folder in sorted order; hidden ones, links to folders, stores left out."""
    from kg.store.directory import is_store

    if is_store(folder):
        return
    for entry in sorted(os.scandir(folder), key=lambda entry: entry.name):
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            yield from _walk(Path(entry.path))
        else:
            yield Path(entry.path)
