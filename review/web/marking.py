"""What is marked on which page: boxes of a row, mark or list, for a drawing over the picture of the page.

Boxes are those of the warehouse, in points; the drawing has the page's own points as its coordinates. So nothing is
rounded, and zooming moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import reduce

import duckdb

from records.places import BBox, PageBox, PageBoxes
from review.web.pictures import Sheet
from warehouse.trace import ListTrace, MarkTrace, Trace
from warehouse.trace_chain import every

ORDER = ("furniture", "left", "row", "header", "label", "cell", "mark")
"""Kinds of boxes, those drawn first first."""
_LETTER = 6.0
"""Points that a letter of a state takes, written beside its mark."""
_MOST = 2_000
"""Boxes of one kind on one page; a hostile page could have millions."""


@dataclass(frozen=True, slots=True)
class MarkedBox:
    """One box on a page."""

    kind: str
    """One of :data:`ORDER`."""
    x0: float
    top: float
    x1: float
    bottom: float
    name: str = ""
    """The field of a cell or header; the label of a mark."""
    state: str = ""
    """Of a mark."""
    id: str = ""
    """The row or mark it belongs to, where that is another one than the page is about: a link."""
    is_chosen: bool = False
    """What the page is about; the others only stand around it."""
    told: str = ""
    """On which side of the box its state is written: ``left`` or ``right``, away from its label; empty for not at
    all."""


@dataclass(frozen=True, slots=True)
class PageView:
    """A page with what is marked on it."""

    sheet: Sheet
    boxes: tuple[MarkedBox, ...]

    @property
    def focus(self) -> BBox | None:
        """What to look at first: the one cell that is chosen, else all that is; on a page that only has the header of
        another one's row, the header."""
        chosen = [box for box in self.boxes if box.is_chosen] or [box for box in self.boxes if box.kind == "header"]
        cells = [box for box in chosen if box.kind == "cell"]
        looked_at = cells if len(cells) == 1 else chosen
        boxes = [BBox(box.x0, box.top, box.x1, box.bottom) for box in looked_at]
        return reduce(BBox.union, boxes) if boxes else None


def sheet_of(connection: duckdb.DuckDBPyConnection, document_id: str, page_number: int) -> Sheet | None:
    """The page as it can be drawn; None where the snapshot does not know it, or not its size."""
    found = connection.execute(
        """SELECT p.document_id, p.page_number, d.page_count, p.width, p.height, d.media_type LIKE 'image/%'
        FROM raw.page AS p JOIN raw.document AS d USING (document_id)
        WHERE p.document_id = ? AND p.page_number = ? AND p.width > 0 AND p.height > 0""",
        [document_id, page_number],
    ).fetchone()
    return Sheet(*found) if found else None


def row_views(connection: duckdb.DuckDBPyConnection, trace: Trace, fieldname: str | None = None) -> list[PageView]:
    """The pages of a row, its own first: its cells (or the one of *fieldname*), the row, and headers."""
    boxes: dict[tuple[str, int], list[MarkedBox]] = {(trace.document.document_id, trace.page_number): []}

    def add(places: Iterable[object], kind: str, name: str = "", is_chosen: bool = False) -> None:
        for place in places:
            if isinstance(place, PageBox):
                key = (place.document_id, place.page_number)
                boxes.setdefault(key, []).append(_box(place, kind, name, is_chosen=is_chosen))

    add(trace.place.boxes if isinstance(trace.place, PageBoxes) else (trace.place,), "row", is_chosen=True)
    for cell in trace.cells:
        is_chosen = fieldname in (None, cell.name)
        if is_chosen:
            add(cell.header_boxes, "header", cell.name)
        add(cell.boxes, "cell", cell.name, is_chosen=is_chosen)
    if trace.segment.kind == "sharing_list":
        add(_headings(connection, trace, fieldname), "header")
    return _views(connection, boxes)


def _headings(connection: duckdb.DuckDBPyConnection, trace: Trace, fieldname: str | None) -> list[PageBox]:
    """The headings of a sharing list where the row's own page prints them; for one field, that which begins nearest to
    it: their columns are not stored."""
    place = (trace.document.document_id, trace.page_number)
    found = every(
        connection,
        "raw.page_text",
        "document_id = ? AND page_number = ? AND rule = 'header' AND box IS NOT NULL ORDER BY box.x0, box.top LIMIT ?",
        [*place, _MOST],
    )
    headings = [PageBox(*place, BBox(**line["box"])) for line in found]
    cell = next((cell for cell in trace.cells if cell.name == fieldname and cell.boxes), None)
    if cell is None or not headings:
        return headings
    return [min(headings, key=lambda heading: abs(heading.bbox.x0 - cell.boxes[0].bbox.x0))]


def mark_views(connection: duckdb.DuckDBPyConnection, trace: MarkTrace | ListTrace) -> list[PageView]:
    """The pages of a mark or list, its own first, with all marks that are on them."""
    chosen = {mark.mark_id for mark in trace.marks} if isinstance(trace, MarkTrace) else set()
    own = (trace.document.document_id, trace.page_number)
    pages = [(mark.label_box.document_id, mark.label_box.page_number) for mark in trace.marks]
    if isinstance(trace, ListTrace):
        pages += trace.pages
    boxes = {page: marks_on(connection, *page, chosen) for page in dict.fromkeys([own, *pages])}
    return _views(connection, boxes)


def marks_on(
    connection: duckdb.DuckDBPyConnection, document_id: str, page_number: int, chosen: set[str]
) -> list[MarkedBox]:
    """Label and mark of every mark of a page; those of *chosen* stand out."""
    boxes = []
    for row in every(
        connection,
        "(SELECT * REPLACE (left(label, 200) AS label) FROM raw.hotlist_mark)",
        "document_id = ? AND page_number = ? ORDER BY mark_number LIMIT ?",
        [document_id, page_number, _MOST],
    ):
        facts = {"name": row["label"] or "", "state": row["state"], "is_chosen": row["mark_id"] in chosen}
        facts["id"] = "" if facts["is_chosen"] else row["mark_id"]
        label, mark = row["label_box"], row["mark_box"]
        is_before = bool(mark) and mark["x1"] <= (label["x0"] + label["x1"]) / 2
        has_room = bool(mark) and mark["x0"] > _LETTER * len(row["state"])
        told_by_label = mark is None or (is_before and not has_room)
        boxes.append(MarkedBox("label", **label, **facts, told="right" if told_by_label else ""))
        if mark:
            told = "" if told_by_label else "left" if is_before else "right"
            boxes.append(MarkedBox("mark", **mark, **facts, told=told))
    return boxes


def rows_on(connection: duckdb.DuckDBPyConnection, document_id: str, page_number: int) -> list[MarkedBox]:
    """The rows of a page, those too that began on an earlier one."""
    found = connection.execute(
        """SELECT row_id, row_box FROM raw.audit_row WHERE document_id = $1 AND page_number = $2
        UNION ALL SELECT row_id, row_box FROM raw.sharing_row WHERE document_id = $1 AND page_number = $2
        UNION ALL SELECT row_id, box FROM raw.row_continuation
            WHERE document_id = $1 AND continued_page_number = $2 AND column_ordinal IS NULL
        ORDER BY row_id LIMIT $3""",
        [document_id, page_number, _MOST],
    ).fetchall()
    return [MarkedBox("row", **box, id=id) for id, box in found if box]


def texts_on(connection: duckdb.DuckDBPyConnection, document_id: str, page_number: int) -> list[MarkedBox]:
    """The lines of a page that are in no row: furniture, and what is left over."""
    found = every(
        connection,
        "(SELECT document_id, page_number, account, left(text, 200) AS text, box FROM raw.page_text)",
        "document_id = ? AND page_number = ? AND box IS NOT NULL LIMIT ?",
        [document_id, page_number, _MOST],
    )
    return [MarkedBox(line["account"], **line["box"], name=line["text"]) for line in found]


def _views(connection: duckdb.DuckDBPyConnection, boxes: dict[tuple[str, int], list[MarkedBox]]) -> list[PageView]:
    views = []
    for (document_id, page_number), on_page in boxes.items():
        sheet = sheet_of(connection, document_id, page_number)
        if sheet is not None:
            views.append(PageView(sheet, tuple(sorted(on_page, key=lambda box: ORDER.index(box.kind)))))
    return views


def _box(place: PageBox, kind: str, name: str, is_chosen: bool) -> MarkedBox:
    box = place.bbox
    return MarkedBox(kind, box.x0, box.top, box.x1, box.bottom, name, is_chosen=is_chosen)
