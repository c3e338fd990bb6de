"""What pdfium draws besides text: rulings, pictures, and filled areas that may cover text."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from extractors.glyphs import THIN, Floats, Rulings, rulings_from_boxes
from extractors.pdfium_calls import Door, address, form_object, object_bounds, object_type, page_object, render_mode

_MAX_FORM_DEPTH = 8
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Objects:
    """A page's objects in the order they are painted, forms opened. ``matrix`` indexes ``matrices``; it is None where
    the page has no forms. ``modes`` are the render modes of texts, -1 for all else."""

    handles: NDArray[np.int64]
    kinds: NDArray[np.int32]
    modes: NDArray[np.int32]
    matrix: NDArray[np.int64] | None
    matrices: list[Floats]

    def outer(self, index: int) -> Floats:
        """The matrix that holds around an object."""
        return self.matrices[0 if self.matrix is None else int(self.matrix[index])]


@dataclass(frozen=True, slots=True)
class Shapes:
    """Boxes in display points, shape (n, 4). ``fill_order`` and ``image_order`` are places in ``objects``."""

    rulings: Rulings
    images: Floats
    image_order: NDArray[np.int64]
    fills: Floats
    """Paths that are no thin lines; most are backgrounds or frames."""
    fill_order: NDArray[np.int64]
    objects: Objects

    def image_share(self, width: float, height: float) -> float:
        """The part of the page's area that pictures cover, 0 to 1; overlaps count twice."""
        if not len(self.images):
            return 0.0
        shown = self.images.clip(0, [width, height] * 2)
        return min(1.0, float(((shown[:, 2] - shown[:, 0]) * (shown[:, 3] - shown[:, 1])).sum()) / (width * height))


def read_shapes(page: Any, door: Door) -> Shapes:
    """Everything on the page that is no text."""
    objects = _objects(page)
    drawn = np.flatnonzero((objects.kinds == raw.FPDF_PAGEOBJ_PATH) | (objects.kinds == raw.FPDF_PAGEOBJ_IMAGE))
    boxes, known = _bounds(objects, drawn)
    if not known.all():
        drawn, boxes = drawn[known], boxes[known]
    is_path = objects.kinds[drawn] == raw.FPDF_PAGEOBJ_PATH
    thin = np.minimum(boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]) * door.unit <= THIN
    lines: list[Box] = []
    rectangles: list[Box] = []
    for k in np.flatnonzero(is_path & ~thin).tolist():
        i = int(drawn[k])
        _take_path(int(objects.handles[i]), boxes[k].tolist(), objects.outer(i), lines, rectangles)
    parts = [boxes, np.array(lines).reshape(-1, 4), np.array(rectangles).reshape(-1, 4)]
    left, bottom, right, top = np.concatenate(parts).T
    every = door.to_display(left, bottom, right, top).T
    at = len(boxes) + len(lines)
    shown, strokes, frames = every[: len(boxes)], every[len(boxes) : at], every[at:]
    return Shapes(
        rulings_from_boxes(np.concatenate((shown[is_path & thin], strokes)), frames),
        shown[~is_path],
        drawn[~is_path],
        shown[is_path & ~thin],
        drawn[is_path & ~thin],
        objects,
    )


def _objects(page: Any) -> Objects:
    handles = page_object(np.arange(raw.FPDFPage_CountObjects(page)), address(page))
    kinds = object_type(handles)
    matrices = [np.eye(3)]
    if not (kinds == raw.FPDF_PAGEOBJ_FORM).any():
        return Objects(handles, kinds, _modes(handles, kinds), None, matrices)
    flat: list[int] = []
    matrix: list[int] = []
    _open_forms(handles, kinds, 0, flat, matrix, matrices, depth=0)
    handles = np.array(flat, np.int64)
    kinds = object_type(handles)
    return Objects(handles, kinds, _modes(handles, kinds), np.array(matrix, np.int64), matrices)


def _modes(handles: NDArray[np.int64], kinds: NDArray[np.int32]) -> NDArray[np.int32]:
    modes = np.full(len(handles), -1, np.int32)
    texts = kinds == raw.FPDF_PAGEOBJ_TEXT
    modes[texts] = render_mode(handles[texts])
    return modes


def _open_forms(
    handles: NDArray[np.int64],
    kinds: Any,
    at: int,
    flat: list[int],
    matrix: list[int],
    matrices: list[Floats],
    depth: int,
) -> None:
    """Replace forms by what is in them, in painting order; *at* is the matrix that holds outside."""
    for handle, kind in zip(handles.tolist(), kinds.tolist(), strict=True):
        if kind != raw.FPDF_PAGEOBJ_FORM:
            flat.append(handle)
            matrix.append(at)
        elif depth < _MAX_FORM_DEPTH:
            form = ctypes.cast(handle, raw.FPDF_PAGEOBJECT)
            inner = form_object(np.arange(raw.FPDFFormObj_CountObjects(form)), handle)
            matrices.append(_matrix(form) @ matrices[at])
            _open_forms(inner, object_type(inner), len(matrices) - 1, flat, matrix, matrices, depth + 1)


def _bounds(objects: Objects, drawn: NDArray[np.int64]) -> tuple[Floats, NDArray[np.bool_]]:
    """Boxes (left, bottom, right, top in user space) of the objects at *drawn*, and which of them have one."""
    known, bounds = object_bounds.fill(objects.handles[drawn])
    boxes = bounds.astype(np.float64)
    if objects.matrix is not None:
        for k in np.flatnonzero(objects.matrix[drawn]).tolist():
            boxes[k] = transform_box(boxes[k], objects.outer(int(drawn[k])))
    return boxes, known


def _take_path(handle: int, box: list[float], outer: Floats, lines: list[Box], rectangles: list[Box]) -> None:
    """A path that is no thin line: a rectangle, or many strokes, such as the whole grid of a table."""
    path = ctypes.cast(handle, raw.FPDF_PAGEOBJECT)
    count = raw.FPDFPath_CountSegments(path)
    matrix = _matrix(path) @ outer
    x, y = ctypes.c_float(), ctypes.c_float()
    here = start = (0.0, 0.0)
    pieces: list[Box] = []
    for i in range(count):
        segment = raw.FPDFPath_GetPathSegment(path, i)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        there = (
            x.value * matrix[0, 0] + y.value * matrix[1, 0] + matrix[2, 0],
            x.value * matrix[0, 1] + y.value * matrix[1, 1] + matrix[2, 1],
        )
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = there
        elif kind == raw.FPDF_SEGMENT_LINETO:
            pieces.append(_span(here, there))
        if raw.FPDFPathSegment_GetClose(segment) and there != start:
            pieces.append(_span(there, start))
        here = there
    straight = [p for p in pieces if min(p[2] - p[0], p[3] - p[1]) < 0.5]
    if len(straight) == len(pieces) == 4:
        rectangles.append((box[0], box[1], box[2], box[3]))
    else:
        lines += straight


def _span(a: tuple[float, float], b: tuple[float, float]) -> Box:
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))


def _matrix(item: Any) -> Floats:
    m = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, m)
    return np.array([[m.a, m.b, 0.0], [m.c, m.d, 0.0], [m.e, m.f, 1.0]])


def transform_box(bounds: Floats, matrix: Floats) -> Box:
    """The box (left, bottom, right, top) around what the *matrix* makes of the one of *bounds*."""
    left, bottom, right, top = bounds.tolist()
    corners = np.array([[left, bottom, 1], [left, top, 1], [right, bottom, 1], [right, top, 1]]) @ matrix
    (x0, y0), (x1, y1) = corners[:, :2].min(axis=0), corners[:, :2].max(axis=0)
    return (float(x0), float(y0), float(x1), float(y1))
