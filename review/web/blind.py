"""Where a value stands on its page, without what was read there: the row, and where the column crosses it."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from records.decisions import TargetKind
from records.places import BBox
from review.double_log import DoubleItem
from review.printed import Facts
from review.web.marking import MarkedBox, PageView, sheet_of
from warehouse.derive_standing import OVERLAP
from warehouse.trace_chain import every

_RELATIONS = {TargetKind.AUDIT_CELL: "raw.audit_row", TargetKind.SHARING_CELL: "raw.sharing_row"}


def blind_views(connection: duckdb.DuckDBPyConnection, item: DoubleItem) -> list[PageView]:
    """The page of *item*, and those on which its row goes on; none where the snapshot no longer has the page.

    The value is found by the place that it was drawn with: ids change with an extraction, places do not. The box of a
    cell is left out, for that there is one says that the machine read something."""
    sheet = sheet_of(connection, item.document_id, item.page_number)
    if sheet is None:
        return []
    if item.kind not in _RELATIONS:
        kind = "label" if item.kind is TargetKind.MARK_LABEL else "mark"
        return [PageView(sheet, (_marked(kind, item.bbox),))]
    row = _row_at(connection, item)
    if row is None:  # no row is read there now: the line of the page that it was in
        band = BBox(0.0, item.bbox.top, sheet.width, item.bbox.bottom)
        return [PageView(sheet, (_marked("row", band),))]
    views = [PageView(sheet, (*_crossed(connection, row["segment_id"], item.field, BBox(**row["row_box"])),))]
    about = "row_id = ? AND column_ordinal IS NULL ORDER BY continued_page_number"
    for part in every(connection, "raw.row_continuation", about, [row["row_id"]]):
        further = sheet_of(connection, item.document_id, part["continued_page_number"])
        if further is not None:
            boxes = _crossed(connection, row["segment_id"], item.field, BBox(**part["box"]))
            views.append(PageView(further, (*boxes,)))
    return views


def crossing(connection: duckdb.DuckDBPyConnection, row_id: str, field: str) -> list[MarkedBox]:
    """Where the columns of *field* cross a row of a log or sharing list; none where no edges of columns are known."""
    return [
        box
        for relation in _RELATIONS.values()
        for row in every(connection, relation, "row_id = ?", [row_id])
        for box in _crossed(connection, row["segment_id"], field, BBox(**row["row_box"]))
        if box.kind == "cell"
    ]


def _row_at(connection: duckdb.DuckDBPyConnection, item: DoubleItem) -> Facts | None:
    """The row that is read now where the value was."""
    best, most = None, 0.0
    columns = f"(SELECT row_id, segment_id, document_id, page_number, row_box FROM {_RELATIONS[item.kind]})"
    for row in every(connection, columns, "document_id = ? AND page_number = ?", [item.document_id, item.page_number]):
        box = BBox(**row["row_box"])
        share = box.shared_area(item.bbox) / min(box.area, item.bbox.area)
        if share >= OVERLAP and share > most:
            best, most = row, share
    return best


def _crossed(connection: duckdb.DuckDBPyConnection, segment_id: str, field: str, row: BBox) -> Iterator[MarkedBox]:
    """The box of a row, and where the columns of *field* cross it."""
    yield _marked("row", row)
    about = "segment_id = ? AND coalesce(field, other_key) = ? AND right_edge > left_edge"
    for column in every(connection, "raw.segment_column", about, [segment_id, field]):
        yield _marked("cell", BBox(column["left_edge"], row.top, column["right_edge"], row.bottom), field)


def _marked(kind: str, box: BBox, name: str = "") -> MarkedBox:
    return MarkedBox(kind, box.x0, box.top, box.x1, box.bottom, name, is_chosen=True)
