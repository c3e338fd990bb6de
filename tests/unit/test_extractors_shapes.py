"""Drawn paths become the lines that a person sees: grids, forms, rectangles, and nothing where nothing shows."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from extractors.glyphs import rulings_from_boxes
from tests.unit.engine_pair import assert_agree, both, marks
from tests.unit.raw_pdf import RawPage, text_at, write_pdf

GRID = (
    b"".join(b"%d 100 m %d 300 l " % (x, x) for x in (100, 200, 300))
    + b"".join(b"100 %d m 300 %d l " % (y, y) for y in (100, 150, 300))
    + b"S\n"
)
GRID_MARKS = {
    "h": {(100, 300, 692), (100, 300, 642), (100, 300, 492)},
    "v": {(492, 692, 100), (492, 692, 200), (492, 692, 300)},
}


def test_a_grid_drawn_as_one_path_is_its_lines(tmp_path: Path) -> None:
    fast, reference = both(write_pdf(tmp_path / "a.pdf", [RawPage(GRID + text_at(150, 200, "x"))]))
    assert marks(fast) == marks(reference) == GRID_MARKS


def test_a_form_is_placed_by_its_matrix_and_the_pages(tmp_path: Path) -> None:
    page = RawPage(
        b"q 1 0 0 1 50 60 cm /X Do Q\n",
        forms={"X": ("/BBox [0 0 400 400] /Matrix [0.5 0 0 0.5 10 20]", GRID + text_at(150, 200, "Hollow"))},
    )
    fast, reference = both(write_pdf(tmp_path / "a.pdf", [page]))
    assert_agree(fast, reference, 5)
    assert fast.glyphs.x0[0] == pytest.approx(150 * 0.5 + 10 + 50)
    expected = {"h": {(110, 210, y) for y in (662, 637, 562)}, "v": {(562, 662, x) for x in (110, 160, 210)}}
    assert marks(fast) == marks(reference) == expected


def test_rectangles_of_one_path_are_four_edges_each(tmp_path: Path) -> None:
    path = b"".join(b"%d %d 100 50 re " % (x, y) for x in (100, 200) for y in (100, 150)) + b"S\n"
    fast, reference = both(write_pdf(tmp_path / "a.pdf", [RawPage(path)]))
    for seen in (fast, reference):
        assert {line[2] for line in marks(seen)["h"]} == {692, 642, 592}
        assert {line[2] for line in marks(seen)["v"]} == {100, 200, 300}


@pytest.mark.parametrize(
    "shape",
    [
        b"10 10 m 300 400 l S\n",
        b"10 10 m 300 10 l 300 400 l S\n",
        b"100 100 m 100 200 200 200 200 100 c S\n",
        b"10 10 m 100 200 l 200 10 l h f\n",
    ],
    ids=["slanted line", "corner", "arc", "triangle"],
)
def test_what_is_no_rectangle_is_not_framed(shape: bytes, tmp_path: Path) -> None:
    """A line across a page (a strike-out, a watermark's stroke) must not become four rulings."""
    fast, _ = both(write_pdf(tmp_path / "a.pdf", [RawPage(shape)]))
    drawn = fast.rulings
    assert len(drawn.horizontal) <= 1 and len(drawn.vertical) <= 1


def test_an_invisible_path_rules_nothing(tmp_path: Path) -> None:
    for content in (b"10 10 200 100 re n\n", b"10 10 200 100 re W n\n"):
        fast, reference = both(write_pdf(tmp_path / "a.pdf", [RawPage(content)]))
        assert marks(fast) == marks(reference) == {"h": set(), "v": set()}


def test_thin_fills_are_lines_and_short_strokes_are_none() -> None:
    boxes = np.array([[0, 10, 100, 10.6], [50, 0, 50.5, 80], [5, 5, 7, 5.2]])
    found = rulings_from_boxes(boxes, np.empty((0, 4)))
    assert found.horizontal.tolist() == [pytest.approx([0, 100, 10.3])]
    assert found.vertical.tolist() == [pytest.approx([0, 80, 50.25])]
