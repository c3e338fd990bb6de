"""Entries of a list whose mark is not to be seen: covered, cut off, or too pale for the scan. Never off: unreadable."""

from __future__ import annotations

import numpy as np

from extractors.pictures.marks.blocks import alike
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.runs import Run
from records.hotlists import topic_of
from records.issues import Severity


def lost_rows(ground: Ground, drafts: list[Draft], runs: list[Run]) -> list[Draft]:
    """A draft for every run that stands among the labels of *drafts* as one of them and has no mark.

    *runs*: those that are no label yet and no text of the page. One stands among labels when it begins where they do,
    is set like them, and keeps their distance; beyond the first and last of them only a topic of the catalogue does.
    """
    lost: list[Draft] = []
    for column in _label_columns(drafts, ground.line_height):
        labels = [d.runs[0] for d in column]
        lines = [r for d in column for r in d.runs]
        ys = sorted(r.middle for r in labels)
        step = float(np.median(np.diff(ys))) if len(ys) > 1 else 0.0
        edge = float(np.median([r.box[0] for r in labels]))
        for run in sorted(runs, key=lambda r: r.middle):
            if abs(run.box[0] - edge) > 0.45 * ground.line_height or not alike(run, labels[0], ground):
                continue
            if min(abs(run.middle - r.middle) for r in lines) < max(
                0.7 * ground.line_height, min(0.75 * step, 3.0 * run.height)
            ):
                continue
            within = ys[0] < run.middle < ys[-1]
            beside = ys[0] - 2.6 * step <= run.middle <= ys[-1] + 2.6 * step
            if not within and not (beside and topic_of(run.text) is not None):
                continue
            draft = Draft(column[0].style, _place(column, run), [run], method=column[0].method)
            draft.settle(draft.state, "no mark is to be seen where its list has one")
            draft.doubt(
                "mark_missing",
                Severity.DOUBT,
                "It stands among labels with marks, but no mark is to be seen beside it.",
            )
            lost.append(draft)
            lines.append(run)
    return lost


def _place(column: list[Draft], run: Run) -> tuple[float, float, float, float] | None:
    """Where its mark would be: at the column's place, on its row."""
    boxes = [(d.box, d.runs[0].middle) for d in column if d.box is not None]
    if not boxes:
        return None
    x0, top, x1, bottom = (
        float(np.median(values)) for values in zip(*((b[0], b[1] - y, b[2], b[3] - y) for b, y in boxes), strict=True)
    )
    return x0, run.middle + top, x1, run.middle + bottom


def _label_columns(drafts: list[Draft], unit: float) -> list[list[Draft]]:
    """Drafts by where their labels begin; two at least make a column."""
    columns: list[list[Draft]] = []
    for draft in sorted((d for d in drafts if d.runs), key=lambda d: d.runs[0].box[0]):
        if columns and draft.runs[0].box[0] - columns[-1][-1].runs[0].box[0] <= 0.4 * unit:
            columns[-1].append(draft)
        else:
            columns.append([draft])
    return [c for c in columns if len(c) >= 2]
