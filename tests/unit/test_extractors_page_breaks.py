"""Rows that a page break cuts: joined where it is certain, else the cells that may lack something are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from extractors.layout import layout_page
from extractors.model import TableModel
from extractors.pages import read_pages
from extractors.read_page import ReadPage
from extractors.tables import row_texts
from records.documents import PageClass, SegmentKind
from tests.unit.typed_pages import TypedPage, fitted, uuid_of

COLUMNS = {"ID": 10.0, "Org Name": 170.0, "Reason": 260.0, "Search Time": 380.0}
TIME = "11/02/2025, 04:05:06 PM UTC"
TALL = ["one", "two", "three", "four", "five", "six", "seven"]


def headed(number: int, baseline: float = 30.0) -> TypedPage:
    return TypedPage(number).across(baseline, {x: label for label, x in COLUMNS.items()})


def row(page: TypedPage, top: float, n: int, reason: Sequence[str], align: str, height: int | None = None) -> float:
    """A row from the baseline *top* on, as high as its *reason* or *height* lines; where the next may begin."""
    lines = height or len(reason)
    first = {"top": 0.0, "middle": 5.0 * (lines - 1), "bottom": 10.0 * (lines - 1)}[align]
    page.across(top + first, {10: uuid_of(n), 380: TIME})
    org = ["Fakeville PD", "Fakeville PD", "Example", "Sample County"][: 1 + n % 2 * (lines > 1)]
    page.stack(170, top + {"top": 0.0, "middle": 5.0, "bottom": 10.0}[align] * (lines - len(org)), org)
    own = {"top": 0.0, "middle": 5.0 * (lines - len(reason)), "bottom": 10.0 * (lines - len(reason))}[align]
    page.stack(260, top + own, reason)
    return top + 10.0 * lines


@dataclass
class Reader:
    """Lays typed pages out by one model, as the page loop asks for them."""

    pages: Sequence[TypedPage]
    model: TableModel

    def read(self, number: int) -> ReadPage:
        page = self.pages[number - 1]
        layout = layout_page(page.content, self.model)
        kinds = (PageClass.TEXT, "", SegmentKind.AUDIT_LOG, "pdfium")
        return ReadPage(
            number, page.width, page.height, 0, *kinds, len(page), self.model, layout.rows, layout.outside,
            glyphs_used=layout.used, grid=layout.grid,
        )  # fmt: skip


def read(pages: Sequence[TypedPage]) -> tuple[dict[str, list[str]], list[tuple[str, str, int | None]]]:
    """The texts of all rows by id, and the issues: (code, id of the row, column)."""
    model = fitted(*pages)
    reader = Reader(pages, model)
    rows: dict[str, list[str]] = {}
    issues = []
    for page in read_pages(reader, 1, len(pages), 1, len(pages)):  # type: ignore[arg-type]
        ids = []
        for index, found in enumerate(page.rows):
            texts = [text or "" for text in row_texts(model, page, index)]
            ids.append(texts[0])
            if found.piece == "whole":
                rows[texts[0]] = texts
        issues += [(issue.code, ids[issue.row or 0], issue.column) for issue in page.issues]
    return rows, issues


def full_page(number: int, align: str, begin: float, count: int = 9) -> tuple[TypedPage, float]:
    """A page of *count* rows from the baseline *begin* on, and where the next line goes."""
    page = headed(1) if number == 1 else TypedPage(number)
    at = begin
    for k in range(count):
        at = row(page, at, 100 * number + k, ["reason", "of it", "all"][: 1 + (k + 1) % 3], align)
    return page, at


def broken_row(align: str) -> list[TypedPage]:
    """Two pages; the last row of the first is cut after four of its seven lines. Cells of a row that is cut begin at
    its top, whatever the alignment, and its id has two lines."""
    first, at = full_page(1, align, 40)
    first.across(at, {10: uuid_of(777)[:24], 170: "Fakeville PD", 380: TIME}).type(10, at + 10, uuid_of(777)[24:])
    first.stack(260, at, TALL[:4])
    second = TypedPage(2).stack(260, 30, TALL[4:])
    at = 60.0
    for k in range(9):
        at = row(second, at, 200 + k, ["next", "of it", "all"][: 1 + (k + 1) % 3], align)
    third, _ = full_page(3, align, 30)
    return [first, second, third]


@pytest.mark.parametrize("align", ["top", "middle"])
def test_the_rest_of_a_row_is_joined_whatever_the_alignment(align: str) -> None:
    rows, issues = read(broken_row(align))
    assert rows[uuid_of(777)] == [uuid_of(777), "Fakeville PD", " ".join(TALL), TIME]
    assert rows[uuid_of(200)][2] == "next of it"
    assert len(rows) == 28 and issues == []


def test_where_rows_end_at_one_level_the_rest_cannot_be_parted_and_both_cells_are_named() -> None:
    rows, issues = read(broken_row("bottom"))
    assert len(rows) == 28
    assert {("row_cut", uuid_of(777), 2), ("row_cut", uuid_of(200), 2)} == set(issues)


def striped(page: TypedPage, bands: Sequence[tuple[float, float]]) -> TypedPage:
    """Fill every other row."""
    for top, bottom in bands:
        page.rule_across(top, 5, 520).rule_across(bottom, 5, 520)
        page.rule_down(5, top, bottom).rule_down(520, top, bottom)
    return page


def test_a_row_of_a_striped_table_is_whole_again() -> None:
    """Every other row is filled; nothing is drawn round a row that is not, and so nothing at the page's end."""
    pages = []
    for number in (1, 2, 3):
        page = headed(1) if number == 1 else TypedPage(number)
        at, bands = 45.0, []
        if number > 1:
            page.stack(260, 30, TALL[4:6])
            at = 55.0
        for k in range(9):
            begin = at
            at = row(page, at, 100 * number + k, ["reason", "of it", "all"][: 1 + k % 3], "middle") + 5
            if k % 2 == 0:
                bands.append((begin - 9, at - 9))
        if number < 3:
            page.across(at, {10: uuid_of(700 + number), 170: "Fakeville PD", 380: TIME}).stack(260, at, TALL[:4])
        pages.append(striped(page, bands))
    rows, issues = read(pages)
    assert len(rows) == 29
    for number in (1, 2):
        assert rows[uuid_of(700 + number)] == [uuid_of(700 + number), "Fakeville PD", " ".join(TALL[:6]), TIME]
    assert issues == []


def test_the_rest_of_a_centred_row_above_the_first_filled_one_is_set_from_the_top_with_its_start() -> None:
    """Its id went to the next page as a whole; beside it stand the rests of the others, some lower."""
    pages = []
    for number in (1, 2):
        page, bands, at = headed(number), [], 45.0
        if number > 1:
            page.type(10, at, uuid_of(700)).type(170, at + 10, "Sample").stack(380, at, ["04:05:06 PM", "UTC"])
            page.stack(260, at + 5, ["of it", "all"])
            at = 70.0
        for k in range(9):
            begin = at
            at = row(page, at, 100 * number + k, ["reason", "of it", "all"], "middle") + 5
            if k % 2 == 0:
                bands.append((begin - 9, at - 9))
        if number == 1:
            page.across(at, {170: "Fakeville", 260: "reason", 380: "11/02/2025,"})
        pages.append(striped(page, bands))
    rows, _ = read(pages)
    assert len(rows) == 19
    assert rows[uuid_of(700)] == [uuid_of(700), "Fakeville Sample", "reason of it all", TIME]


def test_a_blank_line_does_not_end_a_cell_above_the_first_row_that_is_filled() -> None:
    pages = []
    for number in (1, 2):
        page = headed(1) if number == 1 else TypedPage(number)
        at, bands = 50.0 if number == 1 else 30.0, []
        for k in range(9):
            begin = at
            reason = ["one", "", "", "two"] if k == 0 else ["reason", "of it", "all"][: 1 + k % 3]
            at = row(page, at, 100 * number + k, reason, "top") + 5
            if k % 2:
                bands.append((begin - 9, at - 9))
        pages.append(striped(page, bands))
    rows, issues = read(pages)
    assert len(rows) == 18 and rows[uuid_of(100)][2] == rows[uuid_of(200)][2] == "one two"
    assert issues == []


def test_cells_that_went_to_either_page_as_a_whole_are_one_row() -> None:
    first, at = full_page(1, "top", 40, count=25)
    first.across(at, {10: uuid_of(777), 170: "Fakeville PD"})
    second = headed(2).stack(260, 40, ["reason", "that was", "not broken"]).type(380, 40, TIME)
    at = 70.0
    for k in range(25):
        at = row(second, at, 200 + k, ["next reason", "of it"][: 1 + k % 2], "top")
    rows, issues = read([first, second])
    assert rows[uuid_of(777)] == [uuid_of(777), "Fakeville PD", "reason that was not broken", TIME]
    assert len(rows) == 51 and issues == []


def test_a_blank_that_may_stand_at_the_end_of_the_page_before_is_told_at_the_cell() -> None:
    first, at = full_page(1, "middle", 40)
    first.type(380, at + 8, TIME)
    second = TypedPage(2).across(30, {10: uuid_of(777), 170: "Fakeville PD", 260: "reason"})
    at = 40.0
    for k in range(9):
        at = row(second, at, 200 + k, ["next", "of it", "all"][: 1 + k % 3], "middle")
    rows, issues = read([first, second])
    assert rows[uuid_of(777)][3] == "" and len(rows) == 19
    assert ("row_cut", uuid_of(777), 3) in issues


def test_a_row_whose_start_went_to_the_next_page_is_no_row_of_its_own() -> None:
    """Cells of one line stay, those of two go to the next page; or are broken, as the period is."""
    labels = {10: "Search Time", 100: "Total Networks Searched", 220: "Time Frame", 320: "Reason", 440: "Search Type"}
    pages = [TypedPage(number).across(30, labels) for number in (1, 2, 3)]
    times = [f"11/02/2025, {hour:02d}:05:06 PM UTC" for hour in range(36)]
    for k, time in enumerate(times):
        page, at = pages[k // 12], 70.0 + 20 * (k % 12)
        whole = {220: ["11/01/2025 -", "11/02/2025"], 100: [str(k + 1)], 320: ["a reason"], 440: ["lookup"]}
        if k in (11, 23):
            page.across(at, {100: str(k + 1), 220: "11/01/2025 -", 440: "lookup"})
            page, at = pages[k // 12 + 1], 50.0
            whole = {220: ["11/02/2025"], 320: ["a reason"]}
        page.stack(10, at, [time[:11], time[12:]])
        for x, lines in whole.items():
            page.stack(x, at, lines)
    model = fitted(*pages)
    found = list(read_pages(Reader(pages, model), 1, 3, 1, 3))  # type: ignore[arg-type]
    texts = [row_texts(model, page, i) for page in found for i, row in enumerate(page.rows) if row.piece == "whole"]
    assert [row[0] for row in texts] == times
    assert all(row[1:] == [str(k + 1), "11/01/2025 - 11/02/2025", "a reason", "lookup"] for k, row in enumerate(texts))


@pytest.mark.parametrize("stays", [170.0, 10.0])
def test_a_cell_may_be_broken_where_the_others_went_to_either_page_as_a_whole(stays: float) -> None:
    """Ruled rows; the reason of the last one is on both pages, its organization on the first, its id there or not."""
    pages = [headed(1), headed(2)]
    for k in range(70):
        page, at = pages[k // 35], 50.0 + 14 * (k % 35)
        cells = {10.0: uuid_of(k), 170.0: "Fakeville PD", 260.0: "reason", 380.0: TIME}
        if k == 34:
            page.across(at, {x: text for x, text in cells.items() if stays <= x < 260} | {260: "a broken"})
        elif k == 35:
            page.across(at, {x: text for x, text in cells.items() if not stays <= x < 260})
        else:
            page.across(at, cells)
        page.rule_across(at - 11, 5, 520).rule_across(at + 3, 5, 520)
    rows, issues = read(pages)
    broken = uuid_of(34 if stays == 10 else 35)
    assert rows[broken] == [broken, "Fakeville PD", "a broken reason", TIME]
    assert len(rows) == 69 and issues == []


def test_a_row_goes_on_above_a_header_that_is_printed_again_in_the_middle_of_the_page() -> None:
    first, at = full_page(1, "top", 40)
    row(first, at, 777, TALL[:4], "top")
    second = headed(2).stack(260, 40, TALL[4:]).across(72, {x: label for label, x in COLUMNS.items()})
    row(second, 82, 200, ["next"], "top")
    rows, issues = read([first, second])
    assert rows[uuid_of(777)][2] == " ".join(TALL)
    assert rows[uuid_of(200)][2] == "next" and issues == []


def test_a_blank_line_does_not_end_a_cell_that_goes_on_where_the_table_begins() -> None:
    first, at = full_page(1, "top", 40)
    row(first, at, 777, TALL[:4], "top")
    second = headed(2).stack(260, 40, TALL[4:6]).type(260, 70, TALL[6])
    row(second, 80, 200, ["next"], "top")
    rows, issues = read([first, second])
    assert rows[uuid_of(777)][2] == " ".join(TALL) and issues == []


def test_what_may_be_the_rest_of_a_cell_but_is_not_joined_is_told_at_the_cell() -> None:
    first, at = full_page(1, "top", 40)
    row(first, at, 777, TALL[:4], "top")
    second = headed(2).stack(260, 80, TALL[4:6])  # further down than the table begins, and far from the next row
    row(second, 115, 200, ["next"], "top")
    rows, issues = read([first, second])
    assert rows[uuid_of(777)][2] == " ".join(TALL[:4])
    assert issues == [("row_cut", uuid_of(777), 2)]


def test_the_end_of_an_id_at_the_top_of_a_page_starts_no_row() -> None:
    first, at = full_page(1, "top", 40)
    parts = [uuid_of(777)[:14], uuid_of(777)[14:28], uuid_of(777)[28:]]
    first.across(at, {10: parts[0], 170: "Fakeville PD", 260: "reason", 380: TIME}).type(10, at + 10, parts[1])
    second = TypedPage(2).type(10, 30, parts[2])
    at = 40.0
    for k in range(5):
        at = row(second, at, 200 + k, ["next"], "top")
    rows, _ = read([first, second])
    ids = ["".join(text.split()) for text in rows]
    assert uuid_of(777) in ids and len(ids) == 15


def test_rows_shifted_by_a_column_at_a_page_break_are_rows_of_their_own() -> None:
    """Each row is ruled; the last three of the first page and the first two of the second stand one column further."""
    places = [10.0, 170.0, 330.0, 450.0, 570.0]
    pages = [TypedPage(number).across(30, dict(zip(places, COLUMNS, strict=False))) for number in (1, 2)]
    for k in range(22):
        page, at = pages[k // 11], 50.0 + 14 * (k % 11)
        cells = [uuid_of(k), "Fakeville PD", "reason of it", TIME]
        page.across(at, dict(zip(places[8 <= k <= 12 :], cells, strict=False)))
        page.rule_across(at - 11, 5, 690).rule_across(at + 3, 5, 690)
    for page in pages:
        for x in (5, 165, 325, 445, 565, 690):
            page.rule_down(x, 20, 50 + 14 * 10 + 3)
    model = fitted(*pages)
    reader = Reader(pages, model)
    texts = [
        [text for text in row_texts(model, page, index) if text]
        for page in read_pages(reader, 1, 2, 1, 2)  # type: ignore[arg-type]
        for index in range(len(page.rows))
    ]
    assert texts == [[uuid_of(k), "Fakeville PD", "reason of it", TIME] for k in range(22)]


def test_an_id_that_is_whole_only_with_the_next_page_makes_two_ruled_pieces_one_row() -> None:
    """The time, which is not broken, goes to the next page as a whole, and looks like the start of a row."""
    pages = []
    for number in (1, 2):
        page = headed(number).rule_across(20, 5, 780).rule_across(35, 5, 780)
        for k in range(8):
            top = 50 + 30 * k + 30 * (number - 1)
            page.across(top, {10: uuid_of(10 * number + k), 170: "Fakeville PD", 260: "theft", 380: TIME})
            page.rule_across(top + 15, 5, 780)
        pages.append(page)
    first, rest = uuid_of(9)[:19], uuid_of(9)[19:]
    pages[0].across(290, {10: first, 260: "a stolen"}).rule_across(305, 5, 780)
    pages[1].across(50, {10: rest, 170: "Example", 260: "car", 380: TIME}).rule_across(65, 5, 780)
    rows, issues = read(pages)
    assert rows[uuid_of(9)] == [uuid_of(9), "Example", "a stolen car", TIME]
    assert len(rows) == 17 and not issues


def test_the_last_eight_signs_of_an_id_above_a_header_rule_start_no_row() -> None:
    """Eight signs begin an id, too. What the rest lacks, the piece on the page before has."""
    pages = []
    for number in (1, 2):
        page = headed(number).rule_across(20, 5, 780).rule_across(35, 5, 780)
        for k in range(8):
            top = 50 + 30 * k + 30 * (number - 1)
            page.across(top, {10: uuid_of(10 * number + k), 170: "Fakeville PD", 260: "theft", 380: TIME})
            page.rule_across(top + 15, 5, 780)
        pages.append(page)
    pages[0].across(290, {10: uuid_of(9)[:28], 170: "Example", 260: "a stolen", 380: TIME}).rule_across(305, 5, 780)
    pages[1].across(50, {10: uuid_of(9)[28:], 260: "car"}).rule_across(65, 5, 780)
    rows, issues = read(pages)
    assert rows[uuid_of(9)] == [uuid_of(9), "Example", "a stolen car", TIME]
    assert len(rows) == 17 and not issues


@pytest.mark.parametrize("parts", [{260: TALL[:3]}, {170: ["Sample"], 260: TALL[:3], 380: [TIME[:11]]}])
def test_what_stands_below_a_header_that_ends_the_page_begins_the_next_row(parts: dict[float, list[str]]) -> None:
    """A program that breaks a centred row prints the header above its first piece, too; the id is on the next page."""
    first, at = full_page(1, "middle", 40)
    first.across(at + 10, {x: label for label, x in COLUMNS.items()})
    for x, lines in parts.items():
        first.stack(x, at + 30 + 10 * (3 - len(lines)), lines)
    second = headed(2).across(40, {10: uuid_of(777), 170: "County PD", 380: TIME[11:] if len(parts) > 1 else TIME})
    second.stack(260, 40, TALL[3:])
    at = 130.0
    for k in range(9):
        at = row(second, at, 200 + k, ["next", "of it", "all"][: 1 + (k + 1) % 3], "middle")
    rows, issues = read([first, second])
    org = "Sample County PD" if len(parts) > 1 else "County PD"
    assert rows[uuid_of(777)] == [uuid_of(777), org, " ".join(TALL), TIME.replace(",", ", ").replace("  ", " ")]
    assert len(rows) == 19 and issues == []


def test_what_stands_beside_an_id_that_the_page_s_end_cuts_is_of_its_row() -> None:
    """The row is set as if it were whole: its cells are centred on three lines of the id, of which two are there."""

    def centred(page: TypedPage, top: float, n: int, lines: slice = slice(0, 3)) -> float:
        wrapped = [uuid_of(n)[:14], uuid_of(n)[14:24], uuid_of(n)[24:]]
        page.stack(10, top, wrapped[lines]).across(top + 10, {170: "Fakeville PD", 380: TIME})
        page.stack(260, top + 5 * (n % 2), ["reason", "of it", "all"][: 3 - n % 2][lines])
        return top + 34

    first, second = headed(1), TypedPage(2)
    at = 44.0
    for k in range(9):
        at = centred(first, at, 100 + k)
    centred(first, at, 776, slice(0, 2))
    second.across(30, {10: uuid_of(776)[24:], 260: "all"})
    at = 44.0
    for k in range(9):
        at = centred(second, at, 200 + k)
    rows, issues = read([first, second])
    assert rows[uuid_of(776)] == [uuid_of(776), "Fakeville PD", "reason of it all", TIME]
    assert len(rows) == 19 and issues == []
