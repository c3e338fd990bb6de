"""Ticks and crosses without a box, told by their figure alone."""

from __future__ import annotations

import enum

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.colours import common_colour
from extractors.pictures.marks.ground import Ground
from extractors.pictures.read_page import Box


class Figure(enum.StrEnum):
    TICK = "tick"
    CROSS = "cross"
    OTHER = "other"


def figure_of(ground: Ground, box: Box) -> Figure:
    """What is drawn in *box*, working pixels, tight around it."""
    rows, columns = ground.cut(box)
    ink = ground.ink[rows, columns]
    strongest = float(np.percentile(ink, 98))
    if strongest < max(6.0, 4 * ground.noise):
        return Figure.OTHER
    return _figure(ink > 0.45 * strongest)


def figure_inside(ground: Ground, box: Box, fill: NDArray[np.int16] | None = None, is_round: bool = False) -> Figure:
    """What is drawn inside the ring or on the fill of *box*, the outer edge of a mark. *fill*: if it is known.

    *is_round*: the mark is a circle, and what of its ring reaches into the corners of its inside is no figure.
    """
    rows, columns = ground.cut(box)
    image = ground.pixels[rows, columns]
    high, wide = image.shape[:2]
    inset = max(1, round(0.18 * min(high, wide)))
    inside = image[inset : high - inset, inset : wide - inset]
    if inside.size == 0:
        return Figure.OTHER
    away = np.abs(inside - (common_colour(inside.reshape(-1, 3)) if fill is None else fill)).max(axis=2)
    if is_round:
        ys, xs = np.mgrid[inset : high - inset, inset : wide - inset] + 0.5
        away[np.hypot((2 * ys - high) / high, (2 * xs - wide) / wide) > _WITHIN] = 0
    strongest = float(np.percentile(away, 97))
    return Figure.OTHER if strongest < max(8.0, 5 * ground.noise) else _figure(away > 0.45 * strongest)


_WITHIN = 0.74
"""Of a circle's radius, where its ring is left out."""


def has_dash(ground: Ground, box: Box) -> bool:
    """Whether one level dash stands in the middle of *box*, and nothing else."""
    rows, columns = ground.cut(box)
    ink = ground.ink[rows, columns].astype(np.float32)
    strongest = float(np.percentile(ink, 99)) if ink.size else 0.0
    if strongest < max(6.0, 4 * ground.noise, 0.15 * ground.contrast, 1.5 * ground.ringing):
        return False
    ys, xs = np.nonzero(ink > 0.45 * strongest)
    high, wide = int(np.ptp(ys)) + 1, int(np.ptp(xs)) + 1
    return (
        wide >= _LEVEL * high
        and wide >= 0.35 * ink.shape[1]
        and ys.size >= 0.8 * high * wide
        and abs(float(ys.mean()) + 0.5 - ink.shape[0] / 2) <= 0.2 * ink.shape[0]
    )


_LEVEL = 2.0
"""Times its height that a dash is wide."""


def is_cross(inked: NDArray[np.bool_]) -> bool:
    """Whether the piece of ink *inked*, as a mask of its own box, is a cross and nothing around it."""
    small = np.asarray(cv2.resize(inked.astype(np.float32), (24, 24), interpolation=cv2.INTER_AREA), np.float32)
    return min(inked.shape) >= 4 and _is_cross(small)


def _figure(inked: NDArray[np.bool_]) -> Figure:
    mask = _tight(inked)
    if mask is None or min(mask.shape) < 4:
        return Figure.OTHER
    small = np.asarray(cv2.resize(mask.astype(np.float32), (24, 24), interpolation=cv2.INTER_AREA), np.float32)
    if _is_tick(small):
        return Figure.TICK
    return Figure.CROSS if _is_cross(small) or _is_slanted_cross(small) else Figure.OTHER


def _tight(mask: NDArray[np.bool_]) -> NDArray[np.bool_] | None:
    ys, xs = np.nonzero(mask)
    return None if ys.size < 6 else mask[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]


def _is_tick(figure: NDArray[np.float32]) -> bool:
    """A short stroke down to the right, then a long one up to the right: lowest left of the middle, highest right."""
    inked = figure > 0.35
    lowest = float(np.nonzero(inked[-3:].any(axis=0))[0].mean()) if inked[-3:].any() else -1.0
    highest = float(np.nonzero(inked[:3].any(axis=0))[0].mean()) if inked[:3].any() else -1.0
    leftmost = float(np.nonzero(inked[:, :3].any(axis=1))[0].mean()) if inked[:, :3].any() else -1.0
    upper_left = float(figure[:8, :8].mean())
    lower_right = float(figure[-8:, -8:].mean())
    # A heavy one has its short stroke in its foot, which is then thicker than the rest, or begins above it; a plain
    # stroke up to the right does neither.
    has_foot = leftmost <= 18.0 or float(figure[-8:].mean()) >= 1.5 * float(figure[:8].mean())
    return (
        (3.5 if has_foot else 4.5) <= lowest <= 14.5
        and highest >= 17.5
        and 8.0 <= leftmost <= 20.0
        and upper_left < 0.12
        and lower_right < 0.25
        and figure.mean() < 0.55
    )


def _is_cross(figure: NDArray[np.float32]) -> bool:
    """Ink in the middle and in all four corners, none half-way along the sides."""
    corners = [figure[:7, :7], figure[:7, -7:], figure[-7:, :7], figure[-7:, -7:]]
    sides = [figure[:4, 10:14], figure[-4:, 10:14], figure[10:14, :4], figure[10:14, -4:]]
    return (
        float(figure[9:15, 9:15].mean()) > 0.5
        and min(float(c.mean()) for c in corners) > 0.25
        and max(float(s.mean()) for s in sides) < 0.3
    )


def _is_slanted_cross(figure: NDArray[np.float32]) -> bool:
    """Two strokes apart above and below, and one narrow thing where they cross, about the middle: a ballot cross leans
    and one of its arms is shorter."""
    inked = figure > 0.4
    strokes = _strokes(inked)
    waist = 8 + int(np.argmin(inked[8:16].sum(axis=1)))
    at = np.flatnonzero(inked[waist])
    above, below = int((strokes[:6] == 2).sum()), int((strokes[15:21] == 2).sum())
    return (
        min(above, below) >= 2
        and above + below >= 6
        and strokes[waist] == 1
        and at.size <= 0.5 * inked.shape[1]
        and 0.3 * inked.shape[1] <= float(at.mean()) <= 0.7 * inked.shape[1]
        and float(figure.mean()) < 0.5
    )


def _strokes(rows: NDArray[np.bool_]) -> NDArray[np.int_]:
    """How many stretches of ink each row has."""
    return np.asarray((np.diff(np.pad(rows, ((0, 0), (1, 0))).astype(np.int8), axis=1) == 1).sum(axis=1), np.int_)
