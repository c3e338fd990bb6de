"""Pages through ReportLab: base-14 fonts by name, or Bitstream Vera embedded as a simple TrueType subset."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from samples.layout import Layout
from samples.pages import DrawnPage, TextRun, media_size
from samples.vera import FACES, face_path, vera_has


class ReportlabProducer:
    """See :class:`samples.pages.Producer`. With a *password* the file asks for it when it is opened."""

    def __init__(self, password: str | None = None) -> None:
        self._password = password
        for name in FACES:
            pdfmetrics.registerFont(TTFont(name, str(face_path(name))))

    def char_width(self, font: str, char: str) -> float:
        return float(pdfmetrics.stringWidth(char, font, 1000)) / 1000

    def can_print(self, font: str, char: str) -> bool:
        if font in FACES:
            return vera_has(char)
        return bool(char.encode("cp1252", "ignore"))  # how ReportLab encodes its base-14 fonts

    def print_pages(self, layout: Layout, pages: Iterable[DrawnPage], path: Path) -> None:
        width, height = media_size(layout)
        # ReportLab swaps the two once more for a page it turns by a quarter.
        size = (height, width) if layout.rotate in (90, 270) else (width, height)
        canvas = Canvas(str(path), pagesize=size, invariant=1, pageCompression=1, encrypt=self._encryption())
        canvas.setTitle(layout.title or "audit")
        for page in pages:
            canvas.setPageRotation(layout.rotate)
            if any(layout.crop_offset):
                x, y = layout.crop_offset
                canvas.setCropBox((x, y, width - x, height - y))
            canvas.transform(*_matrix(layout))
            _paint(canvas, page, layout.paper[1])
            canvas.showPage()
        canvas.save()

    def _encryption(self) -> StandardEncryption | None:
        if self._password is None:
            return None
        return StandardEncryption(self._password, ownerPassword="owner of the sample", strength=128)


def _paint(canvas: Canvas, page: DrawnPage, height: float) -> None:
    for box in page.boxes:
        canvas.setFillGray(box.grey or 0.0)
        canvas.setLineWidth(0.5)
        rectangle = (box.x0, height - box.bottom, box.x1 - box.x0, box.bottom - box.top)
        canvas.rect(*rectangle, stroke=int(box.grey is None), fill=int(box.grey is not None))
    canvas.setFillGray(0.0)
    for stroke in page.strokes:
        canvas.setLineWidth(stroke.width)
        canvas.line(stroke.x0, height - stroke.y0, stroke.x1, height - stroke.y1)
    font: tuple[str, float] | None = None
    for run in page.texts:
        if font != (run.font, run.size):
            font = (run.font, run.size)
            canvas.setFont(*font)
        if run.angle:
            _stamp(canvas, run, height)
        else:
            canvas.drawString(run.x, height - run.baseline, run.text, charSpace=run.spacing)


def _stamp(canvas: Canvas, run: TextRun, height: float) -> None:
    canvas.saveState()
    canvas.setFillGray(run.grey)
    canvas.translate(run.x, height - run.baseline)
    canvas.rotate(run.angle)
    canvas.drawString(0, 0, run.text)
    canvas.restoreState()


def _matrix(layout: Layout) -> tuple[float, float, float, float, float, float]:
    """Displayed page (points from its bottom left) -> user space before ``/Rotate`` and the CropBox."""
    width, height = layout.paper
    left, bottom = layout.crop_offset
    match layout.rotate:
        case 0:
            return (1, 0, 0, 1, left, bottom)
        case 90:
            return (0, 1, -1, 0, height + left, bottom)
        case 180:
            return (-1, 0, 0, -1, width + left, height + bottom)
        case 270:
            return (0, -1, 1, 0, left, width + bottom)
