"""From a row to the paper: every value of the row with its boxes, its header, and the whole chain."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from records.documents import DocumentState
from records.places import BBox, PageBox, PageBoxes
from records.release import RequestStatus
from tests.unit.parts_factory import box, document_id, inputs, letter, ruled, unruled
from warehouse.build import build
from warehouse.query import connect
from warehouse.trace import UnknownIdError, cite, trace

RULED, UNRULED = document_id("ruled-log"), document_id("unruled-log")


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    folder = tmp_path_factory.mktemp("trace")
    log = ruled()
    log.tables["issue"] += [
        {"code": "of_this_row", "severity": "doubt", "message": "m", "page_number": 1, "row_number": 3},
        {"code": "of_another_row", "severity": "doubt", "message": "m", "page_number": 1, "row_number": 1},
        {"code": "of_this_page", "severity": "notice", "message": "m", "page_number": 1},
        {"code": "of_another_page", "severity": "notice", "message": "m", "page_number": 2},
    ]
    build(inputs(folder / "parts", log, unruled(), letter()), folder / "b.duckdb")
    with connect(folder / "b.duckdb") as connection:
        yield connection


def place(document: str, page: int, column: int, row: int) -> PageBox:
    return PageBox(document, page, BBox(**box(column, row)))


def test_the_chain_reaches_the_release(connection: duckdb.DuckDBPyConnection) -> None:
    found = trace(connection, f"{UNRULED[:16]}-p00003-r001")
    assert (found.page_number, found.row_number, found.page_count) == (3, 1, 3)
    assert (found.segment.first_page, found.segment.last_page, found.segment.kind) == (2, 3, "audit_log")
    assert found.segment.reason == "its header names the fields of a search"
    assert (found.document.document_id, found.document.file_name) == (UNRULED, "unruled-log.pdf")
    assert found.document.state is DocumentState.LOADED
    assert [receipt.path for receipt in found.receipts] == ["logs/unruled-log.pdf"]
    assert (found.release.agency, found.release.status) == ("Example Sheriff", RequestStatus.PARTIAL)
    assert found.release.exemptions == ("119.071(2)(c)", 'a "quoted", one')
    assert found.page.glyphs_seen == found.page.glyphs_used
    first, last = box(0, 1), box(3, 1)
    assert found.place == PageBox(UNRULED, 3, BBox(first["x0"], first["top"], last["x1"], last["bottom"]))


def test_every_value_has_its_box_and_its_header_on_the_page_that_prints_it(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    cells = {cell.name: cell for cell in trace(connection, f"{UNRULED[:16]}-p00003-r001").cells}
    assert list(cells) == ["reason", "Mystery", "column_3", "license_plate"]
    for column, (name, text) in enumerate(
        [("reason", "x"), ("Mystery", "y"), ("column_3", "z"), ("license_plate", "w")]
    ):
        assert cells[name].text == text
        assert cells[name].boxes == (place(UNRULED, 3, column, 1),)
        header = () if name == "column_3" else (place(UNRULED, 2, column, 0),)
        assert cells[name].header_boxes == header
    assert not cells["Mystery"].is_canonical
    assert cells["license_plate"].is_canonical


def test_a_header_that_the_rows_own_page_repeats_is_marked_there(tmp_path: Path) -> None:
    log = ruled()
    # Page 2 prints three of the five labels again, one over two lines, and one line over no column.
    printed = [("ID", 0, 0), ("Search", 2, 0), ("Date", 2, 1), ("Reason", 4, 0)]
    lines = [(text, {**box(column, row)}) for text, column, row in printed]
    lines.append(("elsewhere", {"x0": 500.0, "top": 50.0, "x1": 560.0, "bottom": 65.0}))
    for text, line in lines:
        facts = {"page_number": 2, "account": "furniture", "rule": "header", "text": text, "glyph_count": 1}
        log.tables["page_text"].append({**facts, **line})
    log.tables["page"][1]["glyphs_furniture"] += len(lines)
    log.tables["page"][1]["glyphs_seen"] += len(lines)
    build(inputs(tmp_path / "parts", log), tmp_path / "b.duckdb")
    with connect(tmp_path / "b.duckdb") as connection:
        repeated = {cell.name: cell for cell in trace(connection, f"{RULED[:16]}-p00002-r001").cells}
        first = {cell.name: cell for cell in trace(connection, f"{RULED[:16]}-p00001-r002").cells}
    assert repeated["id"].header_boxes == (place(RULED, 2, 0, 0),)
    assert repeated["reason"].header_boxes == (place(RULED, 2, 4, 0),)
    # Search Date is on the page, in two lines; Search Time and Org Name are not: for them, where they were read.
    lines_of_date = (place(RULED, 2, 2, 0), place(RULED, 2, 2, 1))
    assert repeated["search_time"].header_boxes == (*lines_of_date, place(RULED, 1, 3, 0))
    assert repeated["org_name"].header_boxes == (place(RULED, 1, 1, 0),)
    assert first["id"].header_boxes == (place(RULED, 1, 0, 0),)


def test_a_row_over_a_page_break_has_boxes_on_both_pages(connection: duckdb.DuckDBPyConnection) -> None:
    found = trace(connection, f"{RULED[:16]}-p00001-r003")
    assert isinstance(found.place, PageBoxes)
    assert [part.page_number for part in found.place.boxes] == [1, 2]
    (reason,) = [cell for cell in found.cells if cell.name == "reason"]
    assert reason.boxes == (place(RULED, 1, 4, 3), place(RULED, 2, 4, 1))


def test_a_cell_printed_wholly_on_the_next_page_is_found_there(tmp_path: Path) -> None:
    log = unruled()
    (row,) = [row for row in log.rows if (row["page_number"], row["row_number"]) == (2, 3)]
    for column in (0, 1):  # a canonical field, and a column that is none
        row.update({f"{side}_{column}": None for side in ("x0", "top", "x1", "bottom")})
        log.continue_row(2, 3, column, 3)
    log.continue_row(2, 3, None, 3)
    build(inputs(tmp_path / "parts", log), tmp_path / "b.duckdb")
    with connect(tmp_path / "b.duckdb") as connection:
        cells = {cell.name: cell for cell in trace(connection, f"{UNRULED[:16]}-p00002-r003").cells}
    assert (cells["reason"].text, cells["reason"].boxes) == ("arson", (place(UNRULED, 3, 0, 1),))
    assert (cells["Mystery"].text, cells["Mystery"].boxes) == ("m2", (place(UNRULED, 3, 1, 1),))


def test_a_field_of_two_columns_shows_both_headers(connection: duckdb.DuckDBPyConnection) -> None:
    (time,) = [cell for cell in trace(connection, f"{RULED[:16]}-p00001-r003").cells if cell.name == "search_time"]
    assert time.printed_headers == ("Search Date", "Search Time")
    assert time.header_boxes == (place(RULED, 1, 2, 0), place(RULED, 1, 3, 0))


def test_blank_cells_are_absent(connection: duckdb.DuckDBPyConnection) -> None:
    assert [cell.name for cell in trace(connection, f"{RULED[:16]}-p00001-r001").cells] == [
        "id",
        "org_name",
        "search_time",
    ]


def test_issues_of_the_row_and_of_its_page_as_a_whole(connection: duckdb.DuckDBPyConnection) -> None:
    codes = [issue.code for issue in trace(connection, f"{RULED[:16]}-p00001-r003").issues]
    assert codes[0] == "of_this_row"
    assert set(codes) == {"of_this_row", "of_this_page", "columns_joined"}


def test_a_citation_is_the_column_of_the_view(connection: duckdb.DuckDBPyConnection) -> None:
    for row_id, citation in connection.execute("SELECT row_id, citation FROM out.audit_search").fetchall():
        assert cite(connection, row_id) == trace(connection, row_id).citation == citation


@pytest.mark.parametrize(
    "id",
    [
        f"{RULED[:16]}-p00001-r009",
        f"{RULED[:16]}-p1-r1",
        "0" * 16 + "-p00001-r001",
        f"{RULED[:16]}-s1",
        RULED,
        RULED[:16],
        "",
        "' OR 1 = 1 --",
        f"{RULED[:16]}-p00001-r001\n",
        f"{RULED[:16]}-p99999999999999999999-r001",
    ],
)
def test_an_id_that_does_not_exist_says_what_ids_look_like(id: str, connection: duckdb.DuckDBPyConnection) -> None:
    for question in (trace, cite):
        with pytest.raises(UnknownIdError, match="ids look like 0123456789abcdef-p00012-r003"):
            question(connection, id)


def test_every_row_can_be_traced(connection: duckdb.DuckDBPyConnection) -> None:
    rows = connection.execute("SELECT row_id, id, license_plate FROM raw.audit_row").fetchall()
    assert len(rows) == 9
    for row_id, search_id, plate in rows:
        texts = {cell.name: cell.text for cell in trace(connection, row_id).cells}
        assert (texts.get("id"), texts.get("license_plate")) == (search_id, plate)


def test_the_fixture_is_locked_down_like_any_snapshot(connection: duckdb.DuckDBPyConnection, tmp_path: Path) -> None:
    with pytest.raises(duckdb.Error):
        connection.execute(f"COPY (SELECT 1) TO '{tmp_path / 'x.csv'}'")
