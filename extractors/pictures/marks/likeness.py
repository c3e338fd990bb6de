"""Marks of one make against each other: on a screen all that are on are drawn alike, and so are all that are off.

A lossy file leaves every mark a little otherwise, and a single one often unclear; beside the plain ones it is not. What
two marks have in common is looked at place by place: a thin tick is a small share of a box, and a large one of its own
place.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.disabled import with_plain_labels
from extractors.pictures.marks.draft import Draft, is_off, is_on
from extractors.pictures.marks.ground import Ground
from extractors.pictures.read_page import Box
from records.marks import MarkState

Patch = NDArray[np.float32]
"""height x width x 3: differences from the ground, in levels; with a margin around the mark."""

_MARGIN = 2
"""Pixels by which a box may be off."""
_FEWEST = 3
"""Plain marks of one state, and one less of that to which a mark is added, from which on they tell how it looks."""
_SPREAD, _NEAR = 1.5, 0.15
"""Times the usual difference within a state, or share of that between the states, that a mark of it may have."""
_NEARER, _CONTRARY = 0.45, 0.6
"""Share of its difference from one state that one from the other may be: to be of it, and for it to be doubtful."""
_PALER = (1.0, 0.75, 0.5, 0.35)
"""Of the usual strength: how a disabled mark of a state is drawn."""
_INSET = 0.2
"""Share of a mark's height that is its rim, which a disabled mark has otherwise."""


@dataclass(frozen=True, slots=True)
class _Look:
    """What the plain marks of a state look like: their usual patch, and how far they are from it."""

    state: MarkState
    patch: Patch
    spread: float
    count: int


def settle_alike(ground: Ground, drafts: list[Draft]) -> None:
    """Settle unreadable marks of one make that look like the plain ones of one state; give up those settled that look
    like the other state's."""
    boxed = [d for d in drafts if d.box is not None]
    groups = {MarkState.ON: [d for d in boxed if is_on(d.state)], MarkState.OFF: [d for d in boxed if is_off(d.state)]}
    if min(map(len, groups.values())) == 0 or max(map(len, groups.values())) < _FEWEST:
        return
    boxes = np.array([d.box for d in boxed])
    high, wide = (round(float(np.median(boxes[:, i + 2] - boxes[:, i]))) for i in (1, 0))
    patches = {id(d): _cut(ground, d.box, high, wide) for d in boxed if d.box is not None}
    on, off = (_look(state, [patches[id(d)] for d in group]) for state, group in groups.items())
    inset = max(1, round(_INSET * high))
    plain = {id(d) for d, is_plain in zip(boxed, with_plain_labels(ground, boxed), strict=True) if is_plain}
    are_plain = {state: 2 * sum(id(d) in plain for d in group) > len(group) for state, group in groups.items()}
    for draft in boxed:
        patch = patches[id(draft)]
        if draft.state is MarkState.UNREADABLE:
            own, other = sorted((on, off), key=lambda look: _away(patch, look.patch))
            # A disabled mark of one state is drawn as pale as one of the other: beside a pale label it is like none.
            is_odd = id(draft) not in plain and are_plain[own.state]
            if not is_odd and _is_like(patch, own, other):
                draft.doubts = [d for d in draft.doubts if d.code != "mark_unreadable"]
                draft.contrast = None  # it is as strong as they are: not disabled
                draft.settle(own.state, f"drawn like the {own.count} others that are {own.state}")
        elif is_on(draft.state) or is_off(draft.state):
            own, other = (on, off) if is_on(draft.state) else (off, on)
            to_own = min(_away(patch, share * own.patch, inset) for share in _PALER)
            if _away(patch, other.patch, inset) <= _CONTRARY * to_own:
                draft.give_up(f"drawn like others that are {other.state}")


def _is_like(patch: Patch, own: _Look, other: _Look) -> bool:
    apart = _away(_wide(own.patch), other.patch)
    to_own, to_other = _away(patch, own.patch), _away(patch, other.patch)
    near = max(_SPREAD * own.spread, _NEAR * apart)
    return own.count >= _FEWEST - 1 and to_own <= min(near, _NEARER * to_other) and to_other >= 0.6 * apart


def _look(state: MarkState, patches: list[Patch]) -> _Look:
    inner = slice(_MARGIN, -_MARGIN)
    usual = np.median(np.array([p[inner, inner] for p in patches]), axis=0).astype(np.float32)
    usual = np.median(np.array([_fitted(p, usual) for p in patches]), axis=0).astype(np.float32)
    spread = float(np.percentile([_away(p, usual) for p in patches], 80))
    return _Look(state, usual, spread, len(patches))


def _cut(ground: Ground, box: Box, high: int, wide: int) -> Patch:
    """The mark with its margin, *high* x *wide* about its middle; where the page ends, its last pixels again."""
    y0, x0 = round((box[1] + box[3] - high) / 2) - _MARGIN, round((box[0] + box[2] - wide) / 2) - _MARGIN
    ys = np.clip(np.arange(y0, y0 + high + 2 * _MARGIN), 0, ground.ink.shape[0] - 1)
    xs = np.clip(np.arange(x0, x0 + wide + 2 * _MARGIN), 0, ground.ink.shape[1] - 1)
    place = np.ix_(ys, xs)
    return np.asarray(ground.pixels[place] - ground.paper[place], np.float32)


def _wide(patch: Patch) -> Patch:
    """*patch* with a margin like that of one cut from the page."""
    return np.pad(patch, ((_MARGIN, _MARGIN), (_MARGIN, _MARGIN), (0, 0)), mode="edge").astype(np.float32)


def _fitted(patch: Patch, usual: Patch) -> Patch:
    """The part of *patch*, moved by up to its margin, that is nearest to *usual* in the mean."""
    high, wide = usual.shape[:2]
    moved = [patch[dy : dy + high, dx : dx + wide] for dy, dx in product(range(2 * _MARGIN + 1), repeat=2)]
    return min(moved, key=lambda part: float(np.abs(part - usual).mean()))


def _away(patch: Patch, usual: Patch, inset: int = 0) -> float:
    """The largest difference between the two over any three by three pixels, without *inset* pixels of the edge."""
    high, wide = usual.shape[:2]
    difference = np.abs(_fitted(patch, usual) - usual).max(axis=2)
    inside = difference[inset : high - inset, inset : wide - inset]
    if min(inside.shape) < 3:
        return float(inside.mean()) if inside.size else 0.0
    return float(cv2.blur(inside, (3, 3))[1:-1, 1:-1].max())
