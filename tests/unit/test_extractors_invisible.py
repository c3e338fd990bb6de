from __future__ import annotations

from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from extractors.pdfium import PdfiumDocument

INVISIBLE = 3
"""PDF's text rendering mode for text that is neither filled nor stroked."""


@pytest.mark.parametrize("kind", ["invisible", "white"])
def test_text_that_is_not_printed_is_covered_even_where_other_text_shows(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    canvas = Canvas(str(path), pagesize=(300, 200), invariant=1)
    canvas.drawString(20, 100, "printed")
    text = canvas.beginText(20, 101 if kind == "invisible" else 60)
    if kind == "invisible":
        text.setTextRenderMode(INVISIBLE)
    else:
        text.setFillColorRGB(1, 1, 1)
    text.textLine("SECRET")
    canvas.drawText(text)
    canvas.save()
    page = PdfiumDocument(path).read(1)
    assert page.covered is not None
    shown = "".join(ch for ch, hidden in zip(page.glyphs.text, page.covered, strict=True) if not hidden)
    assert shown == "printed"
