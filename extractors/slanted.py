"""Text that stands at an angle to the page's own: watermarks such as a diagonal DRAFT. It crosses the table and is in
no cell, so it is parted from the glyphs before any layout, and left over under the rule ``rotated``."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.cells import OutsideLine
from extractors.glyphs import Glyphs, PageContent
from extractors.model import TableModel
from extractors.pdfium_calls import address, char_angle
from extractors.values import squeeze

_DEGREES = 2
"""Text that is turned by less against the rest of the page is upright: scanners' text layers tilt."""
TURN_ASKED = 60
"""Glyphs, spread over a page, that are asked for their direction."""
_TURN_LEAST = 24
_TURN_SHARE = 0.8
"""Of the glyphs asked: how many must stand one way before the page is turned by it."""


def glyph_angles(text_page: Any, index: NDArray[np.int64]) -> NDArray[np.int64]:
    """The angle of each glyph in whole degrees, 0 to 360; *index* is that among pdfium's characters."""
    radians = char_angle(index, address(text_page))
    return np.rint(np.degrees(radians)).astype(np.int64) if radians.any() else np.zeros(len(index), np.int64)


def part_slanted(
    angles: NDArray[np.int64], glyphs: Glyphs, index: NDArray[np.int64]
) -> tuple[Glyphs, NDArray[np.int64], Glyphs | None]:
    """The glyphs that stand upright, by their *angles*, with their *index*, and the others (None without any)."""
    if not angles.any():
        return glyphs, index, None
    slanted = _is_slanted(angles)
    if not slanted.any():
        return glyphs, index, None
    return pick(glyphs, ~slanted), index[~slanted], pick(glyphs, slanted)


def upright_turn(angles: NDArray[np.int64], rotation: int) -> int:
    """Degrees clockwise, 0, 90, 180 or 270, by which the page as displayed (after its *rotation*) is turned to be
    upright, judging by a spread of the *angles* of its glyphs."""
    if not rotation and not angles.any():
        return 0
    asked = angles[:: max(1, len(angles) // TURN_ASKED)] % 360
    if not len(asked):
        return 0
    found, counts = np.unique(asked, return_counts=True)
    # pdfium tells by how much text is turned clockwise in the page's own space, which display turns once more.
    turn = -(int(found[counts.argmax()]) + rotation) % 360
    return turn if counts.max() >= max(_TURN_LEAST, _TURN_SHARE * len(asked)) and turn in (90, 180, 270) else 0


def part_by_angle(glyphs: Glyphs, angles: list[int]) -> tuple[Glyphs, Glyphs | None]:
    """The same where the engine tells the angle of every glyph, in whole degrees."""
    slanted = _is_slanted(np.array(angles, np.int64))
    if not slanted.any():
        return glyphs, None
    return pick(glyphs, ~slanted), pick(glyphs, slanted)


def slanted_lines(content: PageContent, model: TableModel | None = None) -> list[OutsideLine]:
    """The slanted text, run by run, as left over; labels of the *model* that stand sideways are parts of its header."""
    glyphs = content.slanted
    if glyphs is None or not len(glyphs):
        return []
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    far = 3.0 * np.maximum(glyphs.x1 - glyphs.x0, glyphs.bottom - glyphs.top)
    breaks = np.flatnonzero(np.hypot(np.diff(x), np.diff(y)) > np.maximum(far[1:], far[:-1])) + 1
    lines = []
    for run in np.split(np.arange(len(glyphs)), breaks):
        spaced = [(" " if glyphs.space_before[i] and i > run[0] else "") + glyphs.text[i] for i in run.tolist()]
        box = (glyphs.x0[run].min(), glyphs.top[run].min(), glyphs.x1[run].max(), glyphs.bottom[run].max())
        line = OutsideLine("left", "rotated", "".join(spaced), len(run), *(float(side) for side in box))
        if model is not None and _is_label(line, model):
            line.account, line.rule = "furniture", "header"
        lines.append(line)
    return lines


def _is_label(line: OutsideLine, model: TableModel) -> bool:
    """Whether the line is a label of the model that stands sideways, or one line of it."""
    for column in model.columns:
        box = column.label.box if column.label else None
        is_above = line.x0 < column.right and line.x1 > column.left
        is_upright = box is not None and box.bottom - box.top > box.x1 - box.x0
        if is_above and is_upright and squeeze(line.text) in squeeze(column.name or ""):
            return True
    return False


def pick(glyphs: Glyphs, keep: NDArray[np.bool_]) -> Glyphs:
    """The glyphs that *keep* marks, in their order; glyphs without a Unicode value are counted with all of them."""
    chosen = np.flatnonzero(keep)
    text = "".join(glyphs.text[i] for i in chosen.tolist())
    columns = {name: getattr(glyphs, name)[chosen] for name in ("x0", "top", "x1", "bottom", "space_before")}
    if glyphs.joint is not None:
        columns["joint"] = glyphs.joint[chosen]
    return replace(glyphs, text=text, **columns)


def _is_slanted(angles: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of the *angles* of glyphs, in whole degrees, differ from the commonest one."""
    own, counts = np.unique(angles % 360, return_counts=True)
    upright = own[counts.argmax()] if len(own) else 0
    return np.asarray(np.abs((angles - upright + 180) % 360 - 180) > _DEGREES)
