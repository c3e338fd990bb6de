"""Ticks by hand that hardly enter their box: what is drawn over its rim and beyond it, which empty boxes have not.

A pen starts low in a box, or left of it, and leaves it again; a look at its inside alone sees next to nothing of that.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.boxes_beside import SEVERAL
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.read_page import Box
from records.marks import MarkState

_ROOM = 0.6
"""Of a box's height: how far around it is looked."""
_INKED = 0.4
"""Of the strength of the empty boxes' rims: what counts as ink."""
_BY_HAND = 0.03
"""Ink beyond the rim, as a share of the box, from which on ticks are those of a pen: programs stay within."""
_SOME = 0.04
"""Ink that empty boxes have not, as a share of the box, from which on one is not called empty."""
_LIKE = (0.5, 1.6)
"""Times the ink of the usual tick that one has."""
_WITHIN = 0.3
"""Times the ink of the usual tick within its box that one has there: less is the end of another box's."""
_LONG, _THICK = 0.7, 1.4
"""Times the usual tick's longer side, at least, and times its thickness, at most: a blot is thicker."""
_RIM = frozenset(
    {
        "ink along its rim, and nothing in the middle",
        "too little in it for a tick, too much for an empty box",
        "its rim is inked unlike that of the other empty boxes",
    }
)
"""Reasons for which a box was given up whose inside shows next to nothing."""


@dataclass(frozen=True, slots=True)
class _Extra:
    """Ink that hangs together with a box and that empty ones have not; shares of the box's area, and of its height."""

    inside: float
    outside: float
    long: float
    thick: float


def settle_beyond(ground: Ground, drafts: list[Draft]) -> None:
    """Give up the empty boxes of one make over whose rim something is drawn, where others are ticked by hand; settle
    those given up for ink along their rim if with what is beyond it they are ticks like the others'."""
    boxed = [d for d in drafts if d.box is not None]
    empty = [d for d in boxed if d.state is MarkState.OFF]
    ticked = [d for d in boxed if d.state is MarkState.ON]
    if min(len(empty), len(ticked)) < SEVERAL:
        return
    sizes = np.array([(d.box[3] - d.box[1], d.box[2] - d.box[0]) for d in boxed if d.box is not None])
    high, wide = (round(float(v)) for v in np.median(sizes, axis=0))
    level = _INKED * float(np.median([d.contrast or 0.0 for d in empty]))
    usual = np.median([_patch(ground, d.box, high, wide) for d in empty if d.box is not None], axis=0)
    plain = cv2.dilate((usual > 0.5 * level).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    extras = {id(d): _extra(_patch(ground, d.box, high, wide) > level, plain) for d in boxed if d.box is not None}
    ticks = [extras[id(d)] for d in ticked]
    if float(np.median([t.outside for t in ticks])) < _BY_HAND:
        return
    for draft in boxed:
        extra = extras[id(draft)]
        if draft.state is MarkState.OFF and extra.inside + extra.outside > _SOME:
            draft.give_up("something is drawn over its rim that the other empty boxes have not")
        elif draft.state is MarkState.UNREADABLE and draft.basis in _RIM and _is_tick(extra, ticks):
            draft.doubts = [d for d in draft.doubts if d.code != "mark_unreadable"]
            draft.settle(MarkState.ON, "a tick like the others', low in its box and over its rim")


def _is_tick(extra: _Extra, ticks: list[_Extra]) -> bool:
    ink, inside, long = (
        float(np.median(values))
        for values in ([t.inside + t.outside for t in ticks], [t.inside for t in ticks], [t.long for t in ticks])
    )
    thick = float(np.percentile([t.thick for t in ticks], 80))
    return (
        _LIKE[0] * ink <= extra.inside + extra.outside <= _LIKE[1] * ink
        and extra.inside >= _WITHIN * inside
        and extra.long >= _LONG * long
        and extra.thick <= _THICK * thick
    )


def _patch(ground: Ground, box: Box, high: int, wide: int) -> NDArray[np.uint8]:
    """Ink of *high* x *wide* pixels about the middle of the *box*, and around; where the page ends, its last again."""
    room = round(_ROOM * high)
    y0, x0 = round((box[1] + box[3] - high) / 2) - room, round((box[0] + box[2] - wide) / 2) - room
    ys = np.clip(np.arange(y0, y0 + high + 2 * room), 0, ground.ink.shape[0] - 1)
    xs = np.clip(np.arange(x0, x0 + wide + 2 * room), 0, ground.ink.shape[1] - 1)
    return ground.ink[np.ix_(ys, xs)]


def _extra(inked: NDArray[np.bool_], plain: NDArray[np.bool_]) -> _Extra:
    """What of a patch's ink hangs together with the box and is not *plain*, that of empty boxes, their lines and
    neighbours."""
    tall, across = inked.shape
    room = round(_ROOM * tall / (1 + 2 * _ROOM))
    of_box = np.zeros(inked.shape, np.bool_)
    of_box[room : tall - room, room : across - room] = True
    _, pieces = cv2.connectedComponents(inked.astype(np.uint8), connectivity=8)
    touching = np.unique(np.asarray(pieces)[of_box & inked])
    extra = np.isin(pieces, touching) & inked & ~plain
    area = float(of_box.sum())
    if not extra.any():
        return _Extra(0.0, 0.0, 0.0, 0.0)
    ys, xs = np.nonzero(extra)
    side = float(tall - 2 * room)
    long = max(int(np.ptp(ys)), int(np.ptp(xs))) + 1
    thick = float(cv2.distanceTransform(np.pad(extra.astype(np.uint8), 1), cv2.DIST_C, 3).max())
    return _Extra(
        float((extra & of_box).sum()) / area, float((extra & ~of_box).sum()) / area, long / side, thick / side
    )
