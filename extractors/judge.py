"""Judging a row's final texts: what is doubtful becomes an issue that names row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from extractors.cells import Cell, Row
from extractors.clipped import is_at_edge
from extractors.early_breaks import breaks_early
from extractors.fragments import is_piece
from extractors.hyphens import is_unsure
from extractors.model import Column, TableModel
from extractors.read_page import PageIssue
from extractors.usual import is_cut_label
from extractors.values import VALUE_TYPES, is_marker, is_type
from records.issues import Severity

ENOUGH = 40
"""Rows that must have been seen before their being all alike says something about the next one."""
_BLACK = "Something covers the cell or a part of it; text that survives underneath is no part of the value."
_EMPTY = "The cell is empty, in a column of ids, times or counts that all rows of the sample fill."
_EDGE = "Text reaches over the edge between two columns; the cell may hold too much or too little."
_PAGE_EDGE = "The cell reaches up to the edge of what is printed: the page may have cut it."
_TALL = "The cell, the last above the end of the table, is the only one with two lines: it may hold what stands below."
_JOINT = "What was joined to the cell from another page would have fitted beside it: it may be something else."
_STARTLESS = "The row lacks the value that starts rows; its counts tell that it is one."
_JOINED = "Cells have several lines in columns where the log prints one: the row may hold more rows than one."
UNKNOWN = "[\ufffd\ue000-\uf8ff]"
"""Characters that stand for no letter: what was printed the file does not say."""
_UNKNOWN = "The file does not say which letters some glyphs of the cell are; look at the page."
_PIECE = "The cell holds a piece of a time or a count, or more than one: the column may be cut in the wrong place."
_PARTED = (
    "A word is parted at a line end, and stands nowhere whole: its hyphen may be the program's and not the value's."
)
_CUT = "The heading of the column, the last one, is cut by the page's edge, and so may be the value."
_UNLIKE = "The value does not look like the others of its column."


def judge(
    model: TableModel,
    index: int,
    row: Row,
    texts: list[str | None],
    pieces: list[Row],
    is_last: bool,
    width: float = np.inf,
) -> Iterator[PageIssue]:
    """The issues of one row; *index* is its place on the page, *texts* its joined cells, *pieces* the
    parts of it on other pages, *is_last* whether it is the last of its page, *width* that of the page in points."""
    if row.is_startless:
        yield PageIssue("row_without_anchor", Severity.DOUBT, _STARTLESS, index)
    if not model.is_ruled and _is_joined(model, row):
        yield PageIssue("rows_joined", Severity.DOUBT, _JOINED, index)
    may_have_grown = is_last and not model.is_ruled and model.alignment == "top"
    for j, (column, cell, text) in enumerate(zip(model.columns, row.cells, texts, strict=True)):
        hidden = cell.hidden if cell is not None else None
        if pieces:
            parts = [hidden, *(c.hidden for p in pieces if (c := p.cells[j]))]
            hidden = " ".join(part for part in parts if part) or None
        if hidden:
            yield PageIssue("blacked_out", Severity.NOTICE, _BLACK, index, j, hidden)
        if text and re.search(UNKNOWN, text):
            yield PageIssue("unmapped_glyphs", Severity.ERROR, _UNKNOWN, index, j, text)
        if text is None:
            if column.value_type and column.is_always_filled and column.rows_seen >= ENOUGH and not hidden:
                yield PageIssue("empty_cell", Severity.DOUBT, _EMPTY, index, j)
        elif cell is not None and cell.is_doubtful:
            if any(is_at_edge(c.x0, c.x1, width, model) for p in (row, *pieces) if (c := p.cells[j])):
                yield PageIssue("cut_at_edge", Severity.DOUBT, _PAGE_EDGE, index, j, text)
            else:
                yield PageIssue("crosses_column", Severity.DOUBT, _EDGE, index, j, text)
        elif pieces and not column.breaks and _breaks_early(column, [row, *pieces], j, model.height):
            yield PageIssue("row_cut", Severity.DOUBT, _JOINT, index, j, text)
        elif column.most_lines == 1 and column.rows_seen >= ENOUGH and _grew(cell, pieces, j, may_have_grown):
            yield PageIssue("taller_than_column", Severity.DOUBT, _TALL, index, j, text)
        elif column.value_type and not is_type(VALUE_TYPES[column.value_type], text) and not is_marker(text):
            yield PageIssue("value_unlike_column", Severity.DOUBT, _UNLIKE, index, j, text)
        elif j == len(texts) - 1 and column.label is not None and is_cut_label(column.label.text):
            yield PageIssue("value_unlike_column", Severity.DOUBT, _CUT, index, j, text)
        elif column.words and is_unsure(_lines([row, *pieces], j), column.words):
            yield PageIssue("word_parted", Severity.DOUBT, _PARTED, index, j, text)
        elif is_piece(column, text):
            yield PageIssue("value_unlike_column", Severity.DOUBT, _PIECE, index, j, text)


def _is_joined(model: TableModel, row: Row) -> bool:
    """Whether half of the cells, and two at least, have more lines than their columns have otherwise."""
    tall = filled = 0
    for column, cell in zip(model.columns, row.cells, strict=True):
        if cell is None:
            continue
        filled += 1
        most = column.most_lines if column.most_lines == 1 else column.most_lines + 1
        tall += len(cell.texts) > most and column.rows_seen >= ENOUGH
    return tall > 1 and 2 * tall >= filled


def _lines(parts: list[Row], j: int) -> list[str]:
    """The lines of a cell, with those of its pieces on other pages."""
    return [text for part in parts if (cell := part.cells[j]) is not None for text in cell.texts]


def _breaks_early(column: Column, parts: list[Row], j: int, height: float) -> bool:
    """Whether the cell, with its pieces on other pages, has a line that ends though the next word would have fitted."""
    cells = [cell for part in parts if (cell := part.cells[j]) is not None]
    texts, widths = [t for c in cells for t in c.texts], [w for c in cells for w in c.widths]
    return breaks_early(texts, widths, column.widest, height)


def _grew(cell: Cell | None, pieces: list[Row], column: int, may_have_grown: bool) -> bool:
    """Whether a cell of a column that never wraps has more than one line."""
    if cell is None:
        return False
    return (may_have_grown and len(cell.texts) > 1) or any(piece.cells[column] for piece in pieces)
