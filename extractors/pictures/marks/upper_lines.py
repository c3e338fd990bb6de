"""Which of several lines beside a mark is its label: the one that the others explain."""

from __future__ import annotations

from collections.abc import Iterable

from extractors.pictures.marks.runs import Run, explains

_SHORT = 8
"""Letters of a line, at most, whose one thin letter that rises may be overlooked: it is read as a smaller one."""


def upper(run: Run, runs: list[Run], unit: float, y: float, rows: Iterable[float]) -> Run:
    """The line above *run* where that is the label and *run* explains it: close above it, begun together, set larger.

    A mark in the middle beside two such lines stands nearest to the gap between them: *y*, its middle, lies between
    the two. A line on the mark's own row is its label, unless it is the middle one of three, the last two alike.
    *rows* are the middles of all marks: what another one stands nearer to is its label, and no other's.
    """
    over = _over(run, runs, unit, y)
    return run if any(abs(row - over.middle) < abs(y - over.middle) - 1 for row in rows) else over


def _over(run: Run, runs: list[Run], unit: float, y: float) -> Run:
    if run.middle - y < 0.22 * unit:
        return _over_two(run, runs, unit, y)
    over = [
        r
        for r in runs
        if abs(r.box[0] - run.box[0]) <= 0.4 * unit
        and 0.5 * unit <= run.middle - r.middle <= 1.45 * unit
        and r.middle < y
        and explains(run, r)
    ]
    return max(over, key=lambda r: r.middle, default=run)


def _over_two(run: Run, runs: list[Run], unit: float, y: float) -> Run:
    """The first of three lines in one step, where *run*, on the row of the mark *y*, and the last explain it."""
    if abs(run.middle - y) > 0.3 * unit:
        return run
    near = [r for r in runs if r is not run and abs(r.box[0] - run.box[0]) <= 0.4 * unit]
    over = max((r for r in near if r.middle < run.middle), key=lambda r: r.middle, default=None)
    below = min((r for r in near if r.middle > run.middle), key=lambda r: r.middle, default=None)
    if over is None or below is None:
        return run
    up, down = run.middle - over.middle, below.middle - run.middle
    least = 0.66 if len(below.text) <= _SHORT else 0.96
    is_one_text = least <= below.size / max(1.0, run.size) <= 1.04 and 0.85 <= below.tone / max(1.0, run.tone) <= 1.18
    is_close = max(up, down) <= 1.3 * unit and max(up, down) <= 1.25 * min(up, down)
    around = [*(over.middle - r.middle for r in near), *(r.middle - below.middle for r in near)]
    if min((gap for gap in around if gap > 0.3 * unit), default=2 * unit) <= 1.1 * max(up, down):
        return run  # lines in one step that goes on: each is an entry of its own
    return over if is_close and is_one_text and explains(run, over) else run
