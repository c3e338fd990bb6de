"""What was read from a copy with pages side by side (:mod:`extractors.spread`) -> the tables of the pages as printed.

A row is on the page of the value that starts it; its cells on the pages beside that are continuations of it there.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa

from extractors.spread import Spread, part_at
from extractors.tables import read_arrow, write_table
from records.parts import (
    COLUMN_COLUMNS,
    CONTINUATION_COLUMNS,
    PAGE_COLUMNS,
    ROW_COLUMNS,
    SEGMENT_COLUMNS,
    TABLES,
    cell_columns,
)

Record = dict[str, Any]
_SIDES = ("x0", "x1")


@dataclass(slots=True)
class _Used:
    """Glyphs of cells by page, as far as the rows tell."""

    glyphs: dict[int, int]

    def add(self, page: int, text: str) -> None:
        self.glyphs[page] = self.glyphs.get(page, 0) + len("".join(text.split()))


def spread_back(folder: Path, spread: Spread) -> None:
    """Rewrite all tables in *folder* for the document's own pages."""
    used = _Used({})
    continued = [_continuation(record, spread) for record in _records(folder / "continuation.parquet")]
    for path in sorted(folder.glob("row-*.parquet")):
        table = read_arrow(path)
        continued += _rows(path, table, spread, used)
    write_table(folder / "continuation.parquet", CONTINUATION_COLUMNS, [tuple(c.values()) for c in continued])
    for name in ("column", "page_text", "issue", "mark", "sharing", "fact", "reading"):
        path = folder / f"{name}.parquet"
        columns = COLUMN_COLUMNS if name == "column" else TABLES[name]
        write_table(path, columns, [tuple(_moved(record, spread).values()) for record in _records(path)])
    segments = _records(folder / "segment.parquet")
    for record in segments:
        first, last = record["first_page"], record["last_page"]
        record["first_page"], record["last_page"] = spread.page(first, 0), spread.page(last, spread.parts - 1)
    write_table(folder / "segment.parquet", SEGMENT_COLUMNS, [tuple(s.values()) for s in segments])
    pages = _pages(_records(folder / "page.parquet"), _records(folder / "page_text.parquet"), spread, used)
    write_table(folder / "page.parquet", PAGE_COLUMNS, [tuple(p.values()) for p in pages])


def _records(path: Path) -> list[Record]:
    records: list[Record] = read_arrow(path).to_pylist()
    return records


def _moved(record: Record, spread: Spread) -> Record:
    """The record on the page that shows it: its box tells which, and of what is said of a row, the row."""
    if record.get("page_number") is None:
        return record
    names = [name for name in record if name in (*_SIDES, "left_edge", "right_edge") or name.endswith(("_x0", "_x1"))]
    x0 = record.get("x0")
    part = part_at(x0, spread) if x0 is not None else spread.home if record.get("row_number") is not None else 0
    record["page_number"] = spread.page(record["page_number"], part)
    for name in names:
        if record[name] is not None:
            record[name] -= part * spread.width
    return record


def _continuation(record: Record, spread: Spread) -> Record:
    part = part_at(record["x0"], spread)
    record["page_number"] = spread.page(record["page_number"], spread.home)
    record["continued_page_number"] = spread.page(record["continued_page_number"], part)
    record["x0"], record["x1"] = record["x0"] - part * spread.width, record["x1"] - part * spread.width
    return record


def _rows(path: Path, table: pa.Table, spread: Spread, used: _Used) -> list[Record]:
    """Write the rows of one file for their own pages; what lies on the pages beside them."""
    records: list[Record] = table.to_pylist()
    count = sum(name.startswith("text_") for name in table.column_names)
    beside: list[Record] = []
    for record in records:
        stretch = record["page_number"]
        record["page_number"] = spread.page(stretch, spread.home)
        own: list[tuple[float, float, float, float]] = []
        for j in range(count):
            box = [record[f"{side}_{j}"] for side in ("x0", "top", "x1", "bottom")]
            if box[0] is None:
                continue
            part = part_at((box[0] + box[2]) / 2, spread)
            used.add(spread.page(stretch, part), record[f"text_{j}"] or "")
            x0, top, x1, bottom = box[0] - part * spread.width, box[1], box[2] - part * spread.width, box[3]
            if part == spread.home:
                own.append((x0, top, x1, bottom))
                record[f"x0_{j}"], record[f"x1_{j}"] = x0, x1
                continue
            for side in ("x0", "top", "x1", "bottom"):
                record[f"{side}_{j}"] = None
            values = (record["page_number"], record["row_number"], j, spread.page(stretch, part), x0, top, x1, bottom)
            beside.append(dict(zip(CONTINUATION_COLUMNS, values, strict=True)))
        if own:
            record["x0"], record["top"] = min(box[0] for box in own), min(box[1] for box in own)
            record["x1"], record["bottom"] = max(box[2] for box in own), max(box[3] for box in own)
        else:  # its columns there are blank: the row is as high as beside, and has the page's width
            record["x0"], record["x1"] = 0.0, spread.width
    names = dict(ROW_COLUMNS)
    for j in range(count):
        names |= cell_columns(j)
    write_table(path, names, [tuple(record.values()) for record in records])
    return beside


def _pages(wide: list[Record], texts: list[Record], spread: Spread, used: _Used) -> list[Record]:
    """One page for each part of the wide ones. The glyphs of cells are shared out as the rows tell; what they do not
    tell is of the first part."""
    outside: dict[tuple[int, str], int] = {}
    for text in texts:
        key = text["page_number"], text["account"]
        outside[key] = outside.get(key, 0) + text["glyph_count"]
    made: list[Record] = []
    for record in wide:
        for part in range(spread.parts):
            page = dict(record)
            number = page["page_number"] = spread.page(record["page_number"], part)
            page["width"] = spread.width
            page["glyphs_furniture"] = outside.get((number, "furniture"), 0)
            page["glyphs_left"] = outside.get((number, "left"), 0)
            page["glyphs_used"] = used.glyphs.get(number, 0)
            made.append(page)
        parts = made[-spread.parts :]
        parts[0]["glyphs_used"] += record["glyphs_used"] - sum(page["glyphs_used"] for page in parts)
        for page in parts:
            page["glyphs_seen"] = page["glyphs_used"] + page["glyphs_furniture"] + page["glyphs_left"]
    return sorted(made, key=lambda page: page["page_number"])
