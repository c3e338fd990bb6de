"""Numbers that look like the start of a row and are none: the rest of one that wraps, a page's number, a total; and
rows that have no start, told by their time."""

from __future__ import annotations

import pytest

from tests.unit.typed_pages import GLYPH, TypedPage, cells_of, fitted, laid_out, uuid_of

HEADER = {10: "Org Name", 150: "Devices", 300: "Search Time", 450: "Reason", 550: "ID"}
ROWS = 12


def page_of(third: list[str]) -> TypedPage:
    """Rows at a step of 30; the third one's count has the lines *third*."""
    page = TypedPage().across(50, HEADER)
    for k in range(ROWS):
        page.across(
            80 + 30 * k, {10: "Fakeville PD", 300: f"11/02/2025, 04:05:{k:02} PM UTC", 450: "theft", 550: uuid_of(k)}
        )
        page.stack(10, 90 + 30 * k, ["Records"])
        page.stack(150, 80 + 30 * k, third if k == 2 else [f"{k + 10}340"])
    return page


def counts(page: TypedPage) -> list[str]:
    return [row[1] for row in cells_of(laid_out(page, fitted(page)))]


def test_the_rest_of_a_count_that_fills_its_column_starts_no_row() -> None:
    assert counts(page_of(["12526", "7"])) == [f"{k + 10}340" if k != 2 else "12526|7" for k in range(ROWS)]


def test_a_second_count_that_is_no_rest_of_the_first_starts_a_row() -> None:
    assert len(counts(page_of(["126", "77"]))) == ROWS + 1


@pytest.mark.parametrize("texts", [{150: "1"}, {10 + 20 * GLYPH: "Total searches", 10 + 35 * GLYPH: "8"}])
def test_a_number_below_the_table_that_stands_alone_or_in_a_phrase_starts_no_row(texts: dict[float, str]) -> None:
    page = page_of(["12340"]).across(80 + 30 * ROWS + 60, texts)
    assert len(counts(page)) == ROWS


def test_the_first_piece_of_a_broken_count_is_of_the_row_that_ends_below_it() -> None:
    page = TypedPage().across(50, HEADER)
    for k in range(ROWS):
        y = 90 + 30 * k
        page.across(y, {10: "Records", 300: f"11/02/2025, 04:05:{k:02} PM UTC", 450: "theft", 550: uuid_of(k)})
        page.across(y - 10, {10: "Fakeville PD"})
        page.stack(150, y - 10 if k == 2 else y, ["12526", "7"] if k == 2 else [f"{k + 10}340"])
    model = fitted(page)
    assert model.alignment == "bottom"
    assert counts(page) == [f"{k + 10}340" if k != 2 else "12526|7" for k in range(ROWS)]


@pytest.mark.parametrize("is_bottom", [False, True])
@pytest.mark.parametrize("missing", [{4}, {4, 5}])
def test_a_time_of_its_own_makes_a_row_without_id_and_counts(missing: set[int], is_bottom: bool) -> None:
    def drawn(missing: set[int]) -> TypedPage:
        page = TypedPage().across(50, {10: "ID", 220: "Reason", 400: "Search Time", 550: "Type"})
        for k in range(ROWS):
            first = 80 + 30 * k
            last = first + 10
            page.stack(400, first, ["11/02/2025,", f"04:05:{k:02} PM UTC"])
            page.across(last if is_bottom else first, {220: "theft", 550: "lookup"})
            if k not in missing:
                page.across(last if is_bottom else first, {10: uuid_of(k)})
        return page

    model = fitted(drawn(set()))
    assert model.alignment == ("bottom" if is_bottom else "top")
    layout = laid_out(drawn(missing), model)
    rows = cells_of(layout)
    assert [row[0] for row in rows] == ["" if k in missing else uuid_of(k) for k in range(ROWS)]
    assert [row[2] for row in rows] == [f"11/02/2025,|04:05:{k:02} PM UTC" for k in range(ROWS)]
    assert {k for k, row in enumerate(layout.rows) if row.is_startless} == missing
