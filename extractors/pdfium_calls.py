"""pdfium's functions without wrapper objects, and the door where its coordinates become ours.

A page needs thousands of calls: addresses inside a numpy array are passed as integers, so no Python object is made per
glyph or path.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extractors.glyphs import Floats
from records.errors import DamagedError


def _fast(function: Any, *argument_types: Any, result: Any = ctypes.c_int) -> Callable[..., Any]:
    """The same C function without wrapper objects: pointers are plain integers. The interpreter's lock is kept, which
    is a fifth of such a call's time."""
    prototype = ctypes.PYFUNCTYPE(result, *argument_types)
    return prototype(ctypes.cast(function, ctypes.c_void_p).value or 0)


_P, _I = ctypes.c_void_p, ctypes.c_int
loose_box = _fast(raw.FPDFText_GetLooseCharBox, _P, _I, _P)
unicode_of = _fast(raw.FPDFText_GetUnicode, _P, _I)
map_error = _fast(raw.FPDFText_HasUnicodeMapError, _P, _I)
char_origin = _fast(raw.FPDFText_GetCharOrigin, _P, _I, _P, _P)
char_angle: Callable[[int, int], float] = _fast(raw.FPDFText_GetCharAngle, _P, _I, result=ctypes.c_float)
text_object = _fast(raw.FPDFText_GetTextObject, _P, _I, result=_P)
render_mode = _fast(raw.FPDFTextObj_GetTextRenderMode, _P)
page_object = _fast(raw.FPDFPage_GetObject, _P, _I, result=_P)
form_object = _fast(raw.FPDFFormObj_GetObject, _P, ctypes.c_ulong, result=_P)
object_type = _fast(raw.FPDFPageObj_GetType, _P)
object_bounds = _fast(raw.FPDFPageObj_GetBounds, _P, _P, _P, _P, _P)
fill_color = _fast(raw.FPDFPageObj_GetFillColor, _P, _P, _P, _P, _P)
draw_mode = _fast(raw.FPDFPath_GetDrawMode, _P, _P, _P)


def address(handle: Any) -> int:
    """A pypdfium2 handle as the plain integer that the functions above take."""
    return int(ctypes.cast(handle, ctypes.c_void_p).value or 0)


class Door:
    """The one place where pdfium's coordinates (PDF user space, y up, unrotated) become display points."""

    def __init__(self, page: Any, user_unit: float) -> None:
        box = raw.FS_RECTF()
        raw.FPDF_GetPageBoundingBox(page, box)
        self._left, self._bottom, self._right, self._top = box.left, box.bottom, box.right, box.top
        self.unit = user_unit
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
        return np.array(box, np.float64) * self.unit
