"""The page of a citation chain: time from left to right, arrows from citing to cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import ViewError
from kg.view.excerpt import distances, excerpts, first_of
from kg.view.layout import time_layers
from kg.view.network import caption, drawing, table, text_of, year_of
from kg.view.page import Page, page, scripts_for
from kg.view.palette import HOUSE, SHAPES, Colour, colours, paint
from kg.view.words import words

if TYPE_CHECKING:
    import networkx as nx

# Edges that join a report to its drafts and a draft to its resolution: no citations.
TIES = frozenset({"contains", "adoptedAs"})

Edge = tuple[int, int, dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Node:
    """A document as the page tells of it; ``key`` is its name in the graph."""

    key: Any
    label: str
    symbol: str
    title: str
    kind: str
    organ: str
    year: int | None
    depth: int | None


def chain_page(
    graph: nx.MultiDiGraph[Any], *, title: str, language: str = "en", focus: str | None = None
) -> Page:
    """An interactive page of a citation graph, as one HTML text that needs no other file.

    ``graph`` holds documents and instruments (attributes ``label, symbol, title, kind, organ,
    year``) and an edge from the citing to the cited one for each citation (``clause, verb,
    quote, mention_start, mention_end, paragraph, language, via``; the two offsets count code
    points in ``quote``). The clauses ``contains`` and ``adoptedAs`` are ties, drawn but not counted
    as citations. Whatever is missing is left out of the page. ``focus`` is the node
    chosen at first, by its name in the graph or its symbol: the page opens with the 40 or so
    documents that count most within two steps of it (``depth`` of the nodes, or what the edges
    say) and grows as its reader asks; without a focus it opens whole. ``language`` is that of
    the page's own words: ar, en, es, fr, ru or zh. Above 5,000 nodes or 10,000 citations the page
    draws with WebGL.

    Raises:
        ViewError: the language is none of the six, or no node is called ``focus``.

    >>> import networkx as nx
    >>> graph = nx.MultiDiGraph()
    >>> graph.add_node("a", symbol="A/RES/70/1", kind="resolution", organ="GA", year=2015)
    >>> graph.add_node("b", symbol="A/RES/55/2", kind="resolution", organ="GA", year=2000)
    >>> _ = graph.add_edge("a", "b", clause="reaffirms", quote="Reaffirming resolution 55/2")
    >>> chain_page(graph, title="A/RES/70/1", focus="A/RES/70/1").count("<html")
    1
    """
    words(language)
    nodes = _nodes(graph)
    number = {node.key: place for place, node in enumerate(nodes)}
    edges = _edges(graph, number)
    chosen = _focused(nodes, focus)
    tint = colours([node.organ for node in nodes], house=HOUSE)
    data = {
        **drawing(_points(nodes, edges, tint=tint), _lines(nodes, edges)),
        "documents": table(_told(node) for node in nodes),
        "citations": table({"from": a, "to": b, **fact} for a, b, fact in edges),
        **_views(nodes, edges, focus=chosen),
        "focus": chosen,
        "organs": [[organ, *colour] for organ, colour in tint.items()],
        "kinds": [[kind, *SHAPES[kind]] for kind in SHAPES if any(n.kind == kind for n in nodes)],
        "ties": sorted(TIES),
        "clauses": [c for c, _ in _ranked(fact["clause"] for _, _, fact in edges)],
    }
    scripts = scripts_for(len(nodes), len(edges), "chain.js")
    return page(data, title=title, language=language, **scripts)


def _nodes(graph: nx.MultiDiGraph[Any]) -> list[_Node]:
    nodes = [_node(key, attributes) for key, attributes in graph.nodes(data=True)]
    return sorted(nodes, key=lambda n: (n.year or 0, n.label, n.symbol, str(n.key)))


def _node(key: Any, attributes: Mapping[str, Any]) -> _Node:
    symbol = text_of(attributes.get("symbol"))
    last = str(key).rstrip("/").rpartition("/")[2]
    kind = text_of(attributes.get("kind"), default="document")
    return _Node(
        key=key,
        label=text_of(attributes.get("label"), default=symbol or last or str(key)),
        symbol=symbol,
        title=text_of(attributes.get("title")),
        kind=kind if kind in SHAPES else "document",
        organ=text_of(attributes.get("organ")),
        year=year_of(attributes.get("year")),
        depth=depth if isinstance(depth := attributes.get("depth"), int) else None,
    )


def _edges(graph: nx.MultiDiGraph[Any], number: Mapping[Any, int]) -> list[Edge]:
    edges = [
        (number[a], number[b], _fact(attributes)) for a, b, attributes in graph.edges(data=True)
    ]
    return sorted(edges, key=lambda e: (e[0], e[1], e[2]["paragraph"], e[2]["clause"], str(e[2])))


def _fact(attributes: Mapping[str, Any]) -> dict[str, Any]:
    fact: dict[str, Any] = {
        name: text_of(attributes.get(name)) for name in ("verb", "language", "via")
    }
    return {
        **fact,
        "paragraph": _part(text_of(attributes.get("paragraph"))),
        "clause": text_of(attributes.get("clause"), default="cites"),
        **_quote(attributes),
    }


def _part(paragraph: str) -> str:
    """Which part of its document: of an IRI, what follows the document's own."""
    return paragraph.partition("#")[2] if paragraph.startswith("http") else paragraph


def _quote(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The clause, and where a script finds the mention in it: in UTF-16 units, unlike here."""
    quote = attributes.get("quote")
    if not isinstance(quote, str) or not quote.strip():
        return {"quote": "", "start": 0, "end": 0}
    start, end = attributes.get("mention_start"), attributes.get("mention_end")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(quote):
        return {"quote": quote, "start": _units(quote[:start]), "end": _units(quote[:end])}
    return {"quote": quote, "start": 0, "end": 0}


def _units(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(c > "\uffff" for c in text)


def _points(
    nodes: Sequence[_Node], edges: Sequence[Edge], *, tint: Mapping[str, Colour]
) -> list[dict[str, Any]]:
    times = Counter(target for _, target, fact in edges if fact["clause"] not in TIES)
    return [
        {
            "id": place,
            "label": caption(node.label) or "?",
            "shape": SHAPES[node.kind][0],
            "color": paint(tint[node.organ], filled=SHAPES[node.kind][1]),
            "size": round(9 + 2.6 * min(times[place], 60) ** 0.5, 1),
        }
        for place, node in enumerate(nodes)
    ]


def _told(node: _Node) -> dict[str, Any]:
    return {
        "label": node.label,
        "symbol": node.symbol,
        "title": node.title,
        "kind": node.kind,
        "organ": node.organ,
        "year": node.year,
        "iri": node.key if isinstance(node.key, str) else "",
    }


def _lines(nodes: Sequence[_Node], edges: Sequence[Edge]) -> list[dict[str, Any]]:
    """One line a citation: parallel ones fan out, those inside a year bow around its nodes."""
    pairs = Counter((a, b) for a, b, _ in edges)
    seen: Counter[tuple[int, int]] = Counter()
    lines = []
    for place, (a, b, fact) in enumerate(edges):
        across = nodes[a].year != nodes[b].year
        bend = _bend(seen[a, b], pairs[a, b], across=across)
        seen[a, b] += 1
        lines.append({"id": place, "from": a, "to": b, "bend": bend, "dash": _dash(fact)})
    return lines


def _bend(place: int, count: int, *, across: bool) -> float:
    """How far a line bows, as a share of its length; 0 for one that swings from year to year."""
    turn = (place - (count - 1) / 2) * min(0.16, 0.9 / count)
    return round(turn if across else turn + 0.22, 3)


def _dash(fact: Mapping[str, Any]) -> str:
    if fact["clause"] in TIES:
        return "tie"
    return "footnote" if fact["via"] == "footnote" else ""


def _views(nodes: Sequence[_Node], edges: Sequence[Edge], *, focus: int | None) -> dict[str, Any]:
    """The parts of the graph a reader may choose, each with its places, and the first of them."""
    arcs = [(a, b) for a, b, fact in edges if fact["clause"] not in TIES]
    ties = [(a, b) for a, b, fact in edges if fact["clause"] in TIES]
    near: list[list[int]] = [[] for _ in nodes]
    for a, b in (*arcs, *ties):
        near[a].append(b)
        near[b].append(a)
    far = _far(nodes, arcs, ties, focus)
    cited = Counter(b for _, b in arcs)
    found = excerpts(far, near, [cited[place] for place in range(len(nodes))])
    views = [
        {"degree": each.degree, "nodes": each.nodes, **_placed(nodes, edges, each.nodes)}
        for each in found
    ]
    return {"views": views, "first": first_of(found, focused=focus is not None), "far": far}


def _far(
    nodes: Sequence[_Node],
    arcs: Sequence[tuple[int, int]],
    ties: Sequence[tuple[int, int]],
    focus: int | None,
) -> list[int | None]:
    if focus is None:
        return [None] * len(nodes)
    if all(node.depth is not None for node in nodes) and nodes[focus].depth == 0:
        return [node.depth for node in nodes]
    return distances(len(nodes), arcs, ties, focus)


def _placed(nodes: Sequence[_Node], edges: Sequence[Edge], shown: Sequence[int]) -> dict[str, Any]:
    at = {node: place for place, node in enumerate(shown)}
    arcs = [(at[a], at[b]) for a, b, _ in edges if a in at and b in at]
    layers = time_layers([nodes[node].year for node in shown], arcs)
    points = [layers.points[place] for place in range(len(shown))]
    return {
        "x": [x for x, _ in points],
        "y": [y for _, y in points],
        "columns": [[c.year, c.left, c.width] for c in layers.columns],
    }


def _focused(nodes: list[_Node], focus: str | None) -> int | None:
    if focus is None:
        return None
    for place, node in enumerate(nodes):
        if focus == node.key or focus.casefold() == node.symbol.casefold():
            return place
    raise ViewError(f"{focus!r} is not in the graph to be drawn; leave the focus out or build it")


def _ranked(values: Any) -> list[tuple[str, int]]:
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
