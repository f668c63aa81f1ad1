"""The command on the quality of a store: report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from kg.cli import options
from kg.cli.output import give_up, print_rows, progress

if TYPE_CHECKING:
    from kg.quality import Measure

CheckName = Literal["vote", "citation", "date", "marker", "note", "state", "undecided"]
SectionName = Literal["documents", "coverage", "faults", "unresolved", "changes"]
_MEASURES = ("section", "measure", "language", "count", "of", "share", "example")
_FINDINGS = ("check", "document", "language", "text", "reason")
_CHANGES = ("change", "path", "graph", "statements", "before", "reason")


def report(
    section: Annotated[
        SectionName | None, typer.Option("--section", help="Only this part of the report.")
    ] = None,
    findings: Annotated[
        bool, typer.Option("--findings", help="Print each place that a check found.")
    ] = False,
    check: Annotated[
        CheckName | None, typer.Option("--check", help="Only what this check finds.")
    ] = None,
    changes: Annotated[
        bool, typer.Option("--changes", help="Print each file that the last build changed.")
    ] = False,
    format: options.Rows = "table",
    store: options.StoreDir = options.DEFAULT_STORE,
    endpoint: options.EndpointUrl = None,
) -> None:
    """Print how good a corpus is: coverage, faults, what was left undecided, what changed."""
    if changes:
        print_rows(_CHANGES, _changes(store, endpoint), format)
        return
    from kg.quality import CHECKS
    from kg.quality import findings as find

    with options.reader(store, endpoint) as opened, progress("looking"):
        if findings or check:
            wanted = (check,) if check else CHECKS
            rows = [
                tuple(getattr(one, name) for name in _FINDINGS)
                for one in find(opened, checks=wanted)
            ]
            columns: tuple[str, ...] = _FINDINGS
        else:
            from kg.quality import measures

            sections = [section] if section else None
            found = [*measures(opened, sections=sections), *_summed(store, endpoint)]
            rows = [
                tuple(getattr(one, name) for name in _MEASURES)
                for one in found
                if section in (None, one.section)
            ]
            columns = _MEASURES
    print_rows(columns, rows, format)


def _changes(store: Path, endpoint: str | None) -> list[tuple[object, ...]]:
    from kg.ledger import last_changes

    if endpoint:
        give_up("an endpoint does not know what a build changed; name the store with --store")
    known = last_changes(store)
    if known is None:
        give_up(f"{store}: no build is remembered here; kg build writes down what it changes")
    return [(c.change, c.path, c.graph, c.facts, c.before, c.reason) for c in known]


def _summed(store: Path, endpoint: str | None) -> Iterator[Measure]:
    """What the last build changed, in numbers; nothing where that is not known."""
    from kg.ledger import last_changes
    from kg.quality import Measure

    known = None if endpoint else last_changes(store)
    for change in ("added", "replaced", "removed", "failed") if known is not None else ():
        mine = [one for one in known or () if one.change == change]
        yield Measure(
            section="changes",
            measure=f"{change} by the last build",
            count=len(mine),
            example=mine[0].path if mine else None,
        )
