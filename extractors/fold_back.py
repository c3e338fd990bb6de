"""What was read from unfolded pages (:mod:`extractors.unfold`) -> the tables of the pages as printed: boxes go back to
the left by whole widths of the page."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from extractors.folded import Fold
from extractors.tables import read_arrow, write_arrow

_SAME = 0.1
"""Points."""


def fold_back(folder: Path, fold: Fold) -> None:
    """Rewrite all tables in *folder* for the pages as printed."""
    pages = read_arrow(folder / "page.parquet")
    widths = pages["width"].to_numpy()
    is_unfolded = np.abs(widths - fold.width * fold.parts) < _SAME
    unfolded = set(pages["page_number"].to_numpy()[is_unfolded].tolist())
    write_arrow(folder / "page.parquet", _with(pages, "width", np.where(is_unfolded, fold.width, widths)))
    for path in (
        *sorted(folder.glob("row-*.parquet")),
        *(folder / f"{n}.parquet" for n in ("continuation", "page_text", "column")),
    ):
        table = read_arrow(path)
        number = "continued_page_number" if path.stem == "continuation" else "page_number"
        moved = np.isin(np.array([n or 0 for n in table[number].to_pylist()]), list(unfolded))
        if moved.any():
            write_arrow(path, _moved(table, moved, fold.width))


def _moved(table: pa.Table, moved: NDArray[np.bool_], width: float) -> pa.Table:
    """The table with the boxes of the rows that are *moved* back where they are printed."""
    around: list[NDArray[np.float64]] = []
    for name in [n for n in table.column_names if n.startswith("x0")]:
        other = name.replace("x0", "x1")
        x0, x1 = _values(table, name), _values(table, other)
        back = np.where(moved, np.floor((x0 + x1) / 2 / width) * width, 0.0)
        table = _with(_with(table, name, x0 - back), other, x1 - back)
        if name != "x0":
            around.append(np.stack((x0 - back, x1 - back)))
    if around:  # a row is as wide as its cells
        boxes = np.stack(around)
        own = np.fmin.reduce(boxes[:, 0]), np.fmax.reduce(boxes[:, 1])
        for name, side in zip(("x0", "x1"), own, strict=True):
            table = _with(table, name, np.where(moved & ~np.isnan(side), side, _values(table, name)))
    if "left_edge" in table.column_names:
        left, right = _values(table, "left_edge"), _values(table, "right_edge")
        back = np.floor((left + right) / 2 / width) * width
        table = _with(table, "left_edge", np.where(moved, np.maximum(left - back, 0.0), left))
        table = _with(table, "right_edge", np.where(moved, np.minimum(right - back, width), right))
    return table


def _values(table: pa.Table, name: str) -> NDArray[np.float64]:
    return np.asarray(table[name].to_numpy(zero_copy_only=False), np.float64)


def _with(table: pa.Table, name: str, values: Any) -> pa.Table:
    field = table.schema.field(name)
    column = pa.array(values, mask=np.isnan(values)).cast(field.type, safe=False)
    return table.set_column(table.column_names.index(name), field, column)
