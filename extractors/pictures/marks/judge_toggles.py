"""States of toggles: the knob's side and the track's colour, calibrated against the other toggles of the page."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.likeness import settle_alike
from extractors.pictures.marks.measure import tightened
from extractors.pictures.marks.toggles import Side, ToggleMeasure, measure_toggle
from records.marks import MarkState

_COLOURED, _GREY = 40.0, 25.0
"""Levels of hue above and below which a track counts as coloured or as grey."""


def judge_toggles(ground: Ground, drafts: list[Draft]) -> None:
    """Settle every toggle of one make, or give it up."""
    for draft in drafts:
        draft.box = tightened(ground, draft.box) if draft.box is not None else None
    measures = [measure_toggle(ground, d.box) for d in drafts if d.box is not None]
    for draft, measure in zip(drafts, measures, strict=True):
        # Of an outlined switch the knob is what is drawn; of a filled one, the track.
        draft.contrast = max(measure.strength, measure.knob_strength)
    left = [m for m in measures if m.side is Side.LEFT]
    right = [m for m in measures if m.side is Side.RIGHT]
    if left and right:
        _judge_against_each_other(ground, drafts, measures, left, right)
    else:
        _judge_alike(ground, drafts, measures)
    settle_alike(ground, drafts)


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
    for draft, measure in zip(drafts, measures, strict=True):
        if measure.side is Side.UNCLEAR:
            draft.give_up(measure.why)
            continue
        if apart <= max(10.0, 5 * ground.noise):
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
        count = len(measures)
        state = MarkState.ON if measure.side is Side.RIGHT else MarkState.OFF
        draft.settle(state, f"{measure.why}, track coloured as others of its side; calibrated against {count} marks")


def _paler(measure: ToggleMeasure) -> bool:
    """Whether its track is the colour of its side mixed with the ground, as a disabled toggle's is."""
    return measure.hue > _COLOURED / 2 if measure.side is Side.RIGHT else measure.hue < _GREY


def _judge_alike(ground: Ground, drafts: list[Draft], measures: list[ToggleMeasure]) -> None:
    """All knobs at one side: only a track that is plainly coloured, or plainly grey and pale, bears them out."""
    for draft, measure in zip(drafts, measures, strict=True):
        if measure.side is Side.RIGHT and measure.hue >= _COLOURED:
            draft.settle(MarkState.ON, "knob at the right, coloured track; no other state to compare with")
        elif measure.side is Side.LEFT and measure.hue < _GREY and measure.strength <= 0.5 * ground.contrast:
            draft.settle(MarkState.OFF, "knob at the left, pale grey track; no other state to compare with")
        else:
            unclear = measure.side is Side.UNCLEAR
            draft.give_up(measure.why if unclear else "all toggles look alike and nothing tells which side is on")
