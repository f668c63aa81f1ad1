"""Commands that ask the store: query, chain, validate."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from kg.cli import options
from kg.cli.output import (
    TableFormat,
    complain,
    finish,
    give_up,
    print_dicts,
    print_rows,
    progress,
    tell,
)
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
    endpoint: options.EndpointUrl = None,
) -> None:
    """Run a named or own SPARQL query."""
    from kg.query import run

    if listing:
        _print_library(format)
        return
    if name is None:
        give_up("name a query, a file, or - ; kg query --list prints the named ones")
    with options.reader(store, endpoint) as opened:
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
    shortest: Annotated[
        bool, typer.Option("--shortest", help="With --to: all the shortest ways, counted.")
    ] = False,
    clause: options.Clauses = None,
    organ: options.Organs = None,
    since: options.Since = None,
    until: options.Until = None,
    roots: Annotated[
        bool, typer.Option("--roots", help="Where the chain ends: treaties, first resolutions.")
    ] = False,
    family: Annotated[
        bool, typer.Option("--family", help="The recurring resolutions it is one of.")
    ] = False,
    diff: Annotated[
        bool, typer.Option("--diff", help="What it cites against the text it continues.")
    ] = False,
    against: Annotated[
        str | None, typer.Option("--against", metavar="SYMBOL", help="With --diff: this text.")
    ] = None,
    format: options.Rows = "table",
    store: options.StoreDir = options.DEFAULT_STORE,
    endpoint: options.EndpointUrl = None,
) -> None:
    """Print the citation chain of a document."""
    from kg.cli import chains

    asked = _one_question(to=to, roots=roots, family=family, diff=diff or against is not None)
    if shortest and to is None:
        give_up("--shortest tells which of the ways to another work: give --to SYMBOL")
    within = chains.Asked(
        clauses=tuple(clause or ()), organs=tuple(organ or ()), since=since, until=until
    )
    with options.reader(store, endpoint) as opened:
        if asked == "roots":
            found = chains.root_rows(opened, symbol, within=within)
        elif asked == "family":
            found = chains.member_rows(opened, symbol)
        elif asked == "diff":
            found = chains.diff_rows(opened, symbol, against)
        else:
            found = chains.chain_rows(
                opened,
                symbol,
                direction=direction,
                depth=depth,
                to=to,
                shortest=shortest,
                within=within,
            )
    _print_chain(asked, found, format)


_BRIEF = {
    "chain": ("depth", "citing", "verb", "cited", "via", "title"),
    "to": ("path", "step", "from", "clause", "to", "quote"),
    "roots": ("depth", "root", "kind", "why", "citations", "title"),
    "family": ("year", "work", "continues", "evidence", "clause", "title"),
    "diff": ("change", "cited", "clause_before", "clause", "title"),
}


def _one_question(**given: object) -> str:
    """Which of the questions that exclude each other is asked."""
    asked = [name for name, value in given.items() if value]
    if len(asked) > 1:
        give_up(f"--{asked[0]} and --{asked[1]} are two questions; ask them one by one")
    return asked[0] if asked else "chain"


def _print_chain(asked: str, found: list[dict[str, Any]], format: TableFormat) -> None:
    if format == "table":
        if asked == "chain":
            found = [row | {"verb": row["verb"] or row["clause"]} for row in found]
        print_dicts(_BRIEF[asked], found, format)
        return
    columns = tuple(found[0]) if found else _BRIEF[asked]
    if format == "csv":
        columns = tuple(name for name in columns if name != "chain")
    print_dicts(columns, found, format)


def validate(
    names: Annotated[
        list[str] | None, typer.Argument(metavar="[SYMBOL…]", help="Only these documents.")
    ] = None,
    format: options.Rows = "table",
    store: options.StoreDir = options.DEFAULT_STORE,
    endpoint: options.EndpointUrl = None,
) -> None:
    """Check stored documents against the shapes."""
    from kg.holdings import graphs_of
    from kg.validate import validate as check

    with options.reader(store, endpoint) as opened, progress("checking"):
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
