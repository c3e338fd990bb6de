"""Boxes of a page's glyphs by words: the first and the last glyph of a word are asked for theirs, those between are
set by the usual shapes of the document's glyphs (:class:`extractors.widths.Widths`).

That is done where the word is exactly as long as its glyphs are wide, so nothing can hide inside it, and where no
column edge touches it; every other word is asked glyph by glyph. What is laid out by those edges is the same either
way, but for hundredths of a point where letters have heights of their own.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats
from extractors.pdfium_calls import Door
from extractors.pdfium_chars import TEXT_HYPHEN, Chars, Index, read_boxes
from extractors.widths import LEVEL, Widths

_SLACK = 0.08
"""Of the glyph height: by how much a word's length may differ from the widths of its glyphs. Less than any gap between
words; kerning inside a word adds up to less, or the word is asked glyph by glyph."""


def word_starts(index: Index, codes: NDArray[np.uint32]) -> Index:
    """Where words begin: after white space, and round hyphens that may be pdfium's own."""
    alone = codes == TEXT_HYPHEN
    begins = np.ones(len(index), np.bool_)
    begins[1:] = (np.diff(index) != 1) | alone[1:] | alone[:-1]
    return np.flatnonzero(begins)


def boxes_by_words(chars: Chars, door: Door, widths: Widths, edges: Floats, first: Index) -> Floats:
    """The same for all solid characters, words of which begin at *first*."""
    index = chars.solid
    n = len(index)
    size = np.diff(np.append(first, n))
    last = first + size - 1
    is_end = np.zeros(n, np.bool_)
    is_end[first] = True
    is_end[last] = True
    ends = read_boxes(chars, door, index[is_end])
    at = np.cumsum(np.minimum(size, 2)) - 1  # of each word's last glyph among the ends
    x0, top, first_x1, bottom = ends[:, at - (size > 1)]
    last_x0, last_top, x1, last_bottom = ends[:, at]
    height = bottom - top
    codes = chars.codes[index]
    width = widths.of(codes, height, size)
    reach = np.add.accumulate(width)
    before = reach[first] - width[first]
    total = reach[last] - before
    off = _SLACK * height
    whole = (
        (np.abs(total - (x1 - x0)) < off)
        & (np.abs(first_x1 - x0 - width[first]) < off)
        & (np.abs(x1 - last_x0 - width[last]) < off)
        & (np.searchsorted(edges, x0) == np.searchsorted(edges, x1))
    )
    box = np.empty((4, n))
    levels = widths.levels_of(codes)
    if levels is None:
        level = LEVEL * height
        whole &= (np.abs(last_top - top) < level) & (np.abs(last_bottom - bottom) < level)
        box[1], box[3] = np.repeat(top, size), np.repeat(bottom, size)
    else:
        rise, drop = levels
        baseline = top + rise[first]
        level = 2 * LEVEL * height
        whole &= np.abs(bottom - drop[first] - baseline) < level
        whole &= (np.abs(last_top + rise[last] - baseline) < level) & (
            np.abs(last_bottom - drop[last] - baseline) < level
        )
        box[1], box[3] = np.repeat(baseline, size) - rise, np.repeat(baseline, size) + drop
    scale = np.repeat((x1 - x0) / np.where(whole, total, 1.0), size)
    box[2] = np.repeat(x0, size) + (reach - np.repeat(before, size)) * scale
    box[0] = box[2] - width * scale
    box[:, is_end] = ends
    asked = np.flatnonzero(~is_end & ~np.repeat(whole, size))
    if len(asked):
        box[:, asked] = read_boxes(chars, door, index[asked])
    return box
