"""What stands before and after a row or mark, and before and after a page."""

from __future__ import annotations

from dataclasses import dataclass

import duckdb


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Ids; None at either end of a document."""

    previous: str | None
    next: str | None


def of_row(connection: duckdb.DuckDBPyConnection, document_id: str, page: int, number: int, table: str) -> Neighbours:
    """The rows before and after a row; *table* is ``raw.audit_row`` or ``raw.sharing_row``."""
    return _of(connection, table, "row_id", "row_number", document_id, page, number)


def of_mark(connection: duckdb.DuckDBPyConnection, document_id: str, page: int, number: int) -> Neighbours:
    """The marks before and after a mark of the document."""
    return _of(connection, "raw.hotlist_mark", "mark_id", "mark_number", document_id, page, number)


def _of(
    connection: duckdb.DuckDBPyConnection, table: str, id: str, ordinal: str, document_id: str, page: int, number: int
) -> Neighbours:
    found = connection.execute(
        f"""SELECT
            max_by({id}, (page_number, {ordinal})) FILTER ((page_number, {ordinal}) < ($2, $3)),
            min_by({id}, (page_number, {ordinal})) FILTER ((page_number, {ordinal}) > ($2, $3))
        FROM {table} WHERE document_id = $1""",
        [document_id, page, number],
    ).fetchall()
    return Neighbours(*found[0])
