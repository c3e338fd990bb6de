"""Printed rows typed: what each cell is, what it says, and that neither is ever lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import duckdb
import pytest

from tests.unit.search_logs import HEADERS, built, each, log
from warehouse.search_columns import NAMES
from warehouse.search_rules import STATES

Rows = Callable[..., list[tuple[object, ...]]]

VIEWS = ("audit_search", "audit_search_distinct", "audit_search_across")


@pytest.fixture(scope="module")
def ten_states(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """One log with every state in it; Text Prompt was withheld, says its release, and Moderation not exported."""
    rows: list[dict[str, str | None]] = [
        {},
        {"Case #": None},
        {"Name": "***"},
        {"License Plate": "REDACTED"},
        {"Reason": "REDACTED, plate only"},
        {"Filters": "n/a"},
        {"License Plate": None},
        {"Name": "acc\ufffdunt"},
    ]
    for second, row in enumerate(rows):
        row["Search Time"] = f"11/02/2025, 09:53:{second:02} AM UTC"
    ten = log("ten", rows, [h for h in HEADERS if h not in ("Text Prompt", "Moderation")])
    issue = {"code": "blacked_out", "severity": "notice", "message": "m", "page_number": 3, "row_number": 1}
    ten.tables["issue"].append({**issue, "column_ordinal": ten.headers.index("License Plate")})
    folder = tmp_path_factory.mktemp("ten")
    with built(folder, ten, exemptions=("Text Prompt: 7923.600 GC",)) as connection:
        yield connection


def test_one_log_holds_all_ten_states_and_every_view_keeps_them(ten_states: duckdb.DuckDBPyConnection) -> None:
    for view in VIEWS:
        every = " UNION ALL ".join(
            f"SELECT row_id, '{name}' AS field, {name}_state AS state, {name}_marker AS marker FROM out.{view}"
            for name in NAMES.values()
        )
        found = ten_states.execute(f"SELECT state, count(*), max(marker) FROM ({every}) GROUP BY state").fetchall()
        assert {str(state) for state, *_ in found} == set(STATES), view
        assert {state: (count, marker) for state, count, marker in found if state not in ("value", "empty")} == {
            "masked": (1, "***"),
            "redacted": (1, "REDACTED"),
            "partial": (1, "REDACTED"),
            "placeholder": (1, "n/a"),
            "not_exported": (8, None),
            "withheld": (8, "7923.600 GC"),
            "blacked_out": (1, "black box"),
            "illegible": (1, "acc\ufffdunt"),
        }, view


def test_what_is_no_value_is_null_and_what_is_printed_stays_reachable(ten_states: duckdb.DuckDBPyConnection) -> None:
    found = ten_states.execute(
        "SELECT t.name, p.name, t.reason, p.reason, t.filters, p.filters FROM out.audit_search AS t"
        " JOIN out.audit_search_printed AS p USING (row_id) ORDER BY row_id"
    ).fetchall()
    assert found[2][:2] == (None, "***")
    assert found[4][2:4] == ("REDACTED, plate only", "REDACTED, plate only")
    assert found[5][4:] == (None, "n/a")
    assert found[7][:2] == (None, "acc\ufffdunt")


CELLS: list[tuple[str, str, str]] = [
    ("License Plate", "***", "masked"),
    ("License Plate", "AB*", "value"),
    ("License Plate", "*", "value"),
    ("License Plate", "AB***CD", "value"),
    ("License Plate", " ***\u00a0", "masked"),
    ("Reason", "* * *", "redacted"),
    ("Reason", "###", "redacted"),
    ("Reason", "[REDACTED]", "redacted"),
    ("Reason", "redacted", "redacted"),
    ("Reason", "\u2588\u2588\u2588", "redacted"),
    ("Reason", "7923.600 GC", "redacted"),
    ("Reason", "(b)(7)(C)", "redacted"),
    ("Reason", "REDACTED per 7923.600 GC", "redacted"),
    ("Reason", "stated by the release", "redacted"),
    ("Reason", "(b)(6), (b)(7)(C)", "redacted"),
    ("Reason", "F.S. 119.071", "redacted"),
    ("Reason", "O.C.G.A. \u00a7 35-1-22", "redacted"),
    ("Reason", "[REMOVED]", "redacted"),
    ("Reason", "Officer (b)(6) theft", "partial"),
    ("Reason", "21 USC 841 (b)(7)", "value"),
    ("Reason", "Confidential", "withheld"),
    ("Reason", "confidential informant", "value"),
    ("Reason", "not provided", "placeholder"),
    ("Reason", "(blank)", "placeholder"),
    ("Reason", "\u2026", "placeholder"),
    ("Reason", "\u200b", "empty"),
    ("Reason", "theft [REDACTED] follow up", "partial"),
    ("Reason", "suspect \u2588\u2588 seen", "partial"),
    ("Reason", "unredacted copy", "value"),
    ("Reason", "WITHHELD", "withheld"),
    ("Reason", "[illegible]", "illegible"),
    ("Reason", "none", "placeholder"),
    ("Reason", ".", "placeholder"),
    ("Reason", "0", "placeholder"),
    ("Reason", "test", "placeholder"),
    ("Reason", "test drive of stolen car", "value"),
    ("Reason", "26-12879", "value"),
    ("Reason", "5145", "value"),
    ("Reason", "PC 459", "value"),
    ("Reason", "call #### back", "value"),
    ("Total Networks Searched", "0", "value"),
    ("Total Networks Searched", "\u2014\u2014", "placeholder"),
    ("Moderation", "none", "value"),
    ("Moderation", "-", "placeholder"),
]
COUNTS: list[tuple[str, int | None, str]] = [
    ("1,234", 1234, "ok"),
    ("2.0", 2, "ok"),
    ("0", 0, "ok"),
    ("12,34", None, "unparsed"),
    ("-3", None, "unparsed"),
    ("1.5", None, "unparsed"),
    ("99999999999", None, "unparsed"),
    ("O12", None, "unparsed"),
]


@pytest.fixture(scope="module")
def cells(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[object, ...]]:
    """(state, marker) of every cell of ``CELLS``, each in a log of its own."""
    every = ", ".join(f"{name}_state, {name}_marker" for name in NAMES.values())
    rows = each(
        tmp_path_factory.mktemp("cells"),
        [{field: printed} for field, printed, _ in CELLS],
        f"{every} FROM core.audit_search",
        exemptions=("stated by the release",),
    )
    columns = [HEADERS.index(field) * 2 for field, *_ in CELLS]
    return [row[column : column + 2] for row, column in zip(rows, columns, strict=True)]


@pytest.mark.parametrize("number", range(len(CELLS)), ids=[f"{field}: {text}" for field, text, _ in CELLS])
def test_a_cell_is_what_it_prints(cells: list[tuple[object, ...]], number: int) -> None:
    _, printed, state = CELLS[number]
    marked = state in ("masked", "redacted", "withheld", "illegible", "placeholder")
    assert cells[number][0] == state
    assert (cells[number][1] == printed) == marked


def test_counts_are_whole_numbers_or_null(tmp_path: Path) -> None:
    printed = [{"Total Networks Searched": text} for text, *_ in COUNTS]
    found = each(
        tmp_path,
        printed,
        "networks_searched, networks_searched_parse, i.seen_text FROM core.audit_search"
        " LEFT JOIN core.issue AS i USING (document_id)",
    )
    assert found == [(number, parse, None if parse == "ok" else text) for text, number, parse in COUNTS]


def test_words_of_a_search_are_taken_apart(tmp_path: Path) -> None:
    rows: list[dict[str, str | None]] = [
        {"Search Type": "lookup - Mobile", "Moderation": "Allow", "Filters": "california9AAA999"},
        {"Search Type": "MULTIGEO", "Moderation": "The prompt asks for a person.", "Filters": "White Suv All Images"},
        {"Search Type": "telepathy", "Moderation": None, "Filters": None},
    ]
    with built(tmp_path, log("words", rows)) as connection:
        found = connection.execute(
            "SELECT search_type, is_mobile, search_type_parse, moderation_class, has_plate_like_filter"
            " FROM core.audit_search ORDER BY row_id"
        ).fetchall()
        issues = connection.execute("SELECT code, seen_text FROM core.issue WHERE field = 'search_type'").fetchall()
    assert found == [
        ("lookup", True, "ok", "allow", True),
        ("multiGeo", False, "ok", "prose", False),
        ("telepathy", False, "unknown_word", None, None),
    ]
    assert issues == [("search_type_unknown", "telepathy")]


def test_a_whole_column_of_one_constant_is_found(tmp_path: Path) -> None:
    rows = [{"Case #": "see report", "License Plate": f"SMPL{n:02}", "Name": "one account"} for n in range(20)]
    with built(tmp_path, log("constant", rows), log("short", rows[:19])) as connection:
        states = connection.execute(
            "SELECT d.file_name, case_number_state, case_number, case_number_marker, name_state, license_plate_state,"
            " count(*) FROM core.audit_search JOIN raw.document AS d USING (document_id) GROUP BY ALL ORDER BY 1"
        ).fetchall()
        issues = connection.execute(
            "SELECT field, severity, seen_text, page_number FROM core.issue WHERE code = 'constant_column' ORDER BY 1"
        ).fetchall()
    assert states == [
        ("constant.pdf", "placeholder", None, "see report", "value", "value", 20),
        ("short.pdf", "value", "see report", None, "value", "value", 19),
    ]
    told = {field: (severity, seen, page) for field, severity, seen, page in issues}
    assert told["case_number"] == ("doubt", "see report", None)
    assert told["name"] == ("notice", "one account", None)
    assert "search_type" not in told
    assert "moderation" not in told
    assert "license_plate" not in told


def test_a_constant_reason_that_is_a_label_stays_a_value(tmp_path: Path) -> None:
    rows = [{"Reason": "Immigration (civil/administrative) -"} for _ in range(20)]
    with built(tmp_path, log("labels", rows)) as connection:
        found = connection.execute("SELECT DISTINCT reason_state, reason_category FROM core.audit_search").fetchall()
    assert found == [("value", "Immigration (civil/administrative)")]


def test_issues_of_one_kind_are_bounded_but_counted(tmp_path: Path) -> None:
    rows = [{"Search Time": f"misprint {n}"} for n in range(30)]
    with built(tmp_path, log("misprints", rows)) as connection:
        found = connection.execute(
            "SELECT row_id IS NULL, count(*), max(message) FROM core.issue WHERE code = 'value_unparsed'"
            " AND field = 'search_time' GROUP BY ALL ORDER BY ALL"
        ).fetchall()
        times = connection.execute("SELECT count(searched_datetime), count(*) FROM core.audit_search").fetchall()
    assert [(is_total, count) for is_total, count, _ in found] == [(False, 20), (True, 1)]
    assert "30 rows" in found[1][2]
    assert times == [(0, 30)]
