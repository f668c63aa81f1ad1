"""Commands that make the authority grow: harvest, authority add."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options
from kg.cli.authority import authority
from kg.cli.output import complain, finish, give_up, progress, tell

_Folder = Annotated[
    Path | None,
    typer.Option(
        "--authority",
        envvar="UNKG_AUTHORITY",
        metavar="DIR",
        help="Folder of authority files read beside the built-in ones.",
    ),
]


def harvest(
    paths: options.Paths,
    file: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="Turtle file of candidates.")
    ] = Path("candidates.ttl"),
    manifest: options.Manifest = None,
    language: options.Language = None,
    encoding: options.Encoding = None,
    jobs: Annotated[int, typer.Option("--jobs", min=1, help="Processes to read with.")] = 1,
    folder: _Folder = None,
) -> None:
    """Propose authority entries from a corpus: names, short names, registrations, annexes."""
    _use(folder)
    from kg.authority import load_authority
    from kg.harvest import harvest as run
    from kg.harvest import observe, write_candidates
    from kg.pipeline import extract_paths
    from kg.store import write_atomically

    versions, failed = [], 0
    with progress("reading"):
        for outcome in extract_paths(
            paths, manifest=manifest, language=language, encoding=encoding, jobs=jobs
        ):
            if outcome.record is None:
                failed += 1
                complain(str(outcome.error))
                continue
            for note in outcome.notes:
                complain(note)
            versions.append(observe(outcome.record, outcome.text))
    if not versions:
        give_up("nothing to harvest: no document could be read")
    candidates = run(versions, load_authority())
    write_atomically(file, write_candidates(candidates).encode("utf-8"))
    for candidate in candidates:
        for reason in candidate.contradictions:
            complain(f"{candidate.proposal} for instrument:{candidate.about}: {reason}")
    doubted = sum(bool(candidate.contradictions) for candidate in candidates)
    tell(
        f"{file}: {len(candidates)} candidates from {len(versions)} documents,"
        f" {doubted} of them contradicted"
    )
    finish(done=len(versions), failed=failed)


@authority.command("add")
def add(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="Candidates, some approved.")],
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="Folder of authority files to fill.")
    ] = None,
    folder: _Folder = None,
) -> None:
    """Bring the approved candidates of a file into the authority, all or none."""
    _use(folder)
    from kg.harvest import add_candidates

    target, added = add_candidates(file, to=to or folder)
    if not added:
        tell(f"{file}: nothing approved that the authority lacks; nothing was changed")
        return
    names = sum(len(one.statements) for one in added)
    tell(f"{target}: {names} statements on {len({one.key for one in added})} instruments")


def _use(folder: Path | None) -> None:
    """Let the authority, wherever it is loaded from, read the user's own files too."""
    if folder is not None:
        os.environ["UNKG_AUTHORITY"] = str(folder)
