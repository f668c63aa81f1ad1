"""The stages in their order: read → extract → assert → validate; each a function of one file."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import ReadError, UnkgError
from kg.extract import extract as extract
from kg.inputs import PassedOver, Task, inputs_of
from kg.model import Record, Source
from kg.read import read, read_bytes
from kg.vocab import BASE
from kg.workers import Limits, Lost, each

if TYPE_CHECKING:
    from kg.validate import Violation

# What one document may state, as N-Quads: some 4 MB of common text. The store takes a graph whole,
# and some eleven times its bytes of memory while it does.
MAX_STATED = 64 * 2**20


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
class Made:
    """One file as a graph: its statements as sorted N-Quads, or the error that kept it from one.

    ``source`` is what the record calls the file, ``statements`` how many there are, ``seconds``
    the time of the process that made it.
    """

    task: Task
    graph: str = ""
    symbol: str | None = None
    language: str = ""
    nquads: bytes = b""
    statements: int = 0
    violations: tuple[Violation, ...] = ()
    error: UnkgError | None = None
    notes: tuple[str, ...] = ()
    seconds: float = 0.0


def extract_paths(
    paths: Sequence[Path | str],
    *,
    symbol: str | None = None,
    manifest: Path | None = None,
    language: str | None = None,
    encoding: str | None = None,
    jobs: int = 1,
    limits: Limits | None = None,
) -> Iterator[Outcome]:
    """The records of files, of folders (walked in sorted order) and of "-" (standard input).

    A file that cannot be read is an Outcome with its error; the others go on. With several
    ``jobs`` or with ``limits`` files are read in processes of their own.

    Raises:
        SymbolError: ``symbol`` is no symbol, or is given for more than one file.
        ReadError: the manifest cannot be read.
    """
    inputs = inputs_of(
        [Path(path) for path in paths],
        symbol=symbol,
        manifest=manifest,
        language=language,
        encoding=encoding,
    )
    tasks = [one for one in inputs if isinstance(one, Task)]
    if jobs > 1 or limits is not None:
        results: Iterator[Outcome | Lost] = each(outcome_of, tasks, jobs=jobs, limits=limits)
    else:
        results = map(outcome_of, tasks)
    for one in inputs:
        if isinstance(one, PassedOver):
            yield Outcome(path=one.path, error=one.error)
            continue
        found = next(results)
        if isinstance(found, Lost):
            found = Outcome(path=one.path, error=ReadError(f"{one.path}: {found.reason}"))
        yield found


def outcome_of(task: Task) -> Outcome:
    """One file's record: bytes → text → facts."""
    try:
        source = _source(task)
        record = extract(source, symbol=task.symbol)
        notes = tuple(f"{task.path}: {note}" for note in notes_of(source))
        return Outcome(path=task.path, record=record, text=source.text, notes=notes)
    except UnkgError as error:
        return Outcome(path=task.path, error=type(error)(f"{task.path}: {error}"))


def _source(task: Task) -> Source:
    if task.data is not None:
        return read_bytes(task.data, name=task.name, language=task.language, encoding=task.encoding)
    return read(task.path, name=task.name, language=task.language, encoding=task.encoding)


def made_of(task: Task, *, base: str = BASE) -> Made:
    """One file's graph: bytes → text → facts → statements, held against the shapes.

    A pure function of the file's bytes, so it may run in any process on any machine.
    """
    from kg.triples import graph_of
    from kg.validate import validate_facts

    start = time.perf_counter()
    outcome = outcome_of(task)
    record = outcome.record
    if record is None:
        seconds = time.perf_counter() - start
        return Made(task=task, error=outcome.error, notes=outcome.notes, seconds=seconds)
    made = graph_of(record, base=base, text=outcome.text)
    lines = sorted(made.lines)
    if sum(map(len, lines)) > MAX_STATED:
        size = f"{len(lines)} facts, more than {MAX_STATED // 2**20} MiB of them"
        error = ReadError(f"{task.path}: states {size}; split it")
        return Made(task=task, error=error, seconds=time.perf_counter() - start)
    violations = validate_facts(made.facts, graph=made.name, base=base)
    return Made(
        task=task,
        graph=made.name,
        symbol=record.document.symbol,
        language=record.language,
        nquads="".join(lines).encode(),
        statements=len(lines),
        violations=violations,
        notes=outcome.notes,
        seconds=time.perf_counter() - start,
    )


def made_from(
    tasks: Iterable[Task], *, base: str = BASE, jobs: int = 1, limits: Limits | None = None
) -> Iterator[Made]:
    """The graphs of files, in order; with ``jobs`` or ``limits`` made in other processes."""
    if jobs == 1 and limits is None:
        yield from (made_of(task, base=base) for task in tasks)
        return
    given: list[Task] = []

    def noted() -> Iterator[Task]:
        for task in tasks:
            given.append(task)
            yield task

    for found in each(partial(made_of, base=base), noted(), jobs=jobs, limits=limits):
        task = given.pop(0)
        if isinstance(found, Lost):
            error = ReadError(f"{task.path}: {found.reason}")
            found = Made(task=task, error=error)
        yield found


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
