"""The network behind a picture: pyvis builds it while it is small, and what reaches the page."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

LINE = 22
LINES = 2

# Marks that turn the order of the letters around them, and controls: of no use in a drawn name.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)

# More points or lines than this are drawn by the graphics card (templates/webgl.js): vis-network
# would need half a second and more for each step of a movement.
FEW, FEW_LINES = 5000, 10_000
# More lines than this are drawn straight, and not at all while the picture moves.
MANY = 1200

Item = Mapping[str, Any]


def drawing(nodes: Sequence[Item], edges: Sequence[Item]) -> dict[str, Any]:
    """Points and lines as the scripts take them: options of vis-network, in tables.

    ``nodes`` have ``id, label, x, y, shape, color, size``, ``edges`` ``id, from, to`` and how
    they bend. While it is ``small`` pyvis builds the network.
    """
    network = {"nodes": nodes, "edges": edges}
    if small(len(nodes), len(edges)):
        network = _built(nodes, edges)
    many = len(edges) > MANY
    options = {
        "autoResize": False,
        "physics": {"enabled": False},
        "layout": {"improvedLayout": False},
        "interaction": {
            "hover": True,
            "multiselect": False,
            "keyboard": {"enabled": False},
            "hideEdgesOnDrag": many,
            "hideEdgesOnZoom": many,
            "tooltipDelay": 100000,
        },
        "edges": {"hoverWidth": 0.8, "selectionWidth": 1.2, "smooth": False},
        "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "chosen": True},
    }
    return {**{name: table(rows) for name, rows in network.items()}, "options": options}


def small(points: int, lines: int) -> bool:
    """Whether vis-network draws it well."""
    return points <= FEW and lines <= FEW_LINES


def _built(nodes: Sequence[Item], edges: Sequence[Item]) -> dict[str, Sequence[Item]]:
    from pyvis.network import Network

    # Directed, pyvis keeps parallel edges and does not look through all edges each time.
    network = Network(directed=True, cdn_resources="in_line")
    for node in nodes:
        network.add_node(node["id"], **{k: v for k, v in node.items() if k != "id"})
    for edge in edges:
        looks = {k: v for k, v in edge.items() if k not in ("from", "to")}
        network.add_edge(edge["from"], edge["to"], **looks)
    return {"nodes": network.nodes, "edges": network.edges}


def table(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows as columns, each value that comes again written once.

    >>> table([{"organ": "GA", "year": 2015}, {"organ": "GA", "year": 2000}])
    {'length': 2, 'columns': {'organ': {'values': ['GA'], 'at': [0, 0]}, 'year': [2015, 2000]}}
    """
    rows = list(rows)
    names = dict.fromkeys(name for row in rows for name in row)
    return {
        "length": len(rows),
        "columns": {name: _column([row.get(name) for row in rows]) for name in names},
    }


def _column(values: list[Any]) -> Any:
    if all(type(value) in (int, float) for value in values):
        return values
    known: dict[str, int] = {}
    at = [known.setdefault(repr(value), len(known)) for value in values]
    first = dict(zip(reversed(at), reversed(values), strict=True))
    return {"values": [first[place] for place in range(len(known))], "at": at}


def faintness(count: int, *, calm: int) -> float:
    """A factor for the lines' opacity: 1 up to ``calm`` lines, less the more they are.

    >>> faintness(100, calm=200), faintness(800, calm=200)
    (1.0, 0.5)
    """
    return min(1.0, math.sqrt(calm / max(count, 1)))


def text_of(value: object, *, default: str = "") -> str:
    """An attribute as text; ``None`` and a missing number are no text.

    >>> text_of(None, default="?"), text_of(7), text_of(float("nan"))
    ('?', '7', '')
    """
    if value is None or (isinstance(value, float) and not math.isfinite(value)):
        return default
    return str(value).strip() or default


def year_of(value: object) -> int | None:
    """A year the United Nations or its law could print, or none.

    >>> year_of("2015"), year_of(2015.0), year_of("n.d."), year_of(10**9)
    (2015, 2015, None, None)
    """
    found = re.fullmatch(r"(\d{4})(?:\.0|-\d\d.*)?", text_of(value))
    return int(found[1]) if found and 1600 <= int(found[1]) <= 2400 else None


def caption(text: str, *, line: int = LINE, lines: int = LINES) -> str:
    """A name as a point's label: a few short lines, wide characters counted twice.

    >>> caption("United Nations Convention against Corruption")
    'United Nations\\nConvention against Co…'
    >>> caption("联合国打击跨国有组织犯罪公约")
    '联合国打击跨国有组织犯\\n罪公约'
    """
    rest = " ".join(_UNSEEN.sub(" ", text[:400]).split())
    rows: list[str] = []
    while rest and len(rows) < lines:
        row, rest = _row(rest, line, last=len(rows) == lines - 1)
        rows.append(row)
    return "\n".join(rows)


def _row(text: str, width: int, *, last: bool) -> tuple[str, str]:
    fits = _fitting(text, width)
    if fits == len(text):
        return text, ""
    if last:
        return text[: _fitting(text, width - 1)].rstrip() + "…", ""
    space = text.rfind(" ", 1, fits + 1)
    cut = space if space > 0 else max(text.rfind(mark, 0, fits) for mark in "/#-") + 1 or fits
    return text[:cut].rstrip(), text[cut:].lstrip()


def _fitting(text: str, width: int) -> int:
    """How many characters of the text fit; at least one, and no mark without its letter."""
    used = 0
    for place, character in enumerate(text):
        if unicodedata.combining(character):
            continue
        used += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if used > width and place:
            return place
    return len(text)
