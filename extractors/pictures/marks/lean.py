"""A page that still leans: far from its label a mark may stand on the row of another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from extractors.pictures.marks.draft import Draft
from extractors.pictures.read_page import TextLine, Word

_BELOW = frozenset("gjpqyQ,;()[]{}|/$&@")
"""Letters and signs that reach below the line, or may."""
_FEWEST = 4
"""Lines that tell how far a page leans."""
_LONG = 4.0
"""Heights between two words from which their feet tell how a line leans."""
_MOST = 0.3
"""Of the way to the nearest other row: what a page may lean between a label and its mark."""


def doubt_leaning(drafts: list[Draft], lines: Sequence[TextLine]) -> None:
    """Give up the marks that a line along the page's own text would find nearer to another label's row than may be."""
    slope = slope_of(lines)
    labelled = [d for d in drafts if d.box is not None and d.runs]
    for draft in labelled:
        assert draft.box is not None
        label = draft.runs[0]
        away = abs((draft.box[0] + draft.box[2]) / 2 - (label.box[0] + label.box[2]) / 2)
        rows = [abs(d.runs[0].middle - label.middle) for d in labelled]
        step = min((gap for gap in rows if gap > 0.5 * label.height), default=float("inf"))
        if abs(slope) * away > _MOST * step:
            draft.give_up("the page leans so far that it may stand on the row of another label")


def slope_of(lines: Sequence[TextLine]) -> float:
    """Pixels down for each to the right by which the lines of text go: the median over the long ones, 0 with few.

    Feet are told to a pixel, so a line counts by the square of how far apart its words stand.
    """
    found = sorted(told for line in lines if (told := _slope(line)) is not None)
    if len(found) < _FEWEST:
        return 0.0
    weights = np.cumsum([across * across for _, across in found])
    return found[int(np.searchsorted(weights, weights[-1] / 2))][0]


def _slope(line: TextLine) -> tuple[float, float] | None:
    """From the foot of the first word that ends on the line to that of the last, and how far that is; None where they
    are too near."""
    standing = [word for word in line.words if not _BELOW & set(word.text)]
    if len(standing) < 2:
        return None
    first, last = standing[0], standing[-1]
    across = _middle(last) - _middle(first)
    if across < _LONG * (first.box[3] - first.box[1]):
        return None
    return (last.box[3] - first.box[3]) / across, across


def _middle(word: Word) -> float:
    return (word.box[0] + word.box[2]) / 2
