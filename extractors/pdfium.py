"""The fast engine: pdfium through plain ctypes, one bulk call for the text and one short call per glyph box.

pdfium is not thread-safe: one document, one process. The calls below bypass pypdfium2's wrappers where a page needs
thousands of them: addresses inside a numpy array are passed as integers, so no Python object is made per glyph.
"""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Callable
from itertools import repeat
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as raw
from PIL import Image

from extractors.glyphs import THIN, Floats, Glyphs, PageContent, Rulings, rulings_from_boxes
from records.errors import DamagedError, EncryptedError

_TEXT_HYPHEN = 0x02  # what pdfium reports for a hyphen at a line end
_MAX_FORM_DEPTH = 8


def _fast(function: Any, *argument_types: Any, result: Any = ctypes.c_int) -> Callable[..., int]:
    """The same C function without wrapper objects: pointers are plain integers."""
    prototype = ctypes.CFUNCTYPE(result, *argument_types)
    return prototype(ctypes.cast(function, ctypes.c_void_p).value or 0)


_P, _I = ctypes.c_void_p, ctypes.c_int
_loose_box = _fast(raw.FPDFText_GetLooseCharBox, _P, _I, _P)
_unicode = _fast(raw.FPDFText_GetUnicode, _P, _I)
_map_error = _fast(raw.FPDFText_HasUnicodeMapError, _P, _I)
_page_object = _fast(raw.FPDFPage_GetObject, _P, _I, result=_P)
_form_object = _fast(raw.FPDFFormObj_GetObject, _P, ctypes.c_ulong, result=_P)
_object_type = _fast(raw.FPDFPageObj_GetType, _P)
_object_bounds = _fast(raw.FPDFPageObj_GetBounds, _P, _P, _P, _P, _P)


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
            door = _Door(page, self._user_unit)
            text_page = raw.FPDFText_LoadPage(page)
            if not text_page:
                raise DamagedError(f"The text of page {page_number} cannot be loaded.")
            try:
                glyphs = _read_glyphs(text_page, door)
            finally:
                raw.FPDFText_ClosePage(text_page)
            rulings, image_area = _read_shapes(page, door)
        finally:
            raw.FPDF_ClosePage(page)
        share = min(1.0, image_area / (door.width * door.height))
        return PageContent(page_number, door.width, door.height, door.rotation, glyphs, rulings, share)


class _Door:
    """The one place where pdfium's coordinates (PDF user space, y up, unrotated) become display points."""

    def __init__(self, page: Any, user_unit: float) -> None:
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        self._left, self._bottom, self._right, self._top = box.left, box.bottom, box.right, box.top
        self._unit = user_unit
        self.rotation = 90 * raw.FPDFPage_GetRotation(page)
        width, height = (box.right - box.left) * user_unit, (box.top - box.bottom) * user_unit
        self.width, self.height = (height, width) if self.rotation in (90, 270) else (width, height)
        if self.width <= 0 or self.height <= 0:
            raise DamagedError("A page of the PDF has no area.")

    def to_display(self, left: Floats, bottom: Floats, right: Floats, top: Floats) -> Floats:
        """Boxes in user space -> array of shape (4, n): x0, top, x1, bottom in display points."""
        if self.rotation == 0:
            box = (left - self._left, self._top - top, right - self._left, self._top - bottom)
        elif self.rotation == 90:
            box = (bottom - self._bottom, left - self._left, top - self._bottom, right - self._left)
        elif self.rotation == 180:
            box = (self._right - right, bottom - self._bottom, self._right - left, top - self._bottom)
        else:
            box = (self._top - top, self._right - right, self._top - bottom, self._right - left)
        return np.array(box, np.float64) * self._unit


def _read_glyphs(text_page: Any, door: _Door) -> Glyphs:
    count = raw.FPDFText_CountChars(text_page)
    handle = ctypes.cast(text_page, ctypes.c_void_p).value
    codes = _codes(text_page, handle, count)
    boxes = np.zeros((count, 4), np.float32)  # FS_RECTF: left, top, right, bottom
    base = boxes.ctypes.data
    deque(map(_loose_box, repeat(handle), range(count), range(base, base + 16 * count, 16)), maxlen=0)
    left, top, right, bottom = boxes.astype(np.float64).T
    # What pdfium puts in itself (spaces, line ends) has a box without area; a drawn space has a width.
    drawn = (left != right) | (top != bottom)
    codes[(codes == _TEXT_HYPHEN) & drawn] = ord("-")
    is_space = _IS_SPACE[np.minimum(codes, len(_IS_SPACE) - 1)]
    keep = np.flatnonzero(drawn & ~is_space)
    blank = np.flatnonzero(is_space & drawn)
    boxes_all = door.to_display(left, bottom, right, top)
    x0, y0, x1, y1 = boxes_all[:, keep]
    kept = codes[keep]
    suspect = np.flatnonzero((kept == 0) | (kept == 0xFFFD) | (kept == 0xFFFE) | ((kept >= 0xE000) & (kept < 0xF900)))
    unmapped = sum(1 for i in suspect if kept[i] < 0xE000 or kept[i] > 0xF8FF or _map_error(handle, int(keep[i])) == 1)
    return Glyphs(
        text=kept.tobytes().decode("utf-32-le", "replace"),
        x0=x0,
        top=y0,
        x1=x1,
        bottom=y1,
        space_before=_spaces_before(keep, blank, boxes_all[0], boxes_all[2]),
        unmapped=unmapped,
    )


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
    codes = np.fromiter(map(_unicode, repeat(handle), range(count)), np.int64, count).astype(np.uint32)
    codes[(codes >= 0xD800) & (codes <= 0xDFFF) | (codes > 0x10FFFF)] = 0xFFFD
    return codes


_IS_SPACE = np.array([chr(code).isspace() or code in (0xAD, 0x200B) for code in range(0x3001)] + [False])


def _read_shapes(page: Any, door: _Door) -> tuple[Rulings, float]:
    lines: list[tuple[float, float, float, float]] = []
    rectangles: list[tuple[float, float, float, float]] = []
    images: list[tuple[float, float, float, float]] = []
    handle = ctypes.cast(page, ctypes.c_void_p).value
    objects = list(map(_page_object, repeat(handle), range(raw.FPDFPage_CountObjects(page))))
    _collect_shapes(objects, np.eye(3), lines, rectangles, images, depth=0)

    def displayed(boxes: list[tuple[float, float, float, float]]) -> Floats:
        left, bottom, right, top = np.array(boxes, np.float64).reshape(-1, 4).T
        return door.to_display(left, bottom, right, top).T

    pictures = displayed(images).clip(0, [door.width, door.height] * 2)
    area = float(((pictures[:, 2] - pictures[:, 0]) * (pictures[:, 3] - pictures[:, 1])).sum())
    return rulings_from_boxes(displayed(lines), displayed(rectangles)), area


def _collect_shapes(objects: list[int], outer: Floats, lines: Any, rectangles: Any, images: Any, depth: int) -> None:
    """Sort a page's or form's objects (handles) into boxes (left, bottom, right, top in user space)."""
    kinds = np.fromiter(map(_object_type, objects), np.int64, len(objects))
    for i in np.flatnonzero(kinds == raw.FPDF_PAGEOBJ_FORM).tolist():
        if depth < _MAX_FORM_DEPTH:
            form = ctypes.cast(objects[i], raw.FPDF_PAGEOBJECT)
            inner = list(map(_form_object, repeat(objects[i]), range(raw.FPDFFormObj_CountObjects(form))))
            _collect_shapes(inner, _matrix(form) @ outer, lines, rectangles, images, depth + 1)
    drawn = np.flatnonzero((kinds == raw.FPDF_PAGEOBJ_PATH) | (kinds == raw.FPDF_PAGEOBJ_IMAGE)).tolist()
    if not drawn:
        return
    bounds = np.full((len(drawn), 4), np.nan, np.float32)
    base, end = bounds.ctypes.data, bounds.ctypes.data + bounds.nbytes
    places = (range(base + 4 * k, end, 16) for k in range(4))
    deque(map(_object_bounds, [objects[i] for i in drawn], *places), maxlen=0)
    boxes = np.array([_transform_box(box, outer) for box in bounds]) if depth else bounds.astype(np.float64)
    known = ~np.isnan(boxes[:, 0])
    is_path = kinds[drawn] == raw.FPDF_PAGEOBJ_PATH
    images += boxes[known & ~is_path].tolist()
    thin = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) <= THIN
    lines += boxes[known & is_path & thin].tolist()
    for k in np.flatnonzero(known & is_path & ~thin).tolist():
        _collect_path(objects[drawn[k]], tuple(boxes[k].tolist()), outer, lines, rectangles)


def _collect_path(handle: int, box: Any, outer: Floats, lines: Any, rectangles: Any) -> None:
    """A path that is no thin line: a rectangle, or many strokes, such as the whole grid of a table."""
    path = ctypes.cast(handle, raw.FPDF_PAGEOBJECT)
    count = raw.FPDFPath_CountSegments(path)
    if count <= 5:
        rectangles.append(box)
        return
    matrix = _matrix(path) @ outer
    x, y = ctypes.c_float(), ctypes.c_float()
    here = start = (0.0, 0.0)
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        a, b, _ = np.array([x.value, y.value, 1.0]) @ matrix
        there = (float(a), float(b))
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = there
        elif kind == raw.FPDF_SEGMENT_LINETO:
            lines.append(_span(here, there))
        if raw.FPDFPathSegment_GetClose(segment):
            lines.append(_span(there, start))
        here = there


def _span(a: tuple[float, float], b: tuple[float, float]) -> tuple[float, float, float, float]:
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _matrix(item: Any) -> Floats:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, m)
    return np.array([[m.a, m.b, 0.0], [m.c, m.d, 0.0], [m.e, m.f, 1.0]])


def _transform_box(bounds: Any, matrix: Floats) -> tuple[float, float, float, float]:
    left, bottom, right, top = (float(v) for v in bounds)
    corners = np.array([[left, bottom, 1], [left, top, 1], [right, bottom, 1], [right, top, 1]]) @ matrix
    (x0, y0), (x1, y1) = corners[:, :2].min(axis=0), corners[:, :2].max(axis=0)
    return (float(x0), float(y0), float(x1), float(y1))
