"""From a mark, or from a list that does not show a topic, back to paper."""

from __future__ import annotations

from typing import Any

import duckdb

from warehouse.trace_chain import chain, every, one
from warehouse.traced import ListTrace, MarkTrace, TracedMark
from warehouse.traced_cells import page_box

_CITATION = """SELECT concat_ws(', ', s.cited_file, 'page ' || m.page_number, 'mark ' || m.mark_number,
        'SHA-256 ' || m.document_id)
    FROM raw.hotlist_mark AS m JOIN core.document_source AS s ON s.document_id = m.document_id
    WHERE m.mark_id = ?"""
_LIST_CITATION = """SELECT concat_ws(', ', s.cited_file, 'page ' || l.page_number, 'SHA-256 ' || l.document_id)
    FROM core.hotlist_list AS l JOIN core.document_source AS s ON s.document_id = l.document_id
    WHERE l.list_id = ?"""


def cite_mark(connection: duckdb.DuckDBPyConnection, id: str) -> str | None:
    """The citation of the mark or list *id*; None when there is none."""
    found = connection.execute(_LIST_CITATION if id.endswith("-list") else _CITATION, [id]).fetchone()
    return str(found[0]) if found else None


def trace_mark(connection: duckdb.DuckDBPyConnection, id: str) -> MarkTrace | None:
    """The trace of the mark *id*; None when there is no such mark."""
    marks = every(connection, "raw.hotlist_mark", "mark_id = ?", [id])
    if not marks:
        return None
    mark = marks[0]
    entry = one(connection, "core.hotlist_observation", "list_contains(mark_ids, ?)", [id])
    topics = every(connection, "core.hotlist_topic", "topic = ?", [entry["topic"]])
    as_of = one(connection, "core.list_as_of", "list_id = ?", [entry["list_id"]])
    shown = every(
        connection,
        "raw.hotlist_mark",
        "list_contains(?, mark_id) ORDER BY mark_id <> ?, mark_id",
        [entry["mark_ids"], id],
    )
    facts = ("mark_id", "mark_number", "label_agreement", "state_basis", "style", "method", "group_label")
    return MarkTrace(
        **chain(connection, mark, id),
        **{name: mark[name] for name in (*facts, "parent_mark_id", "confidence")},
        marks=tuple(_mark(row) for row in shown),
        list_id=entry["list_id"],
        topic=topics[0]["name"] if topics else None,
        entry_state=entry["state"],
        as_of_date=as_of["as_of_date"],
        as_of_basis=as_of["as_of_basis"],
        citation=str(cite_mark(connection, id)),
    )


def trace_list(connection: duckdb.DuckDBPyConnection, id: str) -> ListTrace | None:
    """The trace of the list of settings *id*; None when there is no such list."""
    lists = every(connection, "core.hotlist_list", "list_id = ?", [id])
    if not lists:
        return None
    pages = every(connection, "core.list_page", "list_id = ? ORDER BY page_ordinal", [id])
    page = one(
        connection,
        "raw.page",
        "document_id = ? AND page_number = ?",
        [lists[0]["document_id"], lists[0]["page_number"]],
    )
    as_of = one(connection, "core.list_as_of", "list_id = ?", [id])
    marks = every(
        connection,
        "raw.hotlist_mark",
        "mark_id IN (SELECT unnest(mark_ids) FROM core.hotlist_observation WHERE list_id = ?) ORDER BY mark_id",
        [id],
    )
    return ListTrace(
        **chain(connection, page, id),
        list_id=id,
        marks=tuple(_mark(row) for row in marks),
        pages=tuple((row["document_id"], row["page_number"]) for row in pages),
        confidence=None,
        as_of_date=as_of["as_of_date"],
        as_of_basis=as_of["as_of_basis"],
        citation=str(cite_mark(connection, id)),
    )


def _mark(row: dict[str, Any]) -> TracedMark:
    place = (row["document_id"], row["page_number"])
    mark_box = page_box(*place, row["mark_box"]) if row["mark_box"] else None
    return TracedMark(row["mark_id"], row["label"], row["state"], page_box(*place, row["label_box"]), mark_box)
