"""Where marks may be: squares, circles, pills and ticks of about a label's height, beside a line of text.

A candidate is one connected piece of ink whose hull is a square, a circle or a pill. Pieces are taken at three levels
of difference from the ground, because the track of a light toggle is a tenth as far from its ground as its label is,
while a scanned box is whole only above its noise.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.ground import Ground, without_ringing
from extractors.pictures.marks.icons import is_cross
from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import Box


class Shape(enum.StrEnum):
    SQUARE = "square"
    CIRCLE = "circle"
    PILL = "pill"
    TICK = "tick"
    """A glyph without a ring: a tick, a cross, a dash, a dot."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One piece of ink that may be a mark; working pixels."""

    box: Box
    shape: Shape
    fullness: float
    """Area of its hull as a share of its box: 1 square, 0.785 circle."""
    level: float

    @property
    def width(self) -> float:
        return self.box[2] - self.box[0]

    @property
    def height(self) -> float:
        return self.box[3] - self.box[1]

    @property
    def middle(self) -> tuple[float, float]:
        return (self.box[0] + self.box[2]) / 2, (self.box[1] + self.box[3]) / 2


_SMALLEST, _TALLEST, _WIDEST = 0.42, 2.8, 5.6
"""Of a mark, in line heights."""
_NEAR = 1.25
"""Line heights from the middle of a line within which its mark lies."""
_COVERED = 5.0
"""Line heights between two lines of a list of which one between them may be covered."""
_LOWEST_PILL = 0.6
_CLEAR = 1.2
"""Times the ringing of a lossy file, from which on ink is drawn and does not ring."""


def find_candidates(ground: Ground, runs: list[Run]) -> list[Candidate]:
    """All candidates, best level first where levels overlap."""
    found: list[Candidate] = []
    near = _beside_text(ground, runs)
    ink = without_ringing(ground)
    for level in levels(ground):
        pieces = _at_level(ink, level, near, ground.line_height)
        # What rings hangs together with letters: below it only whole rings are looked for.
        is_clear = level >= _CLEAR * ground.ringing
        found += [c for c in pieces if is_clear or c.shape in (Shape.SQUARE, Shape.CIRCLE)]
    return _distinct(found, ground.line_height)


def levels(ground: Ground) -> list[float]:
    """Differences from the ground at which pieces are cut out, lowest first."""
    lowest = max(5.0, 4.5 * ground.noise)
    found = [lowest, *([_CLEAR * ground.ringing] if _CLEAR * ground.ringing > lowest * 1.4 else [])]
    for share in (0.12, 0.25, 0.5):
        if share * ground.contrast > found[-1] * 1.4:
            found.append(share * ground.contrast)
    return found


def _beside_text(ground: Ground, runs: list[Run]) -> NDArray[np.bool_]:
    """Pixel rows near the middle of some run, and between two runs a covered line apart."""
    rows = np.zeros(ground.ink.shape[0], dtype=bool)
    for above, below in pairwise(sorted(r.middle for r in runs)):
        if below - above <= _COVERED * ground.line_height:
            rows[max(0, int(above)) : int(below) + 1] = True
    for run in runs:
        reach = _NEAR * ground.line_height
        rows[max(0, int(run.middle - reach)) : int(run.middle + reach) + 1] = True
    return rows


def _at_level(ink: NDArray[np.uint8], level: float, near: NDArray[np.bool_], unit: float) -> list[Candidate]:
    mask = (ink > level).astype(np.uint8)
    mask[~near] = 0
    count, marked, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    wide, high = stats[:, 2], stats[:, 3]
    fits = (
        (high >= _SMALLEST * unit) & (high <= _TALLEST * unit) & (wide >= _SMALLEST * unit) & (wide <= _WIDEST * unit)
    )
    fits[0] = False
    found = []
    for index in np.flatnonzero(fits[:count]):
        x, y, w, h, _ = (int(v) for v in stats[index])
        piece = (marked[y : y + h, x : x + w] == index).astype(np.uint8)
        candidate = _shape_of(piece, (float(x), float(y), float(x + w), float(y + h)), level, unit)
        if candidate is not None:
            found.append(candidate)
    return found


def _shape_of(piece: NDArray[np.uint8], box: Box, level: float, unit: float) -> Candidate | None:
    high, wide = piece.shape
    outline = np.argwhere(piece)[:, ::-1].astype(np.int32)
    hull = np.zeros_like(piece)
    cv2.fillConvexPoly(hull, cv2.convexHull(outline), 1)
    full = float(hull.mean())
    aspect = wide / high
    shape: Shape | None = None
    if not _is_ringed(piece, hull) or is_cross(piece > 0):
        # A glyph: a tick, a cross, a letter; or the two sides of a frame that lie in the shade.
        shape = Shape.SQUARE if 0.8 <= aspect <= 1.25 and _has_corner(piece) else None
    elif 0.72 <= aspect <= 1.4 and full >= 0.70:
        corners = _corners(hull)
        if max(corners) - min(corners) < 0.35:
            is_round = max(corners) < 0.7
            shape = Shape.CIRCLE if is_round else Shape.SQUARE if full >= 0.86 else None
            if is_round and aspect > _ROUND and full >= 0.74 and high >= _LOWEST_PILL * unit:
                shape = Shape.PILL
        elif full >= 0.9:
            shape = Shape.SQUARE
    elif 1.4 < aspect <= 3.4 and full >= 0.74 and high >= _LOWEST_PILL * unit:
        shape = Shape.PILL
    if shape is None and 0.5 <= aspect <= 2.0 and full >= 0.25:
        shape = Shape.TICK
    return None if shape is None else Candidate(box, shape, full, level)


_ROUND = 1.2
"""Times its height that a circle is wide at most; a switch, its knob included, is wider."""


def _is_ringed(piece: NDArray[np.uint8], hull: NDArray[np.uint8]) -> bool:
    """Whether the piece is inked along its hull's edge, all the way round: H and E and M are not, O and D are."""
    high, wide = piece.shape
    deep = max(1, round(0.08 * min(high, wide)))
    near = cv2.dilate(piece, np.ones((2 * deep + 1, 2 * deep + 1), np.uint8)) > 0
    padded = cv2.copyMakeBorder(hull, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=0)
    edge = (padded - cv2.erode(padded, np.ones((3, 3), np.uint8)))[1:-1, 1:-1] > 0
    ys, xs = np.nonzero(edge)
    sector = ((np.arctan2((ys + 0.5) / high - 0.5, (xs + 0.5) / wide - 0.5) / (2 * np.pi) + 1 / 16) * 8 % 8).astype(int)
    drawn = np.bincount(sector, weights=near[ys, xs], minlength=8) / np.maximum(1, np.bincount(sector, minlength=8))
    return int((drawn >= 0.5).sum()) >= 7


def _has_corner(piece: NDArray[np.uint8]) -> bool:
    """Whether the upper and the left side of its box are drawn from end to end, and its other sides are not."""
    deep = max(1, round(0.14 * min(piece.shape)))
    top, left = piece[:deep].max(axis=0).mean(), piece[:, :deep].max(axis=1).mean()
    bottom, right = piece[-deep:].max(axis=0).mean(), piece[:, -deep:].max(axis=1).mean()
    return bool(min(top, left) >= _SIDE and max(bottom, right) <= 0.5)


_SIDE = 0.9
"""Share of a frame's side that is drawn."""


def _corners(hull: NDArray[np.uint8]) -> list[float]:
    """How full the four corners of the hull are: about 0.45 in a circle, above 0.8 in a rounded square."""
    high, wide = hull.shape
    down, across = max(1, round(high * 0.29)), max(1, round(wide * 0.29))
    corners = [hull[:down, :across], hull[:down, -across:], hull[-down:, :across], hull[-down:, -across:]]
    return [float(c.mean()) for c in corners]


def _distinct(found: list[Candidate], unit: float) -> list[Candidate]:
    """One candidate per place: ringed shapes before bare glyphs, larger before what lies inside them."""
    found = [c for c in found if not (c.shape is Shape.PILL and _is_cell(c, found, unit))]
    ordered = sorted(found, key=lambda c: (-(c.shape is not Shape.TICK), -c.width * c.height, c.level))
    kept: list[Candidate] = []
    boxes, are_ticks = np.empty((len(ordered), 4)), np.zeros(len(ordered), dtype=bool)  # of what is kept; a page of
    for candidate in ordered:  # print that shines through has ten thousand pieces
        x, y = candidate.middle
        x0, top, x1, bottom = boxes[: len(kept)].T
        inside = (x0 - 1 <= x) & (x <= x1 + 1) & (top - 1 <= y) & (y <= bottom + 1)
        if candidate.shape is not Shape.TICK:
            inside &= ~are_ticks[: len(kept)]
        if not inside.any():
            boxes[len(kept)], are_ticks[len(kept)] = candidate.box, candidate.shape is Shape.TICK
            kept.append(candidate)
    return sorted(kept, key=lambda c: (c.box[1], c.box[0]))


def _is_cell(pill: Candidate, found: list[Candidate], unit: float) -> bool:
    """Whether a whole mark stands in the middle of it: then it is a table's cell. A knob stands at an end."""
    return any(
        c.shape in (Shape.SQUARE, Shape.CIRCLE)
        and abs(c.middle[0] - pill.middle[0]) <= 0.12 * pill.width
        and abs(c.middle[1] - pill.middle[1]) <= 0.12 * pill.height
        and 0.75 * unit <= c.height <= 0.75 * pill.height
        for c in found
    )
