"""What a page shows besides its text layer and is not read: filled form fields, notes and stamps, small pictures."""

from __future__ import annotations

import ctypes
from collections import defaultdict
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extractors.glyphs import Unread
from extractors.pdfium_calls import Door
from extractors.pdfium_shapes import Shapes

_HIDDEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW
_WRITTEN = {
    raw.FPDF_ANNOT_FREETEXT: "note",
    raw.FPDF_ANNOT_STAMP: "stamp",
    raw.FPDF_ANNOT_INK: "handwriting",
    raw.FPDF_ANNOT_WIDGET: "form field",
}
"""Kinds of annotations that print something of their own; links, highlights and pop-ups do not."""
_SHORT, _NARROW = 6.0, 12.0
"""Points, and pixels: a smaller picture holds no word."""
_LETTER = 3.0
"""Points: a smaller picture holds no letter."""
_FEW = 2
"""Small pictures of one size on a page that may be letters; more are bullets or icons."""
_MOST = 200
"""Annotations, and pictures, of a page that are looked at."""


def find_unread(page: Any, door: Door, shapes: Shapes) -> tuple[Unread, ...]:
    """Everything of the kind on the page, in the order it is painted; boxes in display points."""
    count = raw.FPDFPage_GetAnnotCount(page)
    if not count and not len(shapes.images):
        return ()
    return (*_pictures(door, shapes), *_annotations(page, door, min(count, _MOST)))


def _pictures(door: Door, shapes: Shapes) -> list[Unread]:
    found: list[Unread] = []
    small: dict[tuple[int, int], list[Unread]] = defaultdict(list)
    for box, order in zip(shapes.images[:_MOST], shapes.image_order[:_MOST].tolist(), strict=True):
        x0, top, x1, bottom = box.clip(0, [door.width, door.height] * 2).tolist()
        width, height = x1 - x0, bottom - top
        if min(width, height) < _LETTER or min(_pixels(int(shapes.objects.handles[order]))) < _SHORT:
            continue
        is_small = height < _SHORT or width < _NARROW
        (small[round(width), round(height)] if is_small else found).append(Unread("picture", None, x0, top, x1, bottom))
    return found + [picture for alike in small.values() if len(alike) <= _FEW for picture in alike]


def _pixels(handle: int) -> tuple[int, int]:
    """Width and height of a picture in pixels; zeros where it cannot be told."""
    width, height = ctypes.c_uint(), ctypes.c_uint()
    item = ctypes.cast(handle, raw.FPDF_PAGEOBJECT)
    known = raw.FPDFImageObj_GetImagePixelSize(item, width, height)
    return (width.value, height.value) if known else (0, 0)


def _annotations(page: Any, door: Door, count: int) -> list[Unread]:
    found = []
    for k in range(count):
        annotation = raw.FPDFPage_GetAnnot(page, k)
        try:
            kind = _WRITTEN.get(raw.FPDFAnnot_GetSubtype(annotation))
            if kind is None or raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                continue
            text = _string(annotation, b"V" if kind == "form field" else b"Contents")
            if not _prints(annotation, kind, text):
                continue
            box = raw.FS_RECTF()
            raw.FPDFAnnot_GetRect(annotation, box)
            sides = (np.array([side]) for side in (box.left, box.bottom, box.right, box.top))
            x0, top, x1, bottom = door.to_display(*sides)[:, 0].tolist()
            found.append(Unread(kind, text or None, x0, top, x1, bottom))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return found


def _prints(annotation: Any, kind: str, text: str) -> bool:
    """Whether anything of it is to be seen: a form field may be blank or an empty box."""
    if kind == "form field":
        drawn = _appearance(annotation)
        return (bool(text) and text != "Off") or ("Tj" in drawn or "TJ" in drawn)
    return bool(text) or len(_appearance(annotation)) > 0


def _appearance(annotation: Any) -> str:
    """The content stream that draws it."""
    mode = raw.FPDF_ANNOT_APPEARANCEMODE_NORMAL
    size = raw.FPDFAnnot_GetAP(annotation, mode, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetAP(annotation, mode, buffer, size)
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace")


def _string(annotation: Any, key: bytes) -> str:
    size = raw.FPDFAnnot_GetStringValue(annotation, key, None, 0)
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    raw.FPDFAnnot_GetStringValue(annotation, key, buffer, size)
    return bytes(buffer)[: max(0, size - 2)].decode("utf-16-le", "replace").strip()
