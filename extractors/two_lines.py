"""Records of two lines under a header of two lines: each line has columns of its own. The lower lines, and the lower
line of the header, are moved to the right by the width of the page, so that a record is one row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import PageContent
from extractors.header import labels_within
from extractors.labels import Label
from extractors.lines import glyph_height
from extractors.page_text import PageWord, page_lines
from extractors.stacked import part_of
from extractors.values import FIELD_TYPES, VALUE_TYPES

_NEAR = 3.0
"""Of the glyph height: how far around a header its other line is looked for."""
_LEAST = 5
"""Records that a page must show."""
_MOST = 0.8
"""Share of the records with a second line."""
_UPPER = 3
"""Labels of the upper line at least."""
_PLACE = 2.0
_STARTERS = frozenset({"uuid", "time", "count"})


@dataclass(frozen=True, slots=True)
class TwoLines:
    """How records of two lines are printed: the texts of the header's lines; the type of the values that start records,
    and from where to where their column goes; where the second column begins."""

    upper: str
    lower: str
    starts: str
    left: float
    right: float
    second: float


def find_two_lines(page: PageContent, top: float, bottom: float) -> TwoLines | None:
    """How the records of the page are printed, if the header around the heights *top* and *bottom* has two lines, each
    of labels of its own, all known, and the records below have a line for either; else None."""
    height = glyph_height(page.glyphs)
    near = part_of(page, top - _NEAR * height, bottom + _NEAR * height)
    for upper, lower in pairwise(page_lines(near)):
        labels = _labels(near, upper), _labels(near, lower)
        fields = [[label.field for label in line] for line in labels]
        both = fields[0] + fields[1]
        if len(fields[0]) < _UPPER or not fields[1] or None in both or len(set(both)) < len(both):
            continue
        found = _told(labels[0], upper, lower)
        if found is not None and _are_two(page, found, upper):
            return found
    return None


def _labels(page: PageContent, line: list[PageWord]) -> tuple[Label, ...]:
    return labels_within(page, min(w.top for w in line) - 0.1, max(w.bottom for w in line) + 0.1)


def line_text(line: list[PageWord]) -> str:
    """The words of a line, parted by single spaces."""
    return " ".join(word.text for word in line)


def _told(labels: tuple[Label, ...], upper: list[PageWord], lower: list[PageWord]) -> TwoLines | None:
    """Records that begin in the first column whose values can start rows; None without one."""
    ends = [*(label.box.x0 - _PLACE for label in labels[1:]), np.inf]
    for label, end in zip(labels, ends, strict=True):
        kind = FIELD_TYPES.get(label.field or "")
        if kind is not None and kind.name in _STARTERS:
            left = label.box.x0 - _PLACE
            return TwoLines(line_text(upper), line_text(lower), kind.name, left, float(end), float(ends[0]))
    return None


def _are_two(page: PageContent, told: TwoLines, upper: list[PageWord]) -> bool:
    """Whether most records below the *upper* header line have a line that begins in its first column again."""
    below = [line for line in page_lines(page) if line[0].top > upper[0].bottom]
    found = list(records(below, told, page.rulings.horizontal))
    return len(found) >= _LEAST and sum(lower is not None for _, lower, _ in found) >= _MOST * len(found)


def records(
    lines: list[list[PageWord]], told: TwoLines, rules: NDArray[np.float64]
) -> Iterator[tuple[int, int | None, int]]:
    """Of every record its first line, the first line of its lower half, and the line after its last one."""
    kind = VALUE_TYPES[told.starts]
    starts = [k for k, line in enumerate(lines) if kind.start.match(_anchor(line, told))]
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        yield start, _lower(lines, start, end, told, rules), end


def _anchor(line: list[PageWord], told: TwoLines) -> str:
    """What the line prints in the column of the values that start records."""
    return " ".join(word.text for word in line if told.left <= word.x0 < told.right)


def _lower(lines: list[list[PageWord]], start: int, end: int, told: TwoLines, rules: NDArray[np.float64]) -> int | None:
    """The line with which the lower half of the record *start* to *end* begins: below a rule, else the first that
    begins in the first column when the value that starts the record is whole."""
    so_far = "".join(_anchor(lines[start], told).split())
    for k in range(start + 1, end):
        above, line = lines[k - 1], lines[k]
        y0, y1 = max(w.bottom for w in above) - 1.0, min(w.top for w in line) + 1.0
        between = (rules[:, 2] > y0) & (rules[:, 2] < y1)
        if (between & (rules[:, 0] <= line[0].x0) & (rules[:, 1] >= line[0].x1)).any():
            return k
        if line[0].x0 < told.second:
            if VALUE_TYPES[told.starts].whole.match(so_far) is not None:
                return k
            so_far += "".join(_anchor(line, told).split())
    return None
