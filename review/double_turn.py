"""Whose turn it is in a round of blind double review: what somebody reads next, and what can still be changed."""

from __future__ import annotations

from collections.abc import Sequence

from review.double_figures import Verdict
from review.double_log import READERS, READING, Reading


def next_for(found: Sequence[Verdict], who: str) -> Verdict | None:
    """What *who* is to read next. Values that somebody else has read come first: they are settled sooner."""
    open_ones = [one for one in found if len(one.readings) < READERS and own(one, who) is None]
    return min(open_ones, key=lambda one: (-len(one.readings), one.item.item_number), default=None)


def own(verdict: Verdict, who: str) -> Reading | None:
    """What *who* reads there."""
    return next((one for one in verdict.readings if one.who == who), None)


def changeable(found: Sequence[Verdict], readings: Sequence[Reading], who: str) -> list[Verdict]:
    """The values whose reading *who* may still change, the last one read first: as :meth:`DoubleLog.add` lets it be."""
    mine = [one.item_number for one in readings if one.who == who and one.role == READING]
    by_number = {one.item.item_number: one for one in found}
    last_first = [by_number[number] for number in dict.fromkeys(reversed(mine))]
    return [
        one
        for place, one in enumerate(last_first)
        if one.adjudication is None and (place == 0 or not one.is_read_twice)
    ]
