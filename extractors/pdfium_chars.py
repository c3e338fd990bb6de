"""The characters of a page as pdfium counts them: one bulk call for the text, one short call for each box."""

from __future__ import annotations

import ctypes
from collections import deque
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2.raw as raw
from numpy.typing import NDArray

from extractors.glyphs import Floats
from extractors.pdfium_calls import Door, address, char_origin, loose_box, unicode_of

TEXT_HYPHEN = 0x02  # what pdfium reports for a hyphen at a line end


SECOND_HALF = 0xFFFFFFFF  # of a character that pdfium counts as two
_LINE_ENDS = (0x0A, 0x0D)  # what pdfium puts between lines


_IS_SPACE = np.array([chr(code).isspace() or code in (0xAD, 0x200B) for code in range(0x3001)] + [False])


Index = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Chars:
    """The characters of a page as pdfium counts them. ``solid`` are those that may be glyphs, ``space`` those that may
    be drawn white space."""

    handle: int
    codes: NDArray[np.uint32]
    solid: Index
    space: Index


def read_chars(text_page: Any) -> Chars:
    """All characters of the page."""
    count = raw.FPDFText_CountChars(text_page)
    handle = address(text_page)
    codes = _codes(text_page, handle, count)
    is_space = _IS_SPACE[np.minimum(codes, len(_IS_SPACE) - 1)]
    is_line_end = (codes == _LINE_ENDS[0]) | (codes == _LINE_ENDS[1])
    is_glyph = ~is_space & (codes != SECOND_HALF)
    return Chars(handle, codes, np.flatnonzero(is_glyph), np.flatnonzero(is_space & ~is_line_end))


def read_boxes(chars: Chars, door: Door, index: Index) -> Floats:
    """The boxes of the characters at *index*, shape (4, n): x0, top, x1, bottom in display points."""
    boxes = np.zeros((len(index), 4), np.float32)  # FS_RECTF: left, top, right, bottom
    base = boxes.ctypes.data
    deque(map(loose_box, repeat(chars.handle), index.tolist(), range(base, base + boxes.nbytes, 16)), maxlen=0)
    left, top, right, bottom = boxes.astype(np.float64).T
    return door.to_display(left, bottom, right, top)


def read_baselines(chars: Chars, door: Door, index: Index) -> Floats:
    """The heights of the baselines that the characters at *index* stand on, in display points."""
    origins = np.zeros((len(index), 2))
    base, end = origins.ctypes.data, origins.ctypes.data + origins.nbytes
    places = (range(base, end, 16), range(base + 8, end, 16))
    deque(map(char_origin, repeat(chars.handle), index.tolist(), *places), maxlen=0)
    x, y = origins.T
    baseline: Floats = door.to_display(x, y, x, y)[1]
    return baseline


def _codes(text_page: Any, handle: int, count: int) -> NDArray[np.uint32]:
    """Code points of all characters, uint32: in bulk where one UTF-16 unit is one character, else one by one."""
    buffer = np.zeros(count + 1, np.uint16)
    written = raw.FPDFText_GetText(text_page, 0, count, buffer.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort)))
    units = buffer[:count]
    if written == count + 1 and bool(((units < 0xD800) | (units > 0xDFFF)).all()) and bool(units.all()):
        codes = units.astype(np.uint32)
        codes[codes == 0xFFFE] = TEXT_HYPHEN  # in bulk, line-end hyphens have another stand-in
        return codes
    codes = np.fromiter(map(unicode_of, repeat(handle), range(count)), np.int64, count).astype(np.uint32)
    return join_halves(codes)


def join_halves(codes: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """*codes* with characters beyond 16 bits whole, in place. pdfium counts such a character as two, in the halves of
    UTF-16: the first place stands for both, the second for nothing. A half alone is lost (U+FFFD)."""
    first = np.flatnonzero((codes[:-1] & 0xFFFFFC00 == 0xD800) & (codes[1:] & 0xFFFFFC00 == 0xDC00))
    codes[first] = 0x10000 + ((codes[first] & 0x3FF) << 10) + (codes[first + 1] & 0x3FF)
    codes[first + 1] = SECOND_HALF
    codes[(codes >= 0xD800) & (codes <= 0xDFFF) | (codes > 0x10FFFF) & (codes != SECOND_HALF)] = 0xFFFD
    return codes
