"""From a row back to paper: the chain row -> page -> segment -> document -> receipts -> release, with every box."""

from __future__ import annotations

import re
from typing import Any

import duckdb

from records.documents import DocumentState, SourceDocument
from records.errors import PipelineError, WarehouseError
from records.issues import Issue, Severity
from records.places import PageBoxes, Place
from records.release import Receipt, Release, RequestStatus
from warehouse.traced import Trace, TracedCell, TracedPage, TracedSegment
from warehouse.traced_cells import page_box, traced_cells

__all__ = ["Trace", "TracedCell", "TracedPage", "TracedSegment", "UnknownIdError", "cite", "trace"]

_ROW_ID = re.compile(r"([0-9a-f]{16})-p(\d{5,})-r(\d{3,})\Z")


class UnknownIdError(PipelineError):
    """Nothing in this warehouse has the id that was asked for."""

    code = "unknown_id"
    advice = 'Ids are in the column row_id: recordtrail sql "select row_id from out.audit_search limit 5".'


def trace(connection: duckdb.DuckDBPyConnection, id: str) -> Trace:
    """The trace of the row *id*; :class:`UnknownIdError` when there is no such row."""
    rows = _all(connection, "raw.audit_row", *_place_condition(id))
    if not rows:
        raise _unknown(id)
    row = rows[0]
    document_id, page_number = row["document_id"], row["page_number"]
    document = _one(connection, "raw.document", "document_id = ?", [document_id])
    segment = _one(connection, "raw.segment", "segment_id = ?", [row["segment_id"]])
    page = _one(connection, "raw.page", "document_id = ? AND page_number = ?", [document_id, page_number])
    columns = _all(connection, "raw.segment_column", "segment_id = ? ORDER BY column_ordinal", [row["segment_id"]])
    header_lines = _all(
        connection,
        "raw.page_text",
        "document_id = ? AND page_number = ? AND rule = 'header'",
        [document_id, page_number],
    )
    parts = _all(connection, "raw.row_continuation", "row_id = ? ORDER BY continued_page_number", [id])
    receipts = _all(connection, "raw.receipt", "document_id = ? ORDER BY receipt_number", [document_id])
    release = _one(connection, "raw.release", "release_id = ?", [receipts[0]["release_id"]])
    issues = _all(
        connection,
        "core.issue",
        "document_id = ? AND page_number = ? AND (row_id = ? OR row_id IS NULL) ORDER BY row_id NULLS LAST, issue_id",
        [document_id, page_number, id],
    )
    return Trace(
        row_id=id,
        page_number=page_number,
        row_number=row["row_number"],
        place=_row_place(row, parts),
        cells=traced_cells(row, columns, parts, header_lines),
        engine=row["engine"],
        confidence=row["confidence"],
        page=TracedPage(**{name: page[name] for name in TracedPage.__dataclass_fields__}),
        segment=TracedSegment(**{name: segment[name] for name in TracedSegment.__dataclass_fields__}),
        document=_document(document),
        page_count=document["page_count"],
        fingerprint=document["fingerprint"],
        receipts=tuple(_receipt(receipt) for receipt in receipts),
        release=_release(release),
        issues=tuple(_issue(issue) for issue in issues),
        citation=cite(connection, id),
    )


def cite(connection: duckdb.DuckDBPyConnection, id: str) -> str:
    """The citation of the row *id*: agency, request, production date, file, page, row, SHA-256, in one line."""
    condition, parameters = _place_condition(id)
    found = connection.execute(f'SELECT citation FROM "out".audit_search WHERE {condition}', parameters).fetchone()
    if found is None:
        raise _unknown(id)
    return str(found[0])


def _place_condition(id: str) -> tuple[str, list[object]]:
    """SQL that finds the row *id* fast. The id names its place: page numbers prune far better than long strings,
    of which DuckDB keeps eight bytes per block (all rows of one document share sixteen)."""
    match = _ROW_ID.match(id)
    if match is None:
        raise _unknown(id)
    return "row_id = ? AND page_number = ? AND row_number = ?", [id, int(match[2]), int(match[3])]


def _unknown(id: str) -> UnknownIdError:
    return UnknownIdError(
        f"There is no row with the id {id[:80]!r}; ids look like 0123456789abcdef-p00012-r003"
        " (document, page, row on the page)."
    )


def _all(
    connection: duckdb.DuckDBPyConnection, relation: str, condition: str, parameters: list[object]
) -> list[dict[str, Any]]:
    result = connection.execute(f"SELECT * FROM {relation} WHERE {condition}", parameters)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def _one(
    connection: duckdb.DuckDBPyConnection, relation: str, condition: str, parameters: list[object]
) -> dict[str, Any]:
    found = _all(connection, relation, condition, parameters)
    if len(found) != 1:
        raise WarehouseError(f"{relation} has {len(found)} rows where a checked warehouse has one.")
    return found[0]


def _row_place(row: dict[str, Any], parts: list[dict[str, Any]]) -> Place:
    """One box; or, for a row over a page break, its box on every page it touches."""
    boxes = [page_box(row["document_id"], row["page_number"], row["row_box"])]
    boxes += [
        page_box(row["document_id"], part["continued_page_number"], part["box"])
        for part in parts
        if part["column_ordinal"] is None
    ]
    return boxes[0] if len(boxes) == 1 else PageBoxes(tuple(sorted(boxes, key=lambda box: box.page_number)))


def _document(row: dict[str, Any]) -> SourceDocument:
    return SourceDocument(
        document_id=row["document_id"],
        file_name=row["file_name"],
        byte_count=row["byte_count"],
        media_type=row["media_type"],
        state=DocumentState(row["state"]),
        error_code=row["error_code"],
        reason=row["reason"],
        advice=row["advice"],
    )


def _receipt(row: dict[str, Any]) -> Receipt:
    return Receipt(row["release_id"], row["document_id"], row["path"], row["received_datetime"], row["container"])


def _release(row: dict[str, Any]) -> Release:
    facts = dict(row)
    facts["status"] = RequestStatus(facts["status"])
    facts["exemptions"] = tuple(facts["exemptions"])
    return Release(**facts)


def _issue(row: dict[str, Any]) -> Issue:
    facts = {name: row[name] for name in Issue.__dataclass_fields__}
    facts["severity"] = Severity(facts["severity"])
    return Issue(**facts)
