"""Where the texts of two cells touch: a count set right, and the text of the next cell, set left, without any white.

The white between columns says nothing there. What tells is how the page is drawn (programs draw every cell by itself,
so one text begins where another ends) or, where every glyph is drawn by itself, where texts stand: those of two cells
meet at one place row for row, while they begin and end elsewhere in every row; no text of one cell does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats, Glyphs, PageContent
from extractors.pdfium_calls import address, text_object

Bools = NDArray[np.bool_]
Bodies = Sequence[tuple[PageContent, Bools]]
"""Pages, each with a mask of the glyphs that are table body."""

_TOUCH = 0.14
"""Of the glyph height: the widest white, or overlap, between glyphs that touch."""
SAME_PLACE = 0.3
"""Points to which the places where texts meet agree in a column."""
_NEAR, _BELOW = 1.5, 0.75
"""Points to where texts meet from the edge that parts them, and from where the label above them begins."""
_SPACED = 0.6
"""Of a typewriter's space: how far from the edge the text behind it begins where the edge is in the middle of it."""
_LEAST, _LEAST_BARE = 4, 8
"""Different texts that must end at one place: where the drawing parts them, and where only their places do."""
_ONE_WIDTH = 0.02
"""Of the usual width, by which those of a typewriter's glyphs differ at most; and the share of those that may."""
_ACROSS = 0.02
"""Of these lines: how many glyphs may stand across the place."""
_FLUSH = 0.95
"""Share of the lines that begin, or end, at one place from which on they are one text, set left or right."""
_IN_PIECES = 0.3
"""Share of the glyphs that touch and yet are of two texts from which on words themselves are drawn in pieces."""


def mark_joints(text_page: Any, glyphs: Glyphs, index: NDArray[np.int64]) -> Glyphs:
    """The glyphs, told which begin a text right where that of the one before ends; none where words are drawn in
    pieces. *index* holds each glyph's number among pdfium's characters."""
    if len(glyphs) < 2:
        return glyphs
    text = text_object(index, address(text_page))
    same = text[1:] == text[:-1]
    is_long = np.concatenate((same, [False])) | np.concatenate(([False], same))
    touching = _touching(glyphs)
    joint = touching & ~same & (is_long[1:] | is_long[:-1])  # letters drawn one by one part no words
    if np.count_nonzero(joint) > _IN_PIECES * np.count_nonzero(touching):
        joint[:] = False
    joint = np.concatenate(([False], joint))
    return replace(glyphs, joint=joint)


def _touching(glyphs: Glyphs) -> Bools:
    """Which glyphs, but the first, touch the one before."""
    height = glyphs.bottom[1:] - glyphs.top[1:]
    near = np.abs(glyphs.x0[1:] - glyphs.x1[:-1]) <= _TOUCH * height
    return np.asarray(near & (glyphs.space_before[1:] == 0) & (np.abs(np.diff(glyphs.bottom)) < 0.5 * height))


@dataclass(frozen=True, slots=True)
class _Met:
    """Where glyphs touch in the table body: the end of the left one, the begin of the right one, whether two texts meet
    there, where the words that both are in begin and end, and that word's first glyph and the right one (their numbers,
    and that of the page). All arrays have one length."""

    end: Floats
    begin: Floats
    joint: Bools
    first: Floats
    last: Floats
    word: NDArray[np.int64]
    glyph: NDArray[np.int64]
    page: NDArray[np.int64]

    def at(self, chosen: Bools) -> _Met:
        return _Met(*(getattr(self, name)[chosen] for name in _COLUMNS))


_COLUMNS = [column.name for column in fields(_Met)]


class Meetings:
    """Where texts touch on sample pages."""

    def __init__(self, bodies: Bodies) -> None:
        self._bodies = bodies
        met = [_met(content.glyphs, mask, number) for number, (content, mask) in enumerate(bodies)]
        self._met = _Met(*(np.concatenate([getattr(m, name) for m in met]) for name in _COLUMNS))

    def edges(self, labels: Sequence[float]) -> Floats:
        """The places (x, ascending) where cells meet: by the drawing, or near where one of the *labels* begins."""
        drawn = np.sort(self._met.begin[self._met.joint])
        groups = np.split(drawn, np.flatnonzero(np.diff(drawn) > SAME_PLACE) + 1) if len(drawn) else []
        places = [float(np.median(group)) for group in groups if len(group) >= _LEAST]
        found = [place for x in (*places, *labels) if (place := self.place(x, _BELOW)) is not None]
        return np.unique(np.round([begin for _, begin in found], 1))

    def goes_on(self, x: float) -> bool:
        """Whether a word goes on over *x*, between two of its letters."""
        is_inside = (np.abs(self._met.begin - x) <= 2 * SAME_PLACE).any()
        return bool(is_inside) and self.place(x, _BELOW) is None

    def at(self, edge: float) -> tuple[float | None, float] | None:
        """Where the texts of the columns beside the *edge* end and begin in rows in which they touch, or, on pages of a
        typewriter's font, in which but a space is between them (then they end anywhere); None where they do neither."""
        return self.place(edge) or (self._spaced(edge) if self._is_typed else None)

    @cached_property
    def _is_typed(self) -> bool:
        """Whether all glyphs are of one width."""
        width = np.concatenate([(content.glyphs.x1 - content.glyphs.x0)[mask] for content, mask in self._bodies])
        usual = float(np.median(width)) if len(width) else 0.0
        return bool(np.count_nonzero(np.abs(width - usual) <= _ONE_WIDTH * usual) > (1 - _ONE_WIDTH) * len(width))

    def _spaced(self, x: float) -> tuple[None, float] | None:
        """Where, near *x*, texts begin after one drawn space, in which no glyph of any line stands."""
        begins, gaps = [], []
        for content, mask in self._bodies:
            glyphs = content.glyphs
            if len(glyphs) < 2:
                continue
            gap = glyphs.x0[1:] - glyphs.x1[:-1]
            after = mask[1:] & mask[:-1] & (glyphs.space_before[1:] == 1) & (gap > 0)
            near = np.maximum(_NEAR, _SPACED * gap)
            after &= (np.abs(glyphs.x0[1:] - x) <= near) & (gap < glyphs.bottom[1:] - glyphs.top[1:])
            begins.append(glyphs.x0[1:][after])
            gaps.append(gap[after])
        begin = np.concatenate(begins) if begins else np.empty(0)
        if len(begin) < _LEAST_BARE:
            return None
        at, white = _usual(begin), float(np.min(np.concatenate(gaps)))
        inside = sum(
            int((m & (c.glyphs.x0 < at - 0.1) & (c.glyphs.x1 > at - 0.7 * white)).sum()) for c, m in self._bodies
        )
        return None if inside else (None, at)

    def place(self, x: float, near: float = _NEAR) -> tuple[float, float] | None:
        """Where, *near* to *x*, the text of one column ends and that of the next begins, row for row; None where no two
        cells touch there."""
        mine = self._met.at(np.abs(self._met.begin - x) <= near)
        if not len(mine.begin):
            return None
        begin = _usual(mine.begin)
        mine = mine.at(np.abs(mine.begin - begin) <= SAME_PLACE)
        end = _usual(mine.end)
        mine = mine.at(np.abs(mine.end - end) <= SAME_PLACE)
        drawn = int(np.count_nonzero(mine.joint))
        is_drawn = drawn >= _LEAST and drawn >= 0.9 * len(mine.joint)
        if not is_drawn and (_is_flush(mine.first) or _is_flush(mine.last)):
            return None
        if self._different(mine) < (_LEAST if is_drawn else _LEAST_BARE):
            return None
        return (end, begin) if self._across(end, begin) <= _ACROSS * len(mine.joint) else None

    def _different(self, met: _Met) -> int:
        """How many different texts end there: one and the same has its letters at the same places in every row."""
        pages = [content.glyphs.text for content, _ in self._bodies]
        places = zip(met.page.tolist(), met.word.tolist(), met.glyph.tolist(), strict=True)
        return len({pages[page][word:glyph] for page, word, glyph in places})

    def _across(self, end: float, begin: float) -> int:
        """How many glyphs stand across the place."""
        low, high = min(end, begin) - SAME_PLACE, max(end, begin) + SAME_PLACE
        return sum(int(np.count_nonzero(m & (c.glyphs.x0 < low) & (c.glyphs.x1 > high))) for c, m in self._bodies)


def _met(glyphs: Glyphs, mask: Bools, number: int) -> _Met:
    none, nowhere = np.empty(0), np.empty(0, np.int64)
    if len(glyphs) < 2:
        return _Met(none, none, none.astype(np.bool_), none, none, nowhere, nowhere, nowhere)
    near = _touching(glyphs) & mask[1:] & mask[:-1]
    word = np.concatenate(([0], np.cumsum(~near)))
    starts = np.flatnonzero(np.concatenate(([True], ~near)))
    first, last = np.minimum.reduceat(glyphs.x0, starts)[word], np.maximum.reduceat(glyphs.x1, starts)[word]
    joint = glyphs.joint if glyphs.joint is not None else np.zeros(len(glyphs), np.bool_)
    at = np.flatnonzero(near) + 1
    page = np.full(len(at), number)
    return _Met(glyphs.x1[at - 1], glyphs.x0[at], joint[at], first[at], last[at], starts[word[at]], at, page)


def _usual(values: Floats) -> float:
    """The value that most others are near to."""
    ordered = np.sort(values)
    count = np.searchsorted(ordered, ordered + SAME_PLACE, "right") - np.searchsorted(ordered, ordered - SAME_PLACE)
    return float(ordered[int(np.argmax(count))])


def _is_flush(values: Floats) -> bool:
    """Whether most of the values are one."""
    return bool(np.count_nonzero(np.abs(values - _usual(values)) <= SAME_PLACE) > _FLUSH * len(values))
