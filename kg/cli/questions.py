"""Commands that ask the store: query, chain, cosponsors, validate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from kg.cli import options
from kg.cli.output import give_up, print_rows
from kg.errors import QueryError


def query(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME|FILE|-", help="A named query, a file, or - .")
    ] = None,
    param: Annotated[
        list[str] | None,
        typer.Option("--param", metavar="K=V", help="A parameter, e.g. symbol=A/RES/70/1."),
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="Print the named queries.")] = False,
    format: options.Rows = "table",
    store: options.StoreDir = options.DEFAULT_STORE,
) -> None:
    """Run a named or own SPARQL query."""
    from kg.query import run
    from kg.store import Store

    if listing:
        _print_library(format)
        return
    if name is None:
        give_up("name a query, a file, or - ; kg query --list prints the named ones")
    with Store.open(store, read_only=True) as opened:
        rows = run(opened, _sparql_or_name(name), **_parameters(param or []))
        print_rows(rows.columns, rows.rows, format)


def _print_library(format: Literal["table", "csv", "json"]) -> None:
    from kg.query import library

    rows = [
        (query.name, query.title, " ".join(p.name for p in query.parameters))
        for query in library().values()
    ]
    print_rows(("name", "title", "parameters"), rows, format)


def _sparql_or_name(name: str) -> str:
    """The text of a query file or of standard input; a name is left as it is."""
    if name == "-":
        return sys.stdin.read()
    path = Path(name)
    if path.suffix in {".rq", ".sparql"} or path.is_file():
        try:
            return path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise QueryError(f"{path}: cannot be read ({error}); give UTF-8 text") from error
    return name


def _parameters(pairs: list[str]) -> dict[str, str]:
    """``symbol=A/RES/70/1`` and so on as a mapping."""
    split = [pair.partition("=") for pair in pairs]
    for key, sign, _ in split:
        if not sign or not key.isidentifier():
            give_up(f"--param {key}: write NAME=VALUE, e.g. --param symbol=A/RES/70/1")
    return {key: value for key, _, value in split}


def chain() -> None:
    """Print the citation chain of a document."""


def cosponsors() -> None:
    """Print who sponsors with whom."""


def validate() -> None:
    """Check documents against the shapes."""
