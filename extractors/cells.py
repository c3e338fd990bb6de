"""Cells, rows and what is in neither: the pieces a page falls into, and their making from lines."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from extractors.lines import WORD_GAP, LineLists, Lines
from extractors.model import TableModel


@dataclass(slots=True)
class Cell:
    """The lines of one cell on one page, downwards, with their widths, and the cell's box."""

    texts: list[str]
    widths: list[float]
    first_widths: list[float]
    x0: float
    top: float
    x1: float
    bottom: float
    is_doubtful: bool = False
    hidden: str | None = None
    """Text in the file at this place that cannot be seen on the page; never part of the value."""


class CellSource(Protocol):
    """Knows the cells of rows by their number."""

    def cells_of(self, number: int) -> list[Cell | None]: ...

    def filled_columns(self, number: int) -> set[int]: ...

    def texts_of(self, number: int, column: int) -> list[str]: ...


class Row:
    """A row, or the piece of one that a page break cut off.

    ``piece`` is ``whole`` where the value that starts rows is there; ``loose`` until the neighbouring pages tell; then
    ``rest`` (of the row begun on the page before) or ``start`` (of the row whose anchor is on the next page).
    ``is_startless``: told by its other values, the value that starts rows is not where it should be.
    ``number`` is its place in its page's *grid*, if it is of one. Then its cells are made when they are asked for: of
    most rows nobody asks, they are stored as columns.
    """

    __slots__ = ("_cells", "_grid", "is_startless", "number", "piece")

    def __init__(
        self,
        cells: list[Cell | None] | None,
        piece: str = "whole",
        is_startless: bool = False,
        number: int = -1,
        grid: CellSource | None = None,
    ) -> None:
        self._cells = cells
        self._grid = grid
        self.piece = piece
        self.is_startless = is_startless
        self.number = number

    @property
    def cells(self) -> list[Cell | None]:
        """The cells by column; None where one is blank."""
        if self._cells is None:
            self._cells = self._grid.cells_of(self.number) if self._grid is not None else []
        return self._cells

    @property
    def filled(self) -> set[int]:
        """The columns with a cell."""
        if self._cells is None and self._grid is not None:
            return self._grid.filled_columns(self.number)
        return {j for j, cell in enumerate(self.cells) if cell is not None}

    def texts(self, column: int) -> list[str]:
        """The lines of one cell, downwards; none where it is blank."""
        if self._cells is None and self._grid is not None:
            return self._grid.texts_of(self.number, column)
        cell = self.cells[column]
        return cell.texts if cell is not None else []

    @property
    def top(self) -> float:
        return min(cell.top for cell in self.cells if cell)

    @property
    def is_printed(self) -> bool:
        """Whether anything of the row can be seen."""
        return any(cell and cell.texts for cell in self.cells)


@dataclass(slots=True)
class OutsideLine:
    """A line in no cell: furniture with the rule that says so, or left over (``account`` = ``left``)."""

    account: str
    rule: str
    text: str
    glyph_count: int
    x0: float
    top: float
    x1: float
    bottom: float


def make_row(flat: LineLists, cells: list[list[int]], doubtful: frozenset[int] = frozenset()) -> Row:
    """A row of the lines in *cells* (indices by column); lines in *doubtful* make their cells doubtful."""
    made: list[Cell | None] = []
    for index in cells:
        if not index:
            made.append(None)
            continue
        hidden = None
        if flat.has_covered and any(flat.covered[i] for i in index):
            hidden = " ".join(flat.text[i] for i in index if flat.covered[i])
            index = [i for i in index if not flat.covered[i]] or index
        if hidden and flat.covered[index[0]]:  # nothing of the cell can be seen: only its place is known
            made.append(_hidden_cell(flat, index, hidden))
            continue
        i = index[0]
        if len(index) == 1:
            made.append(
                Cell(
                    [flat.text[i]], [flat.width[i]], [flat.first_width[i]], flat.x0[i], flat.top[i], flat.x1[i],
                    flat.bottom[i], flat.crossed[i] or i in doubtful, hidden,
                )
            )  # fmt: skip
            continue
        take = itemgetter(*index)
        made.append(
            Cell(
                list(take(flat.text)), list(take(flat.width)), list(take(flat.first_width)), min(take(flat.x0)),
                min(take(flat.top)), max(take(flat.x1)), max(take(flat.bottom)),
                True in take(flat.crossed) or not doubtful.isdisjoint(index), hidden,
            )
        )  # fmt: skip
    return Row(made)


def _hidden_cell(flat: LineLists, index: list[int], hidden: str) -> Cell:
    x0, x1 = min(flat.x0[i] for i in index), max(flat.x1[i] for i in index)
    top, bottom = min(flat.top[i] for i in index), max(flat.bottom[i] for i in index)
    return Cell([], [], [], x0, top, x1, bottom, hidden=hidden)


def clip_rows(rows: list[Row], model: TableModel) -> None:
    """Boxes of neighbouring cells never overlap: where tight lines do, the border lies half-way."""
    for j in range(len(model.columns)):
        above: Cell | None = None
        for row in rows:
            cell = row.cells[j]
            if cell is None:
                continue
            if above is not None and above.top < cell.top < above.bottom:
                above.bottom = cell.top = (above.bottom + cell.top) / 2
            above = cell


def outside_lines(lines: Lines, mask: NDArray[np.bool_], account: str, rule: str) -> list[OutsideLine]:
    """The lines in no cell, put together again across the column edges that cut them; labels stay apart."""
    made: list[OutsideLine] = []
    if not mask.any():
        return made
    chosen = np.flatnonzero(mask)
    order = chosen[np.lexsort((lines.x0[chosen], np.round(lines.bottom[chosen], 1)))]
    boxes = (side[order].tolist() for side in (lines.x0, lines.top, lines.x1, lines.bottom))
    for i, count, x0, top, x1, bottom in zip(order.tolist(), lines.glyph_count[order].tolist(), *boxes, strict=True):
        last = made[-1] if made else None
        if rule != "header" and last is not None and abs(last.bottom - bottom) < 0.3 * (bottom - top) and x0 > last.x0:
            gap = x0 - last.x1
            last.text += (" " if gap > WORD_GAP * (bottom - top) else "") + lines.text[i]
            last.glyph_count += count
            last.top, last.x1, last.bottom = min(last.top, top), max(last.x1, x1), max(last.bottom, bottom)
        else:
            made.append(OutsideLine(account, rule, lines.text[i], count, x0, top, x1, bottom))
    return made
