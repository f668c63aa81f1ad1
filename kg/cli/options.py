"""Options that several commands share, so that they read the same everywhere."""

from __future__ import annotations

from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kg.cli.output import TableFormat, give_up

if TYPE_CHECKING:
    from kg.store import Reader
    from kg.workers import Limits

DEFAULT_STORE = Path("unkg-store")


def _chosen(context: typer.Context, param: typer.CallbackParam, value: Any) -> Any:
    """A store typed on the command line goes before an endpoint of the environment."""
    typed = {
        name: getattr(context.get_parameter_source(name), "name", "") == "COMMANDLINE"
        for name in ("store", "endpoint")
    }
    if all(typed.values()):
        give_up("give --store or --endpoint, not both")
    return None if param.name == "endpoint" and typed["store"] else value


StoreDir = Annotated[
    Path,
    typer.Option(
        "--store",
        envvar="UNKG_STORE",
        metavar="DIR",
        help="Directory of the store.",
        callback=_chosen,
    ),
]
EndpointUrl = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        envvar="UNKG_ENDPOINT",
        metavar="URL",
        help="Ask this SPARQL endpoint instead of a store.",
        callback=_chosen,
    ),
]
Base = Annotated[
    str | None,
    typer.Option("--base", metavar="IRI", help="Start of all identifiers of a new store."),
]
Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH…", help="Files, folders (read in sorted order), or - for standard input."
    ),
]
Symbol = Annotated[
    str | None,
    typer.Option("--symbol", metavar="SYMBOL", help="The symbol of the one document given."),
]
Manifest = Annotated[
    Path | None,
    typer.Option("--manifest", metavar="CSV", help="Table with columns path, symbol, language."),
]
Language = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="Language of the documents, e.g. zh."),
]
Encoding = Annotated[
    str | None,
    typer.Option("--encoding", metavar="NAME", help="Encoding of the files, e.g. gb18030."),
]
Jobs = Annotated[int, typer.Option("--jobs", min=1, help="Processes to read with.")]
Seconds = Annotated[
    float,
    typer.Option("--max-seconds", min=0.1, metavar="S", help="Give a file up after so long."),
]
Memory = Annotated[
    int,
    typer.Option("--max-memory", min=64, metavar="MIB", help="Memory that a file may take."),
]
Rows = Annotated[TableFormat, typer.Option("--format", help="How to print the rows.")]
Page = Annotated[Path, typer.Option("--output", "-o", metavar="FILE", help="Page to write.")]

DirectionName = Literal["cites", "cited-by"]
Direction = Annotated[
    DirectionName, typer.Option("--direction", help="What it cites, or what cites it.")
]
Depth = Annotated[int, typer.Option("--depth", min=1, max=20, help="Steps to follow.")]
Goal = Annotated[
    str | None,
    typer.Option("--to", metavar="SYMBOL", help="Only the ways from there to this work."),
]
Clauses = Annotated[
    list[str] | None,
    typer.Option("--clause", metavar="NAME", help="Follow only these, e.g. reaffirms."),
]
Organs = Annotated[
    list[str] | None,
    typer.Option("--organ", metavar="CODE", help="Only to works of these, e.g. GA."),
]
Since = Annotated[
    int | None, typer.Option("--since", metavar="YEAR", help="Only to works since then.")
]
Until = Annotated[
    int | None, typer.Option("--until", metavar="YEAR", help="Only to works until then.")
]
Start = Annotated[
    str, typer.Argument(metavar="SYMBOL", help="A document's symbol, or an instrument's slug.")
]
States = Annotated[
    list[str] | None,
    typer.Argument(metavar="[STATE…]", help="ISO codes or names; all states if left out."),
]


def limits(seconds: float, memory: int) -> Limits:
    """What one file may take, from seconds and mebibytes."""
    from kg.workers import Limits

    return Limits(seconds=seconds, memory=memory * 1024 * 1024)


def reader(store: Path, endpoint: str | None) -> AbstractContextManager[Reader]:
    """What a command asks: the endpoint if one is given, else the store."""
    from kg.store import open_reader

    return open_reader(store, endpoint=endpoint or None)
