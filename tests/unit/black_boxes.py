"""Paints over a drawn PDF: filled boxes, opaque or not, put into the content after everything else."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium_c


@dataclass(frozen=True, slots=True)
class Paint:
    """A filled rectangle on a page (1-based), in display points; ``alpha`` 255 is opaque."""

    page_number: int
    box: tuple[float, float, float, float]
    color: tuple[int, int, int] = (0, 0, 0)
    alpha: int = 255


def painted(source: Path, target: Path, paints: Iterable[Paint]) -> Path:
    """A copy of *source* with *paints* over it; text under them stays in the file."""
    with pypdfium2.PdfDocument(source) as document:
        by_page: dict[int, list[Paint]] = {}
        for paint in paints:
            by_page.setdefault(paint.page_number, []).append(paint)
        for number, mine in by_page.items():
            page = document[number - 1]
            for paint in mine:
                _fill(page, paint)
            pdfium_c.FPDFPage_GenerateContent(page.raw)
        document.save(target)
    return target


def _fill(page: pypdfium2.PdfPage, paint: Paint) -> None:
    x0, top, x1, bottom = paint.box
    (ax, ay), (bx, by) = _in_user_space(page, x0, top), _in_user_space(page, x1, bottom)
    shape = pdfium_c.FPDFPageObj_CreateNewRect(min(ax, bx), min(ay, by), abs(ax - bx), abs(ay - by))
    pdfium_c.FPDFPageObj_SetFillColor(shape, *paint.color, paint.alpha)
    pdfium_c.FPDFPath_SetDrawMode(shape, pdfium_c.FPDF_FILLMODE_WINDING, 0)
    pdfium_c.FPDFPage_InsertObject(page.raw, shape)


def _in_user_space(page: pypdfium2.PdfPage, x: float, y: float) -> tuple[float, float]:
    """pdfium's own mapping from where a viewer shows a point, not ours."""
    fine = 100
    width, height = page.get_size()
    at_x, at_y = ctypes.c_double(), ctypes.c_double()
    size = (round(width * fine), round(height * fine))
    pdfium_c.FPDF_DeviceToPage(page.raw, 0, 0, *size, 0, round(x * fine), round(y * fine), at_x, at_y)
    return at_x.value, at_y.value
