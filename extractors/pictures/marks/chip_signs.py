"""Signs drawn in a chip beside its words: the cross that takes it away, the tick that says it is chosen."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.icons import Figure, figure_inside, figure_of
from extractors.pictures.read_page import Box

_RIM = 2
"""Pixels of a chip that are its rim."""
_LEAST = 6
"""Pixels of a sign."""
_STRONG = 0.4
"""Of the strongest ink beside the words: what is paler is no sign."""


def sign_before(ground: Ground, chip: Box, words: Box) -> Figure:
    """What is drawn in *chip* before its *words*."""
    return _sign(ground, (chip[0] + _RIM, chip[1] + _RIM, words[0] - 1, chip[3] - _RIM))


def sign_behind(ground: Ground, chip: Box) -> Figure:
    """What is drawn last in *chip*: readers take the sign in with its words, or leave it out."""
    return _sign(ground, (chip[2] - (chip[3] - chip[1]), chip[1] + _RIM, chip[2] - _RIM, chip[3] - _RIM))


def _sign(ground: Ground, area: Box) -> Figure:
    """The last bare figure in *area*, or the one in the disc that is drawn there."""
    if area[2] - area[0] < 4 or area[3] - area[1] < 4:
        return Figure.OTHER
    rows, columns = ground.cut(area)
    ink = ground.ink[rows, columns]
    inked = ink > max(_STRONG * float(ink.max()), 0.12 * ground.contrast, 4 * ground.noise)
    _, _, stats, _ = cv2.connectedComponentsWithStats(inked.astype(np.uint8), connectivity=8)
    high = ink.shape[0]
    # The round ends of an outline reach in at the top and the bottom.
    found = [s for s in stats[1:] if s[1] > 0 and s[1] + s[3] < high and s[cv2.CC_STAT_AREA] >= _LEAST]
    if not found:
        return Figure.OTHER
    x, y, wide, tall, _ = (int(v) for v in max(found, key=lambda s: int(s[0] + s[2])))
    x, y = x + columns.start, y + rows.start
    tight = (float(x), float(y), float(x + wide), float(y + tall))
    bare = figure_of(ground, tight)
    return bare if bare is not Figure.OTHER else figure_inside(ground, tight)
