"""Words of one label stay together, and those of two apart: the text below them tells."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from extractors.glyphs import Glyphs, PageContent
from extractors.header import find_headers
from tests.unit.typed_pages import GLYPH, HEIGHT, TypedPage, uuid_of

FLAT = {10: "ID", 200: "Org Name", 300: "Reason"}
ROW = {200: "Fakeville PD", 300: "stolen plate"}


def labels(page: TypedPage | PageContent) -> list[str]:
    content = page.content if isinstance(page, TypedPage) else page
    [header] = find_headers(content)
    return [label.text for label in header.labels]


def with_rows(page: TypedPage, *cells: dict[float, str], first: float = 80) -> TypedPage:
    for k, cell in enumerate(cells):
        page.across(first + 20 * k, {10: uuid_of(k)} | ROW | cell)
    return page


@pytest.mark.parametrize("label", ["Offense Type", "Case Plate State", "Agency / Org Name", "Reason Code (drop-down)"])
def test_a_known_label_inside_a_longer_one_does_not_split_it(label: str) -> None:
    page = TypedPage().across(50, FLAT | {450: label})
    page = with_rows(page, *({450: f"larceny and theft {k}"} for k in range(4)))
    assert labels(page) == ["ID", "Org Name", "Reason", label]


def test_the_words_of_a_typewriter_stand_further_apart() -> None:
    page = with_rows(TypedPage().across(50, FLAT | {450: "Offense Type"}), *({450: "larceny and"} for _ in range(4)))
    glyphs = page.typed
    low = Glyphs(glyphs.text, glyphs.x0, glyphs.bottom - 6.0, glyphs.x1, glyphs.bottom, glyphs.space_before)
    assert labels(replace(page.content, glyphs=low))[-1] == "Offense Type"


def test_short_values_under_the_first_word_do_not_split_a_label() -> None:
    page = with_rows(TypedPage().across(50, FLAT | {450: "Offense Type"}), *({450: "DUI"} for _ in range(4)))
    assert labels(page)[-1] == "Offense Type"


def test_two_columns_a_space_apart_are_two_labels() -> None:
    """No space is drawn between two cells, and each has its own text below."""
    page = TypedPage().across(50, FLAT).type(450, 50, "Shade").type(450 + 6 * GLYPH, 50, "Type")
    page = with_rows(page, *({450: "dark", 450 + 6 * GLYPH: "visual"} for _ in range(4)))
    assert labels(page)[-2:] == ["Shade", "Type"]


@pytest.mark.parametrize("apart", [0.0, 1.0])
def test_headings_that_all_but_touch_are_two_where_values_begin_below_the_second(apart: float) -> None:
    """Search Time and Time Frame a point apart or less, as their times below: closer than words of one line."""
    second = 450 + 11 * GLYPH + apart
    page = TypedPage().across(50, FLAT).type(450, 50, "Search Time").type(second, 50, "Time Frame")
    cells = {450: "06:27:35 AM", second: "06:59:59 AM"}, {second: "06:59:59 AM"}
    assert labels(with_rows(page, *cells, *cells))[-2:] == ["Search Time", "Time Frame"]


@pytest.mark.parametrize(
    ("glued", "parts"),
    [("CasePlate", ["Case", "Plate"]), ("PLATEUSERID", ["PLATE", "USERID"]), ("DeviName", ["Devi", "Name"])],
)
def test_a_blank_column_does_not_hide_that_two_headings_touch(glued: str, parts: list[str]) -> None:
    page = TypedPage().across(50, FLAT | {450: glued})
    page = with_rows(page, *({450 + len(parts[0]) * GLYPH: f"{n}BC12"} for n in range(4)))
    assert labels(page)[-2:] == parts


def test_a_heading_of_two_words_without_a_space_is_one_where_values_begin_below_its_first() -> None:
    page = with_rows(TypedPage().across(50, FLAT | {450: "PlateType"}), *({450: "dark"} for _ in range(4)))
    assert labels(page)[-1] == "PlateType"


def test_two_known_labels_are_one_only_where_text_runs_on_below() -> None:
    apart = with_rows(TypedPage().across(50, FLAT | {450: "Officer Type"}), *({450: "Doe"} for _ in range(4)))
    assert labels(apart)[-2:] == ["Officer", "Type"]
    whole = with_rows(TypedPage().across(50, FLAT | {450: "Officer Type"}), *({450: "sworn officer"} for _ in range(4)))
    assert labels(whole)[-1] == "Officer Type"


def test_cells_of_a_ruled_header_are_whole_to_the_rule_below() -> None:
    page = TypedPage().type(10, 50, "ID").stack(60, 50, ["Agency / Org", "Name"]).stack(140, 50, ["Search", "Time"])
    page.stack(220, 50, ["Total", "Networks", "Searched"]).stack(300, 50, ["Time", "Frame (the", "window)"])
    for x in (5, 55, 135, 215, 295, 380):
        page.rule_down(x, 40, 72)
    page.rule_across(40, 5, 380).rule_across(72, 5, 380)
    expected = ["ID", "Agency / Org Name", "Search Time", "Total Networks Searched", "Time Frame (the window)"]
    assert labels(page) == expected


def test_lines_that_end_labels_nobody_knows_are_of_the_header_not_of_the_first_row() -> None:
    page = TypedPage().across(50, FLAT).stack(450, 50, ["Total", "Networks", "Searched"])
    page.stack(520, 50, ["Shade", "of the", "badge", "worn"])
    page = with_rows(page.type(600, 50, "Search Time"), *({450: "12"} for _ in range(2)), first=100)
    assert labels(page)[-2:] == ["Shade of the badge worn", "Search Time"]


def test_lines_below_that_make_a_label_known_are_of_the_header_though_most_words_are_not() -> None:
    page = TypedPage().across(50, FLAT | {400: "Audit / Review Notes", 500: "Time Frame (searched", 600: "Total"})
    page.across(60, {500: "window at all)", 600: "Networks"}).type(600, 70, "Searched")
    page = with_rows(page, *({600: "12"} for _ in range(4)), first=90)
    assert labels(page)[3:] == [
        "Audit / Review Notes",
        "Time Frame (searched window at all)",
        "Total Networks Searched",
    ]


@pytest.mark.parametrize(("rest", "below", "told"), [("By", "Lt.", True), ("Dan", "Lt.", False), ("By", "By", False)])
def test_the_last_line_of_an_unknown_label_may_be_as_close_to_the_first_row(rest: str, below: str, told: bool) -> None:
    """Its words are those of labels, and no cell below has one of them."""
    page = with_rows(
        TypedPage().across(50, FLAT | {450: "Reviewed"}).type(450, 60, rest), {450: below}, {450: "Lt."}, first=70
    )
    assert labels(page)[-1] == (f"Reviewed {rest}" if told else "Reviewed")


def test_the_first_line_of_one_unknown_label_is_of_the_header() -> None:
    page = TypedPage().across(50, FLAT | {450: "badge"}).type(450, 40, "Shade of")
    assert labels(with_rows(page, {450: "dark"}, {450: "light"}))[-1] == "Shade of badge"


def test_a_label_of_two_lines_centred_beside_labels_of_one_is_of_the_header() -> None:
    page = TypedPage().across(50, FLAT).type(450, 46, "Shade").type(450, 55, "of badge")
    assert labels(with_rows(page, {450: "dark"}, {450: "light"}))[-1] == "Shade of badge"


def sideways(text: str, x: float, bottom: float) -> Glyphs:
    """*text*, read upwards from *bottom*."""
    letters = text.replace(" ", "")
    at = [k for k, char in enumerate(text) if char != " "]
    low = np.array([bottom - k * GLYPH for k in at])
    x0 = np.full(len(letters), x)
    space = np.array([int(k > 0 and text[k - 1] == " ") for k in at])
    return Glyphs(letters, x0, low - GLYPH, x0 + HEIGHT, low, space)


def test_a_label_set_sideways_above_its_column_is_a_label() -> None:
    page = with_rows(TypedPage().across(50, FLAT), *({260: str(10 + k)} for k in range(4)))
    content = replace(page.content, slanted=sideways("Networks", 262, 68))
    assert labels(content) == ["ID", "Org Name", "Networks", "Reason"]


def test_text_at_an_angle_without_a_column_below_is_no_label() -> None:
    page = with_rows(TypedPage().across(50, FLAT), {})
    assert labels(replace(page.content, slanted=sideways("Copy", 700, 68))) == ["ID", "Org Name", "Reason"]


def test_a_space_drawn_in_the_footer_parts_no_words_of_a_label() -> None:
    page = TypedPage().type(200, 590, "Page 1")
    page.across(
        60, {10: "ID", 200: "Name", 300: "Reason", 450: "Search", 477: "Time", 600: "AI", 611: "Review", 700: "Type"}
    )
    for k in range(8):
        page.across(80 + 20 * k, {10: uuid_of(k), 200: "jdoe", 300: "stolen", 327: "truck", 354: "parts"})
        page.across(80 + 20 * k, {450: "2025-11-02", 493: f"04:05:0{k}", 600: "" if k else "allow", 700: "lookup"})
    assert labels(page) == ["ID", "Name", "Reason", "Search Time", "AI Review", "Type"]


def test_cells_whose_text_ends_in_a_space_are_of_two_labels() -> None:
    """Nothing covers the white between the labels, though each line reads on below it."""
    page = TypedPage().across(50, FLAT | {450: "Search Time", 495 - GLYPH: " Search Type"})
    page = with_rows(page, *({448: "12:11:46 PM", 495 - GLYPH: " lookup"} for _ in range(4)))
    assert labels(page)[-2:] == ["Search Time", "Search Type"]


@pytest.mark.parametrize("devices", [391, 396])
def test_a_label_printed_over_the_next_one_is_not_of_it(devices: int) -> None:
    """The labels are set right; the last one takes two lines."""
    flat = {
        10: "ID",
        200: "Name",
        300: "Total Networks Searched",
        devices: "Total Devices Searched",
        560: "Search Time",
    }
    end = devices + 22 * GLYPH
    page = TypedPage().across(55, flat).stack(end - 1, 50, ["Time", "Frame"])
    for k in range(5):
        page.across(80 + 20 * k, {10: uuid_of(k), 200: "demo", 370: f"{k}068", end - 10: f"{k}3", 560: "2025-11-02"})
        page.type(end - 1, 80 + 20 * k, "2025-11-02")
    assert labels(page)[2:] == [flat[300], flat[devices], "Time Frame", "Search Time"]


def test_a_column_whose_values_nearly_fill_it_is_two_beside_the_next() -> None:
    """Cells end in a drawn space; one value in four is so wide that the next column seems to go on with it."""
    page = TypedPage().across(50, FLAT | {450: "Unit", 470 - GLYPH: " Org Name"})
    cells = [{450: unit, 470 - GLYPH: " Fakeville PD"} for unit in ("Desk", "B", "3", "12") * 3]
    assert labels(with_rows(page, *cells))[-2:] == ["Unit", "Org Name"]


def test_labels_that_lap_are_two_though_text_runs_on_below() -> None:
    page = TypedPage().across(50, FLAT | {450: "Search Time", 492 - GLYPH: " Search Type"})
    page = with_rows(page, *({450: "theft of one white car", 580: "x"} for _ in range(4)))
    assert labels(page)[-2:] == ["Search Time", "Search Type"]


def test_values_below_the_first_word_of_a_label_are_of_its_column() -> None:
    page = TypedPage().across(50, FLAT | {450: "Badge Tag", 490 - GLYPH: " Org Name"})
    page = with_rows(page, *({450: str(k), 490: "Fakeville PD"} for k in range(5)))
    assert labels(page)[-2:] == ["Badge Tag", "Org Name"]


@pytest.mark.parametrize(("below", "parts"), [("Lt.Sample", ["Reviewed By"]), ("Lt.", ["Reviewed", "By"])])
def test_words_set_wide_are_one_label_where_text_runs_on_below(below: str, parts: list[str]) -> None:
    """No spaces are drawn, and the white is as wide as between columns that stand close."""
    page = TypedPage().across(50, {10: "ID", 200: "Name", 300: "Reason", 450: "Reviewed", 486: "By"})
    for k in range(6):
        page.across(
            80 + 20 * k,
            {10: uuid_of(k), 200: "jdoe", 300: "theft", 460: below} | ({486: "B"} if below == "Lt." else {}),
        )
    assert labels(page)[3:] == parts
