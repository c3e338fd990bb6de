"""Damage done to a finished PDF with pdfium: boxes over texts, pictures of texts, pages dropped, doubled, swapped."""

from __future__ import annotations

import ctypes
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image, ImageDraw

from samples.expected import ExpectedRow
from samples.pages import TextRun

WIDE = 0.75
"""Times its size a letter is wide at most: a box over a text covers all of it."""


def cover(path: Path, page_number: int, run: TextRun, grey: int) -> None:
    """Paint a box over *run*; its text stays in the file."""

    def paint(page: Any, document: pdfium.PdfDocument) -> None:
        x0, y0, x1, y1 = _box(page, run)
        shape = raw.FPDFPageObj_CreateNewRect(x0, y0, x1 - x0, y1 - y0)
        raw.FPDFPageObj_SetFillColor(shape, grey, grey, grey, 255)
        raw.FPDFPath_SetDrawMode(shape, raw.FPDF_FILLMODE_WINDING, 0)
        raw.FPDFPage_InsertObject(page.raw, shape)

    _change(path, page_number, paint)


def put_picture(path: Path, page_number: int, run: TextRun) -> None:
    """Print *run* as a picture where it would have stood."""

    def paint(page: Any, document: pdfium.PdfDocument) -> None:
        x0, y0, x1, y1 = _box(page, run)
        picture = Image.new("RGB", (max(40, 8 * len(run.text)), 14), "white")
        ImageDraw.Draw(picture).text((1, 1), run.text, fill="black")
        image = pdfium.PdfImage.new(document)
        image.set_bitmap(pdfium.PdfBitmap.from_pil(picture))
        image.set_matrix(pdfium.PdfMatrix().scale(x1 - x0, y1 - y0).translate(x0, y0))
        page.insert_obj(image)

    _change(path, page_number, paint)


def rearrange(kind: str, rng: random.Random, path: Path, rows: list[ExpectedRow]) -> list[ExpectedRow] | None:
    """Drop, double or swap pages of *path*; the rows that are printed then, None where a row breaks over pages."""
    with pdfium.PdfDocument(path) as document:
        count = len(document)
        order = list(range(1, count + 1))
        at = rng.randrange(1, max(2, count - 1))
        if kind == "drop_page":
            order.pop(at)
        elif kind == "drop_last_page":
            order.pop()
        elif kind == "repeat_page":
            order.insert(at, order[at])
        else:
            order[at - 1], order[at] = order[at], order[at - 1]
        made = pdfium.PdfDocument.new()
        made.import_pages(document, [number - 1 for number in order])
        made.save(path.with_suffix(".new"))
        made.close()
    path.with_suffix(".new").replace(path)
    if any(len(row.page_numbers) > 1 for row in rows):
        return None
    on_page = {number: [row for row in rows if row.page_numbers == (number,)] for number in order}
    return [replace(row, page_numbers=(k,)) for k, number in enumerate(order, 1) for row in on_page[number]]


def _change(path: Path, page_number: int, paint: Callable[[Any, pdfium.PdfDocument], None]) -> None:
    with pdfium.PdfDocument(path) as document:
        page = document[page_number - 1]
        paint(page, document)
        raw.FPDFPage_GenerateContent(page.raw)
        document.save(path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def _box(page: Any, run: TextRun) -> tuple[float, float, float, float]:
    """Around *run*, in user space: left, bottom, right, top. The page may be rotated and cropped."""
    right = run.x + WIDE * run.size * len(run.text)
    corners = [_in_user_space(page, x, y) for x in (run.x, right) for y in (run.baseline - run.size, run.baseline + 1)]
    xs, ys = zip(*corners, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _in_user_space(page: Any, x: float, y: float) -> tuple[float, float]:
    fine = 100
    width, height = page.get_size()
    at_x, at_y = ctypes.c_double(), ctypes.c_double()
    size = (round(width * fine), round(height * fine))
    raw.FPDF_DeviceToPage(page.raw, 0, 0, *size, 0, round(x * fine), round(y * fine), at_x, at_y)
    return at_x.value, at_y.value
