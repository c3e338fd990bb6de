"""Labels that stand behind the words or options that say their state: close by, or in a column of a table."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.pictures.marks.labels import right_of
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.topic_columns import names_behind
from extractors.pictures.read_page import Box


def labels_behind(boxes: Sequence[Box], labels: list[Run], unit: float) -> list[Run | None]:
    """For each of *boxes* the label to its right: close by; or further off, where nearly all of them have one there and
    these begin at one place, as the column of a table does."""
    far = [right_of(box, labels, [], unit, reach=_FAR) for box in boxes]
    starts = [run.box[0] for run in far if run is not None]
    edge = float(np.median(starts)) if starts else 0.0
    column = [run if run is not None and abs(run.box[0] - edge) <= _ONE_EDGE * unit else None for run in far]
    if sum(run is not None for run in column) >= max(_ROWS, _MOST * len(boxes)):
        return names_behind(column, [(box[1] + box[3]) / 2 for box in boxes], labels, unit)
    return [right_of(box, labels, [], unit, reach=_CLOSE) for box in boxes]


_ROWS, _MOST, _ONE_EDGE, _CLOSE, _FAR = 4, 0.8, 0.6, 4.0, 25.0
"""Rows that make a column; share of all rows that have a label in it; line heights by which labels of one column begin
apart; line heights to a label that is close by, and to the next column of a wide table."""
