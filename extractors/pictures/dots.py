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
_REACH = 1.6
"""Standard deviation of the smoothing, in pixels: dots stand one to three pixels apart whatever the resolution."""
_STROKE = 0.8
"""That of strokes, which a median of nine pixels leaves where dots go."""


def without_dots(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """*pixels* (height x width x 3) smoothed where their grey is made of dots; the very same if it is nowhere."""
    if min(pixels.shape[:2]) < 3:
        return pixels
    dotted = _dotted(pixels)
    if float(dotted.mean()) < _LEAST:
        return pixels
    even = cv2.GaussianBlur(pixels, (0, 0), _REACH)
    strokes = cv2.GaussianBlur(cv2.medianBlur(pixels, 3), (0, 0), _STROKE)
    is_light = cv2.blur(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), (_AROUND, _AROUND)) >= 128
    # Strokes of letters and boxes keep their edges, and what is fainter than they are is kept as well.
    smooth = np.where(is_light[..., None], np.minimum(even, strokes), np.maximum(even, strokes))
    return np.where(dotted[..., None], smooth, pixels).astype(np.uint8)


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
