"""What a page with marks is.

| what it shows | it is |
|---|---|
| a label of the hotlist catalogue, or the word hotlist, or chips | ``hotlist_configuration`` |
| otherwise: marks with labels | ``tick_box_form`` |
| no marks | ``picture`` |
"""

from __future__ import annotations

import re

from extractors.pictures.marks.result import FoundMark
from records.documents import SegmentKind
from records.hotlists import topic_of

_HOTLIST = re.compile(r"\bhot ?-?lists?\b", re.IGNORECASE)
_MANY = 60
"""Marks above which single catalogue labels do not make a page a hotlist configuration: forms list hundreds."""


def kind_of(marks: tuple[FoundMark, ...], texts: list[str]) -> tuple[SegmentKind, str]:
    """The kind of the page and why, in words."""
    topics = sum(topic_of(mark.label) is not None for mark in marks)
    if topics >= 2 or (topics and len(marks) <= _MANY):
        return SegmentKind.HOTLIST_CONFIGURATION, f"{len(marks)} marks, {topics} of them beside topics of hotlists"
    if len(marks) <= _MANY and any(_HOTLIST.search(text) for text in texts):
        return SegmentKind.HOTLIST_CONFIGURATION, f"{len(marks)} marks on a page that speaks of hotlists"
    return SegmentKind.TICK_BOX_FORM, f"{len(marks)} marks with labels, none a topic of hotlists"
