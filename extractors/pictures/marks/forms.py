"""Ruled forms: a column of labels, a column of fields to tick. The field itself is the box."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

import numpy as np

from extractors.pictures.marks.candidates import Candidate
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.fields import look_at_field, settle_field
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.icons import Figure, figure_of
from extractors.pictures.marks.judge_boxes import judge_boxes
from extractors.pictures.marks.places import Column, fit_box
from extractors.pictures.marks.rulings import Table
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.series import Kind
from extractors.pictures.marks.spots import doubt_soiled, find_spots
from extractors.pictures.read_page import Box
from records.marks import MarkStyle

_FEWEST = 4
"""Fields of a column from which it may be one of marks."""
_NUMBER = re.compile(r"[235689]|\d{3}")
"""Readers take ticks and boxes for 1, 4, 7 and 0, never for other digits."""


@dataclass(slots=True)
class Cell:
    """One field and the runs that stand in it."""

    box: Box
    runs: list[Run] = field(default_factory=list)

    @property
    def has_words(self) -> bool:
        return sum(c.isalpha() for r in self.runs for c in r.text) >= 4


@dataclass(frozen=True, slots=True)
class Form:
    """What was found of a ruled form. ``fields``: all of its fields, in which no other marks are looked for."""

    drafts: list[Draft]
    fields: list[Box]


def find_form(ground: Ground, table: Table, runs: list[Run], kinds: list[Kind]) -> Form:
    """A draft for every label with a field to tick, or with a box printed in such a field.

    *kinds*: the makes on the page. Fields that hold toggles, radio buttons, or ticks beside crosses, are of no form.
    """
    cells = _filled(table, runs)
    columns = _columns(cells, ground.line_height)
    words = [c for c in columns if sum(cell.has_words for cell in c) >= 0.6 * len(c)]
    spots = find_spots(ground)
    plain: list[Draft] = []
    boxed: list[Draft] = []
    fields: list[Box] = []
    for column in columns:
        if any(column is w for w in words) or not _is_for_marks(column, words, ground.line_height):
            continue
        inside = [(c, m, kind.family) for kind in kinds for m in kind.members for c in column if _is_in(m, c.box)]
        if _is_of_a_screen(ground, column, inside):
            continue
        drafts = _of_column(ground, column, words, runs)
        rings = [(c, m) for c, m, family in inside if family == "box" and m.height / (c.box[3] - c.box[1]) >= 0.35]
        if len(rings) >= max(2, 0.2 * len(column)):
            _place_boxes(ground, drafts, rings)
            boxed += drafts
        else:
            plain += drafts
        fields += [c.box for c in column] + [d.box for d in drafts if d.box is not None]
    for draft in plain:
        if draft.box is not None:
            settle_field(draft, look_at_field(ground, table, draft.box, spots))
    doubt_soiled(ground, plain, spots, is_box=False)
    judge_boxes(ground, boxed)
    doubt_soiled(ground, boxed, spots, is_box=True)
    return Form(plain + boxed, fields)


def _is_in(mark: Candidate, box: Box) -> bool:
    x, y = mark.middle
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]


def _is_of_a_screen(ground: Ground, column: list[Cell], inside: list[tuple[Cell, Candidate, str]]) -> bool:
    """Whether the fields hold toggles or radio buttons, or signs of two sorts: then a cross is no tick."""
    other = sum(family in ("pill", "circle") for _, _, family in inside)
    rings = sum(family == "box" for _, _, family in inside)
    figures = {figure_of(ground, m.box) for _, m, family in inside if family == "tick"} - {Figure.OTHER}
    return other > max(0.2 * len(column), rings) or (not rings and len(figures) > 1)


def _place_boxes(ground: Ground, drafts: list[Draft], rings: list[tuple[Cell, Candidate]]) -> None:
    """Every draft's printed box instead of its field: where most fields of the column have theirs."""
    right = float(np.median([m.middle[0] - (c.box[0] + c.box[2]) / 2 for c, m in rings]))
    down = float(np.median([m.middle[1] - (c.box[1] + c.box[3]) / 2 for c, m in rings]))
    wide, high = (float(np.median([getattr(m, side) for _, m in rings])) for side in ("width", "height"))
    for draft in drafts:
        if draft.box is None:
            continue
        x, y = (draft.box[0] + draft.box[2]) / 2 + right, (draft.box[1] + draft.box[3]) / 2 + down
        found = next((m.box for _, m in rings if abs(m.middle[0] - x) + abs(m.middle[1] - y) <= 0.3 * wide), None)
        if found is None:
            found = fit_box(ground, Column((), x - wide / 2, wide, high, 0.0, 0.0), y)
        draft.box = found or (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)


def _filled(table: Table, runs: list[Run]) -> list[Cell]:
    cells = [Cell(box) for box in table.cells]
    for run in runs:
        x, y = (run.box[0] + run.box[2]) / 2, run.middle
        for cell in cells:
            if cell.box[0] <= x <= cell.box[2] and cell.box[1] <= y <= cell.box[3]:
                cell.runs.append(run)
                break
    return cells


def _columns(cells: list[Cell], unit: float) -> list[list[Cell]]:
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


def _is_for_marks(column: list[Cell], words: list[list[Cell]], unit: float) -> bool:
    """Fields without words or figures, mostly beside a label."""
    wide = float(np.median([c.box[2] - c.box[0] for c in column]))
    if wide > 8 * unit or sum(c.has_words for c in column[1:]) > 0.05 * len(column):
        return False
    beside = sum(_label_of(c, words, unit) is not None for c in column)
    texts = [" ".join(r.text for r in c.runs).strip() for c in column if c.runs]
    numbers = sum(bool(_NUMBER.search(text)) for text in texts)
    return beside >= 0.6 * len(column) and numbers <= 0.25 * len(texts)


def _label_of(cell: Cell, words: list[list[Cell]], unit: float) -> Cell | None:
    """The cell of words that touches it at the left on its row, else at the right."""
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
    left = [c for c in rows if -0.8 * unit <= cell.box[0] - c.box[2] <= 1.0 * unit]
    right = [c for c in rows if -0.8 * unit <= c.box[0] - cell.box[2] <= 1.0 * unit]
    return left[0] if left else right[0] if right else None


def _of_column(ground: Ground, column: list[Cell], words: list[list[Cell]], runs: list[Run]) -> list[Draft]:
    """A draft for every row of the column. The rows are those of the fields; a field that lost a line has none of its
    own, and its rows are taken from the labels."""
    unit = ground.line_height
    labels = [c for c in (_label_of(cell, words, unit) for cell in column) if c is not None]
    left, right = (float(np.median([c.box[side] for c in labels])) for side in (0, 2))
    usual = float(np.median([c.box[3] - c.box[1] for c in column]))
    rows = [c.box for c in column if c.box[3] - c.box[1] <= 1.5 * usual]
    mine = [r for r in runs if left - 0.4 * unit <= (r.box[0] + r.box[2]) / 2 <= right + 0.4 * unit]
    top, bottom = min(c.box[1] for c in column), max(c.box[3] for c in column)
    x0, x1 = (float(np.median([c.box[side] for c in column])) for side in (0, 2))
    for run in sorted(mine, key=lambda r: r.middle):
        if top < run.middle < bottom and not any(b[1] <= run.middle <= b[3] for b in rows):
            rows.append((x0, run.middle - usual / 2, x1, run.middle + usual / 2))
    drafts: list[Draft] = []
    for box in sorted(rows, key=lambda b: b[1]):
        label = sorted(
            (r for r in mine if box[1] <= r.middle <= box[3]), key=lambda r: (round(r.middle / unit), r.box[0])
        )
        if not any(sum(ch.isalpha() for ch in r.text) >= 3 for r in label):
            continue
        draft = Draft(MarkStyle.CHECK_BOX, box, label)
        draft.word_lines = [
            r.line for r in runs if box[0] <= (r.box[0] + r.box[2]) / 2 <= box[2] and box[1] <= r.middle <= box[3]
        ]
        drafts.append(draft)
    return drafts
