"""What speaks for the end of a toggle at which its knob is: what is higher there, its core, the outline of the rest."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.ground import Ground
from extractors.pictures.read_page import Box


class Side(enum.StrEnum):
    LEFT = "left"
    RIGHT = "right"
    UNCLEAR = "unclear"


def end_that_sticks_out(ground: Ground, box: Box) -> Side:
    """The half above and below which the ink goes on beyond *box*: the knob's, where it is higher than its track."""
    rows, columns = ground.cut(box)
    high, wide = rows.stop - rows.start, columns.stop - columns.start
    deep = max(2, round(0.12 * high))
    level = 0.5 * float(np.percentile(ground.ink[rows, columns], 98))
    strips = [
        ground.ink[max(0, rows.start - deep) : rows.start, columns],
        ground.ink[rows.stop : rows.stop + deep, columns],
    ]
    if min(len(strip) for strip in strips) < deep:
        return Side.UNCLEAR
    left, right = (
        min(float((strip[:, half].max(axis=0) > level).mean()) for strip in strips)
        for half in (slice(0, wide // 2), slice(wide // 2, None))
    )
    if max(left, right) < 0.3 or min(left, right) > 0.1:
        return Side.UNCLEAR
    return Side.LEFT if left > right else Side.RIGHT


def taller_side(ground: Ground, box: Box) -> Side:
    """The half that is inked higher and lower than the other, if its core is inked too and the other's somewhat."""
    ink = ground.ink[ground.cut(box)]
    high, wide = ink.shape
    strip, strong = max(1, round(0.1 * high)), 0.5 * float(np.percentile(ink, 98))
    edge = np.concatenate([ink[:strip], ink[-strip:]]) > strong
    left, right = (float(edge[:, half].mean()) for half in (slice(0, wide // 2), slice(wide // 2, None)))
    if max(left, right) < 0.3 or min(left, right) > 0.05:
        return Side.UNCLEAR
    rows = slice(round(0.4 * high), round(0.6 * high) + 1)
    near, far = round(0.3 * high), round(0.6 * high)
    ends = ink[rows, near:far], ink[rows, wide - far : wide - near]
    knob, track = (float(np.median(end)) for end in (ends if left > right else ends[::-1]))
    if knob < strong or track < max(0.1 * ground.contrast, 5 * ground.noise):
        return Side.UNCLEAR
    return Side.LEFT if left > right else Side.RIGHT


def higher_end(ground: Ground, box: Box) -> Side:
    """The end that reaches higher or lower than the other, which is inked in its core: the knob's on a track lower than
    it, be it as light as the paper and only its shadow seen."""
    ink = ground.ink[ground.cut(box)]
    high, wide = ink.shape
    if wide < _LONG * high:
        return Side.UNCLEAR
    least = max(4.0 * ground.noise, 1.2 * ground.ringing, 0.06 * ground.contrast)
    near, far = round(0.25 * high), round(0.7 * high)
    left, right = (_end_of(end, least) for end in (ink[:, near:far], ink[:, wide - far : wide - near]))
    found = []
    for side, knob, track in ((Side.LEFT, left, right), (Side.RIGHT, right, left)):
        if track.core < max(0.15 * ground.contrast, 2 * least):
            continue
        beyond = max(track.top - knob.top, knob.bottom - track.bottom) / high
        is_whole = track.height <= _LOWER * knob.height and knob.height >= _KNOB_HIGH * high
        is_shadow = knob.height > 0 and knob.core < least and beyond >= _SHADOW
        if is_whole or is_shadow:
            found.append(side)
    return found[0] if len(found) == 1 else Side.UNCLEAR


@dataclass(frozen=True, slots=True)
class _End:
    """Rows of the ink at one end of a toggle, the first and the last one's end; and what its core is inked."""

    top: int
    bottom: int
    core: float

    @property
    def height(self) -> int:
        return self.bottom - self.top


def _end_of(ink: NDArray[np.uint8], least: float) -> _End:
    across = np.median(ink, axis=1)
    rows = np.flatnonzero(across > least)
    core = float(np.median(across[round(0.35 * len(across)) : round(0.5 * len(across)) + 1]))
    return _End(int(rows[0]), int(rows[-1]) + 1, core) if rows.size else _End(0, 0, core)


_LONG = 1.2
"""Times its height that a switch is wide, at least."""
_LOWER, _KNOB_HIGH = 0.8, 0.75
"""Height of the track as a share of the knob's, at most; that of the knob as a share of the whole, at least."""
_SHADOW = 0.12
"""By how much of the whole height the shadow of a knob that is as light as the paper reaches beyond the track."""


def ringed_side(ground: Ground, box: Box) -> Side:
    """The end with a ring as high as *box* and paper in it, if the rest is lower than the ring and inked: the outline
    of a knob as light as the paper, on a track lower than it."""
    ink = ground.ink[ground.cut(box)].astype(np.float32)
    high, wide = ink.shape
    if wide < _LONG * high:
        return Side.UNCLEAR
    strip, near, far = max(1, round(0.1 * high)), round(0.3 * high), round(0.6 * high)
    least = max(4.0 * ground.noise, 0.05 * ground.contrast)
    found = []
    for side, turned in ((Side.LEFT, ink), (Side.RIGHT, ink[:, ::-1])):
        ring, core = _ring_of(turned)
        rest = turned[:, round(1.05 * high) : max(round(1.05 * high) + 2, wide - round(0.25 * high))]
        track = float(np.median(turned[round(0.4 * high) : round(0.6 * high) + 1, wide - far : wide - near]))
        is_lower = float(np.percentile(np.concatenate([rest[:strip], rest[-strip:]]), 90)) < max(least, 0.3 * ring)
        if ring >= max(least, 3.0 * core) and is_lower and track >= max(least, 3.0 * core):
            found.append(side)
    return found[0] if len(found) == 1 else Side.UNCLEAR


def _ring_of(ink: NDArray[np.float32]) -> tuple[float, float]:
    """How strongly the left end is ringed, where it is so least of seven eighths of its way outside the track; and
    what is inked within."""
    high = ink.shape[0]
    ys, xs = np.mgrid[0:high, 0 : ink.shape[1]] + 0.5
    right, down = xs - high / 2, ys - high / 2
    away, angle = np.hypot(right, down), np.arctan2(down, right)
    steps = np.linspace(np.pi / 4, 2 * np.pi - np.pi / 4, 25)  # the eighths towards the track are the track's
    turns = np.where(angle < 0, angle + 2 * np.pi, angle)
    layer = (away >= 0.36 * high) & (away <= 0.54 * high)
    around = [float(ink[layer & (turns >= a) & (turns < b)].max(initial=0.0)) for a, b in pairwise(steps)]
    return float(np.percentile(around, 12)), float(np.median(ink[away <= 0.28 * high]))


def core_side(image: NDArray[np.int16], ground: Ground) -> Side:
    """The end whose core stands out from the middle, while that of the other end is like it: outlines, and tracks
    lower than their knob, do not disturb it."""
    high, wide = image.shape[:2]
    ys, xs = np.mgrid[0:high, 0:wide] + 0.5
    ends = (np.hypot(ys - high / 2, xs - x) <= 0.22 * high for x in (high / 2, wide - high / 2))
    middle = (np.abs(xs - wide / 2) <= max(1.0, 0.1 * high)) & (np.abs(ys - high / 2) <= 0.15 * high)
    if not middle.any():
        return Side.UNCLEAR
    between = np.median(image[middle], axis=0)
    left, right = (float(np.abs(np.median(image[end], axis=0) - between).max()) for end in ends)
    least = max(5.0 * ground.noise, 0.15 * ground.contrast)
    if max(left, right) < least or max(left, right) < 3 * min(left, right):
        return Side.UNCLEAR
    return Side.LEFT if left > right else Side.RIGHT


def outline_of(ground: Ground, box: Box, side: Side) -> float:
    """How strongly the end away from a knob at *side* is outlined, in levels."""
    ink = _drawn_part(ground.ink[ground.cut(box)])
    high, wide = ink.shape
    deep = max(2, round(0.14 * high))
    far = slice(wide - round(0.7 * high), wide) if side is Side.LEFT else slice(0, round(0.7 * high))
    middle = slice(round(0.3 * high), max(round(0.7 * high), round(0.3 * high) + 1))
    end = ink[middle, -deep:].max(axis=1) if side is Side.LEFT else ink[middle, :deep].max(axis=1)
    outline = np.concatenate([ink[:deep, far].max(axis=0), ink[-deep:, far].max(axis=0), end])
    return float(np.median(outline))


def _drawn_part(ink: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Without the faint edge that JPEG leaves around what is drawn."""
    rows = np.flatnonzero(ink.max(axis=1) > 0.2 * float(ink.max()))
    columns = np.flatnonzero(ink.max(axis=0) > 0.2 * float(ink.max()))
    return ink[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1] if rows.size else ink
