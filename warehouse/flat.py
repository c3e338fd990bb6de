"""Python rows into DuckDB, as one flat Arrow table.

Never nested Arrow: DuckDB 1.5 read wrong values out of sliced structs, 2.0 refuses them. Lists travel as JSON text.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import duckdb
import pyarrow as pa

_ARROW = {
    "string": pa.string(),
    "int32": pa.int32(),
    "int64": pa.int64(),
    "double": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
    "timestamp": pa.timestamp("us"),
}


@contextmanager
def registered(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    columns: Mapping[str, str],
    rows: Sequence[Sequence[object]],
) -> Iterator[None]:
    """*rows* as the relation *name* while the block runs; *columns* maps names to the types above, in row order."""
    values = list(zip(*rows, strict=True)) if rows else [()] * len(columns)
    arrays = [pa.array(column, _ARROW[kind]) for column, kind in zip(values, columns.values(), strict=True)]
    connection.register(name, pa.Table.from_arrays(arrays, names=list(columns)))
    try:
        yield
    finally:
        connection.unregister(name)
