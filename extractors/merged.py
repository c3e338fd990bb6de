"""Cells printed once for several rows: the rule that parts the rows is not drawn across their column. Which of the rows
the value is of cannot be told by where it stands, so each of them is named."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats
from extractors.lines import Ints, Lines
from extractors.model import TableModel
from extractors.read_page import PageIssue, ReadPage
from records.issues import Severity

_AT = (0.25, 0.5, 0.75)
"""Shares of a column's width: where none of these points has a rule, none is drawn across the column."""
_SAME = 1.5
"""Points between a rule and the height at which the others are drawn."""

_MERGED = "The cell is one with those above or below it: its value is printed once for several rows."


def merged_cells(
    lines: Lines, row_of: Ints, bands: Ints, bounds: Floats, horizontal: Floats, model: TableModel
) -> frozenset[tuple[int, int]]:
    """(row, column) of every cell that no rule parts from a neighbour in its column, where one of them is blank;
    where all are, the value may stand on the page before or after.

    *row_of* is the row of each line, *bands* for each row the number of the *bounds* above it; *horizontal* are the
    page's rulings.
    """
    next_to = np.flatnonzero(bands[1:] - bands[:-1] == 1)
    inner = bands[next_to + 1] - 1
    if not len(inner):
        return frozenset()
    drawn = _drawn(bounds, horizontal, model.edges)
    open_pairs = ~drawn[inner] & drawn.any(axis=0)
    if not open_pairs.any():
        return frozenset()
    filled = np.zeros((len(bands), len(model.columns)), np.bool_)
    in_row = (row_of >= 0) & (lines.column >= 0) & (lines.column < len(model.columns))
    filled[row_of[in_row], lines.column[in_row]] = True
    found: set[tuple[int, int]] = set()
    for j in np.flatnonzero(open_pairs.any(axis=0)).tolist():
        upper = next_to[open_pairs[:, j]]
        for group in np.split(upper, np.flatnonzero(np.diff(upper) > 1) + 1):
            rows = [*group.tolist(), int(group[-1]) + 1]
            is_at_break = rows[0] == 0 or rows[-1] == len(bands) - 1
            if (is_at_break or filled[rows, j].any()) and not filled[rows, j].all():
                found |= {(row, j) for row in rows}
    return frozenset(found)


def _drawn(bounds: Floats, horizontal: Floats, edges: Floats) -> NDArray[np.bool_]:
    """Shape (bounds, columns): whether a rule is drawn across the column at that height."""
    drawn = np.zeros((len(bounds), len(edges) - 1), np.bool_)
    at = np.searchsorted((bounds[1:] + bounds[:-1]) / 2, horizontal[:, 2])
    near = np.abs(bounds[at] - horizontal[:, 2]) <= _SAME
    at, x0, x1 = at[near], horizontal[near, 0], horizontal[near, 1]
    widths = edges[1:] - edges[:-1]
    points = [edges[:-1] + share * widths for share in _AT]
    is_whole = (x0 <= points[0][0]) & (x1 >= points[-1][-1])  # most are: across all columns
    drawn[at[is_whole]] = True
    at, x0, x1 = at[~is_whole], x0[~is_whole], x1[~is_whole]
    for x in points if len(at) else ():
        rule, column = np.nonzero((x0[:, None] <= x) & (x1[:, None] >= x))
        drawn[at[rule], column] = True
    return drawn


def merged_issues(page: ReadPage) -> list[PageIssue]:
    """The issues of the page's merged cells."""
    merged = page.grid.merged if page.grid is not None else frozenset()
    if not merged:
        return []
    place = {row.number: i for i, row in enumerate(page.rows) if row.piece == "whole"}
    told = sorted((place[number], j) for number, j in merged if number in place)
    return [PageIssue("cell_merged", Severity.DOUBT, _MERGED, i, j) for i, j in told]
