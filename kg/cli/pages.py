"""Commands that write files: demo, view, export."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.cli import options
from kg.cli.output import print_dicts, progress, say, tell

if TYPE_CHECKING:
    from kg.demo import Demonstration

PageLanguage = Annotated[
    str, typer.Option("--language", metavar="CODE", help="Language of the page's own words.")
]

view = typer.Typer(
    help="Write an interactive page: one file, works offline.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def demo(
    page: options.Page = Path("unkg-demo.html"),
    store: Annotated[
        Path | None,
        typer.Option("--store", metavar="DIR", help="Keep the store here (else it is temporary)."),
    ] = None,
) -> None:
    """Build two sample reports, show a chain and a co-sponsorship table, write a page."""
    from kg.demo import demonstrate, sample_paths
    from kg.store import Store
    from kg.view import write_page

    tell(f"reading {' and '.join(path.name for path in sample_paths())}")
    with TemporaryDirectory(prefix="unkg-demo-") as scratch:
        with Store.open(store or Path(scratch) / "store") as opened, progress("building"):
            shown = demonstrate(opened)
        _print_demonstration(shown)
        write_page(shown.page, page)
    tell(f"\nOpen {page} in a browser: click an arrow to read the clause it stands for.")
    tell("Next: kg build YOUR-FOLDER, then kg query --list, kg chain SYMBOL, kg cosponsors.")


def _print_demonstration(shown: Demonstration) -> None:
    say(f"What draft {shown.draft} cites, and in which words\n")
    print_dicts(("verb", "cited", "via", "quote"), shown.cited, "table")
    say("\nA chain: from the Chinese report through the English one\n")
    print_dicts(("from", "clause", "to"), shown.steps, "table")
    say("\nWho sponsors with whom most often\n")
    columns = ("first", "first_name", "second", "second_name", "drafts")
    print_dicts(columns, shown.pairs[:8], "table")


@view.command("chain")
def view_chain(
    symbol: options.Start,
    page: options.Page,
    direction: options.Direction = "cites",
    depth: options.Depth = 3,
    to: options.Goal = None,
    clause: options.Clauses = None,
    organ: options.Organs = None,
    since: options.Since = None,
    until: options.Until = None,
    language: PageLanguage = "en",
    store: options.StoreDir = options.DEFAULT_STORE,
    endpoint: options.EndpointUrl = None,
) -> None:
    """Write a page with the citation chain of a document."""
    from kg.cli.chains import Asked, chain_graph
    from kg.view import chain_page, write_page

    within = Asked(clauses=tuple(clause or ()), organs=tuple(organ or ()), since=since, until=until)
    with options.reader(store, endpoint) as opened, progress("drawing"):
        graph, start = chain_graph(
            opened,
            symbol,
            direction=direction,
            depth=depth,
            to=to,
            within=within,
            language=language,
        )
    facts = graph.nodes[start]
    title = " ".join(dict.fromkeys(filter(None, (facts["label"], facts["title"]))))
    write_page(chain_page(graph, title=title, language=language, focus=start), page)
    tell(f"{page}: {len(graph)} works, {graph.number_of_edges()} citations")


@view.command("cosponsors")
def view_cosponsors(
    page: options.Page,
    states: options.States = None,
    language: PageLanguage = "en",
    store: options.StoreDir = options.DEFAULT_STORE,
    endpoint: options.EndpointUrl = None,
) -> None:
    """Write a page with the co-sponsorship network."""
    from kg.cli.chains import sponsor_graph
    from kg.view import cosponsors_page, write_page
    from kg.view.words import words

    with options.reader(store, endpoint) as opened, progress("drawing"):
        graph = sponsor_graph(opened, states or [], language=language)
    title = words(language)["cosponsors"]
    write_page(cosponsors_page(graph, title=title, language=language), page)
    tell(f"{page}: {len(graph)} states, {graph.number_of_edges()} pairs")


@view.command("document")
def view_document(
    name: Annotated[
        str, typer.Argument(metavar="SYMBOL|PATH", help="A document of the store, or a file.")
    ],
    page: options.Page,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="CODE", help="The language version, e.g. zh."),
    ] = None,
    words: Annotated[
        str | None,
        typer.Option("--words", metavar="CODE", help="Language of the page's own words, if other."),
    ] = None,
    files: Annotated[
        Path | None,
        typer.Option("--files", metavar="DIR", help="Where the files are that were built from."),
    ] = None,
    store: options.StoreDir = options.DEFAULT_STORE,
) -> None:
    """Write a page with a document as printed, everything read from it marked in place."""
    from kg.cli.reading import held_of, read_of
    from kg.view import document_page, write_page

    with progress("drawing"):
        if Path(name).is_file():
            found = read_of(Path(name), language=language)
        else:
            found = held_of(store, name, language=language, files=files)
    html = document_page(found.record, found.text, gaps=found.gaps, language=words)
    write_page(html, page)
    missing = sum(end - start for start, end in found.gaps)
    kept = f"; {missing} characters are not in the store" if missing else ""
    tell(f"{page}: {found.record.source}, {found.record.language}{kept}")


def export(
    path: Annotated[
        Path, typer.Option("--output", "-o", metavar="PATH", help="File (neo4j: folder) to write.")
    ],
    format: Annotated[
        Literal["nq", "trig", "ttl", "jsonld", "graphml", "gexf", "csv", "parquet", "neo4j"],
        typer.Option("--format", help="RDF in four notations, networks in five."),
    ],
    network: Annotated[
        Literal["citations", "cosponsors", "sponsorships"],
        typer.Option("--network", help="Which network to write; RDF holds all."),
    ] = "citations",
    all_graphs: Annotated[
        bool,
        typer.Option("--all-graphs", help="RDF: also the ontology, the authority and joins."),
    ] = False,
    store: options.StoreDir = options.DEFAULT_STORE,
    endpoint: options.EndpointUrl = None,
) -> None:
    """Write the graph for other tools."""
    from kg.export import export as write

    with options.reader(store, endpoint) as opened, progress("writing"):
        done = write(opened, path, format=format, network=network, all_graphs=all_graphs)
    counts = ", ".join(f"{number} {what}" for what, number in done.counts.items())
    tell(f"{', '.join(map(str, done.files))}: {counts}")
    if done.next_step:
        tell(f"next: {done.next_step}")
