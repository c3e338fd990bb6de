"""Titles and subtotals between rows are in no row; what may be a part of a cell is."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.between_rows import named_groups
from extractors.find_lines import find_lines
from tests.unit.typed_pages import TypedPage, cells_of, fitted, laid_out, uuid_of

TIME = "11/02/2025, 04:05:06 PM UTC"
HEADER = {10: "Name", 200: "ID", 400: "Reason", 600: "Search Time"}


def page_of(between: dict[int, dict[float, str]], reasons: dict[int, list[str]] | None = None) -> TypedPage:
    """Rows at a step of 30, lines of a cell at 10; *between* is typed midway below its row."""
    page = TypedPage().across(50, HEADER)
    for k in range(12):
        page.across(80 + 30 * k, {10: "jdoe", 200: uuid_of(k), 600: TIME})
        page.stack(400, 80 + 30 * k, (reasons or {}).get(k, ["theft", "of a car"] if k % 3 == 0 else ["theft"]))
        page.across(80 + 30 * k + 15, between.get(k, {}))
    return page


TITLE = "Agency: The Police Department of the Town of Fakeville"


def test_a_title_over_several_columns_is_left_over() -> None:
    page = page_of({4: {10: TITLE}})
    layout = laid_out(page, fitted(page_of({})))
    assert [row[0] for row in cells_of(layout)] == ["jdoe"] * 12
    left = "".join(line.text for line in layout.outside if line.account == "left")
    assert left.replace(" ", "") == TITLE.replace(" ", "")


def test_titles_do_not_make_another_alignment_likelier() -> None:
    titled = page_of({k: {10: f"{TITLE} {k}"} for k in range(0, 12, 2)})
    model = fitted(titled)
    assert model.alignment == "top"
    assert [row[2] for row in cells_of(laid_out(titled, model))][:2] == ["theft|of a car", "theft"]


def test_a_title_no_wider_than_its_column_is_left_over_where_lines_of_a_cell_are_closer() -> None:
    titled = {k: {10: f"Division {k}"} for k in range(11) if k % 3}
    layout = laid_out(page_of(titled), fitted(page_of({})))
    assert [row[0] for row in cells_of(layout)] == ["jdoe"] * 12
    left = [line.text for line in layout.outside if line.account == "left"]
    assert left == [f"Division {k}" for k in titled]


def test_a_second_value_of_every_row_stays_where_no_lines_are_closer() -> None:
    page = TypedPage().across(50, HEADER)
    for k in range(12):
        page.across(80 + 30 * k, {10: "jdoe", 200: uuid_of(k), 400: "theft", 600: TIME}).type(10, 94 + 30 * k, "Unit 4")
    assert [row[0] for row in cells_of(laid_out(page, fitted(page)))] == ["jdoe|Unit 4"] * 12


@pytest.mark.parametrize("title", ["Name: jdoe", "Agency: The Police Department of the Town of Fakeville"])
@pytest.mark.parametrize("below", [9, 15])
def test_a_title_that_begins_with_a_heading_is_of_no_row_however_close_or_narrow(title: str, below: int) -> None:
    page = page_of({}).type(10, 80 + 30 * 4 + below, title)
    layout = laid_out(page, fitted(page_of({})))
    assert [row[0] for row in cells_of(layout)] == ["jdoe"] * 12
    assert title in [line.text for line in layout.outside if line.account == "left"]


@pytest.mark.parametrize(("title", "count"), [("Search Time: none", 2), ("Search party: none", 0)])
def test_a_heading_that_an_edge_cuts_names_a_group_no_less(title: str, count: int) -> None:
    model = fitted(page_of({}))
    lines = find_lines(TypedPage().type(173, 68, title).typed, model.edges)
    assert len(lines) == 2
    found = named_groups(lines, np.arange(2), np.zeros(2, np.bool_), model)
    assert len(found) == count


def test_a_paragraph_of_a_reason_stays_in_its_cell() -> None:
    page = page_of({}, {4: ["first"]}).type(400, 80 + 30 * 4 + 15, "second paragraph")
    assert cells_of(laid_out(page, fitted(page_of({}))))[4][2] == "first|second paragraph"


def test_a_text_below_a_whole_id_is_of_no_row_though_it_stands_as_close_as_a_line_of_a_cell() -> None:
    page = page_of({}).type(200, 80 + 30 * 4 + 10, "Total for Monday: 5")
    page.type(10, 80 + 30 * 7 + 10, "Searches that the watch commander looked through, by day")
    rows = cells_of(laid_out(page, fitted(page_of({}))))
    assert [row[:2] for row in rows] == [["jdoe", uuid_of(k)] for k in range(12)]


def test_a_second_value_that_many_rows_print_below_their_id_stays() -> None:
    page = page_of({})
    for k in range(0, 12, 2):
        page.type(200, 80 + 30 * k + 10, "Unit 4")
    rows = cells_of(laid_out(page, fitted(page_of({}))))
    assert [row[1] for row in rows] == [f"{uuid_of(k)}{'' if k % 2 else '|Unit 4'}" for k in range(12)]


@pytest.mark.parametrize(("text", "is_left"), [("12 records", True), ("Total: 12", True), ("of 12 cars", False)])
def test_a_printed_total_that_follows_the_last_row_is_of_no_row(text: str, is_left: bool) -> None:
    page = page_of({11: {10: text}})
    layout = laid_out(page, fitted(page_of({})))
    assert cells_of(layout)[-1][0] == ("jdoe" if is_left else f"jdoe|{text}")
    assert [line.text for line in layout.outside if line.account == "left"] == ([text] if is_left else [])
