"""Segmented buttons: On and Off both stand beside a topic, and the one that is chosen is highlighted."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.blocks import gather_labels
from extractors.pictures.marks.colours import common_colour
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.labels import at_edge, label_edge, left_of
from extractors.pictures.marks.lozenges import lozenge_of
from extractors.pictures.marks.ringed import ringed_of
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.upper_lines import upper
from extractors.pictures.marks.words import is_bare_word, state_word
from extractors.pictures.read_page import Box
from records.marks import MarkMethod, MarkState, MarkStyle

_SAME, _STRONG = 12.0, 60.0
"""Levels below which two fields have one colour, and above which one is highlighted and not a pale track."""


def find_segments(ground: Ground, runs: list[Run]) -> list[Draft]:
    """A draft for every label in whose row On and Off stand in two columns of such words; none on other pages.

    On the label's own ground stands the word that is not chosen, on a strong colour the one that is, or on a field
    that lies on a track. All else is unreadable.
    """
    unit = ground.line_height
    words = [r for r in runs if is_bare_word(r.text)]
    pairs = [
        (one, other)
        for one in words
        for other in words
        if state_word(one.text) is True
        and state_word(other.text) is False
        and abs(one.middle - other.middle) <= 0.4 * unit
        and abs(one.box[0] - other.box[0]) <= 8 * unit
    ]
    pairs = [p for p in pairs if sum(_in_column(p, q, unit) for q in pairs) >= 2]
    if len(pairs) < 2:
        return []
    places = [_middle_box([p[side].box for p in pairs]) for side in (0, 1)]
    columns = [[w for w in words if _near(w.box, place, unit)] for place in places]
    rows: list[Run] = []
    for word in sorted((w for column in columns for w in column), key=lambda r: r.middle):
        if not rows or word.middle - rows[-1].middle > 0.5 * unit:
            rows.append(word)
    left = min(places, key=lambda b: b[0])
    labels = [r for r in runs if r not in words]
    boxes = [(left[0], word.box[1], left[2], word.box[3]) for word in rows]
    edge = label_edge([left_of(box, labels, [], unit) for box in boxes], unit)
    middles = [word.middle for word in rows]
    drafts: list[Draft] = []
    for word, box in zip(rows, boxes, strict=True):
        beside = min(at_edge(box, labels, [], unit, edge), key=_x0, default=None)
        if beside is not None:
            label = upper(beside, labels, unit, word.middle, middles)
            drafts.append(_settled(ground, label, word, places, words))
    gather_labels(ground, drafts, labels)
    return drafts


def _settled(ground: Ground, label: Run, word: Run, places: list[Box], words: list[Run]) -> Draft:
    high = (word.box[3] - word.box[1]) / 2
    boxes = [(p[0], word.middle - high, p[2], word.middle + high) for p in places]
    around = (min(b[0] for b in boxes), boxes[0][1], max(b[2] for b in boxes), boxes[0][3])
    draft = Draft(MarkStyle.WORD, around, [label], method=MarkMethod.PIXELS)
    draft.word_lines = [w.line for w in words if abs(w.middle - word.middle) <= 0.5 * ground.line_height]
    on, off = _strengths(ground, label, boxes)
    chosen = chosen_field(ground, label, boxes[0], boxes[1])
    if chosen is not None:
        draft.settle(
            MarkState.ON if chosen else MarkState.OFF,
            f"of On and Off beside it, {'On' if chosen else 'Off'} is highlighted",
        )
    elif max(on, off) < _STRONG / 2 and abs(on - off) <= _SAME and (ringed := ringed_of(ground, *boxes)) is not None:
        draft.settle((MarkState.ON, MarkState.OFF)[ringed], f"a ring around {('On', 'Off')[ringed]}")
    else:
        draft.give_up("On and Off both stand beside it, and neither is plainly highlighted")
    return draft


def chosen_field(ground: Ground, label: Run, on_box: Box, off_box: Box) -> bool | None:
    """Whether On is chosen of the two words in *on_box* and *off_box*, or None: the one that stands on a strong colour,
    while the other stands on the ground of *label*. On a pale colour it must be written more strongly, too: a pale
    track with the chosen word on a field as light as the page looks the other way round. Where the track is seen all
    around one word's field, that one."""
    on, off = _strengths(ground, label, [on_box, off_box])
    if max(on, off) >= _STRONG and min(on, off) <= max(_SAME, _SURFACE * max(on, off)):
        return on > off
    if max(on, off) >= max(_PALE, 4 * ground.noise, ground.ringing) and min(on, off) <= max(_PLAIN, ground.noise):
        tones = [_tone(ground, box) for box in (on_box, off_box)]
        if max(tones) >= _BOLDER * min(tones) and (tones[0] > tones[1]) is (on > off):
            return on > off
    lozenge = lozenge_of(ground, (on_box, off_box), _colour(ground, label.box))
    return None if lozenge is None else lozenge == 0


_SURFACE = 0.2
"""Of the strength of the chosen field: the other may be a button of its own, hardly another shade than the page."""
_PALE, _PLAIN = 9.0, 3.0
"""Levels from the label's ground from which on a field is tinted, and up to which it is none."""
_BOLDER = 1.15
"""How much more strongly the chosen word is written, where little else tells it."""


def _tone(ground: Ground, box: Box) -> float:
    """How far the letters in *box* are from the field they stand on."""
    pixels = ground.pixels[ground.cut(box)].reshape(-1, 3)
    return float(np.percentile(np.abs(pixels - common_colour(pixels)).max(axis=1), 95))


def _strengths(ground: Ground, label: Run, boxes: list[Box]) -> list[float]:
    page = _colour(ground, label.box)
    return [float(np.abs(_colour(ground, box) - page).max()) for box in boxes]


def _colour(ground: Ground, box: Box) -> NDArray[np.int16]:
    return common_colour(ground.pixels[ground.cut(box)].reshape(-1, 3))


def _x0(run: Run) -> float:
    return run.box[0]


def _in_column(one: tuple[Run, Run], other: tuple[Run, Run], unit: float) -> bool:
    return all(_near(a.box, b.box, unit) for a, b in zip(one, other, strict=True))


def _near(one: Box, other: Box, unit: float) -> bool:
    return abs(one[0] + one[2] - other[0] - other[2]) / 2 <= 0.6 * unit


def _middle_box(boxes: list[Box]) -> Box:
    x0, top, x1, bottom = (float(v) for v in np.median(np.array(boxes), axis=0))
    return x0, top, x1, bottom
