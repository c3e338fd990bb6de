"""Columns without a heading: text that stands, row for row, beside that of a labelled column, parted from it by white
that nothing crosses. Agencies clear a heading, or leave a helper column of a spreadsheet without one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Glyphs, PageContent
from extractors.strips import Span

_WORD = 0.3
"""Of the glyph height: white in which no space is drawn, though the page draws spaces, is wider between columns."""
_WIDE = 1.0
"""The same where the table draws no spaces."""
_LEAST, _SHARE = 4, 0.2
"""Lines that must hold text of both columns, and their share of those of the column with fewer: cells wrap to other
heights, and a column may be mostly blank."""
_OF_DATES, _OF_TIMES = frozenset("0123456789/-.,:APMUTC"), frozenset("0123456789:.APMUTCZ")
"""Characters of dates, with what a line may hold of a time, and of times of day."""


def parted_strips(
    strips: list[Span],
    label: Span,
    bodies: list[tuple[PageContent, NDArray[np.bool_]]],
    height: float,
    has_spaces: bool,
    cells: frozenset[float],
) -> list[list[Span]]:
    """The *strips* of text given to one *label*, left to right, in groups that are columns of their own. Within one
    column no line has text on both sides of its white, but for words with a space between them. *has_spaces*: whether
    those are drawn; *cells*: where strips end behind which another cell stands in every row."""
    groups: list[list[Span]] = []
    for strip in strips:
        if groups and not _are_two(groups[-1][-1], strip, bodies, height, has_spaces, cells):
            groups[-1].append(strip)
        else:
            groups.append([strip])
    under = [any(overlap(strip, label) for strip in group) for group in groups]
    if sum(under) > 1:  # one label over both: a column whose rows are written in two parts
        return [strips]
    return groups


def overlap(strip: Span, label: Span) -> bool:
    """Whether the one stands above a part of the other."""
    return strip[0] < label[1] and label[0] < strip[1]


def _are_two(
    left: Span,
    right: Span,
    bodies: list[tuple[PageContent, NDArray[np.bool_]]],
    height: float,
    has_spaces: bool,
    cells: frozenset[float],
) -> bool:
    gap = right[0] - left[1]
    both = spaced = on_left = on_right = 0
    printed = ("", "")
    for content, mask in bodies:
        glyphs = content.glyphs
        middle = (glyphs.top + glyphs.bottom) / 2
        is_left = mask & (glyphs.x0 >= left[0] - 0.5) & (glyphs.x1 <= left[1] + 0.5)
        is_right = mask & (glyphs.x0 >= right[0] - 0.5) & (glyphs.x1 <= right[1] + 0.5)
        a, b = _levels(middle[is_left], height), _levels(middle[is_right], height)
        near = np.abs(a[:, None] - b[None, :]) <= 0.35 * height
        both += int(np.count_nonzero(near.any(axis=1)))
        on_left, on_right = on_left + len(a), on_right + len(b)
        printed = (printed[0] + _letters(glyphs, is_left), printed[1] + _letters(glyphs, is_right))
        spaced += int(np.count_nonzero(is_right[1:] & is_left[:-1] & (glyphs.space_before[1:] > 0)))
    if both < _LEAST or both < _SHARE * min(on_left, on_right) or spaced > 0.1 * both or _is_moment(*printed):
        return False
    return left[1] in cells or gap >= (_WORD if has_spaces else _WIDE) * height


def _letters(glyphs: Glyphs, chosen: NDArray[np.bool_]) -> str:
    return "".join(glyphs.text[i] for i in np.flatnonzero(chosen).tolist())


def _is_moment(left: str, right: str) -> bool:
    """Whether there are but dates on the left and times of day on the right, set apart by justified lines."""
    return _OF_DATES.issuperset(left) and _OF_TIMES.issuperset(right) and bool({":", "M"} & set(right))


def _levels(middle: NDArray[np.float64], height: float) -> NDArray[np.float64]:
    """The heights of the lines that glyphs with these middles make, ascending."""
    ordered = np.sort(middle)
    return ordered[np.concatenate(([True], np.diff(ordered) > 0.35 * height))] if len(ordered) else ordered
