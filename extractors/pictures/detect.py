"""Where lines of text are: the detector's boxes, and what it missed though it looks like a line of letters."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures import rapid
from extractors.pictures.ink import chain

_LETTER = 12.0
"""Height in pixels that small letters are reduced to for the detector. It finds lines well from 8 pixels up, and its
time and memory grow with the area."""
_SMALLEST_LETTER = 7.0
"""Smaller ones are enlarged."""
_BAND_PIXELS = 1_000_000
"""Of one call of the detector: about 300 MB. Larger pages are shown in bands, parted where nothing is written."""
_COVERED = 0.3
"""Share of a row of letters from which the detector has seen it."""


def find_lines(pixels: NDArray[np.uint8], ink: NDArray[np.uint8], specks: NDArray[np.float64]) -> NDArray[np.float64]:
    """Boxes (n x 4: x0, top, x1, bottom) of lines of text in an upright picture, in no order; its ink and letters are
    given.

    Without the detector the rows of letters alone.
    """
    rows = chain(specks, ink.shape)
    if not rapid.is_there():
        return rows
    scale = _scale(specks)
    found = [np.zeros((0, 4))]
    for top, bottom in _bands(ink, max(64, int(_BAND_PIXELS / scale**2 / ink.shape[1]))):
        columns = np.flatnonzero(ink[top:bottom].any(axis=0))
        if len(columns) == 0:
            continue
        left, right = max(0, int(columns[0]) - 16), min(ink.shape[1], int(columns[-1]) + 17)
        boxes = rapid.detect(_scaled(pixels[top:bottom, left:right], scale)) / scale
        found.append(boxes + np.array((left, top, left, top)))
    lines = np.concatenate(found)
    missed = [row for row in rows if _share_covered(row, lines) < _COVERED]
    return np.concatenate((lines, np.array(missed))) if missed else lines


def _scale(specks: NDArray[np.float64]) -> float:
    """By what the page is scaled for the detector: told by its smaller letters."""
    if len(specks) == 0:
        return 1.0
    small = float(np.percentile(specks[:, 3] - specks[:, 1], 25))
    if small < _SMALLEST_LETTER:
        return min(2.0, _SMALLEST_LETTER / small)
    return max(0.25, min(1.0, _LETTER / small))


def _scaled(part: NDArray[np.uint8], scale: float) -> NDArray[np.uint8]:
    if scale == 1.0:
        return part
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(part, None, fx=scale, fy=scale, interpolation=how), np.uint8)


def _bands(ink: NDArray[np.uint8], most: int) -> list[tuple[int, int]]:
    """First and one-past-last row of bands of at most *most* rows, cut where the fewest ink is."""
    height = len(ink)
    weight = ink.sum(axis=1, dtype=np.int64)
    # The middle of a blank stretch is a better cut than its edge.
    smooth = np.convolve(weight, np.ones(9), mode="same")
    bands, top = [], 0
    while height - top > most:
        lowest = top + most // 2
        cut = lowest + most - most // 2 - 1 - int(np.argmin(smooth[lowest : top + most][::-1]))
        bands.append((top, cut))
        top = cut
    return [*bands, (top, height)]


def _share_covered(row: NDArray[np.float64], lines: NDArray[np.float64]) -> float:
    """How much of a row of letters lies in boxes of the detector, as a share of its width."""
    x0, top, x1, bottom = row
    middle = (top + bottom) / 2
    over = lines[(lines[:, 1] <= middle) & (lines[:, 3] >= middle)]
    shared = np.minimum(over[:, 2], x1) - np.maximum(over[:, 0], x0)
    return float(shared[shared > 0].sum() / max(1.0, x1 - x0))
