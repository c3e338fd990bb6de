"""The content hash: the same content has the same hash, whoever built it and whenever.

Every table of ``raw`` and ``core``: names and types of its columns, and the sums of the SHA-256 of its rows, each as a
JSON list of its values. Sums do not depend on the order of the rows, so nothing is sorted or held: memory does not grow
with the table. (They guard against difference, not against somebody who constructs one.) ``out`` holds views only; a
view over hashed tables adds nothing but its definition, so the definitions are hashed. Never DuckDB's ``hash()``: it
may change from version to version.
"""

from __future__ import annotations

import hashlib
import json

import duckdb

SCHEMAS = ("raw", "core", "out")

EXCLUDED: dict[str, tuple[str, ...]] = {"raw.receipt": ("received_datetime",)}
"""The one list of what is not hashed, apart from the whole of ``meta``: clock times of our own."""

_Columns = list[tuple[str, str]]
"""Names and types."""

_PIECES = 4
_DIGITS = 15
"""A row's SHA-256 is summed in four pieces of 15 hexadecimal digits, each of which is a number of 64 bits."""


def content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """SHA-256 in hex over everything in ``raw``, ``core`` and ``out`` but :data:`EXCLUDED`."""
    digest = hashlib.sha256()
    for (schema, name), columns in _tables(connection).items():
        digest.update(f"{schema}.{name} {_table_hash(connection, schema, name, columns)}\n".encode())
    for schema, name, sql in _views(connection):
        digest.update(f"{schema}.{name} {hashlib.sha256(sql.encode()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _tables(connection: duckdb.DuckDBPyConnection) -> dict[tuple[str, str], _Columns]:
    """Table -> its columns that are hashed, all in order. Asked at once: each look at the catalogue describes every
    view in it."""
    found: dict[tuple[str, str], _Columns] = {}
    for schema, name, column, data_type in connection.execute(
        "SELECT c.schema_name, c.table_name, c.column_name, c.data_type FROM duckdb_columns() AS c"
        " JOIN duckdb_tables() AS t ON t.database_oid = c.database_oid AND t.table_oid = c.table_oid"
        " WHERE c.database_name = current_database() AND list_contains(?, c.schema_name)"
        " ORDER BY c.schema_name, c.table_name, c.column_index",
        [list(SCHEMAS)],
    ).fetchall():
        columns = found.setdefault((schema, name), [])
        if column not in EXCLUDED.get(f"{schema}.{name}", ()):
            columns.append((column, data_type))
    return found


def _views(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    return [
        (str(schema), str(name), str(sql))
        for schema, name, sql in connection.execute(
            "SELECT schema_name, view_name, sql FROM duckdb_views()"
            " WHERE database_name = current_database() AND list_contains(?, schema_name) ORDER BY ALL",
            [list(SCHEMAS)],
        ).fetchall()
    ]


def table_hash(connection: duckdb.DuckDBPyConnection, schema: str, name: str) -> str:
    """SHA-256 in hex over one table, its columns and its rows; the content hash is made of these."""
    return _table_hash(connection, schema, name, _tables(connection)[schema, name])


def _table_hash(connection: duckdb.DuckDBPyConnection, schema: str, name: str, columns: _Columns) -> str:
    # Names once, not in every row: half of the bytes to be hashed would be names.
    values = ", ".join(f't."{column}"' for column, _ in columns)
    pieces = ", ".join(
        f"sum(('0x' || substr(row_hash, {1 + k * _DIGITS}, {_DIGITS}))::BIGINT)::VARCHAR" for k in range(_PIECES)
    )
    sums = connection.execute(
        f"""SELECT count(*), {pieces}
        FROM (SELECT sha256(json_array({values})::VARCHAR) AS row_hash FROM "{schema}"."{name}" AS t)"""
    ).fetchone()
    return hashlib.sha256(json.dumps([columns, sums]).encode()).hexdigest()
