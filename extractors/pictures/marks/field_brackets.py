"""Fields of a ruled form in which brackets are printed: the room between them is what is ticked."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.read_page import Box

_MOST = 0.4
"""Share of a column's fields that must show the same two brackets: a cross by hand hides those of its field."""
_SAME = 0.08
"""Of a field's width, by which the brackets of one column differ in place."""
_NARROW, _TALL, _TALLEST = 0.5, 0.35, 0.95
"""Of its height how wide a bracket is at most, and of the field's how high."""
_RIM = 0.06
"""Of a field's height, at its edges: what is left of its lines."""


def between_brackets(ground: Ground, drafts: list[Draft]) -> None:
    """The room between the brackets as the box of every draft of one column of fields, where all have them printed;
    else the fields stay as they are."""
    found = [(d.place, pair) for d in drafts if (pair := _pair(ground, d.place)) is not None]
    if len(found) < max(4.0, _MOST * len(drafts)):
        return
    places = np.array([[(x - b[0]) / (b[2] - b[0]) for x in pair] for b, pair in found])
    usual = np.median(places, axis=0)
    alike = np.abs(places - usual).max(axis=1) <= _SAME
    if alike.sum() < max(4.0, _MOST * len(drafts)):
        return
    near = {id(box): pair for (box, pair), is_alike in zip(found, alike, strict=True) if is_alike}
    for draft in drafts:
        x0, top, x1, bottom = draft.place
        left, right = near.get(id(draft.place), tuple(x0 + share * (x1 - x0) for share in usual))
        draft.box = (left, top, right, bottom)


def _pair(ground: Ground, field: Box) -> tuple[float, float] | None:
    """Where the room between the outermost two pieces of ink in *field* begins and ends, if both are like brackets."""
    high = field[3] - field[1]
    rim = max(2.0, _RIM * high)
    rows, columns = ground.cut((field[0] + rim, field[1] + rim, field[2] - rim, field[3] - rim))
    inked = (ground.ink[rows, columns] > max(5.0 * ground.noise, 0.35 * ground.contrast)).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    pieces = sorted((s for s in stats[1:count] if s[3] >= 0.15 * high), key=lambda s: int(s[0]))
    if len(pieces) < 2:
        return None
    first, last = pieces[0], pieces[-1]
    is_pair = abs(int(first[3]) - int(last[3])) <= 0.2 * high and all(_is_bracket(p, high) for p in (first, last))
    return (float(columns.start + first[0] + first[2]), float(columns.start + last[0])) if is_pair else None


def _is_bracket(piece: NDArray[np.int32], high: float) -> bool:
    return bool(piece[2] <= _NARROW * piece[3] and _TALL * high <= piece[3] <= _TALLEST * high)
