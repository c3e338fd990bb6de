"""Glyphs -> runs -> lines inside columns. Columns come before words: a run never crosses a column edge.

On real logs two columns may stand 2 points apart, closer than two words of one cell; only the table's own edges can
tell them apart. All steps are array operations over a page; only the final texts are Python strings.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats, Glyphs
from extractors.joints import SAME_PLACE
from extractors.levels import glyph_levels
from extractors.lines import WORD_GAP, Ints, Lines, glyph_height, spell
from extractors.overflow import (
    OVERPRINT,
    SAME_LINE,
    beyond_last,
    is_word_space,
    keep_ids_whole,
    next_word,
    overprinted,
)

_FAR = 2.0
"""Of the glyph height: white so wide, without a drawn space, parts a count from the text of another cell."""


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
        column = edges.searchsorted((x0 + x1) / 2) - 1
        left, right = x0 + 0.1 * unit, x1 - 0.1 * unit
        rims = np.concatenate(([-np.inf], edges, [np.inf]))  # searched once: the middle is between both sides
        straddles = np.minimum(left, right) <= rims.take(column + 1)
        straddles |= np.maximum(left, right) > rims.take(column + 2)
    gap = x0[1:] - x1[:-1]
    same_line = np.abs(level[1:] - level[:-1]) <= SAME_LINE * unit
    apart = (gap > WORD_GAP * unit) | (gap < -0.5 * unit) | ~same_line
    apart |= glyphs.space_before[1:] > 0
    is_word = ~apart  # also where its end is hidden under the next cell
    if covered is not None and covered.any():
        apart |= covered[1:] != covered[:-1]
    else:
        covered = None
    goes_on = ~apart | is_word_space(glyphs, gap, same_line)
    if edges is not None and (column == len(edges) - 1).any():
        column = beyond_last(column, len(edges) - 1, goes_on | next_word(gap, same_line, unit))
    column, settled = keep_ids_whole(glyphs.text, column, is_word)
    straddles &= ~settled
    new_column = column[1:] != column[:-1]
    bounds = np.flatnonzero(np.concatenate(([True], apart | new_column, [True])))
    start, end = bounds[:-1], bounds[1:]
    glued = np.zeros(len(glyphs), np.bool_)  # words cut in two by a column edge, and phrases that go on behind it
    cut = new_column & (goes_on | is_word) & ~settled[:-1]
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
    order, is_new = _in_order(base, column, hidden, run_x0, unit)
    first = np.flatnonzero(is_new)
    of_line = order[first]
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
    left, right = np.minimum.reduceat(x0, first), np.maximum.reduceat(x1, first)
    top, bottom = np.minimum.reduceat(run_top[order], first), np.maximum.reduceat(run_bottom[order], first)
    is_over = np.logical_or.reduceat(over, first)
    is_over |= overprinted(column[of_line], left, top, right, bottom, unit)
    line_end = np.append(begin[1:], len(chars))
    page_text = chars.tobytes().decode("utf-32-le", "surrogatepass")
    return Lines(
        text=[page_text[a:b] for a, b in zip(begin.tolist(), line_end.tolist(), strict=True)],
        column=column[of_line],
        x0=left,
        top=top,
        x1=right,
        bottom=bottom,
        glyph_count=np.add.reduceat(size, first),
        first_width=(glyphs.x1 - glyphs.x0)[start[of_line]],
        crossed=np.logical_or.reduceat(run_crossed[order], first),
        overprinted=is_over,
        covered=hidden[of_line],
        chars=chars,
        begin=begin,
        end=line_end,
    )


def _in_order(
    base: Floats, column: Ints, hidden: NDArray[np.bool_], x0: Floats, unit: float
) -> tuple[Ints, NDArray[np.bool_]]:
    """The runs line by line, by column and then downwards, from left to right in each; and which of them begin one."""
    order = np.lexsort((base, column))
    is_new = np.ones(len(order), np.bool_)
    level, place = base[order], column[order]
    is_new[1:] = (level[1:] - level[:-1] > SAME_LINE * unit) | (place[1:] != place[:-1])
    if hidden.any():  # seen and unseen words of one baseline are two lines
        order = order[np.lexsort((hidden[order], np.cumsum(is_new)))]
        is_new |= np.concatenate(([True], hidden[order][1:] != hidden[order][:-1]))
    return order[np.lexsort((x0[order], np.cumsum(is_new)))], is_new


def _is_number(word: str) -> bool:
    """Whether a word that stands far from the one before it is the count of the next cell: justified words are far
    apart, too."""
    return word.replace(",", "").removesuffix(".0").isdigit()
