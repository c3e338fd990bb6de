"""Releases, documents and pages, as the shelf shows them: how each stands, and the account of every page."""

from __future__ import annotations

from typing import Any

import duckdb

from records.rows import AUDIT_FIELDS
from records.sharing_headers import SHARING_FIELDS
from warehouse.trace_chain import every

Facts = dict[str, Any]
STATES = ("quarantined", "set_aside", "waiting", "loaded")
"""States of documents, those first that need somebody."""
PAGE_KINDS = {
    "all": "TRUE",
    "left": "p.glyphs_left > 0",
    "doubtful": "coalesce(i.doubts, 0) > 0",
    "unread": "p.segment_id IS NULL OR s.kind NOT IN"
    " ('audit_log', 'sharing_list', 'hotlist_configuration', 'tick_box_form')",
}
"""Which pages of a document to show."""
_SHOWN = 400
"""Characters of a text in a list; the database cuts, for many cells of megabytes would not fit into memory."""
_OTHER = (
    "map_from_entries(list_transform(map_entries(other), lambda e: {'key': left(e.key, 200),"
    f" 'value': left(e.value, {_SHOWN})}}))"
)


def releases(connection: duckdb.DuckDBPyConnection) -> list[Facts]:
    """Every release, also those without files, newest answer first."""
    return every(connection, '"out".release_status', "TRUE ORDER BY produced_date DESC NULLS LAST, release_id", [])


def documents(connection: duckdb.DuckDBPyConnection, state: str | None, first: int, most: int) -> list[Facts]:
    """Documents with the account of all their pages, in the order of :func:`releases`; of one *state* or all."""
    return every(
        connection,
        """"out".document_status AS d
        LEFT JOIN raw.release AS r USING (release_id)
        LEFT JOIN (
            SELECT document_id, sum(glyphs_seen) AS glyphs_seen, sum(glyphs_used) AS glyphs_used,
                sum(glyphs_furniture) AS glyphs_furniture, sum(glyphs_left) AS glyphs_left
            FROM raw.page GROUP BY document_id
        ) AS a USING (document_id)""",
        """(? IS NULL OR document_state = ?)
        ORDER BY r.produced_date DESC NULLS LAST, release_id, list_position(?, document_state), d.file_name, document_id
        LIMIT ? OFFSET ?""",
        [state, state, list(STATES), most, first],
    )


def state_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """State -> documents, in the order of :data:`STATES`."""
    found = dict(connection.execute("SELECT state, count(*) FROM raw.document GROUP BY state").fetchall())
    return {state: int(found[state]) for state in STATES if state in found}


def document(connection: duckdb.DuckDBPyConnection, document_id: str) -> Facts | None:
    """One document, or None."""
    found = every(connection, '"out".document_status', "document_id = ?", [document_id])
    return found[0] if found else None


def pages(
    connection: duckdb.DuckDBPyConnection, document_id: str, which: str, first: int, most: int
) -> tuple[list[Facts], int]:
    """Pages of a document with kind of segment, doubts and rows, and how many there are of that sort in all."""
    relation = """raw.page AS p
        LEFT JOIN raw.segment AS s USING (segment_id)
        LEFT JOIN (
            SELECT page_number, count(*) FILTER (severity <> 'notice') AS doubts FROM core.issue
            WHERE document_id = $1 GROUP BY page_number
        ) AS i ON i.page_number = p.page_number"""
    condition = f"p.document_id = $1 AND ({PAGE_KINDS[which]})"
    (count,) = connection.execute(f"SELECT count(*) FROM {relation} WHERE {condition}", [document_id]).fetchall()[0]
    columns = (
        "p.page_number, p.page_class, p.class_reason, p.width, p.height, p.glyphs_seen, p.glyphs_used,"
        " p.glyphs_furniture, p.glyphs_left, p.ink_left, s.kind, coalesce(i.doubts, 0) AS doubts"
    )
    found = every(
        connection,
        f"(SELECT {columns} FROM {relation} WHERE {condition} ORDER BY p.page_number LIMIT $2 OFFSET $3)",
        "TRUE ORDER BY page_number",
        [document_id, most, first],
    )
    return found, int(count)


def account(connection: duckdb.DuckDBPyConnection, document_id: str) -> Facts:
    """The sums of the accounts of all pages of a document."""
    columns = ("glyphs_seen", "glyphs_used", "glyphs_furniture", "glyphs_left")
    found = connection.execute(
        f"SELECT {', '.join(f'sum({column})' for column in columns)} FROM raw.page WHERE document_id = ?", [document_id]
    ).fetchall()
    return dict(zip(columns, found[0], strict=True))


def segments(connection: duckdb.DuckDBPyConnection, document_id: str) -> list[Facts]:
    """The runs of pages of a document."""
    return every(connection, "raw.segment", "document_id = ? ORDER BY segment_ordinal", [document_id])


def receipts(connection: duckdb.DuckDBPyConnection, document_id: str) -> list[Facts]:
    """How a document came in, with its releases."""
    return every(
        connection,
        "raw.receipt AS c JOIN raw.release AS r USING (release_id)",
        "document_id = ? ORDER BY receipt_number",
        [document_id],
    )


def issues(connection: duckdb.DuckDBPyConnection, document_id: str, page_number: int | None, most: int) -> list[Facts]:
    """Issues of a page; without a page, of the document as a whole. Errors first."""
    place, values = ("page_number IS NULL", []) if page_number is None else ("page_number = ?", [page_number])
    return every(
        connection,
        f"(SELECT * REPLACE ({_cut('message', 'advice', 'seen_text')}) FROM core.issue)",
        f"document_id = ? AND {place} ORDER BY list_position(['error', 'doubt', 'notice'], severity),"
        " row_number NULLS FIRST, mark_number NULLS FIRST, issue_id LIMIT ?",
        [document_id, *values, most],
    )


def one_page(connection: duckdb.DuckDBPyConnection, document_id: str, page_number: int) -> Facts | None:
    """A page, or None."""
    found = every(connection, "raw.page", "document_id = ? AND page_number = ?", [document_id, page_number])
    return found[0] if found else None


def lines(connection: duckdb.DuckDBPyConnection, document_id: str, page_number: int, most: int) -> list[Facts]:
    """The lines of a page that are in no row: furniture with its rule, and what is left over, which comes first."""
    return every(
        connection,
        f"(SELECT * REPLACE ({_cut('text')}) FROM raw.page_text)",
        "document_id = ? AND page_number = ? ORDER BY account = 'furniture', box.top, box.x0, text LIMIT ?",
        [document_id, page_number, most],
    )


def page_rows(connection: duckdb.DuckDBPyConnection, document_id: str, page_number: int, most: int) -> list[Facts]:
    """The rows of an audit log or sharing list that begin on a page: ``id``, ``row_number``, ``cells`` (field, text)
    of what is printed, and ``doubts``."""
    doubts = dict(
        connection.execute(
            "SELECT row_id, count(*) FROM core.issue WHERE document_id = ? AND page_number = ? AND row_id IS NOT NULL"
            " AND severity <> 'notice' GROUP BY row_id",
            [document_id, page_number],
        ).fetchall()
    )
    tables = {
        "raw.audit_row": f"{_cut(*AUDIT_FIELDS)}, {_OTHER} AS other",
        "raw.sharing_row": f"{_cut(*SHARING_FIELDS)}, MAP {{}} AS other",
    }
    rows = []
    for table, columns in tables.items():
        for row in every(
            connection,
            f"(SELECT document_id, page_number, row_id, row_number, {columns} FROM {table})",
            "document_id = ? AND page_number = ? ORDER BY row_number LIMIT ?",
            [document_id, page_number, most],
        ):
            cells = {name: text for name, text in list(row.items())[4:-1] if text is not None} | row["other"]
            facts = {"id": row["row_id"], "row_number": row["row_number"], "cells": cells}
            rows.append(facts | {"doubts": doubts.get(row["row_id"], 0)})
    return rows


def _cut(*columns: str) -> str:
    return ", ".join(f'left("{column}", {_SHOWN}) AS "{column}"' for column in columns)


def page_marks(connection: duckdb.DuckDBPyConnection, document_id: str, page_number: int, most: int) -> list[Facts]:
    """The first *most* marks of a page, in reading order."""
    return every(
        connection,
        f"(SELECT document_id, page_number, mark_id, mark_number, state, style, method, {_cut('label')}"
        " FROM raw.hotlist_mark)",
        "document_id = ? AND page_number = ? ORDER BY mark_number LIMIT ?",
        [document_id, page_number, most],
    )
