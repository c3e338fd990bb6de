"""Judging a row's final texts: what is doubtful becomes an issue that names row and column."""

from __future__ import annotations

from collections.abc import Iterator

from extractors.layout import Row
from extractors.model import TableModel
from extractors.pages import PageIssue
from extractors.values import VALUE_TYPES, is_marker, is_type
from records.issues import Severity

_EDGE = "Text reaches over the edge between two columns; the cell may hold too much or too little."
_UNLIKE = "The value does not look like the others of its column."


def judge(model: TableModel, index: int, row: Row, texts: list[str | None]) -> Iterator[PageIssue]:
    """The issues of one row; *index* is its place on the page, *texts* its joined cells."""
    for j, (column, cell, text) in enumerate(zip(model.columns, row.cells, texts, strict=True)):
        if text is None:
            continue
        if cell is not None and cell.is_doubtful:
            yield PageIssue("crosses_column", Severity.DOUBT, _EDGE, index, j, text)
        elif column.value_type and not is_type(VALUE_TYPES[column.value_type], text) and not is_marker(text):
            yield PageIssue("value_unlike_column", Severity.DOUBT, _UNLIKE, index, j, text)
