"""Issues of rows that stand one column off: one for the range, one for every cell in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from extractors.shift import ShiftedRange, ShiftSign, shifted_ranges
from records.issues import Severity
from records.parts import ISSUE_COLUMNS

_MANY = 2000
"""Rows of a range from which on each row has one issue, not each of its cells."""
_EXPLAINED = frozenset(("value_unlike_column", "empty_cell"))
_ADVICE = "Leave these rows out, or move the cells after a look at the page; ask the agency for the original export."


def tell_shifts(issues: list[dict[str, Any]], signs: Sequence[dict[str, Any]], row_files: Sequence[Path]) -> None:
    """Add to *issues* (rows of ``ISSUE_COLUMNS``) what the *signs* of all chunks tell, and take those away that the
    shift explains."""
    if not signs:
        return
    found = [ShiftSign.from_json(sign) for sign in signs]
    pages = {sign.page_number for sign in found}
    told: list[dict[str, Any]] = []
    for path in row_files:
        table = pq.read_table(path, columns=["page_number", "row_number"])
        order = list(zip(table["page_number"].to_pylist(), table["row_number"].to_pylist(), strict=True))
        if pages.intersection(page for page, _ in order):
            for one in shifted_ranges(found, order):
                told += _range_issues(one)
    cells = {(i["page_number"], i["row_number"], i["column_ordinal"]) for i in told}
    issues[:] = [
        i
        for i in issues
        if i["code"] not in _EXPLAINED or (i["page_number"], i["row_number"], i["column_ordinal"]) not in cells
    ]
    issues += told


def _range_issues(one: ShiftedRange) -> Iterator[dict[str, Any]]:
    (page, row), (last_page, last_row) = one.rows[0], one.rows[-1]
    side = {1: "to the right", -1: "to the left", 0: "off"}[one.step]
    where = f"row {row} of page {page}"
    if len(one.rows) > 1:
        where = f"{len(one.rows)} rows, {where} to row {last_row} of page {last_page}"
    said = f"In {where}, cells stand one column {side} of their headers, from column {one.first + 1} on."
    if not one.step:
        said = f"In {where}, a cell is unlike its column, row after row: columns {one.first + 1} to {one.last + 1}."
    yield _issue("cells_shifted", Severity.DOUBT, said, (page, None, None), _ADVICE)
    columns = [None] if len(one.rows) > _MANY else [*range(one.first, one.last + 1)]
    for place in one.rows:
        for column in columns:
            said = "The cell belongs to a range of rows whose cells are shifted, or may be."
            yield _issue("cell_shifted", Severity.DOUBT, said, (*place, column), None)


def _issue(
    code: str, severity: Severity, message: str, place: tuple[int, int | None, int | None], advice: str | None
) -> dict[str, Any]:
    page, row, column = place
    values = (code, str(severity), message, advice, page, row, None, column, None)
    return dict(zip(ISSUE_COLUMNS, values, strict=True))
