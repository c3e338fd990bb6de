"""Columns of unruled tables: text and white, where letters do not touch and totals stand below."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extractors.glyphs import Glyphs
from extractors.header import find_headers
from extractors.search_log import tells_searches
from extractors.strips import find_strips, whole_words
from tests.unit.typed_pages import TypedPage, cells_of, fitted, laid_out, uuid_of


class Inked(TypedPage):
    """Glyphs whose boxes are those of their ink: a little white between all letters, descenders below the line."""

    @property
    def typed(self) -> Glyphs:
        glyphs = super().typed
        low = np.array([char in "gjpqy()[],/" for char in glyphs.text])
        x0, x1 = glyphs.x0 + 0.15, glyphs.x1 - 0.15
        return replace(glyphs, x0=x0, x1=x1, bottom=glyphs.bottom - np.where(low, 0.0, 2.0))


def time_of(k: int) -> str:
    return f"2025-11-01 04:{k:02d}:06"


def test_white_between_letters_is_closed_but_not_at_a_cut() -> None:
    strips = [(0.0, 4.0), (4.3, 8.0), (8.3, 12.0), (15.0, 19.0)]
    assert whole_words(strips, np.array([8.2]), 1.0, []) == [(0.0, 8.0), (8.3, 12.0), (15.0, 19.0)]
    assert whole_words(strips, np.empty(0), 1.0, []) == [(0.0, 12.0), (15.0, 19.0)]
    labels = [(0.0, 7.0), (8.4, 14.0)]
    assert whole_words(strips, np.empty(0), 1.0, labels) == [(0.0, 8.0), (8.3, 12.0), (15.0, 19.0)]


def test_letters_of_a_typewriter_are_no_columns() -> None:
    """Every letter stands below another one, and fields are narrow: nearly as many strips as the page has letters."""
    page = Inked().across(50, {30: "Org Name", 230: "Networks", 330: "Time Frame", 450: "Search Time"})
    for k in range(10):
        page.across(80 + 30 * k, {20: "Exampleton County Regional Task Force", 240: f"{k + 3}", 450: time_of(k)})
        page.stack(366, 80 + 30 * k, [time_of(k), time_of(k + 9)])
    model = fitted(page)
    rows = cells_of(laid_out(page, model))
    frame = f"{time_of(4)}|{time_of(13)}"
    assert rows[4] == ["Exampleton County Regional Task Force", "7", frame, time_of(4)]


def test_a_total_does_not_join_the_columns_that_it_stands_below() -> None:
    page = TypedPage().across(50, {20: "User ID", 100: "Networks", 150: "Search Time", 260: "Reason"})
    for k in range(12):
        page.across(70 + 20 * k, {20: "[REDACTED]", 142: f"{k % 7}", 150: time_of(k), 260: "theft of a vehicle"})
    page.type(20, 330, "Total searches: 1200000")
    model = fitted(page)
    assert [column.name for column in model.columns] == ["User ID", "Networks", "Search Time", "Reason"]
    assert cells_of(laid_out(page, model))[0] == ["[REDACTED]", "0", time_of(0), "theft of a vehicle"]


def test_a_total_across_the_place_where_a_column_begins_does_not_move_it() -> None:
    """The first column is masked throughout, so that nothing else reaches that place, and each letter stands alone."""
    page = Inked().across(50, {20: "Name", 86: "Department", 240: "Networks", 330: "Search Time"})
    for k in range(30):
        page.across(70 + 12 * k, {20: "***", 86: "Fixture Lake PD", 240: f"{k % 7}", 330: time_of(k)})
    page.type(20, 460, "Total    searches:").type(94, 460, "12")
    model = fitted(page)
    assert cells_of(laid_out(page, model))[0] == ["***", "Fixture Lake PD", "0", time_of(0)]


def test_steps_between_lines_are_told_by_lines_of_the_same_letters() -> None:
    """With a descender above and none below the step looks smaller: what is a line further is still of the cell."""
    page = Inked().across(50, {20: "Org Name", 200: "Networks", 260: "Time Frame", 400: "Search Time"})
    for k in range(10):
        y = 70 + 21 * k
        names = ["Sample Mart (Loss Prevention) gy", "TX"] if k % 2 else ["Fixture Lake PD"]
        page.stack(20, y, names, 9.6).across(y, {200: f"{k + 3}", 400: time_of(k)})
        page.stack(260, y, [time_of(k), time_of(k + 9)], 9.6)
    rows = cells_of(laid_out(page, fitted(page)))
    assert [row[2] for row in rows] == [f"{time_of(k)}|{time_of(k + 9)}" for k in range(10)]


@pytest.mark.parametrize(
    ("first", "last", "name"), [(84.0, "In", "Reviewed In"), (70.0, "In", "Reviewed"), (70.0, "By", "Reviewed By")]
)
def test_the_last_line_of_a_label_that_nobody_knows_stands_below_it_alone(first: float, last: str, name: str) -> None:
    """Unless the rows stand as close, and it may be of one: no label that is known has its word."""
    page = TypedPage().across(50, {20: "ID", 200: "Reviewed", 300: "Networks", 400: "Search Time", 500: "Reason"})
    page.type(212, 60, last)
    for k in range(6):
        page.across(first + 20 * k, {20: uuid_of(k), 200: "Lt. Sample", 300: f"{k}", 400: time_of(k), 500: "theft"})
    [header] = find_headers(page.content)
    assert [label.text for label in header.labels][1] == name


@pytest.mark.parametrize("missing", [None, "ID", "User ID", "Networks", "Timestamp"])
def test_who_looked_through_how_many_networks_and_when_is_a_search(missing: str | None) -> None:
    labels = {20: "ID", 120: "User ID", 220: "Networks", 320: "Timestamp", 420: "Justification", 560: "Case #"}
    page = TypedPage().across(50, {x: text for x, text in labels.items() if text != missing})
    [header] = find_headers(page.content)
    assert tells_searches(header) == (missing is None)


def test_a_list_of_devices_with_a_time_and_networks_is_no_log() -> None:
    page = TypedPage().across(
        50, {20: "ID", 120: "Name", 220: "Networks", 320: "Timestamp", 420: "Model", 560: "Status"}
    )
    assert not any(map(tells_searches, find_headers(page.content)))


@pytest.mark.parametrize(("rows", "count"), [(20, 2), (4, 1)])
def test_a_total_hides_no_column_beside_a_heading_that_nothing_stands_under(rows: int, count: int) -> None:
    """Headings are centred, values set left: the counts stand between the two headings."""
    page = TypedPage()
    for k in range(rows):
        page.type(20, 60 + 12 * k, "user-0001").type(80, 60 + 12 * k, f"{k + 1000}")
    page.type(20, 330, "152recordsofthemall")
    glyphs = page.typed
    strips = find_strips(glyphs.x0, glyphs.x1, [(30.0, 50.0), (100.0, 180.0)], np.empty(0))
    assert len(strips) == count
