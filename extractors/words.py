"""Words of a page by themselves, without columns: for headings, labels and pages that are no table."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from extractors.glyphs import Glyphs
from extractors.overflow import SAME_LINE
from records.places import BBox

_GAP = 0.2
"""Of the glyph height: gaps wider than this are spaces even where none is drawn."""


@dataclass(frozen=True, slots=True)
class PageWord:
    """A run of glyphs without a space or a gap. ``line`` is its baseline on the page, from 0 downwards."""

    text: str
    box: BBox
    line: int = 0


def page_words(glyphs: Glyphs, height: float) -> list[list[PageWord]]:
    """The words of the page baseline by baseline, downwards, each from left to right. *height* is the usual height of
    glyphs, in the unit of their boxes."""
    if not len(glyphs):
        return []
    apart = (np.abs(glyphs.x0[1:] - glyphs.x1[:-1]) > _GAP * height) | (glyphs.space_before[1:] > 0)
    apart |= np.abs(np.diff(glyphs.bottom)) > SAME_LINE * height
    start = np.concatenate(([0], np.flatnonzero(apart) + 1))
    end = np.append(start[1:], len(glyphs))
    found: list[tuple[str, BBox]] = []
    for a, b in zip(start.tolist(), end.tolist(), strict=True):
        x0, x1 = float(glyphs.x0[a:b].min()), float(glyphs.x1[a:b].max())
        top, bottom = float(glyphs.top[a:b].min()), float(glyphs.bottom[a:b].max())
        if x0 < x1 and top < bottom:
            found.append((glyphs.text[a:b], BBox(x0, top, x1, bottom)))
    rows: list[list[PageWord]] = []
    for text, box in sorted(found, key=lambda word: word[1].bottom):
        if not rows or box.bottom - rows[-1][0].box.bottom > SAME_LINE * height:
            rows.append([])
        rows[-1].append(PageWord(text, box, len(rows) - 1))
    return [sorted(row, key=lambda word: word.box.x0) for row in rows]


def split_row(row: list[PageWord], gap: float) -> list[list[PageWord]]:
    """The words of one baseline, cut where more than *gap* is white between them."""
    parts = [row[:1]]
    for before, word in pairwise(row):
        if word.box.x0 - before.box.x1 > gap:
            parts.append([])
        parts[-1].append(word)
    return parts


def box_of_words(words: list[PageWord]) -> BBox:
    """The smallest box that holds all of *words*."""
    box = words[0].box
    for word in words[1:]:
        box = box.union(word.box)
    return box
