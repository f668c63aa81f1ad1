"""The command on co-sponsors: pairs of states, and the questions asked of all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from kg.cli import options
from kg.cli.output import give_up, print_dicts, tell

if TYPE_CHECKING:
    import networkx as nx

    from kg.network.selection import Selection
    from kg.network.sponsorships import Sponsorships, Tier
    from kg.store import Reader

By = Literal["drafts", "jaccard", "cosine", "newman", "lift", "z"]
TierName = Literal["submitted", "joined"]
Rows = list[dict[str, Any]]
# How many drafts of a pair a table names.
FIRST = 3
_PAIRS = ("first", "first_name", "second", "second_name", "drafts", "jaccard", "symbols")
_MEASURES = ("cosine", "newman", "expected", "lift", "z")
_COLUMNS: dict[str, tuple[str, ...]] = {
    "pairs": (*_PAIRS, *_MEASURES),
    "neighbours": ("code", "name", "drafts", "jaccard", *_MEASURES),
    "communities": ("bloc", "code", "name", "region", "drafts", "within"),
    "central": ("code", "name", "strength", "pagerank", "betweenness", "eigenvector"),
    "late": ("code", "name", "drafts", "joined", "share", "expected", "lift", "z"),
    "bridges": ("symbol", "title", "year", "sponsors", "blocs", "participation", "entropy"),
    "over_time": ("sessions", "bloc", "size", "came", "left", "states"),
    "moves": ("code", "sessions", "before", "after"),
    "coverage": ("fact", "value"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question on the sponsorships of a selection."""

    question: str
    codes: Sequence[str]
    selection: Selection
    by: By
    symbols: bool
    sessions: int


def cosponsors(
    states: options.States = None,
    session: Annotated[
        list[int] | None, typer.Option("--session", metavar="N", help="Only drafts of it.")
    ] = None,
    organ: Annotated[
        list[str] | None,
        typer.Option(
            "--organ", "--committee", metavar="CODE",
            help="Only drafts of this organ or those below it, e.g. A/C.3, GA.",
        ),
    ] = None,
    subject: Annotated[
        list[str] | None,
        typer.Option("--subject", metavar="ITEM", help="Only drafts on this agenda item."),
    ] = None,
    instrument: Annotated[
        list[str] | None,
        typer.Option("--instrument", metavar="SLUG", help="Only drafts that cite it, e.g. uncac."),
    ] = None,
    tier: Annotated[
        TierName | None, typer.Option("--tier", help="Only who submitted, or who joined.")
    ] = None,
    since: Annotated[
        int | None, typer.Option("--since", metavar="YEAR", help="Only drafts since then.")
    ] = None,
    until: Annotated[
        int | None, typer.Option("--until", metavar="YEAR", help="Only drafts until then.")
    ] = None,
    by: Annotated[
        By | None, typer.Option("--by", help="What comes first, or what ties a community.")
    ] = None,
    symbols: Annotated[
        bool, typer.Option("--symbols", help="All drafts shared, in long answers too.")
    ] = False,
    neighbours: Annotated[
        bool, typer.Option("--neighbours", help="The ten states most like one.")
    ] = False,
    communities: Annotated[
        bool, typer.Option("--communities", help="The blocs that sponsor together.")
    ] = False,
    central: Annotated[bool, typer.Option("--central", help="Who stands in the middle.")] = False,
    late: Annotated[bool, typer.Option("--late", help="Who joins more than others.")] = False,
    bridges: Annotated[
        bool, typer.Option("--bridges", help="Drafts with sponsors of many blocs.")
    ] = False,
    over_time: Annotated[
        int | None,
        typer.Option("--over-time", min=1, metavar="N", help="The blocs of each N sessions."),
    ] = None,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="What is known of how many drafts.")
    ] = False,
    format: options.Rows = "table",
    store: options.StoreDir = options.DEFAULT_STORE,
    endpoint: options.EndpointUrl = None,
) -> None:  # fmt: skip
    """Print who sponsors with whom."""

    question = _question(
        neighbours=neighbours, communities=communities, central=central, late=late,
        bridges=bridges, over_time=over_time is not None, coverage=coverage,
    )  # fmt: skip
    with options.reader(store, endpoint) as opened:
        asked = Asked(
            question=_fitting(question, states or []),
            codes=_codes(opened, states or []),
            selection=_selection(opened, session, organ, subject, instrument, tier, since, until),
            by=by or ("cosine" if neighbours else "drafts"),
            symbols=symbols,
            sessions=over_time or 1,
        )
        found = answer(opened, asked)
    if asked.question == "pairs":
        found = _listed(found, whole=symbols or format != "table")
    print_dicts(_COLUMNS[asked.question], found, format)


def _listed(rows: Rows, *, whole: bool) -> Rows:
    """Pairs with the drafts they share, in a table the first few; said where there are none."""
    if any(row["symbols"] is None for row in rows):
        tell("the drafts of each pair are left out of so long an answer; --symbols lists them")
    if whole:
        return rows
    return [row | {"symbols": _first(row["symbols"] or "")} for row in rows]


def _first(symbols: str) -> str:
    names = symbols.split(", ")
    more = f" and {len(names) - FIRST} more" if len(names) > FIRST else ""
    return ", ".join(names[:FIRST]) + more


def _question(**given: bool) -> str:
    """Which of the questions that exclude each other is asked."""
    asked = [name for name, wanted in given.items() if wanted]
    if len(asked) > 1:
        one, other = (name.replace("_", "-") for name in asked[:2])
        give_up(f"--{one} and --{other} are two questions; ask them one by one")
    return asked[0] if asked else "pairs"


def _fitting(question: str, states: Sequence[str]) -> str:
    """The question, where it can be asked of so many states."""
    if question == "neighbours" and len(states) != 1:
        give_up(
            "--neighbours are those of one state: name one, e.g. kg cosponsors KEN --neighbours"
        )
    if question in ("bridges", "coverage") and states:
        give_up(f"--{question} is asked of all states; leave {' '.join(states)} out")
    return "moves" if question == "over_time" and states else question


def _codes(store: Reader, states: Sequence[str]) -> list[str]:
    from kg.cli.chains import state_codes

    return state_codes(store, states)


def _selection(
    store: Reader,
    sessions: Iterable[int] | None,
    organs: Iterable[str] | None,
    subjects: Iterable[str] | None,
    instruments: Iterable[str] | None,
    tier: Tier | None,
    since: int | None,
    until: int | None,
) -> Selection:
    from kg.lookup import find
    from kg.network.selection import Selection
    from kg.network.sponsorships import TIERS

    found = (find(store, name, "organ").value for name in organs or ())
    return Selection(
        sessions=frozenset(sessions or ()),
        organs=frozenset(iri.rsplit("/", 1)[-1] for iri in found),
        subjects=frozenset(subjects or ()),
        instruments=frozenset(find(store, n, "instrument").value for n in instruments or ()),
        tiers=frozenset({tier} if tier else TIERS),
        since=since,
        until=until,
    )


def answer(store: Reader, asked: Asked) -> Rows:
    """The rows that answer a question.

    Raises:
        QueryError: a state sponsors nothing here, or no draft has what the selection asks for.
    """
    from kg.analyse import blocs, cosponsors, joining
    from kg.network.sponsorships import load

    loaded, selection = load(store), asked.selection
    tie = blocs.TIES[asked.by]
    if asked.question == "pairs":
        return cosponsors.pairs(
            loaded, states=asked.codes, selection=selection, by=asked.by,
            symbols=asked.symbols or None,
        )  # fmt: skip
    if asked.question == "neighbours":
        return cosponsors.neighbours(loaded, asked.codes[0], selection=selection, by=asked.by)
    if asked.question == "communities":
        groups = blocs.blocs(loaded, selection=selection, tie=tie)
        tell(f"{len(groups.members())} blocs, modularity {groups.modularity:.3f}")
        return _only(blocs.bloc_rows(groups), asked.codes)
    if asked.question == "central":
        return _only(_central(loaded, asked), asked.codes)
    if asked.question == "late":
        return _only(joining.late(loaded, selection=selection), asked.codes)
    if asked.question == "bridges":
        groups = blocs.blocs(loaded, selection=selection, tie=tie)
        return blocs.bridges(loaded, selection=selection, found=groups)
    if asked.question == "coverage":
        found = joining.coverage(loaded, selection=selection)
        return [{"fact": fact, "value": value} for fact, value in found.items()]
    through = blocs.windows(loaded, sessions=asked.sessions, selection=selection, tie=tie)
    if asked.question == "moves":
        return _only(blocs.moves(through), asked.codes)
    return blocs.window_rows(through)


def _central(loaded: Sponsorships, asked: Asked) -> Rows:
    """States by their PageRank, the greatest first."""
    from kg.analyse.communities import centralities
    from kg.analyse.cosponsors import projection

    graph: nx.Graph[str] = projection(loaded, selection=asked.selection, drafts=False)
    weight = "weight" if asked.by == "drafts" else asked.by
    found: dict[str, dict[str, float]] = centralities(graph, weight=weight)
    rows = [
        {"code": graph.nodes[node]["code"], "name": graph.nodes[node]["label"]}
        | {name: round(value, 4) for name, value in values.items()}
        for node, values in found.items()
    ]
    return sorted(rows, key=lambda row: (-row["pagerank"], row["code"]))


def _only(rows: Rows, codes: Sequence[str]) -> Rows:
    return [row for row in rows if not codes or row["code"] in codes]
