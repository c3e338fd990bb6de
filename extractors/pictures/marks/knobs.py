"""Toggles of which only the knobs were found: discs of one size at two places, never both in one row."""

from __future__ import annotations

import cv2
import numpy as np

from extractors.pictures.marks.candidates import Candidate, Shape
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.knob_sides import Side
from extractors.pictures.marks.series import Kind
from extractors.pictures.marks.toggles import ToggleMeasure
from extractors.pictures.read_page import Box


def as_toggles(kind: Kind, unit: float) -> Kind | None:
    """The pills around the two places of the knobs, or None where they stand otherwise."""
    xs = np.array([c.middle[0] for c in kind.members])
    if kind.family != "circle" or xs.size < 3:
        return None
    left = xs < (xs.min() + xs.max()) / 2
    if left.all() or not left.any():
        return None
    spread = max(float(np.ptp(xs[left])), float(np.ptp(xs[~left])))
    apart = float(np.median(xs[~left]) - np.median(xs[left]))
    if spread > 0.25 * kind.width or not 0.35 * kind.width <= apart <= 2.0 * kind.width:
        return None
    ys = np.sort([c.middle[1] for c in kind.members])
    if float(np.diff(ys).min()) < 0.8 * kind.height:
        return None
    x0 = float(np.median(xs[left])) - kind.width / 2 - 0.1 * kind.height
    x1 = float(np.median(xs[~left])) + kind.width / 2 + 0.1 * kind.height
    half = 0.6 * kind.height
    pills = [
        Candidate((x0, c.middle[1] - half, x1, c.middle[1] + half), Shape.PILL, 1.0, c.level) for c in kind.members
    ]
    return Kind("pill", pills)


def is_square(ground: Ground, box: Box, measure: ToggleMeasure) -> bool:
    """Whether what stands in *box* where its knob was measured is square: a check box on a field of its own, and no
    knob."""
    rows, columns = ground.cut(box)
    image = ground.pixels[rows, columns].astype(np.int32)
    high, wide = image.shape[:2]
    end = image[:, : min(high, wide)] if measure.side is Side.LEFT else image[:, max(0, wide - high) :]
    is_knob = np.abs(end - measure.knob).max(axis=2) < np.abs(end - measure.track).max(axis=2)
    count, marked, stats, _ = cv2.connectedComponentsWithStats(is_knob.astype(np.uint8), connectivity=4)
    if count < 2:
        return False
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    wide, high = stats[largest, cv2.CC_STAT_WIDTH], stats[largest, cv2.CC_STAT_HEIGHT]
    outline = cv2.convexHull(np.argwhere(marked == largest).astype(np.int32))
    return bool(cv2.contourArea(outline) >= _SQUARE * (wide - 1) * (high - 1))


_SQUARE = 0.87
"""Share of its extent that the hull of a box fills, rounded as it may be; that of a disc fills 0.79."""
