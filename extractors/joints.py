"""Where the texts of two cells touch: a count set right, and the text of the next cell, set left, without any white.

The white between columns says nothing there. What tells is how the page is drawn (programs draw every cell by itself,
so one text begins where another ends) or, where every glyph is drawn by itself, where texts stand: those of two cells
meet at one place row for row, while they begin and end elsewhere in every row; no text of one cell does.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from extractors.glyphs import Floats
from extractors.touching import Bodies, find_met
from extractors.values import COUNT, MONTH, TIME, is_type

SAME_PLACE = 0.3
"""Points to which the places where texts meet agree in a column."""
_NEAR, _BELOW = 1.5, 0.75
"""Points to where texts meet from the edge that parts them, and from where the label above them begins."""
_SPACED = 0.6
"""Of a typewriter's space: how far from the edge the text behind it begins where the edge is in the middle of it."""
_LEAST, _LEAST_BARE = 4, 8
"""Different texts that must end at one place: where the drawing or what they read parts them, and where only their
places do."""
_ONE_WIDTH = 0.02
"""Of the usual width, by which those of a typewriter's glyphs differ at most; and the share of those that may."""
_ACROSS = 0.02
"""Of these lines: how many glyphs may stand across the place."""
_MASKED = "*\u2588"
"""What masks begin with."""
_FLUSH = 0.95
"""Share of the lines that begin, or end, at one place from which on they are one text, set left or right."""


class Meetings:
    """Where texts touch on sample pages; *labels* are the places (x) where those of columns begin."""

    def __init__(self, bodies: Bodies, labels: Sequence[float] = ()) -> None:
        self._bodies = bodies
        self._met = find_met(bodies)
        self._labels = labels

    def edges(self) -> Floats:
        """The places (x, ascending) where cells meet: by the drawing, or near where a label begins."""
        drawn = np.sort(self._met.begin[self._met.joint])
        groups = np.split(drawn, np.flatnonzero(np.diff(drawn) > SAME_PLACE) + 1) if len(drawn) else []
        places = [float(np.median(group)) for group in groups if len(group) >= _LEAST]
        found = [place for x in (*places, *self._labels) if (place := self.place(x, _BELOW)) is not None]
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
        halves = mine.halves(self._bodies)
        drawn = int(np.count_nonzero(mine.joint))
        is_told = _reads(halves) or (drawn >= _LEAST and drawn >= 0.9 * len(mine.joint))
        is_headed = any(abs(begin - left) <= _BELOW for left in self._labels) and _are_counts(halves)
        if not (is_headed and len(mine.joint) >= _LEAST_BARE):
            if not is_told and (_is_flush(mine.first) or _is_flush(mine.last)):
                return None
            # One and the same text has its letters at the same places in every row.
            if len({text for text, _ in halves}) < (_LEAST if is_told else _LEAST_BARE):
                return None
        return (end, begin) if self._across(end, begin) <= _ACROSS * len(mine.joint) else None

    def _across(self, end: float, begin: float) -> int:
        """How many glyphs stand across the place."""
        low, high = min(end, begin) - SAME_PLACE, max(end, begin) + SAME_PLACE
        return sum(int(np.count_nonzero(m & (c.glyphs.x0 < low) & (c.glyphs.x1 > high))) for c, m in self._bodies)


def _usual(values: Floats) -> float:
    """The value that most others are near to."""
    ordered = np.sort(values)
    count = np.searchsorted(ordered, ordered + SAME_PLACE, "right") - np.searchsorted(ordered, ordered - SAME_PLACE)
    return float(ordered[int(np.argmax(count))])


def _is_flush(values: Floats) -> bool:
    """Whether most of the values are one."""
    return bool(np.count_nonzero(np.abs(values - _usual(values)) <= SAME_PLACE) > _FLUSH * len(values))


def _reads(halves: set[tuple[str, str]]) -> bool:
    """Whether every word is a count and, behind it, a date, which no value is; not all counts of one length. One or two
    figures before the name of a month are a day of it."""
    lengths = {len(left) for left, _ in halves}
    if len(lengths) < 2 or not all(is_type(COUNT, left) for left, _ in halves):
        return False
    if max(lengths) > 2 and all(MONTH.match(right) for _, right in halves):
        return True
    return all(is_type(TIME, right.rstrip(",")) for _, right in halves)


def _are_counts(halves: set[tuple[str, str]]) -> bool:
    """Whether every word is a count and, behind it, letters or a mask's: below a label that begins with these they are
    two cells, however few counts there are."""
    return all(is_type(COUNT, left) and (right[:1].isalpha() or right[:1] in _MASKED) for left, right in halves)
