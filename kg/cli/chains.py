"""What a person asks of a chain or of sponsors, as the part of a graph that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from kg.errors import QueryError
from kg.symbol import DOCUMENT_BASE

if TYPE_CHECKING:
    import networkx as nx

    from kg.cli.options import DirectionName
    from kg.network.citations import Citations
    from kg.network.reach import Within
    from kg.store import Reader

PATH_DEPTH = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a chain is restricted to, in the words of the person who asks."""

    clauses: tuple[str, ...] = ()
    organs: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None

    def on(self, store: Reader, network: Citations) -> Within:
        """The same in the terms of a network.

        Raises:
            QueryError: a clause or organ is not known; the text names what there is.
        """
        from kg.lookup import find
        from kg.network.reach import Within
        from kg.vocab import UNKG

        clauses = (find(store, clause, "clause").value for clause in self.clauses)
        return Within(
            clauses=frozenset(clause.removeprefix(UNKG.IRI) for clause in clauses),
            organs=frozenset(_organ(store, network, organ) for organ in self.organs),
            since=self.since,
            until=self.until,
        )


EVERYTHING = Asked()


def _organ(store: Reader, network: Citations, name: str) -> str:
    """An organ's code, by code or by name, as the works of the network have it."""
    from kg.lookup import find

    known = {organ.upper(): organ for organ in network.organs if organ}
    if name.upper() in known:
        return known[name.upper()]
    try:
        key = find(store, name, "organ").value.rsplit("/", 1)[-1]
    except QueryError:
        key = ""
    for organ in known.values():
        if organ.replace("/", "-") == key:
            return organ
    near = get_close_matches(name.upper(), known, n=3, cutoff=0.5) or sorted(known)[:8]
    raise QueryError(f"{name}: no work of that organ is here; near: {', '.join(near)}")


def chain_graph(
    store: Reader,
    name: str,
    *,
    direction: DirectionName,
    depth: int,
    to: str | None,
    within: Asked = EVERYTHING,
    language: str = "en",
) -> tuple[nx.MultiDiGraph[str], str]:
    """The chain from a document, or the ways from it to another, and the node it starts from.

    Raises:
        QueryError: a name is not known, or no way leads from one to the other.
    """
    from kg.analyse import chain
    from kg.analyse.graph import name_in
    from kg.lookup import find
    from kg.network.citations import load

    start = find(store, name, "work").value
    network = load(store)
    bounds = within.on(store, network)
    if to is not None:
        ways = _ways(store, network, start, to, bounds)
        found = chain.path_graph(network, ways, language=language)
    else:
        reach = chain.descendants if direction == "cites" else chain.ancestors
        found = reach(network, start, depth=depth, within=bounds, language=language)
    return found, name_in(found, start) or start


def chain_rows(
    store: Reader,
    name: str,
    *,
    direction: DirectionName,
    depth: int,
    to: str | None = None,
    shortest: bool = False,
    within: Asked = EVERYTHING,
) -> list[dict[str, Any]]:
    """The same as rows: one a citation, or one a step of each way."""
    from kg.analyse import chain
    from kg.analyse.quoted import quoted
    from kg.lookup import find
    from kg.network.citations import load

    start = find(store, name, "work").value
    network = load(store)
    bounds = within.on(store, network)
    if to is None:
        return quoted(network, start, direction=direction, depth=depth, within=bounds)
    search = _shortest if shortest else _ways
    return chain.path_rows(network, search(store, network, start, to, bounds))


def root_rows(store: Reader, name: str, *, within: Asked = EVERYTHING) -> list[dict[str, Any]]:
    """Where a work's citations end, each with one shortest chain."""
    from kg.analyse.roots import roots
    from kg.lookup import find
    from kg.network.citations import load

    start = find(store, name, "work").value
    network = load(store)
    return roots(network, start, within=within.on(store, network))


def member_rows(store: Reader, name: str) -> list[dict[str, Any]]:
    """The family of recurring resolutions that a document belongs to."""
    from kg.analyse.families import family, family_rows
    from kg.lookup import find
    from kg.network.citations import load

    start = find(store, name, "document").value
    network = load(store)
    return family_rows(network, family(network, start))


def diff_rows(store: Reader, name: str, against: str | None) -> list[dict[str, Any]]:
    """What a document cites against an earlier one of its family, or against a given one."""
    from kg.analyse.diff import diff, predecessor
    from kg.cli.output import tell
    from kg.lookup import find
    from kg.network.citations import load

    start = find(store, name, "document").value
    network = load(store)
    other = find(store, against, "document").value if against else predecessor(network, start)
    tell(f"{name} against {other.removeprefix(DOCUMENT_BASE)}")
    return diff(network, start, other)


def _ways(
    store: Reader, network: Citations, start: str, to: str, within: Within | None = None
) -> tuple[tuple[str, ...], ...]:
    from kg.analyse import chain
    from kg.cli.output import tell
    from kg.lookup import find

    end = find(store, to, "work").value
    ways = chain.paths(network, start, end, depth=PATH_DEPTH, within=within)
    if not ways:
        raise QueryError(f"no chain of up to {PATH_DEPTH} steps leads to {to} from there")
    if len(ways) == chain.MAX_PATHS:
        tell(f"the first {chain.MAX_PATHS} chains are shown; there may be more")
    return ways


def _shortest(
    store: Reader, network: Citations, start: str, to: str, within: Within | None
) -> tuple[tuple[str, ...], ...]:
    from kg.analyse import chain
    from kg.cli.output import tell
    from kg.lookup import find

    end = find(store, to, "work").value
    count, ways = chain.shortest_paths(network, start, end, within=within)
    if not ways:
        raise QueryError(f"no chain leads to {to} from there")
    shown = "" if len(ways) == count else f"; the first {len(ways)} are shown"
    tell(f"{count} shortest chain{'s' if count > 1 else ''}{shown}")
    return ways


def state_codes(store: Reader, names: Sequence[str]) -> list[str]:
    """ISO codes of states given by code, name or IRI."""
    from kg.lookup import find

    return [find(store, name, "state").value.rsplit("/", 1)[-1] for name in names]


def sponsor_graph(store: Reader, names: Sequence[str], *, language: str = "en") -> nx.Graph[str]:
    """States tied by the drafts they share: all, those around one state, or those among several.

    Raises:
        QueryError: a state is not known, or sponsors nothing here.
    """
    from kg.analyse.cosponsors import projection
    from kg.network.selection import incidence
    from kg.network.sponsorships import load

    loaded = load(store)
    graph = projection(loaded, language=language)
    found = incidence(loaded)
    wanted = {loaded.states[found.states[found.place(code)]] for code in state_codes(store, names)}
    if len(wanted) == 1:
        wanted |= set(graph[next(iter(wanted))])
    return graph.subgraph(wanted).copy() if wanted else graph
