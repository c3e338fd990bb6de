"""The times of a log in the order of its rows: one that is sorted but for a few rows was damaged, or misread, there."""

from __future__ import annotations

import duckdb

from records.issues import Issue, Severity

# The usual print first; else white space and zone are left out: a wrapped cell may break inside a time.
PRINTED_TIME = r"""coalesce(try_strptime({column}, '%m/%d/%Y, %I:%M:%S %p UTC'), try_strptime(
    regexp_replace(regexp_replace({column}, '\s+', '', 'g'), '(UTC|Z|\.[0-9]+)+$', ''),
    ['%m/%d/%Y,%I:%M:%S%p', '%m/%d/%Y%I:%M:%S%p', '%Y-%m-%d%H:%M:%S', '%Y-%m-%dT%H:%M:%S', '%m/%d/%Y,%H:%M:%S',
     '%m/%d/%Y%H:%M:%S', '%m/%d/%Y%I:%M%p', '%m/%d/%Y%H:%M', '%Y-%m-%d%H:%M', '%m/%d/%Y', '%Y-%m-%d']))"""
_FEWEST = 20
"""Times that a log must print for its order to mean something."""
_MOST_NAMED = 20
"""Rows that are named one by one for each log."""
_ADVICE = "Look at the page: the time may be misread, or the row may have been put there by hand."


def stage_times(connection: duckdb.DuckDBPyConnection) -> None:
    """Leave the temporary table ``log_time``: every row with a time that can be read, and its time."""
    connection.execute(
        f"""CREATE TEMP TABLE log_time AS
        SELECT * FROM (
            SELECT document_id, segment_id, page_number, row_number,
                {PRINTED_TIME.format(column="search_time")} AS searched_at
            FROM raw.audit_row)
        WHERE searched_at BETWEEN TIMESTAMP '2000-01-01' AND TIMESTAMP '2100-01-01'"""
    )


def order_issues(connection: duckdb.DuckDBPyConnection) -> list[Issue]:
    """The rows that stand out of order in logs that are sorted everywhere else, and where such a log begins anew."""
    connection.execute(
        f"""CREATE TEMP TABLE out_of_order AS
        WITH step AS (
            SELECT *, lag(searched_at) OVER log AS above,
                count(*) OVER (PARTITION BY segment_id) AS time_count
            FROM log_time WINDOW log AS (PARTITION BY segment_id ORDER BY page_number, row_number)),
        sense AS (
            SELECT segment_id, CASE WHEN count_if(searched_at < above) <= greatest(2, time_count / 100) THEN 1
                WHEN count_if(searched_at > above) <= greatest(2, time_count / 100) THEN -1 END AS direction
            FROM step WHERE time_count >= {_FEWEST} GROUP BY segment_id, time_count
            HAVING count_if(searched_at < above) > 0 AND count_if(searched_at > above) > 0 AND direction IS NOT NULL),
        way AS (
            SELECT l.*, epoch(l.searched_at) * s.direction AS here
            FROM log_time AS l JOIN sense AS s USING (segment_id)),
        placed AS (
            SELECT *, lag(here) OVER log AS one_up, lag(here, 2) OVER log AS two_up, lead(here) OVER log AS one_down,
                lead(here, 2) OVER log AS two_down
            FROM way WINDOW log AS (PARTITION BY segment_id ORDER BY page_number, row_number))
        SELECT document_id, segment_id, page_number, row_number,
            here > one_down AND (one_up IS NULL OR one_up <= one_down) AS is_late,
            here < one_up AND (one_down IS NULL OR one_up <= one_down) AS is_early,
            here < one_up AND two_up > here AND one_down < one_up AS is_anew
        FROM placed
        WHERE here > one_down OR here < one_up"""
    )
    rows = connection.execute(
        f"""SELECT o.document_id, o.page_number, o.row_number, r.search_time,
            count(*) OVER (PARTITION BY o.segment_id) AS named_count
        FROM out_of_order AS o
        JOIN raw.audit_row AS r USING (document_id, page_number, row_number)
        WHERE o.is_late OR o.is_early
        QUALIFY row_number() OVER (PARTITION BY o.segment_id ORDER BY o.page_number, o.row_number) <= {_MOST_NAMED}
        ORDER BY ALL"""
    ).fetchall()
    anew = connection.execute(
        """SELECT document_id, page_number, row_number, count(*) OVER (PARTITION BY segment_id)
        FROM out_of_order WHERE is_anew AND NOT is_late AND NOT is_early
        QUALIFY row_number() OVER (PARTITION BY segment_id ORDER BY page_number, row_number) = 1 ORDER BY ALL"""
    ).fetchall()
    connection.execute("DROP TABLE out_of_order")
    found = []
    for document_id, page, row, text, count in rows:
        more = f"; {count} rows of it do not" if count > _MOST_NAMED else ""
        said = f"The log is in order of time but for this row{more}."
        place = {"document_id": document_id, "page_number": page, "row_number": row}
        found.append(
            Issue("time_out_of_order", Severity.DOUBT, said, _ADVICE, field="search_time", seen_text=text, **place)
        )
    for document_id, page, row, count in anew:
        more = f", and at {count - 1} more places" if count > 1 else ""
        said = f"The times of the log, in order before and after, begin anew at row {row} of this page{more}."
        advice = "Two logs may stand one after the other, or pages may be printed out of order or twice."
        found.append(
            Issue("times_begin_anew", Severity.NOTICE, said, advice, document_id=document_id, page_number=page)
        )
    return found
