"""Toggles of which only the knobs were found: discs of one size at two places, never both in one row."""

from __future__ import annotations

import numpy as np

from extractors.pictures.marks.candidates import Candidate, Shape
from extractors.pictures.marks.series import Kind


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
