"""Columns and rows on pages typed by hand: alignment, rulings, pieces, and what belongs to no row."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from extractors.assign import assign_rows, find_anchors
from extractors.bands import row_bands
from extractors.columns import cluster, ruled_edges
from extractors.find_lines import find_lines
from extractors.judge import judge
from extractors.layout import layout_page
from extractors.values import UUID
from tests.unit.typed_pages import GLYPH, TypedPage, cells_of, fitted, laid_out, uuid_of

COLUMNS = {"ID": 10.0, "Org Name": 170.0, "Reason": 260.0, "Search Time": 380.0}
TIME = "11/02/2025, 04:05:06 PM UTC"


def headed(number: int = 1, baseline: float = 50.0) -> TypedPage:
    return TypedPage(number).across(baseline, {x: label for label, x in COLUMNS.items()})


def row(page: TypedPage, baseline: float, n: int, reason: list[str], align: str = "top") -> None:
    """One row; *baseline* is that of its single-line cells, *reason* has several lines."""
    page.across(baseline, {10: uuid_of(n), 170: "Fakeville PD", 380: TIME})
    first = {"top": 0.0, "bottom": -10.0 * (len(reason) - 1), "middle": -5.0 * (len(reason) - 1)}[align]
    page.stack(260, baseline + first, reason)


REASONS = [["one"], ["two lines", "of reason"], ["three lines", "of reason", "in a cell"], ["four"], ["five", "+ six"]]


def aligned_page(align: str, number: int = 1) -> TypedPage:
    page = headed(number)
    for n, reason in enumerate(REASONS):
        row(page, 90 + 40 * n, 10 * number + n, reason, align)
    return page


@pytest.mark.parametrize("align", ["top", "middle", "bottom"])
def test_rows_are_told_by_how_their_cells_stand(align: str) -> None:
    pages = [aligned_page(align, number) for number in (1, 2, 3)]
    model = fitted(*pages)
    assert (model.alignment, model.is_ruled, model.anchor) == (align, False, 0)
    for page in pages:
        found = cells_of(laid_out(page, model))
        assert [cells[2] for cells in found] == ["|".join(reason) for reason in REASONS]
        assert [cells[0] for cells in found] == [uuid_of(10 * page.number + n) for n in range(5)]
        assert all(cells[1:4:2] == ["Fakeville PD", TIME] for cells in found)


@pytest.mark.parametrize("alignment", ["top", "middle", "bottom"])
def test_lines_go_to_the_row_they_stand_in(alignment: str) -> None:
    page = aligned_page(alignment)
    lines = find_lines(page.typed, np.array([0.0, 165, 255, 375, 700]))
    lines = lines.select(lines.bottom > 55)
    anchors = find_anchors(lines, 0, UUID)
    assert len(anchors.blocks) == 5
    rows, stray = assign_rows(lines, anchors, alignment, 3.0)
    mine = lines.column == 2
    assert [int(r) for r in rows[mine]] == [n for n, reason in enumerate(REASONS) for _ in reason]
    assert not stray.any()


def test_the_end_of_an_id_that_looks_like_the_beginning_of_one_starts_no_row() -> None:
    page = TypedPage().across(50, {10: "ID", 170: "Org Name", 260: "Reason", 380: "Search Time"})
    for n in range(6):
        whole = uuid_of(n)
        page.across(80 + 80 * n, {170: "Fakeville PD", 260: "theft", 380: TIME})
        page.stack(10, 80 + 80 * n, [whole[:8], whole[8:14], whole[14:19], whole[19:24], whole[24:32], whole[32:]])
    assert [row[0].replace("|", "") for row in cells_of(laid_out(page, fitted(page)))] == [uuid_of(n) for n in range(6)]


def test_centred_rows_without_an_id_are_told_by_their_times() -> None:
    pages = []
    for number in (1, 2, 3):
        page = headed(number)
        for n, reason in enumerate(REASONS):
            row(page, 90 + 40 * n, 10 * number + n, reason, "middle")
        pages.append(page)
    pages[1].glyphs = [g for g in pages[1].glyphs if not (g[1] < 165 and g[2] == 90 + 40 * 2)]
    model = fitted(*pages)
    assert (model.alignment, model.columns[model.anchor].name) == ("middle", "Search Time")
    found = cells_of(laid_out(pages[1], model))
    assert [cells[0] for cells in found] == [uuid_of(20), uuid_of(21), "", uuid_of(23), uuid_of(24)]
    assert [cells[2] for cells in found] == ["|".join(reason) for reason in REASONS]


def test_an_id_on_two_lines_is_one_anchor() -> None:
    page = TypedPage()
    for n in range(3):
        page.stack(10, 50 + 30 * n, [uuid_of(n)[:24], uuid_of(n)[24:]])
    anchors = find_anchors(find_lines(page.typed, np.array([0.0, 200])), 0, UUID)
    assert [len(block) for block in anchors.blocks] == [2, 2, 2]
    assert anchors.last.tolist() == [60, 90, 120]


def test_columns_two_points_apart_are_parted_by_their_values() -> None:
    page = TypedPage().type(10, 70, "ID").stack(170, 50, ["Total", "Devices", "Searched"])
    page.stack(204, 60, ["Time", "Frame"]).type(360, 70, "Reason")
    for n in range(6):
        y = 100 + 30 * n
        number = str(12345 * (n + 1))[: 2 + n % 4]
        page.type(10, y, uuid_of(n)).type(202 - GLYPH * len(number), y, number)
        page.stack(204, y - 10, ["11/01/2025, 04:05:06 PM UTC", "11/02/2025, 04:05:06 PM UTC"]).type(360, y, "stolen")
    model = fitted(page)
    assert [column.name for column in model.columns] == ["ID", "Total Devices Searched", "Time Frame", "Reason"]
    assert 202 - 0.5 <= model.columns[1].right <= 204 + 0.5
    found = cells_of(laid_out(page, model))
    assert [cells[1] for cells in found] == [str(12345 * (n + 1))[: 2 + n % 4] for n in range(6)]
    assert all(cells[2].count("UTC") == 2 for cells in found)


def ruled_page() -> TypedPage:
    page = headed()
    for x in (5, 165, 255, 375, 500):
        page.rule_down(x, 40, 260)
    for k, y in enumerate(range(40, 261, 44)):
        page.rule_across(y, 5, 500)
        if k < 4:
            row(page, y + 60, k, REASONS[k])
    return page


def test_rulings_part_columns_and_rows() -> None:
    page = ruled_page()
    model = fitted(page)
    assert model.is_ruled
    assert model.edges.tolist() == [5, 165, 255, 375, 500]
    assert row_bands(page.drawn, model).tolist() == list(range(40, 261, 44))
    assert [cells[2] for cells in cells_of(laid_out(page, model))] == ["|".join(r) for r in REASONS[:4]]


def test_rulings_that_do_not_part_all_labels_are_no_columns() -> None:
    page = headed()
    for x in (5, 165, 500):
        page.rule_down(x, 40, 60)
    assert ruled_edges(page.headers[0], page.drawn.vertical) is None


def test_border_pieces_and_double_lines_count_as_one_ruling() -> None:
    page = ruled_page()
    model = fitted(page)
    pieces = TypedPage()
    for x0, x1 in ((5, 165), (165, 255), (255, 375), (375, 500)):
        pieces.rule_across(100, x0, x1).rule_across(101, x0, x1)
    pieces.rule_across(150, 255, 375)  # a border of one cell only
    assert row_bands(pieces.drawn, model).tolist() == [100.5]
    assert row_bands(TypedPage().drawn, model).tolist() == []


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], []), ([3.0], [3.0]), ([5, 1, 1.5], [1.25, 5.0]), ([0, 1.9, 3.8], [1.9])],
)
def test_values_close_together_are_one(values: list[float], expected: list[float]) -> None:
    assert cluster(np.array(values, np.float64), 2.0).tolist() == pytest.approx(expected)


def test_a_total_below_the_table_is_left_over() -> None:
    page = aligned_page("top").type(10, 330, "Total searches: 5")
    model = fitted(page)
    layout = laid_out(page, model)
    assert len(layout.rows) == 5
    told = {(line.account, line.text) for line in layout.outside}
    assert ("left", "Total searches: 5") in told


@pytest.mark.parametrize("below", [35, 25])
def test_a_remark_below_the_last_row_is_left_over_or_named(below: int) -> None:
    model = fitted(aligned_page("top"), aligned_page("top", 2))
    page = aligned_page("top").type(10, 90 + 40 * 4 + below, "* as provided by the vendor")
    layout = laid_out(page, model)
    left = {line.text for line in layout.outside if line.account == "left"}
    texts = [" ".join(cell.texts) if cell else None for cell in layout.rows[-1].cells]
    named = [(issue.code, issue.column) for issue in judge(model, 4, layout.rows[-1], texts, [], True)]
    if below == 35:  # further than lines of one cell stand apart
        assert "* as provided by the vendor" in left and named == []
    else:
        assert "* as provided by the vendor" in left or named


def test_a_title_above_the_header_is_left_over() -> None:
    page = aligned_page("top").type(300, 30, "Quarterly print")
    layout = laid_out(page, fitted(page))
    assert ("left", "Quarterly print") in {(line.account, line.text) for line in layout.outside}
    assert len(layout.rows) == 5


def test_the_header_on_its_page_is_furniture_and_its_rows_begin_below() -> None:
    page = aligned_page("top")
    layout = laid_out(page, fitted(page))
    assert {(line.account, line.rule) for line in layout.outside} == {("furniture", "header")}
    assert sum(line.glyph_count for line in layout.outside) == len("".join(COLUMNS)) - 2


def test_a_header_printed_again_is_furniture_wherever_it_stands() -> None:
    first = aligned_page("top")
    model = fitted(first)
    again = TypedPage(2)
    row(again, 60, 90, ["first"])
    again.across(120, {x: label for label, x in COLUMNS.items()})
    row(again, 160, 91, ["second"])
    layout = laid_out(again, model)
    assert [cells[0] for cells in cells_of(layout)] == [uuid_of(90), uuid_of(91)]
    assert {line.rule for line in layout.outside} == {"header"}


def test_words_of_the_header_among_values_are_values() -> None:
    page = aligned_page("top")
    row(page, 290, 99, ["Reason"])
    layout = laid_out(page, fitted(page))
    assert cells_of(layout)[-1][2] == "Reason"


def test_another_header_is_reported() -> None:
    model = fitted(aligned_page("top"))
    page = TypedPage(2).across(50, {10: "Name", 170: "Org Name", 260: "License Plate", 380: "Search Time"})
    [header] = layout_page(page.content, model).other_headers
    assert [label.text for label in header.labels] == ["Name", "Org Name", "License Plate", "Search Time"]


def test_lines_without_an_anchor_at_the_top_are_a_loose_piece() -> None:
    model = fitted(aligned_page("top"), aligned_page("top", 2))
    page = TypedPage(3).stack(260, 40, ["rest of", "a reason"])
    row(page, 90, 50, ["next"])
    layout = laid_out(page, model)
    assert [r.piece for r in layout.rows] == ["loose", "whole"]
    assert cells_of(layout)[0] == ["", "", "rest of|a reason", ""]


def test_a_page_of_another_kind_does_not_fit() -> None:
    model = fitted(aligned_page("top"), aligned_page("top", 2))
    letter = TypedPage(3).stack(20, 50, ["Dear records officer, please find enclosed the log that you asked for."] * 9)
    layout = layout_page(letter.content, model)
    assert not [r for r in layout.rows if r.piece == "whole"]


def test_boxes_are_tight_and_never_overlap() -> None:
    page = headed()
    for n in range(6):  # lines 7 apart, glyphs 8 high: tight lines overlap
        row(page, 90 + 7 * n, n, ["same"])
    layout = laid_out(page, fitted(page))
    assert len(layout.rows) == 6
    for j in range(4):
        column = [cell for r in layout.rows if (cell := r.cells[j])]
        assert len(column) == 6
        assert all(above.bottom <= below.top for above, below in pairwise(column))
    first = layout.rows[0].cells[0]
    assert first is not None and (first.x0, first.top, first.x1) == (10, 82, 10 + 36 * GLYPH)


def test_text_over_an_edge_is_doubtful_and_its_neighbours_are_not() -> None:
    pages = [aligned_page("top", number) for number in (1, 2)]
    model = fitted(*pages)
    page = TypedPage(3)
    row(page, 60, 70, ["much too long a reason for this column"])
    row(page, 100, 71, ["short"])
    cells = layout_page(page.content, model).rows
    marked = [[cell.is_doubtful for cell in r.cells if cell] for r in cells]
    assert any(marked[0][2:]) and not any(marked[1])


def test_a_heading_that_reaches_over_the_next_one_does_not_move_its_column() -> None:
    """The values of either column begin below their heading."""
    left = 300 + 23 * GLYPH - 2
    page = TypedPage().across(50, {10: "ID", 200: "Org Name", 300: "Total Networks Searched", left: "Reason"})
    page.type(500, 50, "Search Time")
    for k in range(12):
        page.across(80 + 20 * k, {10: uuid_of(k), 200: "Fakeville PD", 300: f"{k + 3}", left: "theft", 500: TIME})
    model = fitted(page)
    assert [row[2:4] for row in cells_of(laid_out(page, model))] == [[f"{k + 3}", "theft"] for k in range(12)]
    assert model.columns[3].left <= left


def test_counts_closer_to_the_next_column_than_its_words_are_parted_from_it() -> None:
    page = TypedPage().across(50, {10: "ID", 180: "# Networks", 270: "Time Frame", 560: "Reason"})
    for n in range(8):
        page.across(80 + 20 * n, {10: uuid_of(n), 225: f"4{n}", 560: "theft"})
        page.type(235, 80 + 20 * n, "Oct 28, 2025 06:34:05 PM", draws_spaces=False)
    model = fitted(page)
    assert [c.name for c in model.columns] == ["ID", "# Networks", "Time Frame", "Reason"]
    assert [row[1] for row in cells_of(laid_out(page, model))] == [f"4{n}" for n in range(8)]


def test_counts_set_right_far_from_their_heading_are_below_it() -> None:
    """The next column begins two points behind them; all headings are set in by more than their values."""
    page = TypedPage().across(50, {13: "ID", 173: "Total Networks", 343: "Time Frame", 563: "Search Time"})
    frame = "2025-11-01 13:37:07 to 2025-11-02 13:37:07"
    for k in range(12):
        page.type(338 - 4 * len(str(97 * k)), 80 + 20 * k, str(97 * k))
        page.across(80 + 20 * k, {10: uuid_of(k), 340: frame, 560: TIME})
    rows = cells_of(laid_out(page, fitted(page)))
    assert [row[1:3] for row in rows] == [[str(97 * k), frame] for k in range(12)]
