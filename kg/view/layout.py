"""Where the points of a picture stand: plain arithmetic, the same for the same graph everywhere."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

Point = tuple[float, float]

ROW = 38.0
WIDEST, NARROWEST = 128.0, 60.0
SHAPE = 2.1
SWEEPS = 4
GOLDEN = (math.sqrt(5) - 1) / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """The strip of one year (``None``: of the nodes without a date), in picture units."""

    year: int | None
    left: float
    width: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """A picture in which time runs from left to right."""

    points: Mapping[int, Point]
    columns: tuple[Column, ...]


def time_layers(years: Sequence[int | None], arcs: Sequence[tuple[int, int]]) -> Layers:
    """Columns by year, undated nodes in one of their own at the left.

    Nodes are 0 … ``len(years)`` - 1. Inside a column nodes stand near those they are linked to
    (barycentre sweeps, Sugiyama 1981) and fill the picture's height, each column shifted a
    little so that few names meet; a column too tall for that is wrapped. A step over skipped
    years is wider, but not in proportion: a treaty of 1926 would push all else away.

    >>> layers = time_layers([2015, 2000, None], [(0, 1), (0, 2)])
    >>> [column.year for column in layers.columns]
    [None, 2000, 2015]
    """
    stacks = _ordered(_stacks(years), _neighbours(len(years), arcs))
    rows = max(14, math.ceil(math.sqrt(len(years)) * 1.2))
    columns = _columns(stacks, rows=rows)
    right = columns[-1].left + columns[-1].width if columns else 0.0
    tallest = max((min(len(stack), rows) for stack in stacks.values()), default=0)
    height = max(right / SHAPE, tallest * ROW) if len(years) > 1 else 0.0
    points: dict[int, Point] = {}
    for place, (column, stack) in enumerate(zip(columns, stacks.values(), strict=True)):
        points |= _stand(stack, column, height=height, rows=rows, phase=(place * GOLDEN + 0.5) % 1)
    return Layers(points=points, columns=columns)


def _columns(stacks: Mapping[int | None, Sequence[int]], *, rows: int) -> tuple[Column, ...]:
    wide = {year: max(1, math.ceil(len(stack) / rows)) for year, stack in stacks.items()}
    unit = min(WIDEST, max(NARROWEST, 1000 / max(1, sum(wide.values()))))
    columns: list[Column] = []
    left, before = 0.0, None
    for year, count in wide.items():
        if before is not None and year is not None:
            left += min(year - before - 1, 6) * unit / 12
        columns.append(Column(year=year, left=round(left, 1), width=round(count * unit, 1)))
        left, before = left + count * unit, year
    return tuple(columns)


def _stacks(years: Sequence[int | None]) -> dict[int | None, list[int]]:
    stacks: dict[int | None, list[int]] = {None: []} if None in years else {}
    stacks |= {year: [] for year in sorted({year for year in years if year is not None})}
    for node, year in enumerate(years):
        stacks[year].append(node)
    return stacks


def _neighbours(count: int, arcs: Sequence[tuple[int, int]]) -> list[list[int]]:
    near: list[list[int]] = [[] for _ in range(count)]
    for source, target in arcs:
        near[source].append(target)
        near[target].append(source)
    return near


def _ordered(
    stacks: dict[int | None, list[int]], near: list[list[int]]
) -> dict[int | None, list[int]]:
    height = {node: _share(i, stack) for stack in stacks.values() for i, node in enumerate(stack)}
    for sweep in range(SWEEPS):
        for year in list(stacks) if sweep % 2 else list(reversed(stacks)):
            pull = {
                node: sum(height[other] for other in near[node]) / len(near[node])
                if near[node]
                else height[node]
                for node in stacks[year]
            }
            stacks[year] = sorted(stacks[year], key=lambda node: (pull[node], height[node]))
            height |= {node: _share(i, stacks[year]) for i, node in enumerate(stacks[year])}
    return stacks


def _share(place: int, stack: Sequence[int]) -> float:
    return (place + 0.5) / len(stack)


def _stand(
    stack: Sequence[int], column: Column, *, height: float, rows: int, phase: float
) -> dict[int, Point]:
    """Row by row through the column and its wrapped parts, spread over the whole height."""
    wide = max(1, math.ceil(len(stack) / rows))
    unit = column.width / wide
    return {
        node: (
            round(column.left + unit * (place % wide + 0.5), 1),
            round(height * ((place + phase) / len(stack) - 0.5), 1),
        )
        for place, node in enumerate(stack)
    }


def circles(groups: Sequence[Sequence[int]], *, spacing: float = 84.0) -> dict[int, Point]:
    """Each group on a circle (a large one as a filled disc), the groups around a common centre.

    >>> circles([[0]])
    {0: (0.0, 0.0)}
    """
    radii = [_radius(len(group), spacing=spacing) for group in groups]
    around = _ring(radii, gap=spacing * 0.9)
    points: dict[int, Point] = {}
    for group, (x, y), radius in zip(groups, around, radii, strict=True):
        for place, node in enumerate(group):
            dx, dy = _within(place, len(group), radius=radius, spacing=spacing)
            points[node] = (round(x + dx, 1), round(y + dy, 1))
    return points


RING = 40


def _radius(count: int, *, spacing: float) -> float:
    if count > RING:
        return spacing * 0.62 * math.sqrt(count)
    return 0.35 * spacing if count == 1 else max(0.7 * spacing, count * spacing / math.tau)


def _within(place: int, count: int, *, radius: float, spacing: float) -> Point:
    if count == 1:
        return 0.0, 0.0
    if count > RING:
        # Vogel's sunflower: equal room for each, whatever the number.
        turn, away = place * math.pi * (3 - math.sqrt(5)), spacing * 0.62 * math.sqrt(place + 0.5)
        return away * math.cos(turn), away * math.sin(turn)
    turn = math.tau * place / count - math.pi / 2
    return radius * math.cos(turn), radius * math.sin(turn)


def _ring(radii: Sequence[float], *, gap: float) -> list[Point]:
    """Centres for circles of these radii, none touching another."""
    if len(radii) < 2:
        return [(0.0, 0.0) for _ in radii]
    away = max(radii)
    while True:
        centres = _placed(radii, gap=gap, away=away)
        if _apart(centres, radii, gap=gap):
            return centres
        away *= 1.06


def _placed(radii: Sequence[float], *, gap: float, away: float) -> list[Point]:
    girth = sum(2 * radius + gap for radius in radii)
    centres, turned = [], math.pi - math.pi * (2 * radii[0] + gap) / girth
    for radius in radii:
        share = math.tau * (2 * radius + gap) / girth
        turn = turned + share / 2
        centres.append((away * math.cos(turn), away * math.sin(turn)))
        turned += share
    return centres


def _apart(centres: Sequence[Point], radii: Sequence[float], *, gap: float) -> bool:
    circled = list(zip(centres, radii, strict=True))
    return all(
        math.dist(a, b) >= radius + other + gap
        for place, (a, radius) in enumerate(circled)
        for b, other in circled[place + 1 :]
    )
