"""Everything doubtful that can be decided on -> ``core.review_item``: the review queue, in its order.

Reasons for doubt are collected per value (issues, unreadable marks, readings that differ, classes that are seldom
right, what the rules of organizations flag, what releases do not state), joined to one doubt, and multiplied by what a
decision would touch. ``warehouse/rules/review.toml`` holds the numbers. What concerns a document as a whole makes no
item: no decision on a value settles it.
"""

from __future__ import annotations

import duckdb

from records.decisions import TargetKind
from records.rows import AUDIT_FIELDS
from records.sharing_headers import SHARING_FIELDS
from warehouse.flat import registered
from warehouse.search_rules import quoted_list, rules

SEGMENT_LAYOUT = """SELECT s.segment_id,
        concat_ws(chr(31), s.kind, string_agg(coalesce(c.field, c.other_key), chr(31) ORDER BY c.column_ordinal))
            AS columns,
        CASE s.kind WHEN 'audit_log' THEN coalesce(any_value(log.producer_id), s.document_id)
            ELSE coalesce(any_value(source.release_id), s.document_id) END AS family,
        arg_min(coalesce(c.field, c.other_key), abs(c.column_ordinal - coalesce(s.anchor_column, 0))) AS first_field
    FROM raw.segment AS s
    LEFT JOIN raw.segment_column AS c ON c.segment_id = s.segment_id
    LEFT JOIN core.audit_log AS log ON log.segment_id = s.segment_id
    LEFT JOIN core.document_source AS source ON source.document_id = s.document_id
    GROUP BY s.segment_id, s.document_id, s.kind"""
"""SQL: segment_id, its kind with its printed columns in order, its family (of a log the producer, or the document alone
where that is not known; of lists and forms the release), and the field that stands for a whole row (that of its
anchor). Same columns and family: the same layout."""


def derive_review(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``core.review_item``; everything else of ``core`` must be there."""
    connection.execute(f"CREATE TEMP TABLE segment_layout_key AS {SEGMENT_LAYOUT}")
    connection.execute("CREATE TEMP TABLE reason (target_kind VARCHAR, target_id VARCHAR, field VARCHAR, code VARCHAR)")
    for sql in (*_of_issues(), _of_unreadable(), _of_readings(), _of_organizations(), *_of_releases()):
        connection.execute(f"INSERT INTO reason {sql}")
    _store(connection)
    for name in ("reason", "segment_layout_key"):
        connection.execute(f"DROP TABLE {name}")


def text_of(field: str, row: str) -> str:
    """SQL: the text of the column *field* (an expression) of a row of ``raw.audit_row``."""
    whens = " ".join(f"""WHEN '{name}' THEN {row}."{name}" """ for name in AUDIT_FIELDS)
    return f"CASE {field} {whens} ELSE {row}.other[{field}] END"


def _of_issues() -> tuple[str, str, str]:
    """Issues that name a row or a mark. One about a row as a whole falls to the field that stands for it."""
    doubts: dict[str, float] = rules("review")["doubt"]
    some = quoted_list(tuple(code for code, doubt in doubts.items() if doubt > 0))
    none = quoted_list(tuple(code for code, doubt in doubts.items() if doubt == 0))
    counts = (
        f"(i.severity IN ('error', 'doubt') OR list_contains({some}, i.code)) AND NOT list_contains({none}, i.code)"
    )
    return (
        f"""SELECT '{TargetKind.AUDIT_CELL}', r.row_id, coalesce(c.name, k.first_field), i.code
        FROM core.issue AS i
        JOIN raw.audit_row AS r ON r.row_id = i.row_id
        JOIN segment_layout_key AS k ON k.segment_id = r.segment_id
        LEFT JOIN (SELECT segment_id, coalesce(field, other_key) AS name FROM raw.segment_column) AS c
            ON c.segment_id = r.segment_id AND c.name = i.field
        WHERE ({counts}) AND coalesce(c.name, k.first_field) IS NOT NULL""",
        f"""SELECT '{TargetKind.SHARING_CELL}', r.row_id,
            CASE WHEN list_contains({quoted_list((*SHARING_FIELDS, "direction"))}, i.field) THEN i.field
                ELSE 'organization' END, i.code
        FROM core.issue AS i JOIN raw.sharing_row AS r ON r.row_id = i.row_id
        WHERE {counts}""",
        f"""SELECT CASE WHEN field = 'label' THEN '{TargetKind.MARK_LABEL}' ELSE '{TargetKind.MARK_STATE}' END,
            mark_id, field, code
        FROM (SELECT m.mark_id, i.code,
                CASE WHEN i.field IN ('label', 'state') THEN i.field
                    WHEN starts_with(i.code, 'label') THEN 'label' ELSE 'state' END AS field
            FROM core.issue AS i JOIN raw.hotlist_mark AS m ON m.mark_id = i.mark_id
            WHERE {counts})""",
    )


def _of_unreadable() -> str:
    """Marks that nobody could read, and what was read by a class that is seldom enough right."""
    least = rules("review")["least_confidence"]
    return f"""SELECT '{TargetKind.MARK_STATE}', mark_id, 'state', 'unreadable'
        FROM raw.hotlist_mark WHERE state = 'unreadable'
        UNION ALL
        SELECT '{TargetKind.MARK_STATE}', mark_id, 'state', 'low_confidence'
        FROM raw.hotlist_mark WHERE confidence < {least}
        UNION ALL
        SELECT '{TargetKind.SHARING_CELL}', row_id, 'organization', 'low_confidence'
        FROM raw.sharing_row WHERE confidence < {least}"""


def _of_readings() -> str:
    """Cells and labels of which two readers saw different letters (other spaces make no difference)."""
    return f"""WITH told AS (
            SELECT row_id, mark_id, field FROM raw.reading
            WHERE field IS NOT NULL AND coalesce(row_id, mark_id) IS NOT NULL
            GROUP BY ALL HAVING count(DISTINCT regexp_replace(coalesce(text, ''), '\\s+', '', 'g')) > 1)
        SELECT CASE WHEN t.mark_id IS NOT NULL THEN '{TargetKind.MARK_LABEL}'
                WHEN s.row_id IS NOT NULL THEN '{TargetKind.SHARING_CELL}' ELSE '{TargetKind.AUDIT_CELL}' END,
            coalesce(t.mark_id, t.row_id), t.field, 'readings_differ'
        FROM told AS t LEFT JOIN raw.sharing_row AS s ON s.row_id = t.row_id
        WHERE t.mark_id IS NULL OR t.field = 'label'"""


def _of_organizations() -> str:
    return f"""SELECT '{TargetKind.ORGANIZATION_ATTRIBUTE}', org_id,
            CASE WHEN starts_with(why, 'state') THEN 'state' ELSE 'org_type' END, why
        FROM (SELECT org_id, unnest(review_reasons) AS why FROM core.organization)
        UNION ALL
        SELECT target_kind, target_id, field, 'decision_stale' FROM core.standing
        WHERE target_kind = '{TargetKind.ORGANIZATION_ATTRIBUTE}' AND field <> 'org_id' AND standing = 'stale'
            AND target_id IS NOT NULL"""


def _of_releases() -> tuple[str, str]:
    """What is not stated of a release that holds something, and what was decided of it and is stale."""
    return (
        f"""SELECT '{TargetKind.RELEASE_FACT}', release_id, fact, 'not_stated'
        FROM (SELECT release_id, unnest([CASE WHEN agency IS NULL THEN 'agency' END,
                CASE WHEN produced_date IS NULL THEN 'produced_date' END]) AS fact FROM raw.release)
        WHERE fact IS NOT NULL
        UNION ALL
        SELECT '{TargetKind.RELEASE_FACT}', s.release_id, 'time_zone', 'zone_unknown'
        FROM core.issue AS i
        JOIN core.document_source AS s ON s.document_id = i.document_id
        JOIN raw.release AS rel ON rel.release_id = s.release_id
        WHERE i.code = 'zone_unknown' AND rel.time_zone IS NULL
        GROUP BY s.release_id""",
        f"""SELECT '{TargetKind.RELEASE_FACT}', target_id, field, 'decision_stale' FROM core.standing
        WHERE target_kind = '{TargetKind.RELEASE_FACT}' AND standing = 'stale' AND target_id IS NOT NULL""",
    )


_UNPLACED = f"'{TargetKind.ORGANIZATION_ATTRIBUTE}', '{TargetKind.RELEASE_FACT}'"
_TOUCHED = f"""
    SELECT '{TargetKind.ORGANIZATION_ATTRIBUTE}' AS target_kind, org_id AS target_id, sum(rows) AS row_count
    FROM (
        SELECT org_id, count(*) AS rows FROM core.audit_search WHERE org_id IS NOT NULL GROUP BY org_id
        UNION ALL
        SELECT producer_id, count(*) FROM core.audit_search WHERE producer_id IS NOT NULL GROUP BY producer_id
        UNION ALL
        SELECT a.org_id, count(*) FROM core.sharing_row_decided AS s
        JOIN core.organization_alias AS a ON a.printed_name = s.organization GROUP BY a.org_id)
    GROUP BY org_id
    UNION ALL
    SELECT '{TargetKind.RELEASE_FACT}', s.release_id, sum(d.row_count + d.mark_count + d.sharing_count)
    FROM core.document_source AS s JOIN raw.document AS d ON d.document_id = s.document_id GROUP BY s.release_id"""


def _store(connection: duckdb.DuckDBPyConnection) -> None:
    known = rules("review")
    weights, doubts = list(known["weight"].items()), list(known["doubt"].items())
    with (
        registered(connection, "weighed", {"target_kind": "string", "weight": "double"}, weights),
        registered(connection, "doubted", {"code": "string", "doubt": "double"}, doubts),
    ):
        connection.execute(
            f"""INSERT INTO core.review_item BY NAME
            WITH touched AS ({_TOUCHED}),
            placed AS (
                SELECT row_id AS id, document_id, segment_id, page_number FROM raw.audit_row
                WHERE row_id IN (SELECT target_id FROM reason)
                UNION ALL
                SELECT row_id, document_id, segment_id, page_number FROM raw.sharing_row
                UNION ALL
                SELECT mark_id, document_id, segment_id, page_number FROM raw.hotlist_mark),
            item AS (
                SELECT r.target_kind, r.target_id, r.field, list(DISTINCT r.code ORDER BY r.code) AS codes
                FROM reason AS r GROUP BY ALL),
            frequency AS (
                SELECT mark_id AS id, confidence FROM raw.hotlist_mark WHERE confidence IS NOT NULL
                UNION ALL
                SELECT row_id, confidence FROM raw.sharing_row WHERE confidence IS NOT NULL),
            doubtful AS (
                SELECT i.target_kind, i.target_id, i.field, round(1 - product(1 - CASE i.code
                    WHEN 'low_confidence' THEN 1 - f.confidence
                    ELSE coalesce(d.doubt, {known["default_doubt"]}) END), 4) AS doubt
                FROM (SELECT * EXCLUDE (codes), unnest(codes) AS code FROM item) AS i
                LEFT JOIN doubted AS d ON d.code = i.code
                LEFT JOIN frequency AS f ON f.id = i.target_id
                GROUP BY ALL),
            read AS (
                SELECT i.*, CASE i.target_kind
                    WHEN '{TargetKind.AUDIT_CELL}' THEN {text_of("i.field", "a")}
                    WHEN '{TargetKind.SHARING_CELL}' THEN CASE i.field WHEN 'organization' THEN o.organization
                        WHEN 'shared_with_me' THEN o.shared_with_me WHEN 'sharing_to' THEN o.sharing_to END
                    END AS text
                FROM item AS i
                LEFT JOIN raw.audit_row AS a ON a.row_id = i.target_id
                LEFT JOIN raw.sharing_row AS o ON o.row_id = i.target_id),
            sized AS (
                SELECT r.target_kind, r.target_id, r.field, r.codes, d.doubt, p.document_id, p.page_number,
                    CASE WHEN r.target_kind IN ({_UNPLACED}) THEN coalesce(t.row_count, 0)
                        WHEN r.text IS NULL THEN 1
                        ELSE count(*) OVER (PARTITION BY r.target_kind, r.field, r.text, k.columns, k.family)
                        END AS rows_touched
                FROM read AS r
                JOIN doubtful AS d
                    ON d.target_kind = r.target_kind AND d.target_id = r.target_id AND d.field = r.field
                LEFT JOIN placed AS p ON p.id = r.target_id
                LEFT JOIN segment_layout_key AS k ON k.segment_id = p.segment_id
                LEFT JOIN touched AS t ON t.target_kind = r.target_kind AND t.target_id = r.target_id)
            SELECT row_number() OVER (ORDER BY score DESC, document_id NULLS LAST, page_number, target_id, field)
                    AS item_number, * FROM (
                SELECT s.*, round(s.doubt * s.rows_touched * w.weight, 4) AS score,
                    coalesce(source.release_id,
                        CASE WHEN s.target_kind = '{TargetKind.RELEASE_FACT}' THEN s.target_id END) AS release_id,
                    coalesce(stands.standing, 'machine') AS standing
                FROM sized AS s JOIN weighed AS w ON w.target_kind = s.target_kind
                LEFT JOIN core.document_source AS source ON source.document_id = s.document_id
                LEFT JOIN core.standing AS stands ON stands.target_kind = s.target_kind
                    AND stands.target_id = s.target_id AND stands.field = s.field)
            WHERE rows_touched > 0
            ORDER BY item_number"""
        )
