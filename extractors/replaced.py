"""Text that a file gives instead of what it draws (``/ActualText``), inside a form: browsers say so of ligatures.

pdfium places such letters where they would stand if the form were drawn as it is, not where the form's matrix puts
them: each letter has its share of the text object's box, to the last digit. The others have boxes of their font.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats
from extractors.pdfium_calls import address, object_bounds, text_object
from extractors.pdfium_shapes import Objects, transform_box

_SAME = 0.001
"""Points."""


def put_in_place(boxes: Floats, text_page: Any, objects: Objects) -> Floats:
    """The *boxes* of all characters of a page (left, top, right, bottom in user space; shape (n, 4)), with those of
    text that was given instead of what forms draw where the forms put it. *objects* are those of the page."""
    moved = [k for k, matrix in enumerate(objects.matrices) if not np.array_equal(matrix, np.eye(3))]
    if objects.matrix is None or not moved or not len(boxes):
        return boxes
    order, drawn = _texts(text_page, len(boxes), objects)
    at = np.flatnonzero(drawn & np.isin(objects.matrix[order], moved))
    known, bounds = object_bounds.fill(objects.handles[order[at]])
    left, bottom, right, top = bounds.astype(np.float64).T
    is_level = (np.abs(boxes[at, 3] - bottom) < _SAME) & (np.abs(boxes[at, 1] - top) < _SAME)
    is_within = (boxes[at, 0] > left - _SAME) & (boxes[at, 2] < right + _SAME)
    boxes = boxes.copy()
    for k in at[known & is_level & is_within].tolist():
        x0, y1, x1, y0 = boxes[k]
        x0, y0, x1, y1 = transform_box(np.array([x0, y0, x1, y1]), objects.outer(int(order[k])))
        boxes[k] = x0, y1, x1, y0
    return boxes


def _texts(text_page: Any, count: int, objects: Objects) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The place among *objects* of the text that each of a page's characters is of, and which characters have one."""
    texts = text_object(np.arange(count), address(text_page))
    sort = np.argsort(objects.handles)
    slot = np.minimum(np.searchsorted(objects.handles, texts, sorter=sort), len(sort) - 1)
    return sort[slot], objects.handles[sort[slot]] == texts
