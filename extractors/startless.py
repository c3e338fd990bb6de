"""Rows of an unruled table whose start is not what it should be: the value that starts rows is missing or stands in
another column, or a value that does not belong there looks like one. Counts tell: each row prints one, on one line. So
do times: no row prints two in one column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.assign import Anchors, find_anchors
from extractors.between_rows import WORD, is_one_text
from extractors.glyphs import Floats
from extractors.lines import Lines
from extractors.model import TableModel
from extractors.values import COUNT, TIME, is_type
from extractors.wrapped_counts import broken_counts

_REACH = 1.35
"""Times the usual line step: a start further below the one above it is a row of its own."""
_BESIDE = 3
"""Lines on the level of a row without a start, at least."""


def mend_anchors(band: Lines, anchors: Anchors, model: TableModel, near: float) -> tuple[Anchors, frozenset[int]]:
    """*anchors* with the rows that have none of their own, and without those that start no row; the indices of the
    former. *near* is how far apart lines of one level stand at most. Centred rows are left as they are."""
    if model.alignment == "middle":
        return anchors, frozenset()
    columns = [j for j, c in enumerate(model.columns) if c.value_type == COUNT.name and j != model.anchor]
    level, counts = band.middle, np.flatnonzero(np.isin(band.column, columns))
    starts = anchors.first_level if model.alignment == "top" else anchors.last_level
    astray = counts[_distance(starts, level[counts]) > near]
    alone = _distance(np.sort(level[counts]), starts) > near
    blocks = anchors.blocks
    if len(astray) or (columns and alone.any()):
        blocks = _without_false_starts(band, blocks, alone.tolist(), model, near)
        starts = level[[block[0] if model.alignment == "top" else block[-1] for block in blocks]]
    extra = _second_counts(band, counts, starts, model, near)
    times = _second_times(band, starts, model, near)
    extra += [i for i in times if not len(extra) or np.abs(level[extra] - level[i]).min() > near]
    if not extra and len(blocks) == len(anchors.blocks):
        return anchors, frozenset()
    order = np.argsort(np.concatenate((starts, level[extra])), kind="stable").tolist()
    every = [*blocks, *([i] for i in extra)]
    own = len(blocks)
    return _anchors(band, [every[k] for k in order]), frozenset(at for at, k in enumerate(order) if k >= own)


def _without_false_starts(
    band: Lines, blocks: list[list[int]], alone: list[bool], model: TableModel, near: float
) -> list[list[int]]:
    """The blocks; one that stands close to the next and has no typed value beside it is a part of that row.

    The false start is the lower one where the cells of a row begin at one level, the upper one where they end so.
    """
    typed = [j for j, c in enumerate(model.columns) if c.value_type and j != model.anchor]
    if len(typed) < 2:
        return blocks
    level = band.middle
    beside = np.sort(level[np.isin(band.column, typed)])
    joined: list[list[int]] = []
    for k, block in enumerate(blocks):
        false = (k if model.alignment == "top" else k - 1) if joined else -1
        if (
            false >= 0
            and alone[false]
            and level[block[0]] - level[joined[-1][-1]] <= _REACH * model.line_step
            and _distance(beside, level[blocks[false]]).min() > near
        ):
            joined[-1] = joined[-1] + block
        else:
            joined.append(block)
    return joined


def _second_counts(band: Lines, counts: NDArray[np.int64], starts: Floats, model: TableModel, near: float) -> list[int]:
    """Counts, one for each level, that cannot belong to the row they stand in: it has one of its own in that column,
    or there is no such row on the page."""
    level = band.middle
    found: list[int] = []
    astray = counts[_distance(starts, level[counts]) > near]
    pieces: set[int] = set()  # of broken numbers: those on the line that does not start their row
    for j in np.unique(band.column[astray]).tolist():
        broken = broken_counts(band, j, model.line_step, model.height, model.columns[j].widest)
        pieces.update(broken[:, 1 if model.alignment == "top" else 0].tolist())
    for i in astray[np.argsort(level[astray])].tolist():
        if not COUNT.whole.match("".join(band.text[i].split())):
            continue
        if model.alignment == "top":
            row = int(np.searchsorted(starts - near, level[i], "right")) - 1
        else:
            row = int(np.searchsorted(starts + near, level[i], "left"))
        if 0 <= row < len(starts):
            column = counts[band.column[counts] == band.column[i]]
            if not np.any(np.abs(level[column] - starts[row]) <= near):
                continue
        if (i in pieces and not _has_start(band, i, model, near)) or _is_no_row(band, i, model, near):
            continue
        if not found or level[i] - level[found[-1]] > near:
            found.append(i)
    return found


def _second_times(band: Lines, starts: Floats, model: TableModel, near: float) -> list[int]:
    """The line on whose level a row is that has no start, for each: a whole time in a column of times, below (or, in
    rows set to the bottom, above) another one that stands where the row's start does, with more of the row beside it.
    """
    found: list[int] = []
    edge = 0 if model.alignment == "top" else -1
    for j in (j for j, c in enumerate(model.columns) if c.value_type == TIME.name and j != model.anchor):
        if np.count_nonzero(band.column == j) <= len(starts):
            continue
        blocks = find_anchors(band, j, TIME).blocks
        if len(blocks) <= len(starts):
            continue
        at = band.middle[[block[edge] for block in blocks]]
        begins = _distance(starts, at) <= near
        astray, before = np.flatnonzero(~begins), -1
        if model.alignment != "top":
            astray, before = astray[::-1], 1
        for k in astray.tolist():
            beside = np.abs(band.middle - at[k]) <= near
            if not 0 <= k + before < len(blocks) or not begins[k + before] or np.count_nonzero(beside) < _BESIDE:
                continue
            if is_type(TIME, "".join(band.text[i] for i in blocks[k])):
                begins[k] = True
                found.append(blocks[k][edge])
    return found


def _has_start(band: Lines, i: int, model: TableModel, near: float) -> bool:
    """Whether what a row prints on its first line stands beside line *i*."""
    beside = np.flatnonzero(np.abs(band.middle - band.middle[i]) <= near)
    starts = {j: kind for j, kind in model.starts() if j != band.column[i]}
    return any(
        (kind := starts.get(int(band.column[k]))) is not None and kind.start.match(band.text[k])
        for k in beside.tolist()
    )


def _is_no_row(band: Lines, i: int, model: TableModel, near: float) -> bool:
    """Whether the number of line *i* stands alone at its height, further from the table than its rows are from each
    other, or is a word of a text that runs over columns: a page's number, a total."""
    beside = np.flatnonzero(np.abs(band.middle - band.middle[i]) <= near)
    if len(beside) > 1:
        return is_one_text(band, beside, WORD * model.height)
    return bool(_distance(np.sort(np.delete(band.middle, i)), band.middle[[i]])[0] > model.row_step)


def _distance(levels: Floats, at: Floats) -> Floats:
    """How far each of *at* is from the nearest of the sorted *levels*."""
    if not len(levels):
        return np.full(len(at), np.inf)
    k = np.clip(np.searchsorted(levels, at), 1, max(1, len(levels) - 1))
    above, below = levels[k - 1], levels[np.minimum(k, len(levels) - 1)]
    return np.minimum(np.abs(at - above), np.abs(at - below))


def _anchors(band: Lines, blocks: list[list[int]]) -> Anchors:
    head, tail = [b[0] for b in blocks], [b[-1] for b in blocks]
    first, last = band.bottom[head], band.bottom[tail]
    return Anchors(blocks, first, last, (band.top[head] + last) / 2, band.middle[head], band.middle[tail])
