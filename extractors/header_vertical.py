"""Labels that are printed sideways above narrow columns: text at a right angle to the page's own, in the blank band
around the header and above text that stands in its column."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import Glyphs, PageContent
from extractors.labels import Label
from extractors.lines import WORD_GAP
from records.places import BBox

_NEXT = 0.8
"""Of the size of the letters: lines of one label stand no further apart."""
_SHORTEST = 1.5
"""Times its width that a line set sideways is high at least; a diagonal mark is about as wide as it is high."""


def sideways_labels(page: PageContent, labels: list[Label], height: float) -> list[Label]:
    """The labels set sideways beside *labels*, which are those of a header that is read as usual on *page*; left to
    right."""
    glyphs = page.slanted
    if glyphs is None or not len(glyphs):
        return []
    top, bottom = _band(page.glyphs, labels)
    found: list[Label] = []
    for index, upwards in _columns(glyphs, height):
        box = BBox(
            float(glyphs.x0[index].min()), float(glyphs.top[index].min()),
            float(glyphs.x1[index].max()), float(glyphs.bottom[index].max()),
        )  # fmt: skip
        is_inside = top - 1.0 < box.top and box.bottom < bottom + 1.0
        if (
            is_inside
            and not any(_overlap(box, label.box) for label in labels)
            and _has_text_below(page.glyphs, box, height)
        ):
            found.append(Label(_text(glyphs, index, upwards), box))
    return sorted(found, key=lambda label: label.box.x0)


def _band(glyphs: Glyphs, labels: list[Label]) -> tuple[float, float]:
    """From the text above the header's *labels* to the text below them."""
    top, bottom = min(label.box.top for label in labels), max(label.box.bottom for label in labels)
    above, below = glyphs.bottom[glyphs.bottom <= top], glyphs.top[glyphs.top >= bottom]
    return float(above.max(initial=0.0)), float(below.min(initial=np.inf))


def _overlap(box: BBox, other: BBox) -> bool:
    return box.x0 < other.x1 and other.x0 < box.x1


def _has_text_below(glyphs: Glyphs, box: BBox, height: float) -> bool:
    middle = (glyphs.x0 + glyphs.x1) / 2
    below = (glyphs.top > box.bottom - 0.2 * height) & (np.abs(middle - (box.x0 + box.x1) / 2) < box.x1 - box.x0)
    return bool(below.any())


def _columns(glyphs: Glyphs, height: float) -> list[tuple[NDArray[np.int64], bool]]:
    """The glyphs (indices) of each label, and whether it reads upwards: lines that stand side by side, close together,
    and are drawn one after the other."""
    x, y = (glyphs.x0 + glyphs.x1) / 2, (glyphs.top + glyphs.bottom) / 2
    breaks = np.flatnonzero((np.abs(np.diff(x)) > 0.3 * height) | (np.abs(np.diff(y)) > 3.0 * height)) + 1
    found: list[tuple[NDArray[np.int64], bool]] = []
    for line in np.split(np.arange(len(glyphs)), breaks):
        tall = glyphs.bottom[line].max() - glyphs.top[line].min()
        wide = glyphs.x1[line].max() - glyphs.x0[line].min()
        upwards = bool(y[line[0]] > y[line[-1]])
        if len(line) > 1 and tall < _SHORTEST * wide:
            continue
        last = found[-1] if found else None
        if last is not None and last[1] == upwards and _is_next_line(glyphs, last[0], line, upwards, height):
            found[-1] = (np.concatenate((last[0], line)), upwards)
        else:
            found.append((line, upwards))
    return found


def _is_next_line(
    glyphs: Glyphs, before: NDArray[np.int64], line: NDArray[np.int64], upwards: bool, height: float
) -> bool:
    """Whether *line* follows *before*: to the right of it where text reads upwards, else to the left."""
    if upwards:
        gap = glyphs.x0[line].min() - glyphs.x1[before].max()
    else:
        gap = glyphs.x0[before].min() - glyphs.x1[line].max()
    beside = (
        glyphs.top[line].min() < glyphs.bottom[before].max() and glyphs.top[before].min() < glyphs.bottom[line].max()
    )
    return bool(beside and -0.5 * height < gap < _NEXT * height)


def _text(glyphs: Glyphs, index: NDArray[np.int64], upwards: bool) -> str:
    """The glyphs as drawn, with a space where one is drawn, where white is left and where a new line begins."""
    said = ""
    for i, k in zip([-1, *index.tolist()], index.tolist(), strict=False):
        if i >= 0:
            gap = glyphs.top[i] - glyphs.bottom[k] if upwards else glyphs.top[k] - glyphs.bottom[i]
            is_apart = gap > WORD_GAP * (glyphs.x1[k] - glyphs.x0[k]) or abs(glyphs.x0[k] - glyphs.x0[i]) > 3.0
            said += " " if glyphs.space_before[k] or is_apart else ""
        said += glyphs.text[k]
    return said
