"""pdfium's characters of one page -> glyphs: each is asked for its code, its box and its place in the font's map."""

from __future__ import annotations

from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from extractors.glyphs import Floats, Glyphs
from extractors.pdfium_calls import Door, address, loose_box, map_error, unicode_of
from extractors.pdfium_shapes import Objects
from extractors.replaced import put_in_place
from extractors.swapped import in_order

_TEXT_HYPHEN = 0x02  # what pdfium reports for a hyphen at a line end
SECOND_HALF = 0xFFFFFFFF  # of a character that pdfium counts as two
_LINE_ENDS = (0x0A, 0x0D)  # what pdfium puts between lines
_IS_SPACE = np.array([chr(code).isspace() or code in (0xAD, 0x200B) for code in range(0x3001)] + [False])

Index = NDArray[np.int64]
Codes = NDArray[np.uint32]


def read_glyphs(text_page: Any, door: Door, objects: Objects | None = None) -> tuple[Glyphs, Index]:
    """The non-space glyphs, and the index of each among pdfium's characters. *objects*: those of the page, where it may
    have forms."""
    handle = address(text_page)
    every = np.arange(raw.FPDFText_CountChars(text_page))
    codes = join_halves(unicode_of(every, handle).view(np.uint32))
    _, fields = loose_box.fill(every, handle)  # FS_RECTF: left, top, right, bottom
    if objects is not None and objects.matrix is not None:
        fields = put_in_place(fields, text_page, objects)
    left, top, right, bottom = np.ascontiguousarray(fields.T, np.float64)
    boxes = door.to_display(left, bottom, right, top)
    # What pdfium puts in itself (spaces, hyphens) has a box without area; a drawn space has a width.
    is_drawn = (boxes[0] != boxes[2]) | (boxes[1] != boxes[3])
    is_space = _IS_SPACE[np.minimum(codes, len(_IS_SPACE) - 1)]
    is_line_end = (codes == _LINE_ENDS[0]) | (codes == _LINE_ENDS[1])
    index = np.flatnonzero(is_drawn & ~is_space & (codes != SECOND_HALF))
    blank = np.flatnonzero(is_drawn & is_space & ~is_line_end)
    codes = codes[index]
    codes[codes == _TEXT_HYPHEN] = ord("-")
    x0, top, x1, bottom = boxes.take(index, axis=1)
    _share_boxes(x0, top, x1)
    glyphs = Glyphs(
        text=in_order(codes.tobytes().decode("utf-32-le", "replace")),
        x0=x0,
        top=top,
        x1=x1,
        bottom=bottom,
        space_before=_spaces_before(index, blank, x0, x1, boxes[2, blank] - boxes[0, blank]),
        unmapped=_count_unmapped(handle, codes, index),
    )
    return glyphs, index


def join_halves(codes: Codes) -> Codes:
    """*codes* with characters beyond 16 bits whole, in place. pdfium counts such a character as two, in the halves of
    UTF-16: the first place stands for both, the second for nothing. A half alone is lost (U+FFFD)."""
    if not len(codes) or codes.max() < 0xD800:
        return codes
    first = np.flatnonzero((codes[:-1] & 0xFFFFFC00 == 0xD800) & (codes[1:] & 0xFFFFFC00 == 0xDC00))
    codes[first] = 0x10000 + ((codes[first] & 0x3FF) << 10) + (codes[first + 1] & 0x3FF)
    codes[first + 1] = SECOND_HALF
    codes[(codes >= 0xD800) & (codes <= 0xDFFF) | (codes > 0x10FFFF) & (codes != SECOND_HALF)] = 0xFFFD
    return codes


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


def _count_unmapped(handle: int, codes: Codes, index: Index) -> int:
    """Glyphs whose Unicode value the file does not give."""
    never = (codes < 0x20) | (codes == 0xFFFD) | (codes == 0xFFFE)
    return int(np.count_nonzero((map_error(index, handle) == 1) | never))


def _spaces_before(index: Index, blank: Index, x0: Floats, x1: Floats, width: Floats) -> Index:
    """How many spaces are drawn before each glyph; *blank* are the drawn spaces with their *width*. pdfium reports a
    run of spaces as one: the gap tells, where it is a multiple of the space's own width."""
    slot = np.searchsorted(index, blank)
    inner = (slot > 0) & (slot < len(index))
    slot, width = slot[inner], width[inner]
    count = np.bincount(slot, minlength=len(index))
    multiple = (x0[slot] - x1[slot - 1]) / np.where(width > 0, width, np.inf)
    whole = np.rint(multiple)
    run = (whole >= 2) & (whole <= 40) & (np.abs(multiple - whole) < 0.05 * whole)
    count[slot[run]] = np.maximum(count[slot[run]], whole[run].astype(np.int64))
    return count
