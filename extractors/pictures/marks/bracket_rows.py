"""Columns of typed brackets apart from their labels: whose they are, and rows whose brackets a pen went through.

A cross by hand hides the brackets that it is drawn over from every reader. The brackets of the next column are not that
row's, and ink where the others have theirs is a tick only if it is a figure.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import Box
from records.marks import MarkMethod, MarkState, MarkStyle

_FEWEST, _MOST = 3, 0.6
"""Brackets that make a column, and that tell where the next ones stand; share of a column that has labels on a side."""
_INSET = 0.25
"""Share of a pair of brackets at either side that may be bracket."""
_THIN = 0.6
"""Of the usual ink between brackets that were drawn over: less may be a scratch."""
_HIGH, _WIDE, _FULL, _THICK = 0.5, 0.4, 0.75, 0.5
"""Of the room between brackets: how high and wide a figure is at least, how full of ink a blot is, and how thick."""
NOT_TOLD = "labels stand on both sides of its brackets, or on none, and nothing tells whose they are"


@dataclass(slots=True)
class BracketColumn:
    """Brackets one below the other. Their labels stand between *left* and *right*."""

    boxes: list[Box]
    left: float
    right: float
    is_told: bool = True
    """On which side of all brackets of the page the labels stand."""
    labels: list[Run] = field(default_factory=list)


def columns_of_brackets(boxes: list[Box], runs: list[Run], unit: float) -> list[BracketColumn]:
    """The columns, from left to right; edges of a scan lean a little.

    Labels before their brackets leave the last column without any behind it, and the other way round; where neither
    or both outer columns have some, nothing tells whose they are.
    """
    stacks: list[list[Box]] = []
    for box in sorted(boxes, key=lambda b: b[1]):
        home = next((c for c in stacks if abs(c[-1][0] - box[0]) <= unit), None)
        if home is None:
            stacks.append([box])
        else:
            home.append(box)
    stacks = sorted((c for c in stacks if len(c) >= _FEWEST), key=lambda c: c[0][0])
    if not stacks:
        return []
    edges = [(float(np.median([b[0] for b in c])), float(np.median([b[2] for b in c]))) for c in stacks]
    starts, stops = [0.0, *(x1 for _, x1 in edges)], [*(x0 for x0, _ in edges), float("inf")]
    before = _share(stacks[0], runs, unit, 0.0, edges[0][0]) >= _MOST
    behind = _share(stacks[-1], runs, unit, edges[-1][1], float("inf")) >= _MOST
    room = (
        list(zip(starts[1:], stops[1:], strict=True))
        if behind and not before
        else list(zip(starts, stops[:-1], strict=False))
    )
    return [BracketColumn(c, *one, before is not behind) for c, one in zip(stacks, room, strict=False)]


def label_of_brackets(box: Box, runs: list[Run], columns: list[BracketColumn], unit: float) -> Run | None:
    """The label on the row of the brackets *box*: no other column's."""
    home = next((c for c in columns if box in c.boxes), None)
    row = _on_row(box, runs, unit, home.left if home else 0.0, home.right if home else box[0])
    if home is not None and row:
        home.labels.append(row[0])
    return row[0] if row else None


def _on_row(box: Box, runs: list[Run], unit: float, left: float, right: float) -> list[Run]:
    """The words on the row of *box* between *left* and *right*, from left to right."""
    middle, slack = (box[1] + box[3]) / 2, 0.4 * unit
    level = [
        r
        for r in runs
        if abs(r.middle - middle) <= 0.75 * unit
        and left - slack <= r.box[0]
        and r.box[2] <= right + slack
        and sum(c.isalpha() for c in r.text) >= 2
    ]
    nearest = min((abs(r.middle - middle) for r in level), default=0.0)
    return sorted((r for r in level if abs(r.middle - middle) <= nearest + 0.25 * unit), key=lambda r: r.box[0])


def _share(boxes: list[Box], runs: list[Run], unit: float, left: float, right: float) -> float:
    """Of *boxes*, with words between *left* and *right* on their row."""
    return sum(bool(_on_row(b, runs, unit, left, right)) for b in boxes) / len(boxes)


def rows_left(ground: Ground, runs: list[Run], columns: list[BracketColumn]) -> list[Draft]:
    """A draft for every label of a column beside which no brackets were read, but something is drawn there."""
    drafts: list[Draft] = []
    shares: list[float] = []
    unit = ground.line_height
    for column in (c for c in columns if len(c.labels) >= _FEWEST):
        edge = float(np.median([r.box[0] for r in column.labels]))  # of labels that are set right, none is found
        ys = [r.middle for r in column.labels]
        step = float(np.median(np.diff(np.sort(ys))))
        for run in runs:
            is_label = abs(run.box[0] - edge) <= 0.8 * unit and sum(c.isalpha() for c in run.text) >= 2
            is_free = min(abs(run.middle - y) for y in ys) >= 0.5 * min(step, unit)
            if is_label and is_free and min(ys) - 1.5 * step <= run.middle <= max(ys) + 1.5 * step:
                draft, share = _drawn_over(ground, run, _place(column, run.middle), runs)
                if share and not column.is_told:
                    draft.give_up(NOT_TOLD)
                if share:
                    drafts.append(draft)
                    shares.append(share)
    told = [share for draft, share in zip(drafts, shares, strict=True) if draft.state is MarkState.ON]
    for draft, share in zip(drafts, shares, strict=True):
        if draft.state is MarkState.ON and share < _THIN * float(np.median(told)):
            draft.give_up("less ink between its brackets than between those of others")
    return drafts


def _place(column: BracketColumn, middle: float) -> Box:
    """Where the brackets of a row stand: as those nearest to it."""
    near = sorted(column.boxes, key=lambda b: abs((b[1] + b[3]) / 2 - middle))[:_FEWEST]
    x0, x1 = (float(np.median([b[side] for b in near])) for side in (0, 2))
    high = float(np.median([b[3] - b[1] for b in column.boxes]))
    rows = [(b[1] + b[3]) / 2 - min((r.middle for r in column.labels), key=lambda y: abs(y - b[1])) for b in near]
    down = float(np.median(rows)) if abs(float(np.median(rows))) < 0.5 * high else 0.0
    return x0, middle + down - high / 2, x1, middle + down + high / 2


def _drawn_over(ground: Ground, run: Run, place: Box, runs: list[Run]) -> tuple[Draft, float]:
    """The mark of *run* at *place*, and how much of the room between its brackets is inked."""
    wide = place[2] - place[0]
    inner = (place[0] + _INSET * wide, place[1], place[2] - _INSET * wide, place[3])
    inked = ground.ink[ground.cut(inner)] > max(5.0 * ground.noise, 0.35 * ground.contrast)
    draft = Draft(MarkStyle.CHECK_BOX, place, [run], method=MarkMethod.PIXELS)
    if not inked.any():
        return draft, 0.0
    rows, columns = np.flatnonzero(inked.any(axis=1)), np.flatnonzero(inked.any(axis=0))
    high, across = (rows[-1] - rows[0] + 1) / len(inked), (columns[-1] - columns[0] + 1) / inked.shape[1]
    draft.word_lines = [
        r.line for r in runs if place[0] <= (r.box[0] + r.box[2]) / 2 <= place[2] and place[1] <= r.middle <= place[3]
    ]
    thick = 2 * float(cv2.distanceTransform(inked.astype(np.uint8), cv2.DIST_L2, 3).max()) / len(inked)
    if high >= _HIGH and across >= _WIDE and inked.mean() <= _FULL and thick <= _THICK:
        draft.settle(MarkState.ON, "a figure where the others have their brackets")
    else:
        draft.give_up("no brackets were read where the others have theirs, and what is drawn there is no plain figure")
    return draft, float(inked.mean())
