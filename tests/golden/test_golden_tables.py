"""Tables as offices print them: what a column takes from its neighbour, and which tables are no logs at all."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from extractors.pdfium_glyphs import SECOND_HALF, join_halves
from samples.vera import face_path
from tests.golden.reading import Parts, read

WIDTH, HEIGHT, STEP = 792.0, 612.0, 11.0
Column = tuple[str, float, str]
"""Label, x in points, and on which side of x its values stand: "left" or "right"."""


def draw(
    path: Path, columns: Sequence[Column], rows: Sequence[Sequence[str]], between: dict[int, str] | None = None
) -> Path:
    """Rows, the header on the first page. *between* are lines above that row; with them every line is ruled off."""
    registerFont(TTFont("Vera", str(face_path("Vera"))))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    y = HEIGHT - 40
    canvas.setFont("Vera", 7)
    for label, x, side in columns:
        (canvas.drawString if side == "left" else canvas.drawRightString)(x, y, label)
    for number, row in enumerate(rows):
        if y < 80:
            canvas.showPage()
            canvas.setFont("Vera", 7)
            y = HEIGHT - 40
        if between is not None:
            for line in [between[number]] if number in between else []:
                y -= STEP
                canvas.drawString(columns[0][1], y, line)
                canvas.line(36, y + 8, WIDTH - 36, y + 8)
            canvas.line(36, y - 3, WIDTH - 36, y - 3)
            canvas.line(36, y - 3 - STEP, WIDTH - 36, y - 3 - STEP)
        y -= STEP
        for (_, x, side), text in zip(columns, row, strict=True):
            (canvas.drawString if side == "left" else canvas.drawRightString)(x, y, text)
    canvas.save()
    return path


def texts(parts: Parts) -> list[list[str]]:
    return [parts.cells(row) for row in parts.rows]


def time(n: int) -> str:
    return f"02/{1 + n % 28:02}/2025, {1 + n % 11:02}:{n % 60:02}:{(7 * n) % 60:02} AM UTC"


def test_a_cleared_column_takes_nothing_from_the_dates_beside_it(tmp_path: Path) -> None:
    columns = [
        ("Org Name", 40.0, "left"), ("Search Time", 160.0, "left"), ("License Plate", 290.0, "left"),
        ("Reason", 400.0, "left"),
    ]  # fmt: skip
    rows = [["Example PD", time(n), "", ("theft", "welfare check")[n % 2]] for n in range(60)]
    assert texts(read(draw(tmp_path / "log.pdf", columns, rows), tmp_path)) == rows


def test_a_number_set_right_stays_out_of_the_text_that_begins_beside_it(tmp_path: Path) -> None:
    columns = [("Search Time", 40.0, "left"), ("Case #", 180.0, "left"), ("Reason", 240.0, "left")]
    rows = [[time(n), "" if n % 3 == 0 else f"25-{n:04}", f"theft of vehicle {n}"] for n in range(60)]
    path = tmp_path / "log.pdf"
    draw(path, columns, rows)
    # Numbers that a spreadsheet took for such stand at the right edge of their column, a point from the next one.
    canvas_columns = [*columns, ("", 238.5, "right")]
    draw(path, canvas_columns, [[*row, f"{5000 + n}" if n % 3 == 0 else ""] for n, row in enumerate(rows)])
    expected = [[a, f"{5000 + n}" if n % 3 == 0 else b, c] for n, (a, b, c) in enumerate(rows)]
    assert texts(read(path, tmp_path)) == expected


def test_a_number_set_right_beside_a_blank_column_stays_in_its_own(tmp_path: Path) -> None:
    columns = [
        ("Search Time", 40.0, "left"), ("Org Name", 160.0, "left"), ("Case #", 260.0, "left"), ("", 328.0, "right"),
        ("Filters", 330.0, "left"), ("Reason", 400.0, "left"),
    ]  # fmt: skip
    rows = [
        [time(n), "Example PD", f"25-{n}" if n % 2 else "", "" if n % 2 else "5145", "", "theft"] for n in range(60)
    ]
    parts = read(draw(tmp_path / "log.pdf", columns, rows), tmp_path)
    assert texts(parts) == [[*row[:2], row[2] or row[3], "", "theft"] for row in rows]


def test_a_character_beyond_sixteen_bits_is_one_glyph() -> None:
    codes = join_halves(np.array([ord("a"), 0xD83D, 0xDE00, ord("b"), 0xD83D], np.uint32))
    assert codes.tolist() == [ord("a"), 0x1F600, SECOND_HALF, ord("b"), 0xFFFD]


def test_lines_between_the_rows_are_left_over_and_move_no_row(tmp_path: Path) -> None:
    columns = [
        ("Name", 40.0, "left"), ("Total Networks Searched", 200.0, "right"), ("Search Time", 240.0, "left"),
        ("Reason", 400.0, "left"),
    ]  # fmt: skip
    rows = [[f"user-{n:03}", str(10 + n), time(n), "theft"] for n in range(90)]
    between = {n: f"Monday {n}" for n in range(0, 90, 15)}
    parts = read(draw(tmp_path / "log.pdf", columns, rows, between), tmp_path)
    assert texts(parts) == rows
    assert sum(text["text"].startswith("Monday") for text in parts.tables["page_text"]) == len(between)


def test_rows_between_rules_that_are_shifted_are_kept_and_told(tmp_path: Path) -> None:
    columns = [
        ("Search Time", 40.0, "left"), ("Name", 200.0, "left"), ("Total Networks Searched", 360.0, "left"),
        ("Org Name", 480.0, "left"), ("Reason", 600.0, "left"),
    ]  # fmt: skip
    rows = [[time(n), f"user-{n}", str(10 + n), "X PD", "theft"] for n in range(60)]
    for n in (20, 21, 22):
        rows[n] = ["", *rows[n][:-1]]
    parts = read(draw(tmp_path / "log.pdf", columns, rows, between={}), tmp_path)
    assert texts(parts) == rows
    told = {(i["row_number"], i["column_ordinal"]) for i in parts.tables["issue"] if i["code"] == "cell_shifted"}
    assert told == {(n + 1, j) for n in (20, 21, 22) for j in range(5)}


@pytest.mark.parametrize(
    ("labels", "row"),
    [
        (("ID", "Name", "Type", "Network Count", "Last Seen"), ("{n}", "Camera {n}", "fixed", "{n}", "{time}")),
        (("Case #", "Date/Time", "Type", "Officer", "Disposition"), ("25-{n}", "{time}", "alarm", "J. Doe", "cleared")),
        (("Name", "Username", "Agency", "Last login", "Searches"), ("J. Doe", "user-{n}", "X PD", "{time}", "{n}")),
    ],
    ids=["cameras", "calls", "users"],
)
def test_lists_that_share_labels_with_a_log_give_no_row(
    labels: tuple[str, ...], row: tuple[str, ...], tmp_path: Path
) -> None:
    columns = [(label, 40.0 + 140 * k, "left") for k, label in enumerate(labels)]
    rows = [[text.format(n=100 + n, time=time(n)) for text in row] for n in range(60)]
    parts = read(draw(tmp_path / "list.pdf", columns, rows), tmp_path)
    assert parts.rows == [] and parts.manifest["state"] == "set_aside"
