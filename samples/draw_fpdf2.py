"""Pages through fpdf2: core fonts, or Bitstream Vera embedded as a composite font with glyph ids for codes."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

from fpdf import FPDF
from fpdf.drawing_primitives import Transform

from samples.layout import Layout
from samples.pages import DrawnPage, TextRun, media_size
from samples.vera import face_path, vera_has

_FONTS = {
    "Helvetica": ("helvetica", ""),
    "Helvetica-Bold": ("helvetica", "B"),
    "Times-Roman": ("times", ""),
    "Times-Bold": ("times", "B"),
    "Courier": ("courier", ""),
    "Courier-Bold": ("courier", "B"),
    "Vera": ("vera", ""),
    "VeraBd": ("vera", "B"),
}
_DRAWN_ON = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)


class Fpdf2Producer:
    """See :class:`samples.pages.Producer`."""

    def __init__(self) -> None:
        self._ruler = _document((612, 792))
        self._ruler.add_page()

    def char_width(self, font: str, char: str) -> float:
        self._ruler.set_font(*_FONTS[font], size=100)
        return self._ruler.get_string_width(char) / 100

    def can_print(self, font: str, char: str) -> bool:
        if font.startswith("Vera"):
            return vera_has(char)
        return ord(char) < 256

    def print_pages(self, layout: Layout, pages: Iterable[DrawnPage], path: Path) -> None:
        pdf = _document(media_size(layout))
        pdf.set_title(layout.title or "audit")
        for page in pages:
            pdf.add_page()
            if layout.rotate:
                # fpdf2 has no call for /Rotate or CropBox; what is set on its page object is written out.
                setattr(pdf.pages[pdf.page], "rotate", layout.rotate)  # noqa: B010
            if any(layout.crop_offset):
                x, y = layout.crop_offset
                box = f"[{x:.2f} {y:.2f} {pdf.w - x:.2f} {pdf.h - y:.2f}]"
                setattr(pdf.pages[pdf.page], "crop_box", box)  # noqa: B010
            is_moved = layout.rotate or any(layout.crop_offset)
            with pdf.transform(_matrix(layout)) if is_moved else nullcontext():
                _paint(pdf, page)
        pdf.output(str(path))


def _document(size: tuple[float, float]) -> FPDF:
    pdf = FPDF(unit="pt", format=size)
    pdf.set_auto_page_break(False)
    pdf.set_creation_date(_DRAWN_ON)
    pdf.set_producer("fpdf2")
    pdf.add_font("vera", "", face_path("Vera"))
    pdf.add_font("vera", "B", face_path("VeraBd"))
    return pdf


def _paint(pdf: FPDF, page: DrawnPage) -> None:
    for box in page.boxes:
        if box.grey is not None:
            pdf.set_fill_color(round(box.grey * 255))
        pdf.set_line_width(0.5)
        style = "D" if box.grey is None else "F"
        pdf.rect(box.x0, box.top, box.x1 - box.x0, box.bottom - box.top, style=style)
    for stroke in page.strokes:
        pdf.set_line_width(stroke.width)
        pdf.line(stroke.x0, stroke.y0, stroke.x1, stroke.y1)
    pdf.set_fill_color(0)
    font: tuple[str, float] | None = None
    for run in page.texts:
        if font != (run.font, run.size):
            font = (run.font, run.size)
            pdf.set_font(*_FONTS[run.font], size=run.size)
        if run.angle:
            _stamp(pdf, run)
            continue
        pdf.set_char_spacing(run.spacing)
        pdf.text(run.x, run.baseline, run.text)
    pdf.set_char_spacing(0)


def _stamp(pdf: FPDF, run: TextRun) -> None:
    with pdf.local_context(text_color=(round(run.grey * 255),) * 3), pdf.rotation(run.angle, run.x, run.baseline):
        pdf.text(run.x, run.baseline, run.text)


def _matrix(layout: Layout) -> Transform:
    """Displayed page (points from its top left) -> the page before ``/Rotate`` and the CropBox, from *its* top left."""
    width, height = layout.paper
    left, top = layout.crop_offset
    match layout.rotate:
        case 0:
            return Transform(1, 0, 0, 1, left, top)
        case 90:
            return Transform(0, -1, 1, 0, left, width + top)
        case 180:
            return Transform(-1, 0, 0, -1, width + left, height + top)
        case 270:
            return Transform(0, 1, -1, 0, height + left, top)
