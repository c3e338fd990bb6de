"""Totals that a log prints (``Total: 7,273``, ``733,000 results``, ``Showing 1 to 50 of 1,234``) against its rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import duckdb

from records.issues import Issue, Severity
from records.totals import printed_total

_LEVEL = 3.0
"""Points by which pieces of one printed line stand apart in height at most."""
_ADVICE = "Compare with the pages: rows may be missing from the file, or the total counts something else."


@dataclass(frozen=True, slots=True)
class _Total:
    document_id: str
    page_number: int
    text: str
    on_page: int | None
    """Rows that the page should hold."""
    in_all: int | None
    """Rows that the log should hold."""


def total_issues(connection: duckdb.DuckDBPyConnection) -> list[Issue]:
    """At most one doubt for each document whose printed totals are not its rows, and one for totals of pages."""
    issues: list[Issue] = []
    told: set[tuple[str, str]] = set()
    for total in _totals(connection):
        rows_on_page, counts, row_count = _counts(connection, total)
        if total.on_page is not None and total.on_page != rows_on_page and (total.document_id, "page") not in told:
            told.add((total.document_id, "page"))
            said = f"The page says that it holds {total.on_page:,} rows; {rows_on_page:,} were read."
            issues.append(_issue("page_total_differs", said, total))
        if total.in_all is not None and total.in_all not in counts and (total.document_id, "all") not in told:
            told.add((total.document_id, "all"))
            said = f"A total of {total.in_all:,} is printed; the document holds {row_count:,} rows; nothing sums up so."
            issues.append(_issue("total_differs", said, total))
    return issues


def _issue(code: str, message: str, total: _Total) -> Issue:
    place = (total.document_id, total.page_number)
    return Issue(code, Severity.DOUBT, message, _ADVICE, None, *place, seen_text=total.text)


def _totals(connection: duckdb.DuckDBPyConnection) -> Iterator[_Total]:
    """Every printed total, in page order."""
    texts = connection.execute(
        """WITH line AS (
            SELECT t.document_id, t.page_number, t.text, t.box.top AS top, t.box.x0 AS x0
            FROM raw.page_text AS t
            JOIN raw.page AS p USING (document_id, page_number)
            JOIN raw.segment AS s ON s.segment_id = p.segment_id AND s.kind = 'audit_log'
            WHERE t.rule NOT IN ('header', 'rotated', 'blacked_out', 'covered', 'off_page') AND length(t.text) < 120),
        page AS (
            SELECT DISTINCT document_id, page_number FROM line
            WHERE regexp_matches(text, '(total|showing|rows?|records?|results?|search|entries|lookup|audits?)', 'i'))
        SELECT * FROM line SEMI JOIN page USING (document_id, page_number)
        ORDER BY document_id, page_number, top, x0"""
    ).fetchall()
    lines: dict[tuple[str, int], list[list[tuple[float, float, str]]]] = defaultdict(list)
    for document_id, page, text, top, x0 in texts:
        found = lines[document_id, page]
        if found and top - found[-1][0][0] <= _LEVEL:
            found[-1].append((top, x0, text))
        else:
            found.append([(top, x0, text)])
    for (document_id, page), on_page in lines.items():
        for pieces in on_page:
            whole = " ".join(text for _, _, text in sorted(pieces, key=lambda piece: piece[1]))
            total = _read(document_id, page, whole)
            if total is not None:
                yield total


def _read(document_id: str, page: int, text: str) -> _Total | None:
    found = printed_total(text)
    return None if found is None else _Total(document_id, page, text, *found)


def _counts(connection: duckdb.DuckDBPyConnection, total: _Total) -> tuple[int, set[int], int]:
    """Rows on the page; every number that a total may stand for: rows and sums of the document, of the segment, of the
    page, and up to the page; rows of the document."""
    found = connection.execute(
        r"""WITH numbered AS (
            SELECT segment_id, page_number, row_id,
                try_cast(replace(total_networks_searched, ',', '') AS BIGINT) AS networks,
                try_cast(replace(total_devices_searched, ',', '') AS BIGINT) AS devices
            FROM raw.audit_row WHERE document_id = $document_id),
        part AS (
            SELECT 'document' AS part, * FROM numbered
            UNION ALL SELECT 'before', * FROM numbered WHERE page_number <= $page
            UNION ALL SELECT 'page', * FROM numbered WHERE page_number = $page
            UNION ALL SELECT 'segment', * FROM numbered
                WHERE segment_id IN (SELECT segment_id FROM raw.page
                    WHERE document_id = $document_id AND page_number = $page))
        SELECT part, count(*), sum(networks), sum(devices),
            count(*) - count_if(row_id IN (SELECT row_id FROM core.row_repeat))
        FROM part GROUP BY part""",
        {"document_id": total.document_id, "page": total.page_number},
    ).fetchall()
    rows = {part: int(count) for part, count, *_ in found}
    allowed = {int(number) for _, *numbers in found for number in numbers if number is not None}
    return rows.get("page", 0), allowed, rows.get("document", 0)
