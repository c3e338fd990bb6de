"""Bands of a table -> rows: ruled bands that hold one row each, and open ones that anchors part."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.assign import Anchors, assign_rows, find_anchors, group_cells
from extractors.cells import Row, make_row
from extractors.glyphs import Floats, PageContent
from extractors.lines import LineLists, Lines
from extractors.model import TableModel
from extractors.startless import mend_anchors

REACH = 1.35
"""Times the usual line step: a line further below its cell than this is no part of it."""


def split_bands(lines: Lines, table: NDArray[np.int64], bounds: Floats) -> list[tuple[bool, NDArray[np.int64]]]:
    """The table's lines (indices) band by band, downwards; a closed band has a ruling above and below."""
    if not len(bounds):
        return [(False, table)] if len(table) else []
    slots = np.searchsorted(bounds, lines.middle[table])
    order = np.argsort(slots, kind="stable")
    cuts = np.flatnonzero(np.diff(slots[order])) + 1
    first = slots[order][np.concatenate(([0], cuts))] if len(table) else np.empty(0, np.int64)
    groups = np.split(table[order], cuts) if len(table) else []
    return [(0 < slot < len(bounds), group) for slot, group in zip(first.tolist(), groups, strict=True)]


def start_lines(lines: Lines, model: TableModel) -> NDArray[np.bool_]:
    """Which lines of the anchor column start a row."""
    starts = np.zeros(len(lines), np.bool_)
    match = model.anchor_type.start.match
    for i in np.flatnonzero(lines.column == model.anchor).tolist():
        starts[i] = match(lines.text[i]) is not None
    return starts


def by_column(flat: LineLists, members: NDArray[np.int64], count: int) -> list[list[int]]:
    """The lines (indices) of each of *count* columns, in order."""
    cells: list[list[int]] = [[] for _ in range(count)]
    column = flat.column
    for i in members.tolist():
        cells[column[i]].append(i)
    return cells


def closed_band(flat: LineLists, cells: list[list[int]], model: TableModel) -> tuple[Row, list[int]]:
    """A ruled band holds one row, or a piece of one, or something that is no row (a total, a remark)."""
    row = make_row(flat, cells)
    if not any(cells[j] and t.start.match(flat.text[cells[j][0]]) for j, t in model.starts()):
        row.piece = "loose"
    return row, [i for cell in cells for i in cell]


def open_band(
    lines: Lines, flat: LineLists, members: NDArray[np.int64], model: TableModel, header_bottom: float
) -> list[tuple[Row, list[int]]]:
    """Rows by anchors. The first and the last row reach only as far as their lines follow closely."""
    band = lines.select(members)
    near = 0.4 * model.height
    anchors, startless = mend_anchors(band, find_anchors(band, model.anchor, model.anchor_type), model, near)
    count = len(anchors.blocks)
    if not count:
        # A page without any row start can only go on with the row before, from where the table begins on a page.
        begins = max(header_bottom, (model.body_top or -np.inf) - model.line_step)
        reachable = band.top.min() <= begins + model.row_step + 2 * model.line_step
        piece = _piece(band, np.arange(len(band) if reachable else 0), model, header_bottom, begins, away_up=False)
        return [_loose(lines, flat, members[piece], model)] if len(piece) else []
    rows, stray = assign_rows(band, anchors, model.alignment, near)
    found: list[tuple[Row, list[int]]] = []
    if model.alignment == "top":
        above = _piece(band, np.flatnonzero(rows < 0), model, header_bottom, float(anchors.first[0]), away_up=True)
        found += [_loose(lines, flat, members[above], model)] if len(above) else []
    below = np.flatnonzero(rows >= count)
    rows = _cut_reach(band, rows, anchors, model)
    doubtful = frozenset(members[stray].tolist())
    numbers = members.tolist()
    for k, cells in enumerate(group_cells(band, rows, count, len(model.columns))):
        mine = [[numbers[i] for i in cell] for cell in cells]
        found.append((make_row(flat, mine, doubtful), [i for cell in mine for i in cell]))
        found[-1][0].is_startless = k in startless
    if model.alignment == "bottom":
        begun = _piece(band, below, model, -np.inf, float(anchors.last[-1]), away_up=False)
        found += [_loose(lines, flat, members[begun], model)] if len(begun) else []
    return found


def above_rulings(
    lines: Lines, flat: LineLists, members: NDArray[np.int64], content: PageContent, model: TableModel, first: float
) -> list[tuple[Row, list[int]]]:
    """Text outside the outermost rulings is titles and page numbers, but for the rest of a row at the very top:
    browsers draw no border above it, only the columns' vertical ones beside it."""
    upper = members[lines.bottom[members] < first]
    if not len(upper):
        return []
    vertical = content.rulings.vertical
    if len(vertical):
        y = float(lines.middle[upper].min())
        beside = vertical[(vertical[:, 0] <= y) & (vertical[:, 1] >= y)]
        if len(np.unique(np.round(beside[:, 2]))) < 3:
            return []
    band = lines.select(upper)
    piece = _piece(band, np.arange(len(band)), model, -np.inf, first, away_up=True)
    return [_loose(lines, flat, upper[piece], model)] if len(piece) == len(band) else []


def _loose(lines: Lines, flat: LineLists, index: NDArray[np.int64], model: TableModel) -> tuple[Row, list[int]]:
    row = make_row(flat, by_column(flat, index, len(model.columns)))
    row.piece = "loose"
    return row, index.tolist()


def _cut_reach(band: Lines, rows: NDArray[np.int64], anchors: Anchors, model: TableModel) -> NDArray[np.int64]:
    """Drop lines of the page's first (last) row that stand too far from it: titles above, remarks below."""
    rows = rows.copy()
    step = REACH * model.line_step
    last = len(anchors.blocks) - 1
    below = np.flatnonzero(rows == last)
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


def _piece(
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
