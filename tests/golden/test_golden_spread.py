"""Sheets wider than the page: each search is read once, with all its columns, and every cell's box is on its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pdfplumber
import pytest
from reportlab.pdfbase.pdfmetrics import registerFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.vera import face_path
from tests.golden.reading import Parts, read, squeeze

WIDTH, HEIGHT = 612.0, 396.0
ON_PAGE = 12
PARTS = (
    (("Name", 40.0), ("Org Name", 150.0), ("Total Networks Searched", 300.0), ("Time Frame", 420.0)),
    (("License Plate", 40.0), ("Reason", 130.0), ("Search Time", 380.0)),
    (("Text Prompt", 40.0), ("Moderation", 300.0)),
)
LABELS = [label for part in PARTS for label, _ in part]


def cells(n: int) -> list[str]:
    day = 1 + n % 28
    time = f"02/{day:02}/2025, 06:{n % 60:02}:{(7 * n) % 60:02} AM UTC"
    frame = f"01/{day:02}/2025 to 02/{day:02}/2025"
    prompt = "white pickup" if n % 3 else ""
    return [f"user-{n:03}", "Fakeville PD", str(10 + n), frame, f"QZX{n:03}", f"theft of vehicle {n}", time, prompt,
            ("allow", "warn")[n % 2]]  # fmt: skip


def draw(path: Path, count: int, order: Sequence[tuple[int, int]], repeats: bool, tail: tuple[str, ...] = ()) -> Path:
    """A page for each stretch of rows and part of the columns, in the given *order*; *tail* are further lines of the
    reasons."""
    registerFont(TTFont("Vera", str(face_path("Vera"))))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    for stretch, part in order:
        canvas.setFont("Vera", 7)
        first = sum(len(p) for p in PARTS[:part])
        for j, (label, x) in enumerate(PARTS[part]):
            if repeats or not stretch:
                canvas.drawString(x, HEIGHT - 40, label)
            for k, n in enumerate(range(stretch * ON_PAGE, min(count, (stretch + 1) * ON_PAGE))):
                for line, text in enumerate((cells(n)[first + j], *(tail if label == "Reason" else ()))):
                    canvas.drawString(x, HEIGHT - 60 - (27 if tail else 20) * k - 7 * line, text)
        canvas.showPage()
    canvas.save()
    return path


def printed(path: Path, parts: Parts) -> Iterator[tuple[str, str]]:
    """The text of every cell, and what stands in its box on the page that its box is of."""
    places = {(c["page_number"], c["row_number"], c["column_ordinal"]): c for c in parts.tables["continuation"]}
    with pdfplumber.open(path) as document:
        for row in parts.rows:
            for j, text in enumerate(parts.cells(row)):
                box = {side: row[f"{side}_{j}"] for side in ("x0", "top", "x1", "bottom")}
                number = row["page_number"]
                if text and box["x0"] is None:
                    box = places[row["page_number"], row["row_number"], j]
                    number = box["continued_page_number"]
                if text:
                    crop = document.pages[number - 1].crop((box["x0"] - 1, box["top"], box["x1"] + 1, box["bottom"]))
                    yield squeeze(text), squeeze(crop.extract_text())


@pytest.mark.parametrize("repeats", [True, False], ids=["headings on every page", "headings once"])
@pytest.mark.parametrize("is_down", [True, False], ids=["down, then over", "over, then down"])
def test_pages_side_by_side_are_one_log(is_down: bool, repeats: bool, tmp_path: Path) -> None:
    over = [(stretch, part) for stretch in range(4) for part in range(len(PARTS))]
    order = sorted(over, key=lambda page: (page[1], page[0])) if is_down else over
    path = draw(tmp_path / "log.pdf", 42, order, repeats)
    parts = read(path, tmp_path)
    assert [parts.cells(row) for row in parts.rows] == [cells(n) for n in range(42)]
    assert parts.labels(parts.rows[0]) == LABELS
    assert parts.manifest["page_count"] == len(parts.tables["page"]) == 12
    assert [(page["width"], page["height"]) for page in parts.tables["page"]] == [(WIDTH, HEIGHT)] * 12
    for page in parts.tables["page"]:
        assert page["glyphs_seen"] == page["glyphs_used"] + page["glyphs_furniture"] + page["glyphs_left"]
    assert [issue["code"] for issue in parts.tables["issue"]] == ["pages_side_by_side"]
    assert all(text == box for text, box in printed(path, parts))
    # A row is on the page that shows the value it begins with: the search time.
    assert {row["page_number"] for row in parts.rows} == {order.index((k, 1)) + 1 for k in range(4)}


def test_cells_that_wrap_on_one_page_only_keep_no_pages_apart(tmp_path: Path) -> None:
    order = [(stretch, part) for part in range(len(PARTS)) for stretch in range(2)]
    path = draw(tmp_path / "log.pdf", 20, order, repeats=False, tail=("seen by", "a witness"))
    rows = [[f"{text} seen by a witness" if j == 5 else text for j, text in enumerate(cells(n))] for n in range(20)]
    parts = read(path, tmp_path)
    assert [parts.cells(row) for row in parts.rows] == rows


def test_a_list_of_users_behind_a_log_is_not_put_beside_it(tmp_path: Path) -> None:
    """Its rows stand at the heights of the log's, and its headings name nothing that the log names."""
    path = tmp_path / "log.pdf"
    registerFont(TTFont("Vera", str(face_path("Vera"))))
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT))
    log = ["Total Networks Searched", "Time Frame", "Reason", "Search Time"]
    for labels in (log, ["ID", "Name"]):
        canvas.setFont("Vera", 7)
        for j, label in enumerate(labels):
            canvas.drawString(40 + 150 * j, HEIGHT - 40, label)
            for n in range(ON_PAGE):
                text = cells(n)[LABELS.index(label)] if label in LABELS else f"user-{n:03}"
                canvas.drawString(40 + 150 * j, HEIGHT - 60 - 20 * n, text)
        canvas.showPage()
    canvas.save()
    parts = read(path, tmp_path)
    assert [parts.labels(row) for row in parts.rows] == [log] * ON_PAGE
    assert {row["page_number"] for row in parts.rows} == {1}


def test_pages_that_cannot_be_put_together_count_no_search_twice(tmp_path: Path) -> None:
    """The last page of the second columns is missing."""
    order = [(stretch, part) for part in (0, 1) for stretch in range(4)][:-1]
    parts = read(draw(tmp_path / "log.pdf", 42, order, repeats=True), tmp_path)
    assert [parts.cells(row) for row in parts.rows] == [cells(n)[:4] for n in range(42)]
    [told] = [issue for issue in parts.tables["issue"] if issue["severity"] == "error"]
    assert (told["code"], told["page_number"]) == ("columns_elsewhere", 5)
