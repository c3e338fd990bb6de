"""Is what stands beside a mark its label? A label that was not read leaves its row to a note or to another column."""

from __future__ import annotations

import numpy as np

from extractors.pictures.marks.blocks import letter_height
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.qualify import label_of
from extractors.pictures.read_page import Box
from records.hotlists import topic_of
from records.issues import Severity

_FEWEST = 3
"""Labels that tell how labels are set and where they stand."""
_SMALLER = 0.92
"""Of the usual label's size: set so, a line explains a label and is none."""


def doubt_labels(ground: Ground, drafts: list[Draft]) -> None:
    """Name every mark beside which no label was read, or only what explains one or stands in another column."""
    sizes = [d.runs[0].size for d in drafts if d.runs]
    usual = float(np.median(sizes)) if len(sizes) >= _FEWEST else 0.0
    small = float(np.median([letter_height(d.runs[0], ground) for d in drafts if d.runs])) if usual else 0.0
    for draft in drafts:
        if not draft.runs:
            draft.doubt(
                "label_unread", Severity.DOUBT, "The mark stands among others, and beside it no label was read."
            )
        elif (
            draft.runs[0].size <= _SMALLER * usual  # a lone letter that hangs may be overlooked: two measures
            and letter_height(draft.runs[0], ground) <= _SMALLER * small
            and topic_of(label_of(draft)) is None
        ):
            draft.doubt(
                "label_unread",
                Severity.DOUBT,
                "What stands beside the mark is set smaller than the other labels: it may only explain the label.",
            )
        elif _is_before(draft, drafts, ground.line_height):
            draft.doubt(
                "label_unread",
                Severity.DOUBT,
                "What stands beside the mark ends before the other labels begin: it is of another column.",
            )
        elif _is_beyond(draft, drafts, ground.line_height):
            draft.doubt(
                "label_unread",
                Severity.DOUBT,
                "What stands beside the mark begins behind the end of the other labels: it is of another column.",
            )


def _is_before(draft: Draft, drafts: list[Draft], unit: float) -> bool:
    """Whether its label ends a line's height before most of those of the other marks in its column begin: its own was
    not read, and this one is of a menu beside the list."""
    starts = [label[0] for label in _other_labels(draft, drafts, unit)]
    end = draft.runs[0].box[2] if draft.runs else 0.0
    return len(starts) >= _FEWEST and 2 * sum(end + unit <= start for start in starts) > len(starts)


def _is_beyond(draft: Draft, drafts: list[Draft], unit: float) -> bool:
    """Whether its label begins where those of the other marks in its column have ended: its own was not read."""
    others = [label[2] for label in _other_labels(draft, drafts, unit)]
    start = draft.runs[0].box[0] if draft.runs else 0.0
    return len(others) >= _FEWEST and sum(end < start for end in others) >= 0.8 * len(others)


def _other_labels(draft: Draft, drafts: list[Draft], unit: float) -> list[Box]:
    """Where the labels of the other marks in its column begin: the boxes of their first runs."""
    x = (draft.place[0] + draft.place[2]) / 2
    return [
        d.runs[0].box
        for d in drafts
        if d is not draft and d.runs and abs((d.place[0] + d.place[2]) / 2 - x) <= 1.5 * unit
    ]
