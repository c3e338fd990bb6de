"""Ticks that somebody crossed out again: more strokes than in the ticks of the others, and from side to side."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.read_page import Box
from records.marks import MarkState

_SEVERAL = 8
"""Ticks from which on they tell how their pen ticks."""
_USUAL = 75
"""Percentile of the others' ticks that is usual: one hand makes ticks and crosses in one list."""
_ACROSS, _FURTHER = 0.8, 1.3
"""Heights of a mark that are inked from side to side, and times what is usual, from which on a tick may be struck."""
_MORE = 1.3
"""Times the usual ink half-way up, the same."""
_RARE = 0.15
"""Share of the ticks that may run out of their mark at both sides, half-way up, for that to be unusual."""
_FULL, _LESS = 0.9, 0.75
"""Inked share of the middle of boxes that are scribbled full, and of what is not."""
_SPILT, _THICKER = 0.25, 1.6
"""Heights of a mark, and times what is usual, from which on ink beyond its sides is no stroke that overran."""


@dataclass(frozen=True, slots=True)
class _Look:
    """``across``: how far the ink half-way up reaches, in heights of the mark without what is blank. ``inked``: share
    of its middle. ``through``: ink half-way up beyond both its sides. ``spilt``: thickness of what is beyond its sides,
    in heights."""

    across: float
    inked: float
    through: bool
    spilt: float


def doubt_struck(ground: Ground, drafts: list[Draft], has_sides: bool = True) -> None:
    """Give up the ticks of one make that may have been crossed out: a line through them reaches further to both sides
    than they do themselves, and adds its ink.

    *has_sides*: what stands beside a mark is paper, and no ruling.
    """
    ticked = [d for d in drafts if d.state is MarkState.ON and d.box is not None]
    if len(ticked) < _SEVERAL:
        return
    looks = [_look(ground, d.box) for d in ticked if d.box is not None]
    across = float(np.percentile([look.across for look in looks], _USUAL))
    inked = float(np.percentile([look.inked for look in looks], _USUAL))
    is_rare = has_sides and sum(look.through for look in looks) <= _RARE * len(looks)
    spilt = max(_SPILT, _THICKER * float(np.percentile([look.spilt for look in looks], _USUAL)))
    are_full = float(np.percentile([look.inked for look in looks], 100 - _USUAL)) >= _FULL
    for draft, look in zip(ticked, looks, strict=True):
        is_struck = look.across >= _ACROSS and look.across > _FURTHER * across
        if is_struck or look.inked > _MORE * inked or (is_rare and look.through):
            draft.give_up("more strokes in it than in the ticks of the others: it may be crossed out")
        elif are_full and look.inked < _LESS:
            draft.give_up("less full than the others, which are scribbled full: it may be a blot")
        elif has_sides and look.spilt > spilt:
            draft.give_up("what is drawn over its rim is thicker than what runs out of the others: it may be a blot")


def _look(ground: Ground, box: Box) -> _Look:
    x0, top, x1, bottom = box
    high, middle = bottom - top, (x0 + x1) / 2
    half = max(0.75 * high, 0.5 * (x1 - x0) - 0.1 * high)
    band = _inked(ground, (middle - half, top + 0.25 * high, middle + half, bottom - 0.25 * high))
    core = _inked(ground, (middle - 0.4 * high, top + 0.2 * high, middle + 0.4 * high, bottom - 0.2 * high))
    sides = ((x0 - 0.2 * high, x0 - 0.07 * high), (x1 + 0.07 * high, x1 + 0.2 * high))
    beside = [_inked(ground, (a, top + 0.28 * high, b, bottom - 0.28 * high)).any(axis=0).mean() for a, b in sides]
    return _Look(float(band.any(axis=0).sum()) / high, float(core.mean()), min(beside) >= 0.6, _spilt(ground, box))


def _spilt(ground: Ground, box: Box) -> float:
    x0, top, x1, bottom = box
    slack = 0.35 * (bottom - top)
    rows, columns = ground.cut((x0 - slack, top - slack, x1 + slack, bottom + slack))
    ink = _inked(ground, (x0 - slack, top - slack, x1 + slack, bottom + slack)).astype(np.uint8)
    depth = cv2.distanceTransform(ink, cv2.DIST_L2, 3)
    inner_rows, inner_columns = ground.cut(box)
    depth[
        inner_rows.start - rows.start : inner_rows.stop - rows.start,
        inner_columns.start - columns.start : inner_columns.stop - columns.start,
    ] = 0
    return 2 * float(depth.max(initial=0.0)) / (bottom - top)


def _inked(ground: Ground, box: Box) -> NDArray[np.bool_]:
    return np.asarray(ground.ink[ground.cut(box)] > max(5.0 * ground.noise, 0.35 * ground.contrast))
