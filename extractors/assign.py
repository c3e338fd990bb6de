"""Lines -> rows, where no ruling parts the rows: by anchors and by how cells stand against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats
from extractors.lines import Lines
from extractors.values import COUNT, UUID, ValueType, is_marker, squeeze

BEFORE = -1
"""Row index of lines above the first row: the rest of a row begun on the page before, or no part of the table."""

_TAIL = re.compile(r"[0-9a-f]{8}", re.I)
"""The end of an id that began on the page before may look like the beginning of one."""

_OPEN = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{0,4}", re.I)
"""An id of whose last group no more than a third is there."""

_ALONE = (UUID, COUNT)
"""Values of which a lone dash is no part, as it is of a period."""

Limits = tuple[float, float, float]
"""Of a row: its middle, and the heights above and below which none of its lines stand."""
_REST = 0.9
"""What a line above the first row, or below the last one, costs that is in none: a part of a row that is on another
page, too, may stand there."""
_TALL = 1e-6
"""What a point of a cell's height costs: lines at equal steps are of a cell in every row rather than of a cell twice as
high in every other row."""
_WIDE = 1.35
"""Times the least step between a column's lines: a wider one is rather between two cells."""
_TORN = 0.2
"""What such a step inside a cell costs: less than a line in no row, more than what it stands off the middle."""


@dataclass(frozen=True, slots=True)
class Anchors:
    """The anchor cells of a page, downwards: for each row the bottom of the first and last line, the middle
    of the cell, and the middles of its first and last line: a fallback font shifts a line's bottom, not its middle."""

    blocks: list[list[int]]
    first: Floats
    last: Floats
    centre: Floats
    first_level: Floats
    last_level: Floats


def find_anchors(lines: Lines, column: int, value_type: ValueType) -> Anchors:
    """Group the anchor column's lines: each group begins with a line that starts a value and goes on as long as a
    further line can belong to it. What makes a broken-off value whole starts none, whatever it looks like."""
    blocks: list[list[int]] = []
    so_far, is_whole, is_mask = "", False, False
    match, start = value_type.whole.match, value_type.start.match
    is_id, is_alone = value_type is UUID, value_type in _ALONE
    for i in np.flatnonzero(lines.column == column).tolist():
        text = squeeze(lines.text[i])
        joined = bool(blocks) and match(so_far + text) is not None
        completes = joined and not is_whole
        if is_id and blocks and _TAIL.fullmatch(text) and _OPEN.fullmatch(so_far):
            completes = True  # not yet, but its last group goes on
        is_start = not completes and start(lines.text[i]) is not None
        if is_start or (is_alone and blocks and (is_whole or is_mask) and is_marker(lines.text[i])):  # masked
            blocks.append([i])
            so_far, is_whole = text, match(text) is not None
        elif completes or (blocks and (joined or not is_whole)):
            blocks[-1].append(i)
            so_far, is_whole = so_far + text, joined
        else:
            continue
        is_mask = is_alone and not is_whole and is_marker(so_far)
    if blocks and value_type is UUID and _TAIL.fullmatch("".join(squeeze(lines.text[i]) for i in blocks[0])):
        del blocks[0]
    head, tail = [b[0] for b in blocks], [b[-1] for b in blocks]
    first, last = lines.bottom[head], lines.bottom[tail]
    level = lines.middle
    return Anchors(blocks, first, last, (lines.top[head] + last) / 2, level[head], level[tail])


def assign_rows(
    lines: Lines, anchors: Anchors, alignment: str, near: float, cut: NDArray[np.bool_] | None = None
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The row of every line (BEFORE above the first, ``len(blocks)`` below the last), and which of them are strays.
    Lines of a last row that the page's end *cut* are not centred on it.

    A stray is a line that fits no row of a centred table; it goes to the nearest row and is doubtful.
    """
    stray = np.zeros(len(lines), np.bool_)
    if alignment == "top":
        return np.searchsorted(anchors.first_level - near, lines.middle, "right") - 1, stray
    if alignment == "bottom":
        return np.searchsorted(anchors.last_level + near, lines.middle, "left"), stray
    rows = np.full(len(lines), BEFORE)
    whole = anchors
    if cut is not None and cut.any():
        rows[cut] = len(anchors.blocks) - 1
        sides = (anchors.first, anchors.last, anchors.centre, anchors.first_level, anchors.last_level)
        whole = Anchors(anchors.blocks[:-1], *(side[:-1] for side in sides))
    for column in np.unique(lines.column):
        mine = np.flatnonzero((lines.column == column) & (rows == BEFORE))
        if len(mine):
            _assign_centred(lines, mine, whole, near, rows, stray)
    for row, block in enumerate(anchors.blocks):
        rows[block] = row
        stray[block] = False
    return rows, stray


def _assign_centred(
    lines: Lines,
    mine: NDArray[np.int64],
    anchors: Anchors,
    near: float,
    rows: NDArray[np.int64],
    stray: NDArray[np.bool_],
) -> None:
    """Part one column's lines (downwards) among rows with known *anchors* so that each part is centred on its row and
    reaches into none of its neighbours' anchors, and that as few lines as possible fit no row: those are strays. The
    seen and the unseen part of one printed line count once.
    """
    level = lines.middle[mine]
    units = np.split(mine, np.flatnonzero(np.diff(level) > near) + 1)
    tops = np.array([lines.top[unit].min() for unit in units])
    bottoms = np.array([lines.bottom[unit].max() for unit in units])
    centres = anchors.centre
    ceiling = (np.append(-np.inf, anchors.last[:-1]) - near).tolist()
    floor = (np.append(2 * centres[1:] - anchors.last[1:], np.inf) + near).tolist()
    limits = list(zip(centres.tolist(), ceiling, floor, strict=True))
    parts = _part_at_once(tops.tolist(), bottoms.tolist(), limits, near) or _part(tops, bottoms, limits, near)
    for unit, row in zip(units, parts, strict=True):
        if row >= 0:
            rows[unit] = row
            continue
        middle = float(lines.top[unit].min() + lines.bottom[unit].max()) / 2
        # What stands beside the last anchor is of its row, whose end may be on the next page.
        is_last = anchors.first_level[-1] - near < middle <= anchors.last_level[-1] + near
        is_below = middle > centres[-1] + near and not is_last
        rows[unit] = len(centres) if is_below else _nearest(middle, centres)
        stray[unit] = not is_last


def _part_at_once(tops: list[float], bottoms: list[float], limits: list[Limits], near: float) -> list[int] | None:
    """The row of each line, downwards, each row taking the lines whose middle is nearest to its own; None where a line
    fits no row."""
    rows: list[int] = []
    count = len(tops)
    for k, (centre, low, high) in enumerate(limits):
        i = len(rows)
        if i == count or (tops[i] + bottoms[i]) / 2 > centre + near:
            continue
        n = i
        while n + 1 < count and (2 * tops[i] + bottoms[n] + bottoms[n + 1]) / 4 < centre:
            n += 1
        if abs((tops[i] + bottoms[n]) / 2 - centre) > near or tops[i] < low or bottoms[n] > high:
            return None
        rows += [k] * (n + 1 - i)
    return rows if len(rows) == count else None


def _part(tops: Floats, bottoms: Floats, limits: list[Limits], near: float) -> list[int]:
    """The same with as few strays (-1) as can be, by dynamic programming over rows and lines."""
    count = len(tops)
    steps = bottoms[1:] - bottoms[:-1]
    wide = np.concatenate(([0], np.cumsum(steps > _WIDE * steps.min(initial=np.inf)))).tolist()
    cost = [_REST * k for k in range(count + 1)]  # of so many lines before the first row: all are strays
    taken: list[dict[int, int]] = []
    for centre, low, high in limits:
        best, own = cost.copy(), {}
        begin = int(np.searchsorted(tops, low))
        for first in range(begin, int(np.searchsorted(tops, centre))):
            last = int(np.searchsorted(bottoms, 2 * (centre - near) - tops[first]))
            for end in range(last, min(count, int(np.searchsorted(bottoms, high, "right")))):
                off = abs((tops[first] + bottoms[end]) / 2 - centre)
                if off > near:
                    break
                price = cost[first] + 0.1 * off / near + _TALL * (bottoms[end] - tops[first])
                price += _TORN * (wide[end] - wide[first])
                if price < best[end + 1]:
                    best[end + 1], own[end + 1] = price, first
        for k in range(1, count + 1):
            if best[k - 1] + 1 < best[k]:
                best[k] = best[k - 1] + 1
                own[k] = -1
        taken.append(own)
        cost = best
    found = [-1] * count
    k = min(range(count + 1), key=lambda k: cost[k] + _REST * (count - k))
    for row in range(len(taken) - 1, -1, -1):
        while taken[row].get(k) == -1:
            k -= 1
        start = taken[row].get(k)
        if start is not None:
            found[start:k] = [row] * (k - start)
            k = start
    return found


def _nearest(y: float, centres: Floats) -> int:
    return int(np.argmin(np.abs(centres - y)))


def group_cells(lines: Lines, rows: NDArray[np.int64], row_count: int, column_count: int) -> list[list[list[int]]]:
    """``cells[row][column]`` -> indices of its lines, downwards. Lines outside rows and columns are left out."""
    cells: list[list[list[int]]] = [[[] for _ in range(column_count)] for _ in range(row_count)]
    for i, (row, column) in enumerate(zip(rows.tolist(), lines.column.tolist(), strict=True)):
        if 0 <= row < row_count and 0 <= column < column_count:
            cells[row][column].append(i)
    return cells
