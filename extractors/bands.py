"""Ruled rows: the horizontal rulings and fill edges that part one row from the next."""

from __future__ import annotations

import numpy as np

from extractors.glyphs import Floats, Rulings
from extractors.model import TableModel

_COVER = 0.6
"""Share of the table's width that rulings at one height must cover to part rows; cell borders come in pieces."""
_SAME = 1.5
"""Points: rulings closer than this are the two edges of one border."""


def row_bands(rulings: Rulings, model: TableModel) -> Floats:
    """Heights of the rulings that part rows on a page, ascending; empty on a page without any."""
    left, right = model.columns[0].left, model.columns[-1].right
    lines = rulings.horizontal
    if not len(lines):
        return np.empty(0)
    x0, x1 = np.clip(lines[:, 0], left, right), np.clip(lines[:, 1], left, right)
    keep = x1 > x0
    x0, x1, y = x0[keep], x1[keep], lines[keep, 2]
    if not len(y):
        return np.empty(0)
    order = np.argsort(y, kind="stable")
    x0, x1, y = x0[order], x1[order], y[order]
    group = np.concatenate(([0], np.cumsum(y[1:] - y[:-1] > _SAME)))
    needed = _COVER * (right - left)
    first = np.concatenate(([0], np.flatnonzero(group[1:] != group[:-1]) + 1))
    longest = np.maximum.reduceat(x1 - x0, first)
    total = np.add.reduceat(x1 - x0, first)
    middle = np.add.reduceat(y, first) / np.diff(np.append(first, len(y)))
    parts = longest >= needed
    for g in np.flatnonzero(~parts & (total >= needed)).tolist():  # borders in pieces, which may overlap
        members = group == g
        parts[g] = _covered(x0[members], x1[members]) >= needed
    return np.asarray(middle[parts], np.float64)


def _covered(x0: Floats, x1: Floats) -> float:
    """Length of the union of the intervals."""
    order = np.argsort(x0)
    ends = np.maximum.accumulate(x1[order])
    starts = x0[order]
    gaps = np.maximum(starts[1:] - ends[:-1], 0).sum() if len(starts) > 1 else 0.0
    return float(ends[-1] - starts[0] - gaps)
