"""Which files are read, and what is known of each before it is opened."""

from __future__ import annotations

import csv
import io
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg.errors import ReadError, SymbolError, UnkgError
from kg.files import MAX_BYTES, bytes_of
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
    listed, broken = _listed(paths, manifest)
    found = [*broken, *_tasks(paths, language, encoding, listed)]
    if given is None:
        return found
    if sum(isinstance(task, Task) for task in found) > 1:
        raise SymbolError(
            f"--symbol {given} names one document, but several are given; use --manifest"
        )
    return [replace(task, symbol=given) if isinstance(task, Task) else task for task in found]


# What a table says of one file: its symbol and its language.
_Said = tuple[str | None, str | None]


def _listed(
    paths: Sequence[Path], manifest: Path | None
) -> tuple[dict[Path, _Said], list[PassedOver]]:
    """What the tables in the folders given say of their files, then what the manifest says.

    A folder's own table is part of what is read: what is wrong with it costs that line only.
    """
    found: dict[Path, _Said] = {}
    broken: list[PassedOver] = []
    for table in (path / MANIFEST for path in paths):
        if table.is_file():
            found[place_of(table)] = (None, None)
            try:
                for row in _rows(table):
                    if isinstance(row, UnkgError):
                        broken.append(PassedOver(path=table, error=ReadError(str(row))))
                    else:
                        found |= row
            except ReadError as error:
                broken.append(PassedOver(path=table, error=error))
    if manifest is not None:
        found |= {place_of(manifest): (None, None)} | read_manifest(manifest)
    return found, broken


def read_manifest(path: Path) -> dict[Path, _Said]:
    """A CSV table with columns path, symbol, language → what it says of each file.

    Paths are relative to the table's folder.

    Raises:
        ReadError: the table is missing or lacks the column ``path``.
        SymbolError: a symbol in it is none (the text names the line).
    """
    found: dict[Path, _Said] = {}
    for row in _rows(path):
        if isinstance(row, UnkgError):
            raise row
        found |= row
    return found


def _rows(path: Path) -> Iterator[dict[Path, _Said] | UnkgError]:
    """A table's lines: what each says, or what is wrong with it.

    Raises:
        ReadError: the table is missing, too large, or lacks the column ``path``.
    """
    try:
        text = bytes_of(path).decode("utf-8-sig")
        rows = csv.DictReader(io.StringIO(text, newline=""))
        if "path" not in (rows.fieldnames or ()):
            raise ReadError("has no column path; expected path, symbol, language")
        for row in rows:
            try:
                yield _row(row, path, rows.line_num)
            except (ReadError, SymbolError) as error:
                yield error
    except ReadError as error:
        raise ReadError(f"{path}: {error}") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ReadError(f"{path}: cannot be read ({error}); give a CSV file in UTF-8") from error


def _row(row: dict[str, str | None], path: Path, line: int) -> dict[Path, _Said]:
    named = row["path"]
    if not named or "\0" in named:
        raise ReadError(f"{path}, line {line}: names no file; write its path in the column path")
    symbol = _listed_symbol(row.get("symbol"), path, line)
    return {place_of(path.parent / named): (symbol, (row.get("language") or "").strip() or None)}


def place_of(path: Path) -> Path:
    """Where a path leads, links followed; one that leads in a circle stays as it is.

    >>> place_of(Path("/a/../b.txt")).as_posix()
    '/b.txt'
    """
    return Path(os.path.realpath(path))


def _listed_symbol(text: str | None, path: Path, line: int) -> str | None:
    try:
        return parse(text).text if text and text.strip() else None
    except SymbolError as error:
        raise SymbolError(f"{path}, line {line}: {error}") from error


def _tasks(
    paths: Sequence[Path],
    language: str | None,
    encoding: str | None,
    listed: dict[Path, _Said],
) -> Iterator[Task | PassedOver]:
    for path, name in _files(paths):
        if isinstance(name, ReadError):
            yield PassedOver(path=path, error=ReadError(f"{path}: {name}"))
            continue
        where = place_of(path)
        symbol, listed_language = listed.get(where, (None, None))
        if name is None and where in listed:
            continue
        reason = _unreadable(path, where, name)
        if name is None or reason:
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


def _unreadable(path: Path, where: Path, name: str | None) -> str:
    """Why a file is not even opened, "" if it is."""
    if not _is_utf8(f"{path}{where}"):
        return "has a name, or is in a folder with one, that is not UTF-8; rename it"
    if name is None:
        return f"is no kind of document that is read ({path.suffix}); name it alone to try"
    if path != STANDARD_INPUT and path.is_dir():
        return "is a link to a folder, which is not followed; name that folder itself"
    return ""


def _is_utf8(text: str) -> bool:
    """Whether a name can be written down; a name on disk may be any bytes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _files(paths: Sequence[Path]) -> Iterator[tuple[Path, str | ReadError | None]]:
    """Files with the names records give them; a name of None marks one that is passed over.

    A folder that cannot be looked into comes with the error.
    """
    for path in paths:
        if path != STANDARD_INPUT and path.is_dir():
            for file in _walk(path):
                if isinstance(file, PassedOver):
                    yield file.path, file.error
                    continue
                wanted = file.suffix.lower() in DOCUMENT_SUFFIXES
                yield file, file.relative_to(path).as_posix() if wanted else None
        else:
            yield path, path.name


def _walk(folder: Path) -> Iterator[Path | PassedOver]:
    """The files below a folder in sorted order; hidden ones and stores left out."""
    from kg.store.directory import is_store

    # The folders still to look into, the next one last: folders may lie thousands deep.
    waiting: list[tuple[Path, bool]] = [(folder, True)]
    while waiting:
        path, folds = waiting.pop()
        if not folds:
            yield path
            continue
        try:
            if is_store(path):
                continue
            with os.scandir(path) as entries:
                found = [
                    (Path(entry.path), entry.is_dir(follow_symlinks=False))
                    for entry in sorted(entries, key=lambda entry: entry.name, reverse=True)
                    if not entry.name.startswith(".")
                ]
        except OSError as error:
            reason = f"cannot be looked into ({error.strerror}); check the folder's permissions"
            yield PassedOver(path=path, error=ReadError(reason))
            continue
        waiting += found
