"""What is doubtful about a row's values, and which cell is named for it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.cells import Cell, Row
from extractors.judge import judge
from extractors.model import Column, TableModel

ID = "3a305261-e346-4d0e-aa22-48225c30d879"


def column(value_type: str | None) -> Column:
    return Column(0.0, 50.0, None, value_type, True, 50.0)


def judged(value_type: str | None, text: str, *, doubtful: bool = False) -> list[tuple[str, int | None, int | None]]:
    model = TableModel((column("uuid"), column(value_type)), None, 8.0, False, "top", 0, 12.0, 30.0)
    cells: list[Cell | None] = [
        Cell([ID], [40.0], [4.0], 0, 0, 40, 8),
        Cell([text], [40.0], [4.0], 0, 0, 40, 8, is_doubtful=doubtful),
    ]
    return [(issue.code, issue.row, issue.column) for issue in judge(model, 7, Row(cells), [ID, text], [], False)]


def test_a_right_value_is_not_doubted() -> None:
    assert judged("count", "44") == judged("count", "***") == judged(None, "44UTC") == []


def test_a_value_unlike_its_column_is_named_with_row_and_column() -> None:
    assert judged("count", "44UTC") == [("value_unlike_column", 7, 1)]


def test_text_over_an_edge_is_named_even_in_a_free_column() -> None:
    assert judged(None, "overflow", doubtful=True) == [("crosses_column", 7, 1)]


def one_line(lines: list[str], pieces: list[Row], *, is_last: bool, rows_seen: int = 40) -> list[str]:
    """Issues of a cell in a top-aligned column whose sampled values all have one line."""
    free = replace(column(None), most_lines=1, rows_seen=rows_seen)
    model = TableModel((free,), None, 8.0, False, "top", 0, 12.0, 30.0)
    cell = Cell(lines, [40.0] * len(lines), [4.0] * len(lines), 0, 0, 40, 8)
    return [issue.code for issue in judge(model, 0, Row([cell]), [" ".join(lines)], pieces, is_last)]


def test_a_last_cell_that_is_taller_than_all_others_may_hold_what_stands_below() -> None:
    assert one_line(["lookup", "Total: 5"], [], is_last=True) == ["taller_than_column"]
    assert one_line(["lookup"], [], is_last=True) == one_line(["two", "lines"], [], is_last=False) == []


def test_a_few_rows_do_not_show_how_tall_a_column_is() -> None:
    assert one_line(["lookup", "Total: 5"], [], is_last=True, rows_seen=39) == []


def test_a_cell_of_one_line_that_goes_on_elsewhere_may_hold_what_stands_there() -> None:
    rest = Row([Cell(["Total: 5"], [40.0], [4.0], 0, 0, 40, 8)])
    assert one_line(["lookup"], [rest], is_last=False) == ["taller_than_column"]


@pytest.mark.parametrize(
    ("is_always_filled", "rows_seen", "codes"),
    [(True, 40, ["empty_cell"]), (True, 39, []), (False, 400, []), (True, 0, [])],
)
def test_an_empty_cell_is_doubtful_where_forty_rows_fill_the_column(
    is_always_filled: bool, rows_seen: int, codes: list[str]
) -> None:
    one = replace(column("uuid"), is_always_filled=is_always_filled, rows_seen=rows_seen)
    model = TableModel((one,), None, 8.0, False, "top", 0, 12.0, 30.0)
    issues = list(judge(model, 3, Row([None]), [None], [], False))
    assert [issue.code for issue in issues] == codes
    assert all((issue.row, issue.column, issue.severity) == (3, 0, "doubt") for issue in issues)


def test_a_cell_under_a_black_box_is_named_as_that_and_not_as_empty() -> None:
    model = TableModel((replace(column("uuid"), rows_seen=40),), None, 8.0, False, "top", 0, 12.0, 30.0)
    hidden = Cell([], [], [], 0, 0, 40, 8, hidden="FAKE 123")
    [issue] = judge(model, 3, Row([hidden]), [None], [], False)
    assert (issue.code, issue.severity, issue.row, issue.column) == ("blacked_out", "notice", 3, 0)
    assert issue.seen_text == "FAKE 123"


def test_what_a_black_box_hides_of_a_piece_on_the_next_page_is_named_too() -> None:
    model = TableModel((column(None),), None, 8.0, False, "top", 0, 12.0, 30.0)
    shown = Cell(["a reason"], [40.0], [4.0], 0, 0, 40, 8)
    piece = Row([Cell([], [], [], 0, 0, 40, 8, hidden="and a name")])
    [issue] = judge(model, 0, Row([shown]), ["a reason"], [piece], False)
    assert (issue.code, issue.seen_text) == ("blacked_out", "and a name")


def test_what_is_hidden_on_two_pages_is_told_whole() -> None:
    model = TableModel((column(None),), None, 8.0, False, "top", 0, 12.0, 30.0)
    cell = Cell([], [], [], 0, 0, 40, 8, hidden="a plate")
    piece = Row([Cell([], [], [], 0, 0, 40, 8, hidden="and a name")])
    [issue] = judge(model, 0, Row([cell]), [None], [piece], False)
    assert issue.seen_text == "a plate and a name"


def test_a_row_most_of_whose_cells_are_too_tall_may_hold_several_rows() -> None:
    one = replace(column(None), most_lines=1, rows_seen=60)
    model = TableModel((one, one, one, one), None, 8.0, False, "top", 0, 12.0, 30.0)

    def codes(*lines: int) -> set[str]:
        cells = [Cell(["x"] * n, [40.0] * n, [4.0] * n, 0, 0, 40, 8) for n in lines]
        return {issue.code for issue in judge(model, 0, Row(list(cells)), ["x"] * 4, [], False)}

    assert codes(2, 2, 1, 1) == codes(3, 3, 3, 3) == {"rows_joined"}
    assert codes(2, 1, 1, 1) == codes(1, 1, 1, 1) == set()


def test_a_row_without_its_own_start_is_named() -> None:
    model = TableModel((column(None),), None, 8.0, False, "top", 0, 12.0, 30.0)
    row = Row([Cell(["x"], [40.0], [4.0], 0, 0, 40, 8)], is_startless=True)
    assert [(i.code, i.row) for i in judge(model, 3, row, ["x"], [], False)] == [("row_without_anchor", 3)]
