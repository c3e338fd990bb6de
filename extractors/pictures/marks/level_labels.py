"""Labels of one make stand at one height beside their marks: a line that does not was taken for its neighbour."""

from __future__ import annotations

import numpy as np

from extractors.pictures.marks.labels import Labelled
from extractors.pictures.marks.runs import Run

_FEWEST = 4
"""Labels that tell how high they stand."""
_STEADY = 0.12
"""Line heights by which the middles of labels stray beside their marks."""


def level_labels(found: list[Labelled], runs: list[Run], unit: float) -> list[Labelled]:
    """*found*; where one label is not as high beside its mark as the others are, and a line above or below it is: that
    line. A reader's box that reaches into the next line moves the middle of a line."""
    drops = [m.candidate.middle[1] - m.runs[0].middle for m in found if m.runs]
    if len(drops) < _FEWEST:
        return found
    usual = float(np.median(drops))
    if float(np.percentile(np.abs(np.array(drops) - usual), 70)) > _STEADY * unit:
        return found
    taken = {id(m.runs[0]) for m in found if m.runs}
    for one in found:
        if not one.runs or abs(one.candidate.middle[1] - one.runs[0].middle - usual) <= 2 * _STEADY * unit:
            continue
        first, y = one.runs[0], one.candidate.middle[1] - usual
        near = [r for r in runs if id(r) not in taken and abs(r.box[0] - first.box[0]) <= 0.3 * unit]
        best = min(near, key=lambda r: abs(r.middle - y), default=first)
        if abs(best.middle - y) <= 2 * _STEADY * unit:
            one.runs[0] = best
            taken.add(id(best))
    return found
