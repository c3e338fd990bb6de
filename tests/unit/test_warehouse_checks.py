"""Every check passes on a sound warehouse, and notices the one thing that it is there for."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from records.errors import WarehouseError
from tests.unit.parts_factory import document_id, inputs, letter, ruled, unruled
from warehouse.build import build
from warehouse.check import ChecksFailed, checks, run_checks

LOG = document_id("ruled-log")
PREFIX = LOG[:16]
FAR = "{x0: 1000, top: 0, x1: 1010, bottom: 10}"

# One or more ways to break a sound warehouse, each of which the check must notice.
DAMAGE: dict[str, list[str]] = {
    "box_on_page": [
        f"UPDATE raw.audit_row SET row_box = {FAR} WHERE id = 'id-0'",
        f"UPDATE raw.audit_row SET cell_boxes = struct_update(cell_boxes, org_name := {FAR}) WHERE id = 'id-0'",
        f"UPDATE raw.audit_row SET other_boxes = MAP {{'Mystery': {FAR}}} WHERE license_plate = 'TEST 1'",
        f"UPDATE raw.row_continuation SET box = {FAR} WHERE field = 'reason'",
        f"UPDATE raw.segment_column SET header_box = {FAR} WHERE printed_header = 'ID'",
        "UPDATE raw.audit_row SET row_box = {x0: 5, top: 5, x1: 5, bottom: 9} WHERE id = 'id-0'",
        "UPDATE raw.audit_row SET row_box = {x0: 1, top: 9, x1: 5, bottom: 5} WHERE id = 'id-0'",
        "UPDATE raw.audit_row SET row_box = {x0: 1, top: NULL, x1: 5, bottom: 5} WHERE id = 'id-0'",
    ],
    "cell_has_box": [
        "UPDATE raw.audit_row SET cell_boxes = struct_update(cell_boxes, id := NULL) WHERE id = 'id-0'",
        "UPDATE raw.audit_row SET other_boxes = MAP {} WHERE license_plate = 'TEST 1'",
        "UPDATE raw.audit_row SET org_name = NULL WHERE id = 'id-0'",
        "UPDATE raw.audit_row SET other = MAP {} WHERE license_plate = 'TEST 1'",
        "UPDATE raw.audit_row SET moderation = 'allow' WHERE id = 'id-2'",  # has continuations, but not of this field
    ],
    "column_once": ["UPDATE raw.segment_column SET field = NULL WHERE field = 'id'"],
    "continuation_once": [
        "INSERT INTO raw.row_continuation FROM raw.row_continuation WHERE field = 'reason'",
        "INSERT INTO raw.row_continuation FROM raw.row_continuation WHERE field IS NULL",
        "UPDATE raw.row_continuation SET continued_page_number = 1 WHERE field = 'reason'",
    ],
    "document_has_receipt": [
        f"DELETE FROM raw.receipt WHERE document_id = '{LOG}'",
        "UPDATE raw.receipt SET release_id = 'nowhere'",
        f"UPDATE raw.receipt SET document_id = '{'0' * 64}' WHERE document_id = '{LOG}'",
    ],
    "document_prefix_unique": [
        f"INSERT INTO raw.document SELECT * REPLACE ('{PREFIX + '0' * 48}' AS document_id) FROM raw.document"
        f" WHERE document_id = '{LOG}'",
    ],
    "document_rows_all_loaded": [f"UPDATE raw.document SET row_count = 6 WHERE document_id = '{LOG}'"],
    "document_says_why": [
        "UPDATE raw.document SET reason = NULL WHERE state = 'quarantined'",
        "DELETE FROM core.issue WHERE code = 'set_aside'",
    ],
    "document_state_known": [
        "UPDATE raw.document SET state = 'lost' WHERE state = 'set_aside'",
        f"UPDATE raw.document SET state = 'set_aside' WHERE document_id = '{LOG}'",
    ],
    "glyph_account": [
        "UPDATE raw.page SET glyphs_used = glyphs_used - 1 WHERE page_number = 2",
        "UPDATE raw.page SET glyphs_seen = NULL WHERE page_number = 2",
    ],
    "issue_points_somewhere": [
        "UPDATE core.issue SET severity = 'hm' WHERE code = 'damaged'",
        "UPDATE core.issue SET release_id = 'nowhere' WHERE code = 'damaged'",
        f"UPDATE core.issue SET document_id = '{'0' * 64}' WHERE code = 'damaged'",
        "UPDATE core.issue SET row_id = 'nowhere' WHERE code = 'damaged'",
    ],
    "key_unique": [
        "INSERT INTO raw.release FROM raw.release",
        "INSERT INTO raw.segment FROM raw.segment",
        "INSERT INTO raw.segment_column FROM raw.segment_column",
        "INSERT INTO raw.page FROM raw.page",
        "INSERT INTO core.issue FROM core.issue",
    ],
    "page_in_document": [
        f"UPDATE raw.page SET page_number = 3 WHERE document_id = '{LOG}' AND page_number = 2",
        "UPDATE raw.segment SET last_page = 0",
        "UPDATE raw.page SET segment_id = 'nowhere' WHERE page_number = 2",
        "UPDATE raw.segment SET first_page = 2 WHERE first_page = 1",
    ],
    "page_text_account": [
        "DELETE FROM raw.page_text",
        "UPDATE raw.page_text SET account = 'left'",
        "UPDATE raw.page_text SET glyph_count = glyph_count + 1",
    ],
    "row_id_names_place": ["UPDATE raw.audit_row SET row_number = 9 WHERE id = 'id-0'"],
    "row_id_unique": ["INSERT INTO raw.audit_row FROM raw.audit_row WHERE id = 'id-0'"],
    "row_in_audit_log": [
        "UPDATE raw.segment SET kind = 'letter'",
        "UPDATE raw.audit_row SET segment_id = 'nowhere' WHERE id = 'id-0'",
    ],
    "row_page_in_segment": [
        f"DELETE FROM raw.page WHERE document_id = '{LOG}' AND page_number = 1",
        "UPDATE raw.segment SET last_page = 1 WHERE first_page = 1",
        "UPDATE raw.row_continuation SET row_id = 'nowhere'",
        "UPDATE raw.row_continuation SET continued_page_number = 9",
    ],
    "rows_all_loaded": [
        "DELETE FROM raw.audit_row WHERE id = 'id-0'",
        "INSERT INTO raw.audit_row FROM raw.audit_row WHERE id = 'id-0'",
        "DELETE FROM meta.part_file",
    ],
}


NOBODYS = {"document_has_receipt", "document_prefix_unique"}
"""Checks that are about the inputs as a whole: leaving one document out mends nothing."""
OF_NO_DOCUMENT = {
    "INSERT INTO raw.release FROM raw.release",
    f"UPDATE core.issue SET document_id = '{'0' * 64}' WHERE code = 'damaged'",
}
"""Damage, elsewhere, to what belongs to no document."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    build(inputs(folder / "parts", ruled(), unruled(), letter()), folder / "b.duckdb")
    return folder / "b.duckdb"


def test_every_check_has_a_damage_that_it_must_notice() -> None:
    assert set(DAMAGE) == {check.name for check in checks()}


def test_every_check_begins_with_its_question() -> None:
    for check in checks():
        assert check.sql.startswith("-- ") and check.question.endswith("?"), check.name


@pytest.mark.parametrize(("name", "damage"), [(name, sql) for name, each in DAMAGE.items() for sql in each])
def test_a_check_notices(name: str, damage: str, sound: Path) -> None:
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH '{sound}' AS sound (READ_ONLY)")
        connection.execute("ATTACH ':memory:' AS copy")
        connection.execute("COPY FROM DATABASE sound TO copy")
        connection.execute("USE copy")
        assert {result.name for result in run_checks(connection) if result.failing_count} == set()
        connection.execute(damage)
        (found,) = [result for result in run_checks(connection) if result.failing_count and result.name == name]
        assert sum(found.document_counts.values()) == found.failing_count
        is_nobodys = name in NOBODYS or damage in OF_NO_DOCUMENT
        assert (None in found.document_counts) is is_nobodys
        if not is_nobodys:
            known = {row for (row,) in connection.execute("SELECT document_id FROM raw.document").fetchall()}
            assert found.document_counts.keys() <= known


def test_a_failed_check_stops_the_build_and_is_named_with_its_count(tmp_path: Path) -> None:
    log = ruled()
    log.tables["page"][0]["glyphs_left"] += 1
    log.tables["page"][1]["glyphs_left"] += 1
    with pytest.raises(WarehouseError, match=r"glyph_account \(2\)") as failure:
        build(inputs(tmp_path / "parts", log), tmp_path / "b.duckdb")
    assert "page_text_account (2)" in str(failure.value)
    assert isinstance(failure.value, ChecksFailed)
    assert failure.value.is_pinned
    assert failure.value.documents == {LOG: {"glyph_account": 2, "page_text_account": 2}}
    with duckdb.connect(tmp_path / "b.duckdb", read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM meta.build").fetchone() == (0,)
        assert ("glyph_account", 2) in connection.execute(
            "SELECT check_name, failing_count FROM meta.check_result"
        ).fetchall()


@pytest.mark.parametrize("lost", ["row", "page", "cell"])
def test_what_an_extraction_loses_is_noticed(lost: str, tmp_path: Path) -> None:
    """Seeded mutations of the parts themselves."""
    log = ruled()
    match lost:
        case "row":
            log.manifest = {"row_count": 6, "files": {"row-s1-c1.parquet": {"segment_ordinal": 1, "rows": 6}}}
        case "page":
            log.tables["page"].pop()
        case "cell":
            log.rows[0]["x0_0"] = log.rows[0]["top_0"] = log.rows[0]["x1_0"] = log.rows[0]["bottom_0"] = None
    with pytest.raises(WarehouseError, match="checks failed"):
        build(inputs(tmp_path / "parts", log), tmp_path / "b.duckdb")
