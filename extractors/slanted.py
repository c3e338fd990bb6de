"""Text that stands at an angle to the page's own: watermarks such as a diagonal DRAFT. It crosses the table and is in
no cell, so it is parted from the glyphs before any layout, and left over under the rule ``rotated``."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from itertools import repeat
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
_ASKED = 32
"""Glyphs, spread over the page, whose commonest angle is that of upright text."""
TURN_ASKED = 60
"""Glyphs, spread over a page, that are asked for their direction."""
_TURN_LEAST = 24
_TURN_SHARE = 0.8
"""Of the glyphs asked: how many must stand one way before the page is turned by it."""


def part_slanted(
    text_page: Any, glyphs: Glyphs, index: NDArray[np.int64]
) -> tuple[Glyphs, NDArray[np.int64], Glyphs | None]:
    """The glyphs that stand upright with their *index* among pdfium's characters, and the others (None without any).

    Only glyphs that step down or up from their neighbour are asked for their angle: upright text costs nothing.
    """
    odd = _stepping(glyphs)
    if not len(odd):
        return glyphs, index, None
    handle = address(text_page)

    def radians(of: NDArray[np.int64]) -> list[float]:
        return list(map(char_angle, repeat(handle), index[of].tolist()))

    def angle(i: int) -> int:
        return round(math.degrees(char_angle(handle, int(index[i]))))

    ends = _ends_of_words(odd, index)
    usual = radians(np.arange(0, len(glyphs), max(1, len(glyphs) // _ASKED)))
    turned = radians(ends)
    if not any(usual) and not any(turned):
        return glyphs, index, None
    upright = _usual(round(math.degrees(own)) for own in usual)
    slanted = np.zeros(len(glyphs), np.bool_)
    for i, own in zip(ends.tolist(), turned, strict=True):
        if slanted[i] or not _differs(round(math.degrees(own)), upright):
            continue
        slanted[i] = True
        for step in (-1, 1):  # its whole run: narrow letters hardly step
            k = i + step
            while 0 <= k < len(glyphs) and not slanted[k] and _differs(angle(k), upright):
                slanted[k] = True
                k += step
    if not slanted.any():
        return glyphs, index, None
    return pick(glyphs, ~slanted), index[~slanted], pick(glyphs, slanted)


def upright_turn(text_page: Any, index: NDArray[np.int64], rotation: int) -> int:
    """Degrees clockwise, 0, 90, 180 or 270, by which the page as displayed (after its *rotation*) is turned to be
    upright, judging by a spread of its glyphs; *index* is that of all of them among pdfium's characters."""
    asked = index[:: max(1, len(index) // TURN_ASKED)].tolist()
    angles = Counter(round(math.degrees(a)) % 360 for a in map(char_angle, repeat(address(text_page)), asked))
    angle, most = angles.most_common(1)[0] if angles else (0, 0)
    # pdfium tells by how much text is turned clockwise in the page's own space, which display turns once more.
    turn = -(angle + rotation) % 360
    return turn if most >= max(_TURN_LEAST, _TURN_SHARE * len(asked)) and turn in (90, 180, 270) else 0


def part_by_angle(glyphs: Glyphs, angles: list[int]) -> tuple[Glyphs, Glyphs | None]:
    """The same where the engine tells the angle of every glyph, in whole degrees."""
    upright = _usual(angles)
    slanted = np.array([_differs(angle, upright) for angle in angles], np.bool_)
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
    return replace(glyphs, text=text, **columns)


def _stepping(glyphs: Glyphs) -> NDArray[np.int64]:
    """Glyphs that stand close to the one drawn before or after them, but on another level."""
    if len(glyphs) < 2:
        return np.empty(0, np.int64)
    y = (glyphs.top + glyphs.bottom) / 2
    across, down = np.abs(np.diff((glyphs.x0 + glyphs.x1) / 2)), np.abs(np.diff(y))
    size = np.maximum(glyphs.bottom - glyphs.top, glyphs.x1 - glyphs.x0)
    near = 1.5 * np.maximum(size[1:], size[:-1])
    steps = (down > 0.02 * near) & (down < near) & (across < near)
    return np.flatnonzero(np.append(steps, False) | np.append(False, steps))


def _ends_of_words(odd: NDArray[np.int64], index: NDArray[np.int64]) -> NDArray[np.int64]:
    """The first and the last of the *odd* glyphs of each word: a word is set at one angle."""
    word = np.cumsum(np.concatenate(([0], np.diff(index) != 1)))[odd]
    new = np.concatenate(([True], np.diff(word) != 0))
    ends: NDArray[np.int64] = odd[new | np.append(new[1:], True)]
    return ends


def _usual(angles: Iterable[int]) -> int:
    """The commonest angle; 0 where there is none."""
    counted = Counter(angle % 360 for angle in angles).most_common(1)
    return counted[0][0] if counted else 0


def _differs(angle: int, upright: int) -> bool:
    return abs((angle - upright + 180) % 360 - 180) > _DEGREES
