"""The mark that a browser draws is the box that is stored: for text, turned and cropped pages, scans and pictures."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import duckdb
import pytest
from PIL import Image

from flows.paths import data_folder
from warehouse.query import connect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Box = dict[str, float]

TEXT = "d.file_name = 'ruled.pdf' AND a.place_kind = 'page_box' AND a.page_number = 2"
GOES_ON = "d.file_name = 'ruled.pdf' AND a.place_kind = 'page_boxes'"
TURNED = "d.file_name = 'rotated-and-cropped.pdf' AND a.row_number = 5"

# Where the rectangles are on the screen, in points of the page: by the picture that is shown, not by the drawing's own
# coordinates.
DRAWN = """(selector) => [...document.querySelectorAll(selector)].map((figure) => {
  const image = figure.querySelector(".viewer-stage > img").getBoundingClientRect();
  const width = Number(figure.dataset.width), height = Number(figure.dataset.height);
  return [...figure.querySelectorAll("rect.box")].map((rect) => {
    const box = rect.getBoundingClientRect();
    return {
      kind: rect.classList[1], name: rect.dataset.name, chosen: rect.classList.contains("chosen"),
      x0: (box.left - image.left) / image.width * width, x1: (box.right - image.left) / image.width * width,
      top: (box.top - image.top) / image.height * height, bottom: (box.bottom - image.top) / image.height * height,
    };
  });
})"""


@pytest.fixture(scope="module")
def warehouse(published: Path) -> Any:
    with connect(data_folder(published).full_snapshot) as connection:
        yield connection


def rows(warehouse: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    result = warehouse.execute(query)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, values, strict=True)) for values in result.fetchall()]


def opened(chromium: Any, address: str, scheme: str = "light") -> Any:
    page = chromium.new_page(viewport={"width": 1400, "height": 950}, color_scheme=scheme)
    faults: list[str] = []
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    answer = page.goto(address)
    assert answer.status == 200, address
    page.wait_for_function(
        "[...document.querySelectorAll('.viewer-stage > img')].every((i) => i.complete && i.naturalWidth)"
    )
    assert faults == []
    return page


def assert_same(drawn: Box, stored: Box, points: float = 0.6) -> None:
    """Within the width of a line on the screen."""
    for edge in ("x0", "top", "x1", "bottom"):
        assert drawn[edge] == pytest.approx(stored[edge], abs=points), (edge, drawn, stored)


@pytest.mark.parametrize("which", [TEXT, TURNED, GOES_ON])
def test_from_a_row_of_out_by_its_trace_url_to_its_cells_on_the_page(
    chromium: Any, site: str, warehouse: duckdb.DuckDBPyConnection, which: str
) -> None:
    (row, *_) = rows(
        warehouse,
        'SELECT a.*, o.trace_url FROM "out".audit_search AS o JOIN raw.audit_row AS a USING (row_id)'
        f" JOIN raw.document AS d ON d.document_id = a.document_id WHERE {which} ORDER BY row_id",
    )
    page = opened(chromium, site + row["trace_url"])
    own, *others = page.evaluate(DRAWN, "figure.viewer")
    stored = {field: box for field, box in row["cell_boxes"].items() if box}
    assert len(stored) >= 6
    drawn = {box["name"]: box for box in own if box["kind"] == "cell"}
    assert drawn.keys() == stored.keys()
    for field, box in stored.items():
        assert_same(drawn[field], box)
    (whole,) = (box for box in own if box["kind"] == "row")
    assert_same(whole, row["row_box"])
    if which == GOES_ON:
        parts = rows(
            warehouse,
            f"SELECT field, box FROM raw.row_continuation WHERE row_id = '{row['row_id']}' AND field IS NOT NULL",
        )
        assert parts
        for part in parts:
            (there,) = (box for box in others[0] if box["kind"] == "cell" and box["name"] == part["field"])
            assert_same(there, part["box"])
    else:
        picture = Image.open(
            io.BytesIO(page.request.get(site + page.get_attribute(".viewer-stage > img", "src")).body())
        ).convert("L")
        for box in stored.values():
            assert ink_in(picture, box, page) > 0
    page.close()


def ink_in(picture: Image.Image, box: Box, page: Any) -> int:
    """Dark pixels of the picture within a box of the page."""
    scale = picture.width / float(page.get_attribute("figure.viewer", "data-width"))
    part = picture.crop((box["x0"] * scale, box["top"] * scale, box["x1"] * scale, box["bottom"] * scale))
    return sum(part.histogram()[:120])


def test_headers_are_marked_where_they_are_printed(
    chromium: Any, site: str, warehouse: duckdb.DuckDBPyConnection
) -> None:
    (row, *_) = rows(
        warehouse,
        "SELECT a.row_id, c.header_box FROM raw.audit_row AS a"
        " JOIN raw.segment_column AS c USING (segment_id, page_number)"
        " WHERE c.field = 'reason' AND a.reason IS NOT NULL ORDER BY row_id",
    )
    page = opened(chromium, f"{site}/trace/{row['row_id']}?field=reason")
    (own, *_) = page.evaluate(DRAWN, "figure.viewer")
    (header,) = (box for box in own if box["kind"] == "header")
    assert_same(header, row["header_box"])
    assert [box["name"] for box in own if box["kind"] == "cell" and box["chosen"]] == ["reason"]
    page.close()


def test_an_organization_of_a_sharing_list_is_marked_with_its_cells_and_headings(
    chromium: Any, site: str, warehouse: duckdb.DuckDBPyConnection
) -> None:
    (row, *_) = rows(
        warehouse,
        'SELECT s.*, o.trace_url FROM raw.sharing_row AS s JOIN "out".sharing AS o USING (row_id)'
        " WHERE s.shared_with_me IS NOT NULL ORDER BY row_id",
    )
    page = opened(chromium, f"{site}{row['trace_url']}?field=shared_with_me")
    (own,) = page.evaluate(DRAWN, "figure.viewer")
    (cell,) = (box for box in own if box["kind"] == "cell" and box["chosen"])
    assert_same(cell, row["shared_with_me_box"])
    (heading,) = rows(
        warehouse,
        f"SELECT box FROM raw.page_text WHERE document_id = '{row['document_id']}' AND page_number = 1"
        " AND text = 'Networks Shared With Me'",
    )
    (header,) = (box for box in own if box["kind"] == "header")
    assert_same(header, heading["box"])
    page.close()


@pytest.mark.parametrize("file_name", ["hotlist-settings.png", "form-scan.pdf"])
def test_all_marks_of_a_picture_or_scan_are_drawn_with_their_states(
    chromium: Any, site: str, warehouse: duckdb.DuckDBPyConnection, file_name: str
) -> None:
    marks = rows(
        warehouse,
        "SELECT m.* FROM raw.hotlist_mark AS m JOIN raw.document USING (document_id)"
        f" WHERE file_name = '{file_name}' ORDER BY mark_number",
    )
    assert len(marks) >= 8
    (setting,) = rows(
        warehouse, f"SELECT trace_url FROM \"out\".hotlist_setting WHERE mark_id = '{marks[2]['mark_id']}'"
    ) or [{"trace_url": f"/trace/{marks[2]['mark_id']}"}]
    page = opened(chromium, site + setting["trace_url"], "dark")
    (own,) = page.evaluate(DRAWN, "figure.viewer")
    for kind in ("label", "mark"):
        stored = [mark[f"{kind}_box"] for mark in marks if mark[f"{kind}_box"]]
        drawn = [box for box in own if box["kind"] == kind]
        assert len(drawn) == len(stored)
        left_to_right = lambda box: (round(box["top"]), box["x0"])  # noqa: E731
        for one, other in zip(sorted(drawn, key=left_to_right), sorted(stored, key=left_to_right), strict=True):
            assert_same(one, other)
    told = page.eval_on_selector_all("svg text.state", "texts => texts.map((text) => text.textContent)")
    assert sorted(told) == sorted(mark["state"].replace("_", " ") for mark in marks)
    page.close()


def test_zoom_and_pan_by_keyboard_and_mouse_move_no_mark(
    chromium: Any, site: str, warehouse: duckdb.DuckDBPyConnection
) -> None:
    (row, *_) = rows(
        warehouse,
        f"SELECT a.* FROM raw.audit_row AS a JOIN raw.document AS d USING (document_id) WHERE {TEXT} ORDER BY row_id",
    )
    page = opened(chromium, f"{site}/trace/{row['row_id']}?field=reason")
    window = page.locator(".viewer-window").first

    def zoom() -> int:
        return int(page.locator(".viewer-zoom").first.inner_text().rstrip("%"))

    page.keyboard.press("0")
    assert zoom() == 100
    for key, least, most in (("+", 101, 200), ("+", 126, 300), ("-", 101, 200)):
        page.keyboard.press(key)
        assert least <= zoom() <= most
    page.keyboard.press("f")
    cell = page.locator("rect.cell.chosen").first.bounding_box()
    frame = window.bounding_box()
    assert cell is not None and frame is not None
    assert frame["x"] <= cell["x"] and cell["x"] + cell["width"] <= frame["x"] + frame["width"]
    assert frame["y"] <= cell["y"] and cell["y"] + cell["height"] <= frame["y"] + frame["height"]
    page.mouse.move(frame["x"] + 300, frame["y"] + 150)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -300)
    page.keyboard.up("Control")
    page.wait_for_timeout(100)
    assert zoom() > 150
    before = window.evaluate("w => [w.scrollLeft, w.scrollTop]")
    page.mouse.down()
    page.mouse.move(frame["x"] + 240, frame["y"] + 130, steps=4)
    page.mouse.up()
    after = window.evaluate("w => [w.scrollLeft, w.scrollTop]")
    assert (after[0] - before[0], after[1] - before[1]) == (60, 20)
    (own, *_) = page.evaluate(DRAWN, "figure.viewer")
    (drawn,) = (box for box in own if box["kind"] == "cell" and box["chosen"])
    assert_same(drawn, row["cell_boxes"]["reason"], points=0.3)
    page.keyboard.press("m")
    assert not page.locator("rect.cell.chosen").first.is_visible()
    page.keyboard.press("m")
    page.keyboard.press("]")
    page.wait_for_url("**/trace/*-r0*?field=reason")
    page.close()
