"""The pyvis network behind a picture, and what reaches the page from it."""

from __future__ import annotations

import json
import math
import re
import unicodedata
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pyvis.network import Network

LINE = 22
LINES = 2

# Marks that turn the order of the letters around them, and controls: of no use in a drawn name.
_UNSEEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+"
)

# Above this the picture is drawn with straight lines and without lines while it moves.
MANY = 1200


def empty_network() -> Network:
    """A pyvis network that adds parallel edges and does not look through all edges each time."""
    from pyvis.network import Network

    return Network(directed=True, cdn_resources="in_line")


def drawn(network: Network) -> dict[str, Any]:
    """Nodes, edges and options as the script takes them."""
    many = len(network.edges) > MANY
    network.options = {
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
        "edges": {"hoverWidth": 0.8, "selectionWidth": 1.2, "smooth": not many},
        "nodes": {"borderWidth": 1.5, "borderWidthSelected": 3, "chosen": True},
    }
    nodes, edges, _, _, _, options = network.get_network_data()
    return {"nodes": nodes, "edges": edges, "options": json.loads(options)}


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
    cut = space if space > 0 else fits
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
