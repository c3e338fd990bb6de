"""The row files of a document's chunks -> those of its parts, each under the number of its segment; and its columns."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from extractors.model import TableModel
from extractors.rowtable import FIRST_SEGMENT
from extractors.segments import Segment
from extractors.tables import read_arrow, write_arrow


@dataclass(frozen=True, slots=True)
class RowFile:
    """The rows of one table model that a chunk wrote."""

    chunk: int
    model: int
    path: Path
    count: int
    first_page: int
    last_page: int


def write_rows(aside: Path, row_files: Sequence[RowFile], segments: Sequence[Segment]) -> dict[str, dict[str, int]]:
    """Write the rows of all segments into the folder *aside*; file name -> segment and number of rows, as the manifest
    tells them."""
    files: dict[str, dict[str, int]] = {}
    for file in row_files:
        for segment in segments:
            if (
                segment.model != file.model
                or segment.last_page < file.first_page
                or segment.first_page > file.last_page
            ):
                continue
            name = f"row-s{segment.ordinal}-c{file.chunk}.parquet"
            is_all = segment.first_page <= file.first_page and file.last_page <= segment.last_page
            is_all &= segment.last_row is None
            if is_all and segment.ordinal == FIRST_SEGMENT:
                _link(file.path, aside / name)  # as it was written
                count = file.count
            else:
                count = _write_segment(file.path, aside / name, segment)
            if count:
                files[name] = {"segment_ordinal": segment.ordinal, "rows": count}
    return files


def _link(path: Path, target: Path) -> None:
    try:
        target.hardlink_to(path)
    except OSError:  # a file system without links
        shutil.copyfile(path, target)


def _write_segment(path: Path, target: Path, segment: Segment) -> int:
    """Write the rows of a file that are the segment's, if there are any; their number."""
    table = read_arrow(path)
    pages, rows = table["page_number"].to_numpy(), table["row_number"].to_numpy()
    inside = (pages >= segment.first_page) & (pages <= segment.last_page)
    inside &= (pages > segment.first_page) | (rows >= segment.first_row)
    if segment.last_row is not None:
        inside &= (pages < segment.last_page) | (rows <= segment.last_row)
    mine = np.flatnonzero(inside)
    if len(mine):
        part = table.slice(int(mine[0]), len(mine))
        ordinal = pa.array(np.full(len(mine), segment.ordinal, np.int32))
        write_arrow(target, part.set_column(0, table.schema.field(0), ordinal))
    return len(mine)


def column_rows(segments: Sequence[Segment], models: Sequence[TableModel]) -> list[tuple[Any, ...]]:
    """The columns of all segments that are logs, as rows of ``COLUMN_COLUMNS``."""
    made: list[tuple[Any, ...]] = []
    for segment in segments:
        if segment.model < 0:
            continue
        model = models[segment.model]
        for j, column in enumerate(model.columns):
            box = column.label.box if column.label else None
            place = (box.x0, box.top, box.x1, box.bottom) if box else (None,) * 4
            page = model.header_page if column.label else None
            printed = column.label.text if column.label else None
            basis = "printed" if printed and not column.given else column.basis
            made.append((segment.ordinal, j, printed, column.given, basis, page, *place, column.left, column.right))
    return made
