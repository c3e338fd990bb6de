"""The period that a log's file name or title states, against the times it prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import PurePosixPath
from typing import Any

import duckdb

from records.issues import Issue, Severity
from warehouse.flat import registered
from warehouse.printed_period import Period, printed_period

_DAY = timedelta(days=1)
"""Months are cut at the agency's midnight, times are printed in UTC."""
_MOST_NAMED = 20
"""Rows outside the period that are named one by one; where they are more than one in a hundred none is."""
_SILENCE = 3
"""Days, and times the longest silence inside the log, that a log may begin late or end early."""


def period_issues(connection: duckdb.DuckDBPyConnection) -> list[Issue]:
    """One doubt for a document that prints times outside the period its name or title states, with the rows where they
    are few; one notice where it begins late or ends early."""
    stated = _stated(connection)
    if not stated:
        return []
    columns = {"document_id": "string", "source": "string", "first_date": "date", "last_date": "date"}
    with registered(connection, "stated_period", columns, stated):
        found = connection.execute(
            """WITH gap AS (
                SELECT document_id, searched_at,
                    searched_at - lag(searched_at) OVER (PARTITION BY document_id ORDER BY searched_at) AS silence
                FROM log_time SEMI JOIN stated_period USING (document_id))
            SELECT document_id, source, first_date, last_date, min(searched_at), max(searched_at), count(*),
                count_if(searched_at < first_date - INTERVAL 1 DAY OR searched_at >= last_date + INTERVAL 2 DAY),
                max(silence)
            FROM gap JOIN stated_period USING (document_id)
            GROUP BY document_id, source, first_date, last_date ORDER BY document_id, source DESC"""
        ).fetchall()
        issues: list[Issue] = []
        told: set[str] = set()
        for document_id, source, first, last, begin, end, count, outside, _ in found:
            if document_id in told:
                continue
            if outside:
                told.add(document_id)
                issues.append(_differs(document_id, source, (first, last), (begin, end), count, outside))
                if outside <= min(_MOST_NAMED, max(1, count // 100)):
                    issues += _rows(connection, document_id, first, last)
        for document_id, source, first, last, begin, end, count, _, silence in found:
            if document_id not in told and count > 1:
                told.add(document_id)
                late, early = begin.date() - first, last - end.date()
                longest = max(late, early)
                if longest > _SILENCE * _DAY and longest > _SILENCE * silence:
                    issues.append(_unfilled(document_id, source, (first, last), (begin, end)))
    return issues


def _stated(connection: duckdb.DuckDBPyConnection) -> list[tuple[Any, ...]]:
    """(document, where it is stated, first day, last day) for documents that print times."""
    spans = connection.execute(
        "SELECT document_id, min(searched_at), max(searched_at) FROM log_time GROUP BY document_id ORDER BY document_id"
    ).fetchall()
    years = {document_id: (begin.year, end.year) for document_id, begin, end in spans}
    names = connection.execute(
        "SELECT document_id, path FROM raw.receipt UNION SELECT document_id, file_name FROM raw.document ORDER BY ALL"
    ).fetchall()
    titles = connection.execute(
        """SELECT t.document_id, t.text
        FROM raw.page_text AS t
        JOIN raw.page AS p USING (document_id, page_number)
        JOIN raw.segment AS s ON s.segment_id = p.segment_id AND s.kind = 'audit_log'
        WHERE t.rule IN ('outside_table', 'repeated') AND t.page_number = s.first_page AND length(t.text) < 200
            AND NOT regexp_matches(t.text, '(print|generat|creat|export|run |produc|received|request)', 'i')
        ORDER BY ALL"""
    ).fetchall()
    found: dict[tuple[str, str], Period] = {}
    texts = [("file name", True, names), ("title", False, titles)]
    for source, is_name, rows in texts:
        for document_id, text in rows:
            if document_id in years and (document_id, source) not in found:
                plain = PurePosixPath(text).stem if is_name else text
                period = printed_period(plain, is_name)
                if period is not None:
                    found[document_id, source] = _in_year(period, years[document_id])
    return [(document_id, source, p.first, p.last) for (document_id, source), p in sorted(found.items())]


def _in_year(period: Period, years: tuple[int, int]) -> Period:
    """A month of any year as the one in the year of the log's first time, or of its last."""
    if not period.is_of_any_year:
        return period
    year = years[0] if period.first.month > 1 or years[0] == years[1] else years[1]
    day = min(period.last.day, 28) if period.first.month == 2 else period.last.day
    return replace(period, first=date(year, period.first.month, 1), last=date(year, period.last.month, day))


def _differs(
    document_id: str, source: str, stated: Sequence[date], printed: Sequence[Any], count: int, outside: int
) -> Issue:
    said = (
        f"The {source} states {stated[0]} to {stated[1]}; the log prints searches from {printed[0]:%Y-%m-%d %H:%M} to"
        f" {printed[1]:%Y-%m-%d %H:%M} UTC, {outside:,} of {count:,} outside."
    )
    advice = "Look what the file really holds before it is cited by its name; ask the agency for what is missing."
    return Issue("period_differs", Severity.DOUBT, said, advice, document_id=document_id)


def _unfilled(document_id: str, source: str, stated: Sequence[date], printed: Sequence[Any]) -> Issue:
    said = (
        f"The {source} states {stated[0]} to {stated[1]}; the log prints searches from {printed[0]:%Y-%m-%d %H:%M} to"
        f" {printed[1]:%Y-%m-%d %H:%M} UTC only."
    )
    advice = "Pages may be missing, or nobody searched; ask the agency."
    return Issue("period_not_filled", Severity.NOTICE, said, advice, document_id=document_id)


def _rows(connection: duckdb.DuckDBPyConnection, document_id: str, first: date, last: date) -> list[Issue]:
    rows = connection.execute(
        """SELECT page_number, row_number, search_time FROM log_time
        JOIN raw.audit_row USING (document_id, page_number, row_number)
        WHERE document_id = $document_id AND (searched_at < $first OR searched_at >= $last)
        ORDER BY page_number, row_number""",
        {"document_id": document_id, "first": first - _DAY, "last": last + 2 * _DAY},
    ).fetchall()
    return [
        Issue(
            "time_outside_period",
            Severity.DOUBT,
            f"The search was not made from {first} to {last}, the period that the document states.",
            "Look at the page: the time may be misread.",
            document_id=document_id,
            page_number=page,
            row_number=row,
            field="search_time",
            seen_text=text,
        )
        for page, row, text in rows
    ]
