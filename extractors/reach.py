"""How far a row reaches: lines that follow it closely are of it, titles and remarks are not."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.assign import Anchors
from extractors.glyphs import Floats
from extractors.lines import Lines
from extractors.model import TableModel

REACH = 1.35
"""Times the usual line step: a line further below its cell than this is no part of it."""


def cut_reach(
    band: Lines, rows: NDArray[np.int64], anchors: Anchors, model: TableModel, is_closed: bool
) -> NDArray[np.int64]:
    """Drop lines of the page's first (last) row that stand too far from it: titles above, remarks below. Where a ruling
    below the band parts the last row from the next (*is_closed*), no remark stands between the two."""
    rows = rows.copy()
    step = REACH * model.line_step
    last = len(anchors.blocks) - 1
    below = np.flatnonzero((rows == last) & ~is_closed)
    _drop_beyond(rows, below, band.bottom[below], float(anchors.last[last]), step, downwards=True)
    above = np.flatnonzero(rows == 0)
    _drop_beyond(rows, above, band.bottom[above], float(anchors.first[0]), step, downwards=False)
    return rows


def _drop_beyond(
    rows: NDArray[np.int64], index: NDArray[np.int64], y: Floats, start: float, step: float, downwards: bool
) -> None:
    """Walk away from the anchor; the first step that is too long ends the row."""
    sign = 1.0 if downwards else -1.0
    order = np.argsort(sign * y)
    at = start
    ended = False
    for k in order.tolist():
        if sign * (y[k] - start) <= 0:
            continue
        ended = ended or sign * (y[k] - at) > step
        if ended:
            rows[index[k]] = -9
        else:
            at = y[k]


def piece_beside(
    band: Lines, index: NDArray[np.int64], model: TableModel, header_bottom: float, limit: float, away_up: bool
) -> NDArray[np.int64]:
    """Those of the lines without an anchor that look like a piece of a row: close together, inside their columns,
    below the page's header and next to the table: upwards (*away_up*) or downwards from the height *limit*."""
    index = index[band.bottom[index] > header_bottom]
    y = band.bottom[index]
    kept: list[int] = []
    at = limit
    for k in np.argsort(-y if away_up else y).tolist():  # the run of lines that touches the table
        if abs(at - y[k]) > (REACH * model.line_step if kept else model.row_step) + 0.5:
            break
        kept.append(int(index[k]))
        at = y[k]
    index = np.array(sorted(kept), np.int64)
    return index[:0] if band.crossed[index].any() else index
