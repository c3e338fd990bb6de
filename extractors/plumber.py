"""The reference engine: pdfplumber. Slow and independent of pdfium; it checks samples and reads what pdfium cannot."""

from __future__ import annotations

import math
import unicodedata
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pdfplumber
from pdfminer.layout import LTChar, LTCurve, LTItem
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page

from extractors.glyphs import THIN, Floats, Glyphs, PageContent, rulings_from_boxes
from extractors.page_tree import count_pages, find_page
from extractors.slanted import part_by_angle
from extractors.swapped import in_order
from records.errors import DamagedError, EncryptedError

_ODD_TREE = (PSException, LookupError, ValueError, TypeError, AttributeError)
"""What comes of a page tree that is not as it should be: then pdfplumber walks through it, as forgiving as it is."""


class _Page(Page):
    """pdfplumber's page, telling of an object only what is read of it: half of a page's time goes into the rest."""

    def process_object(self, obj: LTItem) -> dict[str, Any]:
        told = {name: value for name, value in obj.__dict__.items() if name in _READ}
        told["object_type"] = type(obj).__name__.removeprefix("LT").lower()
        if isinstance(obj, LTChar):
            told["text"] = obj.get_text()
        elif isinstance(obj, LTCurve):
            told["pts"] = [self.point2coord(point) for point in obj.pts]
        if "y0" in told:
            told["top"] = self.height - told.pop("y1") + self.mediabox[1]
            told["bottom"] = self.height - told.pop("y0") + self.mediabox[1]
            told["x0"] += self.mediabox[0]
            told["x1"] += self.mediabox[0]
        return told


_READ = frozenset(("x0", "y0", "x1", "y1", "width", "height", "matrix"))


class PlumberDocument:
    """An open PDF. Raises :class:`EncryptedError` or :class:`DamagedError` when it cannot be opened."""

    name = "pdfplumber"

    def __init__(self, path: Path, password: str | None = None, user_unit: float = 1.0) -> None:
        self._user_unit = user_unit
        try:
            self._document = pdfplumber.open(path, password=password or "")
            self.page_count = self._count()
        except Exception as error:  # pdfplumber wraps pdfminer's errors, with their text
            if isinstance(error, PDFPasswordIncorrect) or "PDFPasswordIncorrect" in repr(error):
                raise EncryptedError("The PDF is encrypted: it needs a password.") from None
            if isinstance(error, PSException | ValueError | KeyError | TypeError | OSError) or _is_pdf_error(error):
                raise DamagedError("The PDF cannot be opened: its structure is broken.") from None
            raise

    def _count(self) -> int:
        try:
            return count_pages(self._document.doc)
        except _ODD_TREE:
            return len(self._document.pages)

    def _page(self, page_number: int) -> Any:
        try:
            return _Page(self._document, find_page(self._document.doc, page_number), page_number)
        except _ODD_TREE:
            return self._document.pages[page_number - 1]

    def close(self) -> None:
        self._document.stream.close()  # its own way walks through all pages

    def read(self, page_number: int) -> PageContent:
        """Glyphs and rulings of a page (1-based); the page's memory is given back at once."""
        if page_number > self.page_count:
            raise DamagedError(f"Page {page_number} of the PDF cannot be loaded.")
        page = None
        try:
            page = self._page(page_number)
            return self._content(page, page_number)
        except Exception as error:
            if isinstance(error, PSException | ValueError | KeyError | TypeError | IndexError) or _is_pdf_error(error):
                raise DamagedError(f"Page {page_number} of the PDF cannot be read by the reference engine.") from None
            raise
        finally:
            if page is not None:
                page.close()

    def _content(self, page: Any, page_number: int) -> PageContent:
        left, up, width, height = visible_part(page)
        unit = self._user_unit

        def displayed(items: list[dict[str, Any]]) -> Floats:
            boxes = np.array([(i["x0"], i["top"], i["x1"], i["bottom"]) for i in items], np.float64).reshape(-1, 4)
            return (boxes - [left, up, left, up]) * unit

        glyphs, slanted = _glyphs(page.chars, displayed)
        lines = displayed([*page.lines, *(edge for curve in page.curves for edge in _curve_edges(curve))])
        thin = [r for r in page.rects if min(r["width"], r["height"]) * unit <= THIN]
        solid = [r for r in page.rects if min(r["width"], r["height"]) * unit > THIN]
        rulings = rulings_from_boxes(np.concatenate((lines, displayed(thin))), displayed(solid))
        pictures = displayed(page.images).clip(0, [width * unit, height * unit] * 2)
        area = float(((pictures[:, 2] - pictures[:, 0]) * (pictures[:, 3] - pictures[:, 1])).sum())
        share = min(1.0, area / (width * height * unit * unit))
        rotation = int(page.rotation or 0) % 360
        return PageContent(page_number, width * unit, height * unit, rotation, glyphs, rulings, share, slanted=slanted)


def visible_part(page: Any) -> tuple[float, float, float, float]:
    """What of a pdfplumber page a viewer shows: left and top in pdfplumber's coordinates, width and height, in points.

    pdfplumber measures from the MediaBox as rotated, and leaves the CropBox as it stands in the file.
    """
    left, up, width, height = _crop_within_media(page)
    # pdfplumber adds the corner of its own MediaBox to every box.
    return left + float(page.mediabox[0]), up + float(page.mediabox[1]), width, height


def _crop_within_media(page: Any) -> tuple[float, float, float, float]:
    mx0, my0, mx1, my1 = (float(v) for v in page.page_obj.mediabox)
    cx0, cy0, cx1, cy1 = (float(v) for v in page.page_obj.cropbox)
    x0, y0, x1, y1 = max(mx0, cx0), max(my0, cy0), min(mx1, cx1), min(my1, cy1)
    rotation = int(page.rotation or 0) % 360
    if rotation == 90:
        return y0 - my0, x0 - mx0, y1 - y0, x1 - x0
    if rotation == 180:
        return mx1 - x1, y0 - my0, x1 - x0, y1 - y0
    if rotation == 270:
        return my1 - y1, mx1 - x1, y1 - y0, x1 - x0
    return x0 - mx0, my1 - y1, x1 - x0, y1 - y0


def _glyphs(chars: list[dict[str, Any]], displayed: Any) -> tuple[Glyphs, Glyphs | None]:
    """The glyphs that stand upright, and those at an angle."""
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
        if len(printed) == 1 and "\ufb00" <= printed <= "\ufb06":
            printed = unicodedata.normalize("NFKC", printed)
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
    glyphs = Glyphs(in_order("".join(text)), x0, box[:, 1], x0 + width, box[:, 3], np.array(spaces, np.int64), unmapped)
    return part_by_angle(glyphs, [_angle(chars[i]["matrix"]) for i in index])


def _angle(matrix: tuple[float, ...]) -> int:
    """The direction in which a glyph is set, in whole degrees."""
    return round(math.degrees(math.atan2(matrix[1], matrix[0])))


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
