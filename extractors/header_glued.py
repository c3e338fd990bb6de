"""Words that headings of neighbouring columns make together, where the columns all but touch."""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Glyphs
from records.headers import header_aliases, header_spellings, normalise_header

_SEAM = 0.05
"""Of the glyph height: the white between two headings is so much wider than any between letters of one word."""


@functools.cache
def vocabulary() -> frozenset[str]:
    """Every word of every known spelling, normalised."""
    words = {normalise_header(word) for spelling in header_spellings() for word in spelling.split()}
    return frozenset(words - {""})


@functools.cache
def fragments() -> frozenset[str]:
    """Everything that a word of a known spelling can be, however it is broken into words; normalised."""
    known = header_aliases()
    return frozenset(key[a:b] for key in known for a in range(len(key) + 1) for b in range(a, len(key) + 1))


def seams(glyphs: Glyphs, apart: NDArray[np.bool_], height: float) -> list[int]:
    """Where words end that stand as one: indexes into *apart*, which says whether each glyph but the first begins a
    word. ``TimeTime`` of the headings Search Time and Time Frame is no part of any spelling, and either side of its
    widest white is a word of one."""
    gap = glyphs.x0[1:] - glyphs.x1[:-1]
    found = []
    ends = np.flatnonzero(apart)
    for at in np.flatnonzero(~apart & (gap > _SEAM * height)).tolist():
        k = int(np.searchsorted(ends, at))
        begin = int(ends[k - 1]) + 1 if k else 0
        end = int(ends[k]) + 1 if k < len(ends) else len(glyphs)
        others = np.delete(gap[begin : end - 1], at - begin)
        if len(others) and gap[at] < others.max() + _SEAM * height:
            continue
        left, right = (normalise_header(text) for text in (glyphs.text[begin : at + 1], glyphs.text[at + 1 : end]))
        if left in vocabulary() and right in vocabulary() and left + right not in fragments():
            found.append(at)
    return found
