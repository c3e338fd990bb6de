"""The cells of a ruled form: what is written in them, which of them are fields to tick, and whose fields they are."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from extractors.pictures.marks.rulings import Table
from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import Box
from records.hotlists import topic_of

_FEWEST = 4
"""Fields of a column from which it may be one of marks."""
NUMBER = re.compile(r"[235689]|\d{3}")
"""Readers take ticks and boxes for 1, 4, 7 and 0, never for other digits."""


@dataclass(slots=True)
class Cell:
    """One field and the runs that stand in it."""

    box: Box
    runs: list[Run] = field(default_factory=list)

    @property
    def has_words(self) -> bool:
        return sum(c.isalpha() for r in self.runs for c in r.text) >= 4


def filled(table: Table, runs: list[Run]) -> list[Cell]:
    """The cells of *table* with the runs whose middle lies in them."""
    cells = [Cell(box) for box in table.cells]
    for run in runs:
        x, y = (run.box[0] + run.box[2]) / 2, run.middle
        for cell in cells:
            if cell.box[0] <= x <= cell.box[2] and cell.box[1] <= y <= cell.box[3]:
                cell.runs.append(run)
                break
    return cells


def columns_of_cells(cells: list[Cell], unit: float) -> list[list[Cell]]:
    """Cells with the same left and right edges, top to bottom; edges of a scan lean a little."""
    columns: list[list[Cell]] = []
    for cell in sorted(cells, key=lambda c: (c.box[1], c.box[0])):
        home = next(
            (
                c
                for c in columns
                if abs(c[-1].box[0] - cell.box[0]) <= 0.5 * unit and abs(c[-1].box[2] - cell.box[2]) <= 0.5 * unit
            ),
            None,
        )
        if home is None:
            columns.append([cell])
        else:
            home.append(cell)
    return [c for c in columns if len(c) >= _FEWEST]


def open_labels(columns: list[list[Cell]], words: list[list[Cell]], runs: list[Run], unit: float) -> list[list[Cell]]:
    """Columns of labels that no line closes, because the page ends there: words beside most fields of a column, in no
    cell of their own. Each reaches from its field to the end of the longest."""
    held = {id(r) for column in (*columns, *words) for c in column for r in c.runs}
    free = [r for r in runs if id(r) not in held and sum(ch.isalpha() for ch in r.text) >= 4]
    found = []
    for column in columns:
        for is_right in (False, True):
            cells = [_open_cell(field, free, unit, is_right) for field in column]
            labels = [c for c in cells if c is not None]
            if len(labels) >= 0.6 * len(column):
                x0, x1 = (pick(c.box[side] for c in labels) for pick, side in ((min, 0), (max, 2)))
                for c in labels:
                    c.box = (c.box[0], c.box[1], x1, c.box[3]) if is_right else (x0, c.box[1], c.box[2], c.box[3])
                found.append(labels)
    return found


def _open_cell(field: Cell, free: list[Run], unit: float, is_right: bool) -> Cell | None:
    x0, top, x1, bottom = field.box
    beside = [
        r for r in free if top <= r.middle <= bottom and -0.3 * unit <= _gap(field, r, is_right) <= _BESIDE * unit
    ]
    if not beside:
        return None
    run = min(beside, key=lambda r: _gap(field, r, is_right))
    return Cell((x1, top, run.box[2], bottom) if is_right else (run.box[0], top, x0, bottom), [run])


def _gap(field: Cell, run: Run, is_right: bool) -> float:
    return run.box[0] - field.box[2] if is_right else field.box[0] - run.box[2]


_BESIDE = 1.5
"""Heights of a line between a field and the words of a label that no line closes."""


def is_for_marks(column: list[Cell], words: list[list[Cell]], runs: list[Run], unit: float) -> bool:
    """Fields without words or figures, mostly beside a label; labels that lost the lines of their cells count."""
    wide = float(np.median([c.box[2] - c.box[0] for c in column]))
    if wide > 8 * unit or sum(c.has_words for c in column[1:]) > 0.05 * len(column):
        return False
    labels = [label_of_field(c, words, unit, "") for c in column]
    known = [c.box for c in labels if c is not None]
    beside = len(known)
    if 0.3 * len(column) <= beside < 0.6 * len(column):
        x0, x1 = (float(np.median([box[side] for box in known])) for side in (0, 2))
        beside += sum(
            any(c.box[1] <= r.middle <= c.box[3] and x0 <= (r.box[0] + r.box[2]) / 2 <= x1 for r in runs)
            for c, label in zip(column, labels, strict=True)
            if label is None
        )
    texts = [" ".join(r.text for r in c.runs).strip() for c in column if c.runs]
    numbers = sum(bool(NUMBER.search(text)) for text in texts)
    return beside >= 0.6 * len(column) and numbers <= max(0.25 * len(texts), 0.1 * len(column))


def side_of_labels(columns: list[list[Cell]], words: list[list[Cell]], unit: float) -> str:
    """Where the labels of all columns of fields stand: ``left`` or ``right``; "" where they have theirs on no one side.

    Where boxes stand before their labels, the label at the left of a box belongs to the box before it: only the outer
    columns tell. Where both sides would do, topics of the catalogue do.
    """

    def labels(side: str) -> list[list[Cell]]:
        return [
            [c for c in (label_of_field(f, words, unit, side) for f in column) if c is not None] for column in columns
        ]

    def topics(side: str) -> int:
        return sum(topic_of(" ".join(r.text for r in c.runs)) is not None for found in labels(side) for c in found)

    if not columns:
        return ""
    least = {
        side: min(len(found) / len(column) for found, column in zip(labels(side), columns, strict=True))
        for side in ("left", "right")
    }
    if min(least.values()) >= 0.6 and topics("right") > topics("left"):
        return "right"
    if min(least.values()) >= 0.6 and len(columns) > 1 and are_shared(columns, words, unit):
        return ""
    side = max(least, key=lambda one: least[one])
    return side if least[side] >= _SOME else ""


def are_shared(columns: list[list[Cell]], words: list[list[Cell]], unit: float) -> bool:
    """Whether several fields at the right of a label and at the left of the next column's could be that label's: then
    fields with labels at both sides, where no one side has them all, are nobody's for certain."""
    of_left = {id(c) for column in columns for f in column if (c := label_of_field(f, words, unit, "right"))}
    of_right = {id(c) for column in columns for f in column if (c := label_of_field(f, words, unit, "left"))}
    return len(of_left & of_right) >= _FEWEST


_SOME = 0.3
"""Share of a column's fields with the cell of a label beside them that tells where its labels stand."""


def label_of_field(cell: Cell, words: list[list[Cell]], unit: float, side: str) -> Cell | None:
    """The cell of words that touches it on its row at that *side*; without one, at the left, else at the right."""
    middle = (cell.box[1] + cell.box[3]) / 2
    slack = 0.4 * (cell.box[3] - cell.box[1])
    rows = [
        c
        for w in words
        for c in w
        if c.runs
        and c.box[1] <= middle <= c.box[3]
        and abs(c.box[1] - cell.box[1]) + abs(c.box[3] - cell.box[3]) <= slack
    ]
    left = [c for c in rows if side != "right" and -0.8 * unit <= cell.box[0] - c.box[2] <= 1.0 * unit]
    right = [c for c in rows if side != "left" and -0.8 * unit <= c.box[0] - cell.box[2] <= 1.0 * unit]
    return left[0] if left else right[0] if right else None


def rows_of(column: list[Cell]) -> list[Box]:
    """The fields of a column from top to bottom. Where one lost a line, as many as fit stand between its neighbours."""
    usual = float(np.median([c.box[3] - c.box[1] for c in column]))
    x0, x1 = (float(np.median([c.box[side] for c in column])) for side in (0, 2))
    fields = sorted((c.box for c in column if c.box[3] - c.box[1] <= 1.5 * usual), key=lambda b: b[1])
    steps = [below[1] - above[1] for above, below in pairwise(fields) if below[1] - above[1] < 1.5 * usual]
    step = max(usual, float(np.median(steps))) if steps else usual
    line = step - usual  # fields end at their lines, which are thick on a scan
    rows: list[Box] = []
    for box in fields:
        above = rows[-1][3] if rows else box[1]
        count = round((box[1] - above) / step)
        apart = (box[1] - above - line) / max(1, count)
        rows += [(x0, above + line + i * apart, x1, above + line + (i + 1) * apart - line) for i in range(count)]
        rows.append(box)
    return rows
