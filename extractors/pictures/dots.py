"""Grey made of black and white dots, as 1-bit scanners and fax machines print shades: smoothed before any reader.

Left as they are, the dots are thousands of specks: readers find letters in them, for minutes, and no mark is one piece.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

_SHARE = 0.12
"""Of neighbouring pixels that differ much, in a page of dots: measured 0.2 and more; full pages of text have 0.05."""
_JUMP = 64
"""Levels between neighbouring pixels that are much."""
_REACH = 1.6
"""Standard deviation of the smoothing, in pixels: dots stand one to three pixels apart whatever the resolution."""


def without_dots(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """*pixels* (height x width x 3) smoothed if their grey is made of dots, else the very same."""
    if pixels.shape[1] < 2 or float(_jumps(pixels).mean()) < _SHARE:
        return pixels
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), _REACH), np.uint8)


def _jumps(pixels: NDArray[np.uint8]) -> NDArray[np.bool_]:
    return np.asarray(np.abs(np.diff(pixels[:, :, 1].astype(np.int16), axis=1)) > _JUMP)
