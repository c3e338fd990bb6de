"""Titles and subtotals between the rows of an unruled table: a text over several columns, alone at its height, further
from what stands above and below than lines of one cell are. It is of no row. One that is no wider than its column may
be the first line of a cell, and stays where it is."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.lines import Ints, Lines
from extractors.model import TableModel
from records.headers import canonical_field

_PROSE = frozenset({"reason", "filters", "text_prompt", "moderation"})
"""Fields whose values have paragraphs with blank lines between."""
_WORD = 0.5
"""Of the glyph height: a space between two words at most."""
_FAR = 1.2
"""Of the step between lines of one cell: what stands further apart is of two cells."""


def between_rows(lines: Lines, table: Ints, starts: NDArray[np.bool_], model: TableModel, step: float) -> Ints:
    """Which of the lines *table* (indices) are titles between rows; *starts* marks the lines that start rows, *step* is
    that from one line of a cell to the next. What a page break may have cut, above the first start and below the last
    one, is none."""
    begun = np.sort(lines.middle[table[starts[table]]])
    if len(begun) < 2:
        return table[:0]
    order = table[np.argsort(lines.middle[table], kind="stable")]
    middle = lines.middle[order]
    groups = np.split(order, np.flatnonzero(np.diff(middle) > 0.3 * model.height) + 1)
    level = [float(lines.middle[group].mean()) for group in groups]
    tops = [float(lines.top[group].min()) for group in groups]
    bottoms = [float(lines.bottom[group].max()) for group in groups]
    found: list[int] = []
    for k in range(1, len(groups) - 1):
        group = groups[k]
        if not begun[0] < level[k] < begun[-1] or starts[group].any():
            continue
        if level[k] - level[k - 1] <= _FAR * step or level[k + 1] - level[k] <= _FAR * step:
            continue
        if bottoms[k - 1] > tops[k] or tops[k + 1] < bottoms[k]:
            continue
        if _is_one_text(lines, group, _WORD * model.height) and not _is_prose(model, int(lines.column[group].min())):
            found += group.tolist()
    return np.array(sorted(found), np.int64)


def _is_one_text(lines: Lines, group: Ints, space: float) -> bool:
    """Whether the lines at one height are pieces of one text that column edges cut, through a word or at a *space*
    (points)."""
    if len(group) < 2:
        return False
    across = group[np.argsort(lines.x0[group])]
    near = lines.x0[across[1:]] - lines.x1[across[:-1]] <= space
    return bool((near | (lines.crossed[across[1:]] & lines.crossed[across[:-1]])).all())


def _is_prose(model: TableModel, column: int) -> bool:
    name = model.columns[column].name if column < len(model.columns) else None
    return name is None or canonical_field(name) in _PROSE
