"""Commands that ask the store: query, chain, cosponsors, validate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Literal

import typer

from kg.cli import options
from kg.cli.output import complain, finish, give_up, print_dicts, print_rows, progress, tell
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
    """The text of a query file or of standard input; the name of a named query is left as it is."""
    from kg.query import library

    if name == "-":
        return sys.stdin.read()
    path = Path(name)
    if name not in library() and (path.suffix in {".rq", ".sparql"} or path.is_file()):
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


def chain(
    symbol: options.Start,
    direction: options.Direction = "cites",
    depth: options.Depth = 2,
    to: options.Goal = None,
    format: Annotated[
        Literal["table", "json"], typer.Option("--format", help="How to print the rows.")
    ] = "table",
    store: options.StoreDir = options.DEFAULT_STORE,
) -> None:
    """Print the citation chain of a document."""
    from kg.cli.chains import chain_rows
    from kg.store import Store

    with Store.open(store, read_only=True) as opened:
        found = chain_rows(opened, symbol, direction=direction, depth=depth, to=to)
    if to is not None:
        print_dicts(("path", "step", "from", "clause", "to", "quote"), found, format)
    elif format == "json":
        print_dicts(tuple(found[0]) if found else (), found, format)
    else:
        brief = [row | {"verb": row["verb"] or row["clause"]} for row in found]
        print_dicts(("depth", "citing", "verb", "cited", "via", "title"), brief, format)


def cosponsors(
    states: options.States = None,
    format: options.Rows = "table",
    store: options.StoreDir = options.DEFAULT_STORE,
) -> None:
    """Print who sponsors with whom."""
    from kg.analyse.cosponsors import pairs
    from kg.cli.chains import state_codes
    from kg.store import Store

    with Store.open(store, read_only=True) as opened:
        found = pairs(opened, states=state_codes(opened, states or []))
    columns = ("first", "first_name", "second", "second_name", "drafts", "jaccard", "symbols")
    print_dicts(columns, found, format)


def validate(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SYMBOL…]", help="Only these documents.")
    ] = None,
    format: options.Rows = "table",
    store: options.StoreDir = options.DEFAULT_STORE,
) -> None:
    """Check stored documents against the shapes."""
    from kg.holdings import graphs_of
    from kg.store import Store
    from kg.validate import validate as check

    with Store.open(store, read_only=True) as opened, progress("checking"):
        graphs = (
            [g for name in names for g in graphs_of(opened, name)] if names else opened.graphs()
        )
        found = [v for graph in graphs for v in check(opened.quads(graph), base=opened.base)]
    rows = [(v.severity, v.focus, v.message, v.quote, v.graph) for v in found]
    if rows or format == "json":
        print_rows(("severity", "node", "message", "quote", "graph"), rows, format)
    for violation in found:
        complain(f"{violation.severity}: {violation.focus}: {violation.message}")
    tell(f"{len(graphs)} documents checked, {len(found)} findings")
    finish(done=1, failed=sum(v.severity == "violation" for v in found))
