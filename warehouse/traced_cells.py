"""The cells of a traced row: text, boxes, and where the header they stand under is printed."""

from __future__ import annotations

from typing import Any

from records.places import BBox, PageBox
from records.rows import AUDIT_FIELDS
from records.sharing_headers import SHARING_FIELDS
from warehouse.traced import TracedCell


def traced_cells(
    row: dict[str, Any],
    columns: list[dict[str, Any]],
    parts: list[dict[str, Any]],
    header_lines: list[dict[str, Any]],
) -> tuple[TracedCell, ...]:
    """The non-empty cells, in the order in which the columns are printed.

    *header_lines* are the lines of ``raw.page_text`` that repeat the header on the row's own page.
    """
    document_id = row["document_id"]
    repeated = [line["box"] for line in header_lines if line["box"]]
    printed: dict[str, list[dict[str, Any]]] = {}
    for column in columns:
        printed.setdefault(column["field"] or column["other_key"], []).append(column)
    cells = []
    for name, under in printed.items():
        is_canonical = name in AUDIT_FIELDS
        text = row[name] if is_canonical else row["other"].get(name)
        if text is None:
            continue
        box = (row["cell_boxes"] if is_canonical else row["other_boxes"]).get(name)
        places = [(row["page_number"], box)] if box else []
        places += [(part["continued_page_number"], part["box"]) for part in parts if part["field"] == name]
        headers = [place for column in under for place in _header_places(column, row["page_number"], repeated)]
        cells.append(
            TracedCell(
                name=name,
                is_canonical=is_canonical,
                text=text,
                boxes=tuple(page_box(document_id, page, place) for page, place in places),
                printed_headers=tuple(column["printed_header"] for column in under if column["printed_header"]),
                header_boxes=tuple(page_box(document_id, page, place) for page, place in headers),
            )
        )
    return tuple(cells)


def sharing_cells(row: dict[str, Any], parts: list[dict[str, Any]]) -> tuple[TracedCell, ...]:
    """The non-empty cells of an organization of a sharing list."""
    cells = []
    for name in SHARING_FIELDS:
        box = row[f"{name}_box"]
        places = [(row["page_number"], box)] if box else []
        places += [(part["continued_page_number"], part["box"]) for part in parts if part["field"] == name]
        if row[name] is not None:
            boxes = tuple(page_box(row["document_id"], page, place) for page, place in places)
            cells.append(TracedCell(name, True, row[name], boxes, (), ()))
    return tuple(cells)


def _header_places(
    column: dict[str, Any], page_number: int, repeated: list[dict[str, float]]
) -> list[tuple[int, dict[str, float]]]:
    """Where a reviewer finds the column's header: on the row's own page if that prints it, else where it was read."""
    if not column["header_box"]:
        return []
    if column["page_number"] != page_number and column["left_edge"] is not None and column["right_edge"] is not None:
        here = [
            (page_number, box)
            for box in repeated
            if column["left_edge"] <= (box["x0"] + box["x1"]) / 2 <= column["right_edge"]
        ]
        if here:
            return here
    return [(column["page_number"], column["header_box"])]


def page_box(document_id: str, page_number: int, box: dict[str, float]) -> PageBox:
    """A box of the warehouse as a place."""
    return PageBox(document_id, page_number, BBox(**box))
