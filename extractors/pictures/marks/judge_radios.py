"""States of circles: radio buttons with a dot, or round check boxes with a tick."""

from __future__ import annotations

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.icons import Figure, figure_inside
from extractors.pictures.marks.judge_boxes import judge_boxes
from extractors.pictures.marks.likeness import settle_alike
from extractors.pictures.marks.radios import is_blank, is_chosen, measure_radio
from extractors.pictures.read_page import Box
from records.marks import MarkState, MarkStyle


def judge_circles(ground: Ground, drafts: list[Draft]) -> None:
    """Settle every circle of one make: as radios where what is in them is a dot, else as round check boxes."""
    chosen = [chosen_circle(ground, d.box) for d in drafts if d.box is not None]
    if any(has_tick(ground, d.box) for d in drafts if d.box is not None):
        for draft in drafts:
            draft.style = MarkStyle.CHECK_BOX
        judge_boxes(ground, drafts)
        return
    if True not in chosen and not _are_empty_boxes(drafts, chosen):
        for draft in drafts:
            draft.give_up("none of the circles is chosen")
        return
    for draft, filled in zip(drafts, chosen, strict=True):
        if draft.box is not None:
            draft.contrast = measure_radio(ground, draft.box).rim
        if filled is None:
            draft.give_up("the circle is neither clearly empty nor clearly chosen")
        else:
            draft.settle(MarkState.ON if filled else MarkState.OFF, "a dot in it" if filled else "an empty circle")
    settle_alike(ground, drafts)


def _are_empty_boxes(drafts: list[Draft], chosen: list[bool | None]) -> bool:
    """Of radio buttons one is chosen. A list of whole empty circles is one of round check boxes."""
    if len(drafts) < 4 or None in chosen:
        return False
    for draft in drafts:
        draft.style = MarkStyle.CHECK_BOX
    return True


def chosen_circle(ground: Ground, box: Box) -> bool | None:
    """Whether the circle is chosen; None where its middle and its ink say different things."""
    return is_chosen(measure_radio(ground, box))


def chosen_of(ground: Ground, boxes: list[Box]) -> list[bool | None]:
    """Which options of one choice are chosen. The only one with a dot is, whatever fills all of them, and whether
    or not the rings of the others are to be seen; what is only filled is where nothing is in the others."""
    measures = [measure_radio(ground, box) for box in boxes]
    strongest = max(max(m.rim, m.middle, m.band) for m in measures)
    dots = [m.dot / max(strongest, 1.0) for m in measures]
    if strongest > measures[0].floor and sum(dot > _EVEN for dot in dots) == 1 and max(dots) >= _DOT:
        return [dot >= _DOT for dot in dots]
    told = [is_chosen(m) for m in measures]
    if told.count(True) == 1:  # a ring that one bit broke to dots is empty as well
        return [
            bool(one) if one is True or is_blank(m, strongest) else one for one, m in zip(told, measures, strict=True)
        ]
    return told


_DOT, _EVEN = 0.35, 0.12
"""Difference between the middle and what is around it, as a share of the strongest: of a dot, and of none."""


def has_tick(ground: Ground, box: Box) -> bool:
    """Whether a tick or a cross is drawn in the circle."""
    seen = (figure_inside(ground, box), figure_inside(ground, box, is_round=True))
    return Figure.TICK in seen or Figure.CROSS in seen
