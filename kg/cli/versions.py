"""Commands about where documents come from and how their versions differ: fetch, compare."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.cli import options
from kg.cli.output import complain, finish, give_up, print_rows, progress, tell
from kg.errors import ReadError

if TYPE_CHECKING:
    from kg.analyse.versions import Fact

_COLUMNS = ("kind", "place", "first", "second")


def fetch(
    symbols: Annotated[
        list[str], typer.Argument(metavar="SYMBOL…", help="Symbols of the documents.")
    ],
    folder: Annotated[Path, typer.Option("--output", "-o", metavar="DIR", help="Folder to fill.")],
    language: Annotated[
        str, typer.Option("--language", metavar="CODES", help="Languages, e.g. zh,en.")
    ] = "en",
    format: Annotated[
        Literal["pdf", "docx"], typer.Option("--format", help="Format of the files.")
    ] = "pdf",
    base_url: Annotated[
        str, typer.Option("--base-url", metavar="URL", help="Where to ask instead of the UN.")
    ] = "https://documents.un.org",
    pause: Annotated[
        float, typer.Option("--pause", min=0, metavar="S", help="Seconds between two requests.")
    ] = 1.0,
    retries: Annotated[
        int, typer.Option("--retries", min=0, max=10, help="How often to try again.")
    ] = 4,
    timeout: Annotated[
        float,
        typer.Option("--timeout", min=0.1, metavar="S", help="Seconds to wait for an answer."),
    ] = 60.0,
) -> None:
    """Get documents by symbol from the UN's Official Document System."""
    from kg.fetch import Client
    from kg.fetch import fetch as run

    languages = tuple(dict.fromkeys(filter(None, map(str.strip, language.split(",")))))
    client = Client(base_url=base_url, pause=pause, retries=retries, timeout=timeout)
    wanted = len(symbols) * len(languages)
    done = failed = 0
    with progress("fetching"):
        for got in run(symbols, languages=languages, folder=folder, format=format, client=client):
            if got.error is not None:
                failed += 1
                complain(str(got.error))
                continue
            done += 1
            typer.echo(got.path)
            tell(f"{got.symbol} ({got.language}): {_SAID[got.change]}")
    left = wanted - done - failed
    if left:
        complain(f"{left} more not asked for; run the same command again later")
    finish(done=done, failed=failed + left)


_SAID = {"fetched": "fetched", "there": "already there"}


def compare(
    names: Annotated[
        list[str],
        typer.Argument(metavar="A [B]", help="Two files, or one document's symbol in a store."),
    ],
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="CODES", help="Which two stored versions, e.g. en,fr."),
    ] = None,
    format: options.Rows = "table",
    store: options.StoreDir = options.DEFAULT_STORE,
) -> None:
    """Print what one language version of a document states and the other does not."""
    from kg.analyse.versions import differences

    if len(names) == 2:
        versions = _of_files([Path(name) for name in names])
    elif len(names) == 1:
        versions = _of_store(store, names[0], language)
    else:
        give_up("compare takes two files, or one symbol")
    (first, left), (second, right) = versions
    found = differences(left, right)
    rows = [(row.kind, row.place, row.first, row.second) for row in found]
    print_rows(_COLUMNS, rows, format)
    tell(
        f"first: {first}, {len(left)} facts; second: {second}, {len(right)} facts;"
        f" {len(left & right)} the same"
    )


def _of_files(paths: list[Path]) -> list[tuple[str, frozenset[Fact]]]:
    """The facts of two files, which need not say whose document they are."""
    from kg.analyse.versions import facts_of
    from kg.pipeline import extract_paths
    from kg.triples import quads

    found = []
    for outcome in extract_paths(paths):
        if outcome.record is None:
            raise outcome.error or ReadError(f"{outcome.path}: cannot be read")
        for note in outcome.notes:
            complain(note)
        facts = facts_of(quads(outcome.record, text=outcome.text))
        found.append((f"{outcome.path} ({outcome.record.language})", facts))
    return found


def _of_store(where: Path, name: str, language: str | None) -> list[tuple[str, frozenset[Fact]]]:
    """The facts of two language versions that a store holds."""
    from kg.analyse.versions import facts_of
    from kg.holdings import graphs_of, holdings
    from kg.store import Store

    asked = [code.strip() for code in (language or "").split(",") if code.strip()]
    with Store.open(where, read_only=True) as opened:
        here = set(graphs_of(opened, name))
        held = {h.language or "": h.graph for h in holdings(opened) if h.graph in here}
        chosen = asked or sorted(held)
        if len(chosen) != 2 or not set(chosen) <= set(held):
            known = ", ".join(sorted(held))
            give_up(f"{name}: stored in {known}; name two versions with --language")
        return [(held[code], facts_of(opened.quads(held[code]))) for code in chosen]
