"""The extraction record: a model value as plain JSON data, one object a document."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

from kg.model import Due, Record

# Written only where they say something: most mentions stand in one piece, in the body text,
# most formats have no pages, and most proposals are adopted as a whole.
_OPTIONAL = frozenset({"spans", "marker", "pages", "rejected", "withdrawn", "separate_votes"})


def as_data(value: Any) -> Any:
    """Dataclasses to dictionaries, tuples to lists, field order kept.

    >>> from kg.model import Due, Unts
    >>> as_data(Unts(volume=2225, number=39574))
    {'volume': 2225, 'number': 39574}
    >>> as_data(Due(session=27, organ="E/CN.15"))
    {'session': 27, 'organ': 'E/CN.15'}
    """
    if isinstance(value, tuple):
        return [as_data(item) for item in value]
    if not dataclasses.is_dataclass(value):
        return value
    sparse = isinstance(value, Due)
    data: dict[str, Any] = {}
    for field in dataclasses.fields(value):
        member = getattr(value, field.name)
        if (field.name in _OPTIONAL and not member) or (sparse and member is None):
            continue
        data[field.metadata.get("name", field.name)] = as_data(member)
    return data


def as_line(record: Record) -> str:
    """The record as one line of JSON, without a line end."""
    return json.dumps(as_data(record), ensure_ascii=False)
