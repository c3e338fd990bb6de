"""Every check passes on a sound warehouse, and notices the one thing that it is there for."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from records.errors import WarehouseError
from tests.unit.lists_factory import line_box, say, settings, sharing
from tests.unit.parts_factory import PartsFactory, document_id, inputs, letter, ruled, unruled
from warehouse.build import build
from warehouse.check import ChecksFailed, checks, run_checks

LOG = document_id("ruled-log")
PREFIX = LOG[:16]
FAR = "{x0: 1000, top: 0, x1: 1010, bottom: 10}"

DECISION = (
    "INSERT INTO core.decision BY NAME SELECT {n} AS sequence, 'd{n}' AS decision_id, '{kind}' AS kind,"
    " {undoes} AS undoes, TIMESTAMP '2025-12-01' AS decided_datetime, 'R. Reader' AS who,"
    " 'audit_cell' AS target_kind, 'x' AS target_id, 'reason' AS field, 'chain' AS chain"
)

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
        f"UPDATE raw.hotlist_mark SET label_box = {FAR} WHERE mark_number = 1",
        f"UPDATE raw.hotlist_mark SET mark_box = {FAR} WHERE mark_number = 1",
        f"UPDATE raw.sharing_row SET row_box = {FAR} WHERE row_number = 1",
        f"UPDATE raw.sharing_row SET sharing_to_box = {FAR} WHERE row_number = 1",
        f"UPDATE raw.page_fact SET box = {FAR}",
        "UPDATE raw.page_fact SET page_number = 9",
    ],
    "cell_has_box": [
        "UPDATE raw.audit_row SET cell_boxes = struct_update(cell_boxes, id := NULL) WHERE id = 'id-0'",
        "UPDATE raw.audit_row SET other_boxes = MAP {} WHERE license_plate = 'TEST 1'",
        "UPDATE raw.audit_row SET org_name = NULL WHERE id = 'id-0'",
        "UPDATE raw.audit_row SET other = MAP {} WHERE license_plate = 'TEST 1'",
        "UPDATE raw.audit_row SET moderation = 'allow' WHERE id = 'id-2'",  # has continuations, but not of this field
    ],
    "cell_state_known": ["UPDATE core.audit_search SET reason_state = 'hidden' WHERE search_id = 'id-0'"],
    "cell_state_true": [
        "UPDATE core.audit_search SET reason_state = 'value' WHERE search_id = 'id-0'",
        "UPDATE core.audit_search SET org_name_state = 'empty' WHERE search_id = 'id-0'",
    ],
    "column_once": ["UPDATE raw.segment_column SET field = NULL WHERE field = 'id'"],
    "continuation_once": [
        "INSERT INTO raw.row_continuation FROM raw.row_continuation WHERE field = 'reason'",
        "INSERT INTO raw.row_continuation FROM raw.row_continuation WHERE field IS NULL",
        "UPDATE raw.row_continuation SET continued_page_number = 1 WHERE field = 'reason'",
    ],
    "decision_in_one_standing": [DECISION.format(n=1, kind="accept", undoes="NULL")],
    "decision_log_whole": [
        DECISION.format(n=2, kind="accept", undoes="NULL"),
        DECISION.format(n=1, kind="undo", undoes="'nowhere'"),
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
    "direction_known": [
        "UPDATE raw.sharing_row SET direction = 'to_me' WHERE row_number = 1",
        "UPDATE raw.sharing_row SET agreement = 'sure' WHERE row_number = 1",
        "UPDATE raw.sharing_row SET agreement = NULL WHERE row_number = 1",
    ],
    "document_rows_all_loaded": [
        f"UPDATE raw.document SET row_count = 6 WHERE document_id = '{LOG}'",
        "DELETE FROM raw.hotlist_mark WHERE mark_number = 1",
        "INSERT INTO raw.sharing_row FROM raw.sharing_row WHERE row_number = 1",
        "UPDATE raw.document SET mark_count = 0",
    ],
    "document_says_why": [
        "UPDATE raw.document SET reason = NULL WHERE state = 'quarantined'",
        "DELETE FROM core.issue WHERE code = 'set_aside'",
    ],
    "document_state_known": [
        "UPDATE raw.document SET state = 'lost' WHERE state = 'set_aside'",
        f"UPDATE raw.document SET state = 'set_aside' WHERE document_id = '{LOG}'",
        "UPDATE raw.document SET state = 'set_aside' WHERE mark_count > 0",
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
        "UPDATE core.issue SET mark_id = 'nowhere' WHERE code = 'damaged'",
    ],
    "key_unique": [
        "INSERT INTO raw.release FROM raw.release",
        "INSERT INTO raw.segment FROM raw.segment",
        "INSERT INTO raw.segment_column FROM raw.segment_column",
        "INSERT INTO raw.page FROM raw.page",
        "INSERT INTO core.issue FROM core.issue",
    ],
    "list_shows_all": [
        "UPDATE core.hotlist_observation SET mark_ids = ['nowhere'] WHERE entry_number = 1",
        "INSERT INTO core.hotlist_observation FROM core.hotlist_observation WHERE entry_number = 2",
        "DELETE FROM core.sharing_entry WHERE entry_number = 1",
        "INSERT INTO core.list_page FROM core.list_page",
    ],
    "mark_claims_something": [
        "UPDATE raw.hotlist_mark SET style = 'chip' WHERE state = 'off'",
        "UPDATE raw.hotlist_mark SET confidence = 0.9 WHERE state = 'unreadable'",
    ],
    "mark_id_names_place": [
        "UPDATE raw.hotlist_mark SET mark_number = 9 WHERE mark_number = 1",
        "INSERT INTO raw.hotlist_mark FROM raw.hotlist_mark WHERE mark_number = 2",
    ],
    "mark_on_its_page": [
        "UPDATE raw.segment SET kind = 'letter'",
        "UPDATE raw.hotlist_mark SET segment_id = 'nowhere' WHERE mark_number = 1",
        "UPDATE raw.hotlist_mark SET page_number = 2 WHERE mark_number = 3",
        "UPDATE raw.hotlist_mark SET parent_mark_id = 'nowhere' WHERE mark_number = 3",
        "UPDATE raw.hotlist_mark SET parent_mark_id = mark_id WHERE mark_number = 2",
    ],
    "mark_state_known": [
        "UPDATE raw.hotlist_mark SET state = 'not_visible' WHERE mark_number = 1",
        "UPDATE raw.hotlist_mark SET style = 'slider' WHERE mark_number = 1",
        "UPDATE raw.hotlist_mark SET method = 'guess' WHERE mark_number = 1",
        "UPDATE raw.hotlist_mark SET label_agreement = NULL WHERE mark_number = 1",
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
    "reading_points_somewhere": [
        "UPDATE raw.reading SET row_id = 'nowhere' WHERE row_id IS NOT NULL",
        "UPDATE raw.reading SET mark_id = 'nowhere' WHERE mark_id IS NOT NULL",
        "UPDATE raw.reading SET row_id = (SELECT min(row_id) FROM raw.audit_row) WHERE mark_id IS NOT NULL",
        "UPDATE raw.reading SET page_number = 9 WHERE mark_id IS NULL",
    ],
    "repeat_points_back": [
        "INSERT INTO core.row_repeat BY NAME SELECT row_id, document_id, row_id AS repeats_row_id FROM raw.audit_row"
        " WHERE id = 'id-0'",
        "INSERT INTO core.row_repeat BY NAME SELECT row_id, document_id, 'nowhere' AS repeats_row_id FROM raw.audit_row"
        " WHERE id = 'id-0'",
    ],
    "row_id_names_place": [
        "UPDATE raw.audit_row SET row_number = 9 WHERE id = 'id-0'",
        "UPDATE raw.sharing_row SET page_number = 2 WHERE row_number = 1",
    ],
    "row_id_unique": [
        "INSERT INTO raw.audit_row FROM raw.audit_row WHERE id = 'id-0'",
        "UPDATE raw.sharing_row SET row_id = (SELECT min(row_id) FROM raw.audit_row) WHERE row_number = 1",
    ],
    "row_in_its_kind": [
        "UPDATE raw.segment SET kind = 'letter' WHERE kind = 'audit_log'",
        "UPDATE raw.segment SET kind = 'letter' WHERE kind = 'sharing_list'",
        "UPDATE raw.audit_row SET segment_id = 'nowhere' WHERE id = 'id-0'",
    ],
    "row_page_in_segment": [
        f"DELETE FROM raw.page WHERE document_id = '{LOG}' AND page_number = 1",
        "UPDATE raw.segment SET last_page = 1 WHERE first_page = 1",
        "UPDATE raw.row_continuation SET row_id = 'nowhere'",
        "UPDATE raw.row_continuation SET continued_page_number = 9",
        "UPDATE raw.sharing_row SET page_number = 9 WHERE row_number = 1",
    ],
    "row_typed_once": [
        "DELETE FROM core.audit_search WHERE search_id = 'id-0'",
        "INSERT INTO core.audit_search FROM core.audit_search WHERE search_id = 'id-0'",
        "UPDATE core.audit_search SET row_id = 'nowhere' WHERE search_id = 'id-0'",
    ],
    "rows_all_loaded": [
        "DELETE FROM raw.audit_row WHERE id = 'id-0'",
        "INSERT INTO raw.audit_row FROM raw.audit_row WHERE id = 'id-0'",
        "DELETE FROM meta.part_file",
    ],
    "search_group_whole": [
        "INSERT INTO core.search_group SELECT 'log', row_id, 'id', 3, 1, 1, [], FALSE, [row_id, 'nowhere']"
        " FROM core.audit_search WHERE search_id = 'id-0'",
        "INSERT INTO core.search_group SELECT 'across', row_id, 'id', 1, 1, 1, [], FALSE, [row_id]"
        " FROM core.audit_search WHERE search_id = 'id-0'",
    ],
    "searches_counted": [
        "UPDATE core.audit_search SET is_first_in_log = FALSE WHERE search_id = 'id-0'",
        "UPDATE core.audit_search SET is_first_across = FALSE WHERE search_id = 'id-0'",
    ],
}


NOBODYS = {
    "decision_in_one_standing",
    "decision_log_whole",
    "document_has_receipt",
    "document_prefix_unique",
    "searches_counted",
}
"""Checks that are about the inputs as a whole: leaving one document out mends nothing."""
OF_NO_DOCUMENT = {
    "INSERT INTO raw.release FROM raw.release",
    f"UPDATE core.issue SET document_id = '{'0' * 64}' WHERE code = 'damaged'",
}
"""Damage, elsewhere, to what belongs to no document."""


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sound")
    build(inputs(folder / "parts", ruled(), unruled(), letter(), *lists()), folder / "b.duckdb")
    return folder / "b.duckdb"


def lists() -> list[PartsFactory]:
    """A page of settings with a parent and its child, and a sharing list, each with a reading."""
    screen = settings("screen", [("Stolen Plate", "off"), ("All", "mixed"), ("Felony", "unreadable")])
    screen.tables["mark"][2]["parent_number"] = 2
    say(screen, 1, "title", "Hotlists")
    shared = sharing("shared", [("Alder OR PD", "East", "Home"), ("Birch WA SO", None, None)])
    said = {"page_number": 1, "reader": "rapidocr", "text": "t", **line_box(1)}
    screen.tables["reading"].append(said | {"mark_number": 1})
    shared.tables["reading"].append(said | {"row_number": 1, "column_ordinal": 0})
    return [screen, shared]


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
