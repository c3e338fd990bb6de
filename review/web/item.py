"""What the page of one value shows: the value on its page, what was read and doubted, who decided, what may follow."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

import duckdb

from records.decisions import MAX_TEXT, Decision, Target, TargetKind, live
from records.marks import Direction, MarkState
from records.release import RequestStatus
from review.decided import Key, Said
from review.decision_log import DecisionLog
from review.queue import Filters, Item, item_after, item_before, item_of
from review.same_reading import Other, same_readings
from review.targets import Seen
from review.web.marking import MarkedBox, PageView, mark_views, row_views
from warehouse.derive_organizations_rules import FLAGS, TYPES
from warehouse.trace import AnyTrace, Trace
from warehouse.trace import trace as find
from warehouse.trace_chain import every

_SPELLINGS = 12


@dataclass(frozen=True, slots=True)
class ValuePage:
    """One value, ready to be shown and decided on."""

    seen: Seen
    item: Item | None
    """Its place in the queue; None where it is not doubtful."""
    found: AnyTrace | None
    """Its trace; None for what is printed nowhere."""
    views: list[PageView]
    said: Said | None
    """The decision on it that counts."""
    history: list[Decision]
    counted: set[str]
    """Ids of the decisions of the history that count."""
    others: list[Other]
    other_count: int
    options: tuple[str, ...]
    """The words that it can be corrected to; empty where any text can be."""
    prefilled: str
    """What the field for a correction holds at first."""
    spellings: list[dict[str, Any]]
    """Of an organization: how it is printed, and how often."""
    before: Item | None
    after: Item | None
    seen_sequence: int
    token: str
    digest: str


def value_page(
    connection: duckdb.DuckDBPyConnection,
    log: DecisionLog,
    seen: Seen,
    filters: Filters,
    decided: Mapping[Key, Said],
) -> ValuePage:
    """Everything about *seen*; the token is new with every call."""
    target = seen.target
    item = item_of(connection, target.id, target.field)
    found = find(connection, target.id) if target.document_id is not None else None
    others, other_count = same_readings(connection, target, decided)
    last = log.last_sequence  # before the history is read: what is logged from now on was not seen
    history = log.about(target.id, target.field)
    known = {entry.decision_id for entry in history}
    history += [log.entry_of(id) for id in seen.decision_ids if id not in known]
    history.sort(key=lambda entry: entry.sequence)
    return ValuePage(
        seen=seen,
        item=item,
        found=found,
        views=_views(connection, found, target.field),
        said=decided.get((target.id, target.field)),
        history=history,
        counted={entry.decision_id for entry in live(history)},
        others=others,
        other_count=other_count,
        options=options_of(target),
        prefilled=prefilled(target),
        spellings=_spellings(connection, target),
        before=item_before(connection, filters, item.item_number) if item else None,
        after=item_after(connection, filters, item.item_number) if item else None,
        seen_sequence=last,
        token=secrets.token_urlsafe(16),
        digest=digest_of(target),
    )


def digest_of(target: Target) -> str:
    """Tells whether a form is about what is read now: another snapshot may read something else, or elsewhere."""
    return hashlib.sha256(json.dumps(asdict(target), sort_keys=True).encode()).hexdigest()[:32]


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


def prefilled(target: Target) -> str:
    """What the field for a correction holds at first: the reading, unless it is too long or a word is chosen."""
    text = target.seen_text or ""
    return "" if options_of(target) or len(text) > MAX_TEXT else text.strip()


def _views(connection: duckdb.DuckDBPyConnection, found: AnyTrace | None, field: str) -> list[PageView]:
    if found is None:
        return []
    if not isinstance(found, Trace):
        return mark_views(connection, found)
    views = row_views(connection, found, field)
    if any(cell.name == field and cell.boxes for cell in found.cells) or not views:
        return views
    # Nothing was read there: where it would be printed is where its column crosses the row.
    return [replace(views[0], boxes=(*views[0].boxes, *crossing(connection, found.row_id, field))), *views[1:]]


def crossing(connection: duckdb.DuckDBPyConnection, row_id: str, field: str) -> list[MarkedBox]:
    """Where the columns of *field* cross a row of a log or sharing list; none where no edges of columns are known."""
    found = []
    for relation in ("raw.audit_row", "raw.sharing_row"):
        for row in every(connection, relation, "row_id = ?", [row_id]):
            about = "segment_id = ? AND coalesce(field, other_key) = ? AND right_edge > left_edge"
            for column in every(connection, "raw.segment_column", about, [row["segment_id"], field]):
                place = {**row["row_box"], "x0": column["left_edge"], "x1": column["right_edge"]}
                found.append(MarkedBox("cell", **place, name=field, is_chosen=True))
    return found


def _spellings(connection: duckdb.DuckDBPyConnection, target: Target) -> list[dict[str, Any]]:
    if target.kind is not TargetKind.ORGANIZATION_ATTRIBUTE:
        return []
    condition = f"org_id = ? ORDER BY printed_name LIMIT {_SPELLINGS}"
    return every(connection, "core.organization_alias", condition, [target.id])
