"""How marks look that Pillow draws: a screen's, without any browser, and those that a hand makes with ink."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from records.marks import MarkState, MarkStyle
from samples.hotlists.canvas import Canvas, Color
from samples.hotlists.html_parts import DISABLED
from samples.hotlists.spec import ON_STATES
from samples.hotlists.truth import Box


@dataclass(frozen=True, slots=True)
class Ink:
    """The colours of a page."""

    paper: Color
    text: Color
    muted: Color
    accent: Color

    def faded(self, color: Color) -> Color:
        """Half way to the paper: what is disabled."""
        return tuple((a + b) // 2 for a, b in zip(color, self.paper, strict=True))  # type: ignore[return-value]


Paint = Callable[[Canvas, Box, MarkState, Ink, random.Random], Box]
"""Draws a mark into a square box; returns the box of what it drew."""


@dataclass(frozen=True, slots=True)
class Pen:
    """One style, as :class:`samples.hotlists.styles.Look`, drawn with Pillow."""

    kind: MarkStyle
    paint: Paint
    shape: str = "list"
    can_be_mixed: bool = False
    is_by_hand: bool = False


def _tick(box: Box) -> list[tuple[float, float]]:
    x0, top, x1, bottom = box
    w, h = x1 - x0, bottom - top
    return [(x0 + 0.2 * w, top + 0.52 * h), (x0 + 0.42 * w, top + 0.74 * h), (x0 + 0.8 * w, top + 0.28 * h)]


def square(canvas: Canvas, box: Box, state: MarkState, ink: Ink, rng: random.Random) -> Box:
    """A check box: outlined, or filled with a tick or a dash."""
    accent, muted = (ink.faded(c) if state in DISABLED else c for c in (ink.accent, ink.muted))
    if state in ON_STATES or state is MarkState.MIXED:
        canvas.box(box, fill=accent, radius=2)
        middle = (box[1] + box[3]) / 2
        sign = _tick(box) if state in ON_STATES else [(box[0] + 4, middle), (box[2] - 4, middle)]
        canvas.line(sign, ink.paper, 2)
    else:
        canvas.box(box, line=muted, pen=1.6, radius=2)
    return box


def pill(canvas: Canvas, box: Box, state: MarkState, ink: Ink, rng: random.Random) -> Box:
    """A toggle: a knob at the right of a coloured track, or at the left of a grey one."""
    high = box[3] - box[1]
    track = (box[0], box[1], box[0] + 1.8 * high, box[3])
    color = ink.accent if state in ON_STATES else ink.muted
    canvas.box(track, fill=ink.faded(color) if state in DISABLED else color, radius=high / 2)
    left = track[2] - high + 2 if state in ON_STATES else track[0] + 2
    canvas.disc((left, box[1] + 2, left + high - 4, box[3] - 2), fill=(255, 255, 255))
    return track


def bare_tick(canvas: Canvas, box: Box, state: MarkState, ink: Ink, rng: random.Random) -> Box:
    """A tick, or nothing."""
    if state in ON_STATES:
        canvas.line(_tick(box), ink.accent, 2.2)
    return box


def circles(canvas: Canvas, box: Box, state: MarkState, ink: Ink, rng: random.Random) -> Box:
    """Two circles, On and Off; the chosen one has a dot."""
    x, high = box[0], box[3] - box[1]
    for text, is_chosen in (("On", state in ON_STATES), ("Off", state not in ON_STATES)):
        color = ink.accent if is_chosen else ink.muted
        color = ink.faded(color) if state in DISABLED else color
        canvas.disc((x, box[1], x + high, box[3]), line=color, pen=1.6)
        if is_chosen:
            canvas.disc((x + high * 0.28, box[1] + high * 0.28, x + high * 0.72, box[3] - high * 0.28), fill=color)
        right = canvas.text(x + high + 5, box[1], text, high * 0.85, ink.text)[2]
        x = right + 16
    return box[0], box[1], right, box[3]


def said(canvas: Canvas, box: Box, state: MarkState, ink: Ink, rng: random.Random) -> Box:
    """Yes or No."""
    return canvas.text(box[0], box[1], "Yes" if state in ON_STATES else "No", (box[3] - box[1]) * 0.9, ink.text)


def ticked(canvas: Canvas, box: Box, state: MarkState, ink: Ink, rng: random.Random) -> Box:
    """A printed box with a tick by hand that often leaves it."""
    _printed(canvas, box, ink)
    if state in ON_STATES:
        size, (dx, dy) = box[2] - box[0], (rng.uniform(-0.15, 0.15) for _ in range(2))
        shape = [(0.1, 0.5), (0.4, rng.uniform(0.8, 1.0)), (rng.uniform(0.95, 1.45), rng.uniform(-0.35, 0.1))]
        canvas.stroke([(box[0] + (x + dx) * size, box[1] + (y + dy) * size) for x, y in shape], _hand(rng), 1.7, rng)
    return box


def crossed_out(canvas: Canvas, box: Box, state: MarkState, ink: Ink, rng: random.Random) -> Box:
    """A printed box with a cross by hand."""
    _printed(canvas, box, ink)
    if state in ON_STATES:
        color, size = _hand(rng), box[2] - box[0]
        low, high = rng.uniform(-0.15, 0.15), rng.uniform(0.85, 1.2)
        for one in ([(low, low), (high, high)], [(high, low), (low, high)]):
            canvas.stroke([(box[0] + x * size, box[1] + y * size) for x, y in one], color, 1.6, rng)
    return box


def filled_in(canvas: Canvas, box: Box, state: MarkState, ink: Ink, rng: random.Random) -> Box:
    """A printed box scribbled full."""
    _printed(canvas, box, ink)
    if state in ON_STATES:
        size = box[2] - box[0]
        zigzag = [(box[0] + size * (0.1 + 0.8 * (n % 2)), box[1] + size * (0.1 + 0.1 * n)) for n in range(9)]
        canvas.stroke(zigzag, _hand(rng), 1.9, rng)
    return box


def ringed(canvas: Canvas, box: Box, state: MarkState, ink: Ink, rng: random.Random) -> Box:
    """The words YES and NO, one with a ring around it by hand. The mark's box holds both."""
    size = (box[3] - box[1]) * 0.85
    yes = canvas.text(box[0], box[1], "YES", size, ink.text)
    no = canvas.text(yes[2] + 24, box[1], "NO", size, ink.text)
    x0, top, x1, bottom = yes if state in ON_STATES else no
    canvas.disc((x0 - 7, top - 5, x1 + rng.uniform(5, 9), bottom + 5), line=_hand(rng), pen=1.5)
    return yes[0], min(yes[1], no[1]), no[2], max(yes[3], no[3])


def _printed(canvas: Canvas, box: Box, ink: Ink) -> None:
    canvas.box(box, line=ink.text, pen=1)


def _hand(rng: random.Random) -> Color:
    return rng.choice(((20, 20, 24), (24, 34, 120), (30, 30, 60)))


PENS: dict[str, Pen] = {
    "drawn-boxes": Pen(MarkStyle.CHECK_BOX, square, can_be_mixed=True),
    "drawn-tree": Pen(MarkStyle.CHECK_BOX, square, "tree", can_be_mixed=True),
    "drawn-toggles": Pen(MarkStyle.TOGGLE, pill),
    "drawn-menu": Pen(MarkStyle.CHECK_ICON, bare_tick, "menu"),
    "drawn-radios": Pen(MarkStyle.RADIO, circles, "words"),
    "drawn-words": Pen(MarkStyle.WORD, said, "words"),
    "ink-ticks": Pen(MarkStyle.CHECK_BOX, ticked, is_by_hand=True),
    "ink-crosses": Pen(MarkStyle.CHECK_BOX, crossed_out, is_by_hand=True),
    "ink-filled": Pen(MarkStyle.CHECK_BOX, filled_in, is_by_hand=True),
    "ink-rings": Pen(MarkStyle.OTHER, ringed, "words", is_by_hand=True),
}
