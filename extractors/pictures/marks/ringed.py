"""Words with a ring around them: of two that are printed beside a label, the one that was ringed by hand is meant."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.pictures.marks.ground import Ground
from extractors.pictures.read_page import Box

_SECTORS = 16
_AWAY, _ABOVE = 0.8, 0.45
"""Line heights beside a word, and above and below it, within which its ring is drawn."""
_WIDE, _HIGH = 1.2, 0.85
"""Of a ring, in line heights, at least: no letter is as large."""
_CLOSED = 0.75
"""Share of all directions, seen from its middle, in which a ring is drawn."""
_ROUND = 0.87
"""Of half its height: so near does a ring keep to its middle at three quarters of the way to its side. In a circle
that is 0.66; the outline of a button runs at 0.9 and above."""
_SQUARE = 0.01
"""Said of a word with an outline that is no ring."""
_OUTER = 0.7
"""Of the way from a ring's middle to its side: what lies further in is the word."""


def ringed_of(ground: Ground, one: Box, other: Box) -> int | None:
    """0 where a ring is drawn around the word in *one* and none, whole or in part, around that in *other*; 1 where it
    is the other way; None where neither is so."""
    rings = _ring(ground, one), _ring(ground, other)
    if min(rings) > 0.0 or max(rings) < _CLOSED:
        return None
    return 0 if rings[0] > rings[1] else 1


def _ring(ground: Ground, word: Box) -> float:
    """The share of directions in which a connected line runs around the middle of *word*; 0 where there is none."""
    unit = ground.line_height
    x0, top, x1, bottom = word
    rows, columns = ground.cut((x0 - _AWAY * unit, top - _ABOVE * unit, x1 + _AWAY * unit, bottom + _ABOVE * unit))
    inked = (ground.ink[rows, columns] > max(0.3 * ground.contrast, 5 * ground.noise)).astype(np.uint8)
    count, marked, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    x, y = (x0 + x1) / 2 - columns.start, (top + bottom) / 2 - rows.start
    best = 0.0
    for index in range(1, count):
        left, upper, wide, high, _ = (int(v) for v in stats[index])
        if wide < _WIDE * unit or high < _HIGH * unit or not (left < x < left + wide and upper < y < upper + high):
            continue
        ys, xs = np.nonzero(marked == index)
        down, across = (ys + 0.5 - upper) / high * 2 - 1, (xs + 0.5 - left) / wide * 2 - 1
        shoulder = np.abs(down[(np.abs(across) >= 0.65) & (np.abs(across) <= 0.8)])
        if shoulder.size == 0 or float(np.percentile(shoulder, 75)) > _ROUND:
            return _SQUARE
        angles = np.arctan2(down, across)[np.hypot(down, across) >= _OUTER]
        sectors = ((angles + np.pi) / (2 * np.pi) * _SECTORS).astype(int) % _SECTORS
        best = max(best, np.unique(sectors).size / _SECTORS)
    return best
