"""The value that somebody wants to decide on, as the published snapshot has it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from zoneinfo import available_timezones

import duckdb

from records.decisions import RELEASE_FACTS, Target, TargetKind
from records.marks import Direction, MarkState
from records.release import RequestStatus
from review.errors import DecisionError
from review.naming import HASHED, field_of
from review.printed import Read, mark_value, require, row_value, shared_value
from warehouse.derive_organizations_rules import FLAGS, TYPES
from warehouse.trace_chain import every, successors, unknown

ORGANIZATION_DECIDED = ("organization", "state", "org_type", *FLAGS)


@dataclass(frozen=True, slots=True)
class Seen:
    """A value of a snapshot, ready to be decided on."""

    target: Target
    read_text: str | None
    """The reading, whole; the target has one that is too long by its hash."""
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
    there is none, :class:`DecisionError` when it has no such field, or one whose name no decision can hold."""
    try:
        target, text = _target(connection, id, field)
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
        text,
        documents[0]["file_name"] if documents else None,
        standing["decided_text"] if standing else text,
        standing["standing"] if standing else "machine",
        tuple(standing["decision_ids"]) if standing else (),
        build["content_hash"],
    )


def present_id(connection: duckdb.DuckDBPyConnection, id: str) -> str:
    """What has the place now that an earlier extraction called *id*; *id* itself where that is not one value."""
    present = [one for one in successors(connection, id) if one is not None]
    return present[0] if len(present) == 1 else id


def field_named(connection: duckdb.DuckDBPyConnection, id: str, word: str) -> str:
    """The field of the row *id* that *word* stands for, see :mod:`review.naming`. Only rows of logs have fields whose
    names are told by their hash."""
    if not word.startswith(HASHED):
        return word
    rows = every(connection, "raw.audit_row", "row_id = ?", [id])
    return field_of(word, _fields(connection, rows[0]["segment_id"]) if rows else ())


def _fields(connection: duckdb.DuckDBPyConnection, segment_id: str) -> list[str]:
    """The fields that a segment of a log prints, in their order."""
    columns = every(connection, "raw.segment_column", "segment_id = ? ORDER BY column_ordinal", [segment_id])
    return list(dict.fromkeys(column["field"] or column["other_key"] for column in columns))


def _target(connection: duckdb.DuckDBPyConnection, id: str, field: str) -> Read:
    """The value, and what is read there."""
    for mark in every(connection, "raw.hotlist_mark", "mark_id = ?", [id]):
        return mark_value(mark, field)
    for row in every(connection, "raw.sharing_row", "row_id = ?", [id]):
        return shared_value(row, field)
    for row in every(connection, "raw.audit_row", "row_id = ?", [id]):
        return row_value(row, field, _fields(connection, row["segment_id"]))
    for release in every(connection, "raw.release", "release_id = ?", [id]):
        require(field, RELEASE_FACTS, "release")
        stands = every(connection, "core.standing", _FACT, [id, field])
        # What was decided is in raw.release already; what release.toml says is what decisions are bound to.
        fact = stands[0]["read_text"] if stands else _said(release[field])
        return Target(TargetKind.RELEASE_FACT, id, field, fact), fact
    for organization in every(connection, "core.organization", "org_id = ?", [id]):
        require(field, ORGANIZATION_DECIDED, "organization")
        said = organization[field]
        text = str(said).lower() if isinstance(said, bool) else said
        return Target(TargetKind.ORGANIZATION_ATTRIBUTE, id, field, text), text
    raise unknown(id)


def check_value(target: Target, value: str | None) -> None:
    """Raise :class:`DecisionError` for a correction that its field cannot hold; None is no correction. An empty one
    says that nothing is stated: of what is one of a few words, nobody can say that."""
    options = options_of(target)
    if options and value is not None and value not in options:
        raise DecisionError(
            f"This cannot be logged: {target.field} is one of {', '.join(options)}.",
            "Nothing was logged. Choose one, or reject the reading.",
        )
    if target.kind is TargetKind.RELEASE_FACT and value:
        check_fact(target.field, value)
    if target.kind is not TargetKind.ORGANIZATION_ATTRIBUTE or not value:
        return
    if target.field == "state":
        _check_state(value)


def options_of(target: Target) -> tuple[str, ...]:
    """The words that a value can be corrected to; empty where any text can be."""
    if target.kind is TargetKind.MARK_STATE:
        unsaid = (MarkState.UNREADABLE, MarkState.NOT_VISIBLE)
        return tuple(state.value for state in MarkState if state not in unsaid)
    if target.kind is TargetKind.SHARING_CELL and target.field == "direction":
        return tuple(direction.value for direction in Direction)
    if target.kind is TargetKind.ORGANIZATION_ATTRIBUTE:
        return {"org_type": tuple(TYPES), **dict.fromkeys(FLAGS, ("true", "false"))}.get(target.field, ())
    if target.kind is TargetKind.RELEASE_FACT and target.field == "status":
        return tuple(status.value for status in RequestStatus)
    return ()


def check_fact(field: str, value: str) -> None:
    """Raise :class:`DecisionError` for a fact of a release that cannot be."""
    said = None
    if field.endswith("_date"):
        try:
            date.fromisoformat(value)
        except ValueError:
            said = "a date is written year first, as in 2025-04-30"
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


def _said(text: object) -> str | None:
    return None if text is None else str(text)
