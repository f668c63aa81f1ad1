"""The demonstration: two sample reports become a graph, a chain, a table and a page."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import ReadError, UnkgError
from kg.symbol import parse

if TYPE_CHECKING:
    from kg.ingest import BuildReport
    from kg.store import Store

SAMPLES = Path(__file__).resolve().parent / "samples"
START, END = "A/98/447", "A/RES/56/116"
DRAFT = "A/C.3/98/L.14/Rev.1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Demonstration:
    """What the demonstration shows: rows as a data frame takes them, and a page as HTML."""

    report: BuildReport
    draft: str
    cited: list[dict[str, Any]]
    steps: list[dict[str, Any]]
    pairs: list[dict[str, Any]]
    page: str


def sample_paths(story: str = "") -> tuple[Path, ...]:
    """The project's own samples, sorted by name: two reports, or the documents of a story.

    The stories: ``languages`` (one report in three), ``rules`` (resolutions that lead to the
    Nelson Mandela Rules), ``sponsors`` (a report on twelve drafts).

    Raises:
        ReadError: there is no such story.

    >>> [path.name for path in sample_paths()]
    ['A_97_512.en.txt', 'A_98_447.zh.txt']
    >>> [path.name for path in sample_paths("sponsors")]
    ['A_99_431.en.txt']
    """
    found = tuple(sorted((SAMPLES / story).glob("*.txt")))
    if not found:
        stories = ", ".join(sorted(path.name for path in SAMPLES.iterdir() if path.is_dir()))
        raise ReadError(f"{story}: no such story; there are {stories}")
    return found


def demonstrate(store: Store) -> Demonstration:
    """Build the samples into a store and ask it the two families of questions.

    Raises:
        UnkgError: a sample cannot be read or does not hold what it should.
    """
    from kg.analyse import chain, cosponsors
    from kg.ingest import build
    from kg.network.citations import load
    from kg.query import run
    from kg.view import chain_page

    report = build(sample_paths(), store=store, base=store.base)
    if report.errors or report.violations:
        raise UnkgError(f"the samples did not build: {[*report.errors, *report.violations][0]}")
    network = load(store)
    start, end = parse(START).iri, parse(END).iri
    whole = chain.descendants(network, start, depth=2)
    return Demonstration(
        report=report,
        draft=DRAFT,
        cited=run(store, "cites", symbol=DRAFT).records(),
        steps=chain.path_rows(network, chain.paths(network, start, end)),
        pairs=cosponsors.pairs(store),
        page=chain_page(whole, title=f"{START} and what it rests on", focus=start),
    )
