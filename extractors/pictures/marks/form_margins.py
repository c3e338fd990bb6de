"""On which side of their labels a form's fields stand, told by the margin of the page: a form begins with the field, or
with the label, of its first column. That is so only where the page is not cut there.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.form_cells import Cell
from extractors.pictures.marks.ground import Ground

_BLANK = 0.95
"""Share of the rows whose margin must be blank: dust lies in some."""
_AIR = 0.3
"""Line heights between the outermost line of a form and the margin that is looked at."""
_INKED, _STEP = 0.25, 3
"""Of the contrast of letters: what changes by that within so many pixels is a rim or a rule, and no shadow."""


def side_by_margins(ground: Ground, fields: list[list[Cell]], labels: list[list[Cell]]) -> str:
    """``left`` or ``right``, where the labels of the columns of *fields* stand; "" where no margin tells, or the two
    margins contradict each other.

    A margin tells where it is wide enough for one more column of fields with the line that ends it, and blank beside
    nearly all rows.
    """
    if not fields or not labels:
        return ""
    wide = float(np.median([c.box[2] - c.box[0] for column in fields for c in column]))
    columns = [(column, True) for column in fields] + [(column, False) for column in labels]
    first, begins_with_field = min(columns, key=lambda one: float(np.median([c.box[0] for c in one[0]])))
    last, ends_with_field = max(columns, key=lambda one: float(np.median([c.box[2] for c in one[0]])))
    air = _AIR * ground.line_height
    told = set()
    if _is_blank(ground, [(c.box[0] - air - wide, c.box[1], c.box[0] - air, c.box[3]) for c in first]):
        told.add("right" if begins_with_field else "left")
    if _is_blank(ground, [(c.box[2] + air, c.box[1], c.box[2] + air + wide, c.box[3]) for c in last]):
        told.add("left" if ends_with_field else "right")
    return told.pop() if len(told) == 1 else ""


def _is_blank(ground: Ground, margins: list[tuple[float, float, float, float]]) -> bool:
    """Whether all *margins* are on the page, and nearly all of them blank."""
    if min(m[0] for m in margins) < 0 or max(m[2] for m in margins) > ground.ink.shape[1]:
        return False
    inked = max(3 * ground.noise, _INKED * ground.contrast)
    strips: list[NDArray[np.int16]] = [ground.ink[ground.cut(m)].astype(np.int16) for m in margins]
    changes = [np.abs(strip[:, _STEP:] - strip[:, :-_STEP]) for strip in strips]
    blank = [change.size > 0 and float(np.percentile(change, 97)) <= inked for change in changes]
    return bool(sum(blank) >= _BLANK * len(blank))
