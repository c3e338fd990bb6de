"""Everything doubtful into ``core.issue``: what intake, extraction, load and derivation noticed.

Collected in the temporary table ``noticed`` (:func:`collect_issues`, :func:`add_issues`), and stored at the end."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from records.headers import nearest_spelling
from records.issues import Issue, Severity
from warehouse.flat import registered
from warehouse.layouts import Layout
from warehouse.load_parts import NAME, NAMED, read_parts

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
    "mark_number": "int32",
}


def collect_issues(connection: duckdb.DuckDBPyConnection, intake: Sequence[Issue], layouts: dict[int, Layout]) -> None:
    """Make ``noticed`` of what intake, extraction and load noticed; ``raw`` must be loaded already."""
    columns = ", ".join(f"{name} {'INTEGER' if kind == 'int32' else 'VARCHAR'}" for name, kind in _COLUMNS.items())
    connection.execute(f"CREATE TEMP TABLE noticed (stage VARCHAR, {columns})")
    add_issues(connection, "intake", intake)
    _from_parts(connection)
    _from_states(connection)
    _from_headers(connection, layouts)


def store_issues(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill ``core.issue`` from ``noticed``, which is dropped."""
    # The id is made of the content, so it stays while the issue stays; `twin` tells word-for-word repetitions apart.
    connection.execute(
        f"""INSERT INTO core.issue
        WITH told AS (
            SELECT *, row_number() OVER (PARTITION BY stage, {", ".join(_COLUMNS)}) AS twin,
                CASE WHEN document_id IS NOT NULL AND page_number IS NOT NULL AND row_number IS NOT NULL
                    THEN printf('%s-p%05d-r%03d', left(document_id, 16), page_number, row_number) END AS row_id,
                CASE WHEN document_id IS NOT NULL AND page_number IS NOT NULL AND mark_number IS NOT NULL
                    THEN printf('%s-p%05d-m%03d', left(document_id, 16), page_number, mark_number) END AS mark_id
            FROM noticed)
        SELECT 'i-' || left(sha256(to_json(told)::VARCHAR), 16) AS issue_id, stage, code, severity, message, advice,
            release_id, document_id, page_number, row_id, row_number, mark_id, mark_number, field, seen_text
        FROM told
        ORDER BY document_id NULLS FIRST, release_id, page_number NULLS FIRST, row_number NULLS FIRST,
            mark_number NULLS FIRST, stage, code, issue_id"""
    )
    connection.execute("DROP TABLE noticed")


def _notice(connection: duckdb.DuckDBPyConnection, stage: str, issues: Sequence[Sequence[object]]) -> None:
    with registered(connection, "given_issue", _COLUMNS, issues):
        connection.execute("INSERT INTO noticed SELECT ?, * FROM given_issue", [stage])


def add_issues(connection: duckdb.DuckDBPyConnection, stage: str, issues: Sequence[Issue]) -> None:
    """What a *stage* noticed, into ``noticed``."""
    _notice(
        connection,
        stage,
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
                issue.mark_number,
            )
            for issue in issues
        ],
    )


def _from_parts(connection: duckdb.DuckDBPyConnection) -> None:
    """What extraction noticed; the ordinal of a column becomes the name of its field."""
    read_parts(
        connection,
        "issue",
        f"""INSERT INTO noticed
        SELECT 'extract', p.code, p.severity, p.message, p.advice, NULL, f.document_id, p.page_number, p.row_number,
            coalesce({NAME}, 'column_' || (p.column_ordinal + 1)), p.seen_text, p.mark_number
        FROM {{source}} {NAMED}""",
    )


def _from_states(connection: duckdb.DuckDBPyConnection) -> None:
    """A document that was not loaded is an issue too, once: intake or extraction may have said so already."""
    connection.execute(
        f"""INSERT INTO noticed
        SELECT 'extract', coalesce(error_code, state), CASE state WHEN 'quarantined' THEN '{Severity.ERROR}'
            ELSE '{Severity.NOTICE}' END, coalesce(reason, 'The document was ' || replace(state, '_', ' ') || '.'),
            advice, NULL, document_id, NULL, NULL, NULL, NULL, NULL
        FROM raw.document AS d
        WHERE state IN ('quarantined', 'set_aside') AND NOT EXISTS (
            SELECT 1 FROM noticed WHERE noticed.document_id = d.document_id
                AND noticed.code = coalesce(d.error_code, d.state))"""
    )


def _from_headers(connection: duckdb.DuckDBPyConnection, layouts: dict[int, Layout]) -> None:
    """Headers the alias table does not know or the page does not print, and fields that two columns stand for."""
    segments = connection.execute(
        """SELECT l.layout_number, s.document_id, coalesce(min(c.page_number), s.first_page),
            bool_or(c.header_basis = 'hint')
        FROM raw.segment AS s
        JOIN segment_layout AS l USING (segment_id)
        JOIN raw.segment_column AS c USING (segment_id)
        WHERE s.kind = 'audit_log'
        GROUP BY l.layout_number, s.document_id, s.segment_ordinal, s.first_page
        ORDER BY s.document_id, s.segment_ordinal"""
    ).fetchall()
    issues: list[tuple[object, ...]] = []
    for number, document_id, page_number, is_hint in segments:
        for code, severity, message, advice, field, seen_text in _header_issues(layouts[number], bool(is_hint)):
            place = (document_id, page_number, None)
            issues.append((code, str(severity), message, advice, None, *place, field, seen_text, None))
    _notice(connection, "load", issues)


def _header_issues(layout: Layout, is_hint: bool) -> list[tuple[str, Severity, str, str | None, str, str | None]]:
    """*is_hint* where the columns were named in release.toml: then a strange name is a slip of a person's."""
    found: list[tuple[str, Severity, str, str | None, str, str | None]] = []
    for column in layout.other_columns:
        place = f"column {column.ordinal + 1}"
        if not (column.header or "").strip():
            message = f"No header is printed over {place}; its cells are in `other`."
            advice = "Name the columns in release.toml: column_names, from left to right."
            found.append(("missing_header", Severity.DOUBT, message, advice, column.name, None))
        elif is_hint:
            message = f"The name that release.toml gives {place} is not in the alias table; its cells are in `other`."
            near = nearest_spelling(column.header or "")
            advice = "Correct it in column_names of release.toml" + (f": did you mean '{near}'?" if near else ".")
            found.append(("unknown_header", Severity.DOUBT, message, advice, column.name, column.header))
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
