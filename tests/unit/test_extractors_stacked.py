"""Two logs on one page are read by their own columns, and share the page."""

from __future__ import annotations

from dataclasses import replace

from extractors.page_kind import page_class
from extractors.segments import find_segments, share_pages
from extractors.stacked import lay_out_stack, part_of, rows_above
from records.documents import SegmentKind
from tests.unit.typed_pages import TypedPage, cells_of, fitted, uuid_of

TIME = "11/02/2025, 04:05:06 PM UTC"
UPPER = {20: "ID", 220: "Org Name", 400: "Networks", 480: "Reason", 620: "Search Time"}
LOWER = {20: "Search Time", 200: "Reason", 380: "ID"}


def upper_rows(page: TypedPage, count: int) -> TypedPage:
    page.across(50, UPPER)
    for k in range(count):
        page.across(70 + 14 * k, {20: uuid_of(k), 220: "Fakeville PD", 400: f"{k + 3}", 480: "theft", 620: TIME})
    return page


def stacked_page() -> TypedPage:
    page = upper_rows(TypedPage(), 8)
    page.type(20, 210, "November").across(230, LOWER)
    for k in range(9):
        page.across(250 + 14 * k, {20: TIME, 200: "a missing juvenile", 380: uuid_of(100 + k)})
    return page


def test_each_part_of_a_page_is_laid_out_by_its_own_columns_and_the_title_between_is_in_neither() -> None:
    page = stacked_page()
    upper = fitted(upper_rows(TypedPage(), 8))
    header = next(h for h in page.headers if h.top > 200)
    below = TypedPage().across(230, LOWER)
    for k in range(9):
        below.across(250 + 14 * k, {20: TIME, 200: "a missing juvenile", 380: uuid_of(100 + k)})
    lower = fitted(below)
    assert rows_above(page.content, upper, header.top)
    parts = lay_out_stack(page.content, [upper, replace(lower, top=header.top)])
    assert parts is not None
    first, second = (cells_of(layout) for _, layout in parts)
    assert [row[0] for row in first] == [uuid_of(k) for k in range(8)]
    assert [row[2] for row in second] == [uuid_of(100 + k) for k in range(9)]
    assert [line.text for line in parts[1][1].outside if line.account == "left"] == ["November"]
    assert sum(part.glyph_count for part, _ in parts) == len(page)


def test_what_stands_between_two_heights_keeps_its_place() -> None:
    content = part_of(stacked_page().content, 0.0, 60.0)
    assert content.glyphs.text == "IDOrgNameNetworksReasonSearchTime"
    assert float(content.glyphs.bottom.max()) == 50.0
    assert page_class(content)[0] == page_class(stacked_page().content)[0]


def test_segments_share_a_page_by_the_numbers_of_its_rows() -> None:
    log = SegmentKind.AUDIT_LOG
    found = find_segments([(1, 0, log), (2, 0, log), (2, 1, log), (2, 0, log), (3, 0, log)])
    shared = share_pages(found, [(2, 5), (2, 9)])
    assert [(s.first_page, s.last_page, s.first_row, s.last_row) for s in shared] == [
        (1, 2, 1, 5),
        (2, 2, 6, 9),
        (2, 3, 10, None),
    ]
    assert [s.holds(2, 7) for s in shared] == [False, True, False]
    assert [s.holds(3, 1) for s in shared] == [False, False, True]
