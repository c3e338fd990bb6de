"""How far the lines of a page rise, in degrees, told by the boxes of its letters."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.ink import chain

_LEAST_SKEW = 0.2
"""Degrees; less is left alone: over a hand's breadth of text it is less than a pixel's height."""
_MOST_SKEW = 10.0
_GAIN = 1.2
"""How much more crowded the rows of letters must get by the turn."""
_LEANING, _AGREE, _PLAIN_LEAN = 8, 0.85, 0.6
"""Lines that must lean, the share of them to one side, and the degrees."""


def skew_of(boxes: NDArray[np.float64]) -> float:
    """Degrees by which the lines rise: the turn under which heads and feet of the letters fall into the fewest rows."""
    x = (boxes[:, 0] + boxes[:, 2]) / 2
    row_height = max(0.7, 0.08 * float(np.median(boxes[:, 3] - boxes[:, 1])))

    def crowding(degrees: float) -> float:
        sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
        total = 0.0
        for y in (boxes[:, 1], boxes[:, 3]):
            rows = (x * sine + y * cosine) / row_height
            counts = np.bincount(np.rint(rows - rows.min()).astype(np.int64)).astype(np.float64)
            total += float((np.convolve(counts, (0.25, 0.5, 0.25)) ** 2).sum())
        return total

    coarse = float(max(np.arange(-_MOST_SKEW, _MOST_SKEW + 0.1, 0.2), key=crowding))
    fine = np.arange(coarse - 0.3, coarse + 0.31, 0.02)
    scores = np.array([crowding(float(degrees)) for degrees in fine])
    best = float(np.mean(fine[scores >= 0.99 * scores.max()]))
    # A page whose lines say nothing stays as it is, and so does one that hardly gains.
    if abs(best) < _LEAST_SKEW or crowding(best) < _GAIN * crowding(0.0):
        return 0.0
    return round(best, 2)


def lean_of_lines(boxes: NDArray[np.float64]) -> float:
    """Degrees by which most lines rise, each by itself: where letters run together, as one bit prints them, a page has
    too few of them to crowd its rows. 0 where the lines do not agree, or hardly lean."""
    reach = float(np.median(boxes[:, 3] - boxes[:, 1]))
    x, y = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
    found = []
    shape = (int(boxes[:, 3].max()) + 1, int(boxes[:, 2].max()) + 1)
    for x0, top, x1, bottom in chain(boxes, shape):
        line = boxes[(x >= x0) & (x <= x1) & (y >= top) & (y <= bottom)]
        across = np.subtract.outer(line[:, 0] + line[:, 2], line[:, 0] + line[:, 2]) / 2
        far = across > 2 * reach
        if x1 - x0 >= 4 * reach and far.any():
            found.append(float(np.median((np.subtract.outer(line[:, 3], line[:, 3]) / np.where(far, across, 1))[far])))
    lean = -math.degrees(math.atan(float(np.median(found)))) if len(found) >= _LEANING else 0.0
    agree = sum(slope * lean < 0 for slope in found)
    return round(lean, 2) if _PLAIN_LEAN <= abs(lean) <= _MOST_SKEW and agree >= _AGREE * len(found) else 0.0
