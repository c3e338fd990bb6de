"""Lines -> rows, where no ruling parts the rows: by anchors and by how cells stand against each other."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats
from extractors.lines import Lines
from extractors.values import UUID, ValueType, squeeze

BEFORE = -1
"""Row index of lines above the first row: the rest of a row begun on the page before, or no part of the table."""

_TAIL = re.compile(r"[0-9a-f]{8}", re.I)
"""The end of an id that began on the page before may look like the beginning of one."""


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
    so_far = ""
    for i in np.flatnonzero(lines.column == column).tolist():
        text = squeeze(lines.text[i])
        is_whole = value_type.whole.match(so_far) is not None
        completes = bool(blocks) and not is_whole and value_type.whole.match(so_far + text) is not None
        if not completes and value_type.start.match(lines.text[i]):
            blocks.append([i])
            so_far = text
        elif completes or (blocks and (not is_whole or value_type.whole.match(so_far + text))):
            blocks[-1].append(i)
            so_far += text
    if blocks and value_type is UUID and _TAIL.fullmatch("".join(squeeze(lines.text[i]) for i in blocks[0])):
        del blocks[0]
    head, tail = [b[0] for b in blocks], [b[-1] for b in blocks]
    first, last = lines.bottom[head], lines.bottom[tail]
    level = lines.middle
    return Anchors(blocks, first, last, (lines.top[head] + last) / 2, level[head], level[tail])


def assign_rows(
    lines: Lines, anchors: Anchors, alignment: str, near: float
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The row of every line (BEFORE above the first, ``len(blocks)`` below the last), and which of them are strays.

    A stray is a line that fits no row of a centred table; it goes to the nearest row and is doubtful.
    """
    stray = np.zeros(len(lines), np.bool_)
    if alignment == "top":
        return np.searchsorted(anchors.first_level - near, lines.middle, "right") - 1, stray
    if alignment == "bottom":
        return np.searchsorted(anchors.last_level + near, lines.middle, "left"), stray
    rows = np.full(len(lines), BEFORE)
    for column in np.unique(lines.column):
        mine = np.flatnonzero(lines.column == column)
        _assign_centred(lines, mine, anchors.centre, near, rows, stray)
    for row, block in enumerate(anchors.blocks):
        rows[block] = row
        stray[block] = False
    return rows, stray


def _assign_centred(
    lines: Lines,
    mine: NDArray[np.int64],
    centres: Floats,
    near: float,
    rows: NDArray[np.int64],
    stray: NDArray[np.bool_],
) -> None:
    """Part one column's lines (downwards) among rows with known *centres* so that each part is centred on its row.

    The middle of the next n lines grows with n; lines that fit no row are strays. The seen and the unseen part of one
    printed line count once.
    """
    level = lines.middle[mine]
    units = np.split(mine, np.flatnonzero(np.diff(level) > near) + 1)
    tops = np.array([lines.top[unit].min() for unit in units])
    bottoms = np.array([lines.bottom[unit].max() for unit in units])
    count = len(units)
    i = 0
    for k, centre in enumerate(centres):
        while i < count and (tops[i] + bottoms[i]) / 2 < centre + near:
            n = 0
            while i + n < count and (tops[i] + bottoms[i + n]) / 2 < centre - near:
                n += 1
            # Where lines stand so close that two numbers of them fit, the one that fits better.
            while i + n + 1 < count and (tops[i] + bottoms[i + n] + tops[i] + bottoms[i + n + 1]) / 4 < centre:
                n += 1
            if i + n < count and abs((tops[i] + bottoms[i + n]) / 2 - centre) <= near:
                for unit in units[i : i + n + 1]:
                    rows[unit] = k
                i += n + 1
                break
            rows[units[i]], stray[units[i]] = _nearest(float(tops[i] + bottoms[i]) / 2, centres), True
            i += 1
    for unit in units[i:]:
        rows[unit], stray[unit] = len(centres), True


def _nearest(y: float, centres: Floats) -> int:
    return int(np.argmin(np.abs(centres - y)))


def group_cells(lines: Lines, rows: NDArray[np.int64], row_count: int, column_count: int) -> list[list[list[int]]]:
    """``cells[row][column]`` -> indices of its lines, downwards. Lines outside rows and columns are left out."""
    cells: list[list[list[int]]] = [[[] for _ in range(column_count)] for _ in range(row_count)]
    for i, (row, column) in enumerate(zip(rows.tolist(), lines.column.tolist(), strict=True)):
        if 0 <= row < row_count and 0 <= column < column_count:
            cells[row][column].append(i)
    return cells
