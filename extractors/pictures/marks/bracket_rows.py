"""Columns of typed brackets behind their labels: whose they are, and rows whose brackets a pen went through.

A cross by hand hides the brackets that it is drawn over from every reader. The brackets of the next column are not that
row's, and ink where the others have theirs is a tick only if it is a figure.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.labels import left_of
from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import Box
from records.marks import MarkMethod, MarkState, MarkStyle

_FEWEST = 3
"""Brackets that make a column, and that tell where the next ones stand."""
_INSET = 0.25
"""Share of a pair of brackets at either side that may be bracket."""
_HIGH, _WIDE, _FULL, _THICK = 0.5, 0.4, 0.75, 0.5
"""Of the room between brackets: how high and wide a figure is at least, how full of ink a blot is, and how thick."""


@dataclass(slots=True)
class BracketColumn:
    """Brackets one below the other with the labels before them. ``start``: the labels begin right of it."""

    boxes: list[Box]
    start: float
    labels: list[Run]


def columns_of_brackets(boxes: list[Box], unit: float) -> list[BracketColumn]:
    """The columns, from left to right; edges of a scan lean a little."""
    columns: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: b[1]):
        home = next((c for c in columns if abs(c[-1][0] - box[0]) <= unit), None)
        if home is None:
            columns.append([box])
        else:
            home.append(box)
    found: list[BracketColumn] = []
    for column in sorted((c for c in columns if len(c) >= _FEWEST), key=lambda c: c[0][0]):
        start = float(np.median([b[2] for b in found[-1].boxes])) if found else 0.0
        found.append(BracketColumn(column, start, []))
    return found


def label_before(box: Box, runs: list[Run], columns: list[BracketColumn], unit: float) -> Run | None:
    """The label on the row of the brackets *box*, which begins behind the brackets of the column before it."""
    home = next((c for c in columns if box in c.boxes), None)
    start = home.start if home is not None else 0.0
    row = [r for r in left_of(box, runs, [], unit) if r.box[0] >= start - 0.3 * unit]
    label = next((r for r in row if sum(c.isalpha() for c in r.text) >= 2), None)
    if label is not None and home is not None:
        home.labels.append(label)
    return label


def rows_left(ground: Ground, runs: list[Run], columns: list[BracketColumn]) -> list[Draft]:
    """A draft for every label of a column beside which no brackets were read, but something is drawn there."""
    drafts = []
    unit = ground.line_height
    for column in (c for c in columns if len(c.labels) >= _FEWEST):
        edge = float(np.median([r.box[0] for r in column.labels]))
        ys = [r.middle for r in column.labels]
        step = float(np.median(np.diff(np.sort(ys))))
        for run in runs:
            is_label = abs(run.box[0] - edge) <= 0.8 * unit and sum(c.isalpha() for c in run.text) >= 2
            is_free = min(abs(run.middle - y) for y in ys) >= 0.5 * min(step, unit)
            if is_label and is_free and min(ys) - 1.5 * step <= run.middle <= max(ys) + 1.5 * step:
                draft = _drawn_over(ground, run, _place(column, run.middle), runs)
                drafts += [draft] if draft is not None else []
    return drafts


def _place(column: BracketColumn, middle: float) -> Box:
    """Where the brackets of a row stand: as those nearest to it."""
    near = sorted(column.boxes, key=lambda b: abs((b[1] + b[3]) / 2 - middle))[:_FEWEST]
    x0, x1 = (float(np.median([b[side] for b in near])) for side in (0, 2))
    high = float(np.median([b[3] - b[1] for b in column.boxes]))
    rows = [(b[1] + b[3]) / 2 - min((r.middle for r in column.labels), key=lambda y: abs(y - b[1])) for b in near]
    down = float(np.median(rows)) if abs(float(np.median(rows))) < 0.5 * high else 0.0
    return x0, middle + down - high / 2, x1, middle + down + high / 2


def _drawn_over(ground: Ground, run: Run, place: Box, runs: list[Run]) -> Draft | None:
    wide = place[2] - place[0]
    inner = (place[0] + _INSET * wide, place[1], place[2] - _INSET * wide, place[3])
    inked = ground.ink[ground.cut(inner)] > max(5.0 * ground.noise, 0.35 * ground.contrast)
    if not inked.any():
        return None
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    high, across = (rows[-1] - rows[0] + 1) / len(inked), (columns[-1] - columns[0] + 1) / inked.shape[1]
    draft = Draft(MarkStyle.CHECK_BOX, place, [run], method=MarkMethod.PIXELS)
    draft.word_lines = [
        r.line for r in runs if place[0] <= (r.box[0] + r.box[2]) / 2 <= place[2] and place[1] <= r.middle <= place[3]
    ]
    thick = 2 * float(cv2.distanceTransform(inked.astype(np.uint8), cv2.DIST_L2, 3).max()) / len(inked)
    if high >= _HIGH and across >= _WIDE and inked.mean() <= _FULL and thick <= _THICK:
        draft.settle(MarkState.ON, "a figure where the others have their brackets")
    else:
        draft.give_up("no brackets were read where the others have theirs, and what is drawn there is no plain figure")
    return draft
