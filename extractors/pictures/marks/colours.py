"""The colours of a page's lines: of their ground, and how far it scatters."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.read_page import Box

_AIR = 0.25
"""Heights of a line above and below it that belong to its ground: less than rows are apart."""
_INKED, _PALE = 48.0, 0.4
"""Levels, or a share of the text's contrast where toner ran low, from which on a pixel is ink and no noise."""
_SCATTER = 16
"""Levels around the commonest brightness that belong to it."""


def line_colour(image: NDArray[np.int16], box: Box) -> tuple[NDArray[np.int16], float, float]:
    """The commonest colour in *box*, how far its pixels scatter, and how far the text is from it."""
    height, width = image.shape[:2]
    x0, x1 = int(np.clip(box[0], 0, width - 1)), int(np.clip(box[2], 1, width))
    top, bottom = int(np.clip(box[1], 0, height - 1)), int(np.clip(box[3], 1, height))
    patch = image[top : max(bottom, top + 1), x0 : max(x1, x0 + 1)].reshape(-1, 3)
    air = round(_AIR * (bottom - top))  # the letters of a noisy scan fill their box more evenly than their ground does
    ground = _ground_of(image[max(0, top - air) : max(bottom, top + 1) + air, x0 : max(x1, x0 + 1)].reshape(-1, 3))
    far = np.abs(patch - ground).max(axis=1)
    around = image[max(0, top - (bottom - top) // 2) : bottom + (bottom - top) // 2, x0 : max(x1, x0 + 1)]
    # Noise is measured away from the letters: their blurred edges are no noise.
    scatter = np.abs(around - ground).max(axis=2).astype(np.uint8)
    contrast = float(np.percentile(far, 95))
    noise = next((n for most in (_PALE * contrast, _INKED) if (n := _noise_of(scatter, min(most, _INKED)))), 0.0)
    return ground, noise, contrast


def _noise_of(scatter: NDArray[np.uint8], most: float) -> float:
    """Of what is nowhere near anything further than *most* from the ground; 0 where hardly anything is."""
    blank = cv2.erode((scatter < most).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    return float(np.percentile(scatter[blank], 75)) if int(blank.sum()) >= 40 else 0.0


def grain_of(image: NDArray[np.int16], boxes: Sequence[Box]) -> float:
    """How far a pixel of blank ground is off the pixels around it: a scan's noise, and of a screen's fields next to
    nothing, whatever their colours. The median over the lines *boxes*."""
    found = []
    for x0, top, x1, bottom in boxes:
        high = bottom - top
        area = image[max(0, round(top - high / 2)) : round(bottom + high / 2), max(0, round(x0)) : round(x1)]
        if area.size:
            found.append(float(np.median(np.abs(area - cv2.blur(area, (3, 3))).max(axis=2))))
    return float(np.median(found)) if found else 0.0


def _ground_of(patch: NDArray[np.int16]) -> NDArray[np.int16]:
    """The colour of the fullest range of brightness in *patch* (n x 3), as wide as the noise of a scan scatters it.

    Noise spreads a dark ground over many cells of colour, while the letters on it are all white.
    """
    bright = patch.max(axis=1)
    counts = np.convolve(np.bincount(bright, minlength=256), np.ones(2 * _SCATTER + 1, np.int64), "same")
    near = np.abs(bright - int(counts.argmax())) <= _SCATTER
    return common_colour(patch[near])


def common_colour(patch: NDArray[np.int16]) -> NDArray[np.int16]:
    """The commonest colour of *patch* (n x 3): the middle of its fullest 16-level cell and that cell's neighbours."""
    cells = patch >> 4
    keys = cells[:, 0] * 256 + cells[:, 1] * 16 + cells[:, 2]
    counts = np.bincount(keys)
    fullest = int(counts.argmax())
    middle = np.median(patch[keys == fullest], axis=0)
    near = np.abs(patch - middle).max(axis=1) <= 12
    return np.asarray(np.median(patch[near], axis=0), dtype=np.int16)
