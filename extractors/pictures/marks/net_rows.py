"""Rows of chips: which lines that were left over stand among them, and what of a line is a label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from extractors.pictures.read_page import Box, ReadPicture

MOST_WORDS = 8
"""Of a label; longer lines are sentences."""
_COUNTS = re.compile(r"^\W*\d+ (?:more|others?|selected)\b", re.IGNORECASE)
"""What a closed select says of chips it does not show."""
_NEXT_ROW = 2.5
"""Heights of a chip's letters below the last chips within which one more row of them may stand."""
_TALLEST = 2.6
"""Times the height of a chip's letters that a line may have whose box is the chip's."""
_CLOSERS = re.compile(r"\s*[×✕✖⊗]\s*\)?|\)\s*\(|\s+[xX*]$")
"""What closes a chip, and what readers make of its ends: several chips may be one line to them."""


def in_rows(
    read: ReadPicture, lines: Sequence[int], missed: Sequence[int], chips: Sequence[Box]
) -> list[tuple[int, str]]:
    """Lines left over that are as high as *chips* and *missed* topics and stand in rows of them, or one row further:
    chips stand side by side and run on from row to row, wherever their words end.

    Without chips that were found only where two topics stand in one row.
    """
    boxes = [read.lines[i].box for i in missed]
    beside = [a for a in boxes for b in boxes if a is not b and abs(a[1] + a[3] - b[1] - b[3]) < b[3] - b[1]]
    entries = [*chips, *boxes] if chips or len(beside) > 1 else []
    if not entries:
        return []
    high = sorted(b[3] - b[1] for b in entries)[len(entries) // 2]
    last = max(b[3] for b in entries)
    top, bottom = min(b[1] for b in entries) - 0.5 * high, last + _NEXT_ROW * high
    last += 0.3 * high
    found = []
    for i in lines:
        box, text = read.lines[i].box, read.lines[i].text
        is_alike = 0.6 <= (box[3] - box[1]) / max(1.0, high) <= _TALLEST and top <= box[1] and box[3] <= bottom
        if (
            i not in missed
            and is_alike
            and not _COUNTS.match(text)
            and sum(map(str.isalpha, text)) >= 3
            and len(text.split()) <= MOST_WORDS
            and (box[3] <= last or _is_next_row(box, entries, high))
        ):
            found.append((i, without_closer(text)))
    return found


def _is_next_row(line: Box, entries: Sequence[Box], high: float) -> bool:
    """Whether *line*, below *entries*, is as far below their last row as that is below the one before it, and begins
    no further to the left than they do: the page's last line does."""
    if line[0] < min(b[0] for b in entries) - 0.5 * high:
        return False
    middles = sorted((b[1] + b[3]) / 2 for b in entries)
    steps = [below - above for above, below in pairwise(middles) if below - above > 0.6 * high]
    return not steps or abs((line[1] + line[3]) / 2 - middles[-1] - min(steps)) <= 0.4 * high


def parts_of_line(text: str) -> list[str]:
    """The labels of a line that is several chips, parted by what closes them."""
    return [part.strip(" (") for part in _CLOSERS.split(text) if part.strip(" (")]


def without_closer(text: str) -> str:
    """The label of a line that is one chip: what closes it is no part of it."""
    parts = parts_of_line(text)
    return parts[0] if len(parts) == 1 else text
