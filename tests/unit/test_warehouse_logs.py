"""A log against itself: repeats, ids, running numbers, order, period and totals. The logs are invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.unit.parts_factory import ROWS_PER_PAGE, PartsFactory, box, inputs
from warehouse.build import build

HEADERS: list[str | None] = ["ID", "Org Name", "Total Networks Searched", "Search Time"]
BEGIN = datetime.fromisoformat("2025-11-03T08:00:00")
Text = list[str | None]


def log_rows(count: int = 30, step: timedelta = timedelta(hours=1)) -> list[Text]:
    """Rows in order of time, each with an id of its own."""
    times = [(BEGIN + k * step).strftime("%m/%d/%Y, %I:%M:%S %p UTC") for k in range(count)]
    return [[f"3f0a-{k:04d}", "Example Sheriff", str(100 + k), time] for k, time in enumerate(times)]


@pytest.fixture
def told(tmp_path: Path) -> Callable[..., list[dict[str, Any]]]:
    """Builds one log and gives back what the build says of it, by code, page and row."""

    def ask(
        rows: Sequence[Text], headers: list[str | None] = HEADERS, name: str = "log", lines: Sequence[str] = ()
    ) -> list[dict[str, Any]]:
        log = PartsFactory(name, headers, list(rows))
        for line in lines:
            glyphs = len("".join(line.split()))
            text = {"page_number": 1, "account": "left", "rule": "outside_table", "text": line, "glyph_count": glyphs}
            log.tables["page_text"].append({**text, **box(0, 30)})
            log.tables["page"][0]["glyphs_seen"] += glyphs
            log.tables["page"][0]["glyphs_left"] += glyphs
        path = tmp_path / "new.duckdb"
        given = inputs(tmp_path / "parts", log)
        build(replace(given, documents=[replace(d, file_name=f"{name}.pdf") for d in given.documents]), path)
        with duckdb.connect(str(path), read_only=True) as connection:
            found = connection.execute(
                "SELECT code, severity, page_number, row_number, field, message FROM core.issue WHERE stage = 'derive'"
            )
            columns = [column[0] for column in found.description]
            return [dict(zip(columns, row, strict=True)) for row in found.fetchall()]

    return ask


Ask = Callable[..., list[dict[str, Any]]]


def place(index: int) -> tuple[int, int]:
    return index // ROWS_PER_PAGE + 1, index % ROWS_PER_PAGE + 1


def places(issues: list[dict[str, Any]], code: str) -> list[tuple[int, int]]:
    return sorted((i["page_number"], i["row_number"]) for i in issues if i["code"] == code)


def test_a_log_that_is_as_it_should_be_says_nothing(told: Ask) -> None:
    assert told(log_rows(), name="11_3_2025-11_4_2025-audit", lines=["Total: 30", "30 results"]) == []


def test_a_repeated_row_is_kept_and_marked(told: Ask, tmp_path: Path) -> None:
    rows = log_rows()
    [issue] = told([*rows[:11], rows[10], *rows[11:]])
    assert (issue["code"], issue["severity"]) == ("rows_repeated", "notice")
    with duckdb.connect(str(tmp_path / "new.duckdb"), read_only=True) as connection:
        marked = connection.execute(
            "SELECT page_number, row_number, repeats_row_id FROM out.audit_search WHERE repeats_row_id IS NOT NULL"
        ).fetchall()
        (count,) = connection.execute("SELECT count(*) FROM out.audit_search").fetchone() or (0,)
    page, number = place(10)
    assert [(p, r) for p, r, _ in marked] == [place(11)] and count == 31
    assert marked[0][2].endswith(f"-p{page:05d}-r{number:03d}")


def test_one_id_in_two_rows_that_differ_names_both(told: Ask) -> None:
    rows = log_rows()
    rows[20][0] = rows[5][0]
    issues = told(rows)
    assert places(issues, "id_twice") == [place(5), place(20)]
    assert {(i["code"], i["field"]) for i in issues} == {("id_twice", "id")}


def test_masked_ids_are_no_ids(told: Ask) -> None:
    assert told([["***", *row[1:]] for row in log_rows()]) == []


def test_a_row_out_of_order_is_named_up_and_down(told: Ask) -> None:
    rows = log_rows()
    rows[12][3], moved = rows[2][3], 12
    for order, at in ((rows, moved), (rows[::-1], len(rows) - 1 - moved)):
        issues = told(order, name=f"log-{at}")
        assert places(issues, "time_out_of_order") == [place(at)] and len(issues) == 1


def test_an_unsorted_log_is_not_asked_for_order(told: Ask) -> None:
    rows = log_rows()
    assert told([rows[(7 * k) % len(rows)] for k in range(len(rows))]) == []


def test_a_log_that_begins_anew_names_no_cell(told: Ask) -> None:
    rows = log_rows()
    [issue] = told(rows[15:] + rows[5:15])
    assert (issue["code"], issue["severity"], issue["row_number"]) == ("times_begin_anew", "notice", None)


def test_a_file_named_august_held_november(told: Ask) -> None:
    for name in ("audit-august", "Audit_Aug_2025"):
        [issue] = told(log_rows(), name=name)
        assert (issue["code"], issue["page_number"]) == ("period_differs", None)


def test_a_day_more_at_either_end_is_local_time(told: Ask) -> None:
    assert told(log_rows(), name="11_4_2025-11_4_2025") == []


def test_few_rows_outside_the_period_are_named(told: Ask) -> None:
    rows = log_rows(120, timedelta(hours=2))
    rows[-1][3] = "12/20/2025, 08:00:00 AM UTC"
    issues = told(rows, name="audit-nov-2025")
    assert places(issues, "time_outside_period") == [place(119)]
    assert [i["code"] for i in issues if i["row_number"] is None] == ["period_differs"]


def test_a_log_that_ends_long_before_its_period_is_noticed(told: Ask) -> None:
    [issue] = told(log_rows(), name="audit-nov-2025")
    assert (issue["code"], issue["severity"]) == ("period_not_filled", "notice")


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Total: 31", "total_differs"),
        ("Total records: 1,030", "total_differs"),
        ("31 results", "total_differs"),
        ("Showing 1 to 3 of 31", "total_differs"),
        ("Showing 1 to 4 of 30", "page_total_differs"),
        ("Page total: 4", "page_total_differs"),
    ],
)
def test_totals_that_are_not_the_rows(told: Ask, line: str, code: str) -> None:
    assert [i["code"] for i in told(log_rows(), lines=[line])] == [code]


@pytest.mark.parametrize(
    "line", ["Total: 30", "Total 3,435", "30 searches", "Showing 1 to 3 of 30", "Page total: 3", "50 results per page"]
)
def test_totals_that_are_rows_or_sums(told: Ask, line: str) -> None:
    """3,435 is the sum of 100 to 129."""
    assert told(log_rows(), lines=[line]) == []


def test_a_gap_in_running_numbers_is_named(told: Ask) -> None:
    rows = [[str(k + 1 if k < 12 else k + 2), *row] for k, row in enumerate(log_rows())]
    issues = told(rows, headers=["#", *HEADERS])
    assert [(i["code"], i["field"]) for i in issues] == [("number_gap", "#")]
    assert places(issues, "number_gap") == [place(12)]


def test_numbers_that_begin_anew_are_no_gap(told: Ask) -> None:
    rows = [[str(k % 20 + 1), *row] for k, row in enumerate(log_rows(60))]
    assert told(rows, headers=["#", *HEADERS]) == []
