"""Pictures as files: as they are sent, or within a PDF. The truth comes back in the coordinates of the file's pages."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from samples.hotlists.draw_pillow import PAPER
from samples.hotlists.truth import Box, Drawn, DrawnPage

FORMATS = ("png", "jpeg", "webp", "bmp", "tiff", "pdf", "letter")
_LETTER = (612.0, 792.0)
_ABOVE = (
    "Mock Harbor Police Department",
    "Records Unit, 1 Placeholder Plaza",
    "",
    "November 24, 2025",
    "",
    "Re: request MH-2025-031, licence plate reader settings",
    "",
    "The screen below was copied by the records unit from the settings of our account.",
    "It is the only record that answers item 3 of the request. Item 4 is denied.",
)
_BELOW = ("No other records exist.", "", "Sincerely,", "J. Sample, Records Custodian (invented)")


def save(drawn: Sequence[Drawn], path: Path, form: str) -> list[DrawnPage]:
    """Write all of *drawn* to one file of *form*, one page each (several only as ``tiff``, ``pdf``, ``letter``)."""
    if form in ("pdf", "letter"):
        return _save_pdf(drawn, path, form == "letter")
    first, *more = (one.image.copy() for one in drawn)  # Pillow leaves the settings of the last format on a picture
    if form == "tiff":
        packing = "group4" if first.mode == "1" else "tiff_adobe_deflate"
        first.save(path, "TIFF", save_all=True, append_images=more, compression=packing, dpi=_dpi(first))
    elif form == "jpeg":
        first.convert("RGB").save(path, "JPEG", quality=85)
    elif form == "webp":
        first.convert("RGB").save(path, "WEBP", quality=85)
    else:
        # Screens pack well and are worth the time; the noise of a scan does not.
        first.save(path, form.upper(), **({"optimize": first.width < 1600} if form == "png" else {}))
    return [one.page for one in drawn]


def _dpi(image: Image.Image) -> tuple[float, float]:
    x, y = image.info.get("dpi", (200, 200))
    return float(x), float(y)


def _save_pdf(drawn: Sequence[Drawn], path: Path, is_letter: bool) -> list[DrawnPage]:
    canvas = Canvas(str(path), invariant=1)
    pages = []
    for one in drawn:
        dpi = _dpi(one.image) if one.page.theme == PAPER or "on paper" in " ".join(one.page.steps) else (96.0, 96.0)
        size = (one.image.width / dpi[0] * 72, one.image.height / dpi[1] * 72)
        paper, place = size, (0.0, 0.0, *size)
        if is_letter:
            paper, place = _LETTER, _in_letter(canvas, one.image)
        canvas.setPageSize(paper)
        x0, top, x1, bottom = place
        canvas.drawImage(_reader(one.image), x0, paper[1] - bottom, x1 - x0, bottom - top)
        canvas.showPage()
        fx, fy = (x1 - x0) / one.image.width, (bottom - top) / one.image.height
        matrix = np.array([[fx, 0, x0], [0, fy, top], [0, 0, 1.0]])
        moved = one.page.moved(matrix, *paper, "pasted into a letter" if is_letter else "a PDF page")
        pages.append(replace(moved, width=paper[0], height=paper[1]))
    canvas.save()
    return pages


def _reader(image: Image.Image) -> ImageReader:
    """Packed as it is: a grey or colour scan as JPEG, anything else without loss."""
    held = io.BytesIO()
    if image.mode == "1" or max(image.size) < 1600:
        image.save(held, "PNG")
    else:
        image.save(held, "JPEG", quality=70)
    return ImageReader(held)


def _in_letter(canvas: Canvas, image: Image.Image) -> Box:
    """Write the letter's text; where the picture goes, from the top left of the page."""
    canvas.setPageSize(_LETTER)
    y = _write(canvas, _ABOVE, 72.0)
    factor = min(468 / image.width, (_LETTER[1] - y - 170) / image.height, 0.75)
    left = 72 + (468 - image.width * factor) / 2
    place = (left, y + 8, left + image.width * factor, y + 8 + image.height * factor)
    _write(canvas, _BELOW, place[3] + 28)
    return place


def _write(canvas: Canvas, lines: Sequence[str], y: float) -> float:
    canvas.setFont("Times-Roman", 11)
    for line in lines:
        assert stringWidth(line, "Times-Roman", 11) < 468
        canvas.drawString(72, _LETTER[1] - y, line)
        y += 14
    return y
