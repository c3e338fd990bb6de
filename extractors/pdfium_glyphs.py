"""pdfium's characters of one page -> glyphs: one bulk call for the text, one short call for each box that is needed.

A page is read glyph by glyph, or by words: then only the first and the last glyph of a word are asked for their boxes,
and those between are set by the usual widths of the document's glyphs (:class:`Widths`). That is done where the word
is exactly as long as its glyphs are wide, so nothing can hide inside it, and where no column edge touches it; every
other word is asked glyph by glyph. What is laid out by those edges is the same either way.
"""

from __future__ import annotations

from itertools import repeat
from typing import Any

import numpy as np

from extractors.glyphs import Floats, Glyphs
from extractors.pdfium_calls import Door, map_error
from extractors.pdfium_chars import TEXT_HYPHEN, Index, read_baselines, read_boxes, read_chars
from extractors.pdfium_words import boxes_by_words, word_starts
from extractors.widths import Widths

_ASKED = 64  # glyphs of a page that are looked up in the font's map


def read_glyphs(text_page: Any, door: Door, widths: Widths, edges: Floats | None = None) -> tuple[Glyphs, Index]:
    """The non-space glyphs, and the index of each among pdfium's characters: by words where the *edges* of the columns
    (x, ascending) are given and the font's *widths* are known, else glyph by glyph."""
    chars = read_chars(text_page)
    index = chars.solid
    codes = chars.codes[index]
    first = word_starts(index, codes)
    if edges is not None and widths.is_known and len(index):
        box = boxes_by_words(chars, door, widths, edges, first)
    else:
        box = read_boxes(chars, door, index)
        if len(index) and not widths.is_known:
            widths.learn(codes, box, first, read_baselines(chars, door, index[first]))
    blank = read_boxes(chars, door, chars.space)
    # What pdfium puts in itself (spaces, hyphens) has a box without area; a drawn space has a width.
    drawn = (box[0] != box[2]) | (box[1] != box[3])
    codes[codes == TEXT_HYPHEN] = ord("-")
    if not drawn.all():
        codes, box, index = codes[drawn], box[:, drawn], index[drawn]
    is_drawn_blank = (blank[0] != blank[2]) | (blank[1] != blank[3])
    x0, top, x1, bottom = box
    _share_boxes(x0, top, x1)
    space, x = chars.space[is_drawn_blank], blank[:, is_drawn_blank]
    glyphs = Glyphs(
        text=codes.tobytes().decode("utf-32-le", "replace"),
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        space_before=_spaces_before(index, space, x0, x1, x[2] - x[0]),
        unmapped=_count_unmapped(chars.handle, codes, index),
    )
    return glyphs, index


def _share_boxes(x0: Floats, top: Floats, x1: Floats) -> None:
    """The letters of a ligature have one box: give each its share of it, left to right."""
    same = (x0[1:] == x0[:-1]) & (x1[1:] == x1[:-1]) & (top[1:] == top[:-1])
    if not same.any():
        return
    group = np.concatenate(([0], np.cumsum(~same)))
    first = np.concatenate(([0], np.flatnonzero(~same) + 1))
    size = np.diff(np.append(first, len(x0)))[group]
    width = (x1 - x0) / size
    x0 += width * (np.arange(len(x0)) - first[group])
    x1[:] = x0 + width


def _count_unmapped(handle: int, codes: Any, index: Index) -> int:
    """Glyphs whose Unicode value the file does not give. pdfium is asked about a spread of glyphs, because fonts lack
    the map as a whole, and about all of them once one is found."""
    never = (codes < 0x20) | (codes == 0xFFFD) | (codes == 0xFFFE)
    odd = never | ((codes >= 0xE000) & (codes < 0xF900))
    spread = index[:: max(1, len(index) // _ASKED)].tolist()
    if not odd.any() and 1 not in map(map_error, repeat(handle), spread):
        return 0
    asked = np.fromiter((map_error(handle, i) == 1 for i in index.tolist()), np.bool_, len(index))
    return int(np.count_nonzero(asked | never))


def _spaces_before(index: Index, blank: Index, x0: Floats, x1: Floats, width: Floats) -> Index:
    """How many spaces are drawn before each glyph; *blank* are the drawn spaces with their *width*. pdfium reports a
    run of spaces as one: the gap tells, where it is a multiple of the space's own width."""
    count = np.zeros(len(index), np.int64)
    slot = np.searchsorted(index, blank)
    inner = (slot > 0) & (slot < len(index))
    slot, width = slot[inner], width[inner]
    np.add.at(count, slot, 1)
    multiple = (x0[slot] - x1[slot - 1]) / np.where(width > 0, width, np.inf)
    whole = np.rint(multiple)
    run = (whole >= 2) & (whole <= 40) & (np.abs(multiple - whole) < 0.05 * whole)
    count[slot[run]] = np.maximum(count[slot[run]], whole[run].astype(np.int64))
    return count
