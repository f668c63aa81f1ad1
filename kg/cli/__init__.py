"""The command line: parse, call, print.

Results go to standard output, everything else to standard error. Exit status: 0 done, 1 done
but some inputs failed or some shapes were violated, 2 unusable arguments or input.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from kg import __version__
from kg.cli import (
    authority,
    documents,
    harvest,
    pages,
    quality,
    questions,
    serve,
    sponsors,
    versions,
)
from kg.cli.output import complain
from kg.errors import UnkgError

app = typer.Typer(
    name="kg",
    help="An open knowledge graph of United Nations documents.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"unkg {__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option(
            "--version", help="Print the version and exit.", is_eager=True, callback=_version
        ),
    ] = False,
) -> None:
    """An open knowledge graph of United Nations documents."""


app.command("demo")(pages.demo)
app.command("extract")(documents.extract)
app.command("build")(documents.build)
app.command("import")(documents.import_rdf)
app.command("list")(documents.list_documents)
app.command("show")(documents.show)
app.command("remove")(documents.remove)
app.command("text")(documents.text)
app.command("fetch")(versions.fetch)
app.command("compare")(versions.compare)
app.command("query")(questions.query)
app.command("chain")(questions.chain)
app.command("cosponsors")(sponsors.cosponsors)
app.command("export")(pages.export)
app.command("validate")(questions.validate)
app.command("report")(quality.report)
app.command("harvest")(harvest.harvest)
app.command("serve")(serve.serve)
app.add_typer(pages.view, name="view")
app.add_typer(authority.authority, name="authority")


def main() -> None:
    """Entry point of the command ``kg``."""
    _utf8_streams()
    # Matrices here are small: threads that wait for each other cost more than they compute.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app(prog_name="kg")
    except UnkgError as error:
        complain(str(error))
        sys.exit(2)
    except BrokenPipeError:
        # Whoever read the output has seen enough; nothing is left to flush to.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


def _utf8_streams() -> None:
    """Documents are in every script, whatever the terminal's locale says."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure:
            reconfigure(encoding="utf-8", errors="replace", newline="\n")
