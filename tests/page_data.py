"""What a page holds, for the tests that look at it without a browser."""

from __future__ import annotations

import base64
import json
import re
import zlib
from typing import Any


def data_of(html: str) -> Any:
    """The data of a page, unpacked, its tables as rows."""
    found = re.search(
        r'<script type="application/json" id="page-data" data-packing="(\w+)">(.*?)</script>',
        html,
        re.S,
    )
    assert found
    packing, text = found.groups()
    if packing == "deflate":
        text = zlib.decompress(base64.b64decode(text)).decode("utf-8")
    data = json.loads(text)
    return {name: rows_of(each) if _is_table(each) else each for name, each in data.items()}


def _is_table(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {"length", "columns"}


def rows_of(table: Any) -> list[dict[str, Any]]:
    """Columns back to rows."""
    columns = {
        name: column if isinstance(column, list) else [column["values"][at] for at in column["at"]]
        for name, column in table["columns"].items()
    }
    return [{name: column[at] for name, column in columns.items()} for at in range(table["length"])]
