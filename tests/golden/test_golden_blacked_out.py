"""Text under a black box is in the file and not on the page: it is never a value, and it is said that it is there."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from samples.content import entries
from samples.expected import ExpectedRow
from samples.layouts import draw, layout_named
from tests.golden.reading import Parts, check_account, check_rows, read, squeeze, witness
from tests.unit.black_boxes import Paint, painted

LAYOUTS = ("ruled", "sheet", "tight-unruled", "rotated-and-cropped")
CELLS = ((2, 1), (5, 3), (5, 4), (7, 2))
"""(row, column) of page 1 that are painted over, both from 0; none of them starts a row."""


class Drawn:
    def __init__(self, name: str, folder: Path) -> None:
        layout = layout_named(name)
        self.name, self.folder, self.path = name, folder, folder / "plain.pdf"
        self.expected: list[ExpectedRow] = draw(layout, entries(61, 14, layout.content), self.path)
        self.plain = read(self.path, folder)
        check_rows(self.plain, self.expected)

    def box(self, row: int, column: int) -> tuple[float, float, float, float]:
        """Where the cell is printed, and a little more."""
        x0, top, x1, bottom = (self.plain.rows[row][f"{side}_{column}"] for side in ("x0", "top", "x1", "bottom"))
        return x0 - 0.4, top - 0.2, x1 + 0.4, bottom + 0.2

    def text(self, row: int, column: int) -> str:
        return self.plain.cells(self.plain.rows[row])[column]

    def under(self, paints: list[Paint], name: str) -> Parts:
        path = painted(self.path, self.folder / f"{name}.pdf", paints)
        parts = read(path, self.folder)
        check_account(parts, witness(path))
        return parts


@pytest.fixture(scope="module", params=LAYOUTS)
def drawn(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Drawn:
    return Drawn(request.param, tmp_path_factory.mktemp("black"))


def blacked_out(parts: Parts) -> list[dict[str, Any]]:
    return [line for line in parts.tables["page_text"] if line["rule"] == "blacked_out"]


def cells(parts: Parts) -> list[list[str]]:
    return [[squeeze(text) for text in parts.cells(row)] for row in parts.rows]


@pytest.mark.parametrize("color", [(0, 0, 0), (255, 255, 255)], ids=["black", "white"])
def test_a_cell_under_a_box_is_empty_and_its_row_is_whole(drawn: Drawn, color: tuple[int, int, int]) -> None:
    parts = drawn.under([Paint(1, drawn.box(*cell), color) for cell in CELLS], f"whole{color[0]}")
    want = cells(drawn.plain)
    hidden = {cell: want[cell[0]][cell[1]] for cell in CELLS}
    assert all(hidden.values())
    for row, column in CELLS:
        want[row][column] = ""
    assert cells(parts) == want
    assert all(parts.rows[row][f"text_{column}"] is None for row, column in CELLS)
    # What survives underneath is told once for the page and once for the cell, as text that is no value.
    assert sorted("".join(squeeze(line["text"]) for line in blacked_out(parts))) == sorted("".join(hidden.values()))
    assert {(line["page_number"], line["account"]) for line in blacked_out(parts)} == {(1, "left")}
    named = {
        (i["row_number"] - 1, i["column_ordinal"]): squeeze(i["seen_text"])
        for i in parts.tables["issue"]
        if i["code"] == "blacked_out"
    }
    assert named == hidden
    assert parts.doubts() == drawn.plain.doubts(), "a notice is enough"


def test_a_box_over_one_word_leaves_the_others(drawn: Drawn) -> None:
    row, column = next(
        (i, j)
        for i, printed in enumerate(drawn.plain.rows[:8])
        for j, text in enumerate(drawn.plain.cells(printed))
        if len(text.split()) >= 2 and drawn.expected[i].lines[j] == (text,)
    )
    x0, top, x1, bottom = drawn.box(row, column)
    words = drawn.text(row, column).split()
    glyphs = [g for g in witness(drawn.path)[1] if x0 <= g.x <= x1 and top <= g.y <= bottom]
    first = sorted(glyphs, key=lambda g: g.x)[: len(words[0]) + 1]
    edge = first[-2].x + 0.45 * (first[-1].x - first[-2].x)  # after the first word, before the second
    parts = drawn.under([Paint(1, (x0, top, edge, bottom))], "word")
    want = [drawn.plain.cells(printed) for printed in drawn.plain.rows]
    want[row][column] = " ".join(words[1:])
    assert [parts.cells(printed) for printed in parts.rows] == want
    assert [squeeze(line["text"]) for line in blacked_out(parts)] == [words[0]]
    [issue] = [i for i in parts.tables["issue"] if i["code"] == "blacked_out"]
    assert (issue["row_number"], issue["column_ordinal"], issue["seen_text"]) == (row + 1, column, words[0])


def test_a_veil_hides_nothing(drawn: Drawn) -> None:
    """A highlighter is see-through."""
    parts = drawn.under([Paint(1, drawn.box(*cell), (255, 230, 0), 90) for cell in CELLS], "veil")
    assert cells(parts) == cells(drawn.plain)
    assert blacked_out(parts) == [] and parts.tables["issue"] == drawn.plain.tables["issue"]


def test_a_box_beside_the_text_hides_nothing(drawn: Drawn) -> None:
    x0, top, _, bottom = drawn.box(2, 1)
    parts = drawn.under([Paint(1, (x0 - 0.9, top, x0 + 0.1, bottom))], "beside")
    assert cells(parts) == cells(drawn.plain) and blacked_out(parts) == []


def test_a_row_under_one_long_box_is_no_row_and_is_told(drawn: Drawn) -> None:
    row = drawn.plain.rows[4]
    count = len(drawn.plain.labels(row))
    boxes = [drawn.box(4, j) for j in range(count) if row[f"x0_{j}"] is not None]
    parts = drawn.under([Paint(1, box) for box in boxes], "row")
    hidden = squeeze("".join(drawn.plain.cells(row)))
    want = cells(drawn.plain)
    assert [line for line in cells(parts) if any(line)] == want[:4] + want[5:]
    assert sorted("".join(squeeze(line["text"]) for line in blacked_out(parts))) == sorted(hidden)


def test_a_text_that_is_struck_out_is_kept_and_named(drawn: Drawn) -> None:
    row, column = next(
        (i, j)
        for i, printed in enumerate(drawn.plain.rows[2:8], 2)
        for j, text in enumerate(drawn.plain.cells(printed))
        if len(text) > 6 and drawn.expected[i].lines[j] == (text,)
    )
    x0, top, x1, bottom = drawn.box(row, column)
    middle = (top + bottom) / 2
    parts = drawn.under([Paint(1, (x0, middle - 0.2, x1, middle + 0.2))], "struck")
    assert cells(parts) == cells(drawn.plain)
    named = {(i["row_number"] - 1, i["column_ordinal"]) for i in parts.tables["issue"] if i["code"] == "crosses_column"}
    assert (row, column) in named and {r for r, _ in named} <= {row - 1, row, row + 1}


def test_a_heading_under_a_box_is_no_furniture_and_is_told(drawn: Drawn) -> None:
    heading = next(line for line in drawn.plain.tables["page_text"] if line["rule"] == "header")
    box = (heading["x0"] - 0.4, heading["top"] - 0.2, heading["x1"] + 0.4, heading["bottom"] + 0.2)
    parts = drawn.under([Paint(1, box)], "heading")
    assert cells(parts) == cells(drawn.plain)
    [line] = [line for line in parts.tables["page_text"] if line["rule"] == "covered"]
    assert (line["text"], line["account"]) == (heading["text"], "left")
    [issue] = [i for i in parts.tables["issue"] if i["code"] == "blacked_out"]
    assert (issue["page_number"], issue["row_number"], issue["seen_text"]) == (1, None, heading["text"])
    assert parts.doubts() == drawn.plain.doubts(), "a notice is enough"


def test_both_engines_are_compared_before_anything_is_hidden(tmp_path: Path) -> None:
    """The reference cannot tell what is covered; that is no difference between the engines."""
    layout = replace(layout_named("ruled"), title=None)
    draw(layout, entries(61, 8, layout.content), tmp_path / "log.pdf")
    plain = read(tmp_path / "log.pdf", tmp_path)
    x0, top, x1, bottom = (plain.rows[2][f"{side}_1"] for side in ("x0", "top", "x1", "bottom"))
    path = painted(tmp_path / "log.pdf", tmp_path / "black.pdf", [Paint(1, (x0, top, x1, bottom))])
    parts = read(path, tmp_path, engine="both")
    assert parts.doubts() == [] and parts.rows[2]["text_1"] is None
