"""Lines below a table that look like the beginning of a row: the date of a print in the place of a time."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractors.cells import Row

_LEAST = 3
"""Rows of a page, and cells of each of them, that show how its rows are printed."""
_FAR = 1.25
"""Times the widest step between two rows of the page, or between the lines of the table where it holds few."""


def is_lone(rows: Sequence[Row], row_step: float) -> bool:
    """Whether the last of a page's *rows* is none: it holds one cell, all the others hold more, and it stands further
    below them than they do below each other, or beside all that they print in its column. *row_step* (points): the
    widest one that is usual between two lines of the table."""
    *others, last = rows
    if len(last.filled) != 1 or any(len(row.filled) < _LEAST for row in others):
        return False
    [column] = last.filled
    own, above = last.cells[column], [cell for row in others if (cell := row.cells[column])]
    if own and above and (own.x0 > max(cell.x1 for cell in above) or own.x1 < min(cell.x0 for cell in above)):
        return True
    tops = [row.top for row in rows]
    steps = [below - above for above, below in pairwise(tops)]
    return steps[-1] > _FAR * (max(steps[:-1]) if len(others) >= _LEAST else row_step)
