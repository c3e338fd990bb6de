"""The white between strips of text: word spaces, or what parts columns."""

from __future__ import annotations

import re

import numpy as np
from numpy.typing import NDArray

from extractors.bars import baselines
from extractors.glyphs import Floats, Glyphs, PageContent
from extractors.overflow import SAME_SPACE
from extractors.strips import Span, draws_spaces

Body = tuple[PageContent, NDArray[np.bool_]]
"""A page, and which of its glyphs are asked."""

_GUTTER = 0.35
"""Of the glyph height: wider white parts columns, where no row has text on both of its sides."""
_WORD = 0.6
"""Of the glyph height: the widest white between two words."""
_DRAWN = 1.0
"""The same where a space is drawn; those of typewriters are wide."""
_ALIKE, _PITCH = (0.02, 0.98), 0.05
"""Of the glyphs of a typewriter so many, from the narrowest on, differ by so much of their width at most."""
_LETTER = 0.14
"""Of the glyph height: the widest white between two letters of a word."""
_LEAST = 3
"""Rows with text on both sides of the white that are asked."""
_MOSTLY = 0.9
"""Share of these rows that must say the same."""
_SPACE = 0.15
"""Of the usual space between words, by which the white between other words differs at most."""
_SOME = 0.1
"""Share of them in which the white is wider than any space, where no spaces are drawn."""
_RIM = 0.4
"""Points by which a glyph reaches out of its strip at most."""
_HALVES = frozenset("AMPUTC")
"""Letters of what ends a time: ``AM``, ``PM``, ``UTC``."""
_DASHES = frozenset("-\u2013\u2014")
_DIGITS = frozenset("0123456789,")
_DIGIT = 0.3
"""Of the glyph height: numbers set right of which one has a digit more begin further apart; narrow digits of high
fonts are no wider."""
_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}", re.IGNORECASE)
"""How an id begins: no text goes on so."""
_MASKS = frozenset("*#-\u2013\u2014\u2588/nNaA")
"""Of these is what stands in a count's place: ``***``, ``---``, ``n/a``."""


class White:
    """The white between neighbouring *strips*: in rows with text on both sides, how wide it is, and whether a space is
    drawn there. At one of the *cuts* (x) cells touch."""

    def __init__(self, bodies: list[Body], strips: list[Span], height: float, cuts: Floats | None = None) -> None:
        self._height = height
        self._word = max(_WORD * height, typed_space(bodies))
        self._strips = strips
        self._cuts = np.empty(0) if cuts is None else cuts
        self._has_spaces = draws_spaces(bodies)
        right = np.array([b for _, b in strips]) + _RIM
        place, gaps, spaces, begins, between, inside = [], [], [], [], [], []
        jumped: list[NDArray[np.float64]] = []
        ids: list[NDArray[np.bool_]] = []
        # The usual space is told by words within strips: what parts strips may part cells.
        self._lines = np.zeros(len(strips) + 1, np.int64)
        self._are_halves, self._are_dashes = np.ones(len(strips) + 1, np.bool_), np.ones(len(strips) + 1, np.bool_)
        for content, mask in bodies:
            glyphs = content.glyphs
            line = baselines(glyphs, height)
            order = np.lexsort((glyphs.x0, line))
            order = order[mask[order]]
            strip = np.searchsorted(right, glyphs.x1[order])
            self._lines += np.bincount(np.unique(np.stack([line[order], strip]), axis=1)[1], minlength=len(right) + 1)
            is_half = np.array([glyphs.text[i] in _HALVES for i in order.tolist()], np.bool_)
            np.logical_and.at(self._are_halves, strip, is_half)
            is_dash = np.array([glyphs.text[i] in _DASHES for i in order.tolist()], np.bool_)
            np.logical_and.at(self._are_dashes, strip, is_dash)
            between.append(_between_words(glyphs, order, line, height, self._word, self._has_spaces))
            inside.append(np.diff(strip) == 0)
            over = np.flatnonzero((np.diff(line[order]) == 0) & (np.diff(strip) == 1))
            left, after = order[over], order[over + 1]
            place.append(strip[over])
            gaps.append(glyphs.x0[after] - glyphs.x1[left])
            spaces.append(glyphs.space_before[after] * (after == left + 1))
            begins.append(_begins_of_counts(glyphs, order, line, strip)[over])
            text = "".join(glyphs.text[i] for i in order.tolist())
            ids.append(np.array([_ID.match(text, k + 1) is not None for k in over.tolist()], np.bool_))
            far = np.flatnonzero((np.diff(line[order]) == 0) & (np.diff(strip) > 1))
            left, after = order[far], order[far + 1]
            is_spaced = (glyphs.space_before[after] == 1) & (after == left + 1)
            jumped.append(np.column_stack((strip[far + 1] - 1, glyphs.x0[after] - glyphs.x1[left], is_spaced)))
        self._place, self._gaps = np.concatenate(place), np.concatenate(gaps)
        self._spaces, self._begins = np.concatenate(spaces), np.concatenate(begins)
        self._jumps, self._are_ids = np.concatenate(jumped), np.concatenate(ids)
        found, within = np.concatenate(between), np.concatenate(inside)
        sure = found[within & np.isfinite(found)]
        found = sure if len(sure) >= _LEAST else found[np.isfinite(found)]
        self._usual = float(np.median(found)) if len(found) else 0.0

    def joined(self) -> list[Span]:
        """The strips, with those made one between which there are word spaces only."""
        strips = self._strips[:1]
        for k, strip in enumerate(self._strips[1:]):
            if self.are_words(k):
                strips[-1] = (strips[-1][0], strip[1])
            else:
                strips.append(strip)
        return strips

    def are_words(self, k: int) -> bool:
        """Whether all that stands on both sides of the white behind strip *k* are words of one text."""
        gaps, spaces = self._gaps[self._place == k], self._spaces[self._place == k]
        if len(gaps) < min(_LEAST, int(self._lines[k + 1])) or self._is_cut(k) or not self._are_spaces(gaps):
            return False
        if self._is_behind_counts(k) or self._is_before_ids(k):
            return False
        if (spaces == 1).all():
            return bool((gaps <= _DRAWN * self._height).all())
        return bool(not self._has_spaces and (gaps <= self._word).all())

    def are_cells(self, k: int) -> bool:
        """Whether what stands on both sides of the white behind strip *k* is of two cells in every row, however narrow
        the white is: counts set right end before it. (White of one width, no space's, may be of justified lines.)"""
        gaps, spaces = self._gaps[self._place == k], self._spaces[self._place == k]
        is_white = len(gaps) >= _LEAST and bool((gaps > _LETTER * self._height).all())
        return is_white and not (spaces > 0).any() and self._is_behind_counts(k)

    def ends_times(self, k: int) -> bool:
        """Whether there are but halves of the day and zones behind strip *k*: no column begins with them."""
        return bool(self._are_halves[k + 1] and self._lines[k + 1] >= _LEAST)

    def is_before_dash(self, k: int) -> bool:
        """Whether there is but a dash behind strip *k* and, a word's space further, text: between the two times of a
        period it ends the first one's line."""
        is_near = k + 2 < len(self._strips) and self._strips[k + 2][0] - self._strips[k + 1][1] <= self._word
        return bool(is_near and self._are_dashes[k + 1] and self._lines[k + 1] >= _LEAST)

    def is_gutter(self, k: int) -> bool:
        """Whether the white behind strip *k* parts columns."""
        gaps, spaces = self._gaps[self._place == k], self._spaces[self._place == k]
        is_wide = self._strips[k + 1][0] - self._strips[k][1] > _GUTTER * self._height
        if len(gaps) < _LEAST and self._ends_before(k):
            return True
        if len(gaps) < _LEAST or self._is_cut(k):
            # Words of one text stand on one line somewhere; cells of one line beside those of two never do.
            return is_wide or self._is_cut(k) or int(self._lines[k : k + 2].min()) >= _LEAST
        if self._is_behind_counts(k) or self._is_before_ids(k):
            return True
        if self._has_spaces:
            apart = (spaces != 1) & (gaps > _LETTER * self._height)
            if np.count_nonzero(apart) >= _MOSTLY * len(gaps):
                return True
        wide = gaps > (_DRAWN * self._height if self._has_spaces else self._word)
        return is_wide or bool(np.count_nonzero(wide) >= max(_LEAST, _SOME * len(gaps)))

    def _ends_before(self, k: int) -> bool:
        """Whether texts that end before the white behind strip *k*, in whichever strip, do so without a space: letters
        of texts that many rows print make strips of their own, and few reach the last one."""
        near = np.column_stack((self._gaps, self._spaces))[self._place == k]
        gaps, spaces = np.concatenate((near, self._jumps[self._jumps[:, 0] == k, 1:])).T
        wide = _LETTER * self._height if self._has_spaces else self._word
        apart = (spaces != 1) & (gaps > wide)
        return bool(np.count_nonzero(apart) >= max(_LEAST, _MOSTLY * len(gaps)))

    def _is_before_ids(self, k: int) -> bool:
        """Whether ids begin behind the white, in nearly every row."""
        mine = self._are_ids[self._place == k]
        return bool(len(mine) and np.count_nonzero(mine) >= _MOSTLY * len(mine))

    def _is_behind_counts(self, k: int) -> bool:
        """Whether all that ends before the white are numbers set right: no words of one text stand so."""
        begins = self._begins[self._place == k]
        counts, others = begins[np.isfinite(begins)], np.count_nonzero(np.isnan(begins))
        is_most = len(counts) >= max(_LEAST, _MOSTLY * (len(counts) + others))
        return is_most and float(np.ptp(counts)) > _DIGIT * self._height

    def _are_spaces(self, gaps: Floats) -> bool:
        """Whether there are *gaps*, most of them as wide as their median, and that as wide as spaces between words."""
        usual = float(np.median(gaps)) if len(gaps) else np.inf
        is_one_width = np.count_nonzero(np.abs(gaps - usual) <= SAME_SPACE * usual) >= _MOSTLY * len(gaps)
        return bool(is_one_width and abs(usual - self._usual) <= _SPACE * self._usual)

    def _is_cut(self, k: int) -> bool:
        return bool((np.abs(self._cuts - self._strips[k][1]) <= _RIM).any())


def typed_space(bodies: list[Body]) -> float:
    """Points of white that a space leaves between words where all glyphs are of one width and stand at one distance, as
    those of typewriters: a glyph's width, and the white that is before and behind every glyph; 0 of other type."""
    widths = np.concatenate([(c.glyphs.x1 - c.glyphs.x0)[mask] for c, mask in bodies])
    if len(widths) < _LEAST or np.ptp(np.quantile(widths, _ALIKE)) > _PITCH * float(np.median(widths)):
        return 0.0
    steps = np.concatenate([np.diff(c.glyphs.x0)[mask[1:] & mask[:-1]] for c, mask in bodies])
    width, pitch = float(np.median(widths)), float(np.median(steps)) if len(steps) else 0.0
    return (1 + _PITCH) * (2 * pitch - width)


def _between_words(
    glyphs: Glyphs, order: NDArray[np.int64], line: NDArray[np.int64], height: float, word: float, has_spaces: bool
) -> Floats:
    """Behind every glyph, in *order*, but the last one the white between words of one line: where a space is drawn, or
    as wide as one where none are; elsewhere NaN."""
    left, after = order[:-1], order[1:]
    gap = glyphs.x0[after] - glyphs.x1[left]
    is_space = (np.diff(line[order]) == 0) & (gap > _LETTER * height)
    is_space &= gap <= (_DRAWN * height if has_spaces else word)
    if has_spaces:
        is_space &= glyphs.space_before[after] == 1
    return np.where(is_space, gap, np.nan)


def _begins_of_counts(
    glyphs: Glyphs, order: NDArray[np.int64], line: NDArray[np.int64], strip: NDArray[np.int64]
) -> Floats:
    """Of every glyph, in *order*, where the text of its strip and line begins, if all of it so far are digits; infinite
    if it is a mask; else NaN. *line* is by glyph, *strip* in order."""
    texts = [glyphs.text[i] for i in order.tolist()]
    fresh = np.ones(len(order), np.bool_)
    fresh[1:] = (np.diff(line[order]) != 0) | (np.diff(strip) != 0)
    first = np.maximum.accumulate(np.where(fresh, np.arange(len(order)), 0))
    begins = np.full(len(order), np.nan)
    for kind, value in ((_MASKS, np.inf), (_DIGITS, glyphs.x0[order[first]])):
        is_other = np.array([text not in kind for text in texts], np.bool_)
        others = np.cumsum(is_other)
        begins = np.where(others - others[first] + is_other[first] == 0, value, begins)
    return begins
