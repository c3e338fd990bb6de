"""Which texts of a page without a header say nothing about its columns: titles, totals of groups, running heads."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractors.bars import baselines
from extractors.glyphs import Floats, Glyphs
from extractors.strips import Span, draws_spaces, strips_of
from extractors.white import Body, White

_WIDE = 1.0
"""Of the glyph height: wider white than words of one text have between them."""
_LETTERS = 0.14
"""The same between letters of a word, where words have drawn spaces between them."""
_SLIVER, _CLOSE = 0.25, 0.5
"""The same: a strip no wider, and no further from another, is of the few texts that reach so far in their column, where
their letters meet."""
_RARE = 50
"""Lines, of which one may stand across the white between two columns."""
_RUNNING = 2
"""Running heads and feet of a page, that stand over columns."""


def without_titles(bodies: list[Body], height: float) -> list[Body]:
    """The *bodies* without the texts that stand over several of the strips that others make: lines of one text, which
    are titles and totals of groups, and the few of others, as running heads. What goes on in its cell stands over one
    strip."""
    white = (_LETTERS if draws_spaces(bodies) else _WIDE) * height
    texts = [_texts(content.glyphs, mask, height, white) for content, mask in bodies]
    alone = np.concatenate([text.is_alone for text in texts])
    x0, x1 = (np.concatenate([getattr(text, side) for text in texts]) for side in ("x0", "x1"))
    lines = sum(len(np.unique(text.line[~text.is_alone])) for text in texts)
    inside = [mask & ~np.append(text.is_alone, True)[text.of] for (_, mask), text in zip(bodies, texts, strict=True)]
    begin, end = (
        np.concatenate([getattr(content.glyphs, side)[own] for (content, _), own in zip(bodies, inside, strict=True)])
        for side in ("x0", "x1")
    )
    few = max(_RUNNING * len(bodies), lines // _RARE)
    others = [(content, own) for (content, _), own in zip(bodies, inside, strict=True)]
    strips, is_wide = _without_slivers(White(others, strips_of(begin, end, 1 + few), height).joined(), height)
    first, behind = np.searchsorted(strips[:, 1], x0, "right"), np.searchsorted(strips[:, 0], x1)
    wide = np.append(0, np.cumsum(is_wide))
    # Over slivers alone stands what a column holds that few rows fill.
    is_over = (behind - first > 1) & (wide[behind] > wide[np.minimum(first, behind)])
    if np.count_nonzero(is_over & ~alone) > few:
        is_over &= alone
    kept, at = [], 0
    for (content, mask), text in zip(bodies, texts, strict=True):
        gone = np.append(is_over[at : at + len(text.x0)], False)
        kept.append((content, mask & ~gone[text.of]))
        at += len(text.x0)
    return kept


def _without_slivers(strips: list[Span], height: float) -> tuple[Floats, NDArray[np.bool_]]:
    """The strips, those that are slivers one with the strip close by on their left; and which are of no slivers
    alone."""
    found: list[Span] = []
    wide: list[bool] = []
    for left, right in strips:
        is_sliver = right - left <= _SLIVER * height
        if found and is_sliver and left - found[-1][1] <= _CLOSE * height:
            found[-1] = (found[-1][0], right)
        else:
            found.append((left, right))
            wide.append(not is_sliver)
    return np.array(found).reshape(-1, 2), np.array(wide, np.bool_)


@dataclass(frozen=True, slots=True)
class _Texts:
    """The texts of a page, glyphs of a line without wide white, or white without a drawn space, between them: of every
    glyph the number of its text (-1: of none), of every text its line, where it begins and ends, and whether it is all
    of its line."""

    of: NDArray[np.int64]
    line: NDArray[np.int64]
    x0: Floats
    x1: Floats
    is_alone: NDArray[np.bool_]


def _texts(glyphs: Glyphs, mask: NDArray[np.bool_], height: float, white: float) -> _Texts:
    line = baselines(glyphs, height)
    order = np.lexsort((glyphs.x0, line))
    order = order[mask[order]]
    of = np.full(len(line), -1)
    if not len(order):
        return _Texts(of, of[:0], np.empty(0), np.empty(0), np.empty(0, np.bool_))
    gap, is_spaced = glyphs.x0[order[1:]] - glyphs.x1[order[:-1]], glyphs.space_before[order[1:]] == 1
    is_fresh = (np.diff(line[order]) != 0) | (gap > np.where(is_spaced, _WIDE * height, white))
    start = np.concatenate(([0], np.flatnonzero(is_fresh) + 1))
    of[order] = np.concatenate(([0], np.cumsum(is_fresh)))
    lines = line[order[start]]
    x1 = np.maximum.reduceat(glyphs.x1[order], start)
    return _Texts(of, lines, glyphs.x0[order[start]], x1, np.bincount(lines)[lines] == 1)
