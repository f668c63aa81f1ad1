"""The stages in their order: read → extract → assert → validate → store."""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ReadError, SymbolError, UnkgError
from kg.extract import extract as extract
from kg.model import Record, Source
from kg.read import read, read_bytes
from kg.symbol import parse
from kg.vocab import BASE

if TYPE_CHECKING:
    from kg.store import Store
    from kg.validate import Violation

# What a folder's files are taken for documents by; any file named on its own is tried.
DOCUMENT_SUFFIXES = frozenset(
    {".txt", ".md", ".text", "", ".html", ".htm", ".xhtml", ".docx", ".docm", ".pdf"}
)
# What a folder may say of its own files; ``kg fetch`` writes it.
MANIFEST = "manifest.csv"
STANDARD_INPUT = Path("-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One file to extract: where it is, what records call it, and what is known of it."""

    path: Path
    name: str
    symbol: str | None = None
    language: str | None = None
    encoding: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one file: its record, or the error that kept it from having one.

    ``text`` is the text that the record's offsets count in; ``notes`` say what of the file could
    not be read although the rest could.
    """

    path: Path
    record: Record | None = None
    text: str = ""
    error: UnkgError | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did: documents by change, errors and violations in the order met."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    errors: tuple[UnkgError, ...] = ()
    notes: tuple[str, ...] = ()
    violations: tuple[Violation, ...] = field(default=())

    @property
    def done(self) -> int:
        """How many documents are in the store as given."""
        return len(self.added) + len(self.replaced) + len(self.unchanged)

    def __str__(self) -> str:
        parts = [
            f"{len(names)} {word}"
            for word, names in (
                ("added", self.added),
                ("replaced", self.replaced),
                ("unchanged", self.unchanged),
                ("failed", self.errors),
                ("shape violations", self.violations),
            )
            if names
        ]
        return ", ".join(parts) or "nothing to do"


def extract_paths(
    paths: Sequence[Path | str],
    *,
    symbol: str | None = None,
    manifest: Path | None = None,
    language: str | None = None,
    encoding: str | None = None,
    jobs: int = 1,
) -> Iterator[Outcome]:
    """The records of files, of folders (walked in sorted order) and of "-" (standard input).

    A file that cannot be read is an Outcome with its error; the others go on.

    Raises:
        SymbolError: ``symbol`` is no symbol, or is given for more than one file.
        ReadError: the manifest cannot be read.
    """
    given = parse(symbol).text if symbol is not None else None
    listed = _listed([Path(path) for path in paths], manifest)
    tasks: list[Task | Outcome] = list(
        _tasks([Path(path) for path in paths], language, encoding, listed)
    )
    if given is not None:
        if sum(isinstance(task, Task) for task in tasks) > 1:
            raise SymbolError(
                f"--symbol {given} names one document, but several are given; use --manifest"
            )
        tasks = [_with_symbol(task, given) for task in tasks]
    if jobs > 1:
        with ProcessPoolExecutor(jobs) as pool:
            yield from pool.map(_outcome, tasks, chunksize=4)
    else:
        yield from map(_outcome, tasks)


def _with_symbol(task: Task | Outcome, symbol: str) -> Task | Outcome:
    if isinstance(task, Outcome):
        return task
    return Task(
        path=task.path,
        name=task.name,
        symbol=symbol,
        language=task.language,
        encoding=task.encoding,
    )


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
) -> Iterator[Task | Outcome]:
    for path, name in _files(paths):
        symbol, listed_language = listed.get(path.resolve(), (None, None))
        if name is None and path.resolve() in listed:
            continue
        if name is None:
            reason = f"is no kind of document that is read ({path.suffix}); name it alone to try"
            yield Outcome(path=path, error=ReadError(f"{path}: {reason}"))
            continue
        yield Task(
            path=path,
            name=name,
            symbol=symbol,
            language=language or listed_language,
            encoding=encoding,
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


def _outcome(task: Task | Outcome) -> Outcome:
    if isinstance(task, Outcome):
        return task
    try:
        if task.path == STANDARD_INPUT:
            source = read_bytes(
                sys.stdin.buffer.read(),
                name="-",
                language=task.language,
                encoding=task.encoding,
            )
        else:
            source = read(task.path, name=task.name, language=task.language, encoding=task.encoding)
        record = extract(source, symbol=task.symbol)
        notes = tuple(f"{task.path}: {note}" for note in notes_of(source))
        return Outcome(path=task.path, record=record, text=source.text, notes=notes)
    except UnkgError as error:
        return Outcome(path=task.path, error=type(error)(f"{task.path}: {error}"))


def notes_of(source: Source) -> tuple[str, ...]:
    """What of a source is not read, said for people."""
    counts: dict[str, int] = {}
    for code, start, end in source.foreign:
        counts[code] = counts.get(code, 0) + end - start
    mixed = [
        f"is in more than one language; read as {source.language},"
        f" {count} characters in {code} are not"
        for code, count in sorted(counts.items())
    ]
    return (*source.notes, *mixed)


def build(
    paths: Sequence[Path | str],
    *,
    store: Store,
    symbol: str | None = None,
    manifest: Path | None = None,
    language: str | None = None,
    encoding: str | None = None,
    jobs: int = 1,
    base: str = BASE,
) -> BuildReport:
    """Reads, extracts, validates and stores; again on the same input changes nothing.

    A file that claims a graph another file filled is reported and left out.

    Raises:
        SymbolError, ReadError: as for ``extract_paths``.
        StoreError: the store cannot be written.
    """
    outcomes = extract_paths(
        paths,
        symbol=symbol,
        manifest=manifest,
        language=language,
        encoding=encoding,
        jobs=jobs,
    )
    changes: dict[str, list[str]] = {"added": [], "replaced": [], "unchanged": []}
    errors: list[UnkgError] = []
    notes: list[str] = []
    violations: list[Violation] = []
    for outcome in outcomes:
        notes += outcome.notes
        if outcome.record is None:
            errors.append(outcome.error or ReadError(f"{outcome.path}: cannot be read"))
            continue
        try:
            change, found = put(outcome.record, text=outcome.text, store=store, base=base)
        except ReadError as error:
            errors.append(ReadError(f"{outcome.path}: {error}"))
        else:
            changes[change].append(outcome.record.source)
            violations += found
    store.join()
    return BuildReport(
        added=tuple(changes["added"]),
        replaced=tuple(changes["replaced"]),
        unchanged=tuple(changes["unchanged"]),
        errors=tuple(errors),
        notes=tuple(notes),
        violations=tuple(violations),
    )


def put(
    record: Record, *, text: str, store: Store, base: str = BASE
) -> tuple[str, Iterable[Violation]]:
    """One record into the store: what changed, and the shapes it violates.

    Raises:
        ReadError: another file has filled the record's graph.
    """
    from kg.iri import version_iri
    from kg.triples import quads
    from kg.validate import validate

    graph = version_iri(record.document.symbol, record.sha256, record.language, base=base)
    claim = store.claimed_by(graph)
    if claim is not None and claim.source != record.source:
        raise ReadError(
            f"claims {graph}, which {claim.source} has filled; left out"
            " (remove that one first, or give this one its symbol)"
        )
    made = list(quads(record, base=base, text=text))
    change = store.put(graph, made)
    return change, () if change == "unchanged" else validate(made, base=base)
