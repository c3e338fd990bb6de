"""What a box shows beside the others of its make, where it shows nothing plain by itself."""

from __future__ import annotations

import numpy as np

from extractors.pictures.marks.boxes import BoxLook, Look
from extractors.pictures.marks.measure import BoxMeasure

SEVERAL = 3
"""Boxes of a state that tell what is usual of it."""
FULL = 0.66
"""Share of a box's inside that no tick inks."""
_LIKE = 10.0
"""Levels by which the insides of empty boxes may differ."""
_PALE, _RIMMED = 0.25, 1.3
"""Fill of an empty box as a share of that of ticked ones, and how much stronger its rim must be than its fill."""
_INKED = 0.85
"""Share of ink of a box that was filled in by hand."""
_BY_HAND = 0.6
"""Of the strength of ticks that a box filled in by hand has at least."""
_MORE = 0.15
"""Of a box, inked beyond its fill, from which on something may be drawn in it."""
_WHOLE = 0.95
"""Share of its rim that is drawn of an empty box, at least, where one bit keeps frames."""


def beside_others(look: BoxLook, measure: BoxMeasure, looks: list[BoxLook], measures: list[BoxMeasure]) -> BoxLook:
    """*look*, told by the other boxes of its make where it shows nothing plain by itself."""
    others = list(zip(looks, measures, strict=True))
    empty = [m for other, m in others if other.look is Look.EMPTY]
    drawn = [m for other, m in others if other.look is Look.DRAWN]
    if look.look is Look.TINTED and empty and measure.coverage >= 0.75:
        inside = np.median([m.colour for m in empty], axis=0)
        if float(np.abs(inside - np.array(measure.colour)).max()) <= max(_LIKE, 0.75 * measure.floor):
            return BoxLook(Look.EMPTY, "whole ring, inside as light as that of the empty boxes")
    if look.look is Look.BARE and _is_usual_ring(measure, [m for other, m in others if other.look is Look.BARE], drawn):
        return BoxLook(Look.EMPTY, "nothing in it, its ring drawn like those of others, which have plain ticks")
    if look.look is Look.BARE and _is_bare_among_fills(measure, drawn, empty):
        return BoxLook(Look.EMPTY, "nothing in it, not even a pale fill, while ticked ones of its make are filled")
    if look.look in (Look.SOLID, Look.BLOCK) and len(drawn) >= SEVERAL and measure.drawing.ink == 0:
        filled = float(np.median([m.fill for m in drawn]))
        if measure.fill <= _PALE * filled and measure.rim >= _RIMMED * measure.fill:
            return BoxLook(Look.TINTED, "pale fill, nothing drawn on it")
    if look.look is Look.SOLID and _is_white_on_dark(measure, drawn):
        return BoxLook(Look.EMPTY, "a white field on a dark page, nothing drawn on it, while ticked ones are coloured")
    full = [other.look for other, m in others if is_filled(m) and m.weight >= FULL]
    by_hand = 3 * sum(one is not Look.DRAWN for one in full) >= len(full) >= SEVERAL
    is_told = by_hand and len(empty) >= 2 and all(map(is_filled, drawn)) and are_whole(measures)
    # What is filled in by hand is as dark as the ticks of the others: a grey field is how some styles draw disabled.
    is_dark = not drawn or measure.fill >= _BY_HAND * float(np.median([max(m.fill, m.stroke) for m in drawn]))
    is_inked = measure.weight >= _INKED and is_filled(measure) and is_dark
    if look.look in (Look.SOLID, Look.UNCLEAR) and is_told and is_inked:
        return BoxLook(Look.DRAWN, "filled in, others of its make are empty")
    fills = [m.fill for m in drawn if is_filled(m)]
    is_usual = len(fills) >= SEVERAL and 2 * len(fills) > len(drawn)
    is_full = measure.weight >= FULL and not is_filled(measure)
    if look.look is Look.DRAWN and is_usual and is_full and measure.fill <= 0.5 * float(np.median(fills)):
        # A dash so broad that it was taken for the fill, and the fill above and below it for a figure.
        return BoxLook(Look.UNCLEAR, "filled as others are, and what is drawn in it is not like theirs")
    return look


def _is_usual_ring(measure: BoxMeasure, bare: list[BoxMeasure], drawn: list[BoxMeasure]) -> bool:
    """Whether *measure* is of a box whose ring is drawn as in several others without a figure, as where it is two sides
    of a bevel or paler than what JPEG keeps; and nothing is in it that a tick, however pale, would leave there."""
    alike = [
        m
        for m in bare
        if abs(m.coverage - measure.coverage) <= _SIDES and abs(m.rim - measure.rim) <= 0.25 * max(m.rim, measure.rim)
    ]
    if len(alike) < SEVERAL or not drawn or measure.coverage < _TWO_SIDES:
        return False
    # Few ticks tell it where their own rings are drawn in the same part, and nothing at all is in the others.
    are_few = len(drawn) < SEVERAL
    if are_few and any(abs(m.coverage - measure.coverage) > _SIDES for m in drawn):
        return False
    return measure.stroke <= (_NOTHING if are_few else _NO_FIGURE) * float(np.median([m.stroke for m in drawn]))


def _is_white_on_dark(measure: BoxMeasure, drawn: list[BoxMeasure]) -> bool:
    """Whether *measure* is of a box that browsers leave white on a dark page, and every tick stands on a colour."""
    is_white = min(measure.colour) >= _WHITE and measure.fill >= _DARK and measure.stroke <= _LIKE + measure.floor
    filled = [m for m in drawn if is_filled(m)]
    return is_white and bool(filled) and all(float(np.ptp(m.colour)) >= _COLOURED for m in filled)


_WHITE, _DARK, _COLOURED = 240.0, 150.0, 40.0
"""Levels: of every channel of a white field; from it to a dark page; between the channels of a colour."""


def _is_bare_among_fills(measure: BoxMeasure, drawn: list[BoxMeasure], empty: list[BoxMeasure]) -> bool:
    """Whether *measure* has a pale ring and nothing in it, where every tick stands on a strong fill: a box that was
    ticked would be filled, and a disabled one keeps a third of its fill at least. Much paler than the rings of others
    that are *empty* it may be disabled itself."""
    if empty and measure.rim < _DISABLED * float(np.median([m.rim for m in empty])):
        return False
    if len(drawn) < SEVERAL or not all(map(is_filled, drawn)) or measure.coverage < _TWO_SIDES:
        return False
    usual = float(np.median([m.fill for m in drawn]))
    pale = max(measure.fill, measure.stroke, measure.weight * measure.rim)
    return pale <= _NO_FIGURE * usual and min(m.fill for m in drawn) >= 0.5 * usual


_DISABLED = 0.6
"""Of the strength of the rings of empty boxes, below which one is disabled."""
_SIDES, _TWO_SIDES = 0.1, 0.45
"""Share of a ring by which those of one make may differ, and that is drawn at least."""
_NO_FIGURE, _NOTHING = 0.12, 0.03
"""Of the strength of the ticks: less than half of what a disabled one keeps; and what is no ink at all."""


def is_even(measure: BoxMeasure) -> bool:
    """Whether the fill alone explains how much of the box is inked."""
    return measure.weight <= measure.fill / max(measure.rim, measure.fill, 1.0) + _MORE


def are_whole(measures: list[BoxMeasure]) -> bool:
    """Whether the frames of the boxes without a fill are drawn all round."""
    empty = [m for m in measures if not is_filled(m)]
    return not empty or float(np.median([m.coverage for m in empty])) >= _WHOLE


def is_filled(measure: BoxMeasure) -> bool:
    """Whether its inside is far from the paper, whatever is drawn on it."""
    return measure.fill >= 0.5 * max(measure.rim, measure.fill, measure.stroke, 1.0)


def are_full(looks: list[BoxLook], measures: list[BoxMeasure]) -> bool:
    """Whether ticked boxes are full or hold a block: what looks like a figure in some is then what is left of paper."""
    return _are_scribbled(looks) or _are_blocks(looks, measures)


def _are_scribbled(looks: list[BoxLook]) -> bool:
    """Whether these are boxes of a form of which more are full of ink than ticked, while others are empty."""
    full, drawn, empty = (sum(one.look is look for one in looks) for look in (Look.SOLID, Look.DRAWN, Look.EMPTY))
    return len(looks) >= _FORM and full >= drawn and empty >= _EMPTY


_FORM, _EMPTY = 40, 8
"""Boxes of a form, and empty ones among them that show what full ones are not."""


def _are_blocks(looks: list[BoxLook], measures: list[BoxMeasure]) -> bool:
    """Whether a block is how this list draws its ticks: a block that takes more than half of a box looks like a fill,
    and the paper left around it like a figure. That reaches from rim to rim and leaves the middle free."""
    blocks = sum(one.look is Look.BLOCK for one in looks)
    framed = sum(
        one.look is Look.DRAWN
        and m.fill >= 0.6 * max(m.rim, m.fill)
        and min(m.drawing.wide, m.drawing.high) >= 0.95
        and m.drawing.core < _MIDDLE
        for one, m in zip(looks, measures, strict=True)
    )
    inked = sum(one.look is not Look.EMPTY for one in looks)
    return blocks >= max(2, _BLOCKS * inked) and blocks + framed >= _ALL * inked


_MIDDLE, _BLOCKS, _ALL = 0.4, 0.2, 0.85
"""Share of the middle of a box that is paper at most, where a block fills it; shares of the boxes with something in
them that are plain blocks, and that are blocks of either size."""
