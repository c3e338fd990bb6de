"""Cells that touch without white between them are parted where their texts meet, and only there."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extractors.glyphs import PageContent
from extractors.joints import Meetings
from extractors.judge import judge
from extractors.sample import sample_page
from tests.unit.typed_pages import GLYPH, TypedPage, cells_of, fitted, laid_out, uuid_of

TIME = "11/02/2025, 04:05:06 PM UTC"
COUNTS = ["6238", "2", "57", "2936", "1", "481", "77", "12", "9", "3051", "2", "64"]


def page_of(second: list[str], x: float = 300.0) -> TypedPage:
    """Counts set right up to *x*, and the next column's text from there on, without any white."""
    page = TypedPage().across(50, {10: "ID", 210: "Networks", x: "Reason", 600: "Search Time"})
    for k, (count, text) in enumerate(zip(COUNTS, second, strict=False)):
        page.across(80 + 20 * k, {10: uuid_of(k)})
        page.type(x - len(count) * GLYPH, 80 + 20 * k, count)
        page.across(80 + 20 * k, {x: text, 600: TIME})
    return page


@pytest.mark.parametrize(
    "second",
    [
        ["theft", "assault", "stolen", "n/a", "inv", "test", "warrant", "burglary", "arson", "dui", "fraud", "other"],
        [str(n) for n in (1, 22, 3, 484, 5, 16, 7, 808, 9, 10, 1111, 12)],
    ],
    ids=["words", "numbers"],
)
def test_counts_that_touch_the_next_column_are_parted_and_not_doubted(second: list[str]) -> None:
    page = page_of(second)
    model = fitted(page)
    layout = laid_out(page, model)
    read = cells_of(layout)
    assert [(row[1], row[2]) for row in read] == list(zip(COUNTS, second, strict=True))
    issues = [i for k, row in enumerate(layout.rows) for i in judge(model, k, row, list(read[k]), [], False)]
    assert [issue for issue in issues if issue.column in (1, 2)] == []


@pytest.mark.parametrize(("counts", "is_parted"), [(["7", "31", "2", "5"], True), (["31", "27", "44", "58"], False)])
def test_counts_that_touch_a_date_are_parted_though_every_date_is_as_wide(counts: list[str], is_parted: bool) -> None:
    """Of counts that are all as wide, the first figures of a longer number and a date cannot be told."""
    page = TypedPage()
    for k in range(12):
        count = counts[k % 4]
        page.type(300 - len(count) * GLYPH, 80 + 20 * k, count).type(300, 80 + 20 * k, TIME)
    content = page.content
    found = Meetings([(content, content.glyphs.bottom > 60)]).place(300.0)
    assert found == ((300.0, 300.0) if is_parted else None)


@pytest.mark.parametrize(
    ("counts", "is_parted"), [(["840", "1", "911", "6607"], True), (["17", "3", "8", "21"], False)]
)
def test_counts_that_touch_the_name_of_a_month_are_parted_and_days_are_not(counts: list[str], is_parted: bool) -> None:
    page = TypedPage()
    for k in range(12):
        count = counts[k % 4]
        page.type(300 - len(count) * GLYPH, 80 + 20 * k, count).type(300, 80 + 20 * k, "Nov 2, 2025")
    content = page.content
    found = Meetings([(content, content.glyphs.bottom > 60)]).place(300.0)
    assert found == ((300.0, 300.0) if is_parted else None)


@pytest.mark.parametrize(("count", "is_parted"), [("104", True), ("A104", False)])
def test_one_count_in_all_rows_is_parted_from_what_begins_below_the_next_label(count: str, is_parted: bool) -> None:
    """Letters behind figures alone, right where a label begins; a case's number would have them elsewhere."""
    page = TypedPage()
    for k in range(12):
        page.type(300 - len(count) * GLYPH, 80 + 20 * k, count).type(300, 80 + 20 * k, "Fakeville PD")
    content = page.content
    assert Meetings([(content, content.glyphs.bottom > 60)]).place(300.0) is None
    meetings = Meetings([(content, content.glyphs.bottom > 60)], [300.0])
    assert meetings.edges().tolist() == ([300.0] if is_parted else [])
    assert meetings.at(300.0) == ((300.0, 300.0) if is_parted else None)


def test_a_word_that_stands_across_the_place_is_doubted() -> None:
    page = page_of(["theft"] * 12)
    model = fitted(page_of(["theft", "assault", "inv", "fraud", "arson", "dui"] * 2))
    page.type(300.0 - 2.5 * GLYPH, 80 + 20 * 12, "99999").across(80 + 20 * 12, {10: uuid_of(12), 600: TIME})
    last = laid_out(page, model).rows[-1]
    assert any(cell is not None and cell.is_doubtful for cell in last.cells[1:3])


def with_joints(page: TypedPage, *places: float) -> PageContent:
    glyphs = page.typed
    joint = np.isin(glyphs.x0, places)
    return replace(page.content, glyphs=replace(glyphs, joint=joint))


def test_texts_drawn_one_by_one_part_columns_whose_texts_all_end_alike() -> None:
    """Two digits left, two digits right: only the drawing tells them from numbers of four digits."""
    page = TypedPage().across(50, {10: "ID", 240: "Networks", 300: "Devices", 600: "Search Time"})
    for k in range(8):
        page.across(80 + 20 * k, {10: uuid_of(k), 292: f"{k + 10}", 300: f"{k + 30}", 600: TIME})
    content = with_joints(page, 300.0)
    meetings = Meetings([(content, content.glyphs.bottom > 60)])
    assert meetings.place(300.0) == (300.0, 300.0)
    bare = page.content
    assert Meetings([(bare, bare.glyphs.bottom > 60)]).place(300.0) is None


def test_one_text_that_is_drawn_in_pieces_in_every_row_is_whole() -> None:
    page = TypedPage().across(50, {10: "ID", 240: "Networks", 300: "Moderation", 600: "Search Time"})
    for k in range(8):
        page.across(80 + 20 * k, {10: uuid_of(k), 240: "7", 300: "prompt", 600: TIME})
    content = with_joints(page, 304.0)
    assert Meetings([(content, content.glyphs.bottom > 60)]).place(304.0) is None


def test_headings_that_touch_are_parted_above_columns_only() -> None:
    page = TypedPage().across(50, {10: "ID", 200: "Row"})
    page.type(200 + 3 * GLYPH, 50, "Search Time").across(50, {400: "Reason", 500: "Networks"})
    for k in range(8):
        page.across(80 + 20 * k, {10: uuid_of(k), 200: f"{k}", 212: TIME, 400: "theft", 500: "17"})
    labels = [label.text for label in sample_page(with_joints(page, 212.0), []).headers[0].labels]
    assert labels == ["ID", "Row", "Search Time", "Reason", "Networks"]
    for k in range(8):
        page.type(204.0, 280 + 20 * k, "x")  # words that begin where a heading goes on in small letters
    whole = [label.text for label in sample_page(with_joints(page, 204.0), []).headers[0].labels]
    assert whole == ["ID", "RowSearch Time", "Reason", "Networks"]


def test_headings_that_touch_are_parted_above_columns_whose_cells_touch() -> None:
    """A label nobody knows, and numbers that end where the texts beside them begin."""
    page = TypedPage().across(50, {200: "Total Devices SearchedJustification", 400: "Search Time", 600: "Search Type"})
    at = 200 + GLYPH * len("Total Devices Searched")
    for k in range(8):
        number = str(10**k % 99991)
        y = 80 + 20 * k
        page.type(at - GLYPH * len(number), y, f"{number}theft").across(y, {400: TIME, 600: "lookup"})
    labels = [label.text for label in sample_page(with_joints(page, at), []).headers[0].labels]
    assert labels == ["Total Devices Searched", "Justification", "Search Time", "Search Type"]


def test_below_a_known_label_between_rules_one_count_in_all_rows_is_parted_too() -> None:
    """The count ends a point before the next text; no glyph stands across the rule between them."""
    page = TypedPage().across(50, {20: "ID", 200: "Networks", 301: "Type", 400: "Search Time"})
    for k in range(12):
        page.across(80 + 20 * k, {20: uuid_of(k), 288: "104", 301: "lookup", 400: f"2025-11-01 04:{k:02d}:06"})
    for x in (15, 195, 300.5, 395, 500):
        page.rule_down(x, 40, 330)
    model = fitted(page)
    assert [column.meets for column in model.columns][1] == (300.0, 301.0)


def test_masks_below_the_next_label_are_parted_from_few_different_counts() -> None:
    page = TypedPage()
    for k in range(12):
        count, text = (("911", "*"), ("1", "*"), ("1", "TEST089"))[k % 3]
        page.type(300 - len(count) * GLYPH, 80 + 20 * k, count).type(300, 80 + 20 * k, text)
    content = page.content
    body = [(content, content.glyphs.bottom > 60)]
    assert Meetings(body, [300.0]).place(300.0) == (300.0, 300.0)
    assert Meetings(body).place(300.0) is None
