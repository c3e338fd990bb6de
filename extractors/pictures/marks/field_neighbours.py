"""Whether the fields beside a column of empty ones are those that are ticked: the sides of tall boxes look like rules,
and part the fields that the boxes are printed in."""

from __future__ import annotations

import numpy as np

from extractors.pictures.marks.form_cells import Cell
from extractors.pictures.marks.ground import Ground

_MANY = 0.3
"""Share of the rows beside whose field something must stand."""
_INKED = 0.03
"""Of the next field, from which on something stands in it."""


def has_inked_neighbour(ground: Ground, column: list[Cell], others: list[list[Cell]]) -> bool:
    """Whether columns without words among *others* touch *column*, and hold something in many rows."""
    found = 0
    for cell in column:
        middle = (cell.box[1] + cell.box[3]) / 2
        beside = [
            c
            for other in others
            if other is not column
            for c in other
            if c.box[1] <= middle <= c.box[3] and _apart(cell, c) <= 0.6 * ground.line_height
        ]
        found += any(is_inked(ground, c) for c in beside)
    return found >= _MANY * len(column)


def _apart(one: Cell, other: Cell) -> float:
    return max(one.box[0] - other.box[2], other.box[0] - one.box[2])


def is_inked(ground: Ground, cell: Cell) -> bool:
    """Whether something stands in the field *cell*, away from its lines."""
    x0, top, x1, bottom = cell.box
    inset = 0.12 * (bottom - top)
    ink = ground.ink[ground.cut((x0 + inset, top + inset, x1 - inset, bottom - inset))]
    return float(np.mean(ink > max(5.0 * ground.noise, 0.35 * ground.contrast))) >= _INKED
