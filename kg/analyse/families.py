"""Families of recurring resolutions: 70/178, then 71/209, then 72/196 under one title.

A text belongs to the family of an earlier one of its organ that it cites, if both bear the same
title, or if it cites it by its own title ("its resolution 70/178, entitled …"). A title alone
does not join: what bears the title and is tied by no citation is left apart and named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from kg.analyse.graph import facts_of, network_of, node_of
from kg.errors import QueryError
from kg.symbol import DOCUMENT_BASE

if TYPE_CHECKING:
    from kg.network.citations import Citations
    from kg.store import Reader

Evidence = Literal["same title", "cited title", "both", "title but for years"]
_RANK: dict[Evidence, int] = {
    "both": 0,
    "cited title": 1,
    "same title": 2,
    "title but for years": 3,
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """That a text continues an earlier one, and what shows it: the edge of the citation."""

    later: int
    earlier: int
    evidence: Evidence
    edge: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Recurring resolutions as nodes in order of years; what bears the title but is not tied."""

    title: str
    members: tuple[int, ...]
    links: tuple[Link, ...]
    apart: tuple[int, ...]

    def link(self, member: int) -> Link | None:
        """What a member continues: the latest earlier one that it cites; None for the first."""
        place = {node: order for order, node in enumerate(self.members)}
        own = [link for link in self.links if link.later == member]
        return max(own, key=lambda link: place[link.earlier], default=None)


def families(store: Reader | Citations, *, language: str = "en") -> tuple[Family, ...]:
    """All families of two members or more, the largest first.

    >>> from kg.store import Store
    >>> with Store.in_memory(ontology=False) as store:
    ...     families(store)
    ()
    """
    found = _Titled(network_of(store), language)
    groups = _groups(found.links())
    made = (found.family(members, links) for members, links in groups)
    return tuple(sorted(made, key=lambda family: (-len(family.members), family.title)))


def family(store: Reader | Citations, start: str, *, language: str = "en") -> Family:
    """The family of one document; itself alone if nothing shows that it recurs.

    A draft has the family of the resolution it became.

    Raises:
        QueryError: the store has no such node, or it is no resolution, decision or draft.
    """
    network = network_of(store)
    found = _Titled(network, language)
    node = found.named.get(node_of(network, start))
    if node is None:
        name = start.removeprefix(DOCUMENT_BASE)
        raise QueryError(f"{name}: is no resolution, decision or draft, so it has no family")
    members, links = {node}, list(found.links_of(node))
    waiting = [node]
    for one in waiting:
        for link in found.links_of(one):
            links.append(link)
            for other in {link.later, link.earlier} - members:
                members.add(other)
                waiting.append(other)
    return found.family(members, links)


def family_rows(
    store: Reader | Citations, found: Family, *, language: str = "en"
) -> list[dict[str, Any]]:
    """The members as rows, first to last, each with what it continues and the words that say so.

    What bears the title without being tied comes after them, its ``evidence`` being
    ``"title only"``.
    """
    network = network_of(store)
    rows = []
    for member in found.members:
        link = found.link(member)
        rows.append(_row(network, member, link, link.evidence if link else "", language))
    return rows + [_row(network, node, None, "title only", language) for node in found.apart]


def _row(
    network: Citations, node: int, link: Link | None, evidence: str, language: str
) -> dict[str, Any]:
    import numpy as np

    about = network.about(node, language)
    edges = np.array([link.edge] if link else [], dtype=np.int64)
    facts = next(facts_of(network, edges, language), {})
    return {
        "year": about["year"],
        "work": about["label"],
        "continues": network.about(link.earlier, language)["label"] if link else "",
        "evidence": evidence,
        "clause": facts.get("clause", ""),
        "title": about["title"],
        "paragraph": facts.get("paragraph", ""),
        "quote": facts.get("quote", ""),
        "language": facts.get("language", ""),
    }


class _Titled:
    """The works of a network by stop, with their titles as titles are compared."""

    def __init__(self, network: Citations, language: str) -> None:
        import numpy as np

        from kg.network.closure import named_by

        self.network, self.language = network, language
        self.named: dict[int, int] = {}
        self.parts: dict[int, list[int]] = defaultdict(list)
        self.known: dict[int, set[int]] = defaultdict(set)
        self.bearers: dict[int, set[int]] = defaultdict(set)
        self.entitled: dict[int, set[int]] = defaultdict(set)
        self.undated: dict[int, set[str]] = {}
        if not len(network):
            return
        names = named_by(network)[network.stop]
        recurring = [kind in ("resolution", "decision", "draft") for kind in network.kinds]
        nodes = np.flatnonzero(np.array(recurring)[network.kind[names]])
        self.named = dict(zip(nodes.tolist(), names[nodes].tolist(), strict=True))
        for node, name in self.named.items():
            self.parts[name].append(node)
        self._read_titles()

    def _read_titles(self) -> None:
        import numpy as np

        network = self.network
        own = np.flatnonzero(network.name_key >= 0)
        nodes = np.searchsorted(network.first_name, own, side="right") - 1
        for node, key in zip(nodes.tolist(), network.name_key[own].tolist(), strict=True):
            name = self.named.get(node)
            if name is not None and network.keys[key]:
                self.known[name].add(key)
                self.bearers[key].add(name)
        for edge, key in zip(
            network.titled_edge.tolist(), network.titled_key.tolist(), strict=True
        ):
            self.entitled[edge].add(key)

    def links(self) -> Iterator[Link]:
        """What shows of each citation that it continues an earlier text."""
        import numpy as np

        if not self.named:
            return
        network = self.network
        name = np.full(len(network), -1, dtype=np.int64)
        name[list(self.named)] = list(self.named.values())
        later, earlier = name[network.source], name[network.target]
        found = (later >= 0) & (earlier >= 0) & (network.year[later] > network.year[earlier])
        found &= network.organ[later] == network.organ[earlier]
        for edge in found.nonzero()[0].tolist():
            yield from self._link(edge, int(network.source[edge]), int(network.target[edge]))

    def links_of(self, node: int) -> Iterator[Link]:
        """The same of the citations from and to one work."""
        network = self.network
        for part in self.parts[node]:
            out = range(network.starts_out[part], network.starts_out[part + 1])
            into = network.into[network.starts_in[part] : network.starts_in[part + 1]].tolist()
            for edge in (*out, *into):
                yield from self._link(edge, int(network.source[edge]), int(network.target[edge]))

    def _link(self, edge: int, a: int, b: int) -> Iterator[Link]:
        later, earlier = self.named.get(a), self.named.get(b)
        if later is None or earlier is None or not self._follows(later, earlier):
            return
        evidence = self._evidence(edge, later, earlier)
        if evidence:
            yield Link(later=later, earlier=earlier, evidence=evidence, edge=edge)

    def _follows(self, later: int, earlier: int) -> bool:
        """Of one organ and of a later year; what is of unknown year is in no family."""
        network = self.network
        first, second = int(network.year[earlier]), int(network.year[later])
        return 0 < first < second and network.organ[later] == network.organ[earlier]

    def _evidence(self, edge: int, later: int, earlier: int) -> Evidence | None:
        own, other = (self.known.get(node, set()) for node in (later, earlier))
        same = bool(own & other)
        cited = bool(own & self.entitled.get(edge, set()))
        if same or cited:
            return "both" if same and cited else "same title" if same else "cited title"
        both = self._undated(later) & self._undated(earlier)
        return "title but for years" if both else None

    def _undated(self, node: int) -> set[str]:
        """The titles of a work that name a year, without it."""
        if node not in self.undated:
            titles = (self.network.keys[key] for key in self.known.get(node, ()))
            self.undated[node] = {_YEAR.sub("", one) for one in titles if _YEAR.search(one)}
        return self.undated[node]

    def family(self, members: Iterable[int], links: Iterable[Link]) -> Family:
        """Members in order; of several citations between two, the one that shows most."""
        network = self.network
        best: dict[tuple[int, int], Link] = {}
        for link in sorted(links, key=lambda link: (_RANK[link.evidence], link.edge)):
            best.setdefault((link.later, link.earlier), link)
        order = sorted(members, key=lambda node: (int(network.year[node]), node))
        return Family(
            title=network.about(order[-1], self.language)["title"],
            members=tuple(order),
            links=tuple(best[pair] for pair in sorted(best)),
            apart=self._apart(order),
        )

    def _apart(self, members: list[int]) -> tuple[int, ...]:
        """Works of the organ that bear a member's title and are in no tie with the family."""
        organ, year = self.network.organ, self.network.year
        organs = {int(organ[node]) for node in members}
        keys = {key for node in members for key in self.known.get(node, ())}
        bearers = {node for key in keys for node in self.bearers[key]} - set(members)
        same = (node for node in bearers if int(organ[node]) in organs)
        return tuple(sorted(same, key=lambda node: (int(year[node]), node)))


def _groups(links: Iterable[Link]) -> Iterator[tuple[set[int], list[Link]]]:
    """The works that links tie together."""
    import networkx as nx

    by_later: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        by_later[link.later].append(link)
    graph = nx.Graph((link.later, link.earlier) for found in by_later.values() for link in found)
    for part in nx.connected_components(graph):
        yield part, [link for node in part for link in by_later.get(node, ())]
