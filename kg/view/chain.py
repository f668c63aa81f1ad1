"""The page of a citation chain: time from left to right, arrows from citing to cited."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import ViewError
from kg.view.layout import Layers, time_layers
from kg.view.network import (
    MANY,
    caption,
    drawn,
    empty_network,
    faintness,
    text_of,
    year_of,
)
from kg.view.page import page
from kg.view.palette import HOUSE, SHAPES, Colour, colours, paint
from kg.view.words import words

if TYPE_CHECKING:
    import networkx as nx

INK = "#1d2733"
LINE = "#75849a"
ACCENT = "#12408a"

# Edges that join a report to its drafts and a draft to its resolution: no citations.
TIES = frozenset({"contains", "adoptedAs"})


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


def chain_page(
    graph: nx.MultiDiGraph[Any], *, title: str, language: str = "en", focus: str | None = None
) -> str:
    """An interactive page of a citation graph, as one HTML text that needs no other file.

    ``graph`` holds documents and instruments (attributes ``label, symbol, title, kind, organ,
    year``) and an edge from the citing to the cited one for each citation (``clause, verb,
    quote, mention_start, mention_end, paragraph, language, via``; the two offsets count code
    points in ``quote``). The clauses ``contains`` and ``adoptedAs`` are ties, drawn but not counted
    as citations. Whatever is missing is left out of the page. ``focus`` is the node
    chosen at first, by its name in the graph or its symbol. ``language`` is that of the page's
    own words: ar, en, es, fr, ru or zh.

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
    layers = time_layers([node.year for node in nodes], [(a, b) for a, b, _ in edges])
    tint = colours([node.organ for node in nodes], house=HOUSE)
    data = {
        **_drawing(nodes, edges, layers=layers, tint=tint),
        "focus": _focused(nodes, focus),
        "organs": [[organ, *colour] for organ, colour in tint.items()],
        "kinds": [[kind, *SHAPES[kind]] for kind in SHAPES if any(n.kind == kind for n in nodes)],
        "ties": sorted(TIES),
        "clauses": [c for c, _ in _ranked(fact["clause"] for _, _, fact in edges)],
        "columns": [[c.year, c.left, c.width] for c in layers.columns],
    }
    return page(data, title=title, language=language, script="chain.js")


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
    )


def _edges(
    graph: nx.MultiDiGraph[Any], number: Mapping[Any, int]
) -> list[tuple[int, int, dict[str, Any]]]:
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
        "quote": _quote(attributes),
    }


def _part(paragraph: str) -> str:
    """Which part of its document: of an IRI, what follows the document's own."""
    return paragraph.partition("#")[2] if paragraph.startswith("http") else paragraph


def _quote(attributes: Mapping[str, Any]) -> list[str]:
    """Before the mention, the mention, after it: cut here, where offsets count code points."""
    quote = attributes.get("quote")
    if not isinstance(quote, str) or not quote.strip():
        return []
    start, end = attributes.get("mention_start"), attributes.get("mention_end")
    if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(quote):
        return [quote[:start], quote[start:end], quote[end:]]
    return [quote, "", ""]


def _drawing(
    nodes: list[_Node],
    edges: list[tuple[int, int, dict[str, Any]]],
    *,
    layers: Layers,
    tint: Mapping[str, Colour],
) -> dict[str, Any]:
    network = empty_network()
    times = Counter(target for _, target, fact in edges if fact["clause"] not in TIES)
    for place, node in enumerate(nodes):
        x, y = layers.points[place]
        options = _look(node, cited=times[place], tint=tint)
        network.add_node(place, label=caption(node.label) or "?", x=x, y=y, **options)
    bends, opacity = _bends(edges, layers), 0.85 * faintness(len(edges), calm=150)
    for place, (source, target, fact) in enumerate(edges):
        network.add_edge(
            source, target, id=place, **_line(fact, bend=bends[place], opacity=opacity)
        )
    picture = drawn(network)
    facts = {
        "documents": [_told(node) for node in nodes],
        "citations": [{"from": a, "to": b, **fact} for a, b, fact in edges],
    }
    return picture | facts


def _look(node: _Node, *, cited: int, tint: Mapping[str, Colour]) -> dict[str, Any]:
    shape, filled = SHAPES[node.kind]
    return {
        "shape": shape,
        "color": paint(tint[node.organ], filled=filled),
        "size": round(9 + 2.6 * min(cited, 60) ** 0.5, 1),
        "font": {"color": INK, "size": 13, "strokeWidth": 3, "strokeColor": "#ffffff"},
    }


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


def _line(
    fact: Mapping[str, Any], *, bend: Mapping[str, Any] | bool, opacity: float
) -> dict[str, Any]:
    tint = {"color": LINE, "highlight": ACCENT, "hover": ACCENT}
    return {
        "color": {**tint, "opacity": round(max(opacity, 0.12), 3)},
        "width": 1.4,
        "dashes": _dashes(fact),
        "smooth": bend,
        "arrows": {"to": {"enabled": True, "scaleFactor": 0.55}},
    }


def _dashes(fact: Mapping[str, Any]) -> list[int] | bool:
    if fact["clause"] in TIES:
        return [1, 4]
    return [6, 4] if fact["via"] == "footnote" else False


def _bends(
    edges: list[tuple[int, int, dict[str, Any]]], layers: Layers
) -> list[Mapping[str, Any] | bool]:
    """One line a citation: parallel ones fan out, those inside a column bow around its nodes."""
    if len(edges) > MANY:
        return [False] * len(edges)
    pairs = Counter((a, b) for a, b, _ in edges)
    seen: Counter[tuple[int, int]] = Counter()
    bends: list[Mapping[str, Any] | bool] = []
    for a, b, _ in edges:
        seen[a, b] += 1
        across = abs(layers.points[a][0] - layers.points[b][0]) > 1
        bends.append(_bend(seen[a, b] - 1, pairs[a, b], across=across))
    return bends


def _bend(place: int, count: int, *, across: bool) -> Mapping[str, Any]:
    if count == 1 and across:
        return {
            "enabled": True,
            "type": "cubicBezier",
            "forceDirection": "horizontal",
            "roundness": 0.35,
        }
    turn = (place - (count - 1) / 2) * min(0.16, 0.9 / count) + (0 if across else 0.22)
    side = "curvedCW" if turn >= 0 else "curvedCCW"
    return {"enabled": True, "type": side, "roundness": round(abs(turn), 3)}


def _focused(nodes: list[_Node], focus: str | None) -> int | None:
    if focus is None:
        return None
    for place, node in enumerate(nodes):
        if focus == node.key or focus.casefold() == node.symbol.casefold():
            return place
    raise ViewError(f"{focus!r} is not in the graph to be drawn; leave the focus out or build it")


def _ranked(values: Any) -> list[tuple[str, int]]:
    return sorted(Counter(values).items(), key=lambda pair: (-pair[1], pair[0]))
