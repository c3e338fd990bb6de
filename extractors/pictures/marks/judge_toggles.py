"""States of toggles: the knob's side and the track's colour, calibrated against the other toggles of the page."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.knob_sides import Side, higher_end, taller_side
from extractors.pictures.marks.knobs import is_alone, is_square
from extractors.pictures.marks.likeness import settle_alike
from extractors.pictures.marks.measure import tightened
from extractors.pictures.marks.toggles import ToggleMeasure, measure_toggle
from records.marks import MarkState

_COLOURED, _GREY = 40.0, 25.0
"""Levels of hue above and below which a track counts as coloured or as grey."""
_MOST = 0.6
"""Share of a make on a scan that must show a knob where all knobs are at one end."""
_NEARLY = 0.85
"""Of a toggle's height and width that must be left: what lost more has lost its outline."""
_KNOB = 80
"""Percentile of a layer's ink above which a knob stands out that is higher than its track."""
_STATES = {Side.LEFT: MarkState.OFF, Side.RIGHT: MarkState.ON}


def judge_toggles(ground: Ground, drafts: list[Draft]) -> None:
    """Settle every toggle of one make, or give it up."""
    measures = [_measured(ground, d) for d in drafts]
    for draft, measure in zip(drafts, measures, strict=True):
        # Of an outlined switch the knob is what is drawn; of a filled one, the track.
        draft.contrast = max(measure.strength, measure.knob_strength)
    right = [m for m in measures if m.side is Side.RIGHT]
    if sum(m.hue >= _COLOURED for m in right) >= _BESIDE:
        measures = [_lone_knob(ground, d, m) for d, m in zip(drafts, measures, strict=True)]
    left = [m for m in measures if m.side is Side.LEFT]
    if left and right:
        _judge_against_each_other(ground, drafts, measures, left, right)
    else:
        _judge_alike(ground, drafts, measures)
    settle_alike(ground, drafts)


def _measured(ground: Ground, draft: Draft) -> ToggleMeasure:
    """The toggle without what a lossy file adds around it; with that where only so its knob is plain: on a scan the
    outline is as pale as what was added, and a knob higher than its track would lose its top and bottom."""
    box = draft.box or draft.place
    is_told = any(look(ground, box) is not Side.UNCLEAR for look in (taller_side, higher_end))
    tight = box if is_told else tightened(ground, box, _KNOB)
    measure = measure_toggle(ground, tight)
    if tight != box:
        whole = measure_toggle(ground, box)
        if measure.side is Side.UNCLEAR or any(
            tight[i + 2] - tight[i] < _NEARLY * (box[i + 2] - box[i]) for i in (0, 1)
        ):
            return whole
        if whole.side is not Side.UNCLEAR and whole.side is not measure.side:
            return replace(measure, side=Side.UNCLEAR, why="the knob may be at either end")
        if whole.side is measure.side:
            measure = replace(measure, is_plain=measure.is_plain or whole.is_plain)
    draft.box = tight
    return measure


def _lone_knob(ground: Ground, draft: Draft, measure: ToggleMeasure) -> ToggleMeasure:
    """*measure*; beside coloured tracks with the knob at the right, a disc that stands alone at the left is a knob."""
    if measure.side is not Side.UNCLEAR or not is_alone(ground, draft.box or draft.place, Side.LEFT):
        return measure
    return replace(measure, side=Side.LEFT, why="knob at the left, its outline hardly to be seen")


_BESIDE = 2
"""Switches that are on, at least, for a disc alone to be the knob of one that is off."""


def _middle(measures: list[ToggleMeasure]) -> NDArray[np.float64]:
    return np.asarray(np.median(np.array([m.track for m in measures]), axis=0), np.float64)


def _is_green(colour: NDArray[np.float64]) -> bool:
    return bool(colour[1] > colour[0] + _GREY and colour[1] > colour[2] + _GREY)


def _judge_against_each_other(
    ground: Ground,
    drafts: list[Draft],
    measures: list[ToggleMeasure],
    left: list[ToggleMeasure],
    right: list[ToggleMeasure],
) -> None:
    track_left, track_right = _middle(left), _middle(right)
    apart = float(np.abs(track_left - track_right).max())
    hue = float(np.median([m.hue for m in right])) - float(np.median([m.hue for m in left]))
    # Green and red are both colours; a coloured track with the knob at the left and a grey one at the right are odd.
    reversed_colours = hue < -_GREY and float(np.median([m.hue for m in right])) < _COLOURED
    reversed_colours |= _is_green(track_left) and not _is_green(track_right)
    is_paper = _has_lost_colours(ground, measures)
    is_black = is_paper or min(max(m.strength, m.knob_strength) for m in measures) >= _BLACK * ground.contrast
    are_knobs_told = _are_knobs_coloured(left, right)
    are_knobs_apart = is_paper and _are_knobs_apart(ground, left, right)
    for draft, measure in zip(drafts, measures, strict=True):
        if measure.side is Side.UNCLEAR:
            draft.give_up(measure.why)
            continue
        if apart <= max(10.0, 5 * ground.noise):
            if are_knobs_told and (_hue(measure.knob) >= _COLOURED) is (measure.side is Side.RIGHT):
                draft.settle(_STATES[measure.side], f"{measure.why}, coloured as others of its side are; outlined")
            elif (is_paper and measure.is_plain) or (
                is_black and is_alone(ground, draft.box or draft.place, measure.side)
            ):
                draft.settle(_STATES[measure.side], f"{measure.why}; others have it at the other end, without colours")
            elif are_knobs_apart:
                draft.settle(_STATES[measure.side], f"{measure.why}; others have one of another shade at the other end")
            else:
                draft.give_up("knobs at both sides, but all tracks have one colour")
            continue
        if reversed_colours:
            draft.give_up("the coloured tracks are those with the knob at the left")
            continue
        own, other = (track_left, track_right) if measure.side is Side.LEFT else (track_right, track_left)
        to_own, to_other = float(np.abs(measure.track - own).max()), float(np.abs(measure.track - other).max())
        if to_own > 0.8 * to_other and not _paler(measure):
            draft.give_up("the colour of its track says otherwise than its knob")
            continue
        calibrated = f"track coloured as others of its side; calibrated against {len(measures)} marks"
        draft.settle(_STATES[measure.side], f"{measure.why}, {calibrated}")


def _are_knobs_coloured(left: list[ToggleMeasure], right: list[ToggleMeasure]) -> bool:
    """Whether of outlined switches the knobs at the right are coloured and those at the left are grey."""
    hues = [[_hue(m.knob) for m in side] for side in (left, right)]
    return max(hues[0]) < _GREY and float(np.median(hues[1])) >= _COLOURED


def _are_knobs_apart(ground: Ground, left: list[ToggleMeasure], right: list[ToggleMeasure]) -> bool:
    """Whether every knob of one side is of another shade than those of the other: what took the end of a track for a
    knob would find the shade of tracks among them."""
    if min(len(left), len(right)) < _FEW:
        return False
    shades = sorted(([m.knob_strength for m in side] for side in (left, right)), key=min)
    return min(shades[1]) - max(shades[0]) >= _SHADE * ground.contrast


_FEW = 3
"""Toggles of each side, at least, for their knobs' shades to tell anything."""
_SHADE = 0.3
"""Of the text's contrast, by which knobs are of another shade."""


def _hue(colour: NDArray[np.int16]) -> float:
    return float(colour.max() - colour.min())


def _paler(measure: ToggleMeasure) -> bool:
    """Whether its track is the colour of its side mixed with the ground, as a disabled toggle's is."""
    return measure.hue > _COLOURED / 2 if measure.side is Side.RIGHT else measure.hue < _GREY


def _judge_alike(ground: Ground, drafts: list[Draft], measures: list[ToggleMeasure]) -> None:
    """All knobs at one side: only a track that is plainly coloured, or plainly grey and pale, bears them out."""
    is_paper = _has_lost_colours(ground, measures)
    clear = sum(m.side is not Side.UNCLEAR for m in measures)
    if ground.noise >= _SCANNED and clear < max(2.0, _MOST * len(measures)):
        for draft in drafts:  # a hole punched beside a label is a disc on a field as well
            draft.give_up("hardly any of its make shows a knob, and none with another state")
        return
    for draft, measure in zip(drafts, measures, strict=True):
        if ground.noise >= _SCANNED and is_square(ground, draft.box or draft.place, measure):
            draft.give_up("what stands in it is square, and no knob")
        elif measure.side is Side.RIGHT and measure.hue >= _COLOURED:
            draft.settle(MarkState.ON, "knob at the right, coloured track; no other state to compare with")
        elif is_paper and measure.side is Side.RIGHT and measure.is_plain and _is_dark(measure, ground):
            draft.settle(MarkState.ON, "knob at the right of a track as dark as the text, on paper without colours")
        elif is_paper and measure.side is Side.RIGHT and measure.is_plain and _is_dark_knob(measure, ground):
            draft.settle(
                MarkState.ON, "knob as dark as the text at the right of a paler track, on paper without colours"
            )
        elif measure.side is Side.LEFT and measure.hue < _GREY and measure.strength <= 0.5 * ground.contrast:
            draft.settle(MarkState.OFF, "knob at the left, pale grey track; no other state to compare with")
        elif ground.noise < _SCANNED and measure.side is Side.LEFT and measure.is_plain and measure.hue < _GREY:
            draft.settle(MarkState.OFF, "knob plainly at the left, grey track; no other state to compare with")
        else:
            unclear = measure.side is Side.UNCLEAR
            draft.give_up(measure.why if unclear else "all toggles look alike and nothing tells which side is on")


def _has_lost_colours(ground: Ground, measures: list[ToggleMeasure]) -> bool:
    """Whether this is a scan without colours, or of one bit: tracks of two colours may look alike there, on a screen
    they do not."""
    is_black = min(m.strength for m in measures) >= _BLACK * ground.contrast
    return max(m.hue for m in measures) < _GREY / 2 and (ground.noise >= _SCANNED or is_black)


_BLACK = 0.9
"""Of the text's contrast: what one bit makes of all that it keeps."""
_INKED = 0.55
"""Of the text's contrast: what grey paper keeps of the colours that tracks have when they are on."""
_SCANNED = 1.5
"""Levels of noise, from which on a picture is no screenshot."""


def _is_dark(measure: ToggleMeasure, ground: Ground) -> bool:
    """Whether the track is inked like text and the knob like paper: what paper keeps of a coloured track."""
    return measure.strength >= _INKED * ground.contrast and measure.knob_strength <= 0.25 * ground.contrast


def _is_dark_knob(measure: ToggleMeasure, ground: Ground) -> bool:
    """Whether the knob is inked like text on a track that is paler, and inked itself: where the track is like paper,
    what looks like a knob may be the rest of a track beside a white one."""
    is_track = max(0.12 * ground.contrast, 4 * ground.noise) <= measure.strength <= 0.6 * measure.knob_strength
    return is_track and measure.knob_strength >= _INKED * ground.contrast
