"""The fast engine: pdfium through plain ctypes, one bulk call for the text and one short call per glyph box.

pdfium is not thread-safe: one document, one process.
"""

from __future__ import annotations

import ctypes
from collections import deque
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from extractors.covers import find_covered
from extractors.glyphs import Floats, Glyphs, PageContent
from extractors.pdfium_calls import Door, address, loose_box, map_error, unicode_of
from extractors.pdfium_shapes import read_shapes
from records.errors import DamagedError, EncryptedError

_ASKED = 64  # glyphs of a page that are looked up in the font's map
_TEXT_HYPHEN = 0x02  # what pdfium reports for a hyphen at a line end


class PdfiumDocument:
    """An open PDF. Raises :class:`EncryptedError` or :class:`DamagedError` when it cannot be opened."""

    name = "pdfium"

    def __init__(self, path: Path, password: str | None = None, user_unit: float = 1.0) -> None:
        self._user_unit = user_unit
        try:
            self._document = pdfium.PdfDocument(path, password=password)
        except pdfium.PdfiumError as error:
            if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
                said = "the password given is wrong" if password else "it needs a password"
                raise EncryptedError(f"The PDF is encrypted: {said}.") from None
            raise DamagedError("The PDF cannot be opened: its structure is broken.") from None
        self.page_count = len(self._document)

    def close(self) -> None:
        self._document.close()

    def page_size(self, page_number: int) -> tuple[float, float]:
        """Width and height of a page (1-based) as displayed, in points before ``UserUnit``."""
        width, height = self._document[page_number - 1].get_size()
        return float(width), float(height)

    def render(self, page_number: int, scale: float) -> Image.Image:
        """The page (1-based) as displayed, *scale* pixels per point before ``UserUnit``."""
        bitmap: Any = self._document[page_number - 1].render(scale=scale, may_draw_forms=True)
        picture: Image.Image = bitmap.to_pil().convert("RGB")
        return picture

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
                glyphs, index = _read_glyphs(text_page, door)
                shapes = read_shapes(page, door)
                covered = find_covered(page, text_page, door, glyphs, index, shapes)
            finally:
                raw.FPDFText_ClosePage(text_page)
        finally:
            raw.FPDF_ClosePage(page)
        share = shapes.image_share(door.width, door.height)
        return PageContent(page_number, door.width, door.height, door.rotation, glyphs, shapes.rulings, share, covered)


def _read_glyphs(text_page: Any, door: Door) -> tuple[Glyphs, Any]:
    """The non-space glyphs, and the index of each among pdfium's characters."""
    count = raw.FPDFText_CountChars(text_page)
    handle = address(text_page)
    codes = _codes(text_page, handle, count)
    boxes = np.zeros((count, 4), np.float32)  # FS_RECTF: left, top, right, bottom
    base = boxes.ctypes.data
    deque(map(loose_box, repeat(handle), range(count), range(base, base + 16 * count, 16)), maxlen=0)
    left, top, right, bottom = boxes.astype(np.float64).T
    # What pdfium puts in itself (spaces, line ends) has a box without area; a drawn space has a width.
    drawn = (left != right) | (top != bottom)
    codes[(codes == _TEXT_HYPHEN) & drawn] = ord("-")
    is_space = _IS_SPACE[np.minimum(codes, len(_IS_SPACE) - 1)]
    keep = np.flatnonzero(drawn & ~is_space)
    blank = np.flatnonzero(is_space & drawn)
    boxes_all = door.to_display(left, bottom, right, top)
    x0, y0, x1, y1 = boxes_all[:, keep]
    _share_boxes(x0, y0, x1)
    kept = codes[keep]
    unmapped = _count_unmapped(handle, kept, keep)
    glyphs = Glyphs(
        text=kept.tobytes().decode("utf-32-le", "replace"),
        x0=x0,
        top=y0,
        x1=x1,
        bottom=y1,
        space_before=_spaces_before(keep, blank, boxes_all[0], boxes_all[2]),
        unmapped=unmapped,
    )
    return glyphs, keep


def _share_boxes(x0: Floats, top: Floats, x1: Floats) -> None:
    """The letters of a ligature have one box: give each its share of it, left to right."""
    same = (x0[1:] == x0[:-1]) & (x1[1:] == x1[:-1]) & (top[1:] == top[:-1])
    if not same.any():
        return
    group = np.concatenate(([0], np.cumsum(~same)))
    first = np.concatenate(([0], np.flatnonzero(~same) + 1))
    size = np.diff(np.append(first, len(x0)))[group]
    width = (x1 - x0) / size
    x0 += width * (np.arange(len(x0)) - first[group])
    x1[:] = x0 + width


def _count_unmapped(handle: int, codes: Any, index: Any) -> int:
    """Glyphs whose Unicode value the file does not give. pdfium is asked about a spread of glyphs, because fonts lack
    the map as a whole, and about all of them once one is found."""
    odd = (codes < 0x20) | (codes == 0xFFFD) | (codes == 0xFFFE) | ((codes >= 0xE000) & (codes < 0xF900))
    spread = index[:: max(1, len(index) // _ASKED)].tolist()
    if not odd.any() and not any(map_error(handle, i) == 1 for i in spread):
        return 0
    asked = np.fromiter((map_error(handle, i) == 1 for i in index.tolist()), np.bool_, len(index))
    never = (codes < 0x20) | (codes == 0xFFFD) | (codes == 0xFFFE)
    return int(np.count_nonzero(asked | never))


def _spaces_before(keep: Any, blank: Any, x0: Floats, x1: Floats) -> Any:
    """How many spaces are drawn before each kept glyph. pdfium reports a run of spaces as one: the gap tells, where
    it is a multiple of the space's own width."""
    count = np.zeros(len(keep), np.int64)
    slot = np.searchsorted(keep, blank)
    inner = (slot > 0) & (slot < len(keep))
    slot, blank = slot[inner], blank[inner]
    np.add.at(count, slot, 1)
    width = x1[blank] - x0[blank]
    multiple = (x0[keep[slot]] - x1[keep[slot - 1]]) / np.where(width > 0, width, np.inf)
    whole = np.rint(multiple)
    run = (whole >= 2) & (whole <= 40) & (np.abs(multiple - whole) < 0.05 * whole)
    count[slot[run]] = np.maximum(count[slot[run]], whole[run].astype(np.int64))
    return count


def _codes(text_page: Any, handle: int | None, count: int) -> Any:
    """Code points of all characters, uint32: in bulk where one UTF-16 unit is one character, else one by one."""
    buffer = np.zeros(count + 1, np.uint16)
    written = raw.FPDFText_GetText(text_page, 0, count, buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort)))
    units = buffer[:count]
    if written == count + 1 and bool(((units < 0xD800) | (units > 0xDFFF)).all()) and bool(units.all()):
        codes = units.astype(np.uint32)
        codes[codes == 0xFFFE] = _TEXT_HYPHEN  # in bulk, line-end hyphens have another stand-in
        return codes
    codes = np.fromiter(map(unicode_of, repeat(handle), range(count)), np.int64, count).astype(np.uint32)
    codes[(codes >= 0xD800) & (codes <= 0xDFFF) | (codes > 0x10FFFF)] = 0xFFFD
    return codes


_IS_SPACE = np.array([chr(code).isspace() or code in (0xAD, 0x200B) for code in range(0x3001)] + [False])
