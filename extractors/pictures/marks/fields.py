"""What stands in a field of a ruled form, its lines and the dirt left out, and what that says."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.rulings import Table
from extractors.pictures.read_page import Box
from records.issues import Severity
from records.marks import MarkState


@dataclass(frozen=True, slots=True)
class Ticked:
    """What stands in a field, the lines left out: ``share`` inked, its extent, its thickness, and how much crosses."""

    share: float
    wide: float
    high: float
    thick: float
    """Of its thickest place, as a share of the field's smaller side."""
    outside: float
    """Share of the same pieces of ink that lies outside the field."""
    round: float = 0.0
    """That thickness as a share of its longest side: 1 for a disc, a third and less for strokes."""
    dense: float = 0.0
    """Ink as a share of its own extent."""
    hidden: float = 0.0
    """Share of the field that lies under dirt."""
    ring: Box | None = None
    """Around what is inked on all four sides of a square: a box printed in the field, ticked or not."""


def look_at_field(ground: Ground, table: Table, box: Box, spots: NDArray[np.uint8]) -> Ticked:
    """What is inked in the field *box*, and what of it runs on beyond its lines."""
    high, wide = box[3] - box[1], box[2] - box[0]
    level = max(5.0 * ground.noise, 0.28 * ground.contrast)
    rows, columns = ground.cut((box[0] - 0.35 * wide, box[1] - 0.35 * high, box[2] + 0.35 * wide, box[3] + 0.35 * high))
    dirt = np.asarray(cv2.dilate(spots[rows, columns], np.ones((5, 5), np.uint8)), np.uint8)
    ink = (ground.ink[rows, columns] > level).astype(np.uint8) & (1 - dirt)
    own = np.zeros_like(ink)
    inset = max(1, round(0.06 * high))
    own[
        max(0, round(box[1]) + inset - rows.start) : max(0, round(box[3]) - inset - rows.start),
        max(0, round(box[0]) + inset - columns.start) : max(0, round(box[2]) - inset - columns.start),
    ] = 1
    hidden = float((dirt & own).sum()) / max(1.0, float(own.sum()))
    lines = table.lines[rows, columns]
    inside = ink & own & (1 - lines)
    count, marked, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    keep = [i for i in range(1, count) if _is_drawn(stats[i], float(own.sum()), high)]
    if not keep:
        return Ticked(0.0, 0.0, 0.0, 0.0, 0.0, hidden=hidden)
    kept = np.isin(marked, keep)
    ys, xs = np.nonzero(kept)
    # What belongs to the same pieces beyond the field's lines: they are cut where they cross a line.
    bridged = cv2.morphologyEx(ink & (1 - lines), cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    _, whole, _, _ = cv2.connectedComponentsWithStats(bridged, connectivity=8)
    pieces = np.isin(whole, np.unique(whole[kept])) & (ink > 0) & (lines == 0)
    outside = float((pieces & (own == 0)).sum()) / max(1.0, float(pieces.sum()))
    depth = float(cv2.distanceTransform(kept.astype(np.uint8), cv2.DIST_L2, 3).max())
    return Ticked(
        float(kept.sum() / own.sum()),
        float(xs.max() - xs.min() + 1) / wide,
        float(ys.max() - ys.min() + 1) / high,
        2 * depth / min(high, wide),
        outside,
        2 * depth / float(max(np.ptp(xs), np.ptp(ys)) + 1),
        float(kept.sum()) / float((np.ptp(xs) + 1) * (np.ptp(ys) + 1)),
        hidden,
        _ring(kept, rows.start, columns.start, high),
    )


def _ring(kept: NDArray[np.bool_], top: int, left: int, high: float) -> Box | None:
    ys, xs = np.nonzero(kept)
    y0, y1, x0, x1 = int(ys.min()), int(ys.max()) + 1, int(xs.min()), int(xs.max()) + 1
    if not (0.35 * high <= y1 - y0 and 0.75 <= (x1 - x0) / (y1 - y0) <= 1.35):
        return None
    deep = max(2, round(0.12 * (y1 - y0)))
    piece = kept[y0:y1, x0:x1]
    sides = (
        piece[:deep].any(axis=0),
        piece[-deep:].any(axis=0),
        piece[:, :deep].any(axis=1),
        piece[:, -deep:].any(axis=1),
    )
    if min(float(side.mean()) for side in sides) < _SIDE:
        return None
    return float(left + x0), float(top + y0), float(left + x1), float(top + y1)


_SIDE = 0.75
"""Share of each side of a square that is inked: a circle by hand has less."""


def _is_drawn(stats: NDArray[np.int32], area: float, high: float) -> bool:
    """Whether a piece is more than a speck, and more than what is left of a line beside it."""
    along = min(stats[cv2.CC_STAT_WIDTH], stats[cv2.CC_STAT_HEIGHT]) < max(3.0, 0.08 * high)
    return bool(stats[cv2.CC_STAT_AREA] >= max(3.0, (0.02 if along else 0.006) * area))


def settle_field(draft: Draft, seen: Ticked) -> None:
    """The state that *seen* tells."""
    if seen.hidden > _HIDDEN:
        draft.give_up("a blob covers much of the field")
    elif seen.share <= 0.004 and seen.hidden > _BLOT:
        draft.give_up("nothing in the field but a blot, or a tick as thick as one")
    elif seen.share <= 0.004:
        draft.settle(MarkState.OFF, "an empty field")
    elif seen.thick > 0.5:
        draft.give_up("a blob in the field")
    elif seen.outside > 0.55:
        draft.give_up("what is drawn in the field comes from outside it")
        draft.doubt("tick_between", Severity.DOUBT, "The tick lies between two fields.")
    elif seen.high >= 0.3 and seen.share >= 0.012 and (seen.wide >= 0.12 or seen.high >= 0.45):
        draft.settle(MarkState.ON, "a figure in the field")
        if seen.outside > 0.3:
            draft.doubt("tick_between", Severity.DOUBT, "Much of the tick lies in another field.")
    else:
        draft.give_up("too little in the field for a tick, too much for an empty one")


_BLOT = 0.02
"""Share of a field under dirt, from which on this is no speck at its edge: a tight scribble is as thick."""
_HIDDEN = 0.3
"""Share of a field under dirt from which on a tick may be hidden by it."""


def settle_lines(drafts: list[Draft], looks: list[Ticked]) -> None:
    """Fields with nothing but the line that is printed in every field to tick on are empty: flat, and as long in all.

    A dash by hand is as flat; those of one hand differ in length by more."""
    flat = [look.wide for look in looks if 0.0 < look.high <= _FLAT and look.wide >= _LONG]
    if len(flat) < max(_SEVERAL, _PRINTED * len(looks)):
        return
    usual = float(np.median(flat))
    if float(np.median(np.abs(np.array(flat) - usual))) > _EVEN / 2:
        return
    for draft, look in zip(drafts, looks, strict=True):
        if draft.state is MarkState.UNREADABLE and 0.0 < look.high <= _FLAT and abs(look.wide - usual) <= _EVEN:
            draft.doubts.clear()
            draft.settle(MarkState.OFF, "nothing but the line printed in every field")
    line = float(np.median([look.share for look in looks if 0.0 < look.high <= _FLAT and look.wide >= _LONG]))
    ticked = [(d, look.share - line) for d, look in zip(drafts, looks, strict=True) if d.state is MarkState.ON]
    for draft, share in ticked:
        if share < _OWN * float(np.median([one for _, one in ticked])):
            draft.give_up("little beside the line printed in it: what is there may be the end of another field's tick")


_FLAT, _LONG, _EVEN = 0.18, 0.25, 0.1
"""Of a field: how high a printed line is at most, with its lean, how long at least, and by how much lines differ."""
_OWN = 0.75
"""Of the usual ink beside that line."""
_PRINTED = 0.15
"""Share of the fields that must show it alone."""


def doubt_blots(drafts: list[Draft], looks: list[Ticked]) -> None:
    """Give up what is much thicker than the ticks of the others, or a dot where they are strokes: dirt that lies
    within a field looks like a tick that somebody made."""
    ticks = [look for draft, look in zip(drafts, looks, strict=True) if draft.state is MarkState.ON]
    if len(ticks) < _SEVERAL:
        return
    thick, roundness, dense = (
        float(np.median([getattr(t, name) for t in ticks])) for name in ("thick", "round", "dense")
    )
    for draft, look in zip(drafts, looks, strict=True):
        is_dot = look.round >= max(_ROUND, 1.5 * roundness)
        is_dot |= look.dense >= max(_DENSE, 1.5 * dense) and look.thick > 1.2 * thick
        if draft.state is MarkState.ON and (is_dot or look.thick > _THICKER * thick):
            draft.give_up("what is drawn in the field is much thicker than the ticks of the others")


_SEVERAL = 8
"""Ticks of a column that tell how thick its pen was."""
_THICKER = 1.6
"""Times the thickness of the ticks of others: one pen's ticks differ by two fifths."""
_DENSE = 0.65
"""Ink as a share of its own extent from which on something thicker than a pen is no tick, cross or scribble."""
_ROUND = 0.6
"""Thickness as a share of its longest side from which on something is a dot."""
