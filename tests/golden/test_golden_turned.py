"""Pages that are displayed sideways or upside down are read all the same, and boxes are those of the display."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pdfplumber
import pypdfium2 as pdfium
import pytest

from samples.content import entries
from samples.expected import ExpectedRow
from samples.layouts import draw, layout_named
from tests.golden.reading import Parts, boxes, check_account, check_rows, read, squeeze, witness


def turned(path: Path, rotations: Mapping[int, int]) -> Path:
    """The file with the rotation of some pages (1-based) set."""
    target = path.with_name("turned.pdf")
    with pdfium.PdfDocument(path) as document:
        for number, rotation in rotations.items():
            document[number - 1].set_rotation(rotation)
        document.save(target)
    return target


def check(path: Path, parts: Parts, expected: list[ExpectedRow]) -> None:
    seen = witness(path)
    check_rows(parts, expected)
    check_account(parts, seen)
    held: dict[tuple[int, int, int], list[str]] = {}
    for row, j, page, (x0, top, x1, bottom) in boxes(parts):
        inside = [g.text for g in seen[page] if x0 <= g.x <= x1 and top <= g.y <= bottom]
        held.setdefault((row["page_number"], row["row_number"], j), []).extend(inside)
    texts = {
        (row["page_number"], row["row_number"], j): sorted(squeeze(text))
        for row in parts.rows
        for j, text in enumerate(parts.cells(row))
        if text
    }
    assert {key: sorted(squeeze("".join(found))) for key, found in held.items()} == texts
    with pdfplumber.open(path) as pdf:
        shown = [(page.page_number, float(page.width), float(page.height), page.rotation) for page in pdf.pages]
    stored = [(p["page_number"], p["width"], p["height"], p["rotation"]) for p in parts.tables["page"]]
    assert stored == [pytest.approx(page) for page in shown]


@pytest.mark.parametrize("rotation", [90, 180, 270])
@pytest.mark.parametrize("name", ["ruled", "removed-columns-unruled-bottom"])
def test_a_log_turned_as_a_whole(name: str, rotation: int, tmp_path: Path) -> None:
    layout = layout_named(name)
    expected = draw(layout, entries(31, 40, layout.content), tmp_path / "log.pdf")
    with pdfium.PdfDocument(tmp_path / "log.pdf") as document:
        pages = {n + 1: (document[n].get_rotation() + rotation) % 360 for n in range(len(document))}
    path = turned(tmp_path / "log.pdf", pages)
    check(path, read(path, tmp_path / "parts"), expected)


def test_pages_turned_one_by_one_are_one_log(tmp_path: Path) -> None:
    layout = layout_named("ruled")
    expected = draw(layout, entries(32, 70, layout.content), tmp_path / "log.pdf")
    path = turned(tmp_path / "log.pdf", {2: 90, 3: 180})
    parts = read(path, tmp_path / "parts")
    check(path, parts, expected)
    assert len(parts.tables["segment"]) == 1


def test_an_upright_log_is_read_from_its_own_file(tmp_path: Path) -> None:
    layout = layout_named("removed-columns-rotate-270")
    expected = draw(layout, entries(33, 30, layout.content), tmp_path / "log.pdf")
    parts = read(tmp_path / "log.pdf", tmp_path / "parts")
    check(tmp_path / "log.pdf", parts, expected)
