"""A column of a form whose fields nothing found: its lines are named, never passed over."""

from __future__ import annotations

import numpy as np

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.runs import Run
from records.issues import Severity
from records.marks import MarkStyle

_MANY = 30
"""Fields with marks from which on a page is a form whose other columns are looked at."""
_FEWEST = 6
"""Lines of a column."""


def unmarked_columns(drafts: list[Draft], runs: list[Run], unit: float) -> list[Draft]:
    """An unreadable draft for every line of a column that stands like the labels, speaks like them, and has no marks.

    Lines that begin at one edge, within the heights of the labels, most of which share a word with a label: a list in
    three columns says ``Police`` and ``County`` in all of them, its notes do not.
    """
    labels = [r for d in drafts for r in d.runs]
    if len(drafts) < _MANY or not labels:
        return []
    top, bottom = min(r.middle for r in labels) - unit, max(r.middle for r in labels) + unit
    taken = {r.line for r in labels} | {line for d in drafts for line in d.word_lines}
    free = [r for r in runs if r.line not in taken and top <= r.middle <= bottom and _words(r)]
    said = {word for r in labels for word in _words(r)}
    found = []
    while free:
        edge = max((r.box[0] for r in free), key=lambda x: sum(abs(r.box[0] - x) <= 0.5 * unit for r in free))
        column = [r for r in free if abs(r.box[0] - edge) <= 0.5 * unit]
        free = [r for r in free if r not in column]
        heights = np.array([r.height for r in column])
        is_list = len(column) >= _FEWEST and float(np.ptp(heights)) <= unit
        if not is_list or 2 * sum(bool(_words(r) & said) for r in column) < len(column):
            continue
        for run in column:
            draft = Draft(MarkStyle.CHECK_BOX, None, [run])
            draft.settle(draft.state, "no field to tick was found beside it")
            draft.doubt(
                "mark_missing", Severity.DOUBT, "It stands in a list to tick, but no field was found beside it."
            )
            found.append(draft)
    return found


def _words(run: Run) -> set[str]:
    return {word.casefold() for word in run.text.split() if sum(c.isalpha() for c in word) >= 4}
