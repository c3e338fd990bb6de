"""A mark told without pixels: by a form field, by vector drawing, or by a sign in the text layer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from extractors.pictures.read_page import Box, PagePicture
from records.marks import MarkMethod, MarkState, MarkStyle


@dataclass(frozen=True, slots=True)
class VectorMark:
    """``box`` in points of the page as displayed, until :func:`in_pixels`. ``name`` is the form field's, else None."""

    box: Box
    kind: MarkStyle
    """``check_box``, ``radio``, ``toggle``, or ``check_icon`` for a tick without a box."""
    state: MarkState
    method: MarkMethod
    basis: str
    name: str | None = None


def to_pixels(picture: PagePicture, box: Box) -> Box:
    """The smallest box in upright pixels around *box* in points: the way back of :meth:`PagePicture.to_points`."""
    matrix = np.vstack([picture.matrix, [0.0, 0.0, 1.0]])
    x0, top, x1, bottom = box
    corners = np.array([[x0, top, 1], [x1, top, 1], [x0, bottom, 1], [x1, bottom, 1]])
    found = (corners @ np.linalg.inv(matrix).T)[:, :2]
    return (*map(float, found.min(axis=0)), *map(float, found.max(axis=0)))  # type: ignore[return-value]


def in_pixels(marks: Sequence[VectorMark], picture: PagePicture) -> list[VectorMark]:
    """The marks with their boxes in upright pixels. Where the page was turned, left and right of a toggle are not those
    of the drawing, so toggles are left to the pixels."""
    kept = [mark for mark in marks if not (picture.turned and mark.kind is MarkStyle.TOGGLE)]
    return [replace(mark, box=to_pixels(picture, mark.box)) for mark in kept]


def overlap(a: Box, b: Box) -> float:
    """The part of the smaller box that lies in the other one, 0 to 1."""
    width = min(a[2], b[2]) - max(a[0], b[0])
    height = min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    smaller = min((a[2] - a[0]) * (a[3] - a[1]), (b[2] - b[0]) * (b[3] - b[1]))
    return width * height / smaller if smaller > 0 else 0.0
