"""The content hash: the same content has the same hash, whoever built it and whenever.

Every table of ``raw`` and ``core``: names and types of its columns, then SHA-256 over each row as a JSON list of its
values, those in key order, chunk by chunk. ``out`` holds views only; a view over hashed tables adds nothing but its
definition, so the definitions are hashed. Never DuckDB's ``hash()``: it may change from version to version.
"""

from __future__ import annotations

import hashlib
import json

import duckdb

from records.errors import WarehouseError

SCHEMAS = ("raw", "core", "out")

EXCLUDED: dict[str, tuple[str, ...]] = {"raw.receipt": ("received_datetime",)}
"""The one list of what is not hashed, apart from the whole of ``meta``: clock times of our own."""

KEYS: dict[str, tuple[str, ...]] = {
    "core.audit_log": ("segment_id",),
    "core.audit_search": ("row_id",),
    "core.decided_row": ("row_id",),
    "core.decision": ("sequence",),
    "core.double_review": ("round_number", "target_kind", "field", "class"),
    "core.evidence_search": ("row_id",),
    "core.hotlist_alias": ("topic", "alias"),
    "core.hotlist_list": ("list_id",),
    "core.hotlist_observation": ("list_id", "entry_number"),
    "core.hotlist_topic": ("topic",),
    "core.immigration_evidence": ("row_id", "rule_id"),
    "core.immigration_rule": ("rule_id",),
    "core.issue": ("issue_id",),
    "core.list_page": ("list_id", "page_ordinal"),
    "core.organization": ("org_id",),
    "core.organization_alias": ("printed_name", "org_id"),
    "core.organization_assignment": ("printed_name", "attribute", "rule_id"),
    "core.producer_evidence": ("segment_id", "source", "evidence_text"),
    "core.review_item": ("item_number",),
    "core.row_repeat": ("row_id",),
    "core.rule_set_hit": ("row_id", "rule_set_id", "term"),
    "core.rule_set_term": ("rule_set_id", "term"),
    "core.search_group": ("scope", "first_row_id"),
    "core.sharing_entry": ("list_id", "entry_number"),
    "core.sharing_list": ("list_id",),
    "core.standing": ("decision_id",),
    "raw.audit_row": ("row_id",),
    "raw.document": ("document_id",),
    "raw.document_hint": ("document_id",),
    "raw.hotlist_mark": ("mark_id",),
    "raw.page": ("document_id", "page_number"),
    "raw.page_fact": ("document_id", "page_number", "fact"),
    "raw.page_text": ("document_id", "page_number", "account"),
    "raw.reading": ("document_id", "page_number", "row_id", "mark_id", "field", "reader"),
    "raw.receipt": ("document_id", "receipt_number"),
    "raw.release": ("release_id",),
    "raw.row_continuation": ("row_id", "continued_page_number", "column_ordinal"),
    "raw.segment": ("segment_id",),
    "raw.segment_column": ("segment_id", "column_ordinal"),
    "raw.sharing_row": ("row_id",),
}
"""What orders the rows of a table. Where a key is not unique, the row's own hash decides."""

_CHUNK = 10_000
"""Rows whose hashes are joined into one text at a time, so that memory does not grow with the table."""


def content_hash(connection: duckdb.DuckDBPyConnection) -> str:
    """SHA-256 in hex over everything in ``raw``, ``core`` and ``out`` but :data:`EXCLUDED`."""
    digest = hashlib.sha256()
    for schema, name in _tables(connection):
        digest.update(f"{schema}.{name} {table_hash(connection, schema, name)}\n".encode())
    for schema, name, sql in _views(connection):
        digest.update(f"{schema}.{name} {hashlib.sha256(sql.encode()).hexdigest()}\n".encode())
    return digest.hexdigest()


def _tables(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    return [
        (str(schema), str(name))
        for schema, name in connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables()"
            " WHERE database_name = current_database() AND list_contains(?, schema_name) ORDER BY ALL",
            [list(SCHEMAS)],
        ).fetchall()
    ]


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
    relation = f"{schema}.{name}"
    if relation not in KEYS:
        raise WarehouseError(f"{relation} has no key in warehouse/content_hash.py: its rows cannot be ordered.")
    columns = connection.execute(
        "SELECT column_name, data_type FROM duckdb_columns() WHERE database_name = current_database()"
        " AND schema_name = ? AND table_name = ? AND NOT list_contains(?::VARCHAR[], column_name)"
        " ORDER BY column_index",
        [schema, name, list(EXCLUDED.get(relation, ()))],
    ).fetchall()
    # Names once, not in every row: half of the bytes to be hashed would be names.
    values = ", ".join(f't."{column}"' for column, _ in columns)
    row = connection.execute(
        f"""WITH hashed AS (
            SELECT sha256(json_array({values})::VARCHAR) AS row_hash,
                {", ".join(f"t.{c} AS key_{c}" for c in KEYS[relation])}
            FROM "{schema}"."{name}" AS t),
        placed AS (
            SELECT row_hash, row_number() OVER (ORDER BY
                {", ".join(f"key_{c} NULLS FIRST" for c in KEYS[relation])}, row_hash) - 1 AS place FROM hashed),
        chunk AS (
            SELECT place // {_CHUNK} AS number, sha256(string_agg(row_hash, '' ORDER BY place)) AS chunk_hash
            FROM placed GROUP BY number)
        SELECT string_agg(chunk_hash, '' ORDER BY number) FROM chunk"""
    ).fetchone()
    told = json.dumps(columns) + (str(row[0]) if row and row[0] else "")
    return hashlib.sha256(told.encode()).hexdigest()
