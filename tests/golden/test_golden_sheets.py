"""Several sheets printed one after the other into one file: every row of every sheet is right, or set aside by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pytest

from samples.content import entries
from samples.expected import ExpectedRow
from samples.layout import Layout
from samples.layouts import draw, layout_named
from tests.golden.reading import read, squeeze

BASE = replace(layout_named("removed-columns-unruled-bottom"), rotate=0)
WIDER = (60.0, 36.0, 36.0, 36.0)
ROWS = 30


def sheets(folder: Path, *layouts: Layout) -> tuple[Path, list[ExpectedRow]]:
    """One file of one print for each layout; all rows as drawn."""
    whole = pdfium.PdfDocument.new()
    rows: list[ExpectedRow] = []
    for seed, layout in enumerate(layouts):
        path = folder / f"{seed}.pdf"
        rows += draw(layout, entries(seed, ROWS, layout.content), path)
        with pdfium.PdfDocument(path) as sheet:
            whole.import_pages(sheet)
    whole.save(folder / "sheets.pdf")
    whole.close()
    return folder / "sheets.pdf", rows


@pytest.mark.parametrize(
    "second",
    [
        BASE,
        replace(BASE, title="December"),
        replace(BASE, header_on="none"),
        replace(BASE, title="Sheet2", header_on="none"),
        replace(BASE, columns=BASE.columns[:1] + BASE.columns[2:]),
        replace(BASE, columns=BASE.columns[::-1]),
        replace(BASE, margins=WIDER),
        layout_named("upside-down"),
    ],
    ids=["same", "titled", "no header", "titled no header", "a column less", "turned round", "other widths", "other"],
)
def test_the_second_sheet_is_read_as_it_is_printed(tmp_path: Path, second: Layout) -> None:
    path, rows = sheets(tmp_path, BASE, second)
    parts = read(path, tmp_path / "parts")
    assert [[squeeze(cell) for cell in parts.cells(row)] for row in parts.rows] == [
        [squeeze(cell) for cell in row.cells] for row in rows
    ]
    assert {issue["code"] for issue in parts.doubts()} <= {"left_over"}


@pytest.mark.parametrize("second", [replace(BASE, margins=(70.0, 36.0, 36.0, 36.0)), layout_named("no-header")])
def test_a_sheet_without_header_over_other_columns_is_read_as_one_without_header(
    tmp_path: Path, second: Layout
) -> None:
    path, rows = sheets(tmp_path, BASE, replace(second, header_on="none"))
    parts = read(path, tmp_path / "parts")
    printed = [[squeeze(cell) for cell in row.cells] for row in rows]
    blank = 1 if all(not cells[-1] for cells in printed[ROWS:]) else 0  # nothing tells of a last column without text
    assert [[squeeze(cell) for cell in parts.cells(row)] for row in parts.rows] == [
        *printed[:ROWS],
        *(cells[: len(cells) - blank] for cells in printed[ROWS:]),
    ]
    assert "no_header" in {issue["code"] for issue in parts.tables["issue"]}
