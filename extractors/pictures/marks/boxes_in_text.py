"""Check boxes that a reader's lines took in, as the first or last thing in them."""

from __future__ import annotations

import numpy as np

from extractors.pictures.marks.candidates import Candidate, Shape
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import Box


def boxes_in_text(
    candidates: list[Candidate], apart: list[Candidate], runs: list[Run], ground: Ground
) -> list[Candidate]:
    """Those of *candidates*, all of them in text, that are boxes in a column of their size, each apart from the words.

    Code letters before labels stand in a column too: a box is higher than the capitals of its line. *apart*: the
    candidates outside the text, which may be of the column.
    """
    squares = [c for c in candidates if c.shape is Shape.SQUARE and _is_box(c, runs, ground)]
    columns = [*squares, *(c for c in apart if c.shape is Shape.SQUARE)]
    return [c for c in squares if sum(_is_like(c, other) for other in columns) >= _ALIKE]


_ALIKE = 3
"""Boxes of one size in one column, itself among them."""
_EVEN = 0.87
"""One side of a box as a share of the other, at least."""
_GAP, _HIGHER = 0.16, 1.1
"""White between box and words in line heights; height of a box in heights of the line's capitals, at least."""
_SAME = 1.5
"""Pixels by which boxes of one column differ."""


def _is_like(one: Candidate, other: Candidate) -> bool:
    sides = zip((one.box[0], one.box[2], one.height), (other.box[0], other.box[2], other.height), strict=True)
    return max(abs(a - b) for a, b in sides) <= _SAME


def _is_box(square: Candidate, runs: list[Run], ground: Ground) -> bool:
    """Whether it stands off in every line that took it in, and is higher than the capitals of its words."""
    x, y = square.middle
    took = [r for r in runs if r.box[1] <= y <= r.box[3] and r.box[0] <= x <= r.box[2]]
    is_even = _EVEN * square.width <= square.height <= square.width / _EVEN
    return (
        bool(took)
        and is_even
        and all(
            sum(c.isalpha() for c in run.text) > 3
            and stands_off(square, run, ground, _GAP)
            and square.height >= _HIGHER * _capitals(square, run, ground)
            for run in took
        )
    )


def _capitals(square: Candidate, run: Run, ground: Ground) -> float:
    """Height of the letters beside *square* from the top of the highest to the line they stand on."""
    at_start = square.middle[0] - run.box[0] < run.box[2] - square.middle[0]
    x0, x1 = (square.box[2] + 1, run.box[2]) if at_start else (run.box[0], square.box[0] - 1)
    ink = ground.ink[ground.cut((x0, run.box[1], x1, run.box[3]))] > 0.3 * ground.contrast
    inked = np.flatnonzero(ink.any(axis=1))
    if inked.size == 0:
        return float("inf")
    full = np.flatnonzero(ink.mean(axis=1) >= _ON_LINE * float(ink.mean(axis=1).max()))
    return float(full[-1] + 1 - inked[0])


_ON_LINE = 0.4
"""Of the most inked row: letters that hang below the line are fewer."""


def stands_off(candidate: Candidate, run: Run, ground: Ground, share: float) -> bool:
    """Whether it is the first or last thing in the run, with a gap of *share* of a line's height."""
    unit = ground.line_height
    gap = max(2.0, share * unit, share * run.height)
    after = (candidate.box[2] + 0.5, run.box[1], candidate.box[2] + gap, run.box[3])
    before = (candidate.box[0] - 2 * gap, run.box[1], candidate.box[0] - 0.5, run.box[3])
    first = candidate.box[0] <= run.box[0] + 0.5 * unit and is_clear(ground, after)
    last = candidate.box[2] >= run.box[2] - 0.5 * unit and is_clear(ground, before)
    # Nothing of the run may lie beyond it: else it is the second letter, not the first thing.
    nothing_left = candidate.box[0] - 1 <= run.box[0] or is_clear(
        ground, (run.box[0], run.box[1], candidate.box[0] - 0.5, run.box[3])
    )
    nothing_right = candidate.box[2] + 1 >= run.box[2] or is_clear(
        ground, (candidate.box[2] + 0.5, run.box[1], run.box[2], run.box[3])
    )
    return (first and nothing_left) or (last and nothing_right)


def is_clear(ground: Ground, box: Box) -> bool:
    """Whether nothing is inked in *box*."""
    return float(ground.ink[ground.cut(box)].max()) < 0.3 * ground.contrast
