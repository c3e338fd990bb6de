"""One page as each of the two engines sees it, and what their agreeing means."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from extractors.compare import glyph_differences
from extractors.glyphs import PageContent
from extractors.pdfium import PdfiumDocument
from extractors.plumber import PlumberDocument

TURNS = (0, 90, 180, 270)
ROUNDING = 0.17
"""Points. ReportLab writes whole thousandths for the widths of an embedded font; over a long line that adds up."""
OVERHANG = {"f": 0.055, "j": 0.075, "/": 0.02, "k": 0.02, "K": 0.025, "m": 0.03, "w": 0.02}
"""Em: pdfium widens a glyph's box where its ink overhangs its advance; the reference knows the advance only."""


def both(path: Path, page_number: int = 1, unit: float = 1.0) -> tuple[PageContent, PageContent]:
    """The page as each engine sees it."""
    fast, reference = PdfiumDocument(path, None, unit), PlumberDocument(path, None, unit)
    try:
        return fast.read(page_number), reference.read(page_number)
    finally:
        fast.close()
        reference.close()


def assert_agree(fast: PageContent, reference: PageContent, size: float) -> None:
    """No difference, boxes within rounding but for overhanging ink, page sizes equal."""
    assert [str(d) for d in glyph_differences(fast, reference)] == []
    assert (fast.width, fast.height) == pytest.approx((reference.width, reference.height), abs=0.01)
    assert fast.rotation == reference.rotation
    a, b = fast.glyphs, reference.glyphs
    assert a.text == b.text and len(a) > 0
    allowed = ROUNDING + size * np.array([OVERHANG.get(char, 0.0) for char in a.text])
    assert np.all(np.abs(a.x0 - b.x0) <= allowed)
    assert np.all(np.abs(a.x1 - b.x1) <= allowed)
    assert np.array_equal(a.space_before, b.space_before)


def marks(content: PageContent) -> dict[str, set[tuple[float, ...]]]:
    """The rulings, rounded to whole points so that half a line width does not matter."""
    drawn = content.rulings
    return {
        name: {tuple(round(float(v)) for v in row) for row in lines}
        for name, lines in (("h", drawn.horizontal), ("v", drawn.vertical))
    }
