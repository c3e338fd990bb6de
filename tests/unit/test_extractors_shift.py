"""Rows whose cells stand one column off: found by what the cells are, told with every cell concerned."""

from __future__ import annotations

from dataclasses import replace

from extractors.labels import Label
from extractors.model import Column, TableModel
from extractors.shift import ShiftSign, ShiftSigns, shifted_ranges
from records.places import BBox

BOX = BBox(0.0, 0.0, 1.0, 1.0)
ID, TIME = "3a305261-e346-4d0e-aa22-48225c30d879", "11/02/2025, 04:05:06 PM UTC"
ROW = [ID, "Example PD", "44", "burglary", TIME, "lookup", None]
NAMES = ("ID", "Org Name", "Total Networks Searched", "Reason", "Search Time", "Search Type", "Moderation")
TYPES = ("uuid", None, "count", None, "time", None, None)


def model() -> TableModel:
    columns = tuple(
        Column(50.0 * j, 50.0 * j + 50, Label(name, BOX), kind, kind is not None, 50.0, rows_seen=60)
        for j, (name, kind) in enumerate(zip(NAMES, TYPES, strict=True))
    )
    return TableModel(columns, 1, 8.0, True, "top", 0, 12.0, 30.0)


def right(first: int) -> list[str | None]:
    return [*ROW[:first], None, *ROW[first:-1]]


def left(first: int) -> list[str | None]:
    return [*ROW[:first], *ROW[first + 1 :], None]


def ranges(*rows: list[str | None], is_doubtful: bool = True) -> list[tuple[int, int, int, int]]:
    """(rows, step, first column, last column) of every range among *rows*, which stand on one page."""
    looks = ShiftSigns(model())
    order = [(1, number) for number in range(1, len(rows) + 1)]
    signs = [looks.look(place, row, is_doubtful) for place, row in zip(order, rows, strict=True)]
    found = shifted_ranges([sign for sign in signs if sign], order)
    return [(len(one.rows), one.step, one.first, one.last) for one in found]


def test_right_rows_show_nothing() -> None:
    assert ranges(ROW, ROW, ROW) == []
    assert ranges([*ROW[:2], None, *ROW[3:]]) == []  # a blank count is no shift
    assert ranges([*ROW[:2], "***", *ROW[3:]]) == []


def test_an_inserted_cell_is_where_the_blank_is() -> None:
    assert ranges(ROW, right(3), right(3), ROW) == [(2, 1, 3, 6)]
    assert ranges(right(2)) == [(1, 1, 2, 6)]


def test_a_removed_cell_may_have_stood_anywhere_after_the_last_right_one() -> None:
    assert ranges(ROW, left(3), ROW) == [(1, -1, 3, 6)]
    assert ranges(left(1)) == [(1, -1, 1, 6)]


def test_a_shift_after_the_last_typed_column_is_told_by_search_types() -> None:
    assert ranges(right(5), is_doubtful=False) == [(1, 1, 5, 6)]
    assert ranges([*ROW[:5], "new kind", None], is_doubtful=False) == []


def test_rows_between_two_signs_belong_to_the_range() -> None:
    nothing = [None, "Example PD", None, None, None, None, None]
    assert ranges(right(2), nothing, right(2)) == [(3, 1, 2, 6)]


def test_cells_that_are_unlike_row_after_row_are_told_without_a_side() -> None:
    odd = [*ROW[:2], "many", *ROW[3:]]
    assert ranges(odd, odd) == []
    assert ranges(odd, odd, odd) == [(3, 0, 1, 3)]


def test_signs_of_another_segment_are_left_to_it() -> None:
    sign = ShiftSign(9, 1, 1, 3, 2, 2, 6, (2,))
    assert shifted_ranges([sign], [(1, 1), (1, 2)]) == []
    assert len(shifted_ranges([sign, replace(sign, page_number=1)], [(1, 1), (1, 2)])) == 1
