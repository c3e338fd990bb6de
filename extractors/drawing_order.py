"""Pages that draw their texts, words or letters in no order: they are put into that of the lines, from left to right.

Words are runs of glyphs in the order of drawing, because that parts cells which all but touch; and what begins a text
is told by what was drawn before it. Where the page leaps about, the order tells nothing but which glyphs are one run.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.glyphs import PageContent

_LEAPS = 40
"""Runs of glyphs on a page of which it is asked."""
_FAR, _SHARE = 0.12, 0.5
"""Of the page's height: a leap so far up or down is none to the next line or cell; and the share of such."""
_TOUCHES = 0.15
"""Of a glyph's height: white, or overlap, between letters of one word at most."""
_SAME = 0.08
"""Of a glyph's height: how far the bottoms of one line's glyphs are apart at most, in one size of type."""


def in_lines(content: PageContent) -> PageContent:
    """The page with its runs of glyphs line by line, if it draws them in no order; else the page itself."""
    glyphs = content.glyphs
    if len(glyphs) < _LEAPS:
        return content
    height = glyphs.bottom[1:] - glyphs.top[1:]
    drop = np.abs(glyphs.bottom[1:] - glyphs.bottom[:-1])
    gap = glyphs.x0[1:] - glyphs.x1[:-1]
    is_leap = (drop > 0.5 * height) | (np.abs(gap) > np.where(glyphs.space_before[1:] > 0, 1.0, _TOUCHES) * height)
    leaps = np.count_nonzero(is_leap)
    if leaps < _LEAPS or np.count_nonzero(drop > _FAR * content.height) < _SHARE * leaps:
        return content
    run = np.concatenate(([0], np.cumsum(is_leap)))
    begin = np.concatenate(([0], np.flatnonzero(is_leap) + 1))
    bottom = glyphs.bottom[begin]
    by_bottom = np.argsort(bottom, kind="stable")
    line = np.empty(len(begin), np.int64)
    step = _SAME * float(np.median(height))
    line[by_bottom] = np.concatenate(([0], np.cumsum(np.diff(bottom[by_bottom]) > step)))
    order = np.lexsort((np.arange(len(glyphs)), glyphs.x0[begin][run], line[run]))
    spaces = glyphs.space_before.copy()
    spaces[begin] = 0  # what was drawn before the run is not what stands before it
    ordered = replace(
        glyphs,
        text="".join(glyphs.text[i] for i in order.tolist()),
        **{name: getattr(glyphs, name)[order] for name in ("x0", "top", "x1", "bottom")},
        space_before=spaces[order],
        joint=None if glyphs.joint is None else glyphs.joint[order],
    )
    covered = None if content.covered is None else content.covered[order]
    return replace(content, glyphs=ordered, covered=covered)
