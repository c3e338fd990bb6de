"""The reference engine: pdfplumber. Slow and independent of pdfium; it checks samples and reads what pdfium cannot."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException

from extractors.glyphs import Floats, Glyphs, PageContent, rulings_from_boxes
from records.errors import DamagedError, EncryptedError


class PlumberDocument:
    """An open PDF. Raises :class:`EncryptedError` or :class:`DamagedError` when it cannot be opened."""

    name = "pdfplumber"

    def __init__(self, path: Path, password: str | None = None, user_unit: float = 1.0) -> None:
        self._user_unit = user_unit
        try:
            self._document = pdfplumber.open(path, password=password or "")
            self.page_count = len(self._document.pages)
        except Exception as error:  # pdfplumber wraps pdfminer's errors, with their text
            if isinstance(error, PDFPasswordIncorrect) or "PDFPasswordIncorrect" in repr(error):
                raise EncryptedError("The PDF is encrypted: it needs a password.") from None
            if isinstance(error, PSException | ValueError | KeyError | TypeError | OSError) or _is_pdf_error(error):
                raise DamagedError("The PDF cannot be opened: its structure is broken.") from None
            raise

    def close(self) -> None:
        self._document.close()

    def read(self, page_number: int) -> PageContent:
        """Glyphs and rulings of a page (1-based); the page's memory is given back at once."""
        page = self._document.pages[page_number - 1]
        try:
            return self._content(page, page_number)
        finally:
            page.close()

    def _content(self, page: Any, page_number: int) -> PageContent:
        # pdfplumber measures from the MediaBox and ignores the CropBox, which is what a viewer shows.
        crop_x0, crop_top, crop_x1, crop_bottom = (float(v) for v in page.cropbox)
        media_x0, media_top, media_x1, media_bottom = (float(v) for v in page.mediabox)
        left, up = max(crop_x0, media_x0), max(crop_top, media_top)
        width = min(crop_x1, media_x1) - left
        height = min(crop_bottom, media_bottom) - up
        unit = self._user_unit

        def displayed(items: list[dict[str, Any]]) -> Floats:
            boxes = np.array([(i["x0"], i["top"], i["x1"], i["bottom"]) for i in items], np.float64).reshape(-1, 4)
            return (boxes - [left, up, left, up]) * unit

        glyphs = _glyphs(page.chars, displayed)
        lines = displayed([*page.lines, *(edge for curve in page.curves for edge in _curve_edges(curve))])
        thin = [r for r in page.rects if min(r["width"], r["height"]) <= 2.5]
        solid = [r for r in page.rects if min(r["width"], r["height"]) > 2.5]
        rulings = rulings_from_boxes(np.concatenate((lines, displayed(thin))), displayed(solid))
        pictures = displayed(page.images).clip(0, [width * unit, height * unit] * 2)
        area = float(((pictures[:, 2] - pictures[:, 0]) * (pictures[:, 3] - pictures[:, 1])).sum())
        share = min(1.0, area / (width * height * unit * unit))
        rotation = int(page.rotation or 0) % 360
        return PageContent(page_number, width * unit, height * unit, rotation, glyphs, rulings, share)


def _glyphs(chars: list[dict[str, Any]], displayed: Any) -> Glyphs:
    boxes = displayed(chars)
    text: list[str] = []
    index: list[int] = []
    part: list[tuple[int, int]] = []
    spaces: list[int] = []
    unmapped = 0
    pending = 0
    for i, char in enumerate(chars):
        printed = char["text"]
        if printed.startswith("(cid:"):
            printed = "\N{REPLACEMENT CHARACTER}"
            unmapped += 1
        if not printed.strip():
            pending += 1
            continue
        for k, letter in enumerate(printed):  # a ligature is several letters in one box
            text.append(letter)
            index.append(i)
            part.append((k, len(printed)))
            spaces.append(pending)
            pending = 0
    box = boxes[index] if index else np.empty((0, 4))
    share = np.array(part, np.float64).reshape(-1, 2)
    width = (box[:, 2] - box[:, 0]) / np.maximum(share[:, 1], 1)
    x0 = box[:, 0] + width * share[:, 0]
    return Glyphs("".join(text), x0, box[:, 1], x0 + width, box[:, 3], np.array(spaces, np.int64), unmapped)


def _curve_edges(curve: dict[str, Any]) -> list[dict[str, Any]]:
    """The axis-parallel pieces of a drawn path, as boxes."""
    points = curve["pts"]
    pieces = []
    for (ax, ay), (bx, by) in pairwise(points):
        if ax == bx or ay == by:
            pieces.append({"x0": min(ax, bx), "x1": max(ax, bx), "top": min(ay, by), "bottom": max(ay, by)})
    return pieces


def _is_pdf_error(error: Exception) -> bool:
    return type(error).__module__.startswith(("pdfminer", "pdfplumber"))
