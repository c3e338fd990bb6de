"""Writing parts: columns of plain Python values -> Parquet with the schema of :mod:`records.parts`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractors.cells import Cell, OutsideLine
from extractors.joined import cell_text
from extractors.model import TableModel
from extractors.read_page import ReadPage

ARROW_TYPES = {"int32": pa.int32(), "float": pa.float32(), "string": pa.string(), "bool": pa.bool_()}


def schema(columns: Mapping[str, str]) -> pa.Schema:
    """The Arrow schema for a table of ``records.parts``."""
    return pa.schema([(name, ARROW_TYPES[kind]) for name, kind in columns.items()])


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


def read_arrow(path: Path) -> pa.Table:
    """A table that :func:`write_arrow` wrote."""
    with pq.ParquetFile(path) as file:
        return file.read(use_threads=False)


Box = tuple[float, float, float, float]


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
