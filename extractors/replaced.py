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
    if objects.matrix is None or not moved or not len(boxes) or not len(objects.handles):
        return boxes
    order, drawn = _texts(text_page, len(boxes), objects)
    at = np.flatnonzero(drawn & np.isin(objects.matrix[order], moved))
    known, bounds = object_bounds.fill(objects.handles[order[at]])
    bounds = bounds.astype(np.float64)  # left, bottom, right, top, as if the form were drawn as it is
    is_level = (np.abs(boxes[at][:, [3, 1]] - bounds[:, [1, 3]]) < _SAME).all(axis=1)
    boxes = boxes.copy()
    for i in np.flatnonzero(known & is_level).tolist():
        k = int(at[i])
        own, outer = boxes[k][[0, 3, 2, 1]].astype(np.float64), objects.outer(int(order[k]))
        # Boxes of fonts without a height may be as high as their text; those stand where the form puts it already.
        if _is_within(own, bounds[i]) and not _is_within(own, np.array(transform_box(bounds[i], outer))):
            x0, y0, x1, y1 = transform_box(own, outer)
            boxes[k] = x0, y1, x1, y0
    return boxes


def _is_within(box: Floats, other: Floats) -> bool:
    """Whether the *box* is in the *other*; both left, bottom, right, top."""
    return bool((box[:2] > other[:2] - _SAME).all() and (box[2:] < other[2:] + _SAME).all())


def _texts(text_page: Any, count: int, objects: Objects) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The place among *objects* of the text that each of a page's characters is of, and which characters have one."""
    texts = text_object(np.arange(count), address(text_page))
    sort = np.argsort(objects.handles)
    slot = np.minimum(np.searchsorted(objects.handles, texts, sorter=sort), len(sort) - 1)
    return sort[slot], objects.handles[sort[slot]] == texts
