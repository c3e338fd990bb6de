"""A line of a cell that ends too early is doubted: a subtotal or a title may have been joined to it."""

from __future__ import annotations

import pytest

from extractors.early_breaks import breaks_early
from tests.unit.typed_pages import GLYPH, TypedPage, fitted, laid_out, uuid_of

TIME = "11/02/2025, 04:05:06 PM UTC"
HEADER = {10: "Name", 200: "ID", 400: "Reason", 600: "Search Time"}


def page_of(names: list[list[str]]) -> TypedPage:
    page = TypedPage().across(50, HEADER)
    for k, name in enumerate(names):
        page.stack(10, 80 + 20 * k, name).across(80 + 20 * k, {200: uuid_of(k), 400: "theft", 600: TIME})
    return page


PLAIN = [["jdoe"], ["Sgt. M. O'Brien of the Traffic"], ["b.ng"], ["DET Van der Berg"]] * 4


def doubted(page: TypedPage) -> list[bool]:
    rows = laid_out(page, fitted(page_of(PLAIN))).rows
    return [bool(row.cells[0] and row.cells[0].is_doubtful) for row in rows]


def test_a_subtotal_below_a_name_is_doubted_and_a_full_line_is_not() -> None:
    wrapped = ["Sgt. M. O'Brien of the", "Traffic-Division"]
    names = [["jdoe"], ["jdoe", "Subtotal: 2"], ["b.ng"], wrapped]
    assert doubted(page_of(names)) == [False, True, False, False]


def test_a_column_whose_cells_often_have_short_lines_is_not_doubted() -> None:
    names = [["jdoe", "unit 5"] if k % 2 else ["Sgt. M. O'Brien of the"] for k in range(12)]
    page = page_of(names)
    model = fitted(page)
    assert model.columns[0].breaks
    assert not any(row.cells[0] and row.cells[0].is_doubtful for row in laid_out(page, model).rows)


@pytest.mark.parametrize(
    ("texts", "early"),
    [
        (["jdoe", "Day 2"], True),
        (["Winchester-Frederick-", "Clarke"], False),  # at a hyphen
        (["Fakeville Police", "Department of Ohio"], False),  # the next word did not fit
        (["Fakeville", "Police Department"], True),
    ],
)
def test_a_line_ends_early_where_the_next_word_would_have_fitted(texts: list[str], early: bool) -> None:
    assert breaks_early(texts, [GLYPH * len(text) for text in texts], 24 * GLYPH, 8.0) is early
