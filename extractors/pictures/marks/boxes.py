"""The state of a check box, by two looks that must agree: what is drawn in it, and how much of it is inked."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from extractors.pictures.marks.measure import BoxMeasure


class Look(enum.StrEnum):
    """What one box shows by itself."""

    EMPTY = "empty"
    DRAWN = "drawn"
    """A tick, a cross, or any figure as wide and as high as one."""
    DASH = "dash"
    BLOCK = "block"
    """A smaller solid square or dot, with a margin all round."""
    SOLID = "solid"
    """Filled from rim to rim, with nothing drawn on it."""
    TINTED = "tinted"
    """A pale fill, nothing drawn on it: some styles draw an empty box so."""
    BARE = "bare"
    """Nothing drawn in it, but its ring is not whole, or the page so uneven that a tick might be lost."""
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class BoxLook:
    look: Look
    why: str


_HIDDEN = 0.6
"""Of the rim's strength: a box is not called empty where a tick that much paler than its rim would be lost."""
_SPECKLED = 0.15
"""Mean ink beyond that of the commonest colour within a box, as a share of the strongest: empty boxes of scans have
half of that at most, a ground of dots a fourth and more."""


def look_at_box(m: BoxMeasure) -> BoxLook:
    """What *m* shows, or ``unclear`` with the reason."""
    strongest = max(m.rim, m.fill)
    if strongest <= m.floor:
        return BoxLook(Look.UNCLEAR, "no ring to be seen")
    filled = m.fill / strongest
    drawing = m.drawing
    if drawing.ink < 0.02:
        if filled <= 0.22 and m.weight <= 0.30:
            if m.unseen > _HIDDEN * strongest:
                return BoxLook(Look.BARE, "the page is so uneven that a tick in it would not be seen")
            if m.weight - filled > _SPECKLED:
                return BoxLook(Look.BARE, "specks of ink in it: its ground is printed in dots, and hides what is there")
            if m.coverage < 0.75:
                return BoxLook(Look.BARE, "the ring is not whole")
            return BoxLook(Look.EMPTY, "whole ring, nothing in it")
        if filled >= 0.6 and m.gap <= 0.35:
            return BoxLook(Look.BLOCK, "a solid block in it")
        if filled >= 0.6:
            return BoxLook(Look.SOLID, "filled, nothing drawn on it")
        return BoxLook(Look.TINTED, "pale fill, nothing drawn on it")
    if m.stroke < 0.25 * strongest:
        return BoxLook(Look.UNCLEAR, "something pale in it")
    if drawing.wide >= 0.45 and drawing.high <= 0.42 and drawing.wide >= 1.5 * drawing.high:
        centred = abs(drawing.middle[1] - 0.5) <= 0.16 and abs(drawing.middle[0] - 0.5) <= 0.16
        return BoxLook(Look.DASH, "a dash in it") if centred else BoxLook(Look.UNCLEAR, "a stroke in it")
    if drawing.dense >= 0.88 and drawing.ink >= 0.10 and min(drawing.wide, drawing.high) >= 0.3:
        return BoxLook(Look.BLOCK, "a solid block in it")
    if drawing.core < 0.02 and filled < 0.5:
        return BoxLook(Look.UNCLEAR, "ink along its rim, and nothing in the middle")
    if drawing.wide >= 0.4 and drawing.high >= 0.4 and drawing.ink >= 0.06:
        return BoxLook(Look.DRAWN, "a figure in it")
    return BoxLook(Look.UNCLEAR, "too little in it for a tick, too much for an empty box")
