"""Blind double review: the sample, what may be logged, and the figures against hand-computed ones."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from records.decisions import Target, TargetKind
from records.double_review import Interval
from records.places import BBox
from review.double_figures import rates, read_rates, verdicts
from review.double_log import ADJUDICATION, READING, DoubleLog
from review.double_sample import Drawn, draw
from review.errors import DecisionError
from tests.unit.lists_factory import settings, sharing
from tests.unit.parts_factory import PartsFactory, inputs
from warehouse.build import build
from warehouse.query import connect

BOX = BBox(10, 20, 30, 40)
MACHINE = ["theft", "arson", "fraud", None, "bolo", "on"]


def drawn() -> list[Drawn]:
    """Five reasons and a state, as the machine read them."""
    cells = [
        Drawn(Target(TargetKind.AUDIT_CELL, f"r{n}", "reason", text, "ab" * 32, 1, BOX), "pdfium", 700_000)
        for n, text in enumerate(MACHINE[:5])
    ]
    state = Target(TargetKind.MARK_STATE, "m1", "state", "unreadable", "ab" * 32, 1, BOX)
    return [*cells, Drawn(state, "toggle/both", 12)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "decisions.db"


def say(
    log: DoubleLog, item: int, who: str, text: str | None, *, unreadable: bool = False, role: str = READING
) -> None:
    log.add(1, item, who, role, text, unreadable, f"{item}-{who}-{role}-{text}-of-a-form")


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        # Worked out by hand with z = 1.95996: (k + z²/2 ± z √(k(n-k)/n + z²/4)) / (n + z²), z² = 3.84146.
        (0, 10, 0.0, 0.27753),  # 3.84146 / 13.84146
        (1, 10, 0.01788, 0.40415),  # (2.92073 ± 1.95996 √1.86036) / 13.84146
        (5, 10, 0.23659, 0.76341),  # (6.92073 ± 1.95996 √3.46036) / 13.84146
        (10, 10, 0.72247, 1.0),
        (0, 300, 0.0, 0.01264),  # 3.84146 / 303.84146
    ],
)
def test_the_interval_is_wilsons(count: int, of: int, low: float, high: float) -> None:
    found = Interval(count, of)
    assert found.share == count / of
    assert found.low == pytest.approx(low, abs=5e-5)
    assert found.high == pytest.approx(high, abs=5e-5)


def test_of_nothing_nothing_is_known() -> None:
    assert (Interval(0, 0).share, Interval(0, 0).low, Interval(0, 0).high) == (None, 0.0, 1.0)


def test_the_figures_of_a_round(path: Path) -> None:
    with DoubleLog(path) as log:
        log.start(drawn(), "anna", "f" * 64, 5)
        for item, anna, ben in ((1, "theft", "theft"), (2, "arson ", "arson"), (3, "frand", "frand"), (4, "x", None)):
            say(log, item, "anna", anna)
            say(log, item, "ben", ben)
        say(log, 5, "anna", None, unreadable=True)
        say(log, 5, "ben", None, unreadable=True)
        say(log, 6, "ben", "on")
        say(log, 6, "anna", "on")
        found = verdicts(log.items(1), log.readings(1))
        assert [verdict.is_disputed for verdict in found] == [False, False, False, True, False, False]
        cells, state = rates(found)
        # Of four settled none is blank yet: theft and arson are right, fraud is wrong; bolo nobody can read.
        assert (cells.sampled, cells.read_twice, cells.agreed, cells.settled, cells.unreadable) == (5, 5, 4, 3, 1)
        assert (cells.error.count, cells.error.of, cells.agreement.count, cells.class_size) == (1, 3, 4, 700_000)
        assert (state.settled, state.abstained, state.error.of) == (1, 1, 0)  # it said itself that it cannot tell
        say(log, 4, "cleo", "x", role=ADJUDICATION)
        cells, _ = rates(verdicts(log.items(1), log.readings(1)))
        # The machine read nothing there, and x is printed: the second error.
        assert (cells.settled, cells.errors, cells.agreed) == (4, 2, 4)
    assert read_rates(path)[0] == cells
    assert read_rates(path.with_name("none.db")) == []


def test_nobody_reads_after_two_and_nobody_settles_before(path: Path) -> None:
    with DoubleLog(path) as log:
        log.start(drawn(), "anna", "f" * 64, 5)
        say(log, 1, "anna", "thefl")
        say(log, 1, "anna", "theft")  # a slip, corrected in time
        with pytest.raises(DecisionError, match="before there are two"):
            say(log, 1, "cleo", "theft", role=ADJUDICATION)
        say(log, 2, "anna", "arson")
        say(log, 1, "ben", "theft")
        for who in ("cleo", "anna"):
            with pytest.raises(DecisionError, match="Two people"):
                say(log, 1, who, "arson")
        with pytest.raises(DecisionError, match="no value 99"):
            say(log, 99, "anna", "x")
        assert verdicts(log.items(1), log.readings(1))[0].is_agreed
        before = log.readings(1)
        say(log, 1, "ben", "theft")  # the same form again
        assert log.readings(1) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE double_reading SET text = 'x'",
        "DELETE FROM double_reading",
        "INSERT OR REPLACE INTO double_reading SELECT * FROM double_reading",
        "UPDATE double_item SET machine_text = 'x'",
        "DELETE FROM double_item",
        "INSERT INTO double_item SELECT round_number, 7, target_kind, target_id, field, document_id, page_number, x0,"
        " top, x1, bottom, machine_text, class, class_size FROM double_item WHERE item_number = 1",
        "UPDATE double_round SET wanted = 9",
        "DELETE FROM double_round",
    ],
)
def test_no_statement_changes_what_was_read_or_drawn(path: Path, statement: str) -> None:
    with DoubleLog(path) as log:
        log.start(drawn(), "anna", "f" * 64, 5)
        say(log, 1, "anna", "theft")
    connection = sqlite3.connect(path)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


def test_the_sample_is_the_same_for_everybody_and_has_every_class(tmp_path: Path) -> None:
    log = PartsFactory("sampled", ["ID", "Reason", "Mystery"], [[f"id-{n}", "x", None] for n in range(20)])
    screen = settings("screen", [(f"Topic {n}", "on") for n in range(6)], style="toggle")
    other = settings("form", [(f"Box {n}", "off") for n in range(2)])
    shared = sharing("list", [(f"Org {n} TX PD", "East", None) for n in range(5)])
    build(inputs(tmp_path / "parts", log, screen, other, shared), tmp_path / "w.duckdb")
    with connect(tmp_path / "w.duckdb") as connection:
        sample = draw(connection, 4)
        assert sample == draw(connection, 4)
        larger = draw(connection, 5)
    assert {one.target for one in sample} < {one.target for one in larger}
    counted: dict[tuple[str, str, int], int] = {}
    for one in sample:
        key = (one.target.field, one.class_name, one.class_size)
        counted[key] = counted.get(key, 0) + 1
    # Mystery is blank in every row and read all the same; nothing is printed under sharing_to anywhere.
    assert counted == {
        ("id", "pdfium", 20): 4, ("reason", "pdfium", 20): 4, ("Mystery", "pdfium", 20): 4,
        ("organization", "both", 5): 4, ("shared_with_me", "both", 5): 4,
        ("label", "toggle/both", 6): 4, ("state", "toggle/both", 6): 4,
        ("label", "check_box/both", 2): 2, ("state", "check_box/both", 2): 2,
    }  # fmt: skip
