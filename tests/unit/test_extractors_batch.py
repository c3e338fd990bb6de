"""Rows as columns: texts, boxes and doubts of many cells at once are those that each cell has by itself."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.batch import Columns, _may_tell, put_together
from extractors.cells import Cell, Row, clip_rows
from extractors.find_lines import find_lines
from extractors.grid import cell_boxes
from extractors.joined import cell_text
from extractors.judge import judge
from extractors.layout import layout_page
from extractors.model import TableModel
from extractors.shift import ShiftSigns
from extractors.sift import odd_rows
from extractors.wraps import goes_on
from tests.unit.typed_pages import GLYPH, HEIGHT, TypedPage, fitted, uuid_of

COLUMNS = {"ID": 10.0, "Org Name": 170.0, "Reason": 260.0, "Search Time": 380.0}
TIME = "11/02/2025, 04:05:06 PM UTC"
WRAPPED = {
    "one": ["one"],
    "two lines of reason": ["two lines", "of reason"],
    "24-397687 + six": ["24-", "397687", "+ six"],
    "a - b": ["a -", "b"],
    "Zoë – 日本 🚗y": ["Zoë –", "日本 🚗y"],
    "ends: here": ["ends:", "here"],
    "two lines (inactive)": ["two lines (", "inactive)"],
    "a par\u2010 ted word": ["a par\u2010", "ted word"],
}
"""A cell's text and the lines it is printed in."""


def typed_rows(number: int, reasons: list[list[str]], ids: list[str] | None = None) -> TypedPage:
    page = TypedPage(number).across(50.0, {x: label for label, x in COLUMNS.items()})
    for n, reason in enumerate(reasons):
        y = 90.0 + 50 * n
        page.across(y, {10: ids[n] if ids else uuid_of(n), 170: "Fakeville PD", 380: TIME}).stack(260, y, reason)
    return page


@pytest.fixture(scope="module")
def model() -> TableModel:
    return fitted(*(typed_rows(n, [[f"reason {n} {k}"] for k in range(6)]) for n in (1, 2, 3)))


def together(pages: list[TypedPage], model: TableModel) -> Columns:
    grids = [layout_page(page.content, model).grid for page in pages]
    counts = np.cumsum([0, *(len(grid.rows) for grid in grids)]).tolist()
    places = [np.arange(a, b) for a, b in pairwise(counts)]
    return put_together(grids, places, counts[-1], model)


def test_cells_of_several_pages_are_told_as_they_are_printed(model: TableModel) -> None:
    texts, lines = list(WRAPPED), list(WRAPPED.values())
    columns = together([typed_rows(1, lines[:2]), typed_rows(2, [[]]), typed_rows(3, lines[2:])], model)
    assert columns.texts[2].to_pylist() == [*texts[:2], None, *texts[2:]]
    assert columns.texts[0].to_pylist() == [uuid_of(n) for n in (0, 1, 0, 0, 1, 2, 3, 4, 5)]
    assert all(column.type == pa.string() for column in columns.texts)
    assert columns.heights[2].tolist() == [1, 2, 0, 3, 2, 2, 2, 2, 2]
    assert [chr(code) for code in columns.initials[2]] == ["o", "t", "\0", "2", "a", "Z", "e", "t", "a"]
    y = 90.0 + 50  # the page's second row
    assert columns.boxes[2, 1] == pytest.approx([260, y - HEIGHT, 260 + GLYPH * len("two lines"), y + 10])
    assert np.isnan(columns.boxes[2, 2]).all() and not columns.doubtful.any()


@pytest.mark.parametrize(
    ("other", "text"),
    [
        ("a plain reason", "a parted word"),
        ("hit\u2010and\u2010run", "a par\u2010 ted word"),  # printed for a typed hyphen as well
    ],
)
def test_a_hyphen_of_the_program_is_taken_out_where_nobody_types_it(other: str, text: str) -> None:
    lines = [["a par\u2010", "ted word"], [other], ["another par\u2010", "ted word"]]
    pages = [typed_rows(n, lines) for n in (1, 2, 3)]
    model = fitted(*pages)
    columns = together(pages[:1], model)
    assert columns.texts[2].to_pylist() == [text, other, text.replace("a ", "another ", 1)]
    row = layout_page(pages[0].content, model).rows[0].cells[2]
    assert row is not None
    assert cell_text(row.texts, row.widths, row.first_widths, model.columns[2]) == text


def test_a_hyphen_of_the_program_is_taken_out_between_capitals() -> None:
    pages = [typed_rows(n, [["case DE\u2010", "MO25"], ["a par\u2010", "ted word"], ["plain"]]) for n in (1, 2, 3)]
    assert together(pages[:1], fitted(*pages)).texts[2].to_pylist() == ["case DEMO25", "a parted word", "plain"]


def test_rows_without_a_place_are_stored_nowhere(model: TableModel) -> None:
    grid = layout_page(typed_rows(1, [["one"], ["two"], ["three"]]).content, model).grid
    columns = put_together([grid], [np.array([0, -1, 1])], 2, model)
    assert columns.texts[2].to_pylist() == ["one", "three"]
    assert put_together([], [], 0, model).boxes.shape == (4, 0, 4)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 12)), min_size=1, max_size=12))
def test_boxes_of_neighbours_are_parted_as_if_one_after_the_other(bands: list[tuple[int, int]]) -> None:
    """Each cell of a column is a line; the tops go down, as rows do."""
    tops = np.cumsum([top for top, _ in bands]).astype(np.float64)
    page = TypedPage()
    for k, top in enumerate(tops.tolist()):
        page.type(20.0 * (k % 2), top, "x")
    lines = find_lines(page.typed, np.array([-5.0, 100.0]), HEIGHT)
    lines = lines.select(np.arange(min(len(lines), len(tops))))
    lines.top[:] = np.sort(tops[: len(lines)])
    lines.bottom[:] = lines.top + np.array([height for _, height in bands[: len(lines)]], np.float64)
    boxes = cell_boxes(lines, np.arange(len(lines)), np.array([-5.0, 100.0]), np.zeros(len(lines), np.int64))
    cells = [Cell(["x"], [1.0], [1.0], 0.0, t, 1.0, b) for t, b in zip(lines.top, lines.bottom, strict=True)]

    class OneColumn:
        columns = (None,)

    clip_rows([Row([cell]) for cell in cells], OneColumn())  # type: ignore[arg-type]
    assert boxes.top.tolist() == [cell.top for cell in cells]
    assert boxes.bottom.tolist() == [cell.bottom for cell in cells]


VALUES = st.sampled_from(
    [uuid_of(7), uuid_of(7)[:-1], TIME, "11/02/2025", "***", "(none)", "Fakeville PD", "12", "REDACTED", "n/a", "é", ""]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=6))
def test_no_row_is_passed_over_of_which_something_is_to_be_said(cells: list[tuple[str, str, str]]) -> None:
    model = fitted(*(typed_rows(n, [[f"reason {n} {k}"] for k in range(16)]) for n in (1, 2, 3)))
    page = TypedPage(4, height=2000.0)
    for n, (org, reason, time) in enumerate(cells):
        page.across(90.0 + 50 * n, {10: uuid_of(n), 170: org, 260: reason, 380: time})
    layout = layout_page(page.content, model)
    columns = put_together([layout.grid], [np.arange(len(layout.rows))], len(layout.rows), model)
    is_last = np.arange(len(layout.rows)) == len(layout.rows) - 1
    odd = odd_rows(columns, model, is_last)
    looks = ShiftSigns(model)
    for k, row in enumerate(layout.rows):
        texts = [column[k].as_py() for column in columns.texts]
        issues = list(judge(model, k, row, texts, [], bool(is_last[k])))
        if not odd[k]:
            assert not issues and looks.look((4, k + 1), texts, False) is None, texts


def test_a_plain_row_is_passed_over(model: TableModel) -> None:
    columns = together([typed_rows(1, [["one"], ["two"]])], model)
    assert not odd_rows(columns, model, np.array([False, True])).any()


def test_an_odd_value_is_not_passed_over(model: TableModel) -> None:
    page = typed_rows(1, [["one"], ["two"], ["three"]])
    page.type(380 + GLYPH * len(TIME), 140.0, "#")
    assert odd_rows(together([page], model), model, np.zeros(3, np.bool_)).tolist() == [False, True, False]


def test_no_wrap_of_a_time_is_passed_over_that_goes_on() -> None:
    """The condition on the first and last signs of lines is a necessary one."""
    ends = ["11/02/2025,", "11/0", "2025-11-02T", "2025-11-02T07:0", "04:05:06 P", "04:05:06 PM U", "04:", "2025-11-"]
    begins = ["04:05:06", "2/2025", "07:00Z", "0:06Z", "M UTC", "TC", ", 04:05", "/2025", ":05", "02T07", "Z", "T07:00"]
    going = [(a, b) for a in ends for b in begins if goes_on("time", a, b, True)]
    assert len(going) > 30
    for before, after in going:
        first, last = np.array([ord(after[0])], np.uint32), np.array([ord(before[-1])], np.uint32)
        assert _may_tell(first, last, np.zeros(1, np.int64), ["time"]).all(), (before, after)
