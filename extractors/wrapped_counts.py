"""Counts that do not fit their column: what stands on their next line is the rest of a number, and starts no row."""

from __future__ import annotations

import numpy as np

from extractors.lines import Ints, Lines

_REACH, _LEAST = 1.35, 1.7
"""Times the step between lines of a cell, or at least times the glyph height: what stands further below is of another
cell. Where rows stand closer than lines do, the step that is known is that of rows."""
_ROUNDING = 0.05


def rests_of_counts(lines: Lines, column: int, step: float, height: float, widest: float = 0.0) -> Ints:
    """The lines (indices) of a *column* of counts that are the rest of the number right above; see
    :func:`broken_counts`."""
    return np.sort(broken_counts(lines, column, step, height, widest)[:, 1])


def broken_counts(lines: Lines, column: int, step: float, height: float, widest: float = 0.0) -> Ints:
    """The lines (indices, shape (n, 2)) of a *column* of counts of which the second is the rest of the first: that
    takes all of the column's width (*widest*: that of its widest line on other pages), and has as many digits or more.
    *step* is that from one line of a cell to the next, *height* that of glyphs, in points."""
    mine = np.flatnonzero(lines.column == column)
    mine = mine[np.argsort(lines.middle[mine], kind="stable")]
    width = lines.x1[mine] - lines.x0[mine]
    widest = max(widest, float(width.max(initial=0.0)))
    is_near = np.diff(lines.middle[mine]) <= max(_REACH * step, _LEAST * height)
    is_full = width[:-1] + lines.first_width[mine[1:]] > widest + _ROUNDING
    found = []
    for k in np.flatnonzero(is_near & is_full).tolist():
        upper, lower = lines.text[mine[k]], lines.text[mine[k + 1]]
        if upper.isdecimal() and lower.isdecimal() and len(lower) <= len(upper):
            found.append((mine[k], mine[k + 1]))
    return np.array(found, np.int64).reshape(-1, 2)
