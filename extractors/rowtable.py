"""The rows of one table model and chunk as a table, collected page by page and put together in batches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from extractors.batch import Columns, put_together
from extractors.cells import Row
from extractors.glyphs import Floats
from extractors.grid import Grid
from extractors.lines import Ints
from extractors.model import TableModel
from extractors.read_page import ReadPage
from extractors.sift import odd_rows
from extractors.tables import row_box, schema
from records.parts import ROW_COLUMNS, cell_columns

FIRST_SEGMENT = 1
_BATCH = 2048
"""Rows whose pages are kept before they are put together."""


@dataclass(frozen=True, slots=True)
class StoredRow:
    """A row of a table: the *index*-th of its page's rows, number *number* (from 1) of those that begin there; *place*
    counts the rows of the batch."""

    page: ReadPage
    index: int
    number: int
    place: int

    @property
    def row(self) -> Row:
        return self.page.rows[self.index]


class RowTable:
    """Collects the rows of one table model."""

    def __init__(self, model: TableModel) -> None:
        self._model = model
        self._parts_words = any(column.words for column in model.columns)
        self._done: list[pa.Table] = []
        self._clear()

    def _clear(self) -> None:
        self._rows: list[StoredRow] = []
        self._grids: list[Grid] = []
        self._places: list[Ints] = []
        self._single: dict[int, list[str | None]] = {}

    @property
    def is_full(self) -> bool:
        """Whether it is time to :meth:`close` the batch."""
        return len(self._rows) >= _BATCH

    def add(self, page: ReadPage) -> list[StoredRow]:
        """Take in a page. What comes back has to be told cell by cell (:meth:`tell`): rows with pieces on other pages,
        without a start, on a page where something is covered, or of a log whose program parts words."""
        if page.grid is None:
            raise ValueError("a page of a log has a grid")
        places = np.full(len(page.grid.rows), -1)
        single: list[StoredRow] = []
        number = page.rows_above or 0
        for index, row in enumerate(page.rows):
            if row.piece != "whole":
                continue
            number += 1
            stored = StoredRow(page, index, number, len(self._rows))
            self._rows.append(stored)
            if index in page.continued or row.is_startless or not page.grid.is_plain or self._parts_words:
                single.append(stored)
            else:
                places[row.number] = stored.place
        self._grids.append(page.grid)
        self._places.append(places)
        return single

    def tell(self, stored: StoredRow, texts: list[str | None]) -> None:
        """The *texts* of a row's cells, pieces included."""
        self._single[stored.place] = texts

    def close(self) -> Iterator[tuple[StoredRow, list[str | None]]]:
        """End the batch. Yields, of those rows that were not told, the ones that may be doubtful, with their texts."""
        rows, single = self._rows, self._single
        columns = put_together(self._grids, self._places, len(rows), self._model)
        is_last = np.array([r.index == len(r.page.rows) - 1 for r in rows], np.bool_)
        odd = odd_rows(columns, self._model, is_last)
        odd[list(single)] = False
        boxes, unseen = columns.boxes, {}
        for place in single:
            row = rows[place].row
            for j, cell in enumerate(row.cells):
                if cell is not None and cell.texts:
                    boxes[j, place] = cell.x0, cell.top, cell.x1, cell.bottom
            if not row.is_printed:
                unseen[place] = row_box(row.cells)
        self._done.append(self._table(columns, unseen))
        self._clear()
        for place in np.flatnonzero(odd).tolist():
            yield rows[place], [texts[place].as_py() for texts in columns.texts]

    def to_arrow(self) -> pa.Table:
        """The rows of all batches, as those of the document's first segment: most documents have one."""
        return pa.concat_tables(self._done)

    def _table(self, columns: Columns, unseen: dict[int, tuple[float, float, float, float]]) -> pa.Table:
        rows = self._rows
        boxes = _stored(columns.boxes)
        names = dict(ROW_COLUMNS)
        arrays = [
            pa.array(np.full(len(rows), FIRST_SEGMENT, np.int32)),
            pa.array([r.page.page_number for r in rows], pa.int32()),
            pa.array([r.number for r in rows], pa.int32()),
            pa.array([r.page.engine for r in rows], pa.string()),
        ]
        around = np.concatenate((np.fmin.reduce(boxes[:, :, :2]), np.fmax.reduce(boxes[:, :, 2:])), axis=1)
        for place, box in unseen.items():  # nothing of the row can be seen: no cell has a box
            around[place] = box
        arrays += [pa.array(around[:, k], pa.float32()) for k in range(4)]
        for j, (texts, box) in enumerate(zip(self._texts(columns), boxes, strict=True)):
            names |= cell_columns(j)
            missing = np.isnan(box[:, 0])
            arrays += [texts, *(pa.array(box[:, k].astype(np.float32), pa.float32(), mask=missing) for k in range(4))]
        return pa.Table.from_arrays(arrays, schema=schema(names))

    def _texts(self, columns: Columns) -> list[pa.Array]:
        """The texts by column, with those that were told."""
        if not self._single:
            return columns.texts
        take = np.arange(len(self._rows))
        take[list(self._single)] = len(take) + np.arange(len(self._single))
        told = zip(*self._single.values(), strict=True)
        both = [pa.concat_arrays([a, pa.array(b, pa.string())]) for a, b in zip(columns.texts, told, strict=True)]
        return [texts.take(pa.array(take)) for texts in both]


def _stored(boxes: Floats) -> Floats:
    """Boxes as stored: hundredths of a point, never without area (a glyph may have no width of its own)."""
    rounded: Floats = np.round(boxes, 2)
    rounded[..., 2:] = np.maximum(rounded[..., 2:], rounded[..., :2] + 0.02)
    return rounded
