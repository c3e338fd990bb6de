"""One mark cut out and measured: its rim, what fills it, and what is drawn in it. No fixed darkness anywhere."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.colours import common_colour
from extractors.pictures.marks.ground import LOSSLESS, Ground
from extractors.pictures.read_page import Box

_INSET = 0.24
"""Share of a box's side that may be rim: two pixels of a nine-pixel box, with blur."""
_LOSSY_RIM = 0.25
"""Share of a rim's strength at which it counts as drawn in a lossy file, which leaves a thin line uneven."""
_RINGS = 2.5
"""Times the ringing near letters that a box may ring inside, where four sides are near: no figure."""
_PALE_LAYER = 0.4
"""Of the rim's strength: paler layers around it are blur and ringing."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn inside a mark, apart from its fill. Shares of the inside; 0 everywhere when nothing is."""

    ink: float
    """Share of the inside that differs from the fill."""
    wide: float
    """Extent from left to right."""
    high: float
    """Extent from top to bottom."""
    dense: float
    """Ink as a share of its own extent: 1 for a solid block."""
    middle: tuple[float, float]
    thick: float = 0.0
    """Of its thickest place, as a share of the inside's smaller side."""
    core: float = 0.0
    """Share of the inside's middle half that is inked: a tick or cross runs through it, what a rim spills does not."""


@dataclass(frozen=True, slots=True)
class BoxMeasure:
    """A box measured. ``rim`` and ``fill`` are differences from the ground, in levels."""

    rim: float
    """Of the rim, where it is drawn."""
    coverage: float
    """Share of the rim that is drawn."""
    fill: float
    """Of the commonest colour inside."""
    stroke: float
    """Difference between what is drawn inside and the fill."""
    weight: float
    """Mean difference of the inside from the ground, as a share of the rim's."""
    drawing: Drawing
    floor: float
    """Differences below this are noise."""
    dark: float
    """As ``weight``, of the whole box with its rim: a tick that hugs the rim shows here only."""
    gap: float
    """How much of the strongest difference is left in the clearest layer between the rim and the inside."""
    colour: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """The commonest inside."""
    solid: float = 0.0
    """Thickest place of what has the commonest colour inside, as a share of the inside's smaller side."""
    unseen: float = 0.0
    """Differences from the fill below this are not told from noise and ringing."""


NOTHING = Drawing(0.0, 0.0, 0.0, 0.0, (0.5, 0.5))


def tightened(ground: Ground, box: Box, share: int = 50) -> Box:
    """*box* without the pale layers that a lossy file adds around its rim; as it is on a lossless screen.

    *share*: percentile of a layer's ink that says how pale it is; a rim runs all along a box, a knob is some of it.
    """
    if ground.ringing <= LOSSLESS:
        return box
    rows, columns = ground.cut(box)
    ink = ground.ink[rows, columns].astype(np.float32)
    high, wide = ink.shape
    middle = (
        slice(wide // 5, max(wide // 5 + 1, wide - wide // 5)),
        slice(high // 5, max(high // 5 + 1, high - high // 5)),
    )
    down, across = np.percentile(ink[:, middle[0]], share, axis=1), np.median(ink[middle[1]], axis=0)
    top, bottom = _pale_layers(down), _pale_layers(down[::-1])
    left, right = _pale_layers(across), _pale_layers(across[::-1])
    return columns.start + left, rows.start + top, columns.stop - right, rows.stop - bottom


def _pale_layers(layers: NDArray[np.floating[Any]]) -> float:
    """How many layers before the rim are much paler than it; the rim is within a quarter of the way in."""
    outer = layers[: max(2, len(layers) // 4)]
    return float(np.argmax(outer >= _PALE_LAYER * outer.max()))


def measure_box(ground: Ground, box: Box) -> BoxMeasure:
    """*box* in working pixels: the outer edge of the rim."""
    rows, columns = ground.cut(box)
    ink = ground.ink[rows, columns].astype(np.float32)
    image = ground.pixels[rows, columns]
    high, wide = ink.shape
    floor = max(4.0, 4.0 * ground.noise)
    deep = max(1, round(0.14 * min(high, wide)))
    sides = [
        ink[: deep + 1].max(axis=0),
        ink[-deep - 1 :].max(axis=0),
        ink[:, : deep + 1].max(axis=1),
        ink[:, -deep - 1 :].max(axis=1),
    ]
    # The corners may be round: the middle two thirds of each side count.
    middles = [s[len(s) // 6 : len(s) - len(s) // 6] for s in sides]
    every = np.concatenate(middles)
    rim = float(np.median(every[every > floor])) if (every > floor).any() else 0.0
    is_lossy = ground.ringing > floor
    drawn = every > max(floor, ground.ringing, (_LOSSY_RIM if is_lossy else 0.4) * rim)
    inset_y, inset_x = max(1, round(_INSET * high)), max(1, round(_INSET * wide))
    inside = image[inset_y : high - inset_y, inset_x : wide - inset_x]
    if inside.size == 0:
        return BoxMeasure(rim, float(drawn.mean()), 0.0, 0.0, 0.0, NOTHING, floor, 1.0, 1.0)
    inner = ink[inset_y : high - inset_y, inset_x : wide - inset_x]
    colour = common_colour(inside.reshape(-1, 3))
    paper = ground.paper[rows, columns][high // 2, wide // 2]
    fill = float(np.abs(colour - paper).max())
    away = np.abs(inside - colour).max(axis=2).astype(np.float32)
    strongest = float(np.percentile(away, 97))
    unseen = max(floor * 1.5, _RINGS * ground.ringing if is_lossy else 0.0)
    is_drawn = away > max(unseen, 0.22 * max(rim, fill), 0.4 * strongest)
    drawing = _drawing(is_drawn)
    full = max(rim, fill, 1.0)
    weight, dark = float(inner.mean()) / full, float(ink.mean()) / full
    red, green, blue = (float(v) for v in colour)
    return BoxMeasure(
        rim,
        float(drawn.mean()),
        fill,
        strongest,
        weight,
        drawing,
        floor,
        dark,
        _gap(ink, full),
        (red, green, blue),
        _thickness(~is_drawn),
        unseen,
    )


def _gap(ink: NDArray[np.float32], strongest: float) -> float:
    """The least inked layer between an eighth and a third of the way in, as a share of *strongest*."""
    high, wide = ink.shape
    layers = range(max(1, round(0.07 * min(high, wide))), max(2, round(0.3 * min(high, wide))) + 1)
    found = []
    for i in layers:
        across, down = slice(wide // 4, wide - wide // 4), slice(high // 4, high - high // 4)
        sides = np.concatenate([ink[i, across], ink[-i - 1, across], ink[down, i], ink[down, -i - 1]])
        found.append(float(np.percentile(sides, 75)))
    return min(found, default=strongest) / strongest


def _drawing(mask: NDArray[np.bool_]) -> Drawing:
    high, wide = mask.shape
    count, marked, stats, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=8)
    # A speck of a scan is no drawing: pieces below 3 % of the inside do not count.
    keep = [i for i in range(1, count) if stats[i, cv2.CC_STAT_AREA] >= max(1.5, 0.03 * mask.size)]
    if not keep:
        return NOTHING
    kept = np.isin(marked, keep)
    ys, xs = np.nonzero(kept)
    extent_y, extent_x = float(ys.max() - ys.min() + 1), float(xs.max() - xs.min() + 1)
    return Drawing(
        ink=float(kept.mean()),
        wide=extent_x / wide,
        high=extent_y / high,
        dense=float(kept.sum()) / (extent_x * extent_y),
        middle=(float(xs.mean() + 0.5) / wide, float(ys.mean() + 0.5) / high),
        core=float(kept[high // 4 : high - high // 4, wide // 4 : wide - wide // 4].mean()),
        thick=_thickness(kept),
    )


def _thickness(mask: NDArray[np.bool_]) -> float:
    """Of its thickest place, as a share of the smaller side."""
    if mask.all():
        return 1.0
    deepest = cv2.distanceTransform(mask.astype(np.uint8), cv2.DIST_L2, 3).max()
    return float(2 * deepest / min(mask.shape))
