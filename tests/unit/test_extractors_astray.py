"""Lines that may be another row's, signs that are lower than letters, and lines that stand close to two rows."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.assign import assign_rows, find_anchors
from extractors.astray import beside_astray
from extractors.find_lines import find_lines
from extractors.layout import layout_page
from extractors.repeated import repeated_lines
from extractors.values import UUID
from tests.unit.typed_pages import GLYPH, TypedPage, fitted, uuid_of

COLUMNS = {"ID": 10.0, "Org Name": 170.0, "Reason": 260.0, "Search Time": 380.0}
TIME = "11/02/2025, 04:05:06 PM UTC"


def headed(number: int = 1, baseline: float = 30.0) -> TypedPage:
    return TypedPage(number).across(baseline, {x: label for label, x in COLUMNS.items()})


def test_centred_cells_take_the_number_of_lines_that_fits_best() -> None:
    """Lines of 8 points stand 5 apart: two lines fit a middle nearly as well as three."""
    page = TypedPage()
    for n in range(3):
        middle = 60 + 32 * n
        page.stack(10, middle - 2.5, [uuid_of(n)[:24], uuid_of(n)[24:]], step=5)
        page.stack(260, middle - 4.5, ["one", "two", "three"], step=5)
    lines = find_lines(page.typed, np.array([0.0, 165, 700]))
    rows, stray = assign_rows(lines, find_anchors(lines, 0, UUID), "middle", 3.2)
    assert rows[lines.column == 1].tolist() == [0, 0, 0, 1, 1, 1, 2, 2, 2]
    assert not stray.any()


def test_a_row_that_is_too_low_for_its_text_is_doubtful_and_so_is_the_next() -> None:
    """Rows end at one level; the cell of row 6 begins above the end of row 5, whose own cell is blank."""
    page = headed()
    for n in range(14):
        base = 60.0 + 24 * n
        page.across(base, {10: uuid_of(n), 170: "Fakeville PD", 380: TIME})
        lines = ["two", "lines"] if n not in (5, 6) else []
        page.stack(260, base - 10, lines)
    page.stack(260, 60.0 + 24 * 6 - 30, ["one", "two", "three", "four"])
    model = fitted(page)
    assert model.alignment == "bottom"
    doubtful = [
        (k, j)
        for k, row in enumerate(layout_page(page.content, model).rows)
        for j, cell in enumerate(row.cells)
        if cell and cell.is_doubtful
    ]
    assert doubtful == [(5, 2), (6, 2)]


def test_lines_printed_over_those_of_the_next_row_make_both_cells_doubtful() -> None:
    page = headed()
    for x in (5, 165, 255, 375, 520):
        page.rule_down(x, 20, 230)
    for k, y in enumerate(range(20, 231, 20)):
        page.rule_across(y, 5, 520)
        if 0 < k < 10:
            page.across(y + 14, {10: uuid_of(k), 170: "Fakeville PD", 260: "theft", 380: TIME})
    page.type(260, 20 * 5 + 20 + 17, "burglary").type(260, 20 * 5 + 20 + 25, "of a house")
    model = fitted(page)
    assert model.is_ruled
    rows = layout_page(page.content, model).rows
    marked = {k for k, row in enumerate(rows) if row.cells[2] and row.cells[2].is_doubtful}
    assert {4} <= marked and marked <= {3, 4, 5}


def test_a_comma_is_of_the_line_of_the_letters_beside_it() -> None:
    """Spreadsheets print fonts whose signs have boxes of their own height."""
    page = TypedPage().type(10, 50, "West").type(30, 50, "Ranch").type(10, 61, "Example")
    glyphs = page.typed
    low = np.array([glyphs.x1[3], glyphs.x1[3]])
    text = glyphs.text[:4] + "," + glyphs.text[4:]
    x0, x1 = np.insert(glyphs.x0, 4, low[0]), np.insert(glyphs.x1, 4, low[0] + GLYPH / 2)
    top, bottom = np.insert(glyphs.top, 4, 48.5), np.insert(glyphs.bottom, 4, 51.5)
    spaces = np.insert(glyphs.space_before, 4, 0)
    spaces[5] = 1
    comma = type(glyphs)(text, x0, top, x1, bottom, spaces)
    assert find_lines(comma).text == ["West, Ranch", "Example"]


def test_a_line_above_the_header_of_every_page_is_furniture_though_it_stands_close() -> None:
    """Browsers print the date above the page: it looks like the beginning of a row."""
    pages = []
    for number in (1, 2):
        page = headed(number).across(19, {10: "11/22/26, 3:38 AM", 260: "Audit"})
        for n in range(5):
            page.across(50 + 20 * n, {10: uuid_of(10 * number + n), 170: "Fakeville PD", 380: TIME})
        pages.append(page)
    [(_, text)] = repeated_lines([page.sample for page in pages])
    assert "".join(text.split()) == "11/22/26,3:38AMAudit"


def test_lines_at_equal_steps_are_of_a_cell_in_every_row_though_the_page_cuts_the_last_one() -> None:
    """Two lines for each row fit no better than four for every other one, with one line over in both cases."""
    page = TypedPage()
    for n in range(9):
        middle = 60 + 28 * n
        if n < 8:
            page.type(10, middle, uuid_of(n))
        page.stack(300, middle - 5, ["upper", "lower"] if n < 8 else ["upper"])
    lines = find_lines(page.typed, np.array([0.0, 290, 400]))
    rows, stray = assign_rows(lines, find_anchors(lines, 0, UUID), "middle", 3.2)
    mine = lines.column == 1
    assert rows[mine].tolist() == [n for n in range(8) for _ in range(2)] + [8]
    assert np.flatnonzero(stray[mine]).tolist() == [16]


@pytest.mark.parametrize("middle", [62, 56])
def test_a_heading_in_the_grid_over_those_of_every_page_is_furniture(middle: int) -> None:
    """The other headings stand on the lower line, or are centred between the two."""
    pages = []
    for number in (1, 2):
        page = TypedPage(number).type(300, 50, "Total Searched").across(62, {300: "Networks", 340: "Devices"})
        page.across(middle, {10: "ID", 200: "Org Name", 400: "Search Time"})
        for k in range(6):
            y = 80 + 20 * k + number
            page.across(y, {10: uuid_of(k), 200: "Fakeville PD", 300: "4", 340: "9", 400: TIME}).rule_across(y, 5, 780)
        pages.append(page.rule_across(40, 5, 780).rule_across(67, 5, 780))
    assert [text for _, text in repeated_lines([page.sample for page in pages])] == ["Total Searched"]


def test_a_header_nobody_knows_is_furniture_where_every_page_prints_it() -> None:
    labels = {10: "Query executed", 170: "Kind", 300: "Justification"}
    pages = [TypedPage(number).across(40, labels) for number in (1, 2, 3)]
    for page in pages:
        for k in range(8):
            page.across(50 + 10 * k, {10: f"11/02/2025, 04:{page.number}{k}:06 PM UTC", 170: "lookup", 300: "theft"})
    assert [text for _, text in repeated_lines([page.sample for page in pages])] == [
        "Query executed Kind Justification"
    ]
    pages[1].glyphs[0] = ("q", *pages[1].glyphs[0][1:])
    assert repeated_lines([page.sample for page in pages]) == []


def test_a_header_nobody_knows_may_stand_below_a_title_on_the_first_page() -> None:
    pages = [TypedPage(1).type(10, 30, "Report").across(52, {10: "Query executed", 170: "Kind"})]
    pages += [TypedPage(number).across(40, {10: "Query executed", 170: "Kind"}) for number in (2, 3)]
    for page in pages:
        for k in range(8):
            page.across(64 + 10 * k, {10: f"11/02/2025, 04:{page.number}{k}:06 PM UTC", 170: "lookup"})
    assert repeated_lines([page.sample for page in pages]) == [(y, "Query executed Kind") for y in (40, 52)]


def test_of_centred_cells_those_that_touch_an_odd_one_are_doubtful_too() -> None:
    """Row 0 lost its last line to row 1, which gave its own last one to row 2; row 3 stands apart."""
    page = TypedPage().stack(10, 20, ["a", "b", "c", "d", "e", "f", "g"]).type(10, 120, "h").type(60, 40, "other")
    band = find_lines(page.typed, np.array([0.0, 50.0, 100.0]))
    rows = np.array([0, 0, 1, 1, 1, 2, 2, 3, 1])
    odd = np.zeros(len(band), np.bool_)
    odd[0] = True
    found = beside_astray(band, rows, odd, 11.0, 4)
    assert sorted({int(row) for row in rows[found]}) == [0, 1, 2] and not found[8]


def test_a_line_close_above_the_rows_of_every_page_is_furniture() -> None:
    """It stands above the header of the first page, beside the table or where the table begins."""
    for left in (2, 10):
        pages = []
        for number in (1, 2, 3):
            page = (headed(1) if number == 1 else TypedPage(number)).across(
                19, {left: "11/22/26, 7:14 AM", 260: "Audit"}
            )
            for n in range(5):
                at = (32 if number > 1 else 42) + 20 * n
                page.across(at, {10: uuid_of(10 * number + n), 170: "Fakeville PD", 380: TIME})
            pages.append(page)
        assert [text for _, text in repeated_lines([page.sample for page in pages])] == ["11 / 22 / 26, 7:14 AM Audit"]


def test_page_numbers_that_begin_behind_a_letter_are_running_lines() -> None:
    """The log's second page prints 2, and is the third of the document."""
    pages = [TypedPage(1).stack(60, 60, ["Your request is granted in part.", "Sincerely,"])]
    for number in (2, 3, 4):
        page = headed(number).type(10, 590, "file:///audit.html").type(700, 590, f"{number - 1}/3")
        for n in range(5):
            page.across(50 + 20 * n, {10: uuid_of(10 * number + n), 170: "Fakeville PD", 380: TIME})
        pages.append(page)
    assert [text for _, text in repeated_lines([page.sample for page in pages])] == ["file: / / / audit.html # / 3"]


def test_a_line_above_the_only_header_is_furniture_where_the_other_page_prints_it_too() -> None:
    """A browser prints two pages, the table's header on the first: what it prints above the second joined a row."""
    pages = [headed(1, 40.0), TypedPage(2)]
    for page in pages:
        page.across(19, {10: "2/3/26, 9:14 AM", 260: "Audit"})
        for n in range(5):
            page.across((60 if page.number == 1 else 31) + 20 * n, {10: uuid_of(n), 170: "Fakeville PD", 380: TIME})
    [(_, text)] = repeated_lines([page.sample for page in pages])
    assert "".join(text.split()) == "2/3/26,9:14AMAudit"


def test_a_step_wider_than_a_columns_own_is_between_two_cells() -> None:
    """Five lines and one stand on the middles of two rows as well as three and three, a bit better even."""
    page = TypedPage()
    page.type(300, 44, "rest")
    for n in range(8):
        middle = 80 + 50 * n
        page.type(10, middle, uuid_of(n)).stack(300, middle - 9.8, ["upper", "middle", "lower"])
    lines = find_lines(page.typed, np.array([0.0, 290, 400]))
    rows, _ = assign_rows(lines, find_anchors(lines, 0, UUID), "middle", 3.2)
    assert rows[lines.column == 1].tolist()[1:] == [n for n in range(8) for _ in range(3)]


def test_a_foot_of_two_lines_that_every_page_prints_is_furniture() -> None:
    """Each of them stands close to the other, and both far from the table; one alone comes again by chance."""
    pages = []
    for number in (1, 2, 3, 4):
        page = headed(number)
        for n in range(8):
            page.across(80 + 12 * n, {10: uuid_of(10 * number + n), 170: "Fakeville PD", 380: TIME})
        pages.append(page.type(300, 400, f"{number}").type(10, 409, "COPY" if number < 5 else "DRAFT"))
    assert [text for _, text in repeated_lines([page.sample for page in pages])] == ["#", "COPY"]
    for number, page in enumerate(pages):
        page.type(400, 409, f"of office {number}")
    assert repeated_lines([page.sample for page in pages]) == []


@pytest.mark.parametrize(("x", "found"), [(4, ["file: / / / audit.html # / 2"]), (10, [])])
def test_the_foot_of_two_pages_is_furniture_where_it_is_set_otherwise(x: float, found: list[str]) -> None:
    """The address of the file and the page's number, left of the table; in its columns both may be values."""
    pages = []
    for number in (1, 2):
        page = headed(number)
        for n in range(8):
            page.across(60 + 20 * n, {10: uuid_of(10 * number + n), 170: "Fakeville PD", 380: TIME})
        pages.append(page.type(x, 590, "file:///audit.html").type(x + 600, 590, f"{number}/2"))
    assert [text for _, text in repeated_lines([page.sample for page in pages])] == found


def test_the_rest_of_a_row_that_says_the_same_on_some_pages_is_no_foot() -> None:
    """Where rows are broken over pages, it stands at one place, and apart from the next row."""
    pages = []
    for number in range(1, 6):
        page = headed(number)
        for n in range(8):
            page.across(80 + 12 * n, {10: uuid_of(10 * number + n), 170: "Fakeville PD", 380: TIME})
        pages.append(page.type(170, 400, "County SO").type(380, 409, "UTC") if number < 5 else page)
    assert repeated_lines([page.sample for page in pages]) == []
