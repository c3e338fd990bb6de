"""Columns of tables that print no header: from rulings, else from the white between strips of text.

There are no labels that would tell which white parts columns. What tells is how the white is printed: words of one cell
have a drawn space between them, or white of one width in every row; cells have neither, however close they stand.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.bars import baselines
from extractors.columns import cluster
from extractors.glyphs import Floats, Glyphs, PageContent
from extractors.headerless_texts import Body, without_titles
from extractors.joints import Meetings
from extractors.overflow import SAME_SPACE
from extractors.sample import SamplePage
from extractors.strips import Span, draws_spaces, parted, strips_of

_GUTTER = 0.35
"""Of the glyph height: wider white parts columns, where no row has text on both of its sides."""
_WORD = 0.6
"""Of the glyph height: the widest white between two words."""
_DRAWN = 1.0
"""The same where a space is drawn; those of typewriters are wide."""
_LETTER = 0.14
"""Of the glyph height: the widest white between two letters of a word."""
_LEAST = 3
"""Rows with text on both sides of the white that are asked."""
_MOSTLY = 0.9
"""Share of these rows that must say the same."""
_SOME = 0.1
"""Share of them in which the white is wider than any space, where no spaces are drawn."""
_RIM = 0.4
"""Points by which a glyph reaches out of its strip at most."""
_DIGITS = frozenset("0123456789,")
_RULED = 4
"""Upright rulings at least that make columns."""


def column_edges(
    pages: list[SamplePage], furniture: tuple[tuple[float, str], ...], height: float, wanted: int
) -> Floats | None:
    """Column edges (points, ascending) from long vertical rulings, else from gutters: of these the widest where there
    are *wanted* columns (0: any number); None where there are no two columns."""
    vertical = np.concatenate([p.content.rulings.vertical for p in pages])
    if len(vertical):
        xs = cluster(vertical[:, 2], 2.0)
        if len(xs) >= _RULED:
            return xs
    bodies = [(page.content, _body(page.content, furniture)) for page in pages]
    bodies = without_titles(bodies, height)
    x0 = np.concatenate([content.glyphs.x0[mask] for content, mask in bodies])
    x1 = np.concatenate([content.glyphs.x1[mask] for content, mask in bodies])
    cuts = Meetings(bodies).edges([])
    strips = parted(strips_of(x0, x1, 1 + len(pages) // 12), cuts)
    strips = _White(bodies, strips, height, cuts).joined()
    if len(strips) < 2:
        return None
    white = _White(bodies, strips, height, cuts)
    apart = [white.is_gutter(k) for k in range(len(strips) - 1)]
    gaps = [b[0] - a[1] for a, b in pairwise(strips)]
    if wanted:
        chosen = sorted(sorted(range(len(gaps)), key=lambda k: (not apart[k], -gaps[k]))[: wanted - 1])
    else:
        chosen = [k for k, is_apart in enumerate(apart) if is_apart]
    inner = [(strips[k][1] + strips[k + 1][0]) / 2 for k in chosen]
    return np.array([strips[0][0] - 0.5 * height, *inner, strips[-1][1] + 0.5 * height])


def _body(content: PageContent, furniture: tuple[tuple[float, str], ...]) -> NDArray[np.bool_]:
    """Which glyphs are of no running line."""
    keep = np.ones(len(content.glyphs), np.bool_)
    for y, _ in furniture:
        keep &= np.abs(content.glyphs.bottom - y) >= 2.0
    return keep


class _White:
    """The white between neighbouring *strips*: in rows with text on both sides, how wide it is, and whether a space is
    drawn there. At one of the *cuts* (x) cells touch."""

    def __init__(self, bodies: list[Body], strips: list[Span], height: float, cuts: Floats) -> None:
        self._height = height
        self._strips = strips
        self._cuts = cuts
        self._has_spaces = draws_spaces(bodies)
        right = np.array([b for _, b in strips]) + _RIM
        place, gaps, spaces, begins = [], [], [], []
        for content, mask in bodies:
            glyphs = content.glyphs
            line = baselines(glyphs, height)
            order = np.lexsort((glyphs.x0, line))
            order = order[mask[order]]
            strip = np.searchsorted(right, glyphs.x1[order])
            over = np.flatnonzero((np.diff(line[order]) == 0) & (np.diff(strip) == 1))
            left, after = order[over], order[over + 1]
            place.append(strip[over])
            gaps.append(glyphs.x0[after] - glyphs.x1[left])
            spaces.append(glyphs.space_before[after] * (after == left + 1))
            begins.append(_begins_of_counts(glyphs, order, line, strip)[over])
        self._place, self._gaps = np.concatenate(place), np.concatenate(gaps)
        self._spaces, self._begins = np.concatenate(spaces), np.concatenate(begins)

    def joined(self) -> list[Span]:
        """The strips, with those made one between which there are word spaces only."""
        strips = self._strips[:1]
        for k, strip in enumerate(self._strips[1:]):
            if self._are_words(k):
                strips[-1] = (strips[-1][0], strip[1])
            else:
                strips.append(strip)
        return strips

    def _are_words(self, k: int) -> bool:
        """Whether all that stands on both sides of the white behind strip *k* are words of one text."""
        gaps, spaces = self._gaps[self._place == k], self._spaces[self._place == k]
        if len(gaps) < _LEAST or self._is_cut(k) or not _is_one_width(gaps) or self._is_behind_counts(k):
            return False
        if (spaces == 1).all():
            return bool((gaps <= _DRAWN * self._height).all())
        return bool(not self._has_spaces and (gaps <= _WORD * self._height).all())

    def is_gutter(self, k: int) -> bool:
        """Whether the white behind strip *k* parts columns."""
        gaps, spaces = self._gaps[self._place == k], self._spaces[self._place == k]
        is_wide = self._strips[k + 1][0] - self._strips[k][1] > _GUTTER * self._height
        if len(gaps) < _LEAST or self._is_cut(k):
            return is_wide or self._is_cut(k)
        if self._is_behind_counts(k):
            return True
        if self._has_spaces:
            apart = (spaces != 1) & (gaps > _LETTER * self._height)
            return is_wide or bool(np.count_nonzero(apart) >= _MOSTLY * len(gaps))
        apart = gaps > _WORD * self._height
        return is_wide or bool(np.count_nonzero(apart) >= max(_LEAST, _SOME * len(gaps)))

    def _is_behind_counts(self, k: int) -> bool:
        """Whether all that ends before the white are numbers set right: no words of one text stand so."""
        begins = self._begins[self._place == k]
        counts = begins[np.isfinite(begins)]
        return len(counts) >= max(_LEAST, _MOSTLY * len(begins)) and float(np.ptp(counts)) > self._height / 2

    def _is_cut(self, k: int) -> bool:
        return bool((np.abs(self._cuts - self._strips[k][1]) <= _RIM).any())


def _begins_of_counts(
    glyphs: Glyphs, order: NDArray[np.int64], line: NDArray[np.int64], strip: NDArray[np.int64]
) -> Floats:
    """Of every glyph, in *order*, where the text of its strip and line begins, if all of it so far are digits; else
    NaN. *line* is by glyph, *strip* in order."""
    is_digit = np.array([glyphs.text[i] in _DIGITS for i in order.tolist()], np.bool_)
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = (np.diff(line[order]) != 0) | (np.diff(strip) != 0)
    first = np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))
    others = np.cumsum(~is_digit)
    are_digits = others - others[first] + ~is_digit[first] == 0
    return np.where(are_digits, glyphs.x0[order[first]], np.nan)


def _is_one_width(gaps: Floats) -> bool:
    """Whether most of the *gaps* are as wide as their median."""
    usual = float(np.median(gaps))
    return bool(np.count_nonzero(np.abs(gaps - usual) <= SAME_SPACE * usual) >= _MOSTLY * len(gaps))
