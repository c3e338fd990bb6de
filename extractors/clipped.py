"""Tables that are wider than their page: text that the edge of the page cuts, and where programs that print it stop.

A viewer shows glyphs up to the edge of the page; a browser does not even write those that begin beyond its right
margin. Then the last glyph of every long line in the last column stands over one and the same place, whatever it says.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Floats
from extractors.lines import Lines
from extractors.model import TableModel

GLYPH = 0.8
"""Of the glyph height: the width of a wide glyph."""
_TEXTS = 4
"""Different texts that must stop at one place."""
_SHARE = 0.25
"""Of all texts of the column on one line: how many must stop there. Of texts that end where they like, and of those
that were wrapped, few end within a glyph's width of the longest."""
_FLUSH, _DIGIT = 0.05, 0.3
"""Of the glyph height: how far apart texts end that are set right, and by how much the width of a digit at least makes
them begin apart."""
_CROSSED = 0.02
"""Of the glyph height: text reaching this far over an edge crosses it."""
_SPACE = 0.35
"""Of the glyph height. Where text is cut at an edge, one that ends closer to it may have been cut before a space."""


def clip_edge(
    ends: dict[str, tuple[float, float]], left: float, width: float, height: float, upright: Floats | None = None
) -> float | None:
    """The place from which on the last column's text was not printed any more; None where there is none such.

    *ends* are where each text of one line begins and ends, *left* where the table's text begins, *width* the page's,
    *height* that of glyphs, *upright* (top, bottom, x) its vertical rules; in points. A table within its page keeps, on
    the right, about the margin that it has on the left, or is closed by a rule there.
    """
    if len(ends) < _TEXTS:
        return None
    x0, x1 = np.array(list(ends.values())).T
    last = float(x1.max())
    within = max(width - height, min(width, last + height))  # further out are frames of pages
    if upright is not None and ((upright[:, 2] >= last) & (upright[:, 2] < within)).any():
        return None
    stops = x1 > last - GLYPH * height
    is_flush = np.ptp(x1) < _FLUSH * height
    if stops.all() and np.ptp(x0) > (_DIGIT if is_flush else GLYPH) * height:  # set right
        return None
    before = (x1 > last - 2 * GLYPH * height) & ~stops
    if np.count_nonzero(stops) < max(_TEXTS, _SHARE * len(x1)) or before.any() or last < width - left:
        return None
    return float(x1[stops].min())


def cut_lines(lines: Lines, width: float, model: TableModel) -> NDArray[np.bool_]:
    """Which lines the page's edge may have cut, on a page *width* points wide."""
    clip, height = model.clip, model.height
    over = lines.x1 > width + _CROSSED * height
    cut: NDArray[np.bool_] = over | (lines.x0 < -_CROSSED * height)
    if over.any():
        cut |= lines.x1 > width - _SPACE * height
    if clip is not None:
        cut |= lines.x1 > clip - _CROSSED * height
    return cut & ~lines.covered


def is_at_edge(x0: float, x1: float, width: float, model: TableModel) -> bool:
    """Whether a doubtful cell between *x0* and *x1* is so because of the page's edge."""
    return x0 < 0 or x1 > min(width, np.inf if model.clip is None else model.clip) - _SPACE * model.height


def off_page(x0: Floats, x1: Floats, top: Floats, bottom: Floats, width: float, height: float) -> NDArray[np.bool_]:
    """Which glyphs stand beside the page, on the left or the right: nobody sees them."""
    if not len(x0) or (x0.min() >= 0 and x1.max() <= width):
        return np.zeros(len(x0), np.bool_)
    across, down = (x0 + x1) / 2, (top + bottom) / 2
    beside: NDArray[np.bool_] = ((across < 0) | (across > width)) & (down >= 0) & (down <= height)
    return beside
