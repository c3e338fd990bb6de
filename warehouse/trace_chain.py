"""From a page back to the release: what every trace has in common."""

from __future__ import annotations

from typing import Any

import duckdb

from records.documents import DocumentState, SourceDocument
from records.errors import PipelineError, WarehouseError
from records.issues import Issue, Severity
from records.release import Receipt, Release, RequestStatus
from warehouse.traced import TracedPage, TracedReading, TracedSegment, TracedStanding
from warehouse.traced_cells import page_box


class UnknownIdError(PipelineError):
    """Nothing in this warehouse has the id that was asked for."""

    code = "unknown_id"
    advice = (
        'Ids are in the columns row_id and mark_id: recordtrail sql "select row_id from out.audit_search limit 5",'
        ' "select mark_id, label from out.hotlist_setting limit 5".'
    )


def unknown(id: str) -> UnknownIdError:
    """The error for an id that names nothing here."""
    return UnknownIdError(
        f"There is no row, mark or list with the id {id[:80]!r}; ids look like 0123456789abcdef-p00012-r003"
        " (document, page, row on the page), -m003 (mark) or -list."
    )


def chain(connection: duckdb.DuckDBPyConnection, place: dict[str, Any], id: str) -> dict[str, Any]:
    """The fields of :class:`warehouse.traced.Chain` but citation and confidence, for the row or mark *id* of *place*
    (document_id, segment_id, page_number)."""
    document_id, page_number = place["document_id"], place["page_number"]
    document = one(connection, "raw.document", "document_id = ?", [document_id])
    segment = one(connection, "raw.segment", "segment_id = ?", [place["segment_id"]])
    page = one(connection, "raw.page", "document_id = ? AND page_number = ?", [document_id, page_number])
    receipts = every(connection, "raw.receipt", "document_id = ? ORDER BY receipt_number", [document_id])
    release = one(connection, "raw.release", "release_id = ?", [receipts[0]["release_id"]])
    issues = every(
        connection,
        "core.issue",
        "document_id = ? AND page_number = ? AND coalesce(row_id, mark_id, ?) = ?"
        " ORDER BY row_id NULLS LAST, mark_id NULLS LAST, issue_id",
        [document_id, page_number, id, id],
    )
    readings = every(
        connection,
        "raw.reading",
        "document_id = ? AND page_number = ? AND coalesce(row_id, mark_id) = ? ORDER BY field, reader, box.top, box.x0",
        [document_id, page_number, id],
    )
    standings = every(connection, "core.standing", "target_id = ? ORDER BY field", [id])
    return {
        "page_number": page_number,
        "page": TracedPage(**{name: page[name] for name in TracedPage.__dataclass_fields__}),
        "segment": TracedSegment(**{name: segment[name] for name in TracedSegment.__dataclass_fields__}),
        "document": _document(document),
        "page_count": document["page_count"],
        "fingerprint": document["fingerprint"],
        "receipts": tuple(_receipt(receipt) for receipt in receipts),
        "release": _release(release),
        "standings": tuple(_standing(row) for row in standings),
        "successors": tuple(successors(connection, id)),
        "issues": tuple(_issue(issue) for issue in issues),
        "readings": tuple(_reading(reading) for reading in readings),
    }


def successors(connection: duckdb.DuckDBPyConnection, id: str) -> list[str | None]:
    """What is now at the places that earlier extractions gave *id* to, where that is something else."""
    found = connection.execute(
        "SELECT DISTINCT present_id FROM meta.row_successor WHERE former_id = ? ORDER BY ALL", [id]
    ).fetchall()
    return [present_id for (present_id,) in found]


def every(
    connection: duckdb.DuckDBPyConnection, relation: str, condition: str, parameters: list[Any]
) -> list[dict[str, Any]]:
    """The rows of *relation* that meet *condition*."""
    result = connection.execute(f"SELECT * FROM {relation} WHERE {condition}", parameters)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def one(connection: duckdb.DuckDBPyConnection, relation: str, condition: str, parameters: list[Any]) -> dict[str, Any]:
    """The one row of *relation* that meets *condition*; ``WarehouseError`` when there is another number of them."""
    found = every(connection, relation, condition, parameters)
    if len(found) != 1:
        raise WarehouseError(f"{relation} has {len(found)} rows where a checked warehouse has one.")
    return found[0]


def _standing(row: dict[str, Any]) -> TracedStanding:
    return TracedStanding(row["field"], row["standing"], row["decided_text"], tuple(row["decision_ids"]))


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


def _reading(row: dict[str, Any]) -> TracedReading:
    box = page_box(row["document_id"], row["page_number"], row["box"]) if row["box"] else None
    return TracedReading(row["reader"], row["field"], row["text"], row["score"], box)
