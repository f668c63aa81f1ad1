"""What a text cites against what an earlier one of its family cites."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Literal

from kg.analyse.families import family
from kg.analyse.graph import facts_of, network_of, node_of
from kg.errors import QueryError
from kg.symbol import DOCUMENT_BASE

if TYPE_CHECKING:
    from kg.network.citations import Citations
    from kg.store import Reader

Change = Literal["new", "dropped", "clause changed", "kept"]
_ORDER: tuple[Change, ...] = ("new", "dropped", "clause changed", "kept")
_Said = dict[int, list[dict[str, Any]]]


def predecessor(store: Reader | Citations, start: str) -> str:
    """The IRI of the text that a document continues: the latest of its family that it cites.

    Raises:
        QueryError: the store has no such node, or nothing shows what it continues.
    """
    network = network_of(store)
    found = family(network, start)
    node = node_of(network, start)
    member = node if node in found.members else _same(network, node, found.members)
    link = found.link(member)
    if link is None:
        name = start.removeprefix(DOCUMENT_BASE)
        raise QueryError(
            f"{name}: nothing shows which earlier text it continues (one of the same title that "
            "it cites); name the other one"
        )
    return network.iri[link.earlier]


def diff(
    store: Reader | Citations, start: str, other: str | None = None, *, language: str = "en"
) -> list[dict[str, Any]]:
    """What a document cites and an earlier one does not, and the other way round, as rows.

    ``other`` is the IRI of the earlier one, its ``predecessor`` if left out. A row is one cited
    work: ``change`` is ``new``, ``dropped``, ``clause changed`` (recalled then, reaffirmed now)
    or ``kept``; ``clause``, ``paragraph``, ``quote`` and ``language`` are those of the document,
    the same with ``before`` those of the earlier one; several clauses are joined by ``"; "``,
    paragraph and quotation are the first. A draft and the resolution it became are one work.

    Raises:
        QueryError: the store lacks one of the two, or nothing shows what the first continues.
    """
    network = network_of(store)
    earlier = node_of(network, other or predecessor(network, start))
    stops = network.stop
    now = _said(network, stops, node_of(network, start), language)
    before = _said(network, stops, earlier, language)
    rows = [
        _row(network, now.get(stop, []), before.get(stop, []), language)
        for stop in sorted({*now, *before})
    ]
    return sorted(rows, key=lambda row: (_ORDER.index(row["change"]), row["cited"]))


def _same(network: Citations, node: int, members: tuple[int, ...]) -> int:
    stops = network.stop
    return next(member for member in members if stops[member] == stops[node])


def _said(network: Citations, stops: Any, node: int, language: str) -> _Said:
    """The citations of a text by the stop they lead to.

    They are the document's own; those of its drafts, or of the resolution it became, if it has
    none.
    """
    import numpy as np

    from kg.network.reach import EVERYTHING, Walk

    walk = Walk(network, "cites", EVERYTHING)
    edges = np.sort(walk.citations(np.array([node])))
    if not len(edges):
        edges = np.sort(walk.citations(np.flatnonzero(stops == stops[node])))
    found: _Said = {}
    for edge, facts in zip(edges.tolist(), facts_of(network, edges, language), strict=True):
        target = int(network.target[edge])
        if stops[target] != stops[node]:
            found.setdefault(int(stops[target]), []).append({**facts, "target": target})
    return {
        stop: sorted(said, key=lambda facts: _place(facts["paragraph"]))
        for stop, said in found.items()
    }


def _place(paragraph: str) -> tuple[bool, int, str]:
    """Preambular paragraphs before operative ones, by number."""
    number = re.search(r"[0-9]{1,9}$", paragraph)
    preambular = re.search(r"#(?:.*-)?pp[0-9.]+$", paragraph)
    return preambular is None, int(number[0]) if number else 0, paragraph


def _row(
    network: Citations,
    now: list[dict[str, Any]],
    before: list[dict[str, Any]],
    language: str,
) -> dict[str, Any]:
    about = network.about((now or before)[0]["target"], language)
    clauses, earlier = (sorted({facts["clause"] for facts in said}) for said in (now, before))
    change: Change = "kept" if clauses == earlier else "clause changed"
    if not now or not before:
        change = "new" if now else "dropped"
    here, there = (said[0] if said else {} for said in (now, before))
    return {
        "change": change,
        "cited": about["label"],
        "title": about["title"],
        "clause": "; ".join(clauses),
        "clause_before": "; ".join(earlier),
        "paragraph": here.get("paragraph", ""),
        "quote": here.get("quote", ""),
        "language": here.get("language", ""),
        "paragraph_before": there.get("paragraph", ""),
        "quote_before": there.get("quote", ""),
        "language_before": there.get("language", ""),
    }
