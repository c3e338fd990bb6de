"""Records of two lines under a header of two lines: each line has columns of its own. The lower lines, and the lower
line of the header, are moved to the right by the width of the page, so that a record is one row.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from extractors.glyphs import PageContent
from extractors.header import labels_within
from extractors.labels import Label
from extractors.lines import glyph_height
from extractors.page_text import PageWord, line_text, page_lines
from extractors.stacked import part_of
from extractors.values import FIELD_TYPES, VALUE_TYPES

PARTS = 2
"""Page widths that an unfolded page takes."""
_NEAR = 3.0
"""Of the glyph height: how far around a header its other line is looked for."""
_LEAST = 5
"""Records that a page must show."""
_MOST = 0.8
"""Share of the records with a second line."""
_UPPER = 3
"""Labels of the upper line at least."""
_SURE = 2
"""Known labels of the lower line without which no label may be unknown."""
_WRAPPED = 4
"""Lines that the labels of the upper line may take."""
_FEW = 0.2
"""Share of the records that may print something at a place of the lower line alone in their first line."""
_LEVEL = 0.9
"""Share of the lower lines' texts that begin, or end, where a label of the lower line does."""
_RARE = 0.05
"""Share of the records of several lines of which it may be unclear where the lower half begins."""
_LAP = 0.2
"""Of the glyph height: by how much the header's two lines overlap at most."""
_PLACE = 2.0
_GAP = 0.9
"""Of the glyph height: white between the lines of a record at most, where they stand no further apart as a rule."""
_STARTERS = frozenset({"uuid", "time", "count"})


@dataclass(frozen=True, slots=True)
class TwoLines:
    """How records of two lines are printed: the texts of the header's lines (the upper one's labels may wrap); the type
    of the values that start records, and from where to where their column goes; where the second column begins; the
    places of labels of the lower line above which the upper one has none; whether no record has more lines than two;
    the white between the lines of a record at most."""

    upper: str
    lower: str
    starts: str
    left: float
    right: float
    second: float
    own: tuple[float, ...] = ()
    is_next: bool = False
    gap: float = 0.0

    @property
    def head(self) -> int:
        """How many lines the header takes."""
        return self.upper.count("\n") + 2

    @staticmethod
    def from_plan(told: dict[str, Any]) -> TwoLines:
        """What the plan stores."""
        return TwoLines(**(told | {"own": tuple(told["own"])}))


def find_two_lines(page: PageContent, top: float, bottom: float) -> TwoLines | None:
    """How the records of the page are printed, if the header around the heights *top* and *bottom* has two lines, each
    of labels of its own, all but one known, and the records below have a line for either; else None."""
    height = glyph_height(page.glyphs)
    near = part_of(page, top - _NEAR * height, bottom + _NEAR * height)
    for wrapped, lower in _splits(page_lines(near)):
        upper = [word for line in wrapped for word in line]
        labels = line_labels(near, upper), line_labels(near, lower)
        labels = _without_lone(labels[0], labels[1]), _without_lone(labels[1], labels[0])
        fields = [[label.field for label in line] for line in labels]
        both = fields[0] + fields[1]
        known = [sum(field is not None for field in line) for line in fields]
        if known[0] < _UPPER or not known[1] or len(set(both)) < len(both):
            continue  # a set holds one unknown label at most
        if None in fields[0] or (None in both and known[1] < _SURE):
            continue
        if (len(wrapped) > 1 or None in both) and _is_one_line(near, [*wrapped, lower]):
            continue
        if min(w.top for w in lower) < max(w.bottom for w in upper) - _LAP * height:
            continue  # labels of one line and of several, centred against each other
        found = _told(labels[0], wrapped, lower)
        if found is None:
            continue
        uppers = [label.box.x0 for label in labels[0]]
        own = [b.box.x0 for b in labels[1] if all(abs(b.box.x0 - x) > _PLACE for x in uppers)]
        told = _proved(page, replace(found, own=tuple(own), gap=_GAP * height), labels[1])
        if told is not None:
            return told
    return None


def _without_lone(labels: tuple[Label, ...], others: tuple[Label, ...]) -> tuple[Label, ...]:
    """The labels of one of a header's lines without those that nobody knows and above or below which the other line
    has none: columns that somebody added."""
    return tuple(
        label
        for label in labels
        if label.field or any(label.box.x0 < b.box.x1 and b.box.x0 < label.box.x1 for b in others)
    )


def line_labels(page: PageContent, line: list[PageWord]) -> tuple[Label, ...]:
    """The labels of a header's line."""
    return labels_within(page, min(w.top for w in line) - 0.1, max(w.bottom for w in line) + 0.1)


def _is_one_line(page: PageContent, lines: list[list[PageWord]]) -> bool:
    """Whether the *lines*, or those from one of them on, are labels that wrap, all known: a header of one line."""
    for start in range(len(lines) - 1):
        labels = line_labels(page, [word for line in lines[start:] for word in line])
        if len(labels) >= _UPPER and all(label.field for label in labels):
            return True
    return False


def _splits(lines: list[list[PageWord]]) -> Iterator[tuple[list[list[PageWord]], list[PageWord]]]:
    """The lines that may be a header's upper one, its labels wrapped or not, and the lower one below them."""
    for count in range(1, _WRAPPED + 1):
        for k in range(count, len(lines)):
            yield lines[k - count : k], lines[k]


def _told(labels: tuple[Label, ...], upper: list[list[PageWord]], lower: list[PageWord]) -> TwoLines | None:
    """Records that begin in the first column whose values can start rows; None without one."""
    ends = [*(label.box.x0 - _PLACE for label in labels[1:]), np.inf]
    for label, end in zip(labels, ends, strict=True):
        kind = FIELD_TYPES.get(label.field or "")
        if kind is not None and kind.name in _STARTERS:
            left = label.box.x0 - _PLACE
            return TwoLines(
                "\n".join(map(line_text, upper)), line_text(lower), kind.name, left, float(end), float(ends[0])
            )
    return None


def _proved(page: PageContent, told: TwoLines, labels: tuple[Label, ...]) -> TwoLines | None:
    """The records as *told*, with what those below the header show of their lines, if most have a lower one; *labels*
    are those of the header's lower line."""
    lines = page_lines(page)
    bottom = max(label.box.bottom for label in labels)
    below = [line for line in lines if line[0].top > bottom]
    kind = VALUE_TYPES[told.starts]
    starts = [k for k, line in enumerate(below) if kind.start.match(_anchor(line, told))]
    if len(starts) < _LEAST:
        return None
    steps = [below[k + 1][0].top - below[k][0].bottom for k in starts[:-1]]
    told = replace(told, gap=max(told.gap, 1.2 * float(np.median(steps))))
    for is_next in (True, False):
        told = replace(told, is_next=is_next)
        found = list(records(below, told, page.rulings.horizontal))
        halves = [half for _, half, _ in found if half is not None]
        if len(halves) < _MOST * len(found):
            continue
        unclear = sum(half is None and end > start + 1 for start, half, end in found)
        if not is_next and unclear <= max(1, _RARE * len(found)):
            return told
        if is_next and _stands_below(below, found, labels, told):
            return told
    return None


def _stands_below(
    lines: list[list[PageWord]], found: list[tuple[int, int | None, int]], labels: tuple[Label, ...], told: TwoLines
) -> bool:
    """Whether all records have two lines at most, the second ones stand below the lower *labels*, and the first ones do
    not: labels set up and down by turns have one line of values."""
    tall = [end - start for start, _, end in found]
    texts = [word for _, half, _ in found if half is not None for word in _begun(lines[half])]
    level = sum(any(min(abs(w.x0 - b.box.x0), abs(w.x1 - b.box.x1)) <= _PLACE for b in labels) for w in texts)
    strays = sum(any(_is_at(w, told.own) for w in _begun(lines[start])) for start, _, _ in found)
    hit = sum(any(abs(w.x0 - b.box.x0) <= _PLACE for w in texts) for b in labels)
    return (
        max(tall) <= 2 and level >= _LEVEL * len(texts) and strays <= _FEW * len(found) and hit >= min(2, len(labels))
    )


def _begun(line: list[PageWord]) -> list[PageWord]:
    """The words of a line that begin a text: the first, and those far from the one before."""
    return [word for k, word in enumerate(line) if not k or word.is_apart]


def _is_at(word: PageWord, places: tuple[float, ...]) -> bool:
    return any(abs(word.x0 - x) <= _PLACE for x in places)


def records(
    lines: list[list[PageWord]], told: TwoLines, rules: NDArray[np.float64]
) -> Iterator[tuple[int, int | None, int]]:
    """Of every record its first line, the first line of its lower half, and the line after its last one."""
    kind = VALUE_TYPES[told.starts]
    starts = [k for k, line in enumerate(lines) if kind.start.match(_anchor(line, told))]
    for start, until in zip(starts, [*starts[1:], len(lines)], strict=True):
        end = start + 1
        while end < until and _gap(lines[end - 1], lines[end]) <= told.gap:
            end += 1
        yield start, _lower(lines, start, end, told, rules), end


def _gap(above: list[PageWord], below: list[PageWord]) -> float:
    return min(w.top for w in below) - max(w.bottom for w in above)


def _anchor(line: list[PageWord], told: TwoLines) -> str:
    """What the line prints in the column of the values that start records."""
    return " ".join(word.text for word in line if told.left <= word.x0 < told.right)


def _lower(lines: list[list[PageWord]], start: int, end: int, told: TwoLines, rules: NDArray[np.float64]) -> int | None:
    """The line with which the lower half of the record *start* to *end* begins: below a rule, else the first that
    begins in the first column when the value that starts the record is whole, or with a text at a place that only the
    lower line has; else the second one, where no record has more."""
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
        elif any(_is_at(word, told.own) for word in _begun(line)):
            return k
    return start + 1 if told.is_next and end > start + 1 else None
