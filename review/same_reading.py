"""The other values that a correction would also fit: the same reading in the same layout.

What makes two readings the same, exactly:

- the same kind of value and the same field;
- the same text, letter by letter, spaces included; a blank is no reading and has no others;
- the same layout: segments of one kind that print the same columns in the same order, of one family. The family of an
  audit log is its producer, and where that is not known the document alone; that of lists and forms is the release;
- of labels, marks of one style; of states, only other pictures of the same entry of the same list, for the same state
  of another entry is another finding.

Values that somebody has decided on are left out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import duckdb

from records.decisions import Target, TargetKind
from records.places import BBox
from records.rows import AUDIT_FIELDS
from review.decided import Key
from warehouse.derive_review import SEGMENT_LAYOUT

MOST = 500
"""Values that can be taken along at once."""


@dataclass(frozen=True, slots=True)
class Other:
    """One of them."""

    target: Target
    file_name: str
    is_doubtful: bool
    """It stands in the review queue, too."""


def same_readings(
    connection: duckdb.DuckDBPyConnection, target: Target, decided: Collection[Key]
) -> tuple[list[Other], int]:
    """The first :data:`MOST` of them, doubtful ones first, then by document and page; and how many there are."""
    asked = _query(target)
    if asked is None or target.seen_text is None:
        return [], 0
    # Places are looked up for those alone that are shown: there may be hundreds of thousands. An id begins with its
    # document and page, so the order of ids is theirs.
    rows = connection.execute(
        f"""WITH layout AS MATERIALIZED ({SEGMENT_LAYOUT}),
        found AS ({asked.others}),
        open AS (
            SELECT f.*, f.id IN (SELECT target_id FROM core.review_item WHERE field = $field) AS is_doubtful
            FROM found AS f
            WHERE f.id <> $id AND f.id NOT IN (SELECT unnest(string_split($decided, chr(30))))),
        counted AS (SELECT count(*) AS open_count FROM open),
        first AS MATERIALIZED (FROM open ORDER BY is_doubtful DESC, id LIMIT {MOST})
        SELECT counted.open_count, d.file_name, f.id, r.document_id, r.page_number, {asked.box}, f.is_doubtful
        FROM first AS f CROSS JOIN counted
        JOIN {asked.relation} AS r ON r.{asked.key} = f.id
        JOIN raw.document AS d ON d.document_id = r.document_id
        ORDER BY f.is_doubtful DESC, f.id""",
        {
            "id": target.id,
            "text": target.seen_text,
            "field": target.field,
            "decided": "\x1e".join(id for id, field in decided if field == target.field),
        },
    ).fetchall()
    others = [Other(_target(target, *row[2:6]), row[1], row[6]) for row in rows]
    return others, rows[0][0] if rows else 0


@dataclass(frozen=True, slots=True)
class _Query:
    """How the others of one kind of value are found."""

    relation: str
    key: str
    box: str
    """SQL: the box of the value in a row ``r`` of the relation."""
    others: str
    """SQL: the ids of all that are read the same, the value itself too."""


def _query(target: Target) -> _Query | None:
    match target.kind:
        case TargetKind.AUDIT_CELL:
            is_known = target.field in AUDIT_FIELDS
            text = f'r."{target.field}"' if is_known else "r.other[$field]"
            box = f'r.cell_boxes."{target.field}"' if is_known else "r.other_boxes[$field]"
            relation, key = "raw.audit_row", "row_id"
            return _Query(relation, key, f"coalesce({box}, r.row_box)", _in_layout(relation, key, f"{text} = $text"))
        case TargetKind.SHARING_CELL:
            box = "r.row_box" if target.field == "direction" else f"coalesce(r.{target.field}_box, r.row_box)"
            relation, key = "raw.sharing_row", "row_id"
            return _Query(relation, key, box, _in_layout(relation, key, f"r.{target.field} = $text"))
        case TargetKind.MARK_LABEL:
            relation, key = "raw.hotlist_mark", "mark_id"
            condition = f"r.label = $text AND r.style = (SELECT style FROM {relation} WHERE {key} = $id)"
            return _Query(relation, key, "r.label_box", _in_layout(relation, key, condition))
        case TargetKind.MARK_STATE:
            return _Query(
                "raw.hotlist_mark",
                "mark_id",
                "coalesce(r.mark_box, r.label_box)",
                """SELECT r.mark_id AS id FROM raw.hotlist_mark AS r
                JOIN (SELECT unnest(mark_ids) AS mark_id FROM core.hotlist_observation
                    WHERE list_contains(mark_ids, $id)) AS entry ON entry.mark_id = r.mark_id
                WHERE r.state = $text""",
            )
        case _:
            return None  # printed nowhere: there is one of it


def _in_layout(relation: str, key: str, condition: str) -> str:
    """SQL: the rows of *relation* in the layout of the value that meet *condition*."""
    return f"""SELECT r.{key} AS id FROM {relation} AS r
        JOIN layout AS l ON l.segment_id = r.segment_id
        JOIN layout AS own ON own.columns = l.columns AND own.family = l.family
        WHERE own.segment_id = (SELECT segment_id FROM {relation} WHERE {key} = $id) AND {condition}"""


def _target(like: Target, id: str, document_id: str, page_number: int, box: dict[str, float]) -> Target:
    return Target(like.kind, id, like.field, like.seen_text, document_id, page_number, BBox(**box))
