"""Ruled lines out of the way of the readers: beside a word they are read as ``|`` or ``[``."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.ink import paper_of

_LONG_DOWN, _LONG_ACROSS = 3.5, 8.0
"""Letter heights from which a straight line is a rule. The sides of check boxes are shorter; in a row of text the feet
of letters may touch."""
_LEAST_DOWN, _LEAST_ACROSS = 40, 80
"""Pixels; the same."""
_THICK = 0.3
"""Letter heights from which it is no line but a bar, or the stem of a large letter."""
_THICK_LEAST = 4
_BLUR = 2
"""Pixels beside a line that its blurred edge reaches."""


def without_rules(
    pixels: NDArray[np.uint8], ink: NDArray[np.uint8], specks: NDArray[np.float64]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The RGB picture and its ink with long thin straight lines, across and down, painted over in the paper's colour.

    The very same arrays where there are none.
    """
    letter = float(np.percentile(specks[:, 3] - specks[:, 1], 75)) if len(specks) else 12.0
    rules = _lines(ink, letter, is_down=True) | _lines(ink, letter, is_down=False)
    if not rules.any():
        return pixels, ink
    mask = cv2.dilate(rules, np.ones((2 * _BLUR + 1, 2 * _BLUR + 1), np.uint8)).astype(np.bool_)
    cleaned = pixels.copy()
    cleaned[mask] = paper_of(pixels)[mask]
    return cleaned, np.where(mask, 0, ink).astype(np.uint8)


def _lines(ink: NDArray[np.uint8], letter: float, is_down: bool) -> NDArray[np.uint8]:
    """1 on long thin lines in one direction."""
    turned = np.ascontiguousarray(ink if is_down else ink.T)
    least, long = (_LEAST_DOWN, _LONG_DOWN) if is_down else (_LEAST_ACROSS, _LONG_ACROSS)
    length, thick = max(least, round(long * letter)), max(_THICK_LEAST, round(_THICK * letter))
    runs = cv2.morphologyEx(turned, cv2.MORPH_OPEN, np.ones((length, 1), np.uint8))
    bars = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, thick + 1), np.uint8))
    thin = np.where(cv2.dilate(bars, np.ones((1, 3), np.uint8)) > 0, 0, runs).astype(np.uint8)
    return thin if is_down else np.ascontiguousarray(thin.T)
