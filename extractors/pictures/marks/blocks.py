"""Labels of several lines: the lines around a mark's line that begin where it begins and stand as close as lines do.

The label is what is set in one size and one tone with its first line. A smaller or paler line below it explains it and
is kept apart (a line ``left`` to the page), so that a label reads the same wherever it is printed.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from extractors.pictures.marks.candidates import Candidate, Shape
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.labels import Labelled
from extractors.pictures.marks.places import Column, columns_of
from extractors.pictures.marks.runs import Run, explains, letters_in
from records.hotlists import topic_of


def gather_lines(column: Column, runs: list[Run], ground: Ground, taken: set[int]) -> None:
    """Add to every mark of *column* its label's other lines. *taken*: ids of runs that are labels already; grows."""
    unit = ground.line_height
    top, bottom = column.reach()
    around = [
        r
        for r in runs
        if abs(r.box[0] - column.edge) <= 0.5 * unit
        and top - 4 * unit <= r.middle <= bottom + 5 * unit
        and (id(r) not in taken or any(r is m.runs[0] for m in column.members))
    ]
    step = _row_step(column, around, ground)
    for block in _blocks(around, unit):
        owners = [m for m in column.members if any(m.runs[0] is r for r in block)]
        if not owners or len(owners) == len(block):
            continue
        at_top = owners[0].runs[0] is block[0]
        for run in sorted(block, key=lambda r: _outwards(r, owners)):
            if id(run) in taken:
                continue
            above = [m for m in owners if m.runs[0].middle < run.middle]
            if len(owners) > 1 and at_top and above:
                owner = above[-1]
            else:
                owner = min(owners, key=lambda m: abs(m.candidate.middle[1] - run.middle))
            if _continues(run, owner, column, step, ground) or _begins(run, owner, column, around, ground):
                owner.runs.append(run)
                taken.add(id(run))
    for member in column.members:
        member.runs.sort(key=lambda r: r.middle)


def _outwards(run: Run, owners: list[Labelled]) -> tuple[bool, float]:
    """Order in which lines are asked: those below an owner's line first, the nearest first. A line further out goes on
    from one that is known, and above the first line stands a heading where nothing follows below."""
    nearest = min((m.runs[0].middle for m in owners), key=lambda y: abs(run.middle - y))
    return run.middle < nearest, abs(run.middle - nearest)


def gather_labels(ground: Ground, drafts: list[Draft], labels: list[Run]) -> None:
    """Add to every draft the other lines of a label that wraps."""
    marks = [Labelled(Candidate(d.place, Shape.TICK, 1.0, 0.0), d.runs) for d in drafts]
    taken = {id(d.runs[0]) for d in drafts}
    for column in columns_of(marks, ground.line_height):
        gather_lines(column, labels, ground, taken)


def _row_step(column: Column, around: list[Run], ground: Ground) -> float:
    """From one entry to the next: marks of another make in the column, and words that nobody read, are entries too."""
    ys = [m.candidate.middle[1] for m in column.members]
    ys += [
        r.middle for r in around if all(r is not m.runs[0] for m in column.members) and _has_own_mark(r, column, ground)
    ]
    return float(np.median(np.diff(sorted(ys)))) if len(ys) > len(column.members) else column.step


def _continues(run: Run, owner: Labelled, column: Column, step: float, ground: Ground) -> bool:
    """Whether *run* is a further line of the owner's label, and no entry of the list that has lost its mark."""
    nearest = min(abs(run.middle - r.middle) for r in owner.runs)
    if len(column.members) > 1 and nearest > 0.92 * step:
        return False
    if _has_own_mark(run, column, ground):
        return False
    lines = sorted([*owner.runs, run], key=lambda r: r.middle)
    if topic_of(" ".join(r.text for r in lines)) is not None:
        return True
    if topic_of(run.text) is not None and topic_of(owner.runs[0].text) is not None:
        return False
    first = owner.runs[0]
    is_on_row = owner.candidate.middle[1] >= first.middle - 0.2 * ground.line_height
    is_last = topic_of(first.text) is not None or all(r.middle <= first.middle for r in owner.runs)
    if run.middle < first.middle and is_on_row and is_last:
        return False  # a heading: no mark stands beside the last line of a label
    return alike(run, first, ground)


def _begins(run: Run, owner: Labelled, column: Column, around: list[Run], ground: Ground) -> bool:
    """Whether *run* is the line above the one on the mark's row, and of one label with it: what explains the label
    stands below, so that the mark is in the middle beside all of them."""
    first = owner.runs[0]
    step = first.middle - run.middle
    if not 0 < step <= _CLOSE * column.step or _has_own_mark(run, column, ground):
        return False
    below = min((r for r in around if r.middle > first.middle), key=lambda r: r.middle, default=None)
    is_explained = below is not None and below.middle - first.middle <= 1.2 * step and explains(below, first)
    return is_explained and _is_full(run, first, column) and alike(run, first, ground)


_CLOSE = 0.4
"""Of the step between entries, up to which two lines alike are of one entry."""


def _is_full(run: Run, below: Run, column: Column) -> bool:
    """Whether the first word of the line *below* would not have gone on *run*: no label of the column is as long."""
    word = below.text.split(" ")[0]
    wide = (below.box[2] - below.box[0]) / max(1, len(below.text)) * (len(word) + 1)
    ends = [r.box[2] for m in column.members for r in m.runs]
    return run.box[2] + wide >= max(ends)


def _has_own_mark(run: Run, column: Column, ground: Ground) -> bool:
    """Whether something is drawn where the column has its marks, on the row of *run*, and belongs to no mark there.

    What runs on from a mark, such as the stroke of a pen, belongs to it.
    """
    x0 = column.x0 + column.shift(run.middle)
    reach = 0.3 * ground.line_height
    rows, columns = ground.cut((x0, run.middle - reach, x0 + column.width, run.middle + reach))
    inked = ground.ink[:, columns].max(axis=1, initial=0) > 0.3 * ground.contrast
    if not inked[rows].any():
        return False
    for mark in (m.candidate for m in column.members):
        top, bottom = sorted((run.middle, mark.middle[1]))
        if mark.box[1] <= run.middle + reach and run.middle - reach <= mark.box[3]:
            return False
        if bottom - top <= 2 * column.step and inked[round(top) : round(bottom)].all():
            return False
    return True


def _blocks(runs: list[Run], unit: float) -> list[list[Run]]:
    """Runs, top to bottom, parted where the step to the next is larger than the smallest step between two, which may
    be one to a line set smaller: lines set larger stand further apart by as much."""
    ordered = sorted(runs, key=lambda r: r.middle)
    pairs = [(b.middle - a.middle, min(a.size, b.size)) for a, b in pairwise(ordered)]
    lines = [pair for pair in pairs if pair[0] > 0.55 * unit]
    if not lines:
        return [ordered] if ordered else []
    smallest, size = min(lines)
    blocks = [[ordered[0]]]
    for run, (step, set_in) in zip(ordered[1:], pairs, strict=True):
        larger = set_in / max(1.0, size)
        allowed = smallest * 1.14 * (larger if _LARGER <= larger <= _LARGEST else 1.0)
        if step <= min(allowed, _LEADED * max(unit, _LINE * set_in)):
            blocks[-1].append(run)
        else:
            blocks.append([run])
    return blocks


_LARGER, _LARGEST = 1.08, 1.7
"""How much larger a label is set than what explains it."""
_LEADED, _LINE = 1.8, 0.95
"""Line heights from one line of a label to the next, at most: screens set half a line more than letters need; and a
line's height as a share of the size that its letters are set in."""


def alike(run: Run, line: Run, ground: Ground) -> bool:
    """Set in one size, one weight and one tone."""
    if _same_letters(run, line, ground):
        return True
    whole = run.size / max(1.0, line.size)
    if not 0.89 <= whole <= 1.13:
        return False
    weight = _weight(run, ground) / max(1e-6, _weight(line, ground))
    if not 1 / _BOLDER <= weight <= _BOLDER:
        return False
    size = letter_height(run, ground) / max(1.0, letter_height(line, ground))
    tone = text_tone(run, ground) / max(1.0, text_tone(line, ground))
    if _ONE_SIZE <= whole <= 1 / _ONE_SIZE and 0.87 <= weight <= 1.15 and 0.9 <= tone <= 1.11:
        return True  # few small letters in one of them
    if whole <= _SMALLER and size <= _LOWER and tone <= _PALER:
        return False  # each may be chance, all of them are how an explanation is set
    return 0.85 <= (size * whole) ** 0.5 <= 1.18 and 0.73 <= tone <= 1.37


def _same_letters(run: Run, line: Run, ground: Ground) -> bool:
    """Whether the small letters are as high, as dark and as thick as the other line's: a reader's box that is too high
    makes the whole line seem set larger, and these do not depend on it."""
    size = letter_height(run, ground) / max(1.0, letter_height(line, ground))
    tone = text_tone(run, ground) / max(1.0, text_tone(line, ground))
    ink = _weight(run, ground) * run.size**2 / max(1e-6, _weight(line, ground) * line.size**2)
    return 0.92 <= size <= 1.11 and 0.85 <= tone <= 1.18 and 0.8 <= ink <= 1.25


_ONE_SIZE = 0.96
"""Between the sizes of two lines set alike: an explanation is set smaller than that."""
_SMALLER, _LOWER, _PALER = 0.95, 0.92, 0.8
"""Of a line's size, the height of its small letters, and its tone: what an explanation below it has, at most."""
_BOLDER = 1.38
"""Times the ink of plain letters that bold ones of their size have, at least."""


def _weight(run: Run, ground: Ground) -> float:
    """Ink of a letter of usual width, as a share of its font's square: how thick its strokes are."""
    ink = ground.ink[ground.cut(run.box)].astype(np.float32) / max(1.0, text_tone(run, ground))
    return float(ink.clip(0, 1).sum()) / max(1.0, letters_in(run.text) * run.size**2)


def text_tone(run: Run, ground: Ground) -> float:
    """Difference between the run's letters and their ground, in levels."""
    return float(np.percentile(ground.ink[ground.cut(run.box)], 96))


def letter_height(run: Run, ground: Ground) -> float:
    """Height of the band in which most of the run's ink lies: that of small letters."""
    ink = ground.ink[ground.cut(run.box)].astype(np.float32).mean(axis=1)
    band = np.clip(ink / max(1e-6, float(ink.max())) * 2 - 0.4, 0, 1)
    return float(band.sum()) if band.size else run.height
