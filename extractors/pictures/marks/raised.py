"""Signs that stand high between letters and that no reader read: the apostrophe in ``Sheriff's``."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.pictures.marks.ground import Ground, letters_between
from extractors.pictures.read_page import Box

RAISED = "'\u2018\u2019\u201b\"\u201c\u201d`\u00b4^*\u00b0\u00aa\u00ba\u2122\u00ae~"
_DRAWN = 0.35
"""Of the strength of the letters, from which a sign is drawn."""
_LEAST_HIGH, _MOST_HIGH, _MOST_WIDE = 0.18, 0.5, 0.3
"""Of a sign, in heights of the letters; a dot of an i is less high."""
_LOWEST = 0.6
"""Heights of the letters below their top within which it ends."""


def raised_signs(ground: Ground, box: Box) -> int:
    """How many such signs are drawn in the line *box* (working pixels): small, high up, nothing below them.

    The dot of an i has its stem below it; the accent of a letter has the letter.
    """
    top, bottom = letters_between(ground, box)
    high = bottom - top
    rows, columns = ground.cut((box[0], top, box[2], bottom))
    ink = ground.ink[rows, columns]
    if ink.size == 0 or high < 6:
        return 0
    inked = (ink > _DRAWN * float(np.percentile(ink, 97))).astype(np.uint8)
    _, _, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    found = 0
    for x, y, wide, tall, area in stats[1:].tolist():
        is_sign = _LEAST_HIGH * high <= tall <= _MOST_HIGH * high and wide <= max(3.0, _MOST_WIDE * high)
        if not is_sign or y > 0.3 * high or y + tall > _LOWEST * high or area < 2 or tall < 0.9 * wide:
            continue
        below = inked[y + tall :, x : x + wide]
        is_within = x > 0 and x + wide < inked.shape[1]
        found += is_within and not below.any()
    return found
