"""Rules of dashes below headings, one run for each column, as database programs type them: the runs are as wide as the
columns, so the white between them is where these part, though values leave no more than a space there. Where the runs
are as wide as the headings only, they are underlines and say nothing.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats, Glyphs, PageContent, Rulings
from extractors.lines import glyph_height
from extractors.slanted import pick

_SIGNS = "-="
_RUN = 5
"""Dashes of the longest runs at least, by which a page is looked at."""
_SHORTEST = 2
"""Dashes of any run at least."""
_LEAST = 3
"""Runs of a line."""
_APART = 0.2
"""Dashes that would fit into what the white between two runs has more than that within them, at least: a run may be
drawn as many dashes as fit into its column."""
_WHITE = 2.5
"""Dashes that would fit between two runs, at most: wider white tells of headings underlined, not of columns."""
_MARGIN = 1.0
"""Points between a ruling and the run on its right."""
_HEADS = 3
"""Lines of headings above."""
_NEAR = 0.9
"""Of the glyph height: white between these lines at most."""


def with_dash_rules(content: PageContent, line: NDArray[np.int64]) -> PageContent:
    """The page without such lines, with upright rulings through the white between their runs, from the headings down to
    the next such line; *line*: the number of each glyph's line. The page itself where it has none."""
    glyphs = content.glyphs
    ruled = _ruled_lines(glyphs, line)
    if not ruled:
        return content
    height = glyph_height(glyphs)
    tops = [_top(glyphs, line, number, places, height) for number, places in ruled]
    ends = [*tops[1:], float(glyphs.bottom.max()) + height]
    drawn = [
        (top, end - 0.1, x) for (_, places), top, end in zip(ruled, tops, ends, strict=True) for x in places.tolist()
    ]
    upright = np.concatenate((content.rulings.vertical, np.array(drawn).reshape(-1, 3)))
    is_rule = np.isin(line, [number for number, _ in ruled])
    return replace(
        content,
        glyphs=pick(glyphs, ~is_rule),
        covered=None if content.covered is None else content.covered[~is_rule],
        rulings=Rulings(content.rulings.horizontal, upright),
        typed_rules=pick(glyphs, is_rule),
    )


def may_have_dash_rules(text: str) -> bool:
    """A cheap necessary condition on the text of a page."""
    return any(sign * _RUN in text for sign in _SIGNS)


def _ruled_lines(glyphs: Glyphs, line: NDArray[np.int64]) -> list[tuple[int, Floats]]:
    """The lines of such runs, downwards, each with the places of the rulings: none where they are underlines."""
    is_dash = np.array([char in _SIGNS for char in glyphs.text])
    lines = np.flatnonzero(np.bincount(line, weights=~is_dash) == 0)
    found = []
    for number in lines.tolist():
        own = np.flatnonzero(line == number)
        own = own[np.argsort(glyphs.x0[own])]
        width = float(np.median(glyphs.x1[own] - glyphs.x0[own]))
        step = float(np.median(np.diff(glyphs.x0[own]))) if len(own) > 1 else width
        gap = glyphs.x0[own[1:]] - glyphs.x1[own[:-1]]
        apart = np.flatnonzero(gap - np.median(gap) > _APART * step) if len(gap) else np.empty(0, np.int64)
        length = np.diff(np.concatenate(([-1], apart, [len(own) - 1])))
        if len(length) < _LEAST or length.max() < _RUN or length.min() < _SHORTEST:
            continue
        if (gap[apart] > _WHITE * step).any():
            found.append((number, np.empty(0)))
            continue
        before = glyphs.x0[own[apart + 1]] - np.minimum(_MARGIN, gap[apart] / 2)
        right = max(float(glyphs.x1[own[-1]]), float(glyphs.x1.max())) + step
        found.append((number, np.array([glyphs.x0[own[0]] - step / 2, *before, right])))
    return found


def _top(glyphs: Glyphs, line: NDArray[np.int64], rule: int, places: Floats, height: float) -> float:
    """Where the headings above the line *rule* begin: the lines close above that stand across none of the *places*."""
    top = float(glyphs.top[line == rule].min())
    for number, _ in pairwise(range(rule - 1, max(-2, rule - 2 - _HEADS), -1)):
        own = line == number
        x0, x1 = glyphs.x0[own], glyphs.x1[own]
        is_across = ((x0[:, None] < places) & (x1[:, None] > places)).any()
        if is_across or top - float(glyphs.bottom[own].max()) > _NEAR * height:
            break
        top = float(glyphs.top[own].min())
    return top
