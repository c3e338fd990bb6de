"""Writing parts: columns of plain Python values -> Parquet with the schema of :mod:`records.parts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from extractors.cells import Cell, OutsideLine, Row
from extractors.glyphs import Floats
from extractors.model import TableModel
from extractors.pages import ReadPage
from extractors.plan import cell_text
from records.parts import ROW_COLUMNS, cell_columns

_TYPES = {"int32": pa.int32(), "float": pa.float32(), "string": pa.string(), "bool": pa.bool_()}


def schema(columns: Mapping[str, str]) -> pa.Schema:
    """The Arrow schema for a table of ``records.parts``."""
    return pa.schema([(name, _TYPES[kind]) for name, kind in columns.items()])


def write_table(path: Path, columns: Mapping[str, str], rows: Iterable[Sequence[Any]]) -> None:
    """Write *rows* (values in the order of *columns*) as one Parquet file, aside first, then renamed."""
    shape = schema(columns)
    listed = list(rows)
    arrays = [pa.array([row[k] for row in listed], field.type) for k, field in enumerate(shape)]
    write_arrow(path, pa.Table.from_arrays(arrays, schema=shape))


def write_arrow(path: Path, table: pa.Table) -> None:
    """Write the table as one Parquet file, aside first, then renamed."""
    aside = path.with_name(path.name + ".tmp")
    pq.write_table(table, aside, compression="zstd", compression_level=1, use_dictionary=True)
    aside.replace(path)


_BATCH = 4096
"""Rows that are kept as Python values, which take ten times the memory of Arrow's, before they are turned over."""


class RowTable:
    """Collects the rows of one segment and chunk, column by column."""

    def __init__(self, model: TableModel) -> None:
        self._model = model
        self._done: list[pa.Table] = []
        self._clear()

    def _clear(self) -> None:
        model = self._model
        self._head: list[tuple[Any, ...]] = []
        self._texts: list[list[str | None]] = [[] for _ in model.columns]
        self._boxes: list[list[Box]] = [[] for _ in model.columns]
        self._unseen: dict[int, Box] = {}
        """Boxes of rows of which nothing can be seen: no cell has one."""

    def __len__(self) -> int:
        return len(self._head) + _BATCH * len(self._done)

    def add(self, page: ReadPage, row_number: int, row: Row, texts: list[str | None]) -> None:
        """Add a row under its number on the page; *texts* are its joined cells, pieces included."""
        for cell, text, column, boxes in zip(row.cells, texts, self._texts, self._boxes, strict=True):
            column.append(text)
            boxes.append((cell.x0, cell.top, cell.x1, cell.bottom) if cell is not None and cell.texts else _NO_BOX)
        if not row.is_printed:
            self._unseen[len(self._head)] = row_box(row.cells)
        self._head.append((page.page_number, row_number, page.engine))
        if len(self._head) == _BATCH:
            self._done.append(self._batch())
            self._clear()

    def to_arrow(self) -> pa.Table:
        """The rows as one table, without ``segment_ordinal``."""
        return pa.concat_tables([*self._done, self._batch()])

    def _batch(self) -> pa.Table:
        boxes = [_stored(np.array(column, np.float64).reshape(-1, 4)) for column in self._boxes]
        columns = {k: v for k, v in ROW_COLUMNS.items() if k != "segment_ordinal"}
        around = self._row_boxes(boxes)
        kinds = list(columns.values())
        arrays = [pa.array([h[k] for h in self._head], _TYPES[kinds[k]]) for k in range(3)]
        arrays += [pa.array(around[:, k], pa.float32()) for k in range(4)]
        for j, (texts, box) in enumerate(zip(self._texts, boxes, strict=True)):
            columns |= cell_columns(j)
            arrays.append(pa.array(texts, pa.string()))
            missing = np.isnan(box[:, 0])
            arrays += [pa.array(box[:, k].astype(np.float32), pa.float32(), mask=missing) for k in range(4)]
        return pa.Table.from_arrays(arrays, schema=schema(columns))

    def _row_boxes(self, boxes: list[Floats]) -> Floats:
        """The box around the cells of each row, shape (rows, 4)."""
        around = np.full((len(self._head), 4), np.nan)
        for box in boxes:
            around[:, :2] = np.fmin(around[:, :2], box[:, :2])
            around[:, 2:] = np.fmax(around[:, 2:], box[:, 2:])
        for i, unseen in self._unseen.items():
            around[i] = unseen
        return around


Box = tuple[float, float, float, float]
_NO_BOX = (float("nan"),) * 4


def _stored(boxes: Floats) -> Floats:
    """Boxes as stored: hundredths of a point, never without area (a glyph may have no width of its own)."""
    rounded = np.round(boxes, 2)
    rounded[:, 2:] = np.maximum(rounded[:, 2:], rounded[:, :2] + 0.02)
    return rounded


def cell_box(cell: Cell | OutsideLine) -> Box:
    """The box of a cell or line as stored."""
    return stored_box((cell.x0, cell.top, cell.x1, cell.bottom))


def stored_box(box: Box) -> Box:
    """One box as stored; see :func:`_stored`."""
    x0, top = round(box[0], 2), round(box[1], 2)
    return x0, top, max(round(box[2], 2), x0 + 0.02), max(round(box[3], 2), top + 0.02)


def row_box(cells: Iterable[Cell | None]) -> tuple[float, float, float, float]:
    """The box around all cells of a row on one page, rounded as stored."""
    boxes = [cell_box(cell) for cell in cells if cell]
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def row_texts(model: TableModel, page: ReadPage, index: int) -> list[str | None]:
    """The joined text of every cell of a row, with its pieces on other pages, in page order."""
    row = page.rows[index]
    more = page.continued.get(index)
    if not more:
        return [
            cell_text(cell.texts, cell.widths, cell.first_widths, column) if cell is not None and cell.texts else None
            for cell, column in zip(row.cells, model.columns, strict=True)
        ]
    pieces = sorted([(page.page_number, row), *more], key=lambda piece: piece[0])
    texts: list[str | None] = []
    for j, column in enumerate(model.columns):
        cells = [cell for _, piece in pieces if (cell := piece.cells[j]) is not None and cell.texts]
        if not cells:
            texts.append(None)
        elif len(cells) == 1:
            texts.append(cell_text(cells[0].texts, cells[0].widths, cells[0].first_widths, column))
        else:
            texts.append(
                cell_text(
                    [t for c in cells for t in c.texts],
                    [w for c in cells for w in c.widths],
                    [w for c in cells for w in c.first_widths],
                    column,
                )
            )
    return texts
