"""Fitting how the rows of a table begin and stand, once its columns are known."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np

from extractors.assign import Anchors, assign_rows, find_anchors, group_cells
from extractors.bands import row_bands
from extractors.between_rows import between_rows, named_groups
from extractors.broken import set_from_top
from extractors.early_breaks import breaks_early
from extractors.glyphs import Floats
from extractors.lines import Lines
from extractors.model import LINE_SLACK, TableModel, expected_type
from extractors.sample import SamplePage
from extractors.values import COUNT, TIME, VALUE_TYPES, is_type
from extractors.wrapped_counts import rests_of_counts

MOSTLY = 0.8
"""Share of values that must match before a column is said to be of a type."""


_LEVEL = 0.05
"""Of the glyph height: by how much lines differ in height at most that have the same kinds of glyphs."""
_DESCENDER = 0.35
"""Of the glyph height: what descenders take."""
_CLOSE = 0.03
"""Of the votes for the likeliest alignment: another one that has so few less is as likely."""
_FURTHER = 1.1
"""Times the mean step between lines of a cell: an alignment whose cells have wider ones takes lines of other rows."""
_ENOUGH_ROWS = 100
"""Rows after which one alignment may lead by so much that no more are asked."""


def fit_rows(model: TableModel, tables: list[tuple[SamplePage, Lines]]) -> TableModel | None:
    """The model with anchor, alignment, rulings and steps fitted on the body lines of sample pages; None where no
    column's values can start rows."""
    anchors = [a for a in _anchor_candidates(model, tables) if a[2] > 0]
    if not anchors:
        return None
    untyped = model
    model = _anchored(untyped, anchors[0])
    is_ruled = _rows_are_ruled(model, tables)
    fuller = [_anchored(untyped, a) for a in anchors if a[1] == TIME.name and a[2] > anchors[0][2]]
    # Rows without an id stand against the cells of no other row.
    alignment = _alignment((fuller or [model])[0], tables)
    if fuller and alignment == "middle" and not is_ruled:
        model = fuller[0]  # nothing else tells where centred rows without an id are
    line_step, row_step = _steps(model, tables)
    tops = [float(lines.top.min()) for page, lines in tables if not page.headers]
    return replace(
        model,
        is_ruled=is_ruled,
        alignment=alignment,
        line_step=line_step,
        row_step=row_step,
        body_top=float(np.median(tops)) if tops else None,
    )


def _anchored(model: TableModel, anchor: tuple[int, str, int]) -> TableModel:
    """The model whose rows start with the values of a candidate."""
    columns = list(model.columns)
    columns[anchor[0]] = replace(columns[anchor[0]], value_type=anchor[1])
    return replace(model, columns=tuple(columns), anchor=anchor[0])


def _anchor_candidates(model: TableModel, tables: list[tuple[SamplePage, Lines]]) -> list[tuple[int, str, int]]:
    """Columns that can start rows, best first: (column, value type, rows). Id before time before counts.

    In a column of one-per-row values nearly every line that starts one is followed by no stray text: the number of
    lines that do not start a value must be explained by wraps of the values themselves.
    """
    found, rows = [], []
    step = _line_step(model, tables)
    for j, column in enumerate(model.columns):
        wanted = expected_type(column)
        for rank, name in enumerate(("uuid", "time", "count")):
            if wanted is None or wanted.name != name:
                continue
            value_type = VALUE_TYPES[name]
            starts = whole = rests = 0
            for _, lines in tables:
                blocks = find_anchors(lines, j, value_type).blocks
                rests += len(rests_of_counts(lines, j, step, model.height)) if value_type is COUNT else 0
                starts += len(blocks)
                whole += sum(is_type(value_type, "".join(lines.text[i] for i in block)) for block in blocks)
            if starts and whole >= MOSTLY * starts:
                found.append((rank, -starts, j, name))
                rows.append(starts - rests)
    most = max(rows, default=0)
    # A column that starts far fewer rows than another is filled only now and then.
    return [(j, name, -n) for _, n, j, name in sorted(found) if -n >= 0.9 * most]


def _rows_are_ruled(model: TableModel, tables: list[tuple[SamplePage, Lines]]) -> bool:
    """Whether nearly every row has a ruled band to itself."""
    alone = total = 0
    for page, lines in tables:
        bounds = row_bands(page.content.rulings, model)
        blocks = find_anchors(lines, model.anchor, model.anchor_type).blocks
        if len(bounds) < 2:
            total += len(blocks)
            continue
        slots = Counter(int(np.searchsorted(bounds, lines.middle[block[0]])) for block in blocks)
        total += len(blocks)
        alone += sum(1 for slot, n in slots.items() if n == 1 and 0 < slot < len(bounds))
    return total > 0 and alone >= 0.7 * total


def _alignment(model: TableModel, tables: list[tuple[SamplePage, Lines]]) -> str:
    """How cells of a row stand against the anchor cell: the hypothesis that most cells bear out.

    Geometry alone can read one column of equal steps both ways (each row's last line as the next row's first), so
    values that parse count too; cells torn apart by a step that is no line's, and lines that belong to no row, count
    against. Where that leaves a doubt, so do cells whose lines stand further apart, or with a line that ends early.
    """
    votes = {"top": 0, "bottom": 0, "middle": 0}
    early = dict(votes)
    steps: dict[str, list[Floats]] = {name: [] for name in votes}
    near = 0.4 * model.height
    step = _line_step(model, tables)
    tear = 1.35 * step
    seen = 0
    for _, lines in tables:
        best, second, _ = sorted(votes.values(), reverse=True)
        if seen >= _ENOUGH_ROWS and best - second > 0.5 * best > 0:
            break
        anchors = find_anchors(lines, model.anchor, model.anchor_type)
        lines, anchors = _near_table(*_without_titles(lines, anchors, model, step), model, tear)
        count = len(anchors.blocks)
        if not count:
            continue
        seen += count
        width = lines.x1 - lines.x0
        level = lines.middle.tolist()
        rooms = [float(width[lines.column == j].max(initial=0)) for j in range(len(model.columns))]
        for name in votes:
            rows, stray = assign_rows(lines, anchors, name, near)
            broken = np.empty(0, np.int64)
            if name != "top":
                broken = set_from_top(lines, rows, stray, anchors, name, near)
                rows[broken], stray[broken] = count - 1, False
            lost = (rows < 0) | (rows >= count)
            votes[name] -= int(stray.sum()) + int(lost.sum())
            for row, cells in enumerate(group_cells(lines, rows, count, len(model.columns))):
                for column, cell in zip(model.columns, cells, strict=True):
                    if cell and not (len(broken) and row == count - 1):
                        votes[name] += _bears_out(name, lines, level, cell, anchors, row, near)
                    if len(cell) > 1:
                        inside = np.diff(lines.bottom[cell])
                        steps[name].append(inside)
                        torn = int((inside > tear).sum())
                        votes[name] -= torn
                        wanted = expected_type(column)
                        if wanted is None:
                            early[name] += _ends_early(lines, cell, rooms, model.height)
                        elif not torn:  # a date above a clock may be the title of a group
                            votes[name] += 2 if is_type(wanted, "".join(lines.text[i] for i in cell)) else -2
    best = max(votes.values())
    # People end lines early, too, so this tells only where the others leave a doubt.
    close = [name for name, count in votes.items() if count >= best - _CLOSE * abs(best)]
    # Rows stand further apart than the lines of a cell.
    mean = {name: float(np.concatenate(steps[name]).mean()) if steps[name] else np.inf for name in close}
    close = [name for name in close if mean[name] <= _FURTHER * min(mean.values())]
    return max(close, key=lambda name: (votes[name] - early[name], name == "top", name == "bottom"))


def _ends_early(lines: Lines, cell: list[int], rooms: list[float], height: float) -> bool:
    """Whether a line of the *cell* ends though the next word would have fitted into the widest line of its column (one
    of *rooms*): as lines of two cells do."""
    texts, widths = [lines.text[i] for i in cell], [float(lines.x1[i] - lines.x0[i]) for i in cell]
    return breaks_early(texts, widths, rooms[int(lines.column[cell[0]])], height)


def _without_titles(lines: Lines, anchors: Anchors, model: TableModel, step: float) -> tuple[Lines, Anchors]:
    """The *lines* without titles and subtotals between rows, which would be taken for parts of the rows beside them."""
    starts = np.zeros(len(lines), np.bool_)
    starts[[i for block in anchors.blocks for i in block]] = True
    every = np.arange(len(lines))
    titles = np.union1d(
        between_rows(lines, every, starts, starts, model, step), named_groups(lines, every, starts, model)
    )
    if not len(titles):
        return lines, anchors
    kept = lines.select(np.setdiff1d(np.arange(len(lines)), titles))
    return kept, find_anchors(kept, model.anchor, model.anchor_type)


def _near_table(lines: Lines, anchors: Anchors, model: TableModel, step: float) -> tuple[Lines, Anchors]:
    """The *lines* that follow the rows closely, and those between them: titles above, totals, remarks and page numbers
    below stand further off, and tell nothing."""
    if not anchors.blocks:
        return lines, anchors
    first, last = float(anchors.first[0]), float(anchors.last[-1])
    near = (lines.bottom >= first) & (lines.bottom <= last)
    for sign, at in ((-1.0, first), (1.0, last)):
        order = np.argsort(sign * lines.bottom)
        for i in order[sign * lines.bottom[order] > sign * at].tolist():
            if sign * (lines.bottom[i] - at) > step:
                break
            near[i] = True
            at = float(lines.bottom[i])
    if near.all():
        return lines, anchors
    kept = lines.select(np.flatnonzero(near))
    return kept, find_anchors(kept, model.anchor, model.anchor_type)


def _bears_out(
    name: str, lines: Lines, level: list[float], cell: list[int], anchors: Anchors, row: int, near: float
) -> int:
    """1 where the cell stands as the hypothesis says, -1 where it does not. *level* are the middles of the lines."""
    if name == "top":
        off = level[cell[0]] - anchors.first_level[row]
    elif name == "bottom":
        off = level[cell[-1]] - anchors.last_level[row]
    else:
        off = (lines.top[cell[0]] + lines.bottom[cell[-1]]) / 2 - anchors.centre[row]
    return 1 if abs(off) <= near else -1


def _line_step(model: TableModel, tables: list[tuple[SamplePage, Lines]]) -> float:
    """The step from one line of a cell to the next, in points: the smallest step inside columns that occurs at least
    three times. Most steps are between rows where few cells wrap. Where boxes are those of the ink, lines with and
    without descenders tell less: those of one height come first."""
    level: list[float] = []
    uneven: list[float] = []
    higher: list[float] = []
    for _, lines in tables:
        for j in range(len(model.columns)):
            mine = np.flatnonzero(lines.column == j)
            mine = mine[np.argsort(lines.bottom[mine], kind="stable")]
            steps, tops = np.diff(lines.bottom[mine]), np.diff(lines.top[mine])
            usual = (0.7 * model.height < steps) & (steps < 2.2 * model.height)
            is_level = np.abs(steps - tops) <= _LEVEL * model.height
            level += steps[usual & is_level].tolist()
            uneven += steps[usual & ~is_level].tolist()
            higher += np.maximum(steps, tops)[usual & ~is_level].tolist()
    even, other, most = map(_smallest_often, (level, uneven, higher))
    # From ink to ink, lines of two heights stand a bit less or a bit more than a step apart.
    if even is None or other is None or most is None or even <= max(most, other + _DESCENDER * model.height):
        found = even
        if even is None and other is not None and most is not None:
            found = (other + most) / 2
    else:
        found = other  # the even ones are steps between rows
    return found if found is not None else 1.35 * model.height


def _smallest_often(steps: list[float]) -> float | None:
    """The smallest of the *steps* that occurs at least three times."""
    steps = sorted(steps)
    return next((steps[i + 1] for i in range(len(steps) - 2) if steps[i + 2] <= 1.05 * steps[i]), None)


def _steps(model: TableModel, tables: list[tuple[SamplePage, Lines]]) -> tuple[float, float]:
    """The largest usual step inside a cell, and between any two neighbouring lines of the table."""
    between: list[float] = []
    for _, lines in tables:
        blocks = find_anchors(lines, model.anchor, model.anchor_type).blocks
        if not blocks:
            continue
        first, last = lines.bottom[blocks[0][0]], lines.bottom[blocks[-1][-1]]
        table = np.unique(np.round(lines.bottom[(lines.bottom >= first - 0.1) & (lines.bottom <= last + 0.1)], 1))
        between += [s for s in np.diff(table).tolist() if s > 0.3 * model.height]
    line_step = LINE_SLACK * _line_step(model, tables)
    row_step = float(np.percentile(between, 98)) * 1.1 if between else 4.0 * model.height
    return line_step, max(row_step, line_step)
