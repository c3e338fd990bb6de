"""The field of one colour that a word stands in, as the words of a chip do: where it ends on all sides."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.colours import common_colour
from extractors.pictures.marks.ground import LOSSLESS, Ground
from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import Box

_UNEVEN, _MOST_UNEVEN = 2.5, 40.0
"""Times the usual difference within a field that belongs to it in a lossy file, and the most of it, in levels."""
_LEAD = 3.2
"""Heights of a line that a chip may begin before its words: it has room for a tick."""
_EDGE, _EDGED = 3, 0.5
"""Pixels beyond a field in which its edge is seen, and how much of the allowed difference it has there at least."""
_NARROW = (16.0, 10.0, 6.0)
"""Levels by which a pale field in a lossy file may differ within itself, tried in turn."""


def field_around(ground: Ground, word: Box, run: Run) -> Box | None:
    """The field of one colour around *word*, or None where it does not end a little way off on all sides."""
    high = max(run.height, ground.line_height)
    rows, columns = ground.cut(
        (word[0] - _LEAD * high, word[1] - 1.2 * high, run.box[2] + 4 * high, word[3] + 1.2 * high)
    )
    window = ground.pixels[rows, columns]
    y0, x0 = max(0, round(word[1]) - rows.start), max(0, round(word[0]) - columns.start)
    part = slice(y0, y0 + round(run.height)), slice(x0, x0 + max(2, round(word[2] - word[0])))
    for colour, slack in _field_colours(ground, word):
        away = np.abs(window - colour).max(axis=2)
        piece = _piece(away <= slack, part)
        if piece is None:
            continue
        x, y, wide, tall = piece
        ends = x > 0 and y > 0 and x + wide < window.shape[1] and y + tall < window.shape[0]
        is_long = 0.6 * run.height <= tall <= 2.4 * high and wide >= 1.5 * tall
        if ends and is_long and (ground.ringing <= LOSSLESS or _is_whole(away, slack, piece)):
            x, y = x + columns.start, y + rows.start
            return float(x), float(y), float(x + wide), float(y + tall)
    return None


def _field_colours(ground: Ground, word: Box) -> list[tuple[NDArray[np.int16], float]]:
    """What the field around *word* may look like: its colour, and by how much it may differ within the field.

    In a lossy file letters ring: close to them the field is uneven and off its colour, above and below them it is even.
    A pale field is as near to the page as its own ringing is to it: what runs on into the page is tried more narrowly.
    """
    own = ground.pixels[ground.cut(word)].reshape(-1, 3)
    colour = common_colour(own)
    slack = max(5.0, 5.0 * ground.noise, 0.5 * ground.ringing)
    if ground.ringing <= LOSSLESS:
        return [(colour, slack)]
    # A strong colour is stored unevenly.
    slack = max(slack, min(_MOST_UNEVEN, _UNEVEN * float(np.percentile(np.abs(own - colour).max(axis=1), 30))))
    margin = _beside_letters(ground, word)
    narrow = [(one, level) for level in _NARROW if level < slack for one in (margin, colour)]
    return [(colour, slack), *narrow]


def _beside_letters(ground: Ground, word: Box) -> NDArray[np.int16]:
    """The commonest colour right above and below the letters."""
    x0, top, x1, bottom = word
    strips = [(x0, top - 2, x1, top + 1), (x0, bottom - 1, x1, bottom + 2)]
    return common_colour(np.concatenate([ground.pixels[ground.cut(s)].reshape(-1, 3) for s in strips]))


def _piece(like: NDArray[np.bool_], part: tuple[slice, slice]) -> tuple[int, int, int, int] | None:
    """Left, top, width and height of the piece of *like* that covers most of *part*."""
    _, marked, stats, _ = cv2.connectedComponentsWithStats(like.astype(np.uint8), connectivity=4)
    labels = marked[part]
    labels = labels[labels > 0]
    if not labels.size:
        return None
    x, y, wide, tall, _ = (int(v) for v in stats[int(np.bincount(labels).argmax())])
    return x, y, wide, tall


def _is_whole(away: NDArray[np.int16], slack: float, piece: tuple[int, int, int, int]) -> bool:
    """Whether *piece* of a window ends at the left and at the right from top to bottom, as a chip does: where letters
    that ring cut it in two, it goes on above and below them. *away*: differences from its colour."""
    x, y, wide, tall = piece
    rows = slice(y + tall // 6, y + tall - tall // 6)  # the corners may be round
    beyond = (away[rows, max(0, x - _EDGE) : x], away[rows, x + wide : x + wide + _EDGE])
    return all(float(np.percentile(one.max(axis=1), 20)) > _EDGED * slack for one in beyond)
