"""Grey made of black and white dots, as 1-bit scanners and fax machines print shades: smoothed before any reader.

Left as they are, the dots are thousands of specks: readers find letters in them, for minutes, and no mark is one piece.
A page may be of dots in part only: a screenshot with a grey ground, printed on white paper.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_SHARE = 0.12
"""Of neighbouring pixels that differ much, in a page of dots: measured 0.2 and more; full pages of text have 0.05."""
_JUMP = 64
"""Levels between neighbouring pixels that are much."""
_ALONE = 0.02
"""Share of pixels unlike all four beside them, around a place of dots: 0.04 to 0.3; wrong dots of a fax are 0.002."""
_AROUND = 41
"""Pixels across of what is around a place: an inch has 200."""
_LEAST = 0.01
"""Share of the page that must be of dots."""
_PRINTED = 0.2
"""Share of a page of one bit that is of dots, from which on all of it is: the edges of its letters are dots too,
also where the paper is too light for any."""
_DARKER, _DOWN = 24, 60
"""Levels by which a ruling is darker than what is around it, and pixels that it runs down at least."""
_PURE, _PURE_SHARE = 8, 0.85
"""Levels from black or white, and the share of the pixels within them on a page of one bit."""
_REACH = 1.6
"""Standard deviation of the smoothing, in pixels: dots stand one to three pixels apart whatever the resolution."""
_CELL = 4
"""Pixels across and down of the pattern by which ordered dithering thresholds; larger ones repeat it nearly."""
_LOCKED = 2.0
"""Times as many narrow gaps at one place of the pattern as on average: 2.7 and more where a pattern made them, 1.4 at
most on other pages of one bit, whose gaps stand anywhere."""
_GAPS = 0.05
"""Share of narrow gaps in the ink, from which on they tell anything."""
_STROKE = 0.8
"""That of strokes, which a median of nine pixels leaves where dots go."""


def without_dots(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """*pixels* (height x width x 3) smoothed where their grey is made of dots; the very same if it is nowhere."""
    if min(pixels.shape[:2]) < 3:
        return pixels
    if is_one_bit(pixels) and _is_ordered(pixels[:, :, 1] < 128):
        return np.asarray(cv2.blur(pixels, (_CELL, _CELL)), np.uint8)  # the mean of a whole pattern is the grey
    dotted = _dotted(pixels)
    if float(dotted.mean()) < _LEAST:
        return pixels
    even = np.asarray(cv2.GaussianBlur(pixels, (0, 0), _REACH), np.uint8)
    if float(dotted.mean()) >= _PRINTED and is_one_bit(pixels) and not _is_ruled(pixels, even):
        return even
    strokes = cv2.GaussianBlur(cv2.medianBlur(pixels, 3), (0, 0), _STROKE)
    is_light = cv2.blur(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), (_AROUND, _AROUND)) >= 128
    # Strokes of letters and boxes keep their edges, and what is fainter than they are is kept as well.
    smooth = np.where(is_light[..., None], np.minimum(even, strokes), np.maximum(even, strokes))
    return np.where(dotted[..., None], smooth, pixels).astype(np.uint8)


def is_one_bit(pixels: NDArray[np.uint8]) -> bool:
    """Whether hardly anything is between black and white: a fax that was made square is grey at its edges."""
    green = pixels[:, :, 1]
    return float(((green < _PURE) | (green > 255 - _PURE)).mean()) >= _PURE_SHARE


def is_bilevel(pixels: NDArray[np.uint8], skew: float) -> bool:
    """Whether an upright page was stored in one bit. *skew*: degrees taken out of it, which leaves grey at edges; on a
    page that lay straight nothing is grey, unlike on a screen, whose letters are smoothed."""
    if not is_one_bit(pixels):
        return False
    green = pixels[:, :, 1]
    grey = float(((green >= _PURE) & (green <= 255 - _PURE)).mean())
    ink = min(float((green < _PURE).mean()), float((green > 255 - _PURE).mean()))  # black, or white on a dark page
    return skew != 0.0 or grey <= _GREY * ink


_GREY = 0.3
"""Of the ink of a page in one bit that is grey, at most; thin letters, smoothed, have more grey than black."""


def _is_ordered(ink: NDArray[np.bool_]) -> bool:
    """Whether a pattern that is locked to the pixels made grey of dots, be it only along the edges of letters."""
    inner, above, below = ink[1:-1, 1:-1], ink[:-2, 1:-1], ink[2:, 1:-1]
    before, after = ink[1:-1, :-2], ink[1:-1, 2:]
    narrow = ((above == below) & (above != inner)) | ((before == after) & (before != inner))
    counts = [int(narrow[y::_CELL, x::_CELL].sum()) for y in range(_CELL) for x in range(_CELL)]
    return sum(counts) >= max(_GAPS * float(ink.sum()), 1000) and max(counts) * len(counts) >= _LOCKED * sum(counts)


def _is_ruled(pixels: NDArray[np.uint8], even: NDArray[np.uint8]) -> bool:
    """Whether long lines run down the page, twice its height in all: thin rulings would not outlast being smoothed."""
    around = cv2.blur(pixels[:, :, 1], (_AROUND, _AROUND)).astype(np.int16)
    dark = (around - even[:, :, 1] > _DARKER).astype(np.uint8)
    down = cv2.morphologyEx(dark, cv2.MORPH_OPEN, np.ones((_DOWN, 1), np.uint8))
    _, _, stats, _ = cv2.connectedComponentsWithStats(down)
    return bool(stats[1:, cv2.CC_STAT_HEIGHT].sum() >= 2 * pixels.shape[0])


def _dotted(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    """Where the grey is made of dots: in places, or on the whole page where neighbours differ everywhere."""
    green = pixels[:, :, 1].astype(np.int16)
    if float((np.abs(np.diff(green, axis=1)) > _JUMP).mean()) >= _SHARE:
        return np.ones(green.shape, np.bool_)
    inner = green[1:-1, 1:-1]
    beside = (green[:-2, 1:-1], green[2:, 1:-1], green[1:-1, :-2], green[1:-1, 2:])
    darker, lighter = np.ones(inner.shape, np.bool_), np.ones(inner.shape, np.bool_)
    for other in beside:
        darker &= other - inner > _JUMP
        lighter &= inner - other > _JUMP
    alone = np.zeros(green.shape, np.float32)
    alone[1:-1, 1:-1] = darker | lighter
    near = cv2.blur(alone, (_AROUND, _AROUND)) >= _ALONE
    return cv2.dilate(near.astype(np.uint8), np.ones((_AROUND // 2, _AROUND // 2), np.uint8)) > 0
