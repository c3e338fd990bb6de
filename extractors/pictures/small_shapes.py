"""Small shapes that a PDF page draws: the squares, circles, pills and ticks that marks are made of."""

from __future__ import annotations

import ctypes
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as raw

from extractors.glyphs import Floats
from extractors.pdfium_calls import Door
from extractors.pictures.read_page import Box

LARGEST = 48.0
"""Points: larger shapes are no part of a mark, but may lie over one."""
_DEEPEST = 8
_WHITE = (255, 255, 255)
Colour = tuple[float, float, float]


class Form(enum.StrEnum):
    """What a path looks like by its segments and its box."""

    SQUARE = "square"
    CIRCLE = "circle"
    PILL = "pill"
    STROKE = "stroke"
    """An open line of straight pieces: a tick, half a cross."""
    FLAT = "flat"
    """Much wider than high: a dash."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Shape:
    """One painted path. ``order`` counts all objects of the page in painting order; ``box`` is in display points."""

    order: int
    box: Box
    form: Form
    ink: Colour
    """Of the fill where it is filled, else of the stroke; laid over white where it is translucent. 0 to 255."""
    is_filled: bool
    is_faint: bool
    """Painted translucent, as programs show what is disabled."""
    pieces: int
    """Straight and curved pieces."""
    is_diagonal: bool
    """A single straight line that is neither level nor upright."""

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]


@dataclass(frozen=True, slots=True)
class Painted:
    """What a page paints besides text: small paths, and the places of everything else in painting order."""

    shapes: list[Shape]
    others: list[tuple[int, Box]]


def luma(colour: Colour) -> float:
    """How light, 0 to 1."""
    return (0.299 * colour[0] + 0.587 * colour[1] + 0.114 * colour[2]) / 255


def read_painted(page: Any, door: Door) -> Painted:
    """All paths, pictures and shadings of a pypdfium2 raw *page*, forms opened."""
    painted = Painted([], [])
    top = [raw.FPDFPage_GetObject(page, i) for i in range(raw.FPDFPage_CountObjects(page))]
    for order, (handle, outer) in enumerate(_flat(top, np.eye(3), 0)):
        kind = raw.FPDFPageObj_GetType(handle)
        box = None if kind == raw.FPDF_PAGEOBJ_TEXT else _box(handle, outer, door)
        if box is None:
            continue
        if kind != raw.FPDF_PAGEOBJ_PATH or max(box[2] - box[0], box[3] - box[1]) > LARGEST:
            painted.others.append((order, box))
            continue
        shape = _shape(handle, order, box)
        if shape is not None:
            painted.shapes.append(shape)
    return painted


def _flat(handles: list[Any], outer: Floats, depth: int) -> Iterator[tuple[Any, Floats]]:
    for handle in handles:
        if raw.FPDFPageObj_GetType(handle) != raw.FPDF_PAGEOBJ_FORM:
            yield handle, outer
        elif depth < _DEEPEST:
            m = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(handle, m)
            inner = np.array([[m.a, m.b, 0.0], [m.c, m.d, 0.0], [m.e, m.f, 1.0]]) @ outer
            parts = [raw.FPDFFormObj_GetObject(handle, i) for i in range(raw.FPDFFormObj_CountObjects(handle))]
            yield from _flat(parts, inner, depth + 1)


def _box(handle: Any, outer: Floats, door: Door) -> Box | None:
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return None
    corners = np.array([[x, y, 1.0] for x in (left.value, right.value) for y in (bottom.value, top.value)]) @ outer
    (x0, y0), (x1, y1) = corners[:, :2].min(axis=0), corners[:, :2].max(axis=0)
    found = door.to_display(*(np.array([v]) for v in (x0, y0, x1, y1)))[:, 0].tolist()
    return (found[0], found[1], found[2], found[3])


def _shape(handle: Any, order: int, box: Box) -> Shape | None:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    raw.FPDFPath_GetDrawMode(handle, fill, stroke)
    if not fill.value and not stroke.value:
        return None
    ask = raw.FPDFPageObj_GetFillColor if fill.value else raw.FPDFPageObj_GetStrokeColor
    r, g, b, alpha = (ctypes.c_uint() for _ in range(4))
    ask(handle, r, g, b, alpha)
    share = alpha.value / 255
    red, green, blue = (share * c.value + (1 - share) * w for c, w in zip((r, g, b), _WHITE, strict=True))
    kinds, points = _segments(handle)
    lines, curves = kinds.count("L"), kinds.count("B")
    form = _form(kinds, lines, curves, box, bool(fill.value))
    is_diagonal = form is Form.STROKE and lines == 1 and _is_slanted(points)
    return Shape(order, box, form, (red, green, blue), bool(fill.value), share < 0.95, lines + curves // 3, is_diagonal)


def _segments(handle: Any) -> tuple[str, list[tuple[float, float]]]:
    """Kinds of the path's segments (M, L, B; Z behind one that closes), and their points in the path's own space."""
    names = {raw.FPDF_SEGMENT_MOVETO: "M", raw.FPDF_SEGMENT_LINETO: "L", raw.FPDF_SEGMENT_BEZIERTO: "B"}
    kinds, points = "", []
    x, y = ctypes.c_float(), ctypes.c_float()
    for i in range(raw.FPDFPath_CountSegments(handle)):
        segment = raw.FPDFPath_GetPathSegment(handle, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        kinds += names.get(raw.FPDFPathSegment_GetType(segment), "")
        kinds += "Z" if raw.FPDFPathSegment_GetClose(segment) else ""
        points.append((x.value, y.value))
    return kinds, points


def _form(kinds: str, lines: int, curves: int, box: Box, is_filled: bool) -> Form:
    width, height = box[2] - box[0], box[3] - box[1]
    if height <= 0 or width <= 0:
        return Form.OTHER
    ratio = width / height
    is_loop = is_filled or kinds.endswith("Z") or kinds.count("L") >= 4
    if kinds.count("M") > 1:
        return Form.OTHER
    if not curves and not is_loop:
        return Form.STROKE
    if ratio > 2.6:
        return Form.FLAT
    if 0.8 <= ratio <= 1.25 and ((lines == 4 and not curves) or (lines == 3 and not curves and kinds.endswith("Z"))):
        return Form.SQUARE
    if curves and 0.8 <= ratio <= 1.25:
        return Form.SQUARE if lines >= 3 else Form.CIRCLE if curves >= 12 else Form.OTHER
    if curves and 1.4 <= ratio <= 2.6:
        return Form.PILL
    return Form.OTHER


def _is_slanted(points: list[tuple[float, float]]) -> bool:
    (ax, ay), (bx, by) = points[0], points[-1]
    dx, dy = abs(ax - bx), abs(ay - by)
    return min(dx, dy) > 0.4 * max(dx, dy)
