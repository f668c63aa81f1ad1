"""Commands that bring documents in and keep them: extract, build, import, list, show, remove."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kg.cli import options, output
from kg.cli.output import complain, finish, give_up, log, print_rows, tell
from kg.errors import UnkgError

if TYPE_CHECKING:
    from kg.ingest import BuildReport, FileReport
    from kg.store import Store


def extract(
    paths: options.Paths,
    symbol: options.Symbol = None,
    manifest: options.Manifest = None,
    language: options.Language = None,
    encoding: options.Encoding = None,
    format: Annotated[
        Literal["json"], typer.Option("--format", help="One JSON object a line, one a document.")
    ] = "json",
    jobs: options.Jobs = 1,
    seconds: options.Seconds = 30.0,
    memory: options.Memory = 1024,
) -> None:
    """Print what is read from documents: one record a line."""
    from kg.pipeline import extract_paths
    from kg.record import as_line

    done = failed = 0
    for outcome in extract_paths(
        paths,
        symbol=symbol,
        manifest=manifest,
        language=language,
        encoding=encoding,
        jobs=jobs,
        limits=options.limits(seconds, memory),
    ):
        if outcome.record is None:
            failed += 1
            complain(str(outcome.error))
            continue
        done += 1
        for note in outcome.notes:
            complain(note)
        typer.echo(as_line(outcome.record))
    finish(done=done, failed=failed)


def build(
    paths: options.Paths,
    symbol: options.Symbol = None,
    manifest: options.Manifest = None,
    language: options.Language = None,
    encoding: options.Encoding = None,
    jobs: options.Jobs = 1,
    seconds: options.Seconds = 30.0,
    memory: options.Memory = 1024,
    report_file: Annotated[
        Path | None,
        typer.Option("--report", metavar="FILE", help="Write a JSON line on each file here."),
    ] = None,
    log_format: Annotated[
        Literal["text", "json"],
        typer.Option("--log-format", help="Messages for people, or a JSON object a line."),
    ] = "text",
    scheduler: Annotated[
        str | None,
        typer.Option("--scheduler", metavar="URL", help="Read on this Dask cluster (tls://…)."),
    ] = None,
    shards: Annotated[
        Path | None,
        typer.Option("--shards", metavar="DIR", help="Where a cluster's N-Quads are written."),
    ] = None,
    send: Annotated[
        bool, typer.Option("--send", help="Send files to workers that cannot open them.")
    ] = False,
    tls_ca: Annotated[
        Path | None, typer.Option("--tls-ca", metavar="PEM", help="The cluster's authority.")
    ] = None,
    tls_cert: Annotated[
        Path | None, typer.Option("--tls-cert", metavar="PEM", help="This end's certificate.")
    ] = None,
    tls_key: Annotated[
        Path | None, typer.Option("--tls-key", metavar="PEM", help="This end's private key.")
    ] = None,
    store: options.StoreDir = options.DEFAULT_STORE,
    base: options.Base = None,
) -> None:
    """Read, extract, validate and store documents; again on the same input changes nothing."""
    from kg.ingest import build as run
    from kg.store import Store

    if scheduler or shards:
        if not (scheduler and shards):
            give_up("a cluster needs both --scheduler URL and --shards DIR")
        from kg.cluster import Security

        _build_shards(
            paths,
            report_file=report_file,
            as_json=log_format == "json",
            scheduler=scheduler,
            folder=shards,
            security=Security(ca=tls_ca, cert=tls_cert, key=tls_key),
            symbol=symbol,
            manifest=manifest,
            language=language,
            encoding=encoding,
            send=send,
            seconds=seconds,
            **({"base": base} if base else {}),
        )
        return

    with (
        Store.open(store, base=base) as opened,
        output.lines(report_file) as line,
        output.counter("reading") as count,
    ):

        def told(file: FileReport) -> None:
            count.step()
            line(file.as_data())
            if log_format == "json":
                log("file", **file.as_data())

        report = run(
            paths,
            store=opened,
            symbol=symbol,
            manifest=manifest,
            language=language,
            encoding=encoding,
            jobs=jobs,
            limits=options.limits(seconds, memory),
            base=opened.base,
            counted=count.total if log_format == "text" else None,
            told=told,
        )
        if log_format == "json":
            _log_build(report, opened)
    if log_format == "text":
        for message in (*report.notes, *report.errors, *report.violations):
            complain(str(message))
        tell(f"{store}: {report}")
    violated = sum(found.severity == "violation" for found in report.violations)
    finish(done=report.done, failed=len(report.errors) + violated)


def _log_build(report: BuildReport, store: Store) -> None:
    """Notes, violations and a summary: files by what became of them, unresolved by reason."""
    from kg.quality import measures

    for note in report.notes:
        log("note", text=note)
    for violation in report.violations:
        log("violation", text=str(violation))
    unresolved: Counter[str] = Counter()
    for one in measures(store, sections=["unresolved"]):
        unresolved[one.measure] += one.count
    changes = {
        "added": len(report.added),
        "replaced": len(report.replaced),
        "unchanged": len(report.unchanged),
        "removed": len(report.removed),
        "failed": len(report.errors),
    }
    log("summary", **changes, violations=len(report.violations), unresolved=unresolved)


def _build_shards(
    paths: list[Path], *, report_file: Path | None, as_json: bool, **settings: Any
) -> None:
    from kg.cluster import build_shards

    with output.lines(report_file) as line, output.counter("reading") as count:

        def told(file: FileReport) -> None:
            count.step()
            line(file.as_data())
            if as_json:
                log("file", **file.as_data())

        counted = None if as_json else count.total
        done = build_shards(paths, counted=counted, told=told, **settings)
    counts = {"files": done.files, "statements": done.statements, "shards": len(done.shards)}
    if as_json:
        log("summary", **counts, failed=len(done.errors))
    else:
        for error in done.errors:
            complain(str(error))
        said = ", ".join(f"{number} {name}" for name, number in counts.items())
        tell(f"{settings['folder']}: {said}, {len(done.errors)} failed")
    finish(done=done.files, failed=len(done.errors))


def import_rdf(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help="N-Quads, TriG, Turtle or N-Triples.")
    ],
    store: options.StoreDir = options.DEFAULT_STORE,
) -> None:
    """Bring in RDF that uses the ontology's terms."""
    from kg.imports import import_files
    from kg.store import Store

    done = failed = 0
    with Store.open(store) as opened:
        for found in import_files(files, store=opened, base=opened.base):
            if found.error is not None:
                failed += 1
                complain(str(found.error))
                continue
            done += 1
            tell(f"{found.path}: {found.quads} statements in {len(found.graphs)} graphs")
            for warning in found.warnings:
                tell(f"{found.path}: warning: {warning}")
    finish(done=done, failed=failed)


def list_documents(
    format: options.Rows = "table",
    store: options.StoreDir = options.DEFAULT_STORE,
    endpoint: options.EndpointUrl = None,
) -> None:
    """Print the documents a store holds."""
    from kg.holdings import holdings

    with options.reader(store, endpoint) as opened:
        rows = [
            (held.symbol or held.document, held.language, held.kind, held.title, held.source)
            for held in holdings(opened)
        ]
    print_rows(("document", "language", "kind", "title", "source"), rows, format)


def show(
    name: Annotated[
        str, typer.Argument(metavar="SYMBOL", help="A symbol, or the IRI of anything stored.")
    ],
    format: options.Rows = "table",
    store: options.StoreDir = options.DEFAULT_STORE,
    endpoint: options.EndpointUrl = None,
) -> None:
    """Print what a store states of one document."""
    from kg.holdings import describe

    with options.reader(store, endpoint) as opened:
        print_rows(("property", "value", "language"), describe(opened, name), format)


def remove(
    name: Annotated[str, typer.Argument(metavar="SYMBOL", help="The document to remove.")],
    language: Annotated[
        str | None, typer.Option("--language", metavar="CODE", help="Only this language version.")
    ] = None,
    store: options.StoreDir = options.DEFAULT_STORE,
) -> None:
    """Remove a document, or one of its language versions, from a store."""
    from kg.holdings import graphs_of
    from kg.store import Store

    if not store.exists():
        give_up(f"{store}: no store here; name one with --store")
    with Store.open(store) as opened:
        for graph in graphs_of(opened, name, language=language):
            opened.remove(graph)
            tell(f"removed {graph}")
        opened.join()


def text(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A file, or - .")],
    encoding: options.Encoding = None,
    page: Annotated[
        int | None, typer.Option("--page", min=1, metavar="N", help="Only this page of a PDF.")
    ] = None,
) -> None:
    """Print the text that offsets count in."""
    from kg.read import bytes_of, content_of

    try:
        data = sys.stdin.buffer.read() if path == Path("-") else bytes_of(path)
        content = content_of(data, encoding=encoding)
    except UnkgError as error:
        give_up(f"{path}: {error}")
    for note in content.notes:
        complain(f"{path}: {note}")
    if page is None:
        sys.stdout.write(content.text)
        return
    if page > len(content.pages):
        give_up(f"{path}: has {len(content.pages)} pages; leave --page out for all of its text")
    ends = [*content.pages[1:], len(content.text)]
    sys.stdout.write(content.text[content.pages[page - 1] : ends[page - 1]].removesuffix("\f"))
