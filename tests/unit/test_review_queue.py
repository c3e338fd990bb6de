"""The review queue: what is doubtful comes in the order of its effect, and goes out when somebody has decided."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from records.decisions import MAX_SEEN, DecisionKind, TargetKind
from records.marks import MarkState
from records.release import Release
from review.decided import decided, last_of
from review.decision_log import DecisionLog, read_log
from review.queue import Filters, Item, item_after, item_before, item_of, items, progress
from review.queue_facts import queue_facts
from review.queue_texts import texts
from review.same_reading import same_readings
from review.targets import check_value, see
from review.web.item import value_page
from tests.unit.lists_factory import doubt, settings, sharing
from tests.unit.parts_factory import PartsFactory, document_id, inputs
from warehouse.build import build
from warehouse.query import connect

HEADERS: list[str | None] = ["ID", "Org Name", "Reason", "Mystery"]
ROWS: list[list[str | None]] = [
    ["id-0", "Alder OR PD", "wellfare", "m"],
    ["id-1", "Alder OR PD", "wellfare", "m"],
    ["id-2", "Alder OR PD", "wellfare ", "n"],
    ["id-3", "Birch PD", "theft", None],
    ["id-4", None, "wellfare", "m"],
]
REASON, MYSTERY = 2, 3
TODAY = date(2026, 3, 1)


def a_log(name: str, headers: list[str | None] = HEADERS) -> PartsFactory:
    """Three rows a page; the readings of two reasons are doubtful, one of them twice over, and one cell of Mystery."""
    made = PartsFactory(name, headers, [list(row) for row in ROWS])
    for page, row, column, code in (
        (1, 1, REASON, "crosses_column"),
        (1, 1, REASON, "value_unlike_column"),
        (1, 2, REASON, "crosses_column"),
        (2, 1, MYSTERY, "empty_cell"),
        (2, 2, None, "rows_joined"),
    ):
        made.tables["issue"].append(
            {"code": code, "severity": "doubt", "message": "m", "page_number": page, "row_number": row}
            | ({"column_ordinal": column} if column is not None else {})
        )
    return made


ONE, TWO, OTHER = "one", "two", "other-columns"
SCREEN = settings("screen", [("Stolen Plate", "unreadable"), ("Felny", "on"), ("Felny", "off")])
LIST = sharing("list", [("Cedar TX PD", "East", None), ("Cedar TX PD", "West", None), ("Dunn SO", None, None)])


def row_id(name: str, page: int, number: int) -> str:
    return f"{document_id(name)[:16]}-p{page:05d}-r{number:03d}"


def mark_id(number: int) -> str:
    return f"{SCREEN.document_id[:16]}-p00001-m{number:03d}"


def given(parts: Path) -> Any:
    screen = settings("screen", [("Stolen Plate", "unreadable"), ("Felny", "on"), ("Felny", "off")])
    doubt(screen, "label_near_topic", 1, 2)
    others = [*HEADERS[:3], "Moderation"]
    logs = (a_log(ONE), a_log(TWO), a_log(OTHER, others), screen, sharing("list", *[LIST_ROWS]))
    made = inputs(parts, *logs)
    # Three of the logs are in a release whose agency is the producer of all of them.
    return dataclasses.replace(made, releases=[*made.releases, Release("empty-2025")])


LIST_ROWS = [("Cedar TX PD", "East", None), ("Cedar TX PD", "West", None), ("Dunn SO", None, None)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("queue")
    build(given(folder / "parts"), folder / "w.duckdb")
    return folder / "w.duckdb"


@pytest.fixture
def connection(built: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with connect(built) as opened:
        yield opened


@pytest.fixture
def log(tmp_path: Path) -> Iterator[DecisionLog]:
    with DecisionLog(tmp_path / "decisions.db") as opened:
        yield opened


def keys(found: list[Item]) -> list[tuple[str, str]]:
    return [item.key for item in found]


def test_doubt_times_rows_touched_orders_the_queue(connection: duckdb.DuckDBPyConnection) -> None:
    """0.5 and 0.4 are one doubt of 1 - 0.5 * 0.6 = 0.7. The reading "wellfare" is doubtful in two rows of each of two
    logs that print the same columns and have one producer; with another last column it is another layout."""
    known = {item.key: item for item in items(connection, Filters(), {}, most=100)}
    twice = known[row_id(ONE, 1, 1), "reason"]
    assert (twice.codes, twice.doubt, twice.rows_touched, twice.score) == (
        ("crosses_column", "value_unlike_column"), 0.7, 4, 2.8,
    )  # fmt: skip
    assert known[row_id(ONE, 1, 2), "reason"].score == 0.5 * 4
    assert known[row_id(OTHER, 1, 2), "reason"].score == 0.5 * 2
    # A blank is no reading that others could share; a row as a whole is doubted at the column that starts it.
    assert known[row_id(ONE, 2, 1), "Mystery"].score == 0.2
    assert known[row_id(ONE, 2, 2), "id"].codes == ("rows_joined",)
    unreadable = known[mark_id(1), "state"]
    assert (unreadable.target_kind, unreadable.doubt, unreadable.score) == ("mark_state", 1.0, 50.0)
    assert known[mark_id(2), "label"].score == 0.4 * 20
    # What nobody stated of a release that holds nothing touches nothing.
    assert not any(item.target_kind == "release_fact" for item in known.values())
    scores = [item.score for item in known.values()]
    assert scores == sorted(scores, reverse=True)
    assert [item.item_number for item in known.values()] == list(range(1, len(known) + 1))


def test_organizations_that_the_rules_flag_come_with_the_rows_that_show_them(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Birch PD prints no state: one row in each of three logs."""
    found = [item for item in items(connection, Filters(kind="organization_attribute"), {}) if item.field == "state"]
    by_name = {
        name: item
        for item in found
        for (name,) in connection.execute(
            "SELECT organization FROM core.organization WHERE org_id = ?", [item.target_id]
        ).fetchall()
    }
    assert (by_name["Birch PD"].rows_touched, by_name["Birch PD"].codes) == (3, ("state_unknown",))


def test_the_queue_is_part_of_the_content_and_the_same_each_time(built: Path, tmp_path: Path) -> None:
    again = build(given(tmp_path / "parts"), tmp_path / "w.duckdb")
    with connect(built) as opened:
        assert opened.execute("SELECT content_hash FROM meta.build").fetchall() == [(again.content_hash,)]


def test_filters(connection: duckdb.DuckDBPyConnection, log: DecisionLog) -> None:
    everything = items(connection, Filters(), {}, most=100)
    for filters, right in (
        (Filters(kind="mark_state"), lambda i: i.target_kind == "mark_state"),
        (Filters(code="crosses_column"), lambda i: "crosses_column" in i.codes),
        (Filters(field="reason"), lambda i: i.field == "reason"),
        (Filters(document=document_id(TWO)), lambda i: i.document_id == document_id(TWO)),
        (Filters(release="example-2025", field="Mystery"), lambda i: i.field == "Mystery"),
        (Filters(release="denied-2025"), lambda i: False),
    ):
        wanted = keys([item for item in everything if right(item)])
        assert keys(items(connection, filters, {}, most=100)) == wanted, filters
        assert progress(connection, filters, {}, "anna", TODAY).all == len(wanted)
    offered = queue_facts(connection, "of these tests").choices
    assert dict(offered["kind"])["mark_state"] == 1
    assert dict(offered["code"])["crosses_column"] == 6
    assert dict(offered["field"])["Mystery"] == 2


def test_what_was_read_is_shown_of_every_kind(connection: duckdb.DuckDBPyConnection) -> None:
    everything = items(connection, Filters(), {}, most=100)
    found = texts(connection, everything)
    assert found.keys() == set(keys(everything))
    assert found[row_id(ONE, 1, 1), "reason"] == "wellfare"
    assert found[row_id(ONE, 2, 1), "Mystery"] is None
    assert found[mark_id(1), "state"] == "unreadable" and found[mark_id(2), "label"] == "Felny"


def test_what_is_decided_goes_out_and_comes_back_when_undone(
    connection: duckdb.DuckDBPyConnection, log: DecisionLog
) -> None:
    first, second, third = items(connection, Filters(), {}, most=3)
    log.append(DecisionKind.ACCEPT, see(connection, *second.key).target, "anna")
    now = decided(connection, log)
    assert keys(items(connection, Filters(), now, most=2)) == [first.key, third.key]
    assert keys(items(connection, Filters(show="decided"), now)) == [second.key]
    assert item_after(connection, Filters(), first.item_number, now) == third
    assert item_after(connection, Filters(), first.item_number) == second
    assert item_before(connection, Filters(), third.item_number) == second
    mine = now[second.key].decided_datetime.date()
    told = progress(connection, Filters(), now, "anna", mine)
    assert (told.decided, told.open, told.today_by_me) == (1, told.all - 1, 1)
    assert progress(connection, Filters(), now, "ben", mine).today_by_me == 0
    assert progress(connection, Filters(), now, "anna", date(1999, 1, 1)).today_by_me == 0
    log.undo(1, "anna")
    assert dict(decided(connection, log)) == {}


def test_a_snapshot_that_knows_the_decision_agrees_with_the_log(
    connection: duckdb.DuckDBPyConnection, log: DecisionLog, tmp_path: Path
) -> None:
    """After the next build the item stays, with its standing; undone, it is open at once."""
    item = items(connection, Filters(), {}, most=1)[0]
    log.append(DecisionKind.CORRECT, see(connection, *item.key).target, "anna", value=MarkState.ON.value)
    entries = read_log(tmp_path / "decisions.db")
    build(dataclasses.replace(given(tmp_path / "parts"), decisions=entries), tmp_path / "w.duckdb")
    with connect(tmp_path / "w.duckdb") as later:
        found = item_of(later, *item.key)
        assert found is not None and found.standing == "corrected"
        assert item.key in decided(later, log)
        assert item.key not in keys(items(later, Filters(), decided(later, log), most=100))
        log.undo(1, "anna")
        assert dict(decided(later, log)) == {}


def test_what_was_decided_while_another_snapshot_was_built_is_found_by_its_place(
    connection: duckdb.DuckDBPyConnection, log: DecisionLog, tmp_path: Path
) -> None:
    """Anna decides on the first row. Meanwhile its page is read anew: what was row 1 is row 2 now, and the other way
    round; of the fourth row something else is read."""
    first, fourth = (row_id(ONE, 1, 1), "reason"), (row_id(ONE, 2, 1), "reason")
    for key in (first, fourth):
        log.append(DecisionKind.REJECT, see(connection, *key).target, "anna", snapshot_hash=hash_of(connection))
    anew = a_log(ONE)
    anew.rows[0]["row_number"], anew.rows[1]["row_number"] = 2, 1
    anew.rows[3][f"text_{REASON}"] = "thaft"
    build(inputs(tmp_path / "parts", anew), tmp_path / "w.duckdb")
    with connect(tmp_path / "w.duckdb") as later:
        assert list(decided(later, log)) == [(row_id(ONE, 1, 2), "reason")]
        seen = see(later, row_id(ONE, 1, 1), "reason")
        assert value_page(later, log, seen, Filters(), decided(later, log)).history == []
        seen = see(later, row_id(ONE, 1, 2), "reason")
        (entry,) = value_page(later, log, seen, Filters(), decided(later, log)).history
        assert entry.target.id == row_id(ONE, 1, 1)


def hash_of(connection: duckdb.DuckDBPyConnection) -> str:
    ((content_hash,),) = connection.execute("SELECT content_hash FROM meta.build").fetchall()
    return str(content_hash)


def test_a_decision_on_a_text_that_is_kept_by_its_hash_outlives_a_build(log: DecisionLog, tmp_path: Path) -> None:
    made = a_log(ONE)
    made.rows[0][f"text_{REASON}"] = "A" * (MAX_SEEN + 1)
    given = inputs(tmp_path / "parts", made)
    build(given, tmp_path / "a.duckdb")
    with connect(tmp_path / "a.duckdb") as before:
        log.append(DecisionKind.REJECT, see(before, row_id(ONE, 1, 1), "reason").target, "anna")
    entries = read_log(tmp_path / "decisions.db")
    build(dataclasses.replace(given, decisions=entries), tmp_path / "b.duckdb")
    with connect(tmp_path / "b.duckdb") as after:
        assert see(after, row_id(ONE, 1, 1), "reason").standing == "rejected"


def test_doubts_that_no_value_settles_are_told_apart(connection: duckdb.DuckDBPyConnection) -> None:
    told = queue_facts(connection, "of these tests").elsewhere
    assert {one["code"]: one["issue_count"] for one in told} == {
        "unknown_header": 2,
        "damaged": 1,
    }


def test_same_readings_are_the_same_text_in_the_same_layout(connection: duckdb.DuckDBPyConnection) -> None:
    """Rows 1, 2 and 5 of two logs; not "wellfare " with a space, not the log with another last column."""
    target = see(connection, row_id(ONE, 1, 1), "reason").target
    others, count = same_readings(connection, target, {})
    wanted = {row_id(ONE, 1, 2), row_id(ONE, 2, 2), row_id(TWO, 1, 1), row_id(TWO, 1, 2), row_id(TWO, 2, 2)}
    assert ({other.target.id for other in others}, count) == (wanted, 5)
    assert [other.is_doubtful for other in others] == [True, True, True, False, False]
    assert {other.target.field for other in others} == {"reason"}
    for other in others:  # bound to its own place, as if somebody had looked at it
        assert other.target == see(connection, other.target.id, "reason").target
    taken = {(row_id(TWO, 1, 2), "reason"), (row_id(TWO, 2, 2), "org_name")}
    assert same_readings(connection, target, taken)[1] == 4
    other_column = see(connection, row_id(ONE, 1, 1), "Mystery").target
    assert same_readings(connection, other_column, {})[1] == 5
    assert same_readings(connection, see(connection, row_id(ONE, 2, 1), "Mystery").target, {}) == ([], 0)


def test_same_readings_of_lists_and_marks(connection: duckdb.DuckDBPyConnection) -> None:
    cell = see(connection, f"{LIST.document_id[:16]}-p00001-r001", "organization").target
    (other,) = same_readings(connection, cell, {})[0]
    assert other.target.id == f"{LIST.document_id[:16]}-p00001-r002"
    label = see(connection, mark_id(2), "label").target
    assert [other.target.id for other in same_readings(connection, label, {})[0]] == [mark_id(3)]
    # The state of another entry is another finding, however alike its label.
    assert same_readings(connection, see(connection, mark_id(2), "state").target, {}) == ([], 0)


def test_facts_of_releases_can_be_decided_within_reason(connection: duckdb.DuckDBPyConnection) -> None:
    target = see(connection, "empty-2025", "produced_date").target
    assert (target.kind, target.seen_text) == (TargetKind.RELEASE_FACT, None)
    check_value(target, "2025-04-30")
    check_value(target, "")  # nothing is stated
    check_value(see(connection, "empty-2025", "status").target, None)  # to accept it is no correction
    for field, value, said in (
        ("produced_date", "30 April", "year first"),
        ("time_zone", "Central", "IANA"),
        ("state", "Texas", "two letters"),
        ("status", "done", "one of fulfilled"),
        ("status", "", "one of fulfilled"),
    ):
        with pytest.raises(Exception, match=said):
            check_value(see(connection, "empty-2025", field).target, value)


def test_another_log_in_its_place_is_not_taken_for_the_first(
    connection: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    """A log put back from a backup: what was read of the other one is forgotten."""
    first, second = (item.key for item in items(connection, Filters(), {}, most=2))
    path = tmp_path / "decisions.db"
    for key in (first, second):
        with DecisionLog(path) as log:
            log.append(DecisionKind.ACCEPT, see(connection, *key).target, "anna")
            assert decided(connection, log).keys() == {key}
        for file in tmp_path.glob("decisions.db*"):
            file.unlink()


def test_the_last_decision_of_a_reviewer_is_the_one_that_others_were_taken_along_with(
    connection: duckdb.DuckDBPyConnection, log: DecisionLog
) -> None:
    one, two, three = (item.key for item in items(connection, Filters(field="reason"), {}, most=3))
    assert last_of("anna", decided(connection, log)) == (None, 0)
    log.append_all(DecisionKind.ACCEPT, [see(connection, *key).target for key in (one, two)], "anna")
    first, count = last_of("anna", decided(connection, log))
    assert first is not None and ((first.target_id, first.field), count) == (one, 1)
    log.append(DecisionKind.ACCEPT, see(connection, *three).target, "ben")
    assert last_of("anna", decided(connection, log)) == (first, 1)
    log.undo(1, "anna")  # alone: the other one is the last now
    last, count = last_of("anna", decided(connection, log))
    assert last is not None and ((last.target_id, last.field), count) == (two, 0)
