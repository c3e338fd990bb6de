"""Text that is printed over other text or over a rule, or goes on into the next column: what a cell holds is doubtful
there."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats, Glyphs
from extractors.values import UUID, UUID_LENGTH

Ints = NDArray[np.int64]

SAME_LINE = 0.35
"""Of the glyph height. Words whose middles are closer than this are one line; lines of a cell lie a height apart."""
OVERPRINT = 0.25
"""Of the glyph height. What overlaps by more is printed over something else; kerning and accents overlap by less."""
SAME_SPACE = 0.08
"""Of a space's width: by how much white may differ from it and still be one."""
_NEXT_WORD = 0.6
"""Of the glyph height: the widest white between two words of one line that is not drawn as a space."""
_TOO_CLOSE = 0.6
"""Of the glyph height: the middles of two lines that are printed over each other."""
_THROUGH = 0.3
"""Of a line's height: a rule further than this from its top and bottom goes through its letters."""


def is_word_space(glyphs: Glyphs, gap: Floats, same_line: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Before which glyphs (but the first) one space is drawn that is just as wide as spaces are: the text goes on.
    *same_line*: those that stand on the line of the one before."""
    drawn: NDArray[np.bool_] = (glyphs.space_before[1:] == 1) & (gap > 0) & same_line
    if not drawn.any():
        return drawn
    widths = np.sort(gap[drawn])
    usual = float(widths[(len(widths) - 1) // 2] + widths[len(widths) // 2]) / 2  # the median, quicker than numpy's
    return np.asarray(drawn & (np.abs(gap - usual) <= SAME_SPACE * usual))


def next_word(gap: Floats, same_line: NDArray[np.bool_], unit: float) -> NDArray[np.bool_]:
    """Before which glyphs (but the first) there is no more white than between two words of a line."""
    return np.asarray((gap <= _NEXT_WORD * unit) & (gap >= -OVERPRINT * unit) & same_line)


def beyond_last(column: Ints, count: int, goes_on: NDArray[np.bool_]) -> Ints:
    """The *column* of each glyph, where what goes on over the right edge of the last of *count* columns is of that: the
    edge is where the longest text of a sample ends, and nothing stands behind it. *goes_on*: before which glyphs (but
    the first) the text does."""
    outside = column == count
    run = np.concatenate(([0], np.cumsum(~goes_on)))
    is_of_last = np.zeros(int(run[-1]) + 1, np.bool_)
    is_of_last[run[column == count - 1]] = True
    return np.where(outside & is_of_last[run], count - 1, column)


def keep_ids_whole(text: str, column: Ints, is_word: NDArray[np.bool_]) -> tuple[Ints, NDArray[np.bool_]]:
    """The *column* of each glyph, where an id that runs over its column's edge is of the column in which it begins: its
    form tells where it ends, whatever follows. With it, which glyphs are of such ids. *is_word*: before which glyphs
    (but the first) there is no space and no gap."""
    settled = np.zeros(len(column), np.bool_)
    cut = np.flatnonzero((column[1:] != column[:-1]) & is_word) + 1
    if not len(cut):
        return column, settled
    column, begins = column.copy(), np.concatenate(([0], np.flatnonzero(~is_word) + 1))
    for begin in sorted(set(begins[np.searchsorted(begins, cut, "right") - 1].tolist())):
        end = begin + UUID_LENGTH
        run = text[begin:end]
        # An id that is cut does not go on in capitals where it began in small letters.
        if is_word[begin : end - 1].all() and UUID.whole.match(run) and run in (run.lower(), run.upper()):
            column[begin:end] = column[begin]
            settled[begin:end] = True
    return column, settled


def overprinted(column: Ints, x0: Floats, top: Floats, x1: Floats, bottom: Floats, unit: float) -> NDArray[np.bool_]:
    """Which lines (sorted by column, then downwards) stand so close to one of their column, above or below, that they
    are printed over each other: rows of a height that is too small for their text."""
    middle = (top + bottom) / 2
    is_lapping = bottom[:-1] - top[1:] > OVERPRINT * unit
    close = (column[1:] == column[:-1]) & (is_lapping | (middle[1:] - middle[:-1] < _TOO_CLOSE * unit))
    if not close.any():
        return np.zeros(len(column), np.bool_)
    close &= np.minimum(x1[1:], x1[:-1]) - np.maximum(x0[1:], x0[:-1]) > OVERPRINT * unit
    over = np.zeros(len(column), np.bool_)
    over[1:] |= close
    over[:-1] |= close
    return over


def struck_through(x0: Floats, top: Floats, x1: Floats, bottom: Floats, horizontal: Floats) -> NDArray[np.bool_]:
    """Through which lines of text a *horizontal* rule (rows of ``x0, x1, y``) is drawn, along half of them or more: the
    text is struck out, or its row is too low for it and it stands in the next one."""
    struck = np.zeros(len(x0), np.bool_)
    levels, rim = np.sort(horizontal[:, 2]), _THROUGH * (bottom - top)
    crossed = np.searchsorted(levels, bottom - rim) > np.searchsorted(levels, top + rim)
    for i in np.flatnonzero(crossed).tolist():
        inside = (horizontal[:, 2] > top[i] + rim[i]) & (horizontal[:, 2] < bottom[i] - rim[i])
        along = np.minimum(horizontal[inside, 1], x1[i]) - np.maximum(horizontal[inside, 0], x0[i])
        struck[i] = float(along.max(initial=0.0)) >= (x1[i] - x0[i]) / 2
    return struck
