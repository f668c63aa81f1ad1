"""Parquet of nodes and edges: what DuckDB, pandas, polars and Spark read without parsing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO, Any

from kg.errors import StoreError
from kg.export.tables import Row, Table

# Rows that are held at a time, and a row group of the file.
_GROUP = 100_000


def write_parquet(table: Table, out: IO[bytes]) -> None:
    """A table as Parquet, its columns typed; None is null, a list a list of strings.

    Raises:
        StoreError: pyarrow is not installed.
    """
    pa, pq = _arrow()
    types = {
        "text": pa.string(),
        "whole": pa.int64(),
        "number": pa.float64(),
        "truth": pa.bool_(),
        "texts": pa.list_(pa.string()),
    }
    schema = pa.schema([(name, types[kind]) for name, kind in table.columns.items()])
    with pq.ParquetWriter(out, schema, compression="zstd") as writer:
        for rows in _groups(table.rows()):
            # A column that has numbers of both kinds, or texts beside them, takes all as its own.
            columns = zip(*rows, strict=True)
            arrays = [
                pa.array(map(_cast(kind), column), type=types[kind])
                for column, kind in zip(columns, table.columns.values(), strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _cast(kind: str) -> Any:
    if kind == "text":
        return lambda value: value if value is None else str(value)
    return lambda value: value


def _groups(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while group := list(islice(waiting, _GROUP)):
        yield group


def _arrow() -> tuple[Any, Any]:
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError as error:
        raise StoreError(
            "Parquet needs pyarrow, which is not installed; install it with: "
            'pip install "unkg[parquet]"'
        ) from error
    return pa, pq
