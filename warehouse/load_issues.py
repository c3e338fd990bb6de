"""Everything doubtful into ``core.issue``: what intake, extraction and the load itself noticed."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from records.issues import Issue, Severity
from warehouse.flat import registered
from warehouse.layouts import Layout
from warehouse.load_parts import read_parts

_COLUMNS = {
    "code": "string",
    "severity": "string",
    "message": "string",
    "advice": "string",
    "release_id": "string",
    "document_id": "string",
    "page_number": "int32",
    "row_number": "int32",
    "field": "string",
    "seen_text": "string",
}


def load_issues(connection: duckdb.DuckDBPyConnection, intake: Sequence[Issue], layouts: dict[int, Layout]) -> None:
    """Fill ``core.issue``; every other table must be loaded already."""
    columns = ", ".join(f"{name} {'INTEGER' if kind == 'int32' else 'VARCHAR'}" for name, kind in _COLUMNS.items())
    connection.execute(f"CREATE TEMP TABLE noticed (stage VARCHAR, {columns})")
    _from_intake(connection, intake)
    _from_parts(connection)
    _from_states(connection)
    _from_headers(connection, layouts)
    # The id is made of the content, so it stays while the issue stays; `twin` tells word-for-word repetitions apart.
    connection.execute(
        f"""INSERT INTO core.issue
        WITH told AS (
            SELECT *, row_number() OVER (PARTITION BY stage, {", ".join(_COLUMNS)}) AS twin,
                CASE WHEN document_id IS NOT NULL AND page_number IS NOT NULL AND row_number IS NOT NULL
                    THEN printf('%s-p%05d-r%03d', left(document_id, 16), page_number, row_number) END AS row_id
            FROM noticed)
        SELECT 'i-' || left(sha256(to_json(told)::VARCHAR), 16) AS issue_id, stage, code, severity, message, advice,
            release_id, document_id, page_number, row_id, row_number, field, seen_text
        FROM told
        ORDER BY document_id NULLS FIRST, release_id, page_number NULLS FIRST, row_number NULLS FIRST, stage, code,
            issue_id"""
    )
    connection.execute("DROP TABLE noticed")


def _notice(connection: duckdb.DuckDBPyConnection, stage: str, issues: Sequence[Sequence[object]]) -> None:
    with registered(connection, "given_issue", _COLUMNS, issues):
        connection.execute("INSERT INTO noticed SELECT ?, * FROM given_issue", [stage])


def _from_intake(connection: duckdb.DuckDBPyConnection, intake: Sequence[Issue]) -> None:
    _notice(
        connection,
        "intake",
        [
            (
                issue.code,
                str(issue.severity),
                issue.message,
                issue.advice,
                issue.release_id,
                issue.document_id,
                issue.page_number,
                issue.row_number,
                issue.field,
                issue.seen_text,
            )
            for issue in intake
        ],
    )


def _from_parts(connection: duckdb.DuckDBPyConnection) -> None:
    """What extraction noticed; the ordinal of a column becomes the name of its field."""
    read_parts(
        connection,
        "issue",
        """INSERT INTO noticed
        SELECT 'extract', p.code, p.severity, p.message, p.advice, NULL, f.document_id, p.page_number, p.row_number,
            coalesce(c.field, c.other_key, 'column_' || (p.column_ordinal + 1)), p.seen_text
        FROM {source}
        LEFT JOIN raw.page AS page ON page.document_id = f.document_id AND page.page_number = p.page_number
        LEFT JOIN raw.segment_column AS c ON c.segment_id = page.segment_id AND c.column_ordinal = p.column_ordinal""",
    )


def _from_states(connection: duckdb.DuckDBPyConnection) -> None:
    """A document that was not loaded is an issue too, once: intake or extraction may have said so already."""
    connection.execute(
        f"""INSERT INTO noticed
        SELECT 'extract', coalesce(error_code, state), CASE state WHEN 'quarantined' THEN '{Severity.ERROR}'
            ELSE '{Severity.NOTICE}' END, coalesce(reason, 'The document was ' || replace(state, '_', ' ') || '.'),
            advice, NULL, document_id, NULL, NULL, NULL, NULL
        FROM raw.document AS d
        WHERE state IN ('quarantined', 'set_aside') AND NOT EXISTS (
            SELECT 1 FROM noticed WHERE noticed.document_id = d.document_id
                AND noticed.code = coalesce(d.error_code, d.state))"""
    )


def _from_headers(connection: duckdb.DuckDBPyConnection, layouts: dict[int, Layout]) -> None:
    """Headers the alias table does not know or the page does not print, and fields that two columns stand for."""
    segments = connection.execute(
        """SELECT l.layout_number, s.document_id, coalesce(min(c.page_number), s.first_page)
        FROM raw.segment AS s
        JOIN segment_layout AS l USING (segment_id)
        JOIN raw.segment_column AS c USING (segment_id)
        WHERE s.kind = 'audit_log'
        GROUP BY l.layout_number, s.document_id, s.segment_ordinal, s.first_page
        ORDER BY s.document_id, s.segment_ordinal"""
    ).fetchall()
    issues: list[tuple[object, ...]] = []
    for number, document_id, page_number in segments:
        for code, severity, message, advice, field, seen_text in _header_issues(layouts[number]):
            place = (document_id, page_number, None)
            issues.append((code, str(severity), message, advice, None, *place, field, seen_text))
    _notice(connection, "load", issues)


def _header_issues(layout: Layout) -> list[tuple[str, Severity, str, str | None, str, str | None]]:
    found: list[tuple[str, Severity, str, str | None, str, str | None]] = []
    for column in layout.other_columns:
        place = f"column {column.ordinal + 1}"
        if not (column.header or "").strip():
            message = f"No header is printed over {place}; its cells are in `other`."
            advice = "Name the columns in release.toml: column_names, from left to right."
            found.append(("missing_header", Severity.DOUBT, message, advice, column.name, None))
        else:
            message = f"The header of {place} is not in the alias table; its cells are in `other`."
            advice = "If it stands for a canonical field, add the spelling to records/header_aliases.toml."
            found.append(("unknown_header", Severity.DOUBT, message, advice, column.name, column.header))
    for field in layout.joined_fields:
        ordinals = layout.ordinals(field)
        printed = " | ".join(layout.columns[j].header or "" for j in ordinals)
        places = " and ".join(str(j + 1) for j in ordinals)
        message = f"Columns {places} both stand for {field}; their texts were joined by a space in column order."
        found.append(("columns_joined", Severity.NOTICE, message, None, field, printed))
    return found
