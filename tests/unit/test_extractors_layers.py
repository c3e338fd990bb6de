"""Text in layers that are switched off is in the file and on no page."""

from __future__ import annotations

from pathlib import Path

import pytest

from extractors.layers import hides_layers
from extractors.pdfium import PdfiumDocument
from tests.unit.raw_pdf import RawPage, text_at, write_pdf

GROUP = b"<< /Type /OCG /Name (plates) >>"


def layered(path: Path, default: str) -> Path:
    """A page with text in a layer, whose default configuration is *default*; without one, a page without layers."""
    content = text_at(20, 100, "printed") + b"/OC /Plates BDC " + text_at(20, 60, "SECRET") + b"EMC\n"
    page = RawPage(content, (0, 0, 300, 200))
    write_pdf(path, [page], extra=[GROUP])
    data = path.read_bytes()
    data = data.replace(b"/Resources << /Font", b"/Resources << /Properties << /Plates 1 0 R >> /Font")
    if default:
        entry = f"/OCProperties << /OCGs [1 0 R] /D << {default} >> >>".encode()
        data = data.replace(b"/Type /Catalog", b"/Type /Catalog " + entry)
    path.write_bytes(data)  # the cross-reference table is off now; readers mend that
    return path


@pytest.mark.parametrize(
    ("default", "shown"),
    [
        ("/OFF [1 0 R]", "printed"),
        ("/BaseState /OFF", "printed"),
        ("/ON [1 0 R]", "printedSECRET"),
        ("/Order [1 0 R]", "printedSECRET"),
        ("", "printedSECRET"),
    ],
)
def test_only_text_of_layers_that_are_shown_is_printed(default: str, shown: str, tmp_path: Path) -> None:
    path = layered(tmp_path / "page.pdf", default)
    page = PdfiumDocument(path).read(1)
    assert page.covered is not None
    assert page.glyphs.text == "printedSECRET"
    assert "".join(ch for ch, hidden in zip(page.glyphs.text, page.covered, strict=True) if not hidden) == shown


def test_a_file_without_layers_is_not_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_pdf(tmp_path / "page.pdf", [RawPage(text_at(20, 100, "printed"))])

    def never(*_: object) -> None:
        raise AssertionError("parsed")

    monkeypatch.setattr("extractors.layers.PDFParser", never)
    assert not hides_layers(path, None)
