"""Lines that dirt on the glass of a scanner's feeder draws down every page: taken out before any reader looks.

They run straight down the page as it was scanned, from edge to edge, through letters and boxes alike. Painted over in
the paper's colour they would take what is below them along, and one letter less is another word to both readers. What
stood there is told by the pixels beside them: a stroke that goes in at the left and comes out at the right runs on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.ink import grey_of

_WIDEST = 5
"""Pixels across, blurred edges included."""
_BESIDE = 4
"""Pixels from the middle of a streak to what is beside it."""
_APART, _EDGES = 12, 0.5
"""Grey levels by which a streak stands out from what is beside it; share of its length along which its edges do."""
_SEEN, _LONG, _END = 0.6, 0.25, 0.03
"""Share of a streak along which it is to be seen; share of the page's height that it runs down at least, and at which
of both ends it must be seen to run from edge to edge: a ruling ends before them."""
_EVERY = 3
"""Rows of which one is looked at to find them."""
_CROSSED, _LETTERS = 8, 5
"""Rows in which it runs through letters, and places, where it ends before the edges: a line beside the text is left to
:mod:`extractors.pictures.rules`."""
_PARTS = 3
"""Streaks that end before the edges: more are rulings. Across the page all of them are, or underlines."""
_RULINGS = 3
"""Rulings across that it meets before it is one of them, unless it runs from edge to edge."""
_FAR = 14
"""Pixels to either side all along which ink is no letter but a ruling across."""
_INK = 50
"""Grey levels from the paper, of letters."""


@dataclass(frozen=True, slots=True)
class _Streak:
    """Columns from *first* to before *stop*, rows from *top* to before *bottom*."""

    first: int
    stop: int
    top: int
    bottom: int
    is_whole: bool
    """It runs from edge to edge."""


def without_streaks(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """*pixels* (height x width x 3) without such lines, down or across; the very same where there are none."""
    grey = grey_of(pixels)
    down, across = _streaks(grey), [s for s in _streaks(np.ascontiguousarray(grey.T)) if s.is_whole]
    if sum(not s.is_whole for s in down) > _PARTS:
        down = [s for s in down if s.is_whole]
    if not (down or across):
        return pixels
    cleaned = pixels.copy()
    for streak in down:
        _bridge(cleaned, streak)
    for streak in across:
        _bridge(cleaned.transpose(1, 0, 2), streak)
    return cleaned


def _streaks(grey: NDArray[np.uint8]) -> list[_Streak]:
    """Every streak that runs down through letters."""
    if grey.shape[1] <= 4 * _FAR or grey.shape[0] < 20 * _CROSSED:
        return []
    some = grey[::_EVERY].astype(np.int16)
    left, own, right = some[:, : -2 * _BESIDE], some[:, _BESIDE:-_BESIDE], some[:, 2 * _BESIDE :]
    found: list[_Streak] = []
    for apart in (np.minimum(left, right) - own, own - np.maximum(left, right)):
        is_apart = apart > _APART
        share = is_apart.mean(axis=0)
        reached = -1
        for column in np.flatnonzero(share >= _SEEN * _LONG).tolist():
            if column > reached:
                streak = _streak(grey, is_apart, share, column)
                reached = column if streak is None else streak.stop
                found += [streak] if streak is not None else []
    return found


def _streak(
    grey: NDArray[np.uint8], is_apart: NDArray[np.bool_], share: NDArray[np.float64], column: int
) -> _Streak | None:
    """The streak whose first plain column is *column*, of those that are looked at; None where it is none."""
    stop = column + 1
    while stop < len(share) and stop - column <= _WIDEST and share[stop] >= _EDGES * share[column:stop].max():
        stop += 1
    best = column + int(share[column:stop].argmax())
    first = best
    while first > 0 and stop - first <= _WIDEST and share[first - 1] >= _EDGES * share[best]:
        first -= 1
    rows = np.flatnonzero(is_apart[:, best])
    # A few pixels that stand out by chance lie before it and behind it.
    top, bottom = int(np.percentile(rows, 1)), int(np.percentile(rows, 99)) + 1
    end = max(1, round(_END * len(is_apart)))
    is_whole = min(is_apart[:end, best].mean(), is_apart[-end:, best].mean()) >= _SEEN
    if stop - first > _WIDEST or bottom - top < _LONG * len(is_apart) or is_apart[top:bottom, best].mean() < _SEEN:
        return None
    rows_of = (0, len(grey)) if is_whole else (top * _EVERY, min(len(grey), bottom * _EVERY))
    streak = _Streak(first + _BESIDE, stop + _BESIDE, *rows_of, bool(is_whole))
    return streak if _is_crossed(grey, streak) else None


def _is_crossed(grey: NDArray[np.uint8], streak: _Streak) -> bool:
    """Whether ink goes through it that is no ruling across."""
    if streak.first < _FAR or streak.stop + _FAR > grey.shape[1]:
        return False
    part = grey[streak.top : streak.bottom, streak.first - _FAR : streak.stop + _FAR].astype(np.int16)
    near = np.abs(part - int(np.median(part))) > _INK
    before, behind = near[:, :_FAR], near[:, -_FAR:]
    ruled = np.asarray(before.all(axis=1) & behind.all(axis=1), np.bool_)
    through = np.asarray(before[:, -1] & behind[:, 0] & ~ruled, np.bool_)
    if int(through.sum()) < _CROSSED:
        return False
    return streak.is_whole or (_runs(through) >= _LETTERS and _runs(ruled) < _RULINGS)


def _runs(flags: NDArray[np.bool_]) -> int:
    return int((np.diff(flags.astype(np.int8), prepend=0) == 1).sum())


def _bridge(pixels: NDArray[np.uint8], streak: _Streak) -> None:
    """Every row of *streak* goes from what is at its left to what is at its right."""
    rows = slice(streak.top, streak.bottom)
    before, behind = (pixels[rows, column].astype(np.float32) for column in (streak.first - 1, streak.stop))
    for step, column in enumerate(range(streak.first, streak.stop), start=1):
        share = step / (streak.stop - streak.first + 1)
        pixels[rows, column] = np.rint(before * (1 - share) + behind * share)
