"""What the warehouse holds and what is wrong with it, in the few figures that `recordtrail status` prints."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One document: its state, why, and what to do."""

    document_id: str
    file_name: str
    release_id: str | None
    agency: str | None
    state: str
    error_code: str | None
    reason: str | None
    advice: str | None
    page_count: int | None
    row_count: int
    doubtful_row_count: int
    issue_count: int


@dataclass(frozen=True, slots=True)
class ReleaseLine:
    """One release, also one without files."""

    release_id: str
    agency: str | None
    request_number: str | None
    request_status: str
    document_count: int
    loaded_document_count: int


@dataclass(frozen=True, slots=True)
class IssueLine:
    """How often one kind of issue occurs."""

    code: str
    severity: str
    issue_count: int
    document_count: int
    row_count: int


@dataclass(frozen=True, slots=True)
class Summary:
    """The whole warehouse in a few figures."""

    content_hash: str
    built_datetime: datetime
    """Naive UTC."""
    release_count: int
    document_counts: dict[str, int]
    """State -> documents."""
    page_count: int
    row_count: int
    doubtful_row_count: int
    """Rows with at least one issue of severity error or doubt."""
    decision_sequence: int
    """Number of the last entry of the decision log that this build knows; 0 for none."""
    issues: tuple[IssueLine, ...]


def documents(connection: duckdb.DuckDBPyConnection) -> list[DocumentLine]:
    """Every document, those that need a person first."""
    rows = connection.execute(
        """SELECT document_id, file_name, release_id, agency, document_state, error_code, reason, advice, page_count,
            row_count, doubtful_row_count, issue_count
        FROM "out".document_status
        ORDER BY list_position(['quarantined', 'waiting', 'set_aside', 'loaded'], document_state), release_id,
            file_name, document_id"""
    ).fetchall()
    return [DocumentLine(*row) for row in rows]


def releases(connection: duckdb.DuckDBPyConnection) -> list[ReleaseLine]:
    """Every release by its id."""
    rows = connection.execute(
        """SELECT release_id, agency, request_number, request_status, document_count, loaded_document_count
        FROM "out".release_status ORDER BY release_id"""
    ).fetchall()
    return [ReleaseLine(*row) for row in rows]


def issues(connection: duckdb.DuckDBPyConnection) -> list[IssueLine]:
    """Every kind of issue that occurs, errors first."""
    rows = connection.execute(
        """SELECT code, severity, count(*), count(DISTINCT document_id), count(DISTINCT row_id)
        FROM core.issue GROUP BY code, severity
        ORDER BY list_position(['error', 'doubt', 'notice'], severity), count(*) DESC, code"""
    ).fetchall()
    return [IssueLine(*row) for row in rows]


def doubt_counts(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Document -> its errors and doubts that concern no single row: the document or a page as a whole."""
    found = connection.execute(
        """SELECT document_id, count(*) FROM core.issue
        WHERE severity IN ('error', 'doubt') AND row_id IS NULL AND document_id IS NOT NULL
        GROUP BY document_id ORDER BY document_id"""
    ).fetchall()
    return {str(document_id): int(count) for document_id, count in found}


def summary(connection: duckdb.DuckDBPyConnection) -> Summary:
    """The figures of the one build in this file."""
    content_hash, built, release_count, page_count, row_count, decision_sequence = connection.execute(
        "SELECT content_hash, built_datetime, release_count, page_count, row_count, decision_sequence FROM meta.build"
    ).fetchall()[0]
    states = connection.execute("SELECT state, count(*) FROM raw.document GROUP BY state ORDER BY state").fetchall()
    (doubtful,) = connection.execute(
        "SELECT count(DISTINCT row_id) FROM core.issue WHERE severity IN ('error', 'doubt')"
    ).fetchall()[0]
    return Summary(
        content_hash=content_hash,
        built_datetime=built,
        release_count=release_count,
        document_counts={str(state): int(count) for state, count in states},
        page_count=page_count,
        row_count=row_count,
        doubtful_row_count=doubtful,
        decision_sequence=int(decision_sequence),
        issues=tuple(issues(connection)),
    )
