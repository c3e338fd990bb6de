"""Two logs on one page, from the file to the warehouse: values and doubts stand under the names of their own log."""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb
import pytest

from records.documents import DocumentState, SourceDocument
from records.parts import MANIFEST
from records.release import Receipt, Release
from tests.golden.reading import Parts, read
from tests.unit.raw_pdf import RawPage, text_at, write_pdf
from tests.unit.typed_pages import uuid_of
from warehouse.build import BuildInputs, build

TIME = "11/02/2025, 04:05:06 PM UTC"
UPPER = {20: "ID", 220: "Org Name", 400: "Networks", 480: "Reason", 620: "Search Time"}
LOWER = {20: "Search Time", 200: "Reason", 380: "ID"}
HEIGHT = 612
COVERED, ODD = 6, 5
"""Rows of the upper log: one whose reason lies under a black box, one whose count is a word."""


def drawn(upper_rows: int, lower_rows: int) -> RawPage:
    """One log above another, in other columns."""
    texts = [(x, 50, label) for x, label in UPPER.items()]
    for k in range(1, upper_rows + 1):
        y = 54 + 14 * k
        row = {20: uuid_of(k), 220: "Fakeville PD", 400: "seven" if k == ODD else f"{k + 3}", 480: "stolen plate"}
        texts += [(x, y, text) for x, text in {**row, 620: TIME}.items()]
    top = 54 + 14 * upper_rows + 44
    texts += [(x, top, label) for x, label in LOWER.items()]
    for k in range(1, lower_rows + 1):
        row = {20: TIME, 200: "a missing juvenile", 380: uuid_of(100 + k)}
        texts += [(x, top + 4 + 14 * k, text) for x, text in row.items()]
    content = b"".join(text_at(x, HEIGHT - y, text, size=7) for x, y, text in texts)
    box = b" 0 0 0 rg 480 %d 60 9 re f " % (HEIGHT - 54 - 14 * COVERED - 2)
    return RawPage(content + box, media_box=(0, 0, 792, HEIGHT))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> tuple[Parts, duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("shared")
    parts = read(write_pdf(folder / "log.pdf", [drawn(16, 12)]), folder / "parts")
    (manifest,) = (folder / "parts").glob(f"*/*/{MANIFEST}")
    document_id = manifest.parent.parent.name
    document = SourceDocument(document_id, "log.pdf", 1, "application/pdf", DocumentState.LOADED)
    receipt = Receipt(
        "example-2025", document_id, "log.pdf", datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC).replace(tzinfo=None)
    )
    inputs = BuildInputs([Release("example-2025")], [receipt], [document], (), {document_id: manifest.parent})
    build(inputs, folder / "built.duckdb")
    return parts, duckdb.connect(str(folder / "built.duckdb"), read_only=True)


def test_both_logs_are_read_by_their_own_columns(shared: tuple[Parts, duckdb.DuckDBPyConnection]) -> None:
    _, built = shared
    rows = built.execute("SELECT id, org_name, reason FROM raw.audit_row ORDER BY row_number").fetchall()
    assert [row[0] for row in rows] == [uuid_of(k) for k in [*range(1, 17), *range(101, 113)]]
    assert rows[0] == (uuid_of(1), "Fakeville PD", "stolen plate")
    assert rows[-1] == (uuid_of(112), None, "a missing juvenile")


def test_what_is_blacked_out_in_the_upper_log_is_not_empty(shared: tuple[Parts, duckdb.DuckDBPyConnection]) -> None:
    _, built = shared
    states = built.execute("SELECT row_number, reason_state FROM core.audit_search ORDER BY row_number").fetchall()
    assert [number for number, state in states if state == "blacked_out"] == [COVERED]
    assert {state for number, state in states if number != COVERED} == {"value"}


def test_doubts_name_the_field_of_their_own_log(shared: tuple[Parts, duckdb.DuckDBPyConnection]) -> None:
    parts, built = shared
    named = built.execute(
        "SELECT row_number, field, code FROM core.issue"
        " WHERE row_number IS NOT NULL AND code IN ('blacked_out', 'value_unlike_column')"
    ).fetchall()
    assert sorted(named) == [
        (ODD, "total_networks_searched", "value_unlike_column"),
        (COVERED, "reason", "blacked_out"),
    ]
    assert {row["segment_ordinal"] for row in parts.rows} == {1, 2}
