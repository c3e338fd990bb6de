"""Bands of a table -> rows: ruled bands that hold one row each, and open ones that anchors part."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.assign import assign_rows, find_anchors
from extractors.bands import row_bands
from extractors.glyphs import Floats, PageContent
from extractors.grid import Grid
from extractors.lines import Ints, LineLists, Lines
from extractors.model import TableModel
from extractors.reach import cut_reach, piece_beside
from extractors.startless import mend_anchors


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
    starts[[block[0] for block in find_anchors(lines, model.anchor, model.anchor_type).blocks]] = True
    return starts


def by_column(flat: LineLists, members: NDArray[np.int64], count: int) -> list[list[int]]:
    """The lines (indices) of each of *count* columns, in order."""
    cells: list[list[int]] = [[] for _ in range(count)]
    column = flat.column
    for i in members.tolist():
        cells[column[i]].append(i)
    return cells


def find_rows(
    lines: Lines, table: Ints, content: PageContent, model: TableModel, header_bottom: float
) -> tuple[Grid, int]:
    """The rows that the page's lines *table* (indices) make, downwards, and how many of the lines start one."""
    bounds = row_bands(content.rulings, model) if model.is_ruled else np.empty(0)
    is_start = start_lines(lines, model)
    slot = np.searchsorted(bounds, lines.middle[table])
    starts = np.bincount(slot[is_start[table]], minlength=len(bounds) + 1)
    is_closed = np.zeros(len(bounds) + 1, np.bool_)
    is_closed[1:-1] = True
    alone = (is_closed & (starts <= 1))[slot]
    key = np.full(len(lines), -1)  # ascending downwards: the band, and the row in it
    many = len(lines) + 1
    key[table[alone]] = slot[alone] * many
    begun = _begun(lines, table[alone], slot[alone], is_start, model)
    pieces = {int(k) * many: ("whole" if k in begun else "loose") for k in np.unique(slot[alone]).tolist()}
    startless: set[int] = set()
    doubtful = np.zeros(len(lines), np.bool_)
    for k in np.unique(slot[~alone]).tolist():
        members = table[slot == k]
        if starts[k] or not len(bounds):
            band = open_band(lines, members, model, header_bottom)
        else:
            band = above_rulings(lines, members, content, model, float(bounds[0]))
        used = band.row >= 0
        key[members[used]] = k * many + band.row[used]
        pieces |= {k * many + n: piece for n, piece in enumerate(band.pieces)}
        startless |= {k * many + n for n in band.startless}
        doubtful[members] = band.doubtful
    in_row = key >= 0
    row_of = np.full(len(lines), -1)
    keys, row_of[in_row] = np.unique(key[in_row], return_inverse=True)
    grid = Grid(lines, row_of, doubtful, model)
    grid.add_rows([pieces[n] for n in keys.tolist()], [n in startless for n in keys.tolist()])
    return grid, int(starts.sum())


def _begun(lines: Lines, index: Ints, slot: Ints, is_start: NDArray[np.bool_], model: TableModel) -> set[int]:
    """Which slots of one row each hold its start: the first line of a column that all rows fill. The others hold a
    piece of a row, or something that is no row (a total, a remark). *slot* is that of each line of *index*."""
    begun: set[int] = set()
    typed = dict(model.starts())
    if model.anchor in typed:
        of_anchor = lines.column[index] == model.anchor
        slots, first = np.unique(slot[of_anchor], return_index=True)
        begun = set(slots[is_start[index[of_anchor][first]]].tolist())
    for k in set(slot.tolist()) - begun:
        seen: set[int] = set()
        for i in index[slot == k].tolist():
            j = int(lines.column[i])
            if j not in seen and j in typed and typed[j].start.match(lines.text[i]):
                begun.add(k)
            seen.add(j)
    return begun


@dataclass(frozen=True, slots=True)
class BandRows:
    """The rows of one band: the row of each of its lines (-1: none), what each row is, which of them lack their start,
    and which lines are doubtful."""

    row: Ints
    pieces: list[str]
    startless: frozenset[int]
    doubtful: NDArray[np.bool_]


def open_band(lines: Lines, members: Ints, model: TableModel, header_bottom: float) -> BandRows:
    """Rows by anchors. The first and the last row reach only as far as their lines follow closely."""
    band = lines.select(members)
    near = 0.4 * model.height
    anchors, startless = mend_anchors(band, find_anchors(band, model.anchor, model.anchor_type), model, near)
    count = len(anchors.blocks)
    if not count:
        # A page without any row start can only go on with the row before, from where the table begins on a page.
        begins = max(header_bottom, (model.body_top or -np.inf) - model.line_step)
        reachable = band.top.min() <= begins + model.row_step + 2 * model.line_step
        piece = piece_beside(
            band, np.arange(len(band) if reachable else 0), model, header_bottom, begins, away_up=False
        )
        return _loose(len(band), piece)
    rows, stray = assign_rows(band, anchors, model.alignment, near)
    above = begun = np.empty(0, np.int64)
    if model.alignment == "top":
        above = piece_beside(
            band, np.flatnonzero(rows < 0), model, header_bottom, float(anchors.first[0]), away_up=True
        )
    if model.alignment == "bottom":
        below = np.flatnonzero(rows >= count)
        begun = piece_beside(band, below, model, -np.inf, float(anchors.last[-1]), away_up=False)
    rows = cut_reach(band, rows, anchors, model)
    first = 1 if len(above) else 0
    row = np.where((rows >= 0) & (rows < count), rows + first, -1)
    row[above], row[begun] = 0, first + count
    pieces = [*["loose"] * first, *["whole"] * count, *["loose"] * bool(len(begun))]
    return BandRows(row, pieces, frozenset(k + first for k in startless), stray)


def above_rulings(lines: Lines, members: Ints, content: PageContent, model: TableModel, first: float) -> BandRows:
    """Text outside the outermost rulings is titles and page numbers, but for the rest of a row at the very top:
    browsers draw no border above it, only the columns' vertical ones beside it."""
    none = _loose(len(members), np.empty(0, np.int64))
    upper = np.flatnonzero(lines.bottom[members] < first)
    if not len(upper):
        return none
    vertical = content.rulings.vertical
    if len(vertical):
        y = float(lines.middle[members[upper]].min())
        beside = vertical[(vertical[:, 0] <= y) & (vertical[:, 1] >= y)]
        if len(np.unique(np.round(beside[:, 2]))) < 3:
            return none
    band = lines.select(members[upper])
    piece = piece_beside(band, np.arange(len(band)), model, -np.inf, first, away_up=True)
    return _loose(len(members), upper) if len(piece) == len(band) else none


def _loose(count: int, piece: Ints) -> BandRows:
    """A band of *count* lines of which *piece* is a piece of a row, and nothing else is in one."""
    row = np.full(count, -1)
    row[piece] = 0
    return BandRows(row, ["loose"] * bool(len(piece)), frozenset(), np.zeros(count, np.bool_))
