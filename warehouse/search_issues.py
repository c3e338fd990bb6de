"""What could not be typed, as issues: the first rows of a document one by one, the rest counted. The printed text goes
with each."""

from __future__ import annotations

import duckdb

from records.issues import Issue, Severity
from warehouse.load_issues import add_issues

_MOST_ROWS = 20
"""Rows of one document, field and kind that are named one by one."""

_PARSES = {
    "searched_datetime": "search_time",
    "time_frame": "time_frame",
    "networks_searched": "total_networks_searched",
    "devices_searched": "total_devices_searched",
    "search_type": "search_type",
}
"""Column of ``core.audit_search`` with a ``_parse`` -> printed field."""

_KINDS: dict[str, tuple[str, Severity, str, str | None]] = {
    "unparsed": (
        "value_unparsed",
        Severity.DOUBT,
        "The text is no value of this column's kind, or an impossible one; the typed value is null.",
        "Look at the page. The text as printed is in out.audit_search_printed.",
    ),
    "date_order_unknown": (
        "date_order_unknown",
        Severity.DOUBT,
        "Dates of this document are written day first somewhere; which number is the month, this one does not say.",
        "Ask the agency how dates were written.",
    ),
    "meridiem_unknown": (
        "meridiem_unknown",
        Severity.DOUBT,
        "The time has no AM or PM, and nothing shows that its document counts 24 hours.",
        "Look at the page: was AM or PM lost?",
    ),
    "nonexistent_local": (
        "local_time_nonexistent",
        Severity.DOUBT,
        "Clocks of the stated zone were set forward over this local time: it never came.",
        "Is the time_zone in release.toml right?",
    ),
    "ambiguous_local": (
        "local_time_ambiguous",
        Severity.NOTICE,
        "Clocks of the stated zone were set back: this local time came twice, so it is not known which is meant.",
        None,
    ),
    "reversed": (
        "time_frame_reversed",
        Severity.NOTICE,
        "The period ends before it begins. Both times are kept.",
        None,
    ),
    "unknown_word": (
        "search_type_unknown",
        Severity.NOTICE,
        "The kind of search is not one that is known; it is kept as printed.",
        "Add it to warehouse/rules/search_words.toml with where it was seen.",
    ),
}


def add_search_issues(connection: duckdb.DuckDBPyConnection) -> None:
    """Into ``noticed``; ``core.audit_search`` and ``constant_field`` must be there."""
    for column, field in _PARSES.items():
        add_issues(connection, "derive", _unread(connection, column, field))
    add_issues(connection, "derive", _without_zone(connection))
    add_issues(connection, "derive", _constants(connection))


def _unread(connection: duckdb.DuckDBPyConnection, column: str, field: str) -> list[Issue]:
    rows = connection.execute(
        f"""WITH doubtful AS (
            SELECT rowid AS place, document_id, page_number, row_number, {column}_parse AS parse,
                row_number() OVER (PARTITION BY document_id, {column}_parse ORDER BY rowid) AS place_in_kind,
                count(*) OVER (PARTITION BY document_id, {column}_parse) AS kind_count
            FROM core.audit_search WHERE {column}_parse NOT IN ('ok', 'zone_unknown'))
        SELECT d.document_id, d.page_number, d.row_number, d.parse, d.kind_count, d.place_in_kind, r.{field}
        FROM doubtful AS d JOIN raw.audit_row AS r ON r.rowid = d.place
        WHERE d.place_in_kind <= {_MOST_ROWS} ORDER BY d.place"""
    ).fetchall()
    issues = []
    for document_id, page_number, row_number, parse, kind_count, place_in_kind, seen in rows:
        code, severity, message, advice = _KINDS[parse]
        if place_in_kind == 1 and kind_count > _MOST_ROWS:
            total = f"{message} So it is in {kind_count} rows; the first {_MOST_ROWS} are named one by one."
            issues.append(Issue(code, severity, total, advice, document_id=document_id, field=field))
        place = {"document_id": document_id, "page_number": page_number, "row_number": row_number}
        issues.append(Issue(code, severity, message, advice, **place, field=field, seen_text=seen))
    return issues


def _without_zone(connection: duckdb.DuckDBPyConnection) -> list[Issue]:
    """One issue per document and field: without a zone mostly all rows are."""
    rows = connection.execute(
        " UNION ALL ".join(
            f"""SELECT s.document_id, '{field}', count(*), arg_min(r.{field}, s.rowid)
            FROM core.audit_search AS s JOIN raw.audit_row AS r ON r.rowid = s.rowid
            WHERE s.{column}_parse = 'zone_unknown' GROUP BY s.document_id"""
            for column, field in (("searched_datetime", "search_time"), ("time_frame", "time_frame"))
        )
        + " ORDER BY ALL"
    ).fetchall()
    advice = "State the zone, if somebody knows it: time_zone in release.toml, for the release or for the file."
    return [
        Issue(
            "zone_unknown",
            Severity.DOUBT,
            f"{count} times are printed without a zone, or with one that has no fixed offset; they are null.",
            advice,
            document_id=document_id,
            field=field,
            seen_text=seen,
        )
        for document_id, field, count, seen in rows
    ]


def _constants(connection: duckdb.DuckDBPyConnection) -> list[Issue]:
    rows = connection.execute(
        "SELECT document_id, field, text, row_count, is_placeholder FROM constant_field ORDER BY ALL"
    ).fetchall()
    held = "it is held to be a placeholder, not a value"
    kept = "it is kept as a value"
    return [
        Issue(
            "constant_column",
            Severity.DOUBT if is_placeholder else Severity.NOTICE,
            f"The column says one thing in all {count} rows; {held if is_placeholder else kept}.",
            "Ask the agency whether the column was filled in or overwritten.",
            document_id=document_id,
            field=field,
            seen_text=text,
        )
        for document_id, field, text, count, is_placeholder in rows
    ]
