"""Shades of light on a scanned page: the binding's shadow, a lid that does not close. Taken out before marks are found.

A label's ground is the paper under its letters; the mark beside it may already lie in the shadow, which then is ink.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_CELL = 4
"""Pixels that are looked at together."""
_PAPER = 85
"""Percentile of a row or column of the page that is paper, though much is printed on it."""
_STEEP = 0.09
"""From one cell to the next, from which on the change is an edge of something printed, and no shadow."""
_RULING = 15
"""Cells: a dip as narrow is a ruling, or a column of marks."""
_WORTH = 0.05
"""Shadows weaker than this are left."""
_MOST = 2.5
"""Times that a place is made lighter at most: beyond, there is nothing left to see."""


def evenly_lit(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """*pixels* (height x width x 3) of a scan without shadows along its edges; the very same where it has none."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    size = max(1, grey.shape[1] // _CELL), max(1, grey.shape[0] // _CELL)
    small = np.asarray(cv2.resize(grey, size, interpolation=cv2.INTER_AREA), np.uint8)
    if min(small.shape) < _LEAST:
        return pixels
    across, down = _gain(small, 0), _gain(small, 1)
    if across is None and down is None:
        return pixels
    lit = pixels.astype(np.float32)
    if across is not None:
        lit *= _stretched(across, pixels.shape[1])[None, :, None]
    if down is not None:
        lit *= _stretched(down, pixels.shape[0])[:, None, None]
    return np.asarray(np.clip(lit, 0, 255), np.uint8)


_LEAST = 40
"""Cells across and down of a page that is worth it."""


def _gain(small: NDArray[np.uint8], axis: int) -> NDArray[np.float32] | None:
    """How much lighter each cell along the page has to be, from the middle outwards up to the first edge."""
    paper = np.percentile(small, _PAPER, axis=axis).astype(np.float32)
    paper = np.pad(paper, _RULING, mode="reflect", reflect_type="odd")  # a shadow goes on beyond the page
    closed = cv2.morphologyEx(paper[:, None], cv2.MORPH_CLOSE, np.ones((_RULING, 1), np.uint8))
    paper = np.asarray(closed[_RULING:-_RULING, 0], np.float32)
    middle = len(paper) // 2
    for way in (range(middle, len(paper)), range(middle, -1, -1)):
        held = paper[middle]
        is_held = False
        for i in way:
            is_held |= abs(paper[i] - held) > _STEEP * max(held, 1.0)
            held = held if is_held else paper[i]
            paper[i] = held
    paper = np.convolve(np.pad(paper, 2, mode="edge"), np.full(5, 0.2, np.float32), mode="valid")
    lightest = float(paper.max())
    gain = np.asarray(lightest / np.maximum(paper, 1.0), np.float32)
    return np.minimum(gain, _MOST) if float(gain.max()) - 1 >= _WORTH else None


def _stretched(gain: NDArray[np.float32], length: int) -> NDArray[np.float32]:
    at = (np.arange(length) + 0.5) / _CELL - 0.5
    return np.asarray(np.interp(at, np.arange(len(gain)), gain), np.float32)
