"""The fast engine: pdfium through plain ctypes.

pdfium is not thread-safe: one document, one process.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2.raw as raw
from PIL import Image

from extractors.clipped import off_page
from extractors.covers import find_covered
from extractors.glyphs import PageContent
from extractors.layers import find_layered, hides_layers
from extractors.pdfium_calls import Door
from extractors.pdfium_file import draw_page, open_file
from extractors.pdfium_glyphs import read_glyphs
from extractors.pdfium_shapes import read_shapes
from extractors.slanted import glyph_angles, part_slanted, upright_turn
from extractors.touching import mark_joints
from extractors.unread import find_unread
from records.errors import DamagedError

_LARGE_PICTURE = 0.1
"""Of the page's area; smaller ones are logos and signatures."""


class PdfiumDocument:
    """An open PDF. Raises :class:`EncryptedError` or :class:`DamagedError` when it cannot be opened."""

    name = "pdfium"

    def __init__(self, path: Path, password: str | None = None, user_unit: float = 1.0) -> None:
        self._user_unit = user_unit
        self._where = path, password
        self._document = open_file(path, password)
        self.page_count = len(self._document)

    @property
    def handle(self) -> Any:
        """pdfium's own handle of the document, for measurements."""
        return self._document.raw

    @cached_property
    def _hides_layers(self) -> bool:
        return hides_layers(*self._where)

    def close(self) -> None:
        self._document.close()

    def page_size(self, page_number: int) -> tuple[float, float]:
        """Width and height of a page (1-based) as displayed, in points before ``UserUnit``."""
        width, height = self._document[page_number - 1].get_size()
        return float(width), float(height)

    def render(self, page_number: int, scale: float) -> Image.Image:
        """The page (1-based) as displayed, *scale* pixels per point before ``UserUnit``."""
        return draw_page(self._document, page_number, scale)

    def render_strip(self, page_number: int, scale: float, top: float, bottom: float) -> Image.Image:
        """The strip of the page (1-based) between two heights, given as parts of the page's; else as :meth:`render`."""
        page = self._document[page_number - 1]
        height = page.get_height()
        bitmap: Any = page.render(
            scale=scale, may_draw_forms=True, crop=(0, (1 - bottom) * height, 0, top * height), grayscale=True
        )
        picture: Image.Image = bitmap.to_pil()
        return picture

    def picture_scale(self, page_number: int) -> float | None:
        """Pixels per point (before ``UserUnit``) of the finest picture on a page (1-based); None where none is large.

        Scanners store a coarse background and a fine stencil: both cover the page.
        """
        page = self._document[page_number - 1]
        width, height = page.get_size()
        scales = []
        for found in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE,), max_depth=8):
            left, bottom, right, top = found.get_bounds()
            across, down = found.get_px_size()
            area = (right - left) * (top - bottom)
            if area >= _LARGE_PICTURE * width * height and across * down > 0:
                scales.append((across * down / area) ** 0.5)
        return max(scales, default=None)

    def read(self, page_number: int) -> PageContent:
        """Glyphs and rulings of a page (1-based). Raises :class:`DamagedError` when the page cannot be loaded."""
        page = raw.FPDF_LoadPage(self._document.raw, page_number - 1)
        if not page:
            raise DamagedError(f"Page {page_number} of the PDF cannot be loaded.")
        try:
            door = Door(page, self._user_unit)
            text_page = raw.FPDFText_LoadPage(page)
            if not text_page:
                raise DamagedError(f"The text of page {page_number} cannot be loaded.")
            try:
                shapes = read_shapes(page, door)
                glyphs, index = read_glyphs(text_page, door, shapes.objects)
                angles = glyph_angles(text_page, index)
                turn = upright_turn(angles, door.rotation)
                glyphs, index, slanted = part_slanted(angles, glyphs, index)
                glyphs = mark_joints(text_page, glyphs, index)
                covered = find_covered(page, text_page, door, glyphs, index, shapes)
                if self._hides_layers:
                    covered |= find_layered(page, text_page, door, glyphs, index)
                covered |= off_page(glyphs.x0, glyphs.x1, glyphs.top, glyphs.bottom, door.width, door.height)
                unread = find_unread(page, door, shapes)
            finally:
                raw.FPDFText_ClosePage(text_page)
        finally:
            raw.FPDF_ClosePage(page)
        share = shapes.image_share(door.width, door.height)
        rulings = shapes.rulings
        return PageContent(
            page_number, door.width, door.height, door.rotation, glyphs, rulings, share, covered, slanted, unread, turn
        )
