"""Cells of a ruled table on a picture: the fields between its lines. Lines may be thin, pale or broken."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import Box


@dataclass(frozen=True, slots=True)
class Table:
    """``cells`` in working pixels, inside their lines; ``lines`` is 1 where a line is."""

    cells: tuple[Box, ...]
    lines: NDArray[np.uint8]


_EDGE = 2
"""Pixels from the picture's edge."""


def find_cells(ground: Ground) -> Table | None:
    """The cells of all ruled tables of the page, or None where there are fewer than six."""
    unit = ground.line_height
    level = max(5.0, 4.5 * ground.noise, (0.13 if ground.noise < 1 else 0.28) * ground.contrast)
    mask = np.asarray(ground.ink > level, np.uint8)
    across, down, gap = round(3.2 * unit), round(2.2 * unit), round(unit)
    # A line of a scan steps by a pixel now and then: widened by one pixel it stays one run. It is not lengthened: the
    # sides of boxes printed one below the other, as high as their rows, would be one line with the rulings between.
    rows = _opened(_widened(mask, (3, 1)), (1, across))
    columns = _opened(_widened(mask, (1, 3)) & (1 - _dips(ground, rows)), (down, 1))
    # A filled field is no line: what is thicker than half a line of text goes.
    square = np.ones((max(4, round(0.45 * unit)),) * 2, np.uint8)
    solid = np.asarray(cv2.morphologyEx(rows & columns, cv2.MORPH_OPEN, square), np.uint8)
    lines = (rows | columns) & (1 - solid)
    if lines.mean() < 0.001:
        return None
    # Short breaks are mended along the line only.
    lines |= np.asarray(cv2.morphologyEx(rows & lines, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8)), np.uint8)
    lines |= np.asarray(cv2.morphologyEx(columns & lines, cv2.MORPH_CLOSE, np.ones((gap, 1), np.uint8)), np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(1 - lines, connectivity=4)
    cells = []
    page_high, page_wide = lines.shape
    for x, y, wide, high, area in stats[1:count]:
        if x < _EDGE or y < _EDGE or x + wide > page_wide - _EDGE or y + high > page_high - _EDGE:
            continue  # no line closes it: the margin
        if 0.75 * unit <= high <= 6 * unit and 0.6 * unit <= wide and area >= 0.85 * wide * high:
            cells.append((float(x), float(y), float(x + wide), float(y + high)))
    return Table(tuple(cells), lines) if len(cells) >= 6 else None


_NEAR, _DIP = 0.3, 0.65
"""Line heights from a ruling within which boxes end, and ink as a share of what is above and below it, up to which it
is no part of the same line: the blur of a gap."""


def _dips(ground: Ground, rows: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """1 where what runs down is paler between its ruling and the next stroke: there a box ends, and no line."""
    unit = ground.line_height
    wide = _widened(ground.ink, (1, 3))
    along = np.asarray(cv2.blur(wide, (1, max(3, round(unit)))), np.uint8)
    near = _widened(rows, (2 * max(1, round(_NEAR * unit)) + 1, 1)) & (1 - rows)
    return np.asarray((near > 0) & (wide < _DIP * along), np.uint8)


def _widened(values: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    return np.asarray(cv2.dilate(values, np.ones(size, np.uint8)), np.uint8)


def _opened(mask: NDArray[np.uint8], size: tuple[int, int]) -> NDArray[np.uint8]:
    return np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(size, np.uint8)), np.uint8)


_CROSSED = 0.5
"""Share of a line of text along which a ruling runs through its box."""


def clear_of_rulings(run: Run, table: Table, ground: Ground) -> Run:
    """*run* with the box and the middle of its letters alone, where a reader's box took in a ruling above or below."""
    rows, columns = ground.cut(run.box)
    lines = table.lines[rows, columns]
    if float(lines.mean(axis=1).max(initial=0.0)) < _CROSSED:
        return run
    covered = cv2.dilate(lines, np.ones((3, 3), np.uint8)) > 0
    profile = np.where(covered, 0, ground.ink[rows, columns]).astype(np.float32).mean(axis=1)
    full = np.flatnonzero(profile > 0.55 * float(profile.max(initial=0.0)))
    inked = np.flatnonzero(profile > 0.15 * float(profile.max(initial=0.0)))
    if full.size == 0:
        return run
    box = (run.box[0], float(rows.start + inked[0]), run.box[2], float(rows.start + inked[-1] + 1))
    return replace(run, box=box, middle=float(rows.start + (full[0] + full[-1] + 1) / 2))
