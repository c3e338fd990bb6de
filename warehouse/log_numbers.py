"""Ids and running numbers of a log: each id once, each number one more than the last."""

from __future__ import annotations

import duckdb

from records.issues import Issue, Severity

_MOST_NAMED = 50
"""Rows that are named one by one for each log."""
_UNIQUE = 0.8
"""Share of a log's ids that must occur once for an id to be one: masked ids are all alike."""
_REGULAR = 0.95
"""Share of steps that must be one for a column to count rows."""


def id_issues(connection: duckdb.DuckDBPyConnection) -> list[Issue]:
    """Both rows, where one id stands in two rows that differ."""
    rows = connection.execute(
        f"""WITH printed AS (
            SELECT segment_id, document_id, page_number, row_number, row_id, id, hash(replace(id, ' ', '')) AS key
            FROM raw.audit_row
            WHERE regexp_matches(id, '[0-9]') AND row_id NOT IN (SELECT row_id FROM core.row_repeat)),
        counted AS (SELECT segment_id, key, count(*) AS row_count FROM printed GROUP BY ALL),
        unique_share AS (
            SELECT segment_id FROM counted GROUP BY segment_id HAVING count(*) >= {_UNIQUE} * sum(row_count)),
        twice AS (
            SELECT p.*, first_value(p.row_id) OVER same AS first_row, nth_value(p.row_id, 2) OVER (
                PARTITION BY segment_id, key ORDER BY page_number, row_number
                ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS second_row
            FROM printed AS p JOIN counted USING (segment_id, key) JOIN unique_share USING (segment_id)
            WHERE row_count > 1
            WINDOW same AS (PARTITION BY segment_id, key ORDER BY page_number, row_number))
        SELECT document_id, page_number, row_number, id,
            CASE WHEN row_id = first_row THEN second_row ELSE first_row END,
            count(*) OVER (PARTITION BY segment_id)
        FROM twice
        QUALIFY row_number() OVER (PARTITION BY segment_id ORDER BY page_number, row_number) <= {_MOST_NAMED}
        ORDER BY ALL"""
    ).fetchall()
    return [
        Issue(
            "id_twice",
            Severity.DOUBT,
            f"The id stands in row {other} too, whose other cells differ" + _more(count),
            "Look at both rows: one of them may be misread, or the agency changed a cell between two prints.",
            document_id=document_id,
            page_number=page,
            row_number=row,
            field="id",
            seen_text=text,
        )
        for document_id, page, row, text, other, count in rows
    ]


def _more(count: int) -> str:
    return f" (so it is with {count} rows of the log)." if count > _MOST_NAMED else "."


def running_number_issues(connection: duckdb.DuckDBPyConnection) -> list[Issue]:
    """The rows before which a column that numbers the rows leaves out a number, or takes one twice."""
    rows = connection.execute(
        f"""WITH printed AS (
            SELECT segment_id, document_id, page_number, row_number, 'id' AS field, id AS text
            FROM raw.audit_row WHERE id IS NOT NULL AND length(id) < 10
            UNION ALL
            SELECT r.segment_id, r.document_id, r.page_number, r.row_number, c.other_key, r.other[c.other_key]
            FROM raw.segment_column AS c JOIN raw.audit_row AS r USING (segment_id)
            WHERE c.other_key IS NOT NULL),
        numbered AS (
            SELECT *, try_cast(replace(text, ',', '') AS BIGINT) AS number FROM printed WHERE text IS NOT NULL),
        step AS (
            SELECT *, number - lag(number) OVER log AS step, lag(number) OVER log AS above
            FROM numbered WINDOW log AS (PARTITION BY segment_id, field ORDER BY page_number, row_number)),
        regular AS (
            SELECT segment_id, field, CASE WHEN count_if(step = 1) >= count_if(step = -1) THEN 1 ELSE -1 END AS sense
            FROM step GROUP BY segment_id, field
            HAVING count(number) >= 10 AND count(*) = count(number)
                AND greatest(count_if(step = 1), count_if(step = -1)) >= {_REGULAR} * (count(*) - 1))
        SELECT document_id, page_number, row_number, field, text, above,
            count(*) OVER (PARTITION BY segment_id, field)
        FROM step JOIN regular USING (segment_id, field)
        WHERE step <> sense AND number NOT IN (0, 1)
        QUALIFY row_number() OVER (PARTITION BY segment_id, field ORDER BY page_number, row_number) <= {_MOST_NAMED}
        ORDER BY ALL"""
    ).fetchall()
    return [
        Issue(
            "number_gap",
            Severity.DOUBT,
            f"The column numbers the rows, and before this one it jumps from {above} to {text.strip()}" + _more(count),
            "Look whether a row is missing, or ask the agency.",
            document_id=document_id,
            page_number=page,
            row_number=row,
            field=field,
            seen_text=text,
        )
        for document_id, page, row, field, text, above, count in rows
    ]
