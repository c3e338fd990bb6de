"""Words with a ring around them: of two that are printed beside a label, the one that was ringed by hand is meant."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.runs import Run

_SECTORS = 16
_AWAY, _ABOVE = 0.8, 0.45
"""Line heights beside a word, and above and below it, within which its ring is drawn."""
_WIDE, _HIGH = 1.2, 0.85
"""Of a ring, in line heights, at least: no letter is as large."""
_CLOSED = 0.75
"""Share of all directions, seen from its middle, in which a ring is drawn."""


def is_ringed(ground: Ground, word: Run, other: Run) -> bool:
    """Whether a ring is drawn around *word*, and none, whole or in part, around *other*."""
    return _ring(ground, word) >= _CLOSED and _ring(ground, other) == 0.0


def _ring(ground: Ground, word: Run) -> float:
    """The share of directions in which a connected line runs around the middle of *word*; 0 where there is none."""
    unit = ground.line_height
    x0, top, x1, bottom = word.box
    rows, columns = ground.cut((x0 - _AWAY * unit, top - _ABOVE * unit, x1 + _AWAY * unit, bottom + _ABOVE * unit))
    inked = (ground.ink[rows, columns] > max(0.3 * ground.contrast, 5 * ground.noise)).astype(np.uint8)
    count, marked, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    x, y = (x0 + x1) / 2 - columns.start, word.middle - rows.start
    best = 0.0
    for index in range(1, count):
        left, upper, wide, high, _ = (int(v) for v in stats[index])
        if wide < _WIDE * unit or high < _HIGH * unit or not (left < x < left + wide and upper < y < upper + high):
            continue
        ys, xs = np.nonzero(marked == index)
        down, across = (ys + 0.5 - upper) / high * 2 - 1, (xs + 0.5 - left) / wide * 2 - 1
        angles = np.arctan2(down, across)[np.hypot(down, across) >= _OUTER]
        sectors = ((angles + np.pi) / (2 * np.pi) * _SECTORS).astype(int) % _SECTORS
        best = max(best, np.unique(sectors).size / _SECTORS)
    return best


_OUTER = 0.7
"""Of the way from a ring's middle to its side: what lies further in is the word."""
