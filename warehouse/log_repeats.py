"""Rows of one log that print the same in every cell: all are kept, the later ones marked."""

from __future__ import annotations

import duckdb

from records.issues import Issue, Severity
from records.rows import AUDIT_FIELDS

_CELLS = ", ".join(f'"{field}"' for field in AUDIT_FIELDS)


def mark_repeats(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``core.row_repeat``. Rows without id and time of search are left out: counts and reasons are equal by
    chance."""
    # DuckDB's hash finds candidates only; whether rows are the same their texts say. It is stored nowhere.
    connection.execute(
        f"""INSERT INTO core.row_repeat
        WITH hashed AS (
            SELECT segment_id, hash({_CELLS}, other) AS cells
            FROM raw.audit_row WHERE id IS NOT NULL OR search_time IS NOT NULL),
        twice AS (SELECT segment_id, cells FROM hashed GROUP BY ALL HAVING count(*) > 1),
        alike AS (
            SELECT row_id, document_id, segment_id, page_number, row_number, {_CELLS}, other::VARCHAR AS other
            FROM raw.audit_row
            WHERE hash({_CELLS}, other) IN (SELECT cells FROM twice) AND (id IS NOT NULL OR search_time IS NOT NULL))
        SELECT row_id, document_id, repeats_row_id
        FROM (
            SELECT row_id, document_id, page_number, row_number, first_value(row_id) OVER same AS repeats_row_id
            FROM alike
            WINDOW same AS (PARTITION BY segment_id, {_CELLS}, other ORDER BY page_number, row_number))
        WHERE row_id <> repeats_row_id
        ORDER BY document_id, page_number, row_number"""
    )


def repeat_issues(connection: duckdb.DuckDBPyConnection) -> list[Issue]:
    """One notice for each document that repeats rows."""
    found = connection.execute(
        """SELECT document_id, count(*), min(page_number)
        FROM core.row_repeat JOIN raw.audit_row USING (row_id, document_id)
        GROUP BY document_id ORDER BY document_id"""
    ).fetchall()
    return [
        Issue(
            "rows_repeated",
            Severity.NOTICE,
            f"{_rows(count)} exactly what another one of the log prints; the first is on page {page}.",
            "They are kept and marked: repeats_row_id in out.audit_search. Leave them out when counting searches.",
            document_id=document_id,
        )
        for document_id, count, page in found
    ]


def _rows(count: int) -> str:
    return "1 row prints" if count == 1 else f"{count:,} rows print"
