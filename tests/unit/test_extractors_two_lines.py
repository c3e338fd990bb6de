"""Records of two lines are parted where their lower half begins, however few values tell it."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from extractors.document import Document
from extractors.folded import Fold
from extractors.header import find_headers
from extractors.labels import Header
from extractors.layout import layout_page
from extractors.page_text import page_lines
from extractors.plan import plan_pages
from extractors.plan_folded import _two_lines, plan_folded
from extractors.sample import sample_page
from extractors.search_log import tells_searches
from extractors.two_line_records import TwoLines, records
from extractors.two_lines import find_two_lines
from extractors.unfold import unfold
from tests.unit.test_extractors_folded import read_cells, time_of
from tests.unit.typed_pages import TypedPage, cells_of, uuid_of

UPPER = {20: "ID", 220: "Org Name", 400: "Networks", 500: "Search Time"}


def ruled(upper: dict[int, str], lower: dict[int, str], records: list[list[dict[int, str]]]) -> TypedPage:
    """A header of two lines, and records of lines, each with a rule below."""
    page = TypedPage().across(50, upper).across(60, lower).rule_across(62, 20, 700)
    y = 72.0
    for record in records:
        for k, line in enumerate(record):
            page.across(y + 10 * k, line)
        y += 10 * len(record) + 4
        page.rule_across(y - 12, 20, 700)
    return page


def first(k: int) -> dict[int, str]:
    return {20: uuid_of(k), 220: "Fakeville PD", 400: f"{k + 3}", 500: time_of(k)}


def test_what_stands_below_a_blank_begins_the_lower_half() -> None:
    """The name takes two lines; what nobody knows stands two lines below a network's count, and goes on with none."""
    records = [[first(k), {220: "Gang Unit"}, {400: "Patrol"}] for k in range(8)]
    records[3][2] = {20: "red van", 220: "allow", 400: "Traffic"}
    page = ruled(UPPER, {20: "Text Prompt", 220: "Moderation", 400: "Bureau"}, records)
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None and told.is_ruled
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert rows[0] == [uuid_of(0), "Fakeville PD|Gang Unit", "3", time_of(0), "", "", "Patrol"]
    assert rows[3] == [uuid_of(3), "Fakeville PD|Gang Unit", "6", time_of(3), "red van", "allow", "Traffic"]


@pytest.mark.parametrize(
    ("label", "values"), [("Cameras", ["53", "9", "2.0"]), ("Time Frame", ["2025-11-02 to 2025-11-03"] * 3)]
)
def test_values_of_one_type_begin_the_lower_half_below_any_text(label: str, values: list[str]) -> None:
    """Nothing else is on their line, and what stands above them may wrap."""
    records = [
        [first(k) | {640: "theft"}, *([{640: "of a 2011 car"}] if k % 3 == 1 else []), {640: values[k % 3]}]
        for k in range(9)
    ]
    page = ruled(UPPER | {640: "Reason"}, {20: "Filters", 640: label}, records)
    page.rulings.clear()
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert [row[4] for row in rows] == ["theft|of a 2011 car" if k % 3 == 1 else "theft" for k in range(9)]
    assert [row[-1] for row in rows] == [values[k % 3] for k in range(9)]


@pytest.mark.parametrize("printed", [(2, 5), ()], ids=["some", "none"])
def test_a_place_kept_free_below_every_record_tells_which_have_a_lower_half(printed: tuple[int, ...]) -> None:
    """What begins below free text may be its rest; a record without a lower half is as high as one that has it."""
    page = TypedPage().across(50, UPPER | {640: "Reason"}).across(60, {20: "Notes", 640: "Moderation"})
    page.rule_across(63, 20, 700)
    for k in range(8):
        y = 75 + 40 * k
        page.across(y, first(k)).stack(640, y, ["theft", "of a car"] if k % 2 else ["theft"])
        page.across(y + 20, {640: "allow"} if k in printed else {}).rule_across(y + 25, 20, 700)
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None and told.slot > 0
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert [row[4] for row in rows] == ["theft|of a car" if k % 2 else "theft" for k in range(8)]
    assert [row[-1] for row in rows] == ["allow" if k in printed else "" for k in range(8)]


def test_labels_that_are_all_known_tell_of_lower_lines_that_few_records_print() -> None:
    records = [[first(k), {220: "Gang Unit"}] for k in range(8)]
    records[5].append({20: "red van", 400: "allow"})
    page = ruled(UPPER, {20: "Text Prompt", 400: "Moderation"}, records)
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert rows[4] == [uuid_of(4), "Fakeville PD|Gang Unit", "7", time_of(4), "", ""]
    assert rows[5] == [uuid_of(5), "Fakeville PD|Gang Unit", "8", time_of(5), "red van", "allow"]


def test_a_record_may_begin_with_a_value_that_nobody_knows_above_one_that_all_have() -> None:
    upper = {20: "Reviewed By", 150: "Login", 300: "Networks", 400: "Time Frame", 560: "Reason"}
    records = [
        [
            {20: "Lt. Sample"} | {150: "user-7", 300: f"{k + 3}", 400: f"{time_of(k)} to", 560: "theft"},
            {400: time_of(k + 9)},
            {20: time_of(k), 400: f"{k}", 560: "lookup"},
        ]
        for k in range(8)
    ]
    del records[2][0][20]
    page = ruled(upper, {20: "Search Time", 400: "Row", 560: "Search Type"}, records)
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    frame = f"{time_of(2)} to|{time_of(11)}"
    assert rows[2] == ["", "user-7", "5", frame, "theft", time_of(2), "2", "lookup"]
    assert rows[3][0] == "Lt. Sample" and rows[3][5:] == [time_of(3), "3", "lookup"]


@pytest.mark.parametrize("clock", ["04:05:06", "4:05 PM"])
def test_a_time_whose_clock_wraps_is_whole_above_a_lower_value(clock: str) -> None:
    upper = {20: "ID", 220: "Org Name", 400: "Networks", 500: "Search Time"}
    records = [
        [first(k) | {500: "11/02/2025"}, {220: "Gang Unit", 500: clock}, {20: "theft", 500: "allow"}] for k in range(8)
    ]
    page = ruled(upper, {20: "Reason", 500: "Moderation"}, records)
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert rows[2] == [uuid_of(2), "Fakeville PD|Gang Unit", "5", f"11/02/2025|{clock}", "theft", "allow"]


@pytest.mark.parametrize("is_ruled", [True, False])
@pytest.mark.parametrize("foot", ["Total searches 8", "Page 1 of 2"])
def test_what_stands_below_the_last_record_is_of_none(is_ruled: bool, foot: str) -> None:
    page = TypedPage().across(50, UPPER).across(60, {20: "Reason", 220: "Search Type"})
    for k in range(8):
        page.across(90 + 40 * k, first(k)).across(100 + 40 * k, {20: "theft", 220: "lookup"})
        if is_ruled:
            page.rule_across(80 + 40 * k, 20, 700)
    page.type(20, 410, foot)
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None and told.is_ruled == is_ruled
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert [row[4:] for row in rows] == [["theft", "lookup"]] * 8


@pytest.mark.parametrize("odd", [0, 3])
def test_one_record_set_wider_is_like_the_others(odd: int) -> None:
    page = TypedPage().across(50, UPPER).across(60, {20: "Text Prompt", 400: "Moderation"}).rule_across(62, 20, 700)
    for k in range(8):
        page.across(80 + 40 * k, first(k)).across(90 + 40 * k + odd * (k == 4), {20: "red van", 400: "allow"})
        page.rule_across(100 + 40 * k, 20, 700)
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert rows[1] == [uuid_of(1), "Fakeville PD", "4", time_of(1), "red van", "allow"]
    assert [row[4:] for row in rows] == [["red van", "allow"]] * 8


def test_one_label_that_another_may_go_on_with_leaves_a_header_of_two_lines() -> None:
    upper = {20: "ID", 220: "User", 400: "Networks", 500: "Search Time"}
    page = TypedPage().across(50, upper).across(60, {220: "Plate", 500: "Reason"})
    for k in range(8):
        page.across(90 + 30 * k, first(k) | {220: "user-7"}).across(100 + 30 * k, {220: "SMPL12", 500: "theft"})
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert rows[0] == [uuid_of(0), "user-7", "3", time_of(0), "SMPL12", "theft"]


def test_labels_that_wrap_are_no_lower_line() -> None:
    """The rests of labels are known ones, too: "Type" of "Search Type", "Reason" of "Search Reason"."""
    upper = {20: "ID", 220: "Org Name", 400: "Networks", 500: "Search", 620: "Search", 680: "Bureau"}
    records = [[first(k) | {680: "Patrol"}, {220: "Gang Unit"}, {620: "theft"}] for k in range(8)]
    page = ruled(upper, {500: "Type", 620: "Reason"}, records)
    assert find_two_lines(page.content, 50 - 8, 60) is None


def test_the_rests_of_labels_beside_a_lower_line_make_no_header_of_one_line() -> None:
    """Two lower labels and the rest of a third, each known, are fewer than the upper line knows."""
    upper = UPPER | {300: "Total", 640: "Registration"}
    del upper[400]
    page = TypedPage().across(30, upper).across(40, {300: "Networks"}).across(50, {300: "Searched"})
    page.across(60, {20: "Search Type", 640: "Moderation"}).rule_across(62, 20, 700)
    for k in range(8):
        page.across(75 + 24 * k, {20: uuid_of(k), 220: "Fakeville PD", 300: f"{k + 3}", 500: time_of(k), 640: "SMPL1"})
        page.across(85 + 24 * k, {20: "lookup", 640: "allow"}).rule_across(87 + 24 * k, 20, 700)
    told = find_two_lines(page.content, 30 - 8, 60)
    assert told is not None
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert rows[3] == [uuid_of(3), "Fakeville PD", "6", time_of(3), "SMPL1", "lookup", "allow"]


def test_one_known_label_of_the_lower_line_may_stand_beside_one_that_nobody_knows() -> None:
    """Read as one line, the header would have the columns "Org Name Search Type" and "Networks Row"."""
    records = [[first(k), {20: "of the day"}, {220: "lookup", 400: f"{k}"}] for k in range(8)]
    page = ruled(UPPER, {220: "Search Type", 400: "Row"}, records)
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert rows[2][-2:] == ["lookup", "2"]


def test_a_header_that_tells_searches_only_with_its_second_line_is_found() -> None:
    upper = {20: "Name", 220: "Org Name", 400: "Devices Searched", 560: "Case #"}
    lower = {20: "Search Time", 220: "Shift", 560: "Search Type"}
    first_line = {20: "demo", 220: "Fakeville PD", 560: "25-1"}
    records = [[first_line | {400: f"{k + 3}"}, {20: time_of(k), 220: "B", 560: "lookup"}] for k in range(8)]
    page = ruled(upper, lower, records).content
    assert not any(map(tells_searches, find_headers(page)))
    fold = _two_lines([page], [])
    assert fold is not None
    assert read_cells([page], fold)[0][4] == ["demo", "Fakeville PD", "7", "25-1", time_of(4), "B", "lookup"]


def test_records_of_two_lines_behind_a_log_with_a_line_for_each_are_told() -> None:
    plain = TypedPage().across(50, {20: "ID", 260: "Org Name", 400: "Reason", 500: "Search Time"})
    for k in range(12):
        plain.across(80 + 20 * k, {20: uuid_of(k), 260: "Fakeville PD", 400: f"theft {k}", 500: time_of(k)})
    records = [[first(k) | {660: "theft"}, {20: "lookup", 220: "white"}] for k in range(8)]
    folded = ruled(UPPER | {660: "Reason"}, {20: "Search Type", 220: "Filters"}, records)
    folded.number = 2
    pages = [plain.content, folded.content]
    known: list[Header] = []
    planned = plan_pages([sample_page(page, known) for page in pages], 1, 2)
    assert [m.from_page for m in planned] == [1, 2]
    fold, models = plan_folded(cast(Document, SimpleNamespace(kept=pages)), 1, 2, planned) or (None, [])
    assert fold is not None and fold.from_page == 2
    assert unfold(pages[0], fold) is pages[0]
    cells = [cells_of(layout_page(unfold(p, fold), m.model))[3] for p, m in zip(pages, models, strict=True)]
    assert cells[0] == [uuid_of(3), "Fakeville PD", "theft 3", time_of(3)]
    assert cells[1] == [uuid_of(3), "Fakeville PD", "6", time_of(3), "theft", "lookup", "white"]
    sample = [sample_page(page, []) for page in pages]
    later = _two_lines(pages, planned[:1], sample)
    assert later is not None and later.from_page == 2  # also where no rows could be told there


def test_the_last_two_lines_of_labels_of_four_are_no_header_of_two_lines() -> None:
    """Rests of labels that are known labels, too; the lines above make all of them known."""
    page = TypedPage().across(30, {20: "User ID", 110: "Searching", 220: "Number", 256: "Total", 380: "Time Frame"})
    page.across(30, {520: "Licence", 600: "Search", 700: "Search Time"})
    page.across(40, {110: "Agency", 220: "of", 256: "Devices", 380: "Searched", 520: "Plate", 600: "Type"})
    page.across(50, {220: "Networks", 256: "Searched"}).across(60, {220: "Searched"}).rule_across(63, 20, 760)
    for k in range(8):
        row = {20: "demo", 110: "Fakeville", 220: "1", 256: f"{k + 3}", 380: time_of(k), 520: "SMPL1", 600: "lookup"}
        page.across(80 + 40 * k, row | {700: time_of(k)}).across(90 + 40 * k, {110: "PD", 380: time_of(k + 1)})
        page.across(100 + 40 * k, {110: "TX"}).rule_across(104 + 40 * k, 20, 760)
    assert find_two_lines(page.content, 30 - 8, 60) is None


def test_a_page_without_the_start_of_a_record_is_left_as_it_is() -> None:
    page = ruled(UPPER, {220: "Gang Unit"}, [[first(k), {220: "Patrol"}] for k in range(8)]).content
    told = TwoLines("", "Search Type", "uuid", 18, 218, 218)
    assert [len(list(records(page_lines(page)[at:], told, page.rulings.horizontal))) for at in (0, -1)] == [8, 0]


def test_a_record_over_a_page_break_or_without_its_id_is_one_of_two_lines() -> None:
    """The lower half of the last record of a page stands below the header of the next one; an id is missing."""
    upper, lower = {20: "ID", 220: "Org Name", 400: "Networks", 640: "Reason"}, {20: "Search Time", 400: "Search Type"}
    records = [[first(k) | {500: "", 640: "theft"}, {20: time_of(k), 400: "lookup"}] for k in range(12)]
    for record in records:
        del record[0][500]
    del records[7][0][20]
    pages = [ruled(upper, lower, [*records[:5], records[5][:1]]), ruled(upper, lower, [records[5][1:], *records[6:]])]
    pages[1].number = 2
    told = find_two_lines(pages[0].content, 50 - 8, 60)
    assert told is not None and told.is_ruled
    fold = Fold(pages[0].width, (), False, told)
    before, after = read_cells([page.content for page in pages], fold)
    assert before[-1] == [uuid_of(5), "Fakeville PD", "8", "theft", "", ""]
    assert after[0] == ["", "", "", "", time_of(5), "lookup"]
    assert after[1] == [uuid_of(6), "Fakeville PD", "9", "theft", time_of(6), "lookup"]
    assert after[2] == ["", "Fakeville PD", "10", "theft", time_of(7), "lookup"]
    assert len(before) + len(after) == 13


def test_the_rest_of_a_record_stands_above_the_first_one_where_nothing_is_ruled() -> None:
    """A name that wraps at the page's end is no lower half: beside it goes on what is of the upper one."""
    upper = {20: "User", 220: "Org Name", 400: "Networks", 500: "Time Frame"}
    pages = [TypedPage(), TypedPage()]
    for page, y in zip(pages, (70, 100), strict=True):
        page.across(50, upper).across(60, {20: "Search Time", 400: "Search Type"})
        for k in range(7):
            page.across(y + 40 * k, {20: "user-1", 220: "Fakeville PD", 400: f"{k + 3}", 500: f"{time_of(k)} to"})
            page.across(y + 10 + 40 * k, {20: "(inactive)", 500: time_of(k + 9)})
            page.across(y + 20 + 40 * k, {20: time_of(k), 400: "lookup"})
    pages[0].across(350, {20: "user-1", 220: "Fakeville PD", 400: "9", 500: f"{time_of(7)} to"})
    pages[0].across(360, {20: "(inactive)", 500: time_of(16)})
    pages[1].across(70, {20: time_of(7), 400: "lookup"})
    pages[1].number = 2
    told = find_two_lines(pages[0].content, 50 - 8, 60)
    assert told is not None and not told.is_ruled
    before, after = read_cells([page.content for page in pages], Fold(pages[0].width, (), False, told))
    assert before[-1] == ["user-1|(inactive)", "Fakeville PD", "9", f"{time_of(7)} to|{time_of(16)}", "", ""]
    assert after[0] == ["", "", "", "", time_of(7), "lookup"]
    assert len(after) == 8


def test_a_title_above_labels_that_wrap_is_no_upper_line() -> None:
    """The word below "Total" is of a known label as the header reads in one line."""
    page = TypedPage().type(20, 36, "Organization Audit").rule_across(42, 20, 760)
    page.across(50, {20: "Org Name", 76: "Total", 300: "Time Frame", 440: "Bureau", 520: "Search Time", 660: "Type"})
    page.across(60, {76: "Networks"}).across(70, {76: "Searched"}).rule_across(73, 20, 760)
    for k in range(8):
        y = 84 + 46 * k
        page.stack(300, y, ["11/02/2025,", "04:05:06 PM", "to 11/03/2025,", "04:05:06 PM"])
        page.stack(20, y + 10, ["Fakeville", "PD"]).stack(520, y + 10, ["11/03/2025,", f"04:05:{k:02d} PM"])
        page.across(y + 15, {76: f"{k + 3}", 440: "Patrol", 660: "lookup"}).rule_across(y + 33, 20, 760)
    assert _two_lines([page.content], plan_pages([page.sample], 1, 1)) is None


def test_the_number_of_a_page_below_a_column_of_counts_starts_no_record() -> None:
    upper = {20: "User", 220: "Networks", 400: "Org Name"}
    printed = [[{20: "demo", 220: f"{k + 3}", 400: "PD"}, {20: time_of(k), 220: "lookup"}] for k in range(8)]
    page = ruled(upper, {20: "Search Time", 220: "Search Type"}, printed).type(260, 500, "4")
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None
    assert len(list(records(page_lines(page.content), told, page.content.rulings.horizontal))) == 8


def test_a_lower_half_of_usual_texts_alone_is_told_on_the_next_page() -> None:
    upper, lower = UPPER, {20: "Search Type"}
    records = [[first(k), {20: ("lookup", "search")[k % 2]}] for k in range(12)]
    pages = [ruled(upper, lower, [*records[:7], records[7][:1]]), ruled(upper, lower, [records[7][1:], *records[8:]])]
    pages[1].number = 2
    told = find_two_lines(pages[0].content, 50 - 8, 60)
    assert told is not None and told.places[0].usual == ("lookup", "search")
    before, after = read_cells([page.content for page in pages], Fold(pages[0].width, (), False, told))
    assert before[-1] == [uuid_of(7), "Fakeville PD", "10", time_of(7), ""]
    assert after[0] == ["", "", "", "", "search"] and len(after) == 5


@pytest.mark.parametrize("parts", [[28], [19, 28]])
def test_the_last_eight_signs_of_an_id_start_no_record(parts: list[int]) -> None:
    """An id begins with eight such signs, too. Above a rule, what it parts off would be a record of its own."""
    pieces = [uuid_of(4)[a:b] for a, b in zip([0, *parts], [*parts, 36], strict=True)]
    upper = {20: "ID", 220: "Org Name", 400: "Networks"}
    records = [[{20: uuid_of(k), 220: "PD", 400: f"{k + 3}"}, {20: time_of(k), 220: "lookup"}] for k in range(9)]
    records[4][:1] = [records[4][0] | {20: pieces[0]}, *({20: piece, 220: "Unit"} for piece in pieces[1:])]
    page = ruled(upper, {20: "Search Time", 220: "Search Type"}, records)
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert rows[4] == ["|".join(pieces), "|".join(["PD", *["Unit"] * len(parts)]), "7", time_of(4), "lookup"]
    assert len(rows) == 9


@pytest.mark.parametrize("white", [4, 0])
def test_white_parts_records_that_lack_their_id(white: int) -> None:
    """With as much white between records as within, the one without its id would go to the one above it."""
    page = TypedPage().across(50, {20: "ID", 220: "Org Name", 400: "Networks"})
    page.across(60, {20: "Filters", 220: "Search Type", 400: "Search Time"})
    for k in range(12):
        y = 80 + (20 + white) * k
        named = {} if k == 5 else {20: uuid_of(k)}
        page.across(y, named | {220: "Fakeville PD", 400: f"{k + 3}"})
        page.across(y + 10, {20: "red van", 220: "lookup", 400: time_of(k)})
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None and told.is_parted == bool(white)
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    if white:
        assert len(rows) == 12
        assert rows[5] == ["", "Fakeville PD", "8", "red van", "lookup", time_of(5)]


def test_a_label_that_nobody_knows_may_be_one_of_three_above_three_known_ones() -> None:
    page = TypedPage().across(50, {20: "Shift", 220: "ID", 500: "Name"})
    page.across(60, {20: "Networks", 220: "Search Time", 500: "Reason"})
    for k in range(12):
        page.across(80 + 24 * k, {20: "ABC"[k % 3], 220: uuid_of(k), 500: "***"})
        page.across(90 + 24 * k, {20: f"{k + 3}", 220: time_of(k), 500: "theft"})
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert rows[4] == ["B", uuid_of(4), "***", "7", time_of(4), "theft"] and len(rows) == 12


def test_counts_in_nearly_all_records_tell_lower_lines_whose_labels_nobody_knows() -> None:
    """Three labels that nobody knows, beside one of counts; these are what the upper line has not there."""

    def told(counts: bool) -> TwoLines | None:
        page = TypedPage().across(50, {20: "Search Time", 220: "Reason", 400: "Bureau", 500: "Name"})
        page.across(60, {20: "Criteria", 220: "Cameras", 400: "Shift"})
        for k in range(12):
            page.across(80 + 24 * k, {20: time_of(k), 220: "theft", 400: "Patrol", 500: "jdoe"})
            page.across(90 + 24 * k, {20: "***", 220: f"{k + 3}" if counts else "of a car", 400: "B"})
        return find_two_lines(page.content, 50 - 8, 60)

    found = told(counts=True)
    assert found is not None and [place.below for place in found.places] == ["", "count", ""]
    assert told(counts=False) is None


def test_a_label_that_is_two_words_by_the_header_alone_is_one_by_the_rows() -> None:
    """The title above draws its spaces, the log does not: the white between the words is a space there."""

    def across(y: float, texts: dict[int, str]) -> None:
        for x, text in texts.items():
            page.type(x, y, text, draws_spaces=False)

    page = TypedPage().type(20, 38, "Network Audit of All")
    across(50, {20: "Name", 210: "Networks", 254: "Shift", 400: "Search Time"})
    across(60, {20: "Reason", 220: "Reviewed", 254: "By", 400: "Search Type"})
    for k in range(12):
        across(80 + 24 * k, {20: f"jdoe{k}", 210: f"{k + 3}", 254: "B", 400: time_of(k)})
        across(90 + 24 * k, {20: "theft", 220: "Capt. Sample", 400: "lookup"})
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None and told.lower == "Reason Reviewed By Search Type"


def test_labels_that_nobody_knows_may_stand_below_known_ones_where_every_record_has_two_lines() -> None:
    """One line of the header has three known labels, the other one beside two that nobody knows."""

    def told(label: str) -> TwoLines | None:
        page = TypedPage().across(50, {20: "Networks", 220: "Case #", 400: "Search Time"})
        page.across(60, {20: label, 220: "Search Type", 400: "Shift"})
        for k in range(12):
            page.across(80 + 24 * k, {20: f"{k + 3}", 400: time_of(k)})
            page.across(90 + 24 * k, {20: "Lt. Sample", 220: "lookup", 400: "B"})
        return find_two_lines(page.content, 50 - 8, 60)

    found = told("Reviewed By")
    assert found is not None and found.is_next
    assert told("Searched") is None  # it may be the end of the label above it


def test_the_rest_of_the_last_record_stands_alone_on_the_last_page() -> None:
    """The label above is a space further off there; a total is below."""
    upper = {20: "User", 220: "Org Name", 400: "Networks", 500: "Time Frame"}
    pages = [TypedPage(), TypedPage(2)]
    for page in pages:
        page.across(50, upper).across(60, {20: "Search Time", 400: "Search Type"})
    for k in range(8):
        pages[0].across(70 + 40 * k, {20: "user-1", 220: "Fakeville PD", 400: f"{k + 3}", 500: f"{time_of(k)} to"})
        if k < 7:
            pages[0].across(80 + 40 * k, {20: "(inactive)", 500: time_of(k + 9)})
            pages[0].across(90 + 40 * k, {20: time_of(k), 400: "lookup"})
    pages[1].across(70, {500: time_of(16)}).across(80, {20: time_of(7), 400: "lookup"}).type(20, 110, "8 records")
    told = find_two_lines(pages[0].content, 50 - 8, 60)
    assert told is not None
    fold = Fold(pages[0].width, (), False, replace(told, upper=told.upper.replace("Org Name", "OrgName")))
    before, after = read_cells([page.content for page in pages], fold)
    assert before[-1] == ["user-1", "Fakeville PD", "10", f"{time_of(7)} to", "", ""]
    assert after == [["", "", "", time_of(16), time_of(7), "lookup"]]


def test_a_period_begins_records_that_have_nothing_else_in_their_upper_line() -> None:
    page = TypedPage().across(50, {20: "Search Type", 220: "Time Frame", 500: "Name"})
    page.across(60, {20: "Search Time", 220: "Networks", 500: "Reason"})
    for k in range(12):
        page.across(80 + 24 * k, {20: "lookup", 220: f"{time_of(k)} to {time_of(k + 3)}", 500: "jdoe"})
        page.across(90 + 24 * k, {20: time_of(k), 220: f"{k + 3}", 500: "theft"})
    told = find_two_lines(page.content, 50 - 8, 60)
    assert told is not None and told.starts == "two_times"
    [rows] = read_cells([page.content], Fold(page.width, (), False, told))
    assert rows[4] == ["lookup", f"{time_of(4)} to {time_of(7)}", "jdoe", time_of(4), "7", "theft"]


def test_a_log_with_a_line_for_each_behind_records_of_two_lines_is_one_of_its_own() -> None:
    """Its lines look like lower halves, between the rules of its rows."""
    upper, lower = {20: "ID", 220: "Org Name", 400: "Networks", 640: "Reason"}, {20: "Search Time", 400: "Search Type"}
    records = [[first(k) | {640: "theft"}, {20: time_of(k), 400: "lookup"}] for k in range(8)]
    for record in records:
        del record[0][500]
    behind = TypedPage(2).across(50, {20: "Search Time", 220: "User", 400: "Search Type", 500: "Networks"})
    for k in range(12):
        behind.across(72 + 14 * k, {20: time_of(k), 220: "jdoe", 400: "lookup", 500: f"{k}"})
        behind.rule_across(74 + 14 * k, 20, 700)
    pages = [ruled(upper, lower, records).content, behind.content]
    fold, models = plan_folded(cast(Document, SimpleNamespace(kept=pages)), 1, 2, []) or (None, [])
    assert fold is not None and unfold(pages[1], fold) is pages[1]
    assert [[c.name for c in m.model.columns] for m in models][1:] == [
        ["Search Time", "User", "Search Type", "Networks"]
    ]


def test_the_first_record_may_stand_so_close_below_the_header_that_their_boxes_lap() -> None:
    page = TypedPage().across(50, {20: "ID", 220: "Org Name", 400: "Networks"})
    page.across(60, {20: "Search Time", 220: "Search Type"})
    for k in range(5):
        page.across(67 + 24 * k, {20: uuid_of(k), 220: "Fakeville PD", 400: f"{k + 3}"})
        page.across(77 + 24 * k, {20: time_of(k), 220: "lookup"})
    assert find_two_lines(page.content, 50 - 8, 60) is not None
