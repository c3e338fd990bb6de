"""A radio button measured: is its middle set off from the rest of it, and is anything of it filled."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from extractors.pictures.marks.colours import common_colour
from extractors.pictures.marks.ground import Ground
from extractors.pictures.read_page import Box


@dataclass(frozen=True, slots=True)
class RadioMeasure:
    """Differences in levels. A chosen radio has a dot (``dot``) and is heavier (``weight``); others are empty rings."""

    dot: float
    """Between the middle and the band around it."""
    middle: float
    """Between the middle and the ground."""
    band: float
    """Between the band around the middle and the ground."""
    rim: float
    coverage: float
    """Share of the rim that is drawn."""
    weight: float
    """Mean difference inside the rim from the ground, as a share of the rim's."""
    floor: float
    figure: float = 0.0
    """Strongest ink well inside the rim: a thin tick leaves the middle and the mean as pale as an empty ring's."""


def measure_radio(ground: Ground, box: Box) -> RadioMeasure:
    """*box* in working pixels: the outer edge of the circle."""
    rows, columns = ground.cut(box)
    image = ground.pixels[rows, columns]
    ink = ground.ink[rows, columns].astype(np.float32)
    high, wide = ink.shape
    paper = ground.paper[rows, columns][high // 2, wide // 2]
    ys, xs = np.mgrid[0:high, 0:wide] + 0.5
    radius = np.hypot((ys - high / 2) / (high / 2), (xs - wide / 2) / (wide / 2))
    middle = common_colour(image[radius <= max(0.25, 1.2 / (high / 2))])
    around = image[(radius >= 0.52) & (radius <= 0.74)]
    band = common_colour(around) if around.size else middle
    floor = max(4.0, 4.0 * ground.noise)
    angle = ((np.arctan2(ys - high / 2, xs - wide / 2) + np.pi) / (2 * np.pi) * 16).astype(int) % 16
    at_rim = (radius >= 0.72) & (radius <= 1.08)
    strongest = np.array([float(ink[at_rim & (angle == a)].max(initial=0)) for a in range(16)])
    rim = float(np.median(strongest))
    inside = ink[radius <= 0.66]
    well_inside = ink[radius <= _WELL_INSIDE] if min(high, wide) >= _SMALLEST else np.zeros(1, np.float32)
    return RadioMeasure(
        dot=float(np.abs(middle - band).max()),
        middle=float(np.abs(middle - paper).max()),
        band=float(np.abs(band - paper).max()),
        rim=rim,
        coverage=float((strongest > max(floor, 0.4 * rim)).mean()),
        weight=float(inside.mean()) / max(rim, 1.0),
        floor=floor,
        figure=float(np.percentile(well_inside, _STROKE)) if well_inside.size else 0.0,
    )


_WELL_INSIDE = 0.45
"""Of the radius: further in than a blurred rim reaches."""
_SMALLEST = 9
"""Pixels of a ring whose inside is apart from its rim."""
_STROKE = 92
"""Percentile of the ink well inside a ring: a thin stroke takes a tenth of it."""
_NOTHING = 0.45
"""Of a rim's strength: what is paler well inside it is no stroke."""


def is_chosen(m: RadioMeasure) -> bool | None:
    """True: a dot, or filled. False: an empty whole ring. None: neither for certain.

    Two looks must agree: what stands in the middle, and how much of the inside is inked; a ring with a stroke in it is
    not empty.
    """
    strongest = max(m.rim, m.middle, m.band)
    if strongest <= m.floor:
        return None
    if m.weight <= 0.2 and m.middle <= 0.25 * strongest and m.coverage >= 0.75:
        return False if m.figure <= _NOTHING * m.rim else None
    if m.weight >= 0.24 and (m.middle >= 0.5 * strongest or m.dot >= 0.3 * strongest):
        return True
    return None


def is_blank(m: RadioMeasure, strongest: float) -> bool:
    """Whether nothing is in it, whatever is left of its ring. *strongest*: what is inked most in any option."""
    return m.weight * m.rim <= _BLANK * strongest and max(m.middle, m.figure) <= 0.25 * strongest


_BLANK = 0.1
"""Mean ink inside a ring, as a share of the strongest: a ring that runs a little further in leaves as much."""
