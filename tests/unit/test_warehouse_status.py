"""The figures of `recordtrail status` are those of the warehouse."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from tests.unit.parts_factory import inputs, letter, ruled, unruled
from warehouse import status
from warehouse.build import BuildResult, build
from warehouse.query import connect


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[BuildResult, duckdb.DuckDBPyConnection]]:
    folder = tmp_path_factory.mktemp("status")
    log = ruled()
    doubt = {"code": "odd_time", "severity": "doubt", "message": "m", "page_number": 1, "row_number": 2}
    notice = {"code": "odd_page", "severity": "notice", "message": "m", "page_number": 1, "row_number": 1}
    log.tables["issue"] += [doubt, {**doubt, "message": "another"}, {**doubt, "row_number": 3}, notice]
    result = build(inputs(folder / "parts", log, unruled(), letter()), folder / "b.duckdb")
    with connect(folder / "b.duckdb") as connection:
        yield result, connection


def test_the_summary_counts_documents_by_state_and_doubtful_rows_once(
    built: tuple[BuildResult, duckdb.DuckDBPyConnection],
) -> None:
    result, connection = built
    summary = status.summary(connection)
    assert summary.content_hash == result.content_hash
    assert summary.document_counts == {"loaded": 2, "quarantined": 1, "set_aside": 1}
    assert (summary.release_count, summary.page_count, summary.row_count) == (2, 6, 9)
    assert summary.doubtful_row_count == 2


def test_issues_are_counted_by_code_errors_first(built: tuple[BuildResult, duckdb.DuckDBPyConnection]) -> None:
    issues = status.issues(built[1])
    assert [issue.severity for issue in issues] == sorted(
        (issue.severity for issue in issues), key=["error", "doubt", "notice"].index
    )
    (odd,) = [issue for issue in issues if issue.code == "odd_time"]
    assert (odd.issue_count, odd.document_count, odd.row_count) == (3, 1, 2)


def test_documents_that_need_a_person_come_first_with_reason_and_advice(
    built: tuple[BuildResult, duckdb.DuckDBPyConnection],
) -> None:
    documents = status.documents(built[1])
    assert [document.state for document in documents] == ["quarantined", "set_aside", "loaded", "loaded"]
    first = documents[0]
    assert (first.error_code, first.reason) == ("damaged", "The file ends in the middle of page 2.")
    assert first.advice == "Download it again."
    assert {document.file_name: document.row_count for document in documents} == {
        "truncated.pdf": 0,
        "letter.pdf": 0,
        "ruled-log.pdf": 5,
        "unruled-log.pdf": 4,
    }


def test_a_denied_release_is_listed(built: tuple[BuildResult, duckdb.DuckDBPyConnection]) -> None:
    lines = {line.release_id: line for line in status.releases(built[1])}
    assert (lines["denied-2025"].request_status, lines["denied-2025"].document_count) == ("denied", 0)
    assert (lines["example-2025"].document_count, lines["example-2025"].loaded_document_count) == (4, 2)
