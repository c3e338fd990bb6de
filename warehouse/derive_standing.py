"""Decisions meet what is read now: ``core.decision`` and ``raw`` -> ``core.standing`` and ``core.decided_row``.

A decision finds its value by document, page, field and place, never by row id: ids change with the extraction, places
do not. It counts as long as the same is read there as when it was made. Where something else is read, or nothing, it is
stale: the machine's reading is shown and an issue asks for a look. Decisions are few, so rows are patched, not copied.
"""

from __future__ import annotations

import duckdb

from records.decisions import MAX_SEEN, DecisionKind, Standing, TargetKind
from records.issues import Issue, Severity
from records.rows import AUDIT_FIELDS
from records.sharing_headers import SHARING_FIELDS
from warehouse.load_issues import add_issues

OVERLAP = 0.5
"""How much of the smaller of two boxes the other must cover to be the same place. The smaller, because a decision on a
blank cell is bound to the box of its row, and a better extraction may find the cell."""

WORST = f"{[standing.value for standing in Standing]}"
"""SQL: the standings, the worst first."""


def derive_standing(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``core.standing`` and ``core.decided_row``, and add to ``noticed`` what is stale or in conflict."""
    connection.execute(f"CREATE TEMP TABLE decided_value AS {found_values('core.decision')}")
    _store_standings(connection)
    connection.execute("DROP TABLE decided_value")
    _store_rows(connection)
    add_issues(connection, "decide", _issues(connection))


def worst(standing: str) -> str:
    """SQL: the worst of the column *standing* in a group."""
    return f"list_extract({WORST}, min(list_position({WORST}, {standing})))"


def as_seen(text: str) -> str:
    """SQL: :func:`records.decisions.as_seen`."""
    is_hashed = f"length({text}) > {MAX_SEEN} OR contains({text}, chr(0))"
    return f"CASE WHEN {is_hashed} THEN 'sha256:' || sha256({text}) ELSE {text} END"


def _field(cases: dict[str, str], otherwise: str) -> str:
    whens = " ".join(f"WHEN '{field}' THEN {sql}" for field, sql in cases.items())
    return f"CASE d.field {whens} ELSE {otherwise} END"


def _candidates() -> str:
    """SQL: every decision that counts with each value of its field on its page: sequence, target_id, read_text, box."""
    text = _field({field: f'r."{field}"' for field in AUDIT_FIELDS}, "r.other[d.field]")
    box = _field({field: f'r.cell_boxes."{field}"' for field in AUDIT_FIELDS}, "r.other_boxes[d.field]")
    shared = {**{field: f"r.{field}" for field in SHARING_FIELDS}, "direction": "r.direction"}
    shared_box = _field({field: f"r.{field}_box" for field in SHARING_FIELDS}, "NULL")
    kinds = {
        TargetKind.AUDIT_CELL: ("raw.audit_row", "r.row_id", text, f"coalesce({box}, r.row_box)"),
        TargetKind.SHARING_CELL: (
            "raw.sharing_row",
            "r.row_id",
            _field(shared, "NULL"),
            f"coalesce({shared_box}, r.row_box)",
        ),
        TargetKind.MARK_LABEL: ("raw.hotlist_mark", "r.mark_id", "r.label", "r.label_box"),
        TargetKind.MARK_STATE: ("raw.hotlist_mark", "r.mark_id", "r.state", "coalesce(r.mark_box, r.label_box)"),
    }
    return " UNION ALL ".join(
        f"""SELECT d.sequence, {id} AS target_id, {read} AS read_text, {place} AS found_box
        FROM counted AS d JOIN {relation} AS r ON r.document_id = d.document_id AND r.page_number = d.page_number
        WHERE d.target_kind = '{kind}'"""
        for kind, (relation, id, read, place) in kinds.items()
    )


def found_values(decisions: str) -> str:
    """SQL: every decision that counts on something printed, with the value it is about. *decisions* is a relation with
    the columns of ``core.decision``, which are kept. Beside them: ``found_id``, ``read_text``, ``is_same`` (the same is
    read there as then) and ``value_id``, the id or, where nothing is found, the place it had."""
    placed = ", ".join(f"'{kind}'" for kind in TargetKind if kind not in _PLACELESS)
    return f"""
        WITH counted AS (
            FROM {decisions}
            WHERE kind <> '{DecisionKind.UNDO}' AND undone_by IS NULL AND target_kind IN ({placed})),
        candidate AS ({_candidates()}),
        sized AS (
            SELECT d.sequence, c.target_id, c.read_text,
                d.seen_text IS NOT DISTINCT FROM {as_seen("c.read_text")} AS is_same,
                greatest(least(d.box.x1, c.found_box.x1) - greatest(d.box.x0, c.found_box.x0), 0)
                    * greatest(least(d.box.bottom, c.found_box.bottom) - greatest(d.box.top, c.found_box.top), 0)
                    AS shared_area,
                (d.box.x1 - d.box.x0) * (d.box.bottom - d.box.top) AS area,
                (c.found_box.x1 - c.found_box.x0) * (c.found_box.bottom - c.found_box.top) AS found_area
            FROM counted AS d JOIN candidate AS c ON c.sequence = d.sequence),
        best AS (
            SELECT sequence, target_id, read_text, is_same FROM sized
            WHERE shared_area >= {OVERLAP} * least(area, found_area)
            QUALIFY row_number() OVER (PARTITION BY sequence ORDER BY shared_area / least(area, found_area) DESC,
                shared_area / greatest(area, found_area) DESC, is_same DESC, target_id) = 1)
        SELECT d.*, b.target_id AS found_id, b.read_text, coalesce(b.is_same, FALSE) AS is_same,
            -- What nothing is found for is told apart by where it was.
            coalesce(b.target_id, 'was ' || d.target_id) AS value_id
        FROM counted AS d LEFT JOIN best AS b ON b.sequence = d.sequence"""


_PLACELESS = (TargetKind.ORGANIZATION_ATTRIBUTE, TargetKind.RELEASE_FACT)


def _store_standings(connection: duckdb.DuckDBPyConnection) -> None:
    # A page that is now read as a reviewer had corrected it bears the reviewer out.
    connection.execute(
        f"""INSERT INTO core.standing BY NAME
        WITH judged AS (
            SELECT *, CASE
                WHEN found_id IS NOT NULL AND kind = 'correct' AND value = coalesce(read_text, '')
                    THEN '{Standing.ACCEPTED}'
                WHEN found_id IS NULL OR NOT is_same THEN '{Standing.STALE}'
                WHEN kind = 'accept' THEN '{Standing.ACCEPTED}'
                WHEN kind = 'correct' THEN '{Standing.CORRECTED}'
                WHEN kind = 'reject' THEN '{Standing.REJECTED}'
                WHEN kind = 'unreadable' THEN '{Standing.UNREADABLE}' END AS standing
            FROM decided_value),
        said AS (
            SELECT *, CASE standing WHEN '{Standing.CORRECTED}' THEN nullif(value, '')
                WHEN '{Standing.REJECTED}' THEN NULL WHEN '{Standing.UNREADABLE}' THEN NULL
                ELSE read_text END AS decided_text
            FROM judged),
        -- What each reviewer said last; two who disagree are a conflict.
        last_said AS (
            SELECT target_kind, value_id, field,
                count(DISTINCT struct_pack(standing := standing, said := decided_text)) > 1 AS is_conflict
            FROM (FROM said WHERE standing <> '{Standing.STALE}'
                QUALIFY row_number() OVER (PARTITION BY target_kind, value_id, field, who ORDER BY sequence DESC) = 1)
            GROUP BY ALL)
        SELECT s.decision_id, s.target_kind, s.found_id AS target_id, s.document_id, s.page_number, s.field, s.standing,
            s.read_text, s.decided_text,
            list(s.decision_id) OVER (PARTITION BY s.target_kind, s.value_id, s.field ORDER BY s.sequence
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS decision_ids,
            coalesce(l.is_conflict, FALSE) AS is_conflict
        FROM said AS s
        LEFT JOIN last_said AS l
            ON l.target_kind = s.target_kind AND l.value_id = s.value_id AND l.field = s.field
        QUALIFY row_number() OVER (PARTITION BY s.target_kind, s.value_id, s.field ORDER BY s.sequence DESC) = 1
        ORDER BY s.document_id, s.page_number, s.sequence"""
    )


def _store_rows(connection: duckdb.DuckDBPyConnection) -> None:
    """The rows of audit logs in which something was decided, with all their texts as decided."""
    texts = ", ".join(
        f"""CASE WHEN list_contains(s.fields, '{field}') THEN s.texts['{field}'] ELSE r."{field}" END AS "{field}" """
        for field in AUDIT_FIELDS
    )
    others = [f"'{field}'" for field in AUDIT_FIELDS]
    connection.execute(
        f"""INSERT INTO core.decided_row BY NAME
        WITH touched AS (
            SELECT target_id AS row_id, {worst("standing")} AS standing,
                flatten(list(decision_ids ORDER BY field)) AS decision_ids,
                list(field ORDER BY field) AS fields,
                map_from_entries(list(struct_pack(k := field, v := standing) ORDER BY field)) AS standings,
                map_from_entries(list(struct_pack(k := field, v := decided_text) ORDER BY field)) AS texts
            FROM core.standing WHERE target_kind = '{TargetKind.AUDIT_CELL}' AND target_id IS NOT NULL
            GROUP BY target_id)
        SELECT r.row_id, s.standing, s.decision_ids, s.standings, {texts},
            map_from_entries(list_filter(list_concat(
                list_filter(map_entries(r.other), lambda e: NOT list_contains(s.fields, e.key)),
                list_filter(map_entries(s.texts), lambda e: NOT list_contains([{", ".join(others)}], e.key))),
                lambda e: e.value IS NOT NULL)) AS other
        FROM touched AS s JOIN raw.audit_row AS r ON r.row_id = s.row_id
        ORDER BY r.document_id, r.page_number, r.row_number"""
    )


def _issues(connection: duckdb.DuckDBPyConnection) -> list[Issue]:
    """What is stale, and where two reviewers disagree."""
    found = connection.execute(
        f"""SELECT s.standing, d.sequence, s.is_conflict, doc.document_id, page.page_number,
            coalesce(r.row_number, o.row_number), m.mark_number, s.field, s.read_text, s.target_id IS NOT NULL,
            rel.release_id
        FROM core.standing AS s
        JOIN core.decision AS d ON d.decision_id = s.decision_id
        LEFT JOIN raw.release AS rel ON rel.release_id = s.target_id
        LEFT JOIN raw.document AS doc ON doc.document_id = s.document_id
        LEFT JOIN raw.page AS page ON page.document_id = s.document_id AND page.page_number = s.page_number
        LEFT JOIN raw.audit_row AS r ON r.row_id = s.target_id
        LEFT JOIN raw.sharing_row AS o ON o.row_id = s.target_id
        LEFT JOIN raw.hotlist_mark AS m ON m.mark_id = s.target_id
        WHERE s.standing = '{Standing.STALE}' OR s.is_conflict ORDER BY d.sequence"""
    ).fetchall()
    issues = []
    for standing, number, is_conflict, document_id, page, row, mark, field, read_text, is_there, release_id in found:
        place = {"release_id": release_id, "document_id": document_id, "page_number": page}
        place |= {"row_number": row, "mark_number": mark}
        if standing == Standing.STALE:
            what = "is read differently now" if is_there else "is read no more at its place"
            message = f"Decision {number} was made on a value that {what}; the machine's reading counts again."
            advice = "Look at the page and decide anew; or undo the decision: recordtrail decide --undo."
            issues.append(
                Issue("decision_stale", Severity.DOUBT, message, advice, **place, field=field, seen_text=read_text)
            )
        if is_conflict:
            message = f"Reviewers disagree about this value; decision {number}, the last, counts."
            advice = "Settle it and undo the other: recordtrail decisions shows both, recordtrail decide --undo."
            issues.append(
                Issue("reviewers_differ", Severity.DOUBT, message, advice, **place, field=field, seen_text=read_text)
            )
    return issues
