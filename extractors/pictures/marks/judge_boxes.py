"""States of check boxes: each box by itself, then all boxes of one make against each other."""

from __future__ import annotations

import numpy as np

from extractors.pictures.marks.beyond import settle_beyond
from extractors.pictures.marks.boxes import BoxLook, Look, look_at_box
from extractors.pictures.marks.boxes_beside import FULL, SEVERAL, are_full, are_whole, beside_others, is_even, is_filled
from extractors.pictures.marks.disabled import label_contrast, with_plain_labels
from extractors.pictures.marks.draft import Draft, is_off
from extractors.pictures.marks.fields_under import Fields
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.likeness import settle_alike
from extractors.pictures.marks.measure import BoxMeasure, Drawing, measure_box, tightened
from extractors.pictures.marks.struck import doubt_struck
from records.marks import MarkState


def judge_boxes(ground: Ground, drafts: list[Draft]) -> None:
    """Settle every box of one make, or give it up."""
    _tighten(ground, drafts)
    measures = [measure_box(ground, d.box) for d in drafts if d.box is not None]
    plain = with_plain_labels(ground, drafts)
    looks = [look_at_box(m) for m in measures]
    looks = [beside_others(look, m, looks, measures) for look, m in zip(looks, measures, strict=True)]
    seen = {one.look for one in looks}
    if not are_whole(measures):
        seen.discard(Look.EMPTY)  # frames at the edge of what one bit keeps: a fill may be the shade of an empty one
    if are_full(looks, measures):
        seen.discard(Look.DRAWN)
    fields = Fields(ground, [(d.box, m, one) for d, m, one, p in zip(drafts, measures, looks, plain, strict=True) if p])
    for draft, measure, look in zip(drafts, measures, looks, strict=True):
        # A disabled figure is paler than others, too; JPEG may take a shaded rim away and leave the figure.
        draft.contrast = max(measure.rim, measure.fill, measure.stroke if look.look is Look.DRAWN else 0.0)
        draft.fill = measure.fill
        _settle(draft, measure, look, seen)
        is_blank = look.look in (Look.SOLID, Look.TINTED) and draft.state is MarkState.UNREADABLE
        if is_blank and fields.has(measure):
            draft.doubts.clear()
            draft.settle(MarkState.OFF, "a pale field like that under the ticks of the others, nothing drawn on it")
    _compare([(d, m) for d, m, p in zip(drafts, measures, plain, strict=True) if p])
    doubt_blobs(drafts, measures)
    _doubt_filled(drafts, measures)
    _doubt_ringless(drafts, measures)
    settle_alike(ground, drafts)
    settle_beyond(ground, drafts)
    doubt_struck(ground, drafts)
    _doubt_pale(ground, drafts)


def _tighten(ground: Ground, drafts: list[Draft]) -> None:
    """Cut the pale layers off every box; not where they are a side of it, which shows beside the others of its make."""
    boxes = [tightened(ground, d.box) if d.box is not None else None for d in drafts]
    sizes = np.array([(b[2] - b[0], b[3] - b[1]) for b in boxes if b is not None])
    usual = np.median(sizes, axis=0) if sizes.size else np.zeros(2)
    for draft, box in zip(drafts, boxes, strict=True):
        if box is not None:
            is_cut = min(box[2] - box[0] - usual[0], box[3] - box[1] - usual[1]) < -_ONE_MAKE
            draft.box = draft.box if is_cut else box


_ONE_MAKE = 1.5
"""Pixels by which a box may be smaller than others of its make."""


def _settle(draft: Draft, measure: BoxMeasure, look: BoxLook, seen: set[Look]) -> None:
    if look.look is Look.EMPTY:
        draft.settle(MarkState.OFF, look.why)
    elif look.look is Look.DRAWN:
        draft.settle(MarkState.ON, look.why)
    elif look.look is Look.DASH:
        draft.settle(MarkState.MIXED, look.why)
        draft.is_block = is_filled(measure) and measure.drawing.dense < _STRAIGHT
    elif look.look is Look.BLOCK:
        # Where others are ticked, a block is how some styles draw "some of them"; where none is, it is the tick.
        draft.settle(MarkState.MIXED if Look.DRAWN in seen else MarkState.ON, look.why)
        draft.is_block = True
    elif look.look is Look.SOLID and Look.DRAWN not in seen and Look.EMPTY in seen:
        draft.settle(MarkState.ON, "filled, others of its make are empty")
    elif look.look is Look.TINTED and Look.DRAWN in seen and measure.coverage > 0.8 and is_even(measure):
        draft.settle(MarkState.OFF, "whole ring, nothing drawn in it, others of its make are ticked")
    else:
        draft.give_up(look.why)


def _doubt_pale(ground: Ground, drafts: list[Draft]) -> None:
    """Beside a pale label a tick is as pale as the label is. A box there is off only where even such a figure would be
    seen in it: what JPEG leaves in it is weaker than a third of that."""
    for draft, is_plain in zip(drafts, with_plain_labels(ground, drafts), strict=True):
        if draft.state is not MarkState.OFF or is_plain or draft.box is None:
            continue
        if measure_box(ground, draft.box).stroke >= _FIGURE * label_contrast(ground, draft):
            draft.give_up("something pale in it, and its label is pale as well")


_FIGURE = 0.35
"""Of the strength of a label, from which on what is in its box may be a figure."""


def doubt_blobs(drafts: list[Draft], measures: list[BoxMeasure]) -> None:
    """A figure much thicker than the ticks of the others may be a blot of the scan; none shines through a fill."""
    on = [m.drawing for d, m in zip(drafts, measures, strict=True) if d.state is MarkState.ON]
    if len(on) < 3:
        return
    usual, dense = float(np.median([one.thick for one in on])), float(np.median([one.dense for one in on]))
    long = float(np.median([max(one.wide, one.high) for one in on]))
    roundest = _ROUNDER * float(np.median([_roundness(one) for one in on]))
    for draft, measure in zip(drafts, measures, strict=True):
        is_thick = measure.drawing.thick > max(0.5, 1.6 * usual)
        is_thick |= measure.drawing.thick > 1.3 * usual and measure.drawing.dense >= max(_COMPACT, 1.4 * dense)
        is_small = max(measure.drawing.wide, measure.drawing.high) <= _SHORT * long
        is_thick |= is_small and measure.drawing.thick >= usual and measure.drawing.dense >= max(_COMPACT, 1.4 * dense)
        is_disc = _roundness(measure.drawing) >= max(_DISC, roundest) and measure.drawing.dense >= _ROUGH
        is_thick |= is_disc and measure.drawing.thick >= usual
        if draft.state is MarkState.ON and is_thick and not is_filled(measure):
            draft.give_up("what is drawn in it is much thicker than the ticks of the others")


def _roundness(drawing: Drawing) -> float:
    """Its thickness as a share of its longest side: 1 for a disc, less than half for strokes."""
    return drawing.thick / max(drawing.wide, drawing.high, 0.01)


def _doubt_filled(drafts: list[Draft], measures: list[BoxMeasure]) -> None:
    """Among ticks drawn on paper a box that is nearly full of ink is doubtful: a blot, or a tick that was struck out.

    What is left of its paper looks like a figure on a fill.
    """
    on = [(d, m) for d, m in zip(drafts, measures, strict=True) if d.state is MarkState.ON]
    ticks = [m.drawing.ink for _, m in on if not is_filled(m)]
    if 2 * len(ticks) < max(2, len(on)):
        return  # most are filled, and their ticks are left out of the fill: so this style is drawn
    usual = float(np.median(ticks))
    thick = float(np.median([m.drawing.thick for _, m in on if not is_filled(m)]))
    inked = float(np.median([_inside(m) for _, m in on if not is_filled(m)]))
    has_empty = any(d.state is MarkState.OFF for d in drafts)  # else all may be fills with a heavy figure
    for draft, measure in on:
        if (
            has_empty
            and is_filled(measure)
            and measure.solid > max(0.5, 1.6 * thick)
            and 1 - measure.drawing.ink > usual
        ):
            draft.give_up("more of it is ink, and in one piece, than in others that are ticked on paper")
        elif is_filled(measure) and 1 - measure.drawing.ink > max(FULL, 1.3 * usual):
            draft.give_up("nearly full of ink, while others are ticked on paper")
        elif has_empty and is_filled(measure) and _inside(measure) > _BLOT * inked:
            draft.give_up("much more ink in it than in others that are ticked on paper")


def _inside(measure: BoxMeasure) -> float:
    """Ink in it, in levels: beside pale pen strokes a blot is much darker, whatever share of the box it takes."""
    return measure.weight * max(measure.rim, measure.fill, 1.0)


_BLOT = 1.8
"""Times the ink of the ticks of others that no tick has."""
_SHORT = 0.7
"""Of the length of the ticks of others that a blot of their thickness has at most."""


def _doubt_ringless(drafts: list[Draft], measures: list[BoxMeasure]) -> None:
    """Where no box of the list is empty, nothing but their rims shows that these are boxes: what is inked less at its
    rim than within may be a cross alone, which JPEG closed to a square, and which says off."""
    if not drafts or any(is_off(d.state) for d in drafts):
        return
    strongest = max(m.weight * max(m.rim, m.fill) / max(m.rim, 1.0) for m in measures)
    for draft in drafts if strongest > _RIMLESS else ():
        if draft.state is MarkState.ON:
            draft.give_up("one of its make is inked less at its rim than within, and none of them is empty")


_RIMLESS = 1.3
"""Mean ink within a box, as a share of its rim's: ticks and fills leave it at that of the rim or below, a dark tick on
a pale fill a fourth above."""
_COMPACT = 0.7
"""Ink of a blot as a share of its extent; strokes that cross or meet leave more of it free."""
_DISC, _ROUNDER, _ROUGH = 0.75, 1.4, 0.55
"""Roundness of a blot, times that of the ticks of others that no tick has, and its ink as a share of its extent."""
_STRAIGHT = 0.85
"""Ink of a drawn dash as a share of its extent; what a scribble leaves free of a box is less straight."""
_APART = 0.08
"""How much darker the ticked boxes must be than the empty ones for their darkness to tell anything."""


def _compare(measured: list[tuple[Draft, BoxMeasure]]) -> None:
    """How much of a box is inked, its rim included, must say the same as what is drawn in it.

    *measured*: without those that are drawn otherwise because they are disabled.
    """
    on = [m.weight for d, m in measured if d.state is MarkState.ON]
    off = [m.weight for d, m in measured if d.state is MarkState.OFF]
    if not on or not off:
        return
    lightest, heaviest = float(np.median(on)), float(np.median(off))
    middle = (lightest + heaviest) / 2
    for draft, measure in measured:
        wrong = (draft.state is MarkState.ON and measure.weight < heaviest + 0.25 * (lightest - heaviest)) or (
            draft.state is MarkState.OFF and measure.weight > middle
        )
        if wrong and lightest > heaviest:
            draft.give_up("inked unlike the other boxes of its state")
    on = [m.dark for d, m in measured if d.state is MarkState.ON]
    off = [m.dark for d, m in measured if d.state is MarkState.OFF]
    if len(on) < SEVERAL or len(off) < SEVERAL or np.median(on) - np.median(off) < _APART:
        return
    middle = (float(np.median(on)) + float(np.median(off))) / 2
    for draft, measure in measured:
        if draft.state is MarkState.OFF and measure.dark > middle:
            draft.give_up("its rim is inked unlike that of the other empty boxes")
