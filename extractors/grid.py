"""The rows of a page as columns: which row every line is in, and the boxes of all cells at once.

Cells become objects only where somebody has to look at them one by one: at page breaks, and where something is doubtful
or covered.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from extractors.cells import Cell, Row, clip_rows, make_row
from extractors.glyphs import Floats
from extractors.lines import Ints, LineLists, Lines
from extractors.model import TableModel


@dataclass(frozen=True, slots=True)
class CellBoxes:
    """Cells, sorted by column and then downwards; all arrays have one length. ``first`` is where a cell's lines begin
    in ``order``, which lists all lines that are in cells."""

    order: Ints
    first: Ints
    column: Ints
    row: Ints
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats


def cell_boxes(lines: Lines, row: Ints, edges: Floats, page_of_row: Ints) -> CellBoxes:
    """The cells that *lines* make; *row* says for each line in which row it is (-1: none), *page_of_row* for each row
    on which page. Boxes end at the *edges* of their columns, but for what surely runs over (:meth:`Lines.ends`); those
    above each other on a page never overlap: where tight lines do, the border lies half-way."""
    order = np.flatnonzero(row >= 0)
    key = lines.column[order] * len(page_of_row) + row[order]
    sort = np.argsort(key, kind="stable")
    order, key = order[sort], key[sort]
    first = np.flatnonzero(np.concatenate(([True], key[1:] != key[:-1]))) if len(key) else np.empty(0, np.int64)
    if not len(first):
        none = np.empty(0)
        return CellBoxes(order, first, first, first, none, none, none, none)
    column, cell_row = np.divmod(key[first], len(page_of_row))
    x0 = np.maximum(np.minimum.reduceat(lines.x0[order], first), edges[column])
    x1 = np.maximum.reduceat(lines.ends(edges)[order], first)
    top = np.minimum.reduceat(lines.top[order], first)
    bottom = np.maximum.reduceat(lines.bottom[order], first)
    page = page_of_row[cell_row]
    _clip(top, bottom, (column[1:] == column[:-1]) & (page[1:] == page[:-1]))
    return CellBoxes(order, first, column, cell_row, x0, top, x1, bottom)


def _clip(top: Floats, bottom: Floats, is_below: NDArray[np.bool_]) -> None:
    """Part boxes that overlap the one before them, where *is_below* says that it stands above them."""
    tight = is_below & (top[1:] < bottom[:-1]) & (top[:-1] < top[1:])
    border = (bottom[:-1] + top[1:]) / 2
    moved = top.copy()
    moved[1:][tight] = border[tight]
    if (tight & (moved[:-1] >= top[1:])).any():  # three boxes in one place: one after the other
        for k in np.flatnonzero(is_below & (top[1:] < bottom[:-1])).tolist():
            if top[k] < top[k + 1]:
                bottom[k] = top[k + 1] = (bottom[k] + top[k + 1]) / 2
        return
    top[:] = moved
    bottom[:-1][tight] = border[tight]


@dataclass(slots=True)
class Grid:
    """The rows of one page, downwards. ``row_of`` is the row of every line, -1 where it is in none; ``doubtful`` marks
    lines of which it is not certain."""

    lines: Lines
    row_of: Ints
    doubtful: NDArray[np.bool_]
    model: TableModel
    rows: list[Row] = field(default_factory=list)
    _flat: LineLists | None = None
    _boxes: CellBoxes | None = None

    cut_above: frozenset[int] = frozenset()
    cut_below: frozenset[int] = frozenset()
    """Columns of lines in no row, close above the first row and below the last one: a cell may be cut there."""
    unjoined: frozenset[int] = frozenset()
    """Columns of a piece of a row at the end of the page that was joined to none."""
    merged: frozenset[tuple[int, int]] = frozenset()
    """Row and column of cells that no rule parts from those above or below."""
    is_broken: bool = False
    """Whether the page's end cut the last row, by how its cells stand."""
    is_plain: bool = False
    """Whether all of it can be seen, so that its columns tell everything."""

    def __post_init__(self) -> None:
        self.is_plain = not self.lines.covered.any()

    def add_rows(self, pieces: list[str], startless: list[bool]) -> None:
        """Make the rows: what each is, and whether it lacks its start."""
        told = list(zip(pieces, startless, strict=True))
        self.rows = [Row(None, piece, bare, k, self) for k, (piece, bare) in enumerate(told)]
        if not self.is_plain:
            whole = [self._lines_of(k) for k in range(len(told))]
            clip_rows(whole, self.model)
            self.rows = [Row(whole[k].cells, piece, bare, k) for k, (piece, bare) in enumerate(told)]

    def filled_columns(self, number: int) -> set[int]:
        """The columns of a row's lines."""
        return set(self.lines.column[self.row_of == number].tolist())

    def texts_of(self, number: int, column: int) -> list[str]:
        """The texts of a row's lines in a column, downwards."""
        mine = np.flatnonzero((self.row_of == number) & (self.lines.column == column))
        return [self.lines.text[i] for i in mine.tolist()]

    def _lines_of(self, number: int) -> Row:
        """The row as its lines make it."""
        if self._flat is None:
            self._flat = self.lines.lists(self.model.edges)
        cells: list[list[int]] = [[] for _ in self.model.columns]
        for i in np.flatnonzero(self.row_of == number).tolist():
            cells[self._flat.column[i]].append(i)
        doubtful = frozenset(np.flatnonzero(self.doubtful).tolist()) if self.doubtful.any() else frozenset()
        return make_row(self._flat, cells, doubtful)

    def cells_of(self, number: int) -> list[Cell | None]:
        """The cells of a row of a plain grid, with their boxes clipped."""
        if self._boxes is None:
            self._boxes = cell_boxes(self.lines, self.row_of, self.model.edges, np.zeros(len(self.rows), np.int64))
        cells, boxes = self._lines_of(number).cells, self._boxes
        for k in np.flatnonzero(boxes.row == number).tolist():
            cell = cells[boxes.column[k]]
            if cell is not None:
                cell.top, cell.bottom = float(boxes.top[k]), float(boxes.bottom[k])
        return cells
