"""Writing parts: columns of plain Python values -> Parquet with the schema of :mod:`records.parts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from extractors.layout import Cell, OutsideLine, Row
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


class RowTable:
    """Collects the rows of one segment and chunk, column by column."""

    def __init__(self, model: TableModel) -> None:
        self._model = model
        self._head: list[tuple[Any, ...]] = []
        self._texts: list[list[str | None]] = [[] for _ in model.columns]
        self._boxes: list[list[tuple[float, float, float, float]]] = [[] for _ in model.columns]

    def __len__(self) -> int:
        return len(self._head)

    def add(self, page: ReadPage, row_number: int, row: Row, texts: list[str | None]) -> None:
        """Add a row under its number on the page; *texts* are its joined cells, pieces included."""
        for cell, text, column, boxes in zip(row.cells, texts, self._texts, self._boxes, strict=True):
            column.append(text)
            boxes.append(cell_box(cell) if cell is not None and cell.texts else _NO_BOX)
        self._head.append((page.page_number, row_number, page.engine, *row_box(row.cells)))

    def to_arrow(self) -> pa.Table:
        """The rows as one table, without ``segment_ordinal``."""
        columns = {k: v for k, v in ROW_COLUMNS.items() if k != "segment_ordinal"}
        arrays = [pa.array([h[k] for h in self._head], _TYPES[v]) for k, v in enumerate(columns.values())]
        for j, (texts, boxes) in enumerate(zip(self._texts, self._boxes, strict=True)):
            columns |= cell_columns(j)
            arrays.append(pa.array(texts, pa.string()))
            box = np.array(boxes, np.float32).reshape(-1, 4)
            missing = np.isnan(box[:, 0])
            arrays += [pa.array(box[:, k], pa.float32(), mask=missing) for k in range(4)]
        return pa.Table.from_arrays(arrays, schema=schema(columns))


_NO_BOX = (float("nan"),) * 4


def cell_box(cell: Cell | OutsideLine) -> tuple[float, float, float, float]:
    """The box as stored: hundredths of a point, never without area (a glyph may have no width of its own)."""
    x0, top = round(cell.x0, 2), round(cell.top, 2)
    return x0, top, max(round(cell.x1, 2), x0 + 0.02), max(round(cell.bottom, 2), top + 0.02)


def row_box(cells: Iterable[Cell | None]) -> tuple[float, float, float, float]:
    """The box around all cells of a row on one page, rounded as stored."""
    boxes = [cell_box(cell) for cell in cells if cell]
    x0, top, x1, bottom = zip(*boxes, strict=True)
    return min(x0), min(top), max(x1), max(bottom)


def row_texts(model: TableModel, page: ReadPage, index: int) -> list[str | None]:
    """The joined text of every cell of a row, with its pieces on other pages, in page order."""
    row = page.rows[index]
    pieces = sorted([(page.page_number, row), *page.continued.get(index, [])], key=lambda piece: piece[0])
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
