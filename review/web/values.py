"""What is known of each value of a row or mark: as printed, as typed and by what rule, as each reader saw it, what is
doubtful about it, and what reviewers said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

from records.issues import Issue
from records.sharing_headers import SHARING_FIELDS
from warehouse.search_columns import NAMES
from warehouse.trace import MarkTrace, Trace, TracedCell
from warehouse.trace_chain import every
from warehouse.traced import Chain, TracedReading, TracedStanding

TYPED = {
    "org_name": ("org_name", "org_id"),
    "time_frame": ("frame_start_datetime", "frame_end_datetime"),
    "reason": ("reason", "reason_category", "reason_category_2", "reason_text", "reason_source"),
    "filters": ("filters", "has_plate_like_filter"),
    "search_type": ("search_type", "is_mobile"),
    "moderation": ("moderation", "moderation_class"),
}
"""Printed field -> its typed columns in ``core.audit_search``, where that is more than the one named after it."""
_BASES = {"reason": "category_basis"}
"""Where the column that tells the basis is not named after the field."""


@dataclass(frozen=True, slots=True)
class Typed:
    """One typed column of a value."""

    column: str
    value: object
    meaning: str
    """The comment of the column."""


@dataclass(frozen=True, slots=True)
class Value:
    """One field of a row or mark."""

    field: str
    headers: tuple[str, ...]
    text: str | None
    """As printed; None where the cell is blank."""
    is_placed: bool
    """Whether it has a box of its own."""
    state: str | None
    """value, empty, masked …: of typed fields."""
    marker: str | None
    parse: str | None
    """What came of reading it as a time, number or known word."""
    basis: str | None
    typed: tuple[Typed, ...]
    readings: tuple[TracedReading, ...]
    issues: tuple[Issue, ...]
    standing: TracedStanding | None

    @property
    def is_doubtful(self) -> bool:
        """Whether there is an error or a doubt about it."""
        return any(issue.severity != "notice" for issue in self.issues)


def row_values(connection: duckdb.DuckDBPyConnection, trace: Trace) -> list[Value]:
    """The fields of a row in printed order, blank ones too."""
    cells = {cell.name: cell for cell in trace.cells}
    if trace.segment.kind == "sharing_list":
        names: Sequence[str] = (*SHARING_FIELDS, "direction")
        direction = connection.execute("SELECT direction FROM raw.sharing_row WHERE row_id = ?", [trace.id]).fetchone()
        return [_value(trace, name, cells.get(name), {}, {}, direction[0] if direction else None) for name in names]
    columns = every(
        connection, "raw.segment_column", "segment_id = ? ORDER BY column_ordinal", [trace.segment.segment_id]
    )
    headers: dict[str, list[str]] = {}
    for column in columns:
        name = column["field"] or column["other_key"]
        headers.setdefault(name, []).extend([column["printed_header"]] if column["printed_header"] else [])
    typed = every(
        connection,
        "core.audit_search",
        "row_id = ? AND page_number = ? AND row_number = ?",
        [trace.id, trace.page_number, trace.row_number],
    )
    meanings = _meanings(connection)
    facts = typed[0] if typed else {}
    if facts.get("org_id"):
        named = every(connection, "core.organization", "org_id = ?", [facts["org_id"]])
        facts["org_id"] = f"{named[0]['organization']} ({facts['org_id']})" if named else facts["org_id"]
    return [_value(trace, name, cells.get(name), facts, meanings, None, tuple(headers[name])) for name in headers]


def mark_values(trace: MarkTrace) -> list[Value]:
    """Label and state of a mark."""
    mark = trace.marks[0]
    both = (("label", mark.label, True), ("state", mark.state, mark.mark_box is not None))
    return [
        Value(
            field=name,
            headers=(),
            text=text,
            is_placed=is_placed,
            state=None,
            marker=None,
            parse=None,
            basis=trace.label_agreement if name == "label" else trace.state_basis,
            typed=(),
            readings=tuple(r for r in trace.readings if (r.field or "label") == name),
            issues=tuple(i for i in trace.issues if i.field == name),
            standing=_standing(trace, name),
        )
        for name, text, is_placed in both
    ]


def about_the_whole(trace: Chain, values: Sequence[Value]) -> list[Issue]:
    """The issues that are about no single one of the *values*: about the row, the mark or its page."""
    told = {value.field for value in values}
    return [issue for issue in trace.issues if issue.field is None or issue.field not in told]


def _value(
    trace: Trace,
    name: str,
    cell: TracedCell | None,
    facts: dict[str, Any],
    meanings: dict[str, str],
    text: str | None,
    headers: tuple[str, ...] = (),
) -> Value:
    base = NAMES.get(name, name)
    columns = [column for column in TYPED.get(name, (base,)) if column in facts]
    return Value(
        field=name,
        headers=headers,
        text=cell.text if cell else text,
        is_placed=bool(cell and cell.boxes),
        state=facts.get(f"{base}_state"),
        marker=facts.get(f"{base}_marker"),
        parse=facts.get(f"{base}_parse"),
        basis=facts.get(_BASES.get(name, f"{base}_basis")),
        typed=tuple(Typed(column, facts[column], meanings.get(column, "")) for column in columns),
        readings=tuple(reading for reading in trace.readings if reading.field == name),
        issues=tuple(issue for issue in trace.issues if issue.field == name),
        standing=_standing(trace, name),
    )


def _standing(trace: Chain, name: str) -> TracedStanding | None:
    return next((standing for standing in trace.standings if standing.field == name), None)


def _meanings(connection: duckdb.DuckDBPyConnection) -> dict[str, str]:
    rows = connection.execute(
        "SELECT column_name, column_comment FROM meta.dictionary WHERE schema_name = 'core'"
        " AND relation_name = 'audit_search'"
    )
    return {name: comment or "" for name, comment in rows.fetchall()}
