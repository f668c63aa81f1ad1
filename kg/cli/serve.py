"""The command ``kg serve``."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import options
from kg.cli.output import give_up, say, tell


def serve(
    port: Annotated[
        int, typer.Option("--port", min=0, max=65535, metavar="N", help="Port; 0 takes a free one.")
    ] = 7878,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="Address to listen on.")
    ] = "127.0.0.1",
    writable: Annotated[
        bool, typer.Option("--writable", help="Make updates, for those who know the token.")
    ] = False,
    token: Annotated[
        str | None,
        typer.Option("--token", envvar="UNKG_TOKEN", metavar="T", help="Token that updates need."),
    ] = None,
    timeout: Annotated[
        float,
        typer.Option("--timeout", min=0.1, max=3600, metavar="S", help="Seconds a query has."),
    ] = 10.0,
    max_rows: Annotated[
        int, typer.Option("--max-rows", min=1, metavar="N", help="Most rows or triples sent.")
    ] = 100_000,
    max_bytes: Annotated[
        int, typer.Option("--max-bytes", min=1000, metavar="N", help="Most bytes sent.")
    ] = 32_000_000,
    allow_origin: Annotated[
        str | None,
        typer.Option("--allow-origin", metavar="ORIGIN", help="Whose pages may read it, or *."),
    ] = None,
    log: Annotated[bool, typer.Option("--log", help="A line for each request.")] = False,
    store: options.StoreDir = options.DEFAULT_STORE,
    base: options.Base = None,
) -> None:
    """Answer SPARQL queries over HTTP, at /sparql, and show the graph in a browser."""
    from kg.serve.running import run
    from kg.serve.settings import Limits, Settings

    if writable and not token:
        give_up("--writable needs a token: --token T, or the environment variable UNKG_TOKEN")
    settings = Settings(
        store=store.resolve(),
        host=host,
        port=port,
        writable=writable,
        token=token,
        allow_origin=allow_origin,
        log=log,
        limits=Limits(seconds=timeout, rows=max_rows, size=max_bytes),
        base=base,
    )

    def ready(url: str) -> None:
        say(url)
        kind = "queries and updates" if writable else "queries"
        tell(f"{kind} over {store} at {url}sparql; Ctrl-C ends it")

    run(settings, ready=ready)
