"""How the cells of a row stand, told from the sample where rows are as close as the lines of a cell."""

from __future__ import annotations

from extractors.fit import _body_mask
from tests.unit.typed_pages import TypedPage, cells_of, fitted, laid_out, uuid_of

HEADER = {10: "Name", 150: "Reason", 400: "Search Date", 500: "Search Time"}
LONG = ["locate and notify only, do not stop,", "contact the bureau"]


def test_lines_that_end_early_tell_that_rows_as_close_as_lines_are_set_from_the_top() -> None:
    page = TypedPage().across(50, HEADER)
    y, reasons = 70.0, [["stolen"], LONG, ["theft of a vehicle"], LONG, ["inv"], ["bolo"], LONG, ["warrant"]] * 3
    for k, reason in enumerate(reasons):
        page.across(y, {10: f"user-{k:04}", 400: "2025-11-30", 500: f"07:20:{k:02}"}).stack(150, y, reason)
        y += 10 * len(reason)
    # The end of a row on the page before speaks for rows that are set from the bottom.
    page.type(150, 60, "rest of a reason").type(10, 60, "(inactive)")
    model = fitted(page)
    assert model.alignment == "top"
    rest, *rows = cells_of(laid_out(page, model))
    assert [row[1] for row in rows] == ["|".join(reason) for reason in reasons] and rest[2] == ""


def test_what_stands_far_below_the_rows_tells_nothing_of_how_rows_stand() -> None:
    """Read with the lines above, periods would be read as well: each row's end with the next one's beginning."""
    page = TypedPage().across(50, {20: "Name", 120: "Time Frame", 280: "Search Time"})
    for k in range(8):
        page.across(60 + 20 * k, {20: "demo", 120: f"2025-11-02 0{k}:00:00", 280: f"2025-11-02 0{k}:30:00"})
        page.type(120, 70 + 20 * k, f"2025-11-02 0{k}:59:00")
    assert fitted(page.across(300, {20: "DRAFT", 120: "1"})).alignment == "top"


def test_a_line_stands_closer_to_those_of_its_own_row() -> None:
    """Few rows wrap, and rows are hardly further apart than lines."""
    page, y = TypedPage().across(50, HEADER), 70.0
    for k in range(20):
        if k % 9 == 4:
            page.type(150, y, "locate and notify only,")
            y += 10
        page.across(y, {10: f"user-{k:04}", 150: "do not stop them there", 400: "2025-11-30", 500: f"07:20:{k:02}"})
        y += 13
    assert fitted(page).alignment == "bottom"


def test_a_title_that_names_its_group_tells_nothing_of_the_columns() -> None:
    """It runs through the white between them. What a cell says of a heading is text as any other."""
    page = TypedPage().across(50, {10: "Audit ID", 150: "User ID", 220: "Org Name", 320: "Reason"})
    page.type(10, 65, "Org Name: Fakeville Police Department").across(80, {10: "b20ed5b8", 220: "Org Name: none"})
    mask = _body_mask(page.sample, page.headers[0], 1, [])
    told = "".join(char for char, is_body in zip(page.typed.text, mask.tolist(), strict=True) if is_body)
    assert told == "b20ed5b8OrgName:none"


def test_rows_without_an_id_tell_nothing_against_centred_cells() -> None:
    """Beside hardly any cells that wrap, they would stand against the cells of their neighbours."""
    page, y = TypedPage().across(50, {10: "ID", 170: "Networks", 240: "Filters", 400: "Search Time"}), 70.0
    for k in range(30):
        is_tall = k in (9, 10)
        cells = {10: uuid_of(k), 170: "104", 400: f"2025-11-02T07:20:{k:02}Z"}
        if k in (20, 21):
            del cells[10]
        page.across(y + 15 * is_tall, cells)
        if is_tall:
            page.stack(
                240, y, ["silver pickup truck with", "a toolbox, ladder rack and", "a bumper sticker, on the", "rear"]
            )
        y += 13 + 30 * is_tall
    assert fitted(page).alignment == "middle"
