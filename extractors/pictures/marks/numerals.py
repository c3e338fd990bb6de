"""Columns of numbers beside a list: running numbers, counts, amounts. Their figures are no marks and no labels."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import Box, TextLine
from records.marks import Agreement

_UNSURE = (Agreement.DIFFER, Agreement.ONE)
_NUMBER = re.compile(r"^\W*(\d{1,3}(?:,\d{3})*|\d+)\W*$")


def number_columns(runs: list[Run], lines: Sequence[TextLine], unit: float) -> list[Box]:
    """The columns of numbers, a box around each and a line more above and below for numbers that nobody read.

    Three at least, ranged left, right or middle, and nearly all different: a reader makes the same of every empty box.
    Of single figures three that the readers agree on: they make one or another of boxes.
    """
    numbers = [(r, match[1]) for r in runs if (match := _NUMBER.match(r.text))]
    columns: list[Box] = []
    taken: set[int] = set()
    for run, _ in numbers:
        if id(run) in taken:
            continue
        column = [(r, value) for r, value in numbers if _ranged(r, run, unit)]
        sure = [value for r, value in column if len(value) > 1 or lines[r.line].agreement not in _UNSURE]
        if len(sure) >= 3 and len({value for _, value in column}) >= 0.7 * len(column):
            taken |= {id(r) for r, _ in column}
            boxes = [r.box for r, _ in column]
            columns.append(
                (
                    min(b[0] for b in boxes) - 0.3 * unit,
                    min(b[1] for b in boxes) - 1.6 * unit,
                    max(b[2] for b in boxes) + 0.3 * unit,
                    max(b[3] for b in boxes) + 1.6 * unit,
                )
            )
    return columns


def is_number(box: Box, columns: list[Box]) -> bool:
    """Whether *box* lies in one of the columns of numbers."""
    y = (box[1] + box[3]) / 2
    return any(c[0] <= box[0] and box[2] <= c[2] and c[1] <= y <= c[3] for c in columns)


def _ranged(one: Run, other: Run, unit: float) -> bool:
    ends = (
        one.box[0] - other.box[0],
        one.box[2] - other.box[2],
        (one.box[0] + one.box[2] - other.box[0] - other.box[2]) / 2,
    )
    return min(abs(e) for e in ends) <= 0.35 * unit
