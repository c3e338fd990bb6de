"""Lines that dirt on the glass of a scanner's feeder draws down every page: taken out before any reader looks.

They run straight down the page as it was scanned, from edge to edge, through letters and boxes alike. Painted over in
the paper's colour they would take what is below them along, and one letter less is another word to both readers. What
stood there is told by the pixels beside them: a stroke that goes in at the left and comes out at the right runs on.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.ink import grey_of

_WIDEST = 5
"""Pixels across, blurred edges included."""
_BESIDE = 4
"""Pixels from the middle of a streak to what is beside it."""
_APART, _EDGES = 12, 0.25
"""Grey levels by which a streak stands out from what is beside it; share of its length along which its edges do."""
_LONG, _END = 0.6, 0.03
"""Share of the page's height along which it is to be seen, and share of it at both ends: a ruling ends before them."""
_EVERY = 3
"""Rows of which one is looked at to find them."""
_CROSSED = 8
"""Rows in which it runs through letters: a line beside the text is left to :mod:`extractors.pictures.rules`."""
_FAR = 14
"""Pixels to either side all along which ink is no letter but a ruling across."""
_INK = 50
"""Grey levels from the paper, of letters."""


def without_streaks(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """*pixels* (height x width x 3) without such lines, down or across; the very same where there are none."""
    grey = grey_of(pixels)
    down, across = _streaks(grey), _streaks(np.ascontiguousarray(grey.T))
    if not (down or across):
        return pixels
    cleaned = pixels.copy()
    for first, stop in down:
        _bridge(cleaned, first, stop)
    for first, stop in across:
        _bridge(cleaned.transpose(1, 0, 2), first, stop)
    return cleaned


def _streaks(grey: NDArray[np.uint8]) -> list[tuple[int, int]]:
    """First and one-past-last column of every streak that runs down through letters."""
    if grey.shape[1] <= 4 * _FAR or grey.shape[0] < 20 * _CROSSED:
        return []
    some = grey[::_EVERY].astype(np.int16)
    left, own, right = some[:, : -2 * _BESIDE], some[:, _BESIDE:-_BESIDE], some[:, 2 * _BESIDE :]
    found: list[tuple[int, int]] = []
    for apart in (np.minimum(left, right) - own, own - np.maximum(left, right)):
        is_apart = apart > _APART
        share = is_apart.mean(axis=0)
        end = max(1, round(_END * len(some)))
        is_whole = np.minimum(is_apart[:end].mean(axis=0), is_apart[-end:].mean(axis=0)) >= _LONG
        for column in np.flatnonzero((share >= _LONG) & is_whole).tolist():
            if not found or column + _BESIDE >= found[-1][1]:
                found.append(_reach(share, column))
    return [(first, stop) for first, stop in found if stop - first <= _WIDEST and _is_crossed(grey, first, stop)]


def _reach(share: NDArray[np.float64], column: int) -> tuple[int, int]:
    """The columns of the streak that *column* is of, with its blurred edges, in columns of the page."""
    first = stop = column
    while first > 0 and share[first - 1] >= _EDGES:
        first -= 1
    while stop < len(share) and share[stop] >= _EDGES:
        stop += 1
    return first + _BESIDE, stop + _BESIDE


def _is_crossed(grey: NDArray[np.uint8], first: int, stop: int) -> bool:
    """Whether ink goes through it that is no ruling across."""
    if first < _FAR or stop + _FAR > grey.shape[1]:
        return False
    paper = int(np.median(grey[:, first - _FAR : stop + _FAR]))
    near = np.abs(grey[:, first - _FAR : stop + _FAR].astype(np.int16) - paper) > _INK
    before, behind = near[:, :_FAR], near[:, -_FAR:]
    through = before[:, -1] & behind[:, 0] & ~(before.all(axis=1) & behind.all(axis=1))
    return int(through.sum()) >= _CROSSED


def _bridge(pixels: NDArray[np.uint8], first: int, stop: int) -> None:
    """Every row of the columns from *first* to *stop* goes from what is at their left to what is at their right."""
    before, behind = (pixels[:, column].astype(np.float32) for column in (first - 1, stop))
    for step, column in enumerate(range(first, stop), start=1):
        share = step / (stop - first + 1)
        pixels[:, column] = np.rint(before * (1 - share) + behind * share)
