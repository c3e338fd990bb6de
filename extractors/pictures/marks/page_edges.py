"""What the edge of a picture cuts: a mark, a label, or a further line of a label, of which only a part is left."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.read_page import Box
from records.issues import Severity
from records.marks import MarkState, MarkStyle


def doubt_edges(draft: Draft, ground: Ground, words: Sequence[Box]) -> None:
    """A mark or a label that the edge of the picture cuts may show something else beyond it. *words*: where the lines
    are read that say its state."""
    height, width = ground.ink.shape
    if draft.box is not None and _is_cut(draft.box, width, height) and not _is_whole_word(draft, words, ground):
        draft.settle(MarkState.UNREADABLE, "the picture's edge cuts it")
        draft.doubt("mark_cut", Severity.DOUBT, "The mark is cut by the edge of the picture.")
    margin = _margin(ground)
    letters = [(r.box[0], r.box[1] + margin, r.box[2], r.box[3] - margin) for r in draft.runs]
    if any(_is_cut(box, width, height) for box in letters) or _has_cut_line(draft, ground):
        draft.doubt("label_cut", Severity.DOUBT, "The label is cut by the edge of the picture.")


def _is_whole_word(draft: Draft, words: Sequence[Box], ground: Ground) -> bool:
    """Whether the state is a word that ends well before the edge: only the field around it is cut."""
    height, width = ground.ink.shape
    room = _ROOM * ground.line_height
    return (
        draft.style is MarkStyle.WORD
        and len(words) > 0
        and all(
            x0 >= room and top >= 1 and x1 <= width - room and bottom <= height - 1 for x0, top, x1, bottom in words
        )
    )


_ROOM = 0.6
"""Line heights between a word and the edge: another word or more letters would be seen there."""


def _margin(ground: Ground) -> float:
    """A run's box ends that far above and below its letters."""
    return 0.1 * ground.line_height


def _is_cut(box: Box, width: int, height: int) -> bool:
    return box[0] <= 0.5 or box[1] <= 0.5 or box[2] >= width - 0.5 or box[3] >= height - 0.5


def _has_cut_line(draft: Draft, ground: Ground) -> bool:
    """Whether the upper edge left a part of a line close above the label, whose mark says that it belongs to it.

    The mark of a label of several lines stands beside the first of them, or half-way down. So nothing is missing where
    the mark stands on the row of the first line that is left, unless the lines of the label stand as close.
    """
    if draft.box is None or not draft.runs:
        return False
    first = draft.runs[0]
    unit, margin = ground.line_height, _margin(ground)
    top = first.box[1] + margin
    gap = top - _cut_letters(first.box, top, ground)
    is_above = (draft.box[1] + draft.box[3]) / 2 < first.middle - _ABOVE * unit
    if len(draft.runs) > 1:
        own = draft.runs[1].box[1] - first.box[3] + 2 * margin
        return gap <= (max(own, _CLOSE * unit) if is_above else own) + 0.1 * unit
    return is_above and gap <= _CLOSE * unit


_ABOVE, _CLOSE = 0.25, 0.7
"""Line heights: a mark's middle above that of the line it is said to stand on; between letters of one label's lines."""


def _cut_letters(label: Box, top: float, ground: Ground) -> float:
    """Where what the upper edge cuts ends, above the letters that begin at *top*; far above them where it is no line:
    nothing, a ruling, or what runs on into the label."""
    ink = ground.ink[: max(0, round(top) - 1), ground.cut(label)[1]] > 0.4 * ground.contrast
    blank = np.flatnonzero(~ink.any(axis=1))
    if ink.shape[0] == 0 or not ink[0].any() or blank.size == 0 or blank[0] < 2:
        return float("-inf")
    if blank[0] > ground.line_height or ink[0].mean() > _RULED:
        return float("-inf")
    return float(np.flatnonzero(ink.any(axis=1))[-1] + 1)


_RULED = 0.8
"""Of the label's width: what is inked so far along the edge is no letters."""
