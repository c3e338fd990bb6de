"""Ruled lines out of the way of the readers: beside a word they are read as ``|`` or ``[``."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.ink import grey_of, paper_of

_LONG_DOWN, _LONG_ACROSS = 3.5, 8.0
"""Letter heights from which a straight line is a rule. The sides of check boxes are shorter; in a row of text the feet
of letters may touch."""
_LEAST_DOWN, _LEAST_ACROSS = 40, 80
"""Pixels; the same."""
_THICK = 0.3
"""Letter heights from which it is no line but a bar, or the stem of a large letter."""
_THICK_LEAST = 4
_LEAST_APART = 12
"""Grey levels, and half of its own difference from the paper, between a rule and what is on either side of it."""
_BLUR = 2
"""Pixels beside a line that its blurred edge reaches."""


def without_rules(
    pixels: NDArray[np.uint8], ink: NDArray[np.uint8], specks: NDArray[np.float64]
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The RGB picture and its ink with long thin straight lines, across and down, painted over in the paper's colour.

    The very same arrays where there are none.
    """
    letter = float(np.percentile(specks[:, 3] - specks[:, 1], 75)) if len(specks) else 12.0
    down, across = _lines(ink, letter, is_down=True), _lines(ink, letter, is_down=False)
    if not (down.any() or across.any()):
        return pixels, ink
    grey = grey_of(pixels)
    paper = paper_of(grey)
    rules = _on_paper(grey, paper, down) | np.ascontiguousarray(_on_paper(grey.T, paper.T, across.T).T)
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


def _on_paper(grey: NDArray[np.uint8], paper: NDArray[np.uint8], lines: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """*lines*, which run down, without those that have not their own paper on both sides along two thirds of their
    length.

    A filled chip or bar is ink as well, and what it leaves between two light letters on it is long and thin; so is the
    gap between two of them.
    """
    lines = np.ascontiguousarray(lines)
    steps = np.diff(np.pad(lines.astype(np.int8), ((0, 0), (1, 1))), axis=1)
    rows, starts = np.nonzero(steps == 1)
    stops = np.nonzero(steps == -1)[1] - 1  # the last pixel of each
    if not rows.size:
        return lines
    shades, last = grey.astype(np.int16), lines.shape[1] - 1
    middles = (starts + stops) // 2
    own = shades[rows, middles] - paper[rows, middles]
    beside = np.maximum(starts - _BLUR - 1, 0), np.minimum(stops + _BLUR + 1, last)
    sides = [np.abs(shades[rows, columns] - paper[rows, columns]) for columns in beside]
    is_apart = np.abs(own) - np.maximum(*sides) >= np.maximum(_LEAST_APART, np.abs(own) // 2)
    count, labels = cv2.connectedComponents(lines, connectivity=8)
    group = np.asarray(labels)[rows, starts]
    apart = np.bincount(group, weights=is_apart, minlength=count)
    keep = 3 * apart >= 2 * np.bincount(group, minlength=count)
    keep[0] = False
    return np.asarray(keep[labels], np.uint8)
