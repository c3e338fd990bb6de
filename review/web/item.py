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
from records.errors import PipelineError
from review.decided import Key, Said
from review.decision_log import DecisionLog
from review.errors import DecisionError
from review.printed import is_same_place
from review.queue import Filters, Item, item_after, item_before, item_of
from review.queue_texts import texts
from review.same_reading import Other, same_readings
from review.targets import Seen, options_of
from review.web.blind import crossing
from review.web.marking import PageView, mark_views, row_views
from warehouse.trace import AnyTrace, Trace
from warehouse.trace import trace as find
from warehouse.trace_chain import every

_SPELLINGS, _EXAMPLES = 12, 5


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
    """Of an organization: how it is printed, and where."""
    examples: list[dict[str, Any]]
    """Of an organization: some rows that show it (row_id, page_number, row_number, file_name)."""
    before: Item | None
    after: Item | None
    seen_sequence: int
    token: str
    digest: str


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form said that was not logged, and why not."""

    value: str
    reason: str
    error: PipelineError
    is_news: bool
    """The page shows what the reviewer had not seen when the form was sent."""


@dataclass(frozen=True, slots=True)
class Stuck:
    """A value that no decision can be bound to: still to be looked at, and to be passed by."""

    item: Item
    text: str | None
    """The beginning of what is read there."""
    error: DecisionError
    before: Item | None
    after: Item | None


def stuck_page(connection: duckdb.DuckDBPyConnection, item: Item, filters: Filters, error: DecisionError) -> Stuck:
    """Everything about *item*, about which nothing can be logged, as *error* says."""
    before, after = (step(connection, filters, item.item_number) for step in (item_before, item_after))
    return Stuck(item, texts(connection, [item])[item.key], error, before, after)


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
    said = decided.get((target.id, target.field))
    history = _history(log, seen, said)
    return ValuePage(
        seen=seen,
        item=item,
        found=found,
        views=_views(connection, found, target.field),
        said=said,
        history=history,
        counted={entry.decision_id for entry in live(history)},
        others=others,
        other_count=other_count,
        options=options_of(target),
        prefilled=prefilled(seen),
        spellings=_spellings(connection, target),
        examples=_examples(connection, target),
        before=item_before(connection, filters, item.item_number) if item else None,
        after=item_after(connection, filters, item.item_number) if item else None,
        seen_sequence=last,
        token=secrets.token_urlsafe(16),
        digest=digest_of(target),
    )


def _history(log: DecisionLog, seen: Seen, said: Said | None) -> list[Decision]:
    """The entries about a value, the first first: by its id, unless another place had that id then, and those that were
    found to be about it by their place."""
    entries = log.about(seen.target.id, seen.target.field)
    found = {entry.decision_id: entry for entry in entries if is_same_place(entry.target, seen.target)}
    by_place = [*seen.decision_ids, *([said.decision_id] if said else [])]
    found |= {id: log.entry_of(id) for id in by_place if id not in found}
    return sorted(found.values(), key=lambda entry: entry.sequence)


def digest_of(target: Target) -> str:
    """Tells whether a form is about what is read now: another snapshot may read something else, or elsewhere."""
    return hashlib.sha256(json.dumps(asdict(target), sort_keys=True).encode()).hexdigest()[:32]


def prefilled(seen: Seen) -> str:
    """What the field for a correction holds at first: the reading, unless it is too long or a word is chosen."""
    text = seen.read_text or ""
    return "" if options_of(seen.target) or len(text) > MAX_TEXT else as_typed(text)


def as_typed(text: str) -> str:
    """*text* as a browser sends what stands in a field: every line break one character, no space around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


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


def _spellings(connection: duckdb.DuckDBPyConnection, target: Target) -> list[dict[str, Any]]:
    if target.kind is not TargetKind.ORGANIZATION_ATTRIBUTE:
        return []
    condition = f"org_id = ? ORDER BY printed_name LIMIT {_SPELLINGS}"
    return every(connection, "core.organization_alias", condition, [target.id])


def _examples(connection: duckdb.DuckDBPyConnection, target: Target) -> list[dict[str, Any]]:
    if target.kind is not TargetKind.ORGANIZATION_ATTRIBUTE:
        return []
    columns = "s.row_id, s.page_number, s.row_number, s.document_id"
    return every(
        connection,
        f"""(SELECT {columns} FROM core.audit_search AS s WHERE s.org_id = $1
            UNION ALL SELECT {columns} FROM raw.sharing_row AS s
            JOIN core.organization_alias AS a ON a.printed_name = s.organization WHERE a.org_id = $1)
        JOIN raw.document USING (document_id)""",
        f"TRUE ORDER BY document_id, page_number, row_number LIMIT {_EXAMPLES}",
        [target.id],
    )
