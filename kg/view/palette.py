"""Colours and shapes: told apart by people with any kind of colour vision, and by shape alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

# Fill and border. The hues are Okabe and Ito's for all kinds of colour vision
# (https://jfly.uni-koeln.de/color/); the border, darker, keeps 3:1 contrast to the page.
Colour = tuple[str, str]
COLOURS: tuple[Colour, ...] = (
    ("#0072b2", "#00507d"),
    ("#e69f00", "#8f6300"),
    ("#009e73", "#006b4e"),
    ("#d55e00", "#984300"),
    ("#cc79a7", "#8c4a70"),
    ("#56b4e9", "#2b78a8"),
    ("#f0e442", "#857c00"),
)
REST: Colour = ("#a8b0b8", "#626b74")

# An organ that is often seen keeps its colour from page to page.
HOUSE = {"GA": 0, "": 1, "ECOSOC": 2, "SC": 3, "HRC": 4}

# Shape and whether it is filled.
SHAPES: Mapping[str, tuple[str, bool]] = {
    "resolution": ("dot", True),
    "decision": ("dot", False),
    "report": ("square", True),
    "draft": ("triangle", True),
    "treaty": ("star", True),
    "declaration": ("diamond", True),
    "rules": ("triangleDown", True),
    "programme": ("hexagon", True),
    "document": ("square", False),
}
# Stands for the ground of the page, whether light or dark.
PAPER = ""


def colours(groups: Iterable[str], *, house: Mapping[str, int] | None = None) -> dict[str, Colour]:
    """A colour for each group, the larger groups served first; those left over share grey.

    >>> colours(["GA", "GA", "WHA"], house={"GA": 0})["WHA"]
    ('#e69f00', '#8f6300')
    """
    counts = Counter(groups)
    order = sorted(counts, key=lambda group: (-counts[group], group))
    fixed = {group: place for group, place in (house or {}).items() if group in counts}
    free = [place for place in range(len(COLOURS)) if place not in fixed.values()]
    places = fixed | dict(zip((g for g in order if g not in fixed), free, strict=False))
    return {group: COLOURS[places[group]] if group in places else REST for group in order}


def paint(colour: Colour, *, filled: bool = True) -> dict[str, str]:
    """A colour as vis-network's node option; a hollow shape has the page's ground inside."""
    fill, border = colour
    return {"background": fill if filled else PAPER, "border": border}
