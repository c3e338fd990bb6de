"""Bands of a table -> rows: ruled bands that hold one row each, and open ones that anchors part."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.assign import find_anchors
from extractors.astray import mixed_cells
from extractors.bands import row_bands
from extractors.between_rows import between_rows, named_groups
from extractors.broken import Span
from extractors.early_breaks import early_breaks
from extractors.glyphs import Floats, PageContent
from extractors.grid import Grid
from extractors.lines import Ints, LineLists, Lines
from extractors.merged import merged_cells
from extractors.model import LINE_SLACK, TableModel
from extractors.open_bands import above_rulings, below_rulings, open_band

_RIM = 1.5
"""Points: edges of filled areas so close to the page's rim are those of its background, and part no rows."""


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


def start_lines(lines: Lines, model: TableModel) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
    """Which lines of the anchor column start a row, and which are of a value that does."""
    blocks = find_anchors(lines, model.anchor, model.anchor_type).blocks
    starts, owned = np.zeros(len(lines), np.bool_), np.zeros(len(lines), np.bool_)
    starts[[block[0] for block in blocks]] = True
    owned[[i for block in blocks for i in block]] = True
    return starts, owned


def by_column(flat: LineLists, members: NDArray[np.int64], count: int) -> list[list[int]]:
    """The lines (indices) of each of *count* columns, in order."""
    cells: list[list[int]] = [[] for _ in range(count)]
    column = flat.column
    for i in members.tolist():
        cells[column[i]].append(i)
    return cells


def find_rows(
    lines: Lines, table: Ints, content: PageContent, model: TableModel, headers: list[Span]
) -> tuple[Grid, int]:
    """The rows that the page's lines *table* (indices) make, downwards, and how many of the lines start one. *headers*
    are the heights of the headers on the page, downwards."""
    header_bottom = headers[-1][1] if headers else -np.inf
    bounds = row_bands(content.rulings, model) if model.is_ruled else np.empty(0)
    bounds = bounds[(bounds > _RIM) & (bounds < content.height - _RIM)]
    is_start, owned = start_lines(lines, model)
    named = named_groups(lines, table, owned, model)
    if len(named):
        table = np.setdiff1d(table, named)
    if not model.is_ruled:
        table = np.setdiff1d(table, between_rows(lines, table, is_start, owned, model, model.line_step / LINE_SLACK))
    slot = np.searchsorted(bounds, lines.middle[table])
    starts = np.bincount(slot[is_start[table]], minlength=len(bounds) + 1)
    is_closed = np.zeros(len(bounds) + 1, np.bool_)
    is_closed[1:-1] = True
    alone = (is_closed & (starts <= 1))[slot]
    key = np.full(len(lines), -1)  # ascending downwards: the band, and the row in it
    many = len(lines) + 1
    key[table[alone]] = slot[alone] * many
    begun = _begun(lines, table[alone], slot[alone], is_start, model)
    pieces = {int(k) * many: ("whole" if k in begun else "loose") for k in sorted(set(slot[alone].tolist()))}
    startless: set[int] = set()
    doubtful = np.zeros(len(lines), np.bool_)
    cut_above: frozenset[int] = frozenset()
    cut_below: frozenset[int] = frozenset()
    is_broken, is_bare = False, not starts.any()
    for k in sorted(set(slot[~alone].tolist())):
        members = table[slot == k]
        if not len(bounds) or starts[k] > (k == len(bounds)):
            band = open_band(lines, members, model, headers, k < len(bounds))
        elif k == len(bounds):
            band = below_rulings(lines, members, content, model, header_bottom, bool(starts[k]), is_bare)
        else:
            band = above_rulings(lines, members, content, model, float(bounds[0]), header_bottom)
        cut_above |= band.cut_above
        cut_below |= band.cut_below
        is_broken |= band.is_broken
        used = band.row >= 0
        key[members[used]] = k * many + band.row[used]
        pieces |= {k * many + n: piece for n, piece in enumerate(band.pieces)}
        startless |= {k * many + n for n in band.startless}
        doubtful[members] = band.doubtful
    in_row = key >= 0
    row_of = np.full(len(lines), -1)
    keys, row_of[in_row] = np.unique(key[in_row], return_inverse=True)
    doubtful |= mixed_cells(lines, row_of, len(keys), 0.8 * model.height)
    if not model.is_ruled:
        doubtful |= early_breaks(lines, row_of, model, headers)
    grid = Grid(lines, row_of, doubtful, model, cut_above=cut_above, cut_below=cut_below, is_broken=is_broken)
    if len(bounds):
        grid.merged = merged_cells(lines, row_of, keys // many, bounds, content.rulings.horizontal, model)
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
