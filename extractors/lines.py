"""Lines of text inside columns, as columns of numbers and characters: see :mod:`extractors.find_lines`."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats, Glyphs

Ints = NDArray[np.int64]
Codes = NDArray[np.uint32]

WORD_GAP = 0.14
"""Of the glyph height. Gaps wider than this are spaces even where none is drawn: the narrowest space of a text font,
kerned, is about 0.19 of its size; kerning alone stays below 0.1."""
_OVER = 0.15
"""Of a line's height: text that no edge cuts and that ends further behind its column is an id that runs over."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of text, each inside one column, sorted by column and then downwards. All arrays have one length.

    ``column`` is -1 left of the table and the number of columns right of it.
    ``first_width`` is the width of the line's first glyph, for undoing wraps.
    """

    text: list[str]
    column: Ints
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    glyph_count: Ints
    first_width: Floats
    crossed: NDArray[np.bool_]
    """A word of the line goes on, or a glyph reaches, over the column's edge."""
    overprinted: NDArray[np.bool_]
    """Something is printed over a part of the line, or a count stands in it as far from the rest as in another cell."""
    covered: NDArray[np.bool_]
    """The line is in the file but cannot be seen on the page; no line is seen in part."""
    chars: Codes
    """Code points of all lines, spaces included: those of line *i* are ``chars[begin[i]:end[i]]``."""
    begin: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.text)

    def select(self, index: NDArray[np.bool_] | Ints) -> Lines:
        """The lines at *index*, in order."""
        chosen = np.flatnonzero(index) if index.dtype == np.bool_ else index
        return Lines(
            [self.text[i] for i in chosen.tolist()],
            self.column[index],
            self.x0[index],
            self.top[index],
            self.x1[index],
            self.bottom[index],
            self.glyph_count[index],
            self.first_width[index],
            self.crossed[index],
            self.overprinted[index],
            self.covered[index],
            self.chars,
            self.begin[index],
            self.end[index],
        )

    @property
    def middle(self) -> Floats:
        return (self.top + self.bottom) / 2

    def ends(self, edges: Floats) -> Floats:
        """Where the box of each line ends on the right: at the edge of its column, one of *edges*, at most, unless the
        line surely runs over."""
        edge = edges[np.clip(self.column, 0, len(edges) - 2) + 1]
        runs_over = ~self.crossed & (self.x1 > edge + _OVER * (self.bottom - self.top))
        return np.where(runs_over, self.x1, np.minimum(self.x1, edge))

    def lists(self, edges: Floats) -> LineLists:
        """The same as plain lists, for code that goes line by line; boxes end as :meth:`ends` says."""
        inner = np.clip(self.column, 0, len(edges) - 2)
        return LineLists(
            self.text,
            self.column.tolist(),
            (self.x1 - self.x0).tolist(),
            np.maximum(self.x0, edges[inner]).tolist(),
            self.top.tolist(),
            self.ends(edges).tolist(),
            self.bottom.tolist(),
            self.first_width.tolist(),
            (self.crossed | self.overprinted).tolist(),
            self.covered.tolist(),
            bool(self.covered.any()),
        )


@dataclass(frozen=True, slots=True)
class LineLists:
    """Lines as plain lists: a page has a few hundred, and a list is read ten times as fast as an array's element."""

    text: list[str]
    column: list[int]
    width: list[float]
    x0: list[float]
    top: list[float]
    x1: list[float]
    bottom: list[float]
    first_width: list[float]
    crossed: list[bool]
    covered: list[bool]
    has_covered: bool


def glyph_height(glyphs: Glyphs) -> float:
    """The page's usual glyph height in points; the unit of all tolerances, so that they fit 5 pt and 12 pt alike."""
    if not len(glyphs):
        return 8.0
    heights = np.sort(glyphs.bottom - glyphs.top)
    return float(heights[(len(heights) - 1) // 2] + heights[len(heights) // 2]) / 2  # the median, quicker than numpy's


def spell(codes: Codes, start: Ints, size: Ints, spaces: Ints) -> tuple[Codes, Ints]:
    """Runs of *codes* (from *start*, *size* long) one after the other, with *spaces* before each; and where each run
    begins then, its spaces included."""
    shift, before = np.cumsum(spaces), np.cumsum(size) - size
    glyph = np.arange(int(size.sum()))
    chars = np.full(len(glyph) + int(spaces.sum()), ord(" "), np.uint32)
    chars[glyph + np.repeat(shift, size)] = codes[glyph + np.repeat(start - before, size)]
    return chars, before + shift - spaces


def stack_lines(parts: list[Lines]) -> Lines:
    """Lines of several pages, one page after the other."""
    text = [text for lines in parts for text in lines.text]
    offsets = np.cumsum([0, *(len(lines.chars) for lines in parts)]).tolist()
    columns = {
        name: np.concatenate([getattr(lines, name) for lines in parts])
        for name in (
            "column", "x0", "top", "x1", "bottom", "glyph_count", "first_width", "crossed",
            "overprinted", "covered", "chars"
        )
    }  # fmt: skip
    begin = np.concatenate([lines.begin + at for lines, at in zip(parts, offsets, strict=False)])
    end = np.concatenate([lines.end + at for lines, at in zip(parts, offsets, strict=False)])
    return Lines(text, **columns, begin=begin, end=end)
