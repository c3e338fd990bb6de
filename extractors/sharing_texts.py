"""What sharing lists of text pages and of pictures have in common: directions, boxes, lines left over."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.cells import OutsideLine
from extractors.pictures.read_page import Box, PagePicture, TextLine
from records.marks import Direction

_NOTHING = frozenset({"", "no", "n", "none", "n/a", "na", "false", "0", "-", "--", "\u2013", "\u2014", "not shared"})
"""Printed where nothing is shared; the text is kept, the direction does not count it."""


def direction_of(shared_with_me: str | None, sharing_to: str | None) -> Direction:
    """Who shares with whom, by which of the two columns says that something is shared."""
    with_me, to = ((text or "").strip().casefold() not in _NOTHING for text in (shared_with_me, sharing_to))
    if with_me and to:
        return Direction.BOTH
    if with_me:
        return Direction.SHARED_WITH_ME
    return Direction.SHARING_TO if to else Direction.UNKNOWN


def box_around(boxes: Sequence[Box]) -> Box:
    """The smallest box that holds all of *boxes*, of which there is at least one."""
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def outside_text(line: TextLine, picture: PagePicture, account: str, rule: str) -> OutsideLine:
    """A line of a picture that is in no row, in points."""
    return OutsideLine(account, rule, line.text, len("".join(line.text.split())), *picture.to_points(line.box))
