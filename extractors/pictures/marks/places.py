"""Where a mark must be: in the column of its make, beside every label. It shows marks that nothing else found.

A tick that runs over its box, a box half under a blob, a broken ring of a fax: none of them is a clean shape, but the
column says where they are and how large.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from extractors.pictures.marks.candidates import Candidate, Shape
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.knob_sides import Side
from extractors.pictures.marks.labels import Labelled
from extractors.pictures.marks.measure import measure_box
from extractors.pictures.marks.runs import Run, letter_length, letters_in, remeasured, without_start
from extractors.pictures.marks.toggles import measure_toggle
from extractors.pictures.marks.words import reads_as_mark
from extractors.pictures.read_page import Box


@dataclass(frozen=True, slots=True)
class Column:
    """Marks one below another. ``edge``: where their labels begin; ``drop``: mark's middle below label's.

    ``x0`` and ``edge`` hold at the height ``y``; on a page that still leans they move by ``lean`` for every pixel down.
    """

    members: tuple[Labelled, ...]
    x0: float
    width: float
    height: float
    edge: float
    drop: float
    y: float = 0.0
    lean: float = 0.0

    def shift(self, y: float) -> float:
        """How far to the right the column stands at the height *y*."""
        return self.lean * (y - self.y)

    @property
    def step(self) -> float:
        """Median distance between two marks."""
        ys = sorted(m.candidate.middle[1] for m in self.members)
        return float(np.median(np.diff(ys))) if len(ys) > 1 else 0.0

    def reach(self) -> tuple[float, float]:
        ys = [m.candidate.middle[1] for m in self.members]
        return min(ys), max(ys)


def columns_of(found: list[Labelled], unit: float) -> list[Column]:
    """The columns of one make that have labels; a column of one counts where the make has several marks."""
    ordered = sorted((m for m in found if m.runs), key=lambda m: m.candidate.middle[0])
    groups: list[list[Labelled]] = []
    for one in ordered:
        if groups and one.candidate.middle[0] - np.median([m.candidate.middle[0] for m in groups[-1]]) <= 0.35 * unit:
            groups[-1].append(one)
        else:
            groups.append([one])
    return [_column(group) for group in groups]


def _column(group: list[Labelled]) -> Column:
    def middle(values: list[float]) -> float:
        return float(np.median(values))

    return Column(
        tuple(group),
        middle([m.candidate.box[0] for m in group]),
        middle([m.candidate.width for m in group]),
        middle([m.candidate.height for m in group]),
        middle([m.runs[0].box[0] for m in group]),
        middle([m.candidate.middle[1] - m.runs[0].middle for m in group]),
        middle([m.candidate.middle[1] for m in group]),
        _lean([m.candidate for m in group]),
    )


_MOST_LEAN = 0.03
"""Of a column: what is more than two degrees stands in steps, and does not lean."""


def _lean(marks: list[Candidate]) -> float:
    """Pixels to the right for every pixel down, the median over all pairs; 0 where that is less than a pixel in all."""
    steps = [
        (a.box[0] - b.box[0]) / (a.middle[1] - b.middle[1])
        for i, a in enumerate(marks)
        for b in marks[:i]
        if abs(a.middle[1] - b.middle[1]) > 3 * a.height
    ]
    if len(steps) < 3:
        return 0.0
    lean = float(np.median(steps))
    ys = [m.middle[1] for m in marks]
    is_plain = abs(lean) * (max(ys) - min(ys)) >= 1.0 and abs(lean) <= _MOST_LEAN
    return lean if is_plain and float(np.percentile(np.abs(np.array(steps) - lean), 75)) <= abs(lean) else 0.0


def missing_rows(column: Column, runs: list[Run], ground: Ground) -> list[Labelled]:
    """Runs that begin where the column's labels begin and have a mark of its make where the column's marks are."""
    unit = ground.line_height
    top, bottom = column.reach()
    slack = max(1.7 * column.step, 3 * unit)
    found = []
    taken = {id(r) for m in column.members for r in m.runs}
    for read in runs:
        run = _from_edge(read, column, ground)
        if run is None or id(read) in taken:
            continue
        if not top - slack <= run.middle + column.drop <= bottom + slack:
            continue
        if any(abs(run.middle + column.drop - m.candidate.middle[1]) < 0.55 * unit for m in column.members):
            continue
        box = fit_box(ground, column, run.middle + column.drop)
        # The second line of a label is near enough to its mark to fit the mark itself again.
        is_new = box is not None and all(
            abs((box[1] + box[3]) / 2 - m.candidate.middle[1]) >= 0.6 * column.height for m in column.members
        )
        if box is not None and is_new and not any(lies_in_word(box, r, unit) for r in runs if r is not read):
            found.append(Labelled(Candidate(box, Shape.SQUARE, 1.0, 0.0), [run]))
    return found


def lies_in_word(box: Box, run: Run, unit: float) -> bool:
    """Whether the place *box* of a mark lies among the letters of a word: the heading of the column, and no mark."""
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    if not run.box[0] - 1 <= x <= run.box[2] + 1 or abs(run.middle - y) > 0.4 * unit:
        return False
    return sum(c.isalpha() for c in run.text) >= 3 and run.box[2] - run.box[0] > 1.5 * (box[2] - box[0])


def _from_edge(run: Run, column: Column, ground: Ground) -> Run | None:
    """*run* where it begins with the column's labels; cut there where a reader began its line at the mark."""
    unit, shift = ground.line_height, column.shift(run.middle)
    if shift:
        column = replace(column, x0=column.x0 + shift, edge=column.edge + shift, y=run.middle)
    if abs(run.box[0] - column.edge) <= 0.45 * unit:
        return run
    end = column.x0 + column.width
    starts = column.x0 - max(0.45 * unit, 0.7 * column.width)  # a pen stroke begins before its box
    if not starts <= run.box[0] < column.edge <= run.box[2] - 1.5 * unit or end > column.edge:
        return None
    first, _, rest = run.text.partition(" ")
    text = rest if rest and reads_as_mark(first + " ", at_start=True) else run.text
    # Where nobody read a mark, what stands there may be the first letter of a heading: N has most of a box's rim.
    least = _LEAST_RIM if text != run.text else _WHOLE_RIM
    ink = ground.ink[ground.cut((column.x0, run.box[1], column.edge, run.box[3]))].max(axis=0)
    clear = max(2, round(0.15 * unit), round(_USUAL_GAP * (column.edge - end)))
    after = ink[round(column.width) + 1 : round(column.width) + 1 + clear]
    if float(after.max(initial=0)) <= 0.3 * ground.contrast:
        if run.box[0] < column.x0 - 0.45 * unit:
            return None
        is_drawn = text != run.text or _best_fit(ground, column, run.middle + column.drop)[0] >= least
        return without_start(run, column.edge, text) if is_drawn else None
    # Ink runs on behind the place of the mark: a stroke over its box, or a heading that begins where the marks stand.
    # A heading is as long as its text; and no letter is as high as a box and has all four sides of it.
    label = remeasured(without_start(run, column.edge - 0.1 * unit, text), ground)
    usual = [letter_length(m.runs[0]) for m in column.members if m.runs]
    expected = float(np.median(usual)) * letters_in(text) if usual else 0.0
    if abs(run.box[2] - run.box[0] - expected) <= abs(run.box[2] - column.edge - expected):
        return None
    if text == run.text and column.height < 1.12 * (label.height - 0.2 * unit):
        return None
    return label if _best_fit(ground, column, label.middle + column.drop)[0] >= least else None


_LEAST_RIM, _WHOLE_RIM = 0.75, 0.9
"""Share of a box's rim that is drawn where its line runs on behind it, and where no reader saw a mark."""
_USUAL_GAP = 0.6
"""Of the usual white between a mark and its label: more than stands between two letters."""


def missing_toggles(column: Column, runs: list[Run], ground: Ground, make: tuple[float, float]) -> list[Labelled]:
    """Runs in the column of the labels that have a knob where the column's toggles are."""
    unit = ground.line_height
    top, bottom = column.reach()
    slack = max(1.7 * column.step, 3 * unit)
    taken = {id(r) for m in column.members for r in m.runs}
    found = []
    for run in runs:
        middle = run.middle + column.drop
        if (
            id(run) in taken
            or abs(run.box[0] - column.edge) > 0.45 * unit
            or not top - slack <= middle <= bottom + slack
        ):
            continue
        if any(abs(middle - m.candidate.middle[1]) < max(0.55 * unit, 0.85 * make[1]) for m in column.members):
            continue
        box = (column.x0, middle - make[1] / 2, column.x0 + make[0], middle + make[1] / 2)
        if float(np.percentile(ground.ink[ground.cut(box)], 80)) <= max(4.0, 4 * ground.noise):
            continue  # nothing is there: a heading
        if measure_toggle(ground, box).side is not Side.UNCLEAR:
            found.append(Labelled(Candidate(box, Shape.PILL, 1.0, 0.0), [run]))
    return found


def fit_box(ground: Ground, column: Column, middle: float, least: float = 0.66) -> Box | None:
    """The place near (column, *middle*) whose rim is drawn best; None where less than *least* of it is."""
    best, box = _best_fit(ground, column, middle)
    return box if best >= least else None


def _best_fit(ground: Ground, column: Column, middle: float) -> tuple[float, Box | None]:
    """That place, and which share of the rim is drawn there, less a little for its distance."""
    best, best_box = 0.0, None
    reach = max(1, round(0.25 * ground.line_height))
    x0 = column.x0 + column.shift(middle)
    for dy in range(-reach, reach + 1):
        for dx in (-1, 0, 1) if column.width < 24 else (-2, 0, 2):
            top = middle - column.height / 2 + dy
            box = (x0 + dx, top, x0 + dx + column.width, top + column.height)
            m = measure_box(ground, box)
            score = m.coverage * min(1.0, m.rim / max(1.0, 0.1 * ground.contrast)) - 0.01 * (abs(dy) + abs(dx))
            if score > best:
                best, best_box = score, box
    return best, best_box
