"""From a value back to paper: row or mark -> page -> segment -> document -> receipts -> release, with every box."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import duckdb

from records.places import PageBoxes, Place
from warehouse.trace_chain import UnknownIdError, chain, every, successors, unknown
from warehouse.trace_marks import cite_mark, trace_list, trace_mark
from warehouse.traced import AnyTrace, ListTrace, MarkTrace, Trace, TracedCell, TracedPage, TracedSegment
from warehouse.traced_cells import page_box, sharing_cells, traced_cells

__all__ = [
    "AnyTrace",
    "ListTrace",
    "MarkTrace",
    "Trace",
    "TracedCell",
    "TracedPage",
    "TracedSegment",
    "UnknownIdError",
    "cite",
    "trace",
]

_ROW_ID = re.compile(r"([0-9a-f]{16})-p(\d{5,})-r(\d{3,})\Z")


def trace(connection: duckdb.DuckDBPyConnection, id: str) -> AnyTrace:
    """The trace of the row, mark or list of settings *id*, or of what an earlier extraction gave that id to where
    nothing has it now; :class:`UnknownIdError` when there is none."""
    found: AnyTrace | None = trace_mark(connection, id) or trace_list(connection, id)
    if found is None and _ROW_ID.match(id):
        found = _trace_row(connection, id)
    if found is None:
        # An older citation may name it; only where nothing has the id now, or the wrong row would be shown.
        present = [one for one in successors(connection, id) if one is not None]
        if len(present) == 1:
            return replace(trace(connection, present[0]), former_id=id)
        raise unknown(id)
    return found


def cite(connection: duckdb.DuckDBPyConnection, id: str) -> str:
    """The citation of the row, mark or list *id*: agency, request, production date, file, page, row or mark, SHA-256,
    in one line."""
    citation = cite_mark(connection, id)
    if citation is None and _ROW_ID.match(id):
        citation = _cite_row(connection, id)
    if citation is None:
        raise unknown(id)
    return citation


def _trace_row(connection: duckdb.DuckDBPyConnection, id: str) -> Trace | None:
    condition, parameters = _place_condition(id)
    logged = every(connection, "raw.audit_row", condition, parameters)
    shared = [] if logged else every(connection, "raw.sharing_row", condition, parameters)
    if not logged and not shared:
        return None
    row = (logged or shared)[0]
    parts = every(connection, "raw.row_continuation", "row_id = ? ORDER BY continued_page_number", [id])
    if shared:
        cells = sharing_cells(row, parts)
    else:
        columns = every(connection, "raw.segment_column", "segment_id = ? ORDER BY column_ordinal", [row["segment_id"]])
        header_lines = every(
            connection,
            "raw.page_text",
            "document_id = ? AND page_number = ? AND rule = 'header'",
            [row["document_id"], row["page_number"]],
        )
        cells = traced_cells(row, columns, parts, header_lines)
    return Trace(
        **chain(connection, row, id),
        row_id=id,
        row_number=row["row_number"],
        place=_row_place(row, parts),
        cells=cells,
        engine=row["engine"],
        confidence=row["confidence"],
        citation=str(_cite_row(connection, id)),
    )


def _cite_row(connection: duckdb.DuckDBPyConnection, id: str) -> str | None:
    condition, parameters = _place_condition(id)
    found = connection.execute(f'SELECT citation FROM "out".audit_search WHERE {condition}', parameters).fetchone()
    # Not from out.sharing, which has an organization once, although several screenshots may show it.
    found = (
        found
        or connection.execute(
            f"""SELECT concat_ws(', ', s.cited_file, 'page ' || r.page_number, 'row ' || r.row_number,
            'SHA-256 ' || r.document_id)
        FROM (FROM raw.sharing_row WHERE {condition}) AS r
        JOIN core.document_source AS s ON s.document_id = r.document_id""",
            parameters,
        ).fetchone()
    )
    return str(found[0]) if found else None


def _place_condition(id: str) -> tuple[str, list[object]]:
    """SQL that finds the row *id* fast. The id names its place: page numbers prune far better than long strings,
    of which DuckDB keeps eight bytes per block (all rows of one document share sixteen)."""
    match = _ROW_ID.match(id)
    if match is None:
        raise unknown(id)
    return "row_id = ? AND page_number = ? AND row_number = ?", [id, int(match[2]), int(match[3])]


def _row_place(row: dict[str, Any], parts: list[dict[str, Any]]) -> Place:
    """One box; or, for a row over a page break, its box on every page it touches."""
    boxes = [page_box(row["document_id"], row["page_number"], row["row_box"])]
    boxes += [
        page_box(row["document_id"], part["continued_page_number"], part["box"])
        for part in parts
        if part["column_ordinal"] is None
    ]
    return boxes[0] if len(boxes) == 1 else PageBoxes(tuple(sorted(boxes, key=lambda box: box.page_number)))
