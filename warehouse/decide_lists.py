"""Decisions on marks and sharing lists -> the entries of lists. The lists themselves stay as the pages were read.

Pictures are stitched by what was read of them: a corrected label or state must not pull a list apart.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import duckdb

from records.decisions import TargetKind
from records.hotlists import label_key, near_topic, topic_of
from records.issues import Issue, Severity
from records.marks import MarkState
from warehouse.load_issues import add_issues

_TOUCHED = """SELECT o.mark_id, o.mark_ids, o.list_id, o.label
    FROM core.hotlist_observation AS o
    WHERE EXISTS (SELECT 1 FROM core.standing AS s WHERE list_contains(o.mark_ids, s.target_id)) ORDER BY o.mark_id"""


def decide_lists(connection: duckdb.DuckDBPyConnection) -> None:
    """Put what was decided into ``core.hotlist_observation`` and ``core.sharing_entry``; add to ``noticed`` where a
    decision on one picture contradicts another picture of the same entry."""
    labels = _decided(connection, TargetKind.MARK_LABEL)
    states = _decided(connection, TargetKind.MARK_STATE)
    issues: list[Issue] = []
    for mark_id, mark_ids, list_id, label in connection.execute(_TOUCHED).fetchall():
        said = _states(connection, mark_ids, states)
        known = {state for state in said.values() if state != MarkState.UNREADABLE.value}
        state = known.pop() if len(known) == 1 else MarkState.UNREADABLE.value
        if known:
            issues += [_seam(connection, mark, said) for mark in mark_ids if mark in states]
        text = labels.get(mark_id, label)
        topic = topic_of(text) if text else None
        near = near_topic(text) if text and topic is None else None
        connection.execute(
            """UPDATE core.hotlist_observation
            SET state = ?, label = ?, label_key = ?, topic = ?, near_topic = ? WHERE mark_id = ? AND list_id = ?""",
            [
                state,
                text,
                (label_key(text) or None) if text else None,
                topic.topic if topic else None,
                near.topic if near else None,
                mark_id,
                list_id,
            ],
        )
    _hotlists(connection)
    _directions(connection)
    add_issues(connection, "decide", issues)


def _decided(connection: duckdb.DuckDBPyConnection, kind: TargetKind) -> dict[str, str | None]:
    """Mark -> what was decided on it; null where nobody knows."""
    found = connection.execute(
        "SELECT target_id, decided_text FROM core.standing WHERE target_kind = ? AND target_id IS NOT NULL"
        " AND standing <> 'stale'",
        [str(kind)],
    ).fetchall()
    return dict(found)


def _states(
    connection: duckdb.DuckDBPyConnection, mark_ids: list[str], decided: Mapping[str, str | None]
) -> dict[str, str]:
    """Every mark of an entry -> the state it is in after the decisions."""
    read: dict[str, str] = dict(
        connection.execute(
            "SELECT mark_id, state FROM raw.hotlist_mark WHERE list_contains(?, mark_id)", [mark_ids]
        ).fetchall()
    )
    unknown = MarkState.UNREADABLE.value
    return {mark: (decided[mark] or unknown) if mark in decided else state for mark, state in read.items()}


def _seam(connection: duckdb.DuckDBPyConnection, mark_id: str, said: Mapping[str, str]) -> Issue:
    other = next((mark for mark in sorted(said) if said[mark] != said[mark_id]), mark_id)
    row: Any = connection.execute(
        "SELECT document_id, page_number, mark_number, label FROM raw.hotlist_mark WHERE mark_id = ?", [mark_id]
    ).fetchone()
    return Issue(
        "seam_disagrees",
        Severity.DOUBT,
        f"The mark was decided to be {said[mark_id]}; another page of the list shows it {said[other]}: {other}.",
        "Look at both pages: recordtrail trace <id>.",
        document_id=row[0],
        page_number=row[1],
        mark_number=row[2],
        seen_text=row[3],
    )


def _hotlists(connection: duckdb.DuckDBPyConnection) -> None:
    """A form on which a decided label is a topic is a hotlist, as one on which a label is read so."""
    connection.execute(
        """UPDATE core.hotlist_list AS l SET is_hotlist = TRUE
        WHERE NOT l.is_hotlist AND EXISTS (
            SELECT 1 FROM core.hotlist_observation AS o WHERE o.list_id = l.list_id AND o.topic IS NOT NULL)"""
    )


def _directions(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        f"""UPDATE core.sharing_entry AS e SET direction = coalesce(s.decided_text, 'unknown')
        FROM core.standing AS s
        WHERE s.target_kind = '{TargetKind.SHARING_CELL}' AND s.field = 'direction' AND s.standing <> 'stale'
            AND s.target_id = e.row_id"""
    )
