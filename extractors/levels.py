"""The level that each glyph stands on. Where a font gives every sign a box of its own height, as in prints of
spreadsheets, a comma or a quotation mark is of the line of the letters beside it."""

from __future__ import annotations

import numpy as np

from extractors.glyphs import Floats, Glyphs
from extractors.overflow import SAME_LINE

_SMALL = 0.65
"""Of the usual glyph height: signs lower than this are told by their neighbours."""
_NEAR = 0.6
"""Of the glyph height: how far apart neighbours stand at most, across or beyond each other's top and bottom."""


def glyph_levels(glyphs: Glyphs, unit: float) -> Floats:
    """The height of the middle of each glyph, or of the one beside it for small signs; *unit* is the usual height.

    Fonts of one line differ in ascent and descent, hardly in their middle.
    """
    top, bottom = glyphs.top, glyphs.bottom
    level: Floats = (top + bottom) / 2
    small = bottom - top < _SMALL * unit
    if not small.any() or small.all():
        return level
    off = np.zeros(len(level), np.bool_)
    steps = np.abs(np.diff(level)) > SAME_LINE * unit
    off[1:] |= steps
    off[:-1] |= steps
    told = ~(small & off)
    left = np.flatnonzero(~told)
    for side in (-1, 1, -1, 1):  # twice: small signs stand beside small ones
        left = left[~told[left]]
        if not len(left):
            break
        i = left[(left + side >= 0) & (left + side < len(level))]
        i = i[told[i + side]]
        k = i + side
        gap = np.maximum(glyphs.x0[i] - glyphs.x1[k], glyphs.x0[k] - glyphs.x1[i])
        beside = (gap <= _NEAR * unit) & (level[i] >= top[k] - _NEAR * unit) & (level[i] <= bottom[k] + _NEAR * unit)
        level[i[beside]] = level[k[beside]]
        told[i[beside]] = True
    return level
