"""Commands on the authority: show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli import options
from kg.cli.output import give_up, print_json, say
from kg.errors import QueryError, StoreError

if TYPE_CHECKING:
    from kg.authority import Entity, Label
    from kg.entries import Use

authority = typer.Typer(
    help="The names that citations resolve to: states, organs, instruments, addressees.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
_LANGUAGES = ("en", "zh", "fr", "es", "ru", "ar")
# How many documents of each relation a page names; all are counted.
_FIRST = 10


@authority.command("show")
def show(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="A key, a code, or a name in any language.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object.")] = False,
    store: options.StoreDir = options.DEFAULT_STORE,
) -> None:
    """Print what the authority says of one entity, and who cites it in a store."""
    from kg.entries import entry

    try:
        one = entry(name)
    except QueryError as error:
        give_up(str(error))
    used = _uses(store, one)
    if as_json:
        print_json(_data(one, used))
        return
    for line in _page(one, used, store):
        say(line)


def _uses(store: Path, one: Entity) -> tuple[Use, ...] | None:
    """What a store says of it; None where there is no store."""
    from kg.entries import uses
    from kg.store import Store

    if not store.exists():
        return None
    try:
        with Store.open(store, read_only=True) as opened:
            return uses(opened, one)
    except StoreError as error:
        give_up(str(error))


def _page(one: Entity, used: tuple[Use, ...] | None, store: Path) -> Iterator[str]:
    yield f"{one.key} · {one.label('en')} · {one.kind}"
    yield one.iri
    yield ""
    rows = [*_names(one), *_facts(one)]
    width = max(len(head) for head, _ in rows)
    for head, text in rows:
        yield f"{head:{width}}  {text}"
    yield ""
    if used is None:
        yield f"who cites it: no store at {store}; kg build makes one, --store names another"
    elif not used:
        yield f"who cites it: nobody in {store}"
    for use in used or ():
        more = len(use.documents) - _FIRST
        named = ", ".join(use.documents[:_FIRST]) + (f" and {more} more" if more > 0 else "")
        yield f"{use.relation} {len(use.documents)} in {store}: {named}"


def _names(one: Entity) -> Iterator[tuple[str, str]]:
    """The names by language, the preferred one first, each with its kind and dates."""
    languages = [*_LANGUAGES, *sorted({n.language for n in one.labels} - {*_LANGUAGES})]
    for language in languages:
        named = [n for n in one.labels if n.language == language]
        for label in sorted(named, key=lambda n: n.kind != "preferred"):
            yield f"{language} {label.kind}", label.text + _dates(label)


def _dates(label: Label) -> str:
    """When a name was in use, its last day excluded."""
    if label.start and label.end:
        return f" ({label.start} to {label.end})"
    if label.start or label.end:
        return f" (from {label.start})" if label.start else f" (until {label.end})"
    return ""


def _facts(one: Entity) -> Iterator[tuple[str, str]]:
    from kg.authority import load_authority
    from kg.entries import before, below

    same = load_authority().scheme(one.scheme)

    def all_of(head: str, others: Iterable[Entity]) -> Iterator[tuple[str, str]]:
        for other in others:
            yield head, f"{other.key} ({other.label('en')})"

    if one.date:
        yield "date", one.date
    for registration in one.registered_as:
        yield "registered", f"UNTS vol. {registration.volume}, No. {registration.number}"
    for symbol in one.annexed_to:
        yield "annexed to", symbol
    yield from all_of("parent", [same[one.parent]] if one.parent else [])
    yield from all_of("part", [same[key] for key in one.parts])
    yield from all_of("child", below(one))
    yield from all_of("predecessor", before(one))
    for code, value in sorted(one.codes):
        yield code, f"{value} ({same[value].label('en')})" if value in same else value


def _data(one: Entity, used: tuple[Use, ...] | None) -> dict[str, Any]:
    from kg.entries import before, below

    codes: dict[str, list[str]] = {}
    for code, value in one.codes:
        codes.setdefault(code, []).append(value)
    return {
        "key": one.key,
        "iri": one.iri,
        "scheme": one.scheme,
        "kind": one.kind,
        "names": [
            {"text": n.text, "language": n.language, "kind": n.kind, "from": n.start,
             "until": n.end}
            for n in one.labels
        ],
        "date": one.date,
        "registered_as": [{"volume": r.volume, "number": r.number} for r in one.registered_as],
        "annexed_to": one.annexed_to,
        "parent": one.parent,
        "parts": one.parts,
        "children": [other.key for other in below(one)],
        "predecessors": [other.key for other in before(one)],
        "codes": codes,
        "uses": None if used is None else {use.relation: use.documents for use in used},
    }  # fmt: skip
