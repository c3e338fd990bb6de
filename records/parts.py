"""The parts: what one extraction of one document leaves on disk, as immutable Parquet.

``parts/<document_id>/<fingerprint>/`` holds ``manifest.json`` and the tables below. A folder without a manifest is
unfinished and is never read. The extractors write this layout, the warehouse loads it; both take it from here.

Row tables are wide: the columns of ``ROW_COLUMNS`` and then, for every printed column *j* (0-based, left to right),
the five of ``cell_columns(j)``. A blank cell has null in all five. One file per segment and chunk, because the number
of columns belongs to the segment. Boxes are points (see :mod:`records.places`).
"""

from __future__ import annotations

MANIFEST = "manifest.json"
READINGS_PREFIX = "readings-"
"""``parts/<document_id>/readings-<reading fingerprint>/page-00001.parquet``: what OCR saw on a page. Dear, so it
outlives every change of the layout."""

SEGMENT_COLUMNS = {
    "segment_ordinal": "int32",  # from 1, in page order
    "first_page": "int32",
    "last_page": "int32",
    "kind": "string",  # records.documents.SegmentKind
    "reason": "string",  # why it was taken for that kind, in words
    "engine": "string",  # pdfium | pdfplumber
    "is_ruled": "bool",
    "row_alignment": "string",  # top | middle | bottom; null where ruled rows make it moot
    "anchor_column": "int32",  # the column whose values start rows; null where ruled
}

COLUMN_COLUMNS = {
    "segment_ordinal": "int32",
    "column_ordinal": "int32",  # from 0, left to right
    "printed_header": "string",  # as printed, lines joined by a space; null where the page prints none
    "given_header": "string",  # where none, or a part, is printed: the name given, told by values, or made whole
    "header_basis": "string",  # printed | hint | values; null where the column has no name at all
    "page_number": "int32",  # of the header; null without one
    "x0": "float",  # the header's box
    "top": "float",
    "x1": "float",
    "bottom": "float",
    "left_edge": "float",  # the column's band, from edge to edge
    "right_edge": "float",
}

PAGE_COLUMNS = {
    "page_number": "int32",
    "width": "float",
    "height": "float",
    "rotation": "int32",  # /Rotate, in degrees clockwise; width and height are after it
    "page_class": "string",  # records.documents.PageClass
    "class_reason": "string",
    "segment_ordinal": "int32",
    "engine": "string",
    "glyphs_seen": "int32",  # non-space glyphs; seen = used + furniture + left
    "glyphs_used": "int32",
    "glyphs_furniture": "int32",
    "glyphs_left": "int32",
    "ink_left": "float",  # pictures only; null on text pages
}

ROW_COLUMNS = {
    "segment_ordinal": "int32",
    "page_number": "int32",  # of the row's anchor
    "row_number": "int32",  # from 1, ordinal on that page
    "engine": "string",
    "x0": "float",  # the row's box on that page
    "top": "float",
    "x1": "float",
    "bottom": "float",
}


def cell_columns(column_ordinal: int) -> dict[str, str]:
    """The five columns of printed column *column_ordinal*: its text and its tight box on the anchor page.

    A cell printed wholly on another page than the anchor has its text here, its box null, and its place in
    ``continuation``.
    """
    j = column_ordinal
    return {f"text_{j}": "string", f"x0_{j}": "float", f"top_{j}": "float", f"x1_{j}": "float", f"bottom_{j}": "float"}


# The parts of rows that lie on another page than their anchor.
CONTINUATION_COLUMNS = {
    "page_number": "int32",  # of the anchor: with row_number, the row
    "row_number": "int32",
    "column_ordinal": "int32",  # null: the row as a whole
    "continued_page_number": "int32",
    "x0": "float",
    "top": "float",
    "x1": "float",
    "bottom": "float",
}

# Every line of text that is in no cell: furniture with its rule, and what is left over.
PAGE_TEXT_COLUMNS = {
    "page_number": "int32",
    "account": "string",  # furniture | left
    "rule": "string",  # header | repeated | page_number | outside_table | ...
    "text": "string",
    "glyph_count": "int32",  # non-space glyphs
    "x0": "float",
    "top": "float",
    "x1": "float",
    "bottom": "float",
}

# records.issues.Issue; column_ordinal becomes the field's name at load.
ISSUE_COLUMNS = {
    "code": "string",
    "severity": "string",
    "message": "string",
    "advice": "string",
    "page_number": "int32",
    "row_number": "int32",  # of a row of an audit log or of a sharing list
    "mark_number": "int32",
    "column_ordinal": "int32",
    "seen_text": "string",
}

# What one reader saw in one cell or label: all of them where a page was recognised from a picture, else where readers
# disagree. At most one of row_number and mark_number is set; neither at text of the page that is in no row and no mark.
READING_COLUMNS = {
    "page_number": "int32",
    "row_number": "int32",
    "mark_number": "int32",
    "column_ordinal": "int32",
    "reader": "string",
    "text": "string",
    "score": "float",
    "x0": "float",
    "top": "float",
    "x1": "float",
    "bottom": "float",
}

# One mark and its label. Boxes of marks read from words are the word's; a chip's is the chip's.
MARK_COLUMNS = {
    "segment_ordinal": "int32",
    "page_number": "int32",
    "mark_number": "int32",  # from 1, in reading order on that page
    "label": "string",  # verbatim, lines joined by a space
    "label_agreement": "string",  # records.marks.Agreement
    "state": "string",  # records.marks.MarkState
    "state_basis": "string",  # why, in words, e.g. "ring and tick", "calibrated against 12 marks of the page"
    "style": "string",  # records.marks.MarkStyle
    "method": "string",  # records.marks.MarkMethod
    "group_label": "string",  # the heading printed above it, or null
    "parent_number": "int32",  # mark_number of the mark it is indented under, on the same page; null without
    "x0": "float",  # the label's box
    "top": "float",
    "x1": "float",
    "bottom": "float",
    "mark_x0": "float",
    "mark_top": "float",
    "mark_x1": "float",
    "mark_bottom": "float",
}

# One organization of a sharing list, printed or on a picture. The row's box is the union of the three cells'.
SHARING_COLUMNS = {
    "segment_ordinal": "int32",
    "page_number": "int32",
    "row_number": "int32",  # from 1, ordinal on that page
    "organization": "string",
    "shared_with_me": "string",  # as printed; null where blank or where there is no such column
    "sharing_to": "string",
    "direction": "string",  # records.marks.Direction
    "agreement": "string",  # records.marks.Agreement, of the organization's name
    "engine": "string",
    **{f"{cell}{side}": "float" for cell in ("", "with_me_", "to_") for side in ("x0", "top", "x1", "bottom")},
}

# What a page of settings says besides its marks, as printed and where.
FACT_COLUMNS = {
    "page_number": "int32",
    # title | list_name | account | agency | date | letter_date | url | count_on | count_total | select_all
    "fact": "string",
    "text": "string",  # as printed, e.g. "12 of 14 selected"
    "value": "string",  # the number, date (YYYY-MM-DD) or name in it; null where it does not parse
    "agreement": "string",
    "x0": "float",
    "top": "float",
    "x1": "float",
    "bottom": "float",
}

TABLES: dict[str, dict[str, str]] = {
    "segment": SEGMENT_COLUMNS,
    "column": COLUMN_COLUMNS,
    "page": PAGE_COLUMNS,
    "continuation": CONTINUATION_COLUMNS,
    "page_text": PAGE_TEXT_COLUMNS,
    "issue": ISSUE_COLUMNS,
    "reading": READING_COLUMNS,
    "mark": MARK_COLUMNS,
    "sharing": SHARING_COLUMNS,
    "fact": FACT_COLUMNS,
}
"""Files ``<table>.parquet``, always present, possibly empty. Rows are apart: ``row-s<segment>-c<chunk>.parquet``."""
