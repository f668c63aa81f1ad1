"""Files into a store: what is new or changed is read, what is gone is removed, the rest is left.

Documents are stored some at a time, while others are read (``kg.batch``), and noted in the ledger
only then. A build may end at any moment: what was stored stays, and the next goes on from there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from kg.batch import Batch
from kg.errors import ReadError, StoreError, UnkgError
from kg.inputs import PassedOver, Task, inputs_of
from kg.iri import BASE
from kg.ledger import Changed, Entry, Ledger, edition_of, key_of, looked_at

if TYPE_CHECKING:
    from kg.pipeline import Made
    from kg.store import Change as StoreChange
    from kg.store import Store
    from kg.validate import Violation
    from kg.workers import Limits

Change = Literal["added", "replaced", "unchanged", "removed", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileReport:
    """What became of one file; ``reason`` says why it failed, ``seconds`` is the reading time."""

    path: str
    change: Change
    reason: str = ""
    symbol: str | None = None
    language: str = ""
    graph: str = ""
    bytes: int = 0
    statements: int = 0
    seconds: float = 0.0

    def as_data(self) -> dict[str, Any]:
        """Plain JSON data."""
        return {**asdict(self), "seconds": round(self.seconds, 4)}


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildReport:
    """What a build did: documents by change, errors and violations in the order met."""

    added: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    errors: tuple[UnkgError, ...] = ()
    notes: tuple[str, ...] = ()
    violations: tuple[Violation, ...] = field(default=())

    @property
    def done(self) -> int:
        """How many documents are in the store as given."""
        return len(self.added) + len(self.replaced) + len(self.unchanged)

    def __str__(self) -> str:
        parts = [
            f"{len(names)} {word}"
            for word, names in (
                ("added", self.added),
                ("replaced", self.replaced),
                ("unchanged", self.unchanged),
                ("removed", self.removed),
                ("failed", self.errors),
                ("shape violations", self.violations),
            )
            if names
        ]
        return ", ".join(parts) or "nothing to do"


@dataclass(slots=True)
class _Run:
    """A build under way: the store, what is known of its files, and what was done so far."""

    store: Store
    ledger: Ledger
    base: str
    batch: Batch
    told: Callable[[FileReport], None]
    names: dict[str, list[str]] = field(default_factory=dict)
    errors: list[UnkgError] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    violations: list[Violation] = field(default_factory=list)
    seen: dict[str, Entry | None] = field(default_factory=dict)
    before: dict[str, int] = field(default_factory=dict)

    def tell(self, path: Path | str, change: Change, name: str, **more: Any) -> None:
        self.names.setdefault(change, []).append(name)
        if change != "unchanged":
            self._keep(path, change, **more)
        self.told(FileReport(path=str(path), change=change, **more))

    def fail(self, path: Path | str, error: UnkgError, **more: Any) -> None:
        self.errors.append(error)
        self._keep(path, "failed", reason=str(error))
        self.told(FileReport(path=str(path), change="failed", reason=str(error), **more))

    def _keep(self, path: Path | str, change: Change, **more: Any) -> None:
        """Write down what changed, so that a report can say it after the build."""
        where = key_of(Path(path))
        known = {name: more[name] for name in ("reason", "graph") if more.get(name)}
        self.ledger.changed(
            Changed(
                path=where,
                change=change,
                facts=more.get("statements", 0),
                before=self.before.get(where, 0),
                **known,
            )
        )


def build(
    paths: Sequence[Path | str],
    *,
    store: Store,
    symbol: str | None = None,
    manifest: Path | None = None,
    language: str | None = None,
    encoding: str | None = None,
    jobs: int = 1,
    limits: Limits | None = None,
    base: str = BASE,
    told: Callable[[FileReport], None] | None = None,
    counted: Callable[[int], None] | None = None,
) -> BuildReport:
    """Reads, extracts, validates and stores; again on the same input changes nothing.

    A file that has not changed since the store was built from it is not read again; one that is
    gone from a folder given is removed from the store. A file that claims a graph another file
    filled is reported and left out. With several ``jobs`` or with ``limits`` files are read in
    processes of their own. ``counted`` is called with the number of files, then ``told`` with
    what became of each.

    Raises:
        SymbolError, ReadError: as for ``extract_paths``.
        StoreError: the store cannot be written.
    """
    roots = [Path(path) for path in paths]
    inputs = inputs_of(
        roots, symbol=symbol, manifest=manifest, language=language, encoding=encoding
    )
    if counted:
        counted(len(inputs))
    with Ledger(store.directory) as ledger, ThreadPoolExecutor(1) as pool:
        ledger.begin()
        run = _Run(store, ledger, base, Batch(store, pool), told or (lambda _: None))
        for made in _made(_changed(run, inputs), base=base, jobs=jobs, limits=limits):
            _put(run, made)
        _settle(run)
        _remove_gone(run, roots)
        if run.names.keys() & {"added", "replaced", "removed"}:
            store.join()
        return _report(run)


def _made(tasks: Iterator[Task], **how: Any) -> Iterator[Made]:
    """The graphs of files; what reads them is loaded only where there is one to read."""
    first = next(tasks, None)
    if first is not None:
        from kg.pipeline import made_from

        yield from made_from(chain([first], tasks), **how)


def _report(run: _Run) -> BuildReport:
    names = {change: tuple(run.names.get(change, ())) for change in _DONE}
    return BuildReport(
        **names,
        errors=tuple(run.errors),
        notes=tuple(run.notes),
        violations=tuple(run.violations),
    )


_DONE = ("added", "replaced", "unchanged", "removed")


def _changed(run: _Run, inputs: Iterable[Task | PassedOver]) -> Iterator[Task]:
    """The files that have to be read; what came of the others is told at once."""
    for one in inputs:
        if isinstance(one, PassedOver):
            run.fail(one.path, one.error)
            continue
        where = key_of(one.path)
        edition = edition_of(one, base=run.base)
        known = run.ledger.entry(where)
        now = None if one.data is not None else looked_at(one, edition=edition, known=known)
        if known is not None and now is not None and _holds(run, known, now):
            if now is not known:
                run.ledger.note(replace(known, size=now.size, modified=now.modified, seen=now.seen))
            run.seen[where] = None
            _tell_known(run, one, known)
            continue
        run.seen[where] = now
        yield one


def _holds(run: _Run, known: Entry, now: Entry) -> bool:
    """Whether what came of a file still stands: same bytes, same edition, and it is stored."""
    if (known.digest, known.edition) != (now.digest, now.edition):
        return False
    if known.graph is None:
        return True
    claim = run.store.claimed_by(known.graph)
    return claim is not None and claim.source == known.name


def _tell_known(run: _Run, task: Task, known: Entry) -> None:
    if known.error is not None:
        run.fail(task.path, ReadError(known.error), bytes=known.size)
        return
    run.notes += known.notes
    run.tell(
        task.path,
        "unchanged",
        known.name,
        graph=known.graph or "",
        bytes=known.size,
        statements=known.facts,
    )


def _put(run: _Run, made: Made) -> None:
    """One file's graph to those to be stored; what failed is noted at once."""
    from kg.store import Content

    where = key_of(made.task.path)
    known, now = run.ledger.entry(where), run.seen.get(where)
    if run.batch.touches(made.graph, known.graph if known else None):
        _settle(run)
    error = made.error or _claimed(run, made)
    if error is not None:
        if made.error is None or _passing(made):
            run.ledger.forget(where)
        elif now is not None:
            run.ledger.note(replace(now, error=str(error), notes=made.notes))
        run.fail(made.task.path, error, **_taken(run, made))
        return
    left = known.graph if known and known.graph != made.graph and _is_own(run, known) else None
    run.batch.add(
        made,
        Content(graph=made.graph, nquads=made.nquads, replaces=(left,) if left else ()),
    )
    if run.batch.due:
        _note(run, run.batch.take())
        run.batch.store_waiting()


def _settle(run: _Run) -> None:
    """Have everything stored and noted."""
    _note(run, run.batch.take())
    if run.batch.waiting:
        run.batch.store_waiting()
        _note(run, run.batch.take())


def _note(run: _Run, done: Sequence[tuple[Made, StoreChange]]) -> None:
    """Write down what came of documents that are stored."""
    with run.ledger.together():
        for made, change in done:
            where = key_of(made.task.path)
            known, now = run.ledger.entry(where), run.seen.get(where)
            if known is not None:
                run.before[where] = known.facts
            if now is not None and _filler_elsewhere(run, made) is None:
                run.ledger.note(
                    replace(now, graph=made.graph, notes=made.notes, facts=made.statements)
                )
            run.notes += made.notes
            if change != "unchanged":
                run.violations += made.violations
            facts = {name: getattr(made, name) for name in ("symbol", "language", "graph")}
            more = {**facts, "statements": made.statements, **_taken(run, made)}
            run.tell(made.task.path, change, made.task.name, **more)


def _taken(run: _Run, made: Made) -> dict[str, Any]:
    """What a file took: bytes read and seconds."""
    now = run.seen.get(key_of(made.task.path))
    size = now.size if now else len(made.task.data or b"")
    return {"bytes": size, "seconds": made.seconds}


def _passing(made: Made) -> bool:
    """Whether a file failed for want of time or memory, which the next run may have."""
    return made.error is not None and not made.seconds


def _claimed(run: _Run, made: Made) -> ReadError | None:
    """Why a file may not fill its graph: another file that is still there has filled it."""
    claim = run.store.claimed_by(made.graph)
    if claim is None:
        return None
    filler = _filler_elsewhere(run, made)
    if filler is not None:
        taken, who = not _is_copy(run, filler, made), filler.path
    else:
        known = run.ledger.filler(made.graph) is not None
        taken, who = claim.source != made.task.name and not known, claim.source
    if not taken:
        return None
    return ReadError(
        f"{made.task.path}: claims {made.graph}, which {who} has filled; left out"
        " (remove that one first, or give this one its symbol)"
    )


def _filler_elsewhere(run: _Run, made: Made) -> Entry | None:
    """The other file that filled a graph, if it is still there."""
    filler = run.ledger.filler(made.graph)
    where = key_of(made.task.path)
    if filler is None or filler.path == where or not Path(filler.path).exists():
        return None
    return filler


def _is_copy(run: _Run, filler: Entry, made: Made) -> bool:
    """Whether a file is another's copy in another folder: same name there, same bytes."""
    now = run.seen.get(key_of(made.task.path))
    return now is not None and (now.digest, now.name) == (filler.digest, filler.name)


def _remove_gone(run: _Run, roots: Iterable[Path]) -> None:
    """Take out what files filled that are gone from the folders given."""
    for root in roots:
        if not root.is_dir():
            continue
        for entry in run.ledger.below(key_of(root)):
            if entry.path not in run.seen and not Path(entry.path).exists():
                _drop(run, entry)
                run.ledger.forget(entry.path)
                if entry.graph:
                    run.before[entry.path] = entry.facts
                    run.tell(entry.path, "removed", entry.name, graph=entry.graph)


def _drop(run: _Run, entry: Entry) -> None:
    """Remove the graph that a file filled, if it is still that file's."""
    if entry.graph and _is_own(run, entry):
        try:
            run.store.remove(entry.graph)
        except StoreError as error:
            raise StoreError(f"{entry.path}: {error}") from error


def _is_own(run: _Run, entry: Entry) -> bool:
    """Whether the graph that a file filled is still that file's."""
    claim = run.store.claimed_by(entry.graph) if entry.graph else None
    return claim is not None and claim.source == entry.name
