"""Rows of an answer: tuples with names, for loops, data frames and notebooks."""

from __future__ import annotations

import html
from collections import namedtuple
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, overload

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

_SHOWN = 100


class Rows(Sequence[tuple[Any, ...]]):
    """An answer: column names and rows of str, int, float, bool or None.

    Rows are named tuples, so ``pandas.DataFrame(rows)`` and ``polars.DataFrame(rows)`` take
    them with their columns' names.

    >>> rows = Rows(columns=("code", "drafts"), rows=[("KEN", 12), ("PER", 3)])
    >>> rows[0].code, len(rows), rows.records()[1]
    ('KEN', 2, {'code': 'PER', 'drafts': 3})
    """

    __slots__ = ("columns", "rows")

    def __init__(self, *, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        self.columns = tuple(columns)
        make = _row(self.columns)
        self.rows: tuple[Any, ...] = tuple(make(*row) for row in rows)

    @classmethod
    def of(cls, records: Iterable[Mapping[str, Any]], *columns: str) -> Rows:
        """Rows from dictionaries, as ``kg.analyse`` returns them: all columns, or those named.

        >>> Rows.of([{"code": "KEN", "drafts": 12}, {"code": "PER", "drafts": 3}], "drafts")[1]
        Row(drafts=3)
        """
        known = list(records)
        names = columns or tuple(dict.fromkeys(name for record in known for name in record))
        return cls(columns=names, rows=([record.get(name) for name in names] for record in known))

    def __len__(self) -> int:
        return len(self.rows)

    @overload
    def __getitem__(self, place: int) -> Any: ...
    @overload
    def __getitem__(self, place: slice) -> Rows: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return Rows(columns=self.columns, rows=self.rows[place])
        return self.rows[place]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Rows):
            return NotImplemented
        return (self.columns, self.rows) == (other.columns, other.rows)

    def __hash__(self) -> int:
        return hash((self.columns, self.rows))

    def __repr__(self) -> str:
        return f"Rows of {', '.join(self.columns)}: {len(self)}"

    def records(self) -> list[dict[str, Any]]:
        """One dictionary a row."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> pd.DataFrame:
        """A pandas frame; it has its columns even without rows."""
        import pandas as pd

        return pd.DataFrame(list(map(tuple, self.rows)), columns=list(self.columns))

    def to_polars(self) -> pl.DataFrame:
        """A polars frame; it has its columns even without rows."""
        import polars as pl

        data = {name: [row[at] for row in self.rows] for at, name in enumerate(self.columns)}
        return pl.DataFrame(data, strict=False)

    def _repr_html_(self) -> str:
        """A table for notebooks: escaped, each cell in the direction of its own script."""
        body = "".join(f"<tr>{''.join(map(_cell, row))}</tr>" for row in self.rows[:_SHOWN])
        head = "".join(f"<th>{html.escape(name)}</th>" for name in self.columns)
        left = len(self) - _SHOWN
        more = f"<p>and {left:,} more rows</p>" if left > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


@cache
def _row(columns: tuple[str, ...]) -> Any:
    # A column may be called "from"; such a one has its place and no name.
    return namedtuple("Row", columns, rename=True)


def _cell(value: Any) -> str:
    if value is None:
        return "<td></td>"
    if isinstance(value, bool | int | float):
        return f'<td style="text-align:right">{value}</td>'
    text = html.escape(str(value))
    if text.startswith(("https://", "http://")) and not any(sign.isspace() for sign in text):
        text = f'<a href="{text}" rel="noopener noreferrer">{text}</a>'
    return f'<td dir="auto" style="text-align:start">{text}</td>'
