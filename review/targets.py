"""The value that somebody wants to decide on, as the published snapshot has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import duckdb

from records.decisions import Target, TargetKind
from records.places import BBox
from records.rows import AUDIT_FIELDS
from records.sharing_headers import SHARING_FIELDS
from review.errors import DecisionError
from warehouse.derive_organizations_rules import FLAGS, TYPES
from warehouse.trace_chain import every, unknown

SHARING_DECIDED = (*SHARING_FIELDS, "direction")
ORGANIZATION_DECIDED = ("organization", "state", "org_type", *FLAGS)


@dataclass(frozen=True, slots=True)
class Seen:
    """A value of a snapshot, ready to be decided on."""

    target: Target
    file_name: str | None
    """None for what is printed nowhere."""
    shown_text: str | None
    """What ``out`` shows: the reading, unless a decision changed it."""
    standing: str
    decision_ids: tuple[str, ...]
    """Decisions about it that this snapshot knows."""
    snapshot_hash: str


def see(connection: duckdb.DuckDBPyConnection, id: str, field: str) -> Seen:
    """The value of *field* of the row, mark or organization *id*. :class:`warehouse.trace_chain.UnknownIdError` when
    there is none, :class:`DecisionError` when it has no such field."""
    target = _target(connection, id, field)
    documents = every(connection, "raw.document", "document_id = ?", [target.document_id])
    build = every(connection, "meta.build", "TRUE", [])[0]
    stands = every(
        connection,
        "core.standing",
        "target_kind = ? AND target_id = ? AND field = ?",
        [str(target.kind), target.id, target.field],
    )
    standing = stands[0] if stands else None
    return Seen(
        target,
        documents[0]["file_name"] if documents else None,
        standing["decided_text"] if standing else target.seen_text,
        standing["standing"] if standing else "machine",
        tuple(standing["decision_ids"]) if standing else (),
        build["content_hash"],
    )


def _target(connection: duckdb.DuckDBPyConnection, id: str, field: str) -> Target:
    for mark in every(connection, "raw.hotlist_mark", "mark_id = ?", [id]):
        return _mark(mark, field)
    for row in every(connection, "raw.sharing_row", "row_id = ?", [id]):
        return _sharing(row, field)
    for row in every(connection, "raw.audit_row", "row_id = ?", [id]):
        columns = every(connection, "raw.segment_column", "segment_id = ? ORDER BY column_ordinal", [row["segment_id"]])
        return _cell(row, field, [column["field"] or column["other_key"] for column in columns])
    for organization in every(connection, "core.organization", "org_id = ?", [id]):
        _require(field, ORGANIZATION_DECIDED, "organization")
        said = organization[field]
        text = str(said).lower() if isinstance(said, bool) else said
        return Target(TargetKind.ORGANIZATION_ATTRIBUTE, id, field, text)
    raise unknown(id)


def check_value(target: Target, value: str | None) -> None:
    """Raise :class:`DecisionError` for a correction of an organization that its field cannot hold."""
    if target.kind is not TargetKind.ORGANIZATION_ATTRIBUTE or not value:
        return
    allowed = {"org_type": TYPES, **dict.fromkeys(FLAGS, ("true", "false"))}.get(target.field)
    if allowed is not None and value not in allowed:
        raise DecisionError(f"This cannot be logged: {target.field} is one of {', '.join(allowed)}.")
    if target.field == "state" and not re.fullmatch("[A-Z]{2}", value):
        raise DecisionError("This cannot be logged: a state is told by its two letters, as in TX.")


def _cell(row: dict[str, Any], field: str, printed: list[str]) -> Target:
    _require(field, printed, "row")
    is_canonical = field in AUDIT_FIELDS
    text = row[field] if is_canonical else row["other"].get(field)
    box = (row["cell_boxes"] if is_canonical else row["other_boxes"]).get(field)
    return _placed(TargetKind.AUDIT_CELL, row["row_id"], field, text, row, box or row["row_box"])


def _sharing(row: dict[str, Any], field: str) -> Target:
    _require(field, SHARING_DECIDED, "row of a sharing list")
    box = row.get(f"{field}_box") or row["row_box"]
    return _placed(TargetKind.SHARING_CELL, row["row_id"], field, row[field], row, box)


def _mark(mark: dict[str, Any], field: str) -> Target:
    _require(field, ("label", "state"), "mark")
    if field == "label":
        return _placed(TargetKind.MARK_LABEL, mark["mark_id"], field, mark["label"], mark, mark["label_box"])
    box = mark["mark_box"] or mark["label_box"]
    return _placed(TargetKind.MARK_STATE, mark["mark_id"], field, mark["state"], mark, box)


def _placed(
    kind: TargetKind, id: str, field: str, text: str | None, row: dict[str, Any], box: dict[str, float]
) -> Target:
    return Target(kind, id, field, text, row["document_id"], row["page_number"], BBox(**box))


def _require(field: str, known: tuple[str, ...] | list[str], what: str) -> None:
    if field not in known:
        raise DecisionError(
            f"This {what} has no field {field[:80]!r}.",
            f"Nothing was logged. It has: {', '.join(dict.fromkeys(known))}.",
        )
