"""pdfium's functions that are called for every glyph and path, and the door where its coordinates become ours."""

from __future__ import annotations

import ctypes
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extractors.glyphs import Floats
from extractors.loops import Loop
from records.errors import DamagedError

# Of a page of text (owner) and the number of a character:
unicode_of = Loop(raw.FPDFText_GetUnicode, has_owner=True)
map_error = Loop(raw.FPDFText_HasUnicodeMapError, has_owner=True)
char_angle = Loop(raw.FPDFText_GetCharAngle, "float", has_owner=True)
text_object = Loop(raw.FPDFText_GetTextObject, "ptr", has_owner=True)
loose_box = Loop(raw.FPDFText_GetLooseCharBox, has_owner=True, pointers=1, fields=4)
# Of a page, or a form, and the number of an object:
page_object = Loop(raw.FPDFPage_GetObject, "ptr", has_owner=True)
form_object = Loop(raw.FPDFFormObj_GetObject, "ptr", has_owner=True)
# Of an object:
object_type = Loop(raw.FPDFPageObj_GetType)
render_mode = Loop(raw.FPDFTextObj_GetTextRenderMode)
object_bounds = Loop(raw.FPDFPageObj_GetBounds, pointers=4, fields=4)
fill_color = Loop(raw.FPDFPageObj_GetFillColor, pointers=4, fields=4, field=np.uint32)
draw_mode = Loop(raw.FPDFPath_GetDrawMode, pointers=2, fields=2, field=np.int32)


def address(handle: Any) -> int:
    """A pypdfium2 handle as the plain integer that the loops above take."""
    return ctypes.addressof(handle.contents) if handle else 0


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
        every = np.array(box, np.float64)
        return every if self.unit == 1 else every * self.unit
