"""Records printed over several lines become rows: every field in its own column, every box where it is printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from extractors.fit_log import fit_from
from extractors.fold_back import fold_back
from extractors.folded import Fold, find_fold, may_name_lines
from extractors.glyphs import PageContent
from extractors.header import find_headers
from extractors.layout import layout_page
from extractors.page_text import page_lines
from extractors.sample import SamplePage
from extractors.tables import read_arrow, write_table
from extractors.two_lines import find_two_lines
from extractors.unfold import unfold, unfolded_headers
from records.parts import COLUMN_COLUMNS, CONTINUATION_COLUMNS, PAGE_COLUMNS, PAGE_TEXT_COLUMNS
from tests.unit.typed_pages import TypedPage, cells_of, uuid_of

LABELS = ("Search Time", "Org Name", "Reason", "Case #")


def time_of(k: int) -> str:
    return f"11/02/2025, 04:{k:02d}:06 PM UTC"


def cards(count: int, reasons: dict[int, list[str]] | None = None, step: float = 10.0) -> TypedPage:
    """Cards with a label in each line; the reason may take more lines."""
    page, y = TypedPage().type(300, 30, "Kestrel County"), 60.0
    for k in range(count):
        for label in LABELS:
            page.type(20, y, label)
            if label == "Search Time":
                page.type(120, y, time_of(k))
            elif label == "Org Name":
                page.type(120, y, "Fakeville PD")
            elif label == "Reason":
                lines = (reasons or {}).get(k, ["theft"])
                page.stack(120, y, lines, step)
                y += step * (len(lines) - 1)
            elif k % 2:
                page.type(120, y, f"25-{k}")
            y += 14
        y += 12
    return page


def read_cells(contents: list[PageContent], fold: Fold) -> list[list[list[str]]]:
    """The cells of all pages, read as the plan reads them."""
    samples, is_begun = [], False
    for content in contents:
        unfolded = unfold(content, fold)
        headers = [] if fold.is_card and is_begun else unfolded_headers(unfolded, content, fold)
        is_begun = True
        samples.append(SamplePage(unfolded, headers))
    model = fit_from(samples[0].headers[0], 1, samples)
    assert model is not None
    return [cells_of(layout_page(s.content, model, s.headers)) for s in samples]


def test_cards_become_rows_with_blank_and_long_values() -> None:
    content = cards(6, {2: ["a silver sedan with", "a dented door"]}).content
    fold = find_fold([content], frozenset())
    assert fold is not None and fold.is_card
    assert [text for text, _ in fold.labels] == list(LABELS)
    [rows] = read_cells([content], fold)
    assert len(rows) == 6
    assert rows[0] == [time_of(0), "Fakeville PD", "theft", ""]
    assert rows[2][2] == "a silver sedan with|a dented door"
    assert rows[5] == [time_of(5), "Fakeville PD", "theft", "25-5"]


def test_what_is_of_no_record_is_in_no_row_and_every_glyph_is_accounted_for() -> None:
    content = cards(6).content
    fold = find_fold([content], frozenset())
    assert fold is not None
    unfolded = unfold(content, fold)
    assert unfolded.glyph_count == content.glyph_count
    assert "KestrelCounty" not in "".join(cell for row in read_cells([content], fold)[0] for cell in row)
    assert unfolded.labels is not None and unfolded.labels.text.startswith("SearchTimeOrgName")


def test_a_value_with_a_blank_line_in_it_stays_whole_between_labels() -> None:
    content = cards(6, {1: ["first line", "", "second line"]}).content
    fold = find_fold([content], frozenset())
    assert fold is not None
    assert read_cells([content], fold)[0][1][2] == "first line|second line"


def test_values_centred_beside_their_labels_are_not_taken_apart() -> None:
    page, y = TypedPage(), 60.0
    for k in range(6):
        page.type(20, y, "Search Time").type(120, y, time_of(k))
        page.type(20, y + 30, "Reason").stack(120, y + 20, ["above", "beside", "below"])
        page.type(20, y + 60, "Org Name").type(120, y + 60, "Fakeville PD")
        y += 90
    content = page.content
    fold = find_fold([content], frozenset())
    assert fold is not None
    assert unfold(content, fold) is content


def test_headings_of_a_table_on_every_page_are_no_cards() -> None:
    pages = []
    for number in range(1, 8):
        page = TypedPage(number=number).across(50, {20: "Search Time", 220: "Reason", 400: "Org Name", 600: "Case #"})
        for k in range(9):
            page.across(80 + 14 * k, {20: time_of(k), 220: "theft", 400: "Fakeville PD", 600: "25-1"})
        pages.append(page.content)
    assert find_fold(pages, frozenset()) is None


def test_labels_above_their_values_and_labels_with_leading_dots_are_labels() -> None:
    above, dotted = TypedPage(), TypedPage()
    for k in range(6):
        above.across(60 + 40 * k, {20: "Search Time", 220: "Org Name", 400: "Reason"})
        above.across(72 + 40 * k, {20: time_of(k), 220: "Fakeville PD", 400: "theft"})
        for n, (label, value) in enumerate((("Search Time", time_of(k)), ("Org Name", "Adalia"), ("Reason", "theft"))):
            dotted.type(20, 60 + 40 * k + 10 * n, f"{label} {'.' * (20 - len(label))} {value}")
    for page, name in ((above, "Fakeville PD"), (dotted, "Adalia")):
        fold = find_fold([page.content], frozenset())
        assert fold is not None
        assert [text for text, _ in fold.labels] == ["Search Time", "Org Name", "Reason"]
        assert read_cells([page.content], fold)[0] == [[time_of(k), name, "theft"] for k in range(6)]


def test_an_unknown_label_right_of_a_value_leaves_the_cards_alone() -> None:
    known, unknown = TypedPage(), TypedPage()
    for k in range(6):
        for page, label in ((known, "Search Type"), (unknown, "Officer unit")):
            page.across(60 + 40 * k, {20: "Search Time", 120: time_of(k), 300: "Org Name", 400: "Fakeville PD"})
            page.across(72 + 40 * k, {20: "Reason", 120: f"theft {k}", 300: label, 400: f"a{k}"})
    assert find_fold([known.content], frozenset()) is not None
    assert find_fold([unknown.content], frozenset()) is None


def test_a_label_of_two_lines_and_a_rule_of_dashes_are_no_value() -> None:
    page = TypedPage()
    for k in range(6):
        page.type(20, 60 + 60 * k, "Search Time").type(120, 60 + 60 * k, time_of(k))
        page.stack(20, 74 + 60 * k, ["Total Networks", "Searched"]).type(120, 74 + 60 * k, f"{k + 3}")
        page.type(20, 98 + 60 * k, "Reason").type(120, 98 + 60 * k, "theft").type(20, 108 + 60 * k, "-" * 60)
    content = page.content
    fold = find_fold([content], frozenset())
    assert fold is not None
    assert [text for text, _ in fold.labels] == ["Search Time", "Total Networks Searched", "Reason"]
    assert read_cells([content], fold)[0] == [[time_of(k), str(k + 3), "theft"] for k in range(6)]
    assert unfold(content, fold).glyph_count == content.glyph_count


def named_lines(count: int) -> TypedPage:
    page = TypedPage().across(50, {20: "Search Time", 220: "Org Name", 400: "Networks", 500: "Search Type"})
    for k in range(count):
        page.across(80 + 28 * k, {20: time_of(k), 220: "Fakeville PD", 400: f"{k + 3}", 500: "lookup"})
        page.type(40, 90 + 28 * k, f"Reason: theft {k}")
    return page


def test_a_number_between_two_rules_is_no_value() -> None:
    """As database programs print a record each."""
    page = TypedPage()
    for k in range(6):
        y = 40 + 60 * k
        page.type(20, y, f"{'*' * 20} {k + 1}. row {'*' * 20}")
        for n, (label, value) in enumerate(zip(LABELS, (time_of(k), "Fakeville PD", "theft", "25-1"), strict=True)):
            page.type(20 + 4 * (11 - len(label)), y + 10 + 10 * n, f"{label}: {value}")
    fold = find_fold([page.content], frozenset())
    assert fold is not None
    assert read_cells([page.content], fold)[0] == [[time_of(k), "Fakeville PD", "theft", "25-1"] for k in range(6)]


def test_lines_that_name_their_field_belong_to_the_row_above() -> None:
    content = named_lines(8).content
    fields = frozenset({"search_time", "org_name", "total_networks_searched", "search_type"})
    assert may_name_lines(content, fields) and not may_name_lines(content, fields | {"reason"})
    fold = find_fold([content], fields)
    assert fold is not None and not fold.is_card
    [rows] = read_cells([content], fold)
    assert rows == [[time_of(k), "Fakeville PD", str(k + 3), "lookup", f"theft {k}"] for k in range(8)]


def test_records_of_two_lines_below_a_header_of_two_are_rows() -> None:
    page = TypedPage().across(50, {20: "ID", 220: "Org Name", 400: "Networks", 500: "Search Time"})
    page.across(60, {20: "Case #", 220: "Reason"})
    for k in range(8):
        page.across(90 + 30 * k, {20: uuid_of(k), 220: "Fakeville PD", 400: f"{k + 3}", 500: time_of(k)})
        page.across(100 + 30 * k, {20: f"25-{k}", 220: "theft" if k % 2 else "a missing juvenile"})
    content = page.content
    told = find_two_lines(content, 50 - 8, 60)
    assert told is not None
    [rows] = read_cells([content], Fold(content.width, (), False, told))
    assert rows[1] == [uuid_of(1), "Fakeville PD", "4", time_of(1), "25-1", "theft"]
    assert len(rows) == 8


def test_a_column_that_somebody_added_leaves_records_of_two_lines_what_they_are() -> None:
    page = TypedPage().across(50, {20: "ID", 220: "Org Name", 400: "Networks", 500: "Search Time", 660: "Column1"})
    page.across(60, {20: "Case #", 220: "Reason"})
    for k in range(8):
        page.across(90 + 30 * k, {20: uuid_of(k), 220: "Fakeville PD", 400: f"{k + 3}", 500: time_of(k), 660: "x"})
        page.across(100 + 30 * k, {20: f"25-{k}", 220: "theft" if k % 2 else "a missing juvenile"})
    content = page.content
    told = find_two_lines(content, 50 - 8, 60)
    assert told is not None
    [rows] = read_cells([content], Fold(content.width, (), False, told))
    assert rows[1] == [uuid_of(1), "Fakeville PD", "4", time_of(1), "x", "25-1", "theft"]


def test_labels_of_the_upper_line_may_wrap() -> None:
    page = TypedPage().across(50, {20: "ID", 220: "Org Name", 400: "Total", 500: "Search"})
    page.across(60, {400: "Networks", 500: "Time"}).across(70, {400: "Searched"})
    page.across(80, {20: "Case #", 220: "Reason"})
    for k in range(8):
        page.across(110 + 30 * k, {20: uuid_of(k), 220: "Fakeville PD", 400: f"{k + 3}", 500: time_of(k)})
        page.across(120 + 30 * k, {20: f"25-{k}", 220: "theft" if k % 2 else "a missing juvenile"})
    content = page.content
    told = find_two_lines(content, 50 - 8, 70)
    assert told is not None
    [rows] = read_cells([content], Fold(content.width, (), False, told))
    assert rows[1] == [uuid_of(1), "Fakeville PD", "4", time_of(1), "25-1", "theft"]
    assert len(rows) == 8


@pytest.mark.parametrize("x", [220, 240])
def test_a_lower_line_may_begin_with_a_blank_cell(x: int) -> None:
    page = TypedPage().across(50, {20: "ID", 220: "Org Name", 400: "Networks", 500: "Search Time"})
    page.across(60, {x: "Reason", 400: "Search Type"})
    for k in range(8):
        page.across(90 + 30 * k, {20: uuid_of(k), 220: "Fakeville PD", 400: f"{k + 3}", 500: time_of(k)})
        page.across(100 + 30 * k, {x: "theft", 400: "lookup"} if k != 3 else {400: "lookup"})
    content = page.content
    told = find_two_lines(content, 50 - 8, 60)
    assert told is not None
    [rows] = read_cells([content], Fold(content.width, (), False, told))
    assert rows[2] == [uuid_of(2), "Fakeville PD", "5", time_of(2), "theft", "lookup"]
    assert rows[3] == [uuid_of(3), "Fakeville PD", "6", time_of(3), "", "lookup"]
    assert len(rows) == 8


def test_headings_set_up_and_down_by_turns_are_no_records_of_two_lines() -> None:
    page = TypedPage().across(50, {20: "ID", 300: "Org Name", 500: "Search Time"})
    page.across(60, {220: "Reason", 420: "Networks"})
    for k in range(8):
        page.across(90 + 30 * k, {20: uuid_of(k), 220: "a missing", 300: "Fakeville PD", 420: f"{k + 3}"})
        page.type(500, 90 + 30 * k, time_of(k)).type(220, 100 + 30 * k, "juvenile")
    assert find_two_lines(page.content, 50 - 8, 60) is None


def test_labels_centred_against_each_other_are_no_header_of_two_lines() -> None:
    """The lower line of "Search Type" is a known label, too, and every row has cells of two lines."""
    page = TypedPage().stack(220, 45, ["Search", "Type"]).across(50, {20: "ID", 300: "Networks", 400: "Search Time"})
    for k in range(8):
        page.across(90 + 30 * k, {20: uuid_of(k), 300: f"{k + 3}", 400: time_of(k)})
        page.stack(220, 85 + 30 * k, ["lookup -", "Mobile"])
    assert find_two_lines(page.content, 45 - 8, 55) is None


def test_a_header_of_two_lines_over_rows_of_one_is_left_alone() -> None:
    page = TypedPage().across(50, {20: "ID", 220: "Org Name", 400: "Networks", 500: "Search Time"})
    page.across(60, {20: "Case #", 220: "Reason"})
    for k in range(8):
        page.across(90 + 30 * k, {20: uuid_of(k), 220: "Fakeville PD", 400: f"{k + 3}", 500: time_of(k)})
    assert find_two_lines(page.content, 50 - 8, 60) is None


def test_boxes_go_back_to_where_they_are_printed(tmp_path: Path) -> None:
    fold = Fold(600.0, (("Search Time", 20.0), ("Reason", 20.0)), True)
    page = dict.fromkeys(PAGE_COLUMNS) | {"page_number": 1, "width": 1800.0, "height": 700.0}
    other = page | {"page_number": 2, "width": 600.0}
    write_table(tmp_path / "page.parquet", PAGE_COLUMNS, [tuple(p.values()) for p in (page, other)])
    text = dict.fromkeys(PAGE_TEXT_COLUMNS) | {"page_number": 1, "x0": 1230.0, "x1": 1290.0}
    write_table(tmp_path / "page_text.parquet", PAGE_TEXT_COLUMNS, [tuple(text.values())])
    column = dict.fromkeys(COLUMN_COLUMNS) | {
        "page_number": 1, "x0": 620.0, "x1": 650.0, "left_edge": 600.0, "right_edge": 1200.0,
    }  # fmt: skip
    write_table(tmp_path / "column.parquet", COLUMN_COLUMNS, [tuple(column.values())])
    write_table(tmp_path / "continuation.parquet", CONTINUATION_COLUMNS, [])
    fold_back(tmp_path, fold)
    assert read_arrow(tmp_path / "page.parquet")["width"].to_pylist() == [600.0, 600.0]
    [line] = read_arrow(tmp_path / "page_text.parquet").to_pylist()
    assert (line["x0"], line["x1"]) == (30.0, 90.0)
    [told] = read_arrow(tmp_path / "column.parquet").to_pylist()
    assert [told[name] for name in ("x0", "x1", "left_edge", "right_edge")] == [20.0, 50.0, 0.0, 600.0]


@pytest.mark.parametrize("moved", [0.0, 0.4])
def test_lines_of_a_page_are_told_by_height_and_words_by_gaps(moved: float) -> None:
    content = TypedPage().type(20, 50, "Search Time:").type(120, 50, "now").type(20, 70, "Reason").content
    glyphs = content.glyphs
    lower = np.arange(len(glyphs)) % 2 * moved
    shaken = replace(content, glyphs=replace(glyphs, top=glyphs.top + lower, bottom=glyphs.bottom + lower))
    lines = [[word.text for word in line] for line in page_lines(shaken)]
    assert lines == [["Search", "Time:", "now"], ["Reason"]]
    assert [word.is_apart for word in page_lines(shaken)[0]] == [False, False, True]
    assert not find_headers(shaken)
