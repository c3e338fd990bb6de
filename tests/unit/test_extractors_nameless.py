"""Columns without a heading have their own place; one column in two parts stays one."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.columns import _unlapped
from tests.unit.typed_pages import GLYPH, HEIGHT, TypedPage, cells_of, fitted, laid_out, uuid_of

HEADER = {10: "ID", 200: "Org Name", 400: "Reason", 550: "Search Time"}
TIME = "11/02/2025, 04:05:06 PM UTC"


def page_of(*rows: dict[float, str]) -> TypedPage:
    page = TypedPage().across(50, HEADER)
    for k, row in enumerate(rows):
        page.across(80 + 20 * k, {10: uuid_of(k), 550: TIME} | row)
    return page


def read(page: TypedPage) -> list[list[str]]:
    return [row[1:-1] for row in cells_of(laid_out(page, fitted(page)))]


def test_text_beside_a_column_row_for_row_has_a_column_of_its_own() -> None:
    rows = [{200: "Fakeville PD", 200 + 15 * GLYPH: str(10 + k), 400: "theft"} for k in range(8)]
    assert read(page_of(*rows)) == [["Fakeville PD", str(10 + k), "theft"] for k in range(8)]


def test_words_that_are_set_one_by_one_are_no_columns_though_titles_hold_spaces() -> None:
    page = TypedPage().across(50, HEADER)
    for k in range(12):
        cells = {10: uuid_of(k), 200: "Fakeville County SO", 400: "theft", 550: TIME}
        for x, text in cells.items():
            page.type(x, 80 + 20 * k, text, draws_spaces=False)
    page.type(10, 600, "Printed for testing")
    assert read(page) == [["Fakeville County SO", "theft"]] * 12


def test_text_and_numbers_that_take_turns_in_a_column_are_one_column() -> None:
    rows = [{200 if k % 2 else 200 + 15 * GLYPH: "Fakeville" if k % 2 else "5145", 400: "theft"} for k in range(8)]
    assert read(page_of(*rows)) == [["Fakeville" if k % 2 else "5145", "theft"] for k in range(8)]


def test_dates_and_times_set_apart_by_justified_lines_are_one_column() -> None:
    page = TypedPage().across(50, {10: "ID", 200: "Reason", 400: "Search Time", 600: "Org Name"})
    for k in range(8):
        page.across(80 + 30 * k, {10: uuid_of(k), 200: "theft", 400: "11/02/2025,", 460: "04:05:06", 600: "X PD"})
        page.type(400, 90 + 30 * k, "PM UTC")
    assert [row[2] for row in cells_of(laid_out(page, fitted(page)))] == ["11/02/2025, 04:05:06|PM UTC"] * 8


def test_text_far_from_a_centred_heading_that_nothing_else_stands_under_is_of_its_column() -> None:
    """It stands closer to the longest text of the column before than to its own heading."""
    page = TypedPage().across(50, {100: "Search Time", 260: "Reason", 400: "Filters", 700: "Type"})
    for k in range(12):
        page.across(80 + 20 * k, {60: f"11/02/2025, 04:{k:02}:06 PM UTC", 230: "theft of a car", 360: "white"})
        page.across(80 + 20 * k, {570: "lookup"})
    page.type(360, 80 + 20 * 12, "a white pickup with a ladder rack and a logo").type(
        60, 320, "11/02/2025, 05:00:06 PM"
    )
    model = fitted(page)
    assert [column.name for column in model.columns] == ["Search Time", "Reason", "Filters", "Type"]
    assert cells_of(laid_out(page, model))[3][2:] == ["white", "lookup"]


def test_a_name_that_all_rows_print_is_not_parted_at_a_space() -> None:
    """No spaces are drawn; the heading stands above the last word, as close to it as that of the column before to the
    first ones."""
    page = TypedPage().across(50, {80: "ID", 200: "Filters", 318: "Org Name", 550: "Search Time"})
    for k in range(8):
        page.type(10, 80 + 20 * k, uuid_of(k)).type(550, 80 + 20 * k, "2025-11-02T04:05:06Z")
        page.type(262, 80 + 20 * k, "Okay County FL SO", draws_spaces=False)
        page.type(187.5, 80 + 20 * k, "a-pretend-logo-van"[: 18 - k], draws_spaces=False)
    assert read(page)[1] == ["a-pretend-logo-va", "Okay County FL SO"]


def test_a_number_that_touches_the_next_column_goes_to_the_blank_heading_far_from_it() -> None:
    page = TypedPage().across(50, {80: "ID", 200: "Row", 350: "Case No.", 450: "Reason", 580: "Search Time"})
    reasons = ["stolen car", "a car", "none", "theft of a car"] * 3
    for k, reason in enumerate(reasons):
        count = str(7 ** (k % 4))
        row = {10: uuid_of(k), 348.8 - GLYPH * len(count): count, 350: f"25-{796581 + k}"[: 9 - k % 2]}
        for x, text in (row | {450: reason, 550: "2025-11-02T04:05:06Z"}).items():
            page.type(x, 80 + 20 * k, text, draws_spaces=False)
    assert read(page) == [[str(7 ** (k % 4)), f"25-{796581 + k}"[: 9 - k % 2], reasons[k]] for k in range(12)]


@pytest.mark.parametrize("is_right", [False, True])
def test_headings_that_lap_are_parted_where_the_rows_begin_or_end(is_right: bool) -> None:
    page = TypedPage()
    for k in range(6):
        page.type(348 - 12 if is_right else 344, 80 + 20 * k, "123")
    labels = [(20.0, 30.0), (240.0, 348.0), (344.0, 398.0), (450.0, 480.0)]
    parted = _unlapped(labels, [(page.content, np.ones(len(page), np.bool_))], HEIGHT)
    assert parted[1:3] == ([(240.0, 348.0), (348.0, 398.0)] if is_right else [(240.0, 344.0), (344.0, 398.0)])
    assert parted[::3] == labels[::3]


def test_a_heading_inside_another_one_is_left() -> None:
    inside = [(20.0, 90.0), (40.0, 60.0)]
    assert _unlapped(inside, [], HEIGHT) == inside
