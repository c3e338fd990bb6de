"""Lines that may be in the wrong row: where rows are too low for their text, it stands among that of the next one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from extractors.assign import Anchors
from extractors.lines import Ints, Lines

_USUAL = 0.9
"""Share of a column's cells on a page that stand as the alignment says, before one that does not is doubtful."""
_ENOUGH = 5
"""Cells of a column on a page that say what is usual."""

_MANY = 0.1
"""Share of a page's lines that are printed over others."""


def astray(
    band: Lines, rows: Ints, anchors: Anchors, alignment: str, near: float, is_broken: bool
) -> NDArray[np.bool_]:
    """Lines of cells that do not begin (in top-aligned rows) or end (in bottom-aligned ones) where their row's anchor
    does, in columns whose cells do: they may be of the next row, whose cell then lacks them. Both are doubtful.

    *rows* is the row of every line; lines are *near* each other where their middles are. *is_broken*: the page's end
    cut the last row, which tells nothing.
    """
    count = len(anchors.blocks) - is_broken
    odd = np.zeros(len(band), np.bool_)
    used = np.flatnonzero((rows >= 0) & (rows < count))
    if alignment == "middle" or not len(used):
        return odd
    key = band.column[used] * count + rows[used]
    order = np.lexsort((band.middle[used], key))
    used, key = used[order], key[order]
    change = np.flatnonzero(np.diff(key))
    at = np.append(0, change + 1) if alignment == "top" else np.append(change, len(key) - 1)
    column, row = np.divmod(key[at], count)
    level = anchors.first_level if alignment == "top" else anchors.last_level
    stands = np.abs(band.middle[used[at]] - level[row]) <= near
    if stands.all():
        return odd
    cells = np.bincount(column)
    usual = (np.bincount(column, stands) >= _USUAL * cells) & (cells >= _ENOUGH)
    odd[used] = np.isin(key, key[at][~stands & usual[column]])
    return odd | beside_cells(band, np.where(rows < count, rows, -1), odd, (-1,) if alignment == "top" else (1,), count)


def beside_astray(band: Lines, rows: Ints, odd: NDArray[np.bool_], near: float, count: int) -> NDArray[np.bool_]:
    """Lines of the two cells above and below one with *odd* lines, where each stands no further than *near* from the
    next: of centred cells one that does not stand where its row does may have given it lines, or taken theirs, and a
    cell that lost a line to either side stands right."""
    found = odd & (rows >= 0)
    if not found.any():
        return found
    for _ in range(2):
        cells = found | beside_cells(band, rows, found, (0,), count)
        for i in np.flatnonzero(beside_cells(band, rows, cells, (-1, 1), count) & ~cells).tolist():
            column = band.column == band.column[i]
            found[i] = (cells & column & (np.abs(band.middle - band.middle[i]) <= near)).any()
    return found


def mixed_cells(lines: Lines, row: Ints, count: int, near: float) -> NDArray[np.bool_]:
    """Lines that touch a line of the row above or below in which other text is printed over the own: each of the two
    may hold what is the other's; where that is so in many places, any line may be in the wrong row. *row* is the row of
    every line (-1: none) among *count*."""
    mixed = lines.overprinted & ~lines.crossed
    if np.count_nonzero(mixed) > _MANY * np.count_nonzero(row >= 0):
        return np.asarray(row >= 0)
    beside = beside_cells(lines, row, mixed, (-1, 1), count)
    for i in np.flatnonzero(beside).tolist():
        touching = (lines.top < lines.bottom[i] + near) & (lines.bottom > lines.top[i] - near)
        beside[i] = (mixed & touching & (lines.column == lines.column[i])).any()
    return beside


def beside_cells(
    lines: Lines, row: Ints, odd: NDArray[np.bool_], steps: Sequence[int], count: int
) -> NDArray[np.bool_]:
    """The lines of the cells so many *steps* below those of the *odd* lines, in the same column; *row* is the row of
    every line (-1: none) among *count*."""
    source = odd & (row >= 0)
    if not source.any():
        return np.zeros(len(lines), np.bool_)
    found = np.zeros(len(lines), np.bool_)
    for step in steps:
        there = source & (row + step >= 0) & (row + step < count)
        found |= np.isin(lines.column * count + row, (lines.column * count + row + step)[there])
    return found & (row >= 0)
