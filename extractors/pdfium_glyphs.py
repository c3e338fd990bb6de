"""pdfium's characters of one page -> glyphs: one bulk call for the text, one short call for each box that is needed.

A page is read glyph by glyph, or by words: then only the first and the last glyph of a word are asked for their boxes,
and those between are set by the usual widths of the document's glyphs (:class:`Widths`). That is done where the word
is exactly as long as its glyphs are wide, so nothing can hide inside it, and where no column edge touches it; every
other word is asked glyph by glyph. What is laid out by those edges is the same either way.
"""

from __future__ import annotations

import ctypes
from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from extractors.glyphs import Floats, Glyphs
from extractors.pdfium_calls import Door, address, loose_box, map_error, unicode_of
from extractors.widths import LEVEL, Widths

_ASKED = 64  # glyphs of a page that are looked up in the font's map
_TEXT_HYPHEN = 0x02  # what pdfium reports for a hyphen at a line end
_LINE_ENDS = (0x0A, 0x0D)  # what pdfium puts between lines
_SLACK = 0.08
"""Of the glyph height: by how much a word's length may differ from the widths of its glyphs. Less than any gap between
words; kerning inside a word adds up to less, or the word is asked glyph by glyph."""

Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Chars:
    """The characters of a page as pdfium counts them. ``solid`` are those that may be glyphs, ``space`` those that may
    be drawn white space."""

    handle: int
    codes: NDArray[np.uint32]
    solid: Index
    space: Index


def read_glyphs(text_page: Any, door: Door, widths: Widths, edges: Floats | None = None) -> tuple[Glyphs, Index]:
    """The non-space glyphs, and the index of each among pdfium's characters: by words where the *edges* of the columns
    (x, ascending) are given and the font's *widths* are known, else glyph by glyph."""
    chars = _read_chars(text_page)
    index = chars.solid
    codes = chars.codes[index]
    first = _word_starts(index, codes)
    if edges is not None and widths.is_known and len(index):
        box = _boxes_by_words(chars, door, widths, edges, first)
    else:
        box = _boxes(chars, door, index)
        if len(index) and not widths.is_known:
            widths.learn(codes, box, first)
    blank = _boxes(chars, door, chars.space)
    # What pdfium puts in itself (spaces, hyphens) has a box without area; a drawn space has a width.
    drawn = (box[0] != box[2]) | (box[1] != box[3])
    codes[codes == _TEXT_HYPHEN] = ord("-")
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


def _read_chars(text_page: Any) -> _Chars:
    count = raw.FPDFText_CountChars(text_page)
    handle = address(text_page)
    codes = _codes(text_page, handle, count)
    is_space = _IS_SPACE[np.minimum(codes, len(_IS_SPACE) - 1)]
    is_line_end = (codes == _LINE_ENDS[0]) | (codes == _LINE_ENDS[1])
    return _Chars(handle, codes, np.flatnonzero(~is_space), np.flatnonzero(is_space & ~is_line_end))


def _boxes(chars: _Chars, door: Door, index: Index) -> Floats:
    """The boxes of the characters at *index*, shape (4, n): x0, top, x1, bottom in display points."""
    boxes = np.zeros((len(index), 4), np.float32)  # FS_RECTF: left, top, right, bottom
    base = boxes.ctypes.data
    deque(map(loose_box, repeat(chars.handle), index.tolist(), range(base, base + boxes.nbytes, 16)), maxlen=0)
    left, top, right, bottom = boxes.astype(np.float64).T
    return door.to_display(left, bottom, right, top)


def _word_starts(index: Index, codes: NDArray[np.uint32]) -> Index:
    """Where words begin: after white space, and round hyphens that may be pdfium's own."""
    alone = codes == _TEXT_HYPHEN
    begins = np.ones(len(index), np.bool_)
    begins[1:] = (np.diff(index) != 1) | alone[1:] | alone[:-1]
    return np.flatnonzero(begins)


def _boxes_by_words(chars: _Chars, door: Door, widths: Widths, edges: Floats, first: Index) -> Floats:
    """The same for all solid characters, words of which begin at *first*."""
    index = chars.solid
    n = len(index)
    is_end = np.zeros(n, np.bool_)
    is_end[first] = True
    is_end[np.append(first[1:], n) - 1] = True
    box = np.empty((4, n))
    box[:, is_end] = _boxes(chars, door, index[is_end])
    size = np.diff(np.append(first, n))
    last = first + size - 1
    x0, x1, top, bottom = box[0, first], box[2, last], box[1, first], box[3, first]
    height = bottom - top
    width = widths.of(chars.codes[index], height, size)
    reach = np.add.accumulate(width)
    before = reach[first] - width[first]
    total = reach[last] - before
    off = _SLACK * height
    level = LEVEL * height
    whole = (
        (np.abs(total - (x1 - x0)) < off)
        & (np.abs(box[2, first] - x0 - width[first]) < off)
        & (np.abs(x1 - box[0, last] - width[last]) < off)
        & (np.abs(box[1, last] - top) < level)
        & (np.abs(box[3, last] - bottom) < level)
        & (np.searchsorted(edges, x0) == np.searchsorted(edges, x1))
    )
    is_whole = np.repeat(whole, size)
    asked = np.flatnonzero(~is_end & ~is_whole)
    if len(asked):
        box[:, asked] = _boxes(chars, door, index[asked])
    at = np.flatnonzero(~is_end & is_whole)
    word = np.repeat(np.arange(len(first)), size)[at]
    scale = ((x1 - x0) / np.where(whole, total, 1.0))[word]
    box[2, at] = x0[word] + (reach[at] - before[word]) * scale
    box[0, at] = box[2, at] - width[at] * scale
    box[1, at], box[3, at] = top[word], bottom[word]
    return box


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


def _codes(text_page: Any, handle: int, count: int) -> NDArray[np.uint32]:
    """Code points of all characters, uint32: in bulk where one UTF-16 unit is one character, else one by one."""
    buffer = np.zeros(count + 1, np.uint16)
    written = raw.FPDFText_GetText(text_page, 0, count, buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort)))
    units = buffer[:count]
    if written == count + 1 and bool(((units < 0xD800) | (units > 0xDFFF)).all()) and bool(units.all()):
        codes = units.astype(np.uint32)
        codes[codes == 0xFFFE] = _TEXT_HYPHEN  # in bulk, line-end hyphens have another stand-in
        return codes
    codes = np.fromiter(map(unicode_of, repeat(handle), range(count)), np.int64, count).astype(np.uint32)
    codes[(codes >= 0xD800) & (codes <= 0xDFFF) | (codes > 0x10FFFF)] = 0xFFFD
    return codes


_IS_SPACE = np.array([chr(code).isspace() or code in (0xAD, 0x200B) for code in range(0x3001)] + [False])
