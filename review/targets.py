"""The value that somebody wants to decide on, as the published snapshot has it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import available_timezones

import duckdb

from records.decisions import RELEASE_FACTS, Target, TargetKind
from records.places import BBox
from records.release import RequestStatus
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
    there is none, :class:`DecisionError` when it has no such field, or a text that no decision can hold."""
    try:
        target = _target(connection, id, field)
    except ValueError as error:
        raise DecisionError(f"This value cannot be decided on: {error}.") from error
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
    for release in every(connection, "raw.release", "release_id = ?", [id]):
        _require(field, RELEASE_FACTS, "release")
        stands = every(connection, "core.standing", _FACT, [id, field])
        # What was decided is in raw.release already; what release.toml says is what decisions are bound to.
        return Target(TargetKind.RELEASE_FACT, id, field, stands[0]["read_text"] if stands else _said(release[field]))
    for organization in every(connection, "core.organization", "org_id = ?", [id]):
        _require(field, ORGANIZATION_DECIDED, "organization")
        said = organization[field]
        text = str(said).lower() if isinstance(said, bool) else said
        return Target(TargetKind.ORGANIZATION_ATTRIBUTE, id, field, text)
    raise unknown(id)


def check_value(target: Target, value: str | None) -> None:
    """Raise :class:`DecisionError` for a correction of an organization or a release that its field cannot hold."""
    if target.kind is TargetKind.RELEASE_FACT and value:
        check_fact(target.field, value)
    if target.kind is not TargetKind.ORGANIZATION_ATTRIBUTE or not value:
        return
    allowed = {"org_type": TYPES, **dict.fromkeys(FLAGS, ("true", "false"))}.get(target.field)
    if allowed is not None and value not in allowed:
        raise DecisionError(f"This cannot be logged: {target.field} is one of {', '.join(allowed)}.")
    if target.field == "state":
        _check_state(value)


def check_fact(field: str, value: str) -> None:
    """Raise :class:`DecisionError` for a fact of a release that cannot be."""
    said = None
    if field.endswith("_date"):
        try:
            date.fromisoformat(value)
        except ValueError:
            said = "a date is written year first, as in 2025-04-30"
    elif field == "status" and value not in list(RequestStatus):
        said = f"a status is one of {', '.join(RequestStatus)}"
    elif field == "time_zone" and value not in available_timezones():
        said = "a time zone is told by its IANA name, as in America/Chicago"
    elif field == "state":
        _check_state(value)
    if said:
        raise DecisionError(f"This cannot be logged: {said}.")


def _check_state(value: str) -> None:
    if not re.fullmatch("[A-Z]{2}", value):
        raise DecisionError("This cannot be logged: a state is told by its two letters, as in TX.")


_FACT = f"target_kind = '{TargetKind.RELEASE_FACT}' AND target_id = ? AND field = ?"


def read_texts(
    connection: duckdb.DuckDBPyConnection, values: Iterable[tuple[str, str, str]]
) -> dict[tuple[str, str], str | None]:
    """(id, field) -> what was read there, of many *values* (kind, id, field) at once."""
    by_relation: dict[tuple[str, str], dict[str, list[str]]] = {}
    for kind, id, field in values:
        by_relation.setdefault(_RELATIONS[kind], {}).setdefault(id, []).append(field)
    found: dict[tuple[str, str], str | None] = {}
    for (relation, key), wanted in by_relation.items():
        # Rows lie in the order of their ids: the range of pages spares a look at the others.
        condition = f"{key} BETWEEN ? AND ? AND list_contains(?, {key})" if relation == "raw.audit_row" else None
        ids = sorted(wanted)
        for row in (
            every(connection, relation, condition, [ids[0], ids[-1], ids])
            if condition
            else every(connection, relation, f"list_contains(?, {key})", [ids])
        ):
            for field in wanted[row[key]]:
                text = row[field] if field in row else row["other"].get(field)
                found[row[key], field] = str(text).lower() if isinstance(text, bool) else _said(text)
    return found


_RELATIONS: dict[str, tuple[str, str]] = {
    TargetKind.AUDIT_CELL: ("raw.audit_row", "row_id"),
    TargetKind.SHARING_CELL: ("raw.sharing_row", "row_id"),
    TargetKind.MARK_LABEL: ("raw.hotlist_mark", "mark_id"),
    TargetKind.MARK_STATE: ("raw.hotlist_mark", "mark_id"),
    TargetKind.ORGANIZATION_ATTRIBUTE: ("core.organization", "org_id"),
    TargetKind.RELEASE_FACT: ("raw.release", "release_id"),
}


def _said(text: object) -> str | None:
    return None if text is None else str(text)


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
