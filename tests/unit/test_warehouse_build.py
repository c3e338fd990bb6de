"""Parts in, warehouse out: what is in the parts is in the warehouse, each value with its place."""

from __future__ import annotations

import dataclasses
import json
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from records.documents import DocumentState
from records.errors import WarehouseError
from records.issues import Issue, Severity
from records.parts import MANIFEST
from records.rows import AUDIT_FIELDS
from tests.unit.parts_factory import PartsFactory, box, document_id, inputs, letter, ruled, unruled
from warehouse.build import BuildInputs, build

Rows = Callable[..., list[tuple[object, ...]]]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("a folder with 'quotes'")
    log = ruled()
    log.tables["issue"] += [
        {
            "code": "odd_time",
            "severity": "doubt",
            "message": "m",
            "page_number": 1,
            "row_number": 2,
            "column_ordinal": 3,
        },
        {
            "code": "odd_time",
            "severity": "doubt",
            "message": "m",
            "page_number": 1,
            "row_number": 2,
            "column_ordinal": 3,
        },
        {"code": "odd_page", "severity": "notice", "message": "m", "page_number": 2},
    ]
    log.tables["reading"].append(
        {"page_number": 1, "row_number": 2, "column_ordinal": 0, "reader": "witness", "text": "id-l", **box(0, 2)}
    )
    intake = Issue("no_release_toml", Severity.NOTICE, "release.toml is missing", release_id="denied-2025")
    build(inputs(folder / "parts", log, unruled(), letter(), issues=(intake,)), folder / "work" / "new.duckdb")
    return folder / "work" / "new.duckdb"


@pytest.fixture
def rows(built: Path) -> Iterator[Rows]:
    with duckdb.connect(built, read_only=True) as connection:
        yield lambda sql, *parameters: connection.execute(sql, parameters).fetchall()


def test_every_row_is_loaded_in_the_order_of_the_documents(rows: Rows) -> None:
    ids = [str(row) for (row,) in rows("SELECT row_id FROM raw.audit_row")]
    assert len(ids) == 9
    assert ids == sorted(ids)


def test_cells_go_where_their_header_says_in_two_layouts(rows: Rows) -> None:
    plates = rows(
        "SELECT license_plate, reason, id FROM raw.audit_row WHERE document_id = ?", document_id("unruled-log")
    )
    assert plates == [("TEST 1", "theft", None), ("TEST 2", None, None), (None, "arson", None), ("w", "x", None)]
    ids = rows("SELECT id, org_name FROM raw.audit_row WHERE document_id = ?", document_id("ruled-log"))
    assert ids == [(f"id-{n}", "Example PD") for n in range(5)]


def test_columns_that_are_no_field_are_kept_with_their_boxes(rows: Rows) -> None:
    found = rows(
        "SELECT other, other_boxes FROM raw.audit_row WHERE document_id = ? ORDER BY row_id", document_id("unruled-log")
    )
    assert found[0] == ({"Mystery": "m0", "column_3": "n0"}, {"Mystery": box(1, 1), "column_3": box(2, 1)})
    assert found[1] == ({"column_3": "n1"}, {"column_3": box(2, 2)})
    assert rows("SELECT DISTINCT other FROM raw.audit_row WHERE document_id = ?", document_id("ruled-log")) == [({},)]


def test_two_columns_of_one_field_are_joined_and_their_boxes_united(rows: Rows) -> None:
    ((text, place),) = rows("SELECT search_time, cell_boxes.search_time FROM raw.audit_row WHERE id = 'id-1'")
    assert text == "2025-03-01 10:01:00"
    assert place == {**box(2, 2), "x1": box(3, 2)["x1"]}


def test_every_canonical_cell_has_its_own_box_and_blank_ones_have_none(rows: Rows) -> None:
    ((boxes,),) = rows("SELECT cell_boxes FROM raw.audit_row WHERE id = 'id-0'")
    assert isinstance(boxes, dict)
    assert tuple(boxes) == AUDIT_FIELDS
    assert boxes["id"] == box(0, 1)
    assert boxes["org_name"] == box(1, 1)
    assert {name for name, place in boxes.items() if place} == {"id", "org_name", "search_time"}


def test_a_row_over_a_page_break_has_a_place_on_both_pages(rows: Rows) -> None:
    assert rows("SELECT id FROM raw.audit_row WHERE place_kind = 'page_boxes'") == [("id-2",)]
    parts = rows("SELECT field, continued_page_number, box FROM raw.row_continuation")
    assert parts == [(None, 2, {**box(0, 1), "x1": box(4, 1)["x1"]}), ("reason", 2, box(4, 1))]


def test_headers_keep_their_text_place_and_meaning(rows: Rows) -> None:
    columns = rows(
        "SELECT printed_header, field, other_key, page_number, header_box FROM raw.segment_column WHERE document_id = ?"
        " ORDER BY column_ordinal",
        document_id("unruled-log"),
    )
    assert columns == [
        ("Reason", "reason", None, 2, box(0, 0)),
        ("Mystery", None, "Mystery", 2, box(1, 0)),
        (None, None, "column_3", None, None),
        ("License Plate", "license_plate", None, 2, box(3, 0)),
    ]
    mapping = dict(rows("SELECT printed_header, field FROM meta.header_mapping"))  # type: ignore[arg-type]
    assert (mapping["Search Date"], mapping["Mystery"]) == ("search_time", None)


def test_one_issue_per_header_that_is_unknown_missing_or_joined(rows: Rows) -> None:
    found = rows(
        "SELECT code, severity, field, seen_text, page_number, left(document_id, 16) FROM core.issue"
        " WHERE stage = 'load' ORDER BY code"
    )
    first, second = document_id("ruled-log")[:16], document_id("unruled-log")[:16]
    assert found == [
        ("columns_joined", "notice", "search_time", "Search Date | Search Time", 1, first),
        ("missing_header", "doubt", "column_3", None, 2, second),
        ("unknown_header", "doubt", "Mystery", "Mystery", 2, second),
    ]


def test_issues_of_the_parts_name_row_and_field(rows: Rows) -> None:
    found = rows("SELECT code, row_id, row_number, field FROM core.issue WHERE code LIKE 'odd%' ORDER BY code DESC")
    row = document_id("ruled-log")[:16] + "-p00001-r002"
    assert found == [("odd_time", row, 2, "search_time")] * 2 + [("odd_page", None, None, None)]


def test_issues_of_intake_are_kept_with_their_stage(rows: Rows) -> None:
    assert rows("SELECT code, release_id, document_id FROM core.issue WHERE stage = 'intake'") == [
        ("no_release_toml", "denied-2025", None)
    ]


def test_readings_name_their_row_and_field(rows: Rows) -> None:
    row = document_id("ruled-log")[:16] + "-p00001-r002"
    assert rows("SELECT row_id, field, reader, text, box FROM raw.reading") == [
        (row, "id", "witness", "id-l", box(0, 2))
    ]


def test_what_was_not_loaded_is_a_row_with_reason_and_an_issue(rows: Rows) -> None:
    found = rows(
        "SELECT d.file_name, d.state, d.reason, d.advice, i.code, i.severity FROM raw.document AS d"
        " JOIN core.issue AS i USING (document_id) WHERE d.state <> 'loaded' ORDER BY d.state"
    )
    assert found == [
        (
            "truncated.pdf",
            "quarantined",
            "The file ends in the middle of page 2.",
            "Download it again.",
            "damaged",
            "error",
        ),
        ("letter.pdf", "set_aside", "A letter; no audit log in it.", "Nothing to do.", "set_aside", "notice"),
    ]


def test_a_denied_request_without_files_is_a_release(rows: Rows) -> None:
    found = rows('SELECT release_id, request_status, document_count, exemptions FROM "out".release_status ORDER BY ALL')
    assert found == [
        ("denied-2025", "denied", 0, ["active case"]),
        ("example-2025", "partial", 4, ["119.071(2)(c)", 'a "quoted", one']),
    ]


def test_a_row_is_cited_in_one_line(rows: Rows) -> None:
    sha = document_id("ruled-log")
    assert rows("SELECT citation, trace_url, standing FROM out.audit_search WHERE search_id = 'id-4'") == [
        (
            f"Example Sheriff, request R-1, produced 2025-05-01, file logs/ruled-log.pdf, page 2, row 2, SHA-256 {sha}",
            f"/trace/{sha[:16]}-p00002-r002",
            "machine",
        )
    ]


def test_the_file_is_for_its_owner_only(built: Path) -> None:
    assert stat.S_IMODE(built.stat().st_mode) == 0o600
    assert list(built.parent.iterdir()) == [built]


def two_receipts(tmp_path: Path) -> BuildInputs:
    """The same bytes in two releases; the older production comes later in the list and in the alphabet."""
    given = inputs(tmp_path / "parts", ruled())
    newer, denied = given.releases
    older = dataclasses.replace(newer, release_id="zz-2024", request_number="R-0", produced_date=newer.requested_date)
    again = dataclasses.replace(given.receipts[0], release_id="zz-2024", path="old/name.pdf", container="all.zip")
    return dataclasses.replace(given, releases=[newer, denied, older], receipts=[*given.receipts, again])


def test_the_same_bytes_twice_are_one_document_cited_by_its_first_production(tmp_path: Path) -> None:
    build(two_receipts(tmp_path), tmp_path / "b.duckdb")
    with duckdb.connect(tmp_path / "b.duckdb", read_only=True) as connection:
        found = connection.execute(
            "SELECT DISTINCT release_id, citation FROM out.audit_search WHERE search_id = 'id-0'"
        ).fetchall()
        ((release_id, citation),) = found
        assert release_id == "zz-2024"
        assert "request R-0, produced 2025-04-01, file old/name.pdf in all.zip, page 1, row 1" in citation
        assert connection.execute("SELECT count(*) FROM raw.audit_row").fetchone() == (5,)
        twice = connection.execute("SELECT receipt_count FROM out.document_status WHERE document_state = 'loaded'")
        assert twice.fetchone() == (2,)


def test_unstated_facts_are_called_unstated_in_the_citation(tmp_path: Path) -> None:
    given = inputs(tmp_path / "parts", ruled())
    bare = dataclasses.replace(given.releases[0], agency=None, request_number=None, produced_date=None)
    build(dataclasses.replace(given, releases=[bare, given.releases[1]]), tmp_path / "b.duckdb")
    with duckdb.connect(tmp_path / "b.duckdb", read_only=True) as connection:
        ((citation,),) = connection.execute("SELECT citation FROM out.audit_search LIMIT 1").fetchall()
    assert citation.startswith("agency not stated, request number not stated, produced on a date not stated, file ")


def test_nothing_at_all_is_a_warehouse_too(tmp_path: Path) -> None:
    result = build(BuildInputs([], [], [], [], {}), tmp_path / "b.duckdb")
    assert set(result.row_counts.values()) == {0}


def test_the_file_is_built_anew_each_time(tmp_path: Path) -> None:
    given = inputs(tmp_path / "parts", ruled())
    first = build(given, tmp_path / "b.duckdb")
    assert build(given, tmp_path / "b.duckdb") == first


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    work = tmp_path / "work"
    (work / "b.duckdb.spill").mkdir(parents=True)
    for name in ("b.duckdb", "b.duckdb.wal", "b.duckdb.spill/half.tmp"):
        (work / name).write_bytes(b"half" * 5000)
    build(inputs(tmp_path / "parts", ruled()), work / "b.duckdb")
    assert [path.name for path in work.iterdir()] == ["b.duckdb"]


def test_headers_of_what_is_no_audit_log_are_kept_without_complaint(tmp_path: Path) -> None:
    sharing = PartsFactory(
        "sharing-list",
        ["Organization Name", "Networks Shared With Me"],
        [],
        kind="sharing_list",
        state=DocumentState.SET_ASIDE,
        reason="A sharing list.",
    )
    build(inputs(tmp_path / "parts", sharing), tmp_path / "b.duckdb")
    with duckdb.connect(tmp_path / "b.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM raw.segment_column").fetchone() == (2,)
        assert connection.execute("SELECT code FROM core.issue WHERE stage = 'load'").fetchall() == []


def test_a_header_cannot_break_out_of_the_statement(tmp_path: Path) -> None:
    header = "x'); DROP TABLE raw.release; -- $key_0 {source}"
    log = PartsFactory("hostile", ["ID", header], [["1", "2"]])
    build(inputs(tmp_path / "parts", log), tmp_path / "b.duckdb")
    with duckdb.connect(tmp_path / "b.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT other FROM raw.audit_row").fetchall() == [({header: "2"},)]


def test_a_folder_whose_name_is_a_pattern_does_not_read_its_neighbour(tmp_path: Path) -> None:
    other = PartsFactory("ruled-log", ["ID"], [["of the neighbour"]])
    other.write(tmp_path / "data-a" / "parts")
    build(inputs(tmp_path / "data-[ab]*" / "parts", ruled()), tmp_path / "b.duckdb")
    with duckdb.connect(tmp_path / "b.duckdb", read_only=True) as connection:
        ids = connection.execute("SELECT id FROM raw.audit_row").fetchall()
    assert ids == [(f"id-{n}",) for n in range(5)]


def test_rows_of_many_batches_stay_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("warehouse.load_rows._BATCH_ROWS", 2)
    build(inputs(tmp_path / "parts", ruled(), unruled()), tmp_path / "b.duckdb")
    with duckdb.connect(tmp_path / "b.duckdb", read_only=True) as connection:
        ids = [row for (row,) in connection.execute("SELECT row_id FROM raw.audit_row").fetchall()]
    assert len(ids) == 9
    assert ids == sorted(ids)


def spoil_manifest(folder: Path, **changes: object) -> None:
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | changes), encoding="utf-8")


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (lambda folder: (folder / MANIFEST).unlink(), "no manifest"),
        (lambda folder: (folder / MANIFEST).write_text("{", encoding="utf-8"), "cannot be read"),
        (lambda folder: (folder / "page.parquet").unlink(), r"lack page\.parquet"),
        (lambda folder: (folder / "row-s1-c2.parquet").unlink(), r"lack row-s1-c2\.parquet"),
        (lambda folder: spoil_manifest(folder, row_count=6), "counts 6 rows, its files 5"),
        (lambda folder: spoil_manifest(folder, document_id="0" * 64), "are of 0000000000000000"),
        (lambda folder: spoil_manifest(folder, state="quarantined"), "loaded or set_aside"),
        (
            lambda folder: spoil_manifest(folder, files={"row-s2-c1.parquet": {"segment_ordinal": 1, "rows": 5}}),
            "cannot be",
        ),
        (lambda folder: (folder / "page.parquet").write_bytes(b"PAR1"), "could not build"),
    ],
)
def test_parts_that_are_not_whole_build_nothing(tmp_path: Path, spoil: Callable[[Path], object], message: str) -> None:
    log = ruled()
    given = inputs(tmp_path / "parts", log)
    spoil(given.parts[log.document_id])
    with pytest.raises(WarehouseError, match=message):
        build(given, tmp_path / "b.duckdb")


def test_a_document_said_to_be_loaded_without_parts_is_refused(tmp_path: Path) -> None:
    given = inputs(tmp_path / "parts", ruled())
    with pytest.raises(WarehouseError, match="has no parts"):
        build(dataclasses.replace(given, parts={}), tmp_path / "b.duckdb")


def test_parts_of_an_unknown_or_quarantined_document_are_refused(tmp_path: Path) -> None:
    log = ruled()
    given = inputs(tmp_path / "parts", log)
    with pytest.raises(WarehouseError, match="no such document"):
        build(dataclasses.replace(given, documents=given.documents[1:]), tmp_path / "b.duckdb")
    quarantined = log.source(state=DocumentState.QUARANTINED, reason="r", error_code="damaged")
    with pytest.raises(WarehouseError, match="is quarantined"):
        build(dataclasses.replace(given, documents=[quarantined, given.documents[1]]), tmp_path / "b.duckdb")


def test_a_document_given_twice_is_refused(tmp_path: Path) -> None:
    given = inputs(tmp_path / "parts", ruled())
    with pytest.raises(WarehouseError, match="given twice"):
        build(dataclasses.replace(given, documents=[*given.documents, given.documents[0]]), tmp_path / "b.duckdb")
