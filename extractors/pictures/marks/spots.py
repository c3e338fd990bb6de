"""Dirt: ink much thicker than any line of the page's pens, and which marks it lies on."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.read_page import Box
from records.issues import Severity
from records.marks import MarkState

_THICK = 0.36
"""Of a line's height: thicker than a pen's stroke or a ruling, bold letters of a title included."""


def find_spots(ground: Ground) -> NDArray[np.uint8]:
    """1 where ink is at least as thick as a blob, working pixels."""
    level = max(5.0 * ground.noise, 0.35 * ground.contrast)
    size = max(5, round(_THICK * ground.line_height))
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
    return np.asarray(cv2.morphologyEx((ground.ink > level).astype(np.uint8), cv2.MORPH_OPEN, disc), np.uint8)


def doubt_soiled(ground: Ground, drafts: list[Draft], spots: NDArray[np.uint8], is_box: bool) -> None:
    """Name every mark that a spot touches; a printed box under one is unreadable.

    *is_box*: the marks are printed boxes, and a spot over the rim of one may hide what is in it. Of a field only the
    part that is free of spots was looked at, so that its state stands, with the doubt. A spot that lies within a box
    and fills it is no dirt but ink, and so is what is no thicker than the pen that ticked the others.
    """
    pen = _pen(ground, drafts)
    for draft in drafts:
        if draft.box is None or not _is_soiled(ground, draft.box, spots, is_box):
            continue
        if _thickness(ground, draft.box) <= 1.35 * pen:
            continue
        if is_box:
            draft.give_up("a blob lies over its rim")
        draft.doubt("mark_soiled", Severity.DOUBT, "A blob, or ink much thicker than a tick, touches the mark.")


def _pen(ground: Ground, drafts: list[Draft]) -> float:
    """How thick the thickest place of a ticked box usually is: 0 where fewer than eight are ticked."""
    found = [_thickness(ground, d.box) for d in drafts if d.box is not None and d.state is MarkState.ON]
    return float(np.median(found)) if len(found) >= 8 else 0.0


def _thickness(ground: Ground, box: Box) -> float:
    """Of the thickest ink in and around *box*, in working pixels."""
    slack = 0.4 * min(box[2] - box[0], box[3] - box[1])
    level = max(5.0 * ground.noise, 0.35 * ground.contrast)
    ink = ground.ink[ground.cut((box[0] - slack, box[1] - slack, box[2] + slack, box[3] + slack))] > level
    return 2 * float(cv2.distanceTransform(ink.astype(np.uint8), cv2.DIST_L2, 5).max(initial=0.0))


def _is_soiled(ground: Ground, box: Box, spots: NDArray[np.uint8], is_box: bool) -> bool:
    side = min(box[2] - box[0], box[3] - box[1])
    near = spots[ground.cut(box)]
    if int(near.sum()) < max(4, 0.006 * near.size):
        return False
    if not is_box:
        return True
    slack = max(2.0, 0.12 * side)
    around = spots[ground.cut((box[0] - slack, box[1] - slack, box[2] + slack, box[3] + slack))]
    return int(around.sum()) > int(near.sum()) + 0.5 * side
