"""Glyphs -> runs -> lines inside columns. Columns come before words: a run never crosses a column edge.

On real logs two columns may stand 2 points apart, closer than two words of one cell; only the table's own edges can
tell them apart. All steps are array operations over a page; only the final texts are Python strings.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats, Glyphs

Ints = NDArray[np.int64]

WORD_GAP = 0.14
"""Of the glyph height. Gaps wider than this are spaces even where none is drawn: the narrowest space of a text font,
kerned, is about 0.19 of its size; kerning alone stays below 0.1."""
SAME_LINE = 0.35
"""Of the glyph height. Words whose middles are closer than this are one line; lines of a cell lie a height apart."""


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
    covered: NDArray[np.bool_]
    """The line is in the file but cannot be seen on the page; no line is seen in part."""

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
            self.covered[index],
        )

    @property
    def middle(self) -> Floats:
        return (self.top + self.bottom) / 2

    def lists(self, edges: Floats) -> LineLists:
        """The same as plain lists, for code that goes line by line; boxes end at the *edges* of their columns."""
        inner = np.clip(self.column, 0, len(edges) - 2)
        return LineLists(
            self.text,
            self.column.tolist(),
            (self.x1 - self.x0).tolist(),
            np.maximum(self.x0, edges[inner]).tolist(),
            self.top.tolist(),
            np.minimum(self.x1, edges[inner + 1]).tolist(),
            self.bottom.tolist(),
            self.first_width.tolist(),
            self.crossed.tolist(),
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
    return float(np.median(glyphs.bottom - glyphs.top)) if len(glyphs) else 8.0


def find_lines(
    glyphs: Glyphs,
    edges: Floats | None = None,
    height: float | None = None,
    covered: NDArray[np.bool_] | None = None,
) -> Lines:
    """All glyphs as lines within the columns that *edges* (ascending x) bound; one wide column without edges.

    *covered* glyphs make lines of their own.
    """
    if not len(glyphs):
        none, whole, flag = np.empty(0), np.empty(0, np.int64), np.empty(0, np.bool_)
        return Lines([], whole, none, none, none, none, whole, none, flag, flag)
    unit = height or glyph_height(glyphs)
    x0, x1 = glyphs.x0, glyphs.x1
    level = (glyphs.top + glyphs.bottom) / 2  # fonts of one line differ in ascent and descent, hardly in their middle
    if edges is None:
        column = np.zeros(len(glyphs), np.int64)
        straddles = np.zeros(len(glyphs), np.bool_)
    else:
        column = np.searchsorted(edges, (x0 + x1) / 2) - 1
        slack = 0.1 * unit
        straddles = np.searchsorted(edges, x0 + slack) != np.searchsorted(edges, x1 - slack)
    gap = x0[1:] - x1[:-1]
    apart = (gap > WORD_GAP * unit) | (gap < -0.5 * unit) | (np.abs(np.diff(level)) > SAME_LINE * unit)
    apart |= glyphs.space_before[1:] > 0
    if covered is not None and covered.any():
        apart |= covered[1:] != covered[:-1]
    else:
        covered = None
    new_column = column[1:] != column[:-1]
    start = np.concatenate(([0], np.flatnonzero(apart | new_column) + 1))
    end = np.append(start[1:], len(glyphs))
    glued = np.zeros(len(glyphs), np.bool_)  # words cut in two by a column edge
    glued[1:] = new_column & ~apart
    glued[:-1] |= new_column & ~apart
    hidden = covered[start] if covered is not None else np.zeros(len(start), np.bool_)
    return _group(glyphs, start, end, column[start], straddles | glued, hidden, unit)


def _group(
    glyphs: Glyphs,
    start: Ints,
    end: Ints,
    column: Ints,
    crossed: NDArray[np.bool_],
    hidden: NDArray[np.bool_],
    unit: float,
) -> Lines:
    """Runs (glyph ranges) -> lines: same column, same baseline, sorted left to right."""
    run_x0 = np.minimum.reduceat(glyphs.x0, start)
    run_x1 = np.maximum.reduceat(glyphs.x1, start)
    run_top = np.minimum.reduceat(glyphs.top, start)
    run_bottom = np.maximum.reduceat(glyphs.bottom, start)
    run_crossed = np.logical_or.reduceat(crossed, start)
    base = (glyphs.top[start] + glyphs.bottom[start]) / 2

    order = np.lexsort((base, column))
    ordered_base, ordered_column = base[order], column[order]
    is_new = np.ones(len(order), np.bool_)
    is_new[1:] = (np.diff(ordered_base) > SAME_LINE * unit) | (np.diff(ordered_column) != 0)
    if hidden.any():  # seen and unseen words of one baseline are two lines
        order = order[np.lexsort((hidden[order], np.cumsum(is_new)))]
        is_new |= np.concatenate(([True], hidden[order][1:] != hidden[order][:-1]))
        ordered_column = column[order]
    line_of = np.cumsum(is_new) - 1
    order = order[np.lexsort((run_x0[order], line_of))]  # left to right within each line
    first = np.flatnonzero(is_new)

    x0, x1 = run_x0[order], run_x1[order]
    # As many spaces as are drawn; one where there is only a gap.
    spaces = np.zeros(len(order), np.int64)
    follows = start[order][1:] == end[order][:-1]
    spaces[1:] = np.maximum(x0[1:] - x1[:-1] > WORD_GAP * unit, follows * glyphs.space_before[start[order][1:]])
    spaces[first] = 0
    page_text = glyphs.text
    pieces = [
        (" " * n + page_text[a:b]) if n else page_text[a:b]
        for a, b, n in zip(start[order].tolist(), end[order].tolist(), spaces.tolist(), strict=True)
    ]
    bounds = [*first.tolist(), len(order)]
    return Lines(
        text=["".join(pieces[a:b]) for a, b in pairwise(bounds)],
        column=ordered_column[first],
        x0=np.minimum.reduceat(x0, first),
        top=np.minimum.reduceat(run_top[order], first),
        x1=np.maximum.reduceat(x1, first),
        bottom=np.maximum.reduceat(run_bottom[order], first),
        glyph_count=np.add.reduceat((end - start)[order], first),
        first_width=(glyphs.x1 - glyphs.x0)[start[order][first]],
        crossed=np.logical_or.reduceat(run_crossed[order], first),
        covered=hidden[order][first],
    )


_ENDS = frozenset(",;:!?)]}")
"""A line that ends so was broken at a space, however full it is."""
_TECHNICAL = re.compile(r"\d|[@_]|://|\w\.\w")
"""What tokens that are cut anywhere look like: ids, account names, addresses. Plain words are broken at spaces."""
_LONG = 18
_DATE = re.compile(r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}\Z")


def join_lines(texts: list[str], widths: list[float], first_widths: list[float], room: float, widest: float) -> str:
    """The lines of one cell as one text: wraps undone, a space where the wrap ate one.

    No space after a hyphen that stands inside a token (a UUID broken at a hyphen), nor where a token was cut because
    it did not fit its column: the line is one token, and the next glyph would not have fitted any more. *room* is
    what the column's edges allow a line at most, *widest* the widest line seen: the truth lies between, and there
    only tokens that are no plain words count as cut.
    """
    joined = texts[0]
    for i in range(1, len(texts)):
        before, after = texts[i - 1], texts[i]
        tail = before.rsplit(" ", 1)[-1]
        hyphenated = len(tail) > 1 and tail[-1] == "-" and tail[-2].isalnum() and after[0].isalnum()
        full = widths[i - 1] + first_widths[i]
        cut = False
        if " " not in before and before[-1] not in _ENDS and full > widest:
            token = before + after.split(" ", 1)[0]
            is_word = (
                len(before) >= _LONG and after[0].islower()
            )  # longer than words are, and it goes on in small letters
            is_technical = _TECHNICAL.search(token) is not None and _DATE.match(before) is None
            cut = full > room or is_word or is_technical
        joined += after if hyphenated or cut else " " + after
    return joined
