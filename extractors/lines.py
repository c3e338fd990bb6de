"""Glyphs -> runs -> lines inside columns. Columns come before words: a run never crosses a column edge.

On real logs two columns may stand 2 points apart, closer than two words of one cell; only the table's own edges can
tell them apart. All steps are array operations over a page; only the final texts are Python strings.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats, Glyphs
from extractors.joints import SAME_PLACE
from extractors.levels import glyph_levels
from extractors.overflow import OVERPRINT, SAME_LINE, beyond_last, is_word_space, next_word, overprinted

Ints = NDArray[np.int64]
Codes = NDArray[np.uint32]

WORD_GAP = 0.14
"""Of the glyph height. Gaps wider than this are spaces even where none is drawn: the narrowest space of a text font,
kerned, is about 0.19 of its size; kerning alone stays below 0.1."""
_FAR = 2.0
"""Of the glyph height: white so wide, without a drawn space, parts a count from the text of another cell."""


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
    return float(np.median(glyphs.bottom - glyphs.top)) if len(glyphs) else 8.0


def find_lines(
    glyphs: Glyphs,
    edges: Floats | None = None,
    height: float | None = None,
    covered: NDArray[np.bool_] | None = None,
    meets: Floats | None = None,
) -> Lines:
    """All glyphs as lines within the columns that *edges* (ascending x) bound; one wide column without edges.

    *covered* glyphs make lines of their own. *meets* holds for every column where its text ends and that of the next
    begins though they touch (nan where they never do, an end of nan where one space is between them): there no word
    goes on over the edge.
    """
    if not len(glyphs):
        none, whole, flag = np.empty(0), np.empty(0, np.int64), np.empty(0, np.bool_)
        return Lines(
            [], whole, none, none, none, none, whole, none, flag, flag, flag, np.empty(0, np.uint32), whole, whole
        )
    unit = height or glyph_height(glyphs)
    x0, x1 = glyphs.x0, glyphs.x1
    level = glyph_levels(glyphs, unit)
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
    goes_on = ~apart | is_word_space(glyphs, gap, level, unit)
    if edges is not None:
        column = beyond_last(column, len(edges) - 1, goes_on | next_word(gap, level, unit))
    new_column = column[1:] != column[:-1]
    start = np.concatenate(([0], np.flatnonzero(apart | new_column) + 1))
    end = np.append(start[1:], len(glyphs))
    glued = np.zeros(len(glyphs), np.bool_)  # words cut in two by a column edge, and phrases that go on behind it
    cut = new_column & goes_on
    if meets is not None and cut.any():
        cut &= ~_is_met(glyphs, column, meets)
    glued[1:] = cut
    glued[:-1] |= cut
    hidden = covered[start] if covered is not None else np.zeros(len(start), np.bool_)
    return _group(glyphs, level[start], start, end, column[start], straddles | glued, hidden, unit)


def _is_met(glyphs: Glyphs, column: Ints, meets: Floats) -> NDArray[np.bool_]:
    """Before which glyphs (but the first) a column's text ends where it always does, and that of the next begins."""
    own = np.clip(column[:-1], 0, len(meets) - 1)
    is_next = (column[1:] == column[:-1] + 1) & (column[:-1] == own)
    is_end = np.abs(glyphs.x1[:-1] - meets[own, 0]) <= SAME_PLACE
    is_end |= np.isnan(meets[own, 0]) & (glyphs.space_before[1:] == 1)
    return np.asarray(is_next & is_end & (np.abs(glyphs.x0[1:] - meets[own, 1]) <= SAME_PLACE))


def _group(
    glyphs: Glyphs,
    base: Floats,
    start: Ints,
    end: Ints,
    column: Ints,
    crossed: NDArray[np.bool_],
    hidden: NDArray[np.bool_],
    unit: float,
) -> Lines:
    """Runs (glyph ranges) -> lines: same column, same level (*base*), sorted left to right."""
    run_x0 = np.minimum.reduceat(glyphs.x0, start)
    run_x1 = np.maximum.reduceat(glyphs.x1, start)
    run_top = np.minimum.reduceat(glyphs.top, start)
    run_bottom = np.maximum.reduceat(glyphs.bottom, start)
    run_crossed = np.logical_or.reduceat(crossed, start)
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
    spaces, gap = np.zeros(len(order), np.int64), x0[1:] - x1[:-1]
    drawn = (start[order][1:] == end[order][:-1]) * glyphs.space_before[start[order][1:]]
    spaces[1:] = np.maximum(gap > WORD_GAP * unit, drawn)
    spaces[first] = 0
    over = np.zeros(len(order), np.bool_)  # printed over what stands before it: text that overflows another cell
    over[1:] = (gap < -OVERPRINT * unit) & ~is_new[1:]
    if glyphs.space_before.any():
        far = np.flatnonzero((gap > _FAR * unit) & (drawn == 0) & ~is_new[1:]) + 1
        for at, run in zip(far.tolist(), order[far].tolist(), strict=True):
            over[at] |= _is_number(glyphs.text[start[run] : end[run]])
    size = (end - start)[order]
    codes = np.frombuffer(glyphs.text.encode("utf-32-le", "surrogatepass"), np.uint32)
    chars, begin = spell(codes, start[order], size, spaces)
    begin = begin[first]
    box = [
        np.minimum.reduceat(x0, first),
        np.minimum.reduceat(run_top[order], first),
        np.maximum.reduceat(x1, first),
        np.maximum.reduceat(run_bottom[order], first),
    ]
    is_over = np.logical_or.reduceat(over, first)
    is_over |= overprinted(ordered_column[first], box[0], box[1], box[2], box[3], unit)
    line_end = np.append(begin[1:], len(chars))
    page_text = chars.tobytes().decode("utf-32-le", "surrogatepass")
    return Lines(
        text=[page_text[a:b] for a, b in zip(begin.tolist(), line_end.tolist(), strict=True)],
        column=ordered_column[first],
        x0=box[0],
        top=box[1],
        x1=box[2],
        bottom=box[3],
        glyph_count=np.add.reduceat(size, first),
        first_width=(glyphs.x1 - glyphs.x0)[start[order][first]],
        crossed=np.logical_or.reduceat(run_crossed[order], first),
        overprinted=is_over,
        covered=hidden[order][first],
        chars=chars,
        begin=begin,
        end=line_end,
    )


def _is_number(word: str) -> bool:
    """Whether a word that stands far from the one before it is the count of the next cell: justified words are far
    apart, too."""
    return word.replace(",", "").removesuffix(".0").isdigit()


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
