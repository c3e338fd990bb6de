"""The date of a print, far below the rows, is no row of its own."""

from __future__ import annotations

import pytest

from extractors.lone import is_lone
from extractors.pages import read_pages
from tests.unit.test_extractors_page_breaks import Reader
from tests.unit.typed_pages import TypedPage, fitted, laid_out, uuid_of


def page_of(foot: float, x: float = 500) -> TypedPage:
    page = TypedPage().across(50, {20: "Name", 120: "Org Name", 300: "Reason", 450: "Search Time"})
    for k in range(6):
        time = f"2025-11-02 0{k}:00:00"
        page.across(80 + 20 * k, {20: "demo", 120: "Fakeville PD", 300: "theft", 450: time})
    return page.type(x, foot, "2025-11-30")


@pytest.mark.parametrize(("foot", "x", "lone"), [(220, 500, True), (202, 500, False), (202, 560, True)])
def test_a_date_far_from_the_rows_is_left_over(foot: float, x: float, lone: bool) -> None:
    page = page_of(foot, x)
    model = fitted(page)
    assert is_lone(laid_out(page, model).rows, model.row_step) is lone
    [read] = read_pages(Reader([page], model), 1, 1, 1, 1)  # type: ignore[arg-type]
    assert len(read.rows) == 7 - lone
    assert [line.text for line in read.outside if line.account == "left"] == ["2025-11-30"] * lone


def test_below_few_rows_the_step_between_lines_of_the_table_tells() -> None:
    page = page_of(240)
    rows = laid_out(page, fitted(page)).rows[-2:]
    assert is_lone(rows, 40.0) and not is_lone(rows, 50.0)


def test_a_foot_far_to_the_right_does_not_hide_that_rules_part_the_rows() -> None:
    """Rules as wide as the table; rows are set from the bottom and as close as lines."""
    page = (
        TypedPage().across(50, {20: "ID", 170: "Org Name", 300: "Search Time", 450: "Reason"}).rule_across(41, 18, 540)
    )
    y = 60.0
    for k in range(12):
        if k % 5 == 3:
            page.type(450, y, "a missing person")
            y += 10
        page.across(y, {20: uuid_of(k), 170: "Fakeville PD", 300: f"2025-11-02 0{k % 10}:00:00", 450: "theft of a car"})
        page.rule_across(y + 1, 18, 540)
        y += 10
    model = fitted(page.type(740, 580, "11/30/2025"))
    assert model.is_ruled and model.edges[-1] < 600


def test_a_head_and_a_foot_around_the_last_row_do_not_make_its_page_another_log() -> None:
    model = fitted(page_of(80 + 20 * 6))
    last = TypedPage(number=2).type(100, 20, "Network Audit of the year").type(280, 560, "11/30/2025 of this year")
    last.across(50, {20: "demo", 120: "Fakeville PD", 300: "theft", 450: "2025-11-03 00:00:00"})
    assert laid_out(last, model).fits
    letter = TypedPage(number=2).type(100, 20, "Dear all of you there").type(280, 560, "11/30/2025 of this year")
    assert not laid_out(letter.type(450, 50, "2025-11-03"), model).fits


def test_titles_above_single_rows_do_not_make_a_page_another_log() -> None:
    page = TypedPage().across(50, {20: "Name", 90: "Org Name", 160: "Reason", 230: "Search Time"})
    for k in range(8):
        page.type(
            20,
            80 + 60 * k,
            f"Fakeville County {'SO' if k % 2 else 'Police Department'} of the North and the South ({k})",
        )
        page.across(100 + 60 * k, {20: "demo", 90: "Fakeville PD", 160: "theft", 230: f"2025-11-02 0{k}:00:00"})
    read = laid_out(page, fitted(page))
    assert read.fits and sum(row.piece == "whole" for row in read.rows) == 8
