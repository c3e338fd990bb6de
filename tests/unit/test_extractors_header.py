"""Headers are found among titles and rows: flat, stacked, ruled, with labels that nobody knows."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from extractors.find_lines import find_lines
from extractors.glyphs import Floats
from extractors.header import find_headers, find_short_headers
from extractors.header_glued import seams
from extractors.header_hint import may_hold_header
from extractors.headerless import timed_pages
from extractors.labels import Header
from extractors.pdfium import PdfiumDocument
from extractors.search_log import is_doubled
from tests.unit.raw_pdf import RawPage, text_at, write_pdf
from tests.unit.typed_pages import GLYPH, HEIGHT, TypedPage, uuid_of

FLAT = {10: "ID", 200: "Org Name", 300: "Reason", 400: "Search Time"}


def labels(page: TypedPage) -> list[list[str]]:
    for header in page.headers:
        assert may_hold_header(find_lines(page.typed, edges_of(header)), HEIGHT)
    return [[label.text for label in header.labels] for header in page.headers]


def edges_of(header: Header) -> Floats:
    """Column edges half-way between the labels."""
    inner = [(a.box.x1 + b.box.x0) / 2 for a, b in pairwise(header.labels)]
    return np.array([0.0, *inner, 790.0])


def with_rows(page: TypedPage, first: float = 80.0) -> TypedPage:
    for k in range(3):
        row = {10: uuid_of(k), 200: "Fakeville PD", 300: "stolen plate", 400: "11/02/2025, 04:05:06 PM UTC"}
        page.across(first + 20 * k, row)
    return page


def test_a_flat_header_is_its_labels() -> None:
    assert labels(with_rows(TypedPage().across(50, FLAT))) == [["ID", "Org Name", "Reason", "Search Time"]]


def test_headings_as_database_programs_write_them_are_labels() -> None:
    printed = {10: "ID", 200: "ORG_NAME", 300: "REASON", 400: "SEARCH_TIME"}
    assert labels(with_rows(TypedPage().across(50, printed))) == [list(printed.values())]


def test_labels_stacked_on_several_lines_are_one_label_each() -> None:
    page = TypedPage().type(10, 70, "ID").stack(200, 50, ["Total", "Networks", "Searched"])
    page.stack(260, 60, ["Search", "Time"]).type(320, 70, "Reason")
    assert labels(with_rows(page, 100)) == [["ID", "Total Networks Searched", "Search Time", "Reason"]]


def test_labels_centred_against_each_other_are_one_header() -> None:
    page = TypedPage().stack(10, 50, ["Total", "Networks", "Searched"]).type(80, 60, "ID")
    page.stack(130, 55, ["Search", "Time"]).type(200, 60, "Reason")
    assert labels(page) == [["Total Networks Searched", "ID", "Search Time", "Reason"]]


def test_labels_two_points_apart_are_two_labels() -> None:
    """Total Devices Searched and Time Frame, as a spreadsheet prints them."""
    page = TypedPage().type(10, 70, "ID").stack(100, 50, ["Total", "Devices", "Searched"])
    page.stack(100 + 8 * 4 + 2, 60, ["Time", "Frame"]).type(200, 70, "Reason")
    assert labels(page) == [["ID", "Total Devices Searched", "Time Frame", "Reason"]]


def test_a_label_nobody_knows_is_a_label_of_its_own() -> None:
    page = TypedPage().across(50, FLAT | {500: "Badge Shade"})
    assert labels(with_rows(page)) == [["ID", "Org Name", "Reason", "Search Time", "Badge Shade"]]
    assert page.headers[0].known == 4
    assert [label.field for label in page.headers[0].labels][-1] is None


def test_unknown_labels_between_rulings_are_not_split() -> None:
    page = TypedPage().across(50, {10: "ID", 60: "Reason", 120: "Search Time", 200: "Shade  of  Badge"})
    for x in (5, 55, 115, 195, 300):
        page.rule_down(x, 40, 55)
    assert labels(page) == [["ID", "Reason", "Search Time", "Shade of Badge"]]


def test_a_title_close_above_is_no_part_of_the_header() -> None:
    page = TypedPage().type(10, 38, "Organization Audit of Fakeville").across(50, FLAT)
    assert labels(with_rows(page)) == [["ID", "Org Name", "Reason", "Search Time"]]
    assert page.headers[0].top == 42


def test_two_headers_under_each_other_are_two() -> None:
    page = with_rows(TypedPage().across(50, FLAT)).across(200, FLAT)
    assert labels(with_rows(page, 230)) == [list(FLAT.values())] * 2
    assert page.headers[0].key == page.headers[1].key


@pytest.mark.parametrize(
    "text",
    [
        "The Agency shall enter a Reason for each search in the log",
        "Search Time is recorded in UTC by the provider, not by the searching officer",
        "Organization of the searching agency: the Reason, Name and ID are kept for five years",
    ],
)
def test_prose_about_a_log_is_no_header(text: str) -> None:
    assert TypedPage().type(10, 50, text).headers == []


def test_two_known_labels_are_no_header() -> None:
    assert TypedPage().across(50, {10: "Name", 100: "Reason"}).headers == []
    assert TypedPage().across(50, {10: "Name", 100: "Reason", 200: "ID"}).headers != []


def test_mostly_unknown_labels_are_no_header() -> None:
    printed = ("ID", "Shade", "Size", "Age", "Mood", "Name", "Type")
    page = TypedPage().across(50, {10.0 + 60 * k: label for k, label in enumerate(printed)})
    assert page.headers == []


def test_an_empty_page_has_no_header() -> None:
    assert find_headers(TypedPage().content) == []


@pytest.mark.parametrize("gap", [10, 120])
def test_labels_must_stand_together_to_be_a_header(gap: int) -> None:
    """The cheap condition: a letter that names one label here and one there is not looked at again."""
    page = TypedPage().type(10, 50, "Reason").type(110, 50 + gap, "Search Time").type(210, 50 + 2 * gap, "Org Name")
    assert may_hold_header(find_lines(page.typed, np.array([0.0, 100, 200, 300])), HEIGHT) is (gap == 10)


def test_a_known_header_is_found_again_word_for_word_and_no_other_is_looked_for() -> None:
    first = TypedPage().across(50, FLAT)
    again = with_rows(TypedPage(2).across(70, FLAT), 100)
    [header] = find_headers(again.content, first.headers)
    assert (header.key, header.top) == (first.headers[0].key, 62)
    assert header.rows == first.headers[0].rows
    assert [label.box.top for label in header.labels] == [62] * 4
    other = TypedPage(3).across(50, {10: "Name", 100: "Reason", 200: "ID"})
    [found] = find_headers(other.content, first.headers)
    assert [label.text for label in found.labels] == ["Name", "Reason", "ID"]


def test_the_same_labels_over_other_columns_are_another_header() -> None:
    first = TypedPage().across(50, {10: "ID", 100: "Name", 200: "Reason", 300: "Search Time"})
    moved = TypedPage().across(50, {10: "ID", 110: "Name", 230: "Reason", 300: "Search Time"})
    known = find_headers(first.content)
    [again] = find_headers(first.content, known)
    [other] = find_headers(moved.content, known)
    assert again.key == known[0].key != other.key


def test_a_log_without_a_header_is_looked_for_where_times_stand_line_by_line() -> None:
    letter = TypedPage(1).stack(60, 60, ["Your request of 11/02/2025, 9:30 AM", "is granted in part.", "Sincerely,"])
    logs = [TypedPage(number).stack(60, 60, [f"11/02/2025, 04:0{k}:06 PM UTC" for k in range(6)]) for number in (2, 3)]
    pages = [page.sample for page in (letter, *logs, TypedPage(4).type(60, 60, "End of the records."))]
    assert [page.content.page_number for page in timed_pages(pages)] == [2, 3]
    assert timed_pages(pages[:1]) == []


def test_headings_that_the_next_column_cuts_are_whole_words_of_their_own() -> None:
    page = TypedPage().across(50, {10: "ID", 200: "Total Devi", 200 + 10 * GLYPH: "Time Frame", 400: "Search Filter"})
    page.type(400 + 12.8 * GLYPH, 50, "Search Time").across(50, {600: "Reason"})
    for k in range(4):
        row = {10: f"{k}", 200: "17", 240: "11/02/2025", 400: "***", 400 + 12.8 * GLYPH: "11/02/2025", 600: "theft"}
        page.across(80 + 20 * k, row)
    labels = [label.text for label in page.headers[0].labels]
    assert labels == ["ID", "Total Devi", "Time Frame", "Search Filter", "Search Time", "Reason"]


def test_headings_closer_than_words_are_two_where_a_capital_begins_anew() -> None:
    page = TypedPage().across(50, {10: "ID", 200: "Bureau", 200 + 6 * 4 + 0.8: "Search Time", 400: "Org Name"})
    assert labels(page) == [["ID", "Bureau", "Search Time", "Org Name"]]


def test_headings_that_touch_at_a_ruling_are_two() -> None:
    page = TypedPage().across(50, {10: "ID", 200: "networkCount", 248: "cameraCount", 400: "Search Time"})
    for x in (5, 195, 248, 395, 600):
        page.rule_down(x, 40, 300)
    assert labels(page) == [["ID", "networkCount", "cameraCount", "Search Time"]]


def test_two_tables_side_by_side_are_no_log() -> None:
    labels = {10: "Search Time", 120: "Networks", 200: "Plate", 300: "Search Time", 410: "Networks", 490: "Plate"}
    [header] = TypedPage().across(50, labels).headers
    assert is_doubled(header)
    assert not is_doubled(Header(header.labels[:5], header.top, header.bottom))


def test_a_second_header_below_a_known_one_is_found() -> None:
    first = {10: "ID", 200: "Org Name", 300: "Reason", 400: "Search Time"}
    known = TypedPage().across(50, first).headers
    page = TypedPage(2).across(50, first).across(200, {10: "Search Time", 200: "Reason", 400: "ID"})
    found = find_headers(page.content, known)
    assert [header.key for header in found] == [known[0].key, find_headers(page.content)[1].key]


def test_two_labels_and_nothing_else_may_be_a_header_that_goes_on_beside() -> None:
    page = TypedPage().type(300, 20, "Sheet1").across(50, {10: "Org Name", 300: "Networks"})
    page.across(64, {10: "Fakeville PD", 300: "17"})
    assert [[label.text for label in h.labels] for h in find_short_headers(page.content)] == [["Org Name", "Networks"]]


def test_lines_of_brackets_alone_are_no_labels() -> None:
    page = TypedPage().type(10, 30, "{").type(10, 44, "[").type(10, 58, "}")
    assert find_short_headers(page.content) == []


@pytest.mark.parametrize(("last", "found"), [("Total Networ", 1), ("Total Widgets", 0)])
def test_the_last_of_a_few_labels_may_be_cut_by_the_page(last: str, found: int) -> None:
    page = TypedPage().across(40, {10: "ID", 200: "Org Name", 400: last})
    for k in range(6):
        page.across(60 + 12 * k, {10: uuid_of(k), 200: "Fakeville PD", 400: "3"})
    assert len(find_short_headers(page.content)) == found


def test_headings_that_their_columns_cut_anywhere_are_whole() -> None:
    """Only the lowest line of the first has a word of a known spelling, or none has."""
    page = TypedPage().type(10, 60, "ID").stack(200, 40, ["TOTAL_NETWO", "RKS_SEARCHE", "D"])
    page.stack(300, 50, ["SEARCH_T", "IME"]).type(400, 60, "REASON").type(500, 60, "ORG_NAME")
    texts = ["ID", "TOTAL_NETWO RKS_SEARCHE D", "SEARCH_T IME", "REASON", "ORG_NAME"]
    [header] = with_rows(page, 90).headers
    assert [label.text for label in header.labels] == texts
    assert all(label.field for label in header.labels)


def test_a_heading_printed_over_the_beginning_of_the_next_is_a_label_of_its_own() -> None:
    page = TypedPage().across(50, {10: "ID", 200: "TOTAL_DEVICES_SEARCHED", 200 + 22 * GLYPH - 20: "Time Frame"})
    page.across(50, {400: "Reason", 500: "Search Time"})
    page = with_rows(page)
    assert [label.text for label in page.headers[0].labels][1:3] == ["TOTAL_DEVICES_SEARCHED", "Time Frame"]


@pytest.mark.parametrize("is_ruled", [True, False])
def test_words_set_far_apart_are_one_label_between_rulings_inside_the_table(is_ruled: bool) -> None:
    """Justified headings; the table has no rulings at its sides."""
    page = TypedPage().across(50, {10: "ID", 200: "Total", 240: "Networks", 300: "Search Time", 440: "Reason"})
    page.type(200, 60, "Searched")
    for x in (190, 290, 430) if is_ruled else ():
        page.rule_down(x, 35, 70)
    for a, b in ((5, 190), (190, 430), (430, 480)) if is_ruled else ():
        page.rule_across(64, a, b)
    for k in range(4):
        page.across(90 + 20 * k, {10: uuid_of(k), 200: "17", 300: "11/02/2025, 04:05:06 PM UTC", 440: "theft"})
    found = [label.text for label in page.headers[0].labels]
    assert ("Total Networks Searched" in found) is is_ruled


def test_a_title_in_large_type_above_a_heading_is_no_part_of_it(tmp_path: Path) -> None:
    """Audit ID is a heading, too."""
    texts = [(10, 60, "Audit", 20), *((x, 76, label, 7) for x, label in FLAT.items())]
    texts += [(x, 100 + 10 * k, "stolen plate", 7) for x in FLAT for k in range(5)]
    content = b"".join(text_at(x, 792 - y, text, size) for x, y, text, size in texts)
    document = PdfiumDocument(write_pdf(tmp_path / "a.pdf", [RawPage(content)]))
    [header] = find_headers(document.read(1))
    document.close()
    assert [label.text for label in header.labels] == ["ID", "Org Name", "Reason", "Search Time"]


def test_labels_of_one_to_five_lines_centred_against_each_other_are_whole() -> None:
    """Nine baselines: the outermost lines are those of the tallest label alone."""
    page = TypedPage().across(70, {10: "ID", 200: "Org Name", 400: "Search Time"})
    page.stack(300, 50, ["Total", "Net-", "works", "Sear-", "ched"]).stack(550, 55, ["Li-", "cen", "se", "Plate"])
    page.stack(650, 65, ["Search", "Type"])
    for k in range(4):
        row = {
            10: uuid_of(k),
            200: "Fakeville PD",
            300: f"{k}",
            400: "11/02/2025, 04:05:06 PM",
            550: "X",
            650: "lookup",
        }
        page.across(110 + 20 * k, row)
    [header] = page.headers
    assert [label.text for label in header.labels][2] == "Total Net-works Sear-ched"


def test_a_known_label_goes_on_in_lines_below_that_leave_it_known() -> None:
    """ "Total Networks" is a known label, too."""
    page = TypedPage().across(80, {70: "ID", 180: "Name", 300: "s", 450: "Search Time", 600: "Type"})
    page.stack(300, 60, ["Total", "Network"]).stack(300, 90, ["Searche", "d"])
    page.stack(10, 75, ["Reviewe", "d By"]).stack(390, 75, ["Registr", "ation"])
    for k in range(8):
        page.across(110 + 20 * k, {70: uuid_of(k)[:18], 450: "11/02/2025,"}).across(
            115 + 20 * k, {180: "jdoe", 300: "17", 390: "FAKE098", 600: "lookup"}
        )
        page.across(120 + 20 * k, {70: uuid_of(k)[18:], 450: "04:05:06"})
    found = ["Reviewe d By", "ID", "Name", "Total Network s Searche d", "Registr ation", "Search Time", "Type"]
    assert labels(page) == [found]


def test_values_that_begin_right_below_a_header_of_three_lines_are_no_part_of_it() -> None:
    """A row that is too low for its text begins at the rule below the header, as close as a label's next line."""
    page = TypedPage().type(300, 30, "Total").type(300, 40, "Networks")
    page.across(50, {10: "Name", 150: "Time Frame", 300: "Searched", 450: "Reason", 600: "Search Time"})
    page.rule_across(54, 10, 790)
    page.stack(150, 60, ["11/16/2025,", "11:30:28 PM", "UTC"]).stack(150, 95, ["11/17/2025,", "11:30:28 PM", "UTC"])
    page.across(115, {10: "user-7", 300: "840", 450: "stolen plate"})
    assert labels(page) == [["Name", "Time Frame", "Total Networks Searched", "Reason", "Search Time"]]


@pytest.mark.parametrize(("word", "parts"), [("Column1Search", (7,)), ("Column1", ()), ("ColumnSearch", ())])
def test_a_column_that_nobody_named_is_parted_from_the_heading_it_touches(word: str, parts: tuple[int, ...]) -> None:
    assert seams(word) == parts


def test_a_date_printed_over_a_label_is_no_line_of_it() -> None:
    """A cell too tall for its row, set to the bottom of it, begins above the rule below the header."""
    page = TypedPage().across(45, {10: "ID", 300: "Time Frame", 450: "Reason"}).stack(200, 40, ["Org", "Name"])
    page.stack(300, 54, ["11/02/2025,", "04:05:06 PM"], 9.0)
    page.across(72, {10: uuid_of(1), 200: "Fakeville PD", 300: "11/03/2025", 450: "theft"})
    [header] = find_headers(page.content)
    assert [label.text for label in header.labels] == ["ID", "Org Name", "Time Frame", "Reason"]
