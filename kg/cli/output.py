"""Results to standard output, everything else to standard error."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any, Literal, NoReturn, TextIO

import typer

from kg.errors import unwritable

TableFormat = Literal["table", "csv", "json"]
Row = Sequence[Any]


def complain(message: str) -> None:
    """One message for people, on standard error."""
    typer.echo(f"kg: {printable(message)}", err=True)


def tell(message: str) -> None:
    """One line of what was done, on standard error."""
    typer.echo(printable(message), err=True)


def log(event: str, **data: Any) -> None:
    """One event for programs, a JSON object on a line of standard error."""
    typer.echo(json.dumps({"event": event, **data}, ensure_ascii=False), err=True)


def give_up(message: str) -> NoReturn:
    """Nothing usable was given: say why and end with status 2."""
    complain(message)
    raise typer.Exit(2)


def finish(*, done: int, failed: int) -> None:
    """End with the status that the contract gives: 0 all done, 1 some failed, 2 nothing usable."""
    if failed:
        raise typer.Exit(1 if done else 2)


def printable(text: object) -> str:
    """Text from a document made harmless for a terminal: no control or direction codes.

    >>> printable("Draft\\x1b[2J resolution\\u202e I")
    'Draft�[2J resolution� I'
    """
    return "".join("�" if _is_control(sign) else sign for sign in str(text))


def _is_control(sign: str) -> bool:
    return (unicodedata.category(sign) == "Cc" and sign not in "\n\t") or sign in _DIRECTIONS


_DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def print_rows(columns: Sequence[str], rows: Iterable[Row], format: TableFormat) -> None:
    """Rows as a table for people, or as CSV or JSON for programs."""
    rows = [tuple(row) for row in rows]
    if format == "json":
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif format == "csv":
        typer.echo(csv_text(columns, rows), nl=False)
    elif sys.stdout.isatty():
        _print_rich(columns, rows)
    else:
        typer.echo(plain_table(columns, rows))


def print_dicts(
    columns: Sequence[str], found: Iterable[Mapping[str, Any]], format: TableFormat
) -> None:
    """The named members of mappings, as ``print_rows`` prints rows."""
    print_rows(columns, [tuple(row[name] for name in columns) for row in found], format)


def say(message: str) -> None:
    """One line of the result, on standard output."""
    typer.echo(printable(message))


def print_json(data: Any) -> None:
    """Any JSON data, indented, in the document's own script."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=2, default=str))


def csv_text(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Comma-separated values with a heading line and LF line ends.

    >>> csv_text(["state", "drafts"], [("KEN", 2), ("GHA", None)])
    'state,drafts\\nKEN,2\\nGHA,\\n'
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(["" if cell is None else cell for cell in row] for row in rows)
    return out.getvalue()


def plain_table(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Columns padded with spaces; a Chinese character counts as two places.

    >>> print(plain_table(["state", "drafts"], [("肯尼亚", 2), ("Peru", 11)]))
    state   drafts
    肯尼亚  2
    Peru    11
    """
    cells = [list(columns), *([_cell(value) for value in row] for row in rows)]
    widths = [max(map(_width, column)) for column in zip(*cells, strict=True)]
    return "\n".join("  ".join(map(_padded, row, widths)).rstrip() for row in cells)


def _padded(cell: str, width: int) -> str:
    return cell + " " * (width - _width(cell))


def _cell(value: Any) -> str:
    return "" if value is None else " ".join(printable(value).split())


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _print_rich(columns: Sequence[str], rows: Iterable[Row]) -> None:
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for column in columns:
        table.add_column(Text(column), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(value)) for value in row))
    Console(highlight=False).print(table)


def progress(label: str) -> AbstractContextManager[object]:
    """A spinner on standard error while something takes long; nothing where it is no terminal."""
    if not sys.stderr.isatty():
        return nullcontext()
    from rich.console import Console

    return Console(stderr=True).status(label)


class Counter:
    """How far a long run has come; on a terminal only, with its rate and the time that is left."""

    def __init__(self, label: str) -> None:
        self._label = label
        self._bar: Any = None

    def __enter__(self) -> Counter:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.stop()

    def total(self, number: int) -> None:
        """Begin: there are so many steps."""
        if not sys.stderr.isatty():
            return
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        self._bar = Progress(
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]} files/s"),
            TimeRemainingColumn(),
            console=Console(stderr=True),
            transient=True,
        )
        self._task = self._bar.add_task(self._label, total=number, rate="–")
        self._bar.start()

    def step(self) -> None:
        """One more is done."""
        if self._bar is not None:
            speed = self._bar.tasks[0].speed
            self._bar.update(self._task, advance=1, rate="–" if speed is None else f"{speed:.1f}")


def counter(label: str) -> Counter:
    """A counter to use in a ``with`` statement."""
    return Counter(label)


@contextmanager
def lines(path: Path | None) -> Iterator[Callable[[Mapping[str, Any]], None]]:
    """A function that writes one JSON object a line to a file; without a file it does nothing.

    The file appears under its name when all lines are written.

    Raises:
        StoreError: the file cannot be written.
    """
    if path is None:
        yield lambda _: None
        return
    beside = path.with_name(f".{path.name}.part")
    try:
        # A name that is not UTF-8 is written in escapes, which JSON reads back.
        with beside.open("w", encoding="utf-8", errors="backslashreplace", newline="\n") as file:
            yield lambda data: _line(file, data)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError as error:
        raise unwritable(path, error) from error
    finally:
        beside.unlink(missing_ok=True)


def _line(file: TextIO, data: Mapping[str, Any]) -> None:
    file.write(json.dumps(data, ensure_ascii=False) + "\n")
