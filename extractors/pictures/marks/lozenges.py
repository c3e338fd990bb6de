"""A field that lies on a track: of two words in one control the chosen one, as segmented controls draw it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.colours import common_colour
from extractors.pictures.marks.ground import Ground
from extractors.pictures.read_page import Box

_FIELD = 0.11
"""Line heights that the track goes on beyond a field on it, at least: the outline of a button is thinner."""
_REACH = 1.2
"""Line heights above and below a word within which its field and the track end."""
_SHADES = 5.0
"""Levels by which field, track and page differ at least."""


def lozenge_of(ground: Ground, boxes: tuple[Box, Box], page: NDArray[np.int16]) -> int | None:
    """Index of the word in *boxes* whose field lies on the ground of the other word, and is bounded by it above and
    below; None where neither is, or both. *page*: the colour that the control stands on.

    Whatever is lighter or darker, a field on a track is the one that was moved there.
    """
    fields = [common_colour(ground.pixels[ground.cut(box)].reshape(-1, 3)) for box in boxes]
    least = max(_SHADES, 2.0 * ground.noise)
    found = [
        own
        for own in (0, 1)
        if _apart(fields[own], fields[1 - own]) >= least
        and _apart(fields[1 - own], page) >= least
        and _lies_within(ground, boxes, fields, own)
    ]
    return found[0] if len(found) == 1 else None


def _lies_within(ground: Ground, boxes: tuple[Box, Box], fields: list[NDArray[np.int16]], own: int) -> bool:
    """Whether the field of *own* ends above and below before that of the other word does."""
    between = 0.4 * _apart(*fields)
    inner, outer = (_reach(ground, boxes[i], fields[i], between) for i in (own, 1 - own))
    return min(inner[0] - outer[0], outer[1] - inner[1]) >= max(1.5, _FIELD * ground.line_height)


def _reach(ground: Ground, box: Box, field: NDArray[np.int16], between: float) -> tuple[int, int]:
    """The first row of *field* around *box* and the end of its last, up to a line away."""
    rows, columns = ground.cut(box)
    most = round(_REACH * ground.line_height)
    found = []
    for lines in (
        ground.pixels[max(0, rows.start - most) : rows.start, columns][::-1],
        ground.pixels[rows.stop : rows.stop + most, columns],
    ):
        others = np.flatnonzero(np.abs(np.median(lines, axis=1) - field).max(axis=1) > between)
        found.append(int(others[0]) if others.size else len(lines))
    return rows.start - found[0], rows.stop + found[1]


def _apart(one: NDArray[np.int16], other: NDArray[np.int16]) -> float:
    return float(np.abs(one.astype(np.int32) - other).max())
