"""Two lists side by side or one above the other on grounds of their own, such as two screens put on one page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.pictures.marks.candidates import Candidate
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.series import Kind

_APART = 90.0
"""Levels between two grounds that are a light and a dark theme; stripes and chosen rows differ less."""
_FEWEST = 4
"""Marks of a list that shows by itself what its marks look like."""


def by_pane(ground: Ground, kind: Kind) -> list[Kind]:
    """*kind*, or its marks on a light and on a dark ground apart, where one line parts them on the page.

    What is on or disabled is told by comparing marks, and those of a dark theme cannot be compared with a light one's.
    """
    shades = np.array([_shade(ground, m) for m in kind.members])
    middle = (float(shades.min()) + float(shades.max())) / 2
    parts = [
        [m for m, is_light in zip(kind.members, shades > middle, strict=True) if is_light == wanted]
        for wanted in (True, False)
    ]
    if (
        float(np.ptp(shades)) < _APART
        or min(map(len, parts)) < _FEWEST
        or not any(_parted(parts[0], parts[1], i) for i in (0, 1))
    ):
        return [kind]
    return [replace(kind, members=part) for part in parts]


def _shade(ground: Ground, mark: Candidate) -> float:
    x, y = mark.middle
    return float(ground.paper[int(y), int(x)].mean())


def _parted(one: list[Candidate], other: list[Candidate], axis: int) -> bool:
    first, second = ([m.middle[axis] for m in part] for part in (one, other))
    return max(first) < min(second) or max(second) < min(first)
