"""Where the knob of a toggle is, and what colour its track has.

A toggle is two flat colours: a disc at one end, and the rest of the pill. Both ends are tried as the knob's, with discs
of several sizes; the one that leaves the two colours flattest is right. How much flatter is the certainty.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.knob_sides import (
    Side,
    core_side,
    end_that_sticks_out,
    higher_end,
    outline_of,
    ringed_side,
    taller_side,
)
from extractors.pictures.read_page import Box

_RADII = (0.26, 0.33, 0.40, 0.46)
"""Of the knob, as shares of the pill's height."""
_FLATTER = 1.25
"""Times that the other end's residue must be larger."""

_PLAIN = 0.11
"""Residue as a share of the difference between knob and track: sharp discs leave 0.03 to 0.1, words and halves more."""

_UNEVEN = 0.3
"""The same share, from which on what is there is neither: blurred letters leave as much as they differ."""

_LIKE_PAPER = 0.15
"""Of a knob's strength, below which what seems to be its track is the page."""

Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class ToggleMeasure:
    """``strength``: the track's difference from the ground. ``hue``: how far the track is from grey, both in levels."""

    side: Side
    """Where the knob is."""
    why: str
    track: NDArray[np.int16]
    knob: NDArray[np.int16]
    strength: float
    hue: float
    knob_strength: float
    """The knob's difference from the ground."""
    is_plain: bool = False
    """A disc on a track of one colour and hardly anything else: no word and no half of a button."""


@dataclass(frozen=True, slots=True)
class _Fit:
    residue: float
    knob: NDArray[np.int16]
    track: NDArray[np.int16]


def measure_toggle(ground: Ground, box: Box) -> ToggleMeasure:
    """*box* in working pixels: the hull of track and knob. Where two flat colours do not tell the knob's end, or one of
    them is the page's and the rest of a track passes for a knob, its height may."""
    rows, columns = ground.cut(box)
    image = ground.pixels[rows, columns]
    high, wide = image.shape[:2]
    paper = ground.paper[rows, columns][high // 2, wide // 2]
    discs, pill = _masks(high, wide)
    bare = [_best(image, ends, pill) for ends in discs]
    ringed = ringed_side(ground, box)
    if ringed is not Side.UNCLEAR:
        outlined = _measure(ringed, f"knob at the {ringed}, outlined", bare[ringed is Side.RIGHT], paper)
        return replace(outlined, is_plain=True)
    found = _by_colours(ground, box, bare, paper)
    higher = higher_end(ground, box)
    if higher in (found.side, Side.UNCLEAR) or end_that_sticks_out(ground, box) not in (higher, Side.UNCLEAR):
        return found
    if found.side is not Side.UNCLEAR and found.strength > _LIKE_PAPER * found.knob_strength:
        return replace(found, side=Side.UNCLEAR, why="what is higher stands at the other end")
    return _measure(higher, f"knob at the {higher}, higher than its track", bare[higher is Side.RIGHT], paper)


def _by_colours(ground: Ground, box: Box, bare: list[_Fit], paper: NDArray[np.int16]) -> ToggleMeasure:
    """The knob's end by two flat colours. *bare*: what fits best at the left and at the right end."""
    image = ground.pixels[ground.cut(box)]
    left = _checked(bare[0], ground, box, Side.LEFT, paper)
    right = _checked(bare[1], ground, box, Side.RIGHT, paper)
    better, worse, side = (left, right, Side.LEFT) if left.residue <= right.residue else (right, left, Side.RIGHT)
    floor = 1.0 + 1.5 * ground.noise
    apart = float(np.abs(better.knob - better.track).max())
    if apart <= max(4.0, 5.0 * ground.noise):
        return _measure(Side.UNCLEAR, "no knob stands out", better, paper)
    own, other = (one.residue + floor for one in (bare if side is Side.LEFT else bare[::-1]))
    is_flatter = worse.residue + floor >= _FLATTER * (better.residue + floor)
    if own >= _FLATTER * other:
        return _measure(Side.UNCLEAR, "a knob at one end, but no outline at the other", better, paper)
    if other < _FLATTER * own and core_side(image, ground) not in (side, Side.UNCLEAR):
        is_flatter = False  # only the lack of an outline speaks for this end, and a core stands out at the other
    if not is_flatter and better.residue > _UNEVEN * apart:
        return _measure(Side.UNCLEAR, "no knob on a track", better, paper)
    look = side if is_flatter else _other_look(ground, box, better, side, paper)
    if look is not side and look is not Side.UNCLEAR and look is taller_side(ground, box):
        better, worse, side = worse, better, look  # both fit as well, and a knob is higher than its track
    elif look is not side:
        return _measure(Side.UNCLEAR, "the knob may be at either end", better, paper)
    if end_that_sticks_out(ground, box) not in (side, Side.UNCLEAR):
        return _measure(Side.UNCLEAR, "what is higher stands at the other end", better, paper)
    own_noise = min(0.8 * ground.noise, _PLAIN * apart)  # what noise alone leaves
    is_plain = better.residue - own_noise <= _PLAIN * apart and worse.residue >= 2 * better.residue - own_noise
    return replace(_measure(side, f"knob at the {side}", better, paper), is_plain=is_plain)


def _other_look(ground: Ground, box: Box, fit: _Fit, side: Side, paper: NDArray[np.int16]) -> Side:
    """The knob's side by its height, where the track is lower than the knob; else by the cores of both ends."""
    taller = taller_side(ground, box)
    if taller is not Side.UNCLEAR:
        return taller
    track, knob = (float(np.abs(colour - paper).max()) for colour in (fit.track, fit.knob))
    if track <= 0.3 * knob and outline_of(ground, box, side) < max(0.3 * knob, 6 * ground.noise):
        return Side.UNCLEAR  # a knob as light as the paper, and what is inked is the rest of its track
    return core_side(ground.pixels[ground.cut(box)], ground)


def _measure(side: Side, why: str, fit: _Fit, paper: NDArray[np.int16]) -> ToggleMeasure:
    hue = float(fit.track.max() - fit.track.min()) - float(paper.max() - paper.min())
    track, knob = (float(np.abs(colour - paper).max()) for colour in (fit.track, fit.knob))
    return ToggleMeasure(side, why, fit.track, fit.knob, track, max(0.0, hue), knob)


def _best(image: NDArray[np.int16], discs: tuple[tuple[Mask, Mask], ...], pill: Mask) -> _Fit:
    """The disc that leaves the least residue: mean difference of the pixels from their part's median colour."""
    best: _Fit | None = None
    for disc, rest in discs:
        knob, track = image[disc], image[rest & pill]
        if not knob.size or not track.size:
            continue
        knob_colour, track_colour = np.median(knob, axis=0), np.median(track, axis=0)
        total = np.abs(knob - knob_colour).max(axis=1).sum() + np.abs(track - track_colour).max(axis=1).sum()
        residue = float(total) / (len(knob) + len(track))
        if best is None or residue < best.residue:
            best = _Fit(residue, knob_colour.astype(np.int16), track_colour.astype(np.int16))
    assert best is not None
    return best


def _checked(fit: _Fit, ground: Ground, box: Box, side: Side, paper: NDArray[np.int16]) -> _Fit:
    """A track of the ground's own colour must at least have an outline, around both ends: around one alone it is that
    of a knob as light as the paper, and what is inked is the rest of its track."""
    knob = float(np.abs(fit.knob - paper).max())
    if float(np.abs(fit.track - paper).max()) > max(0.12 * knob, 3 * ground.noise):
        return fit
    outline = min(outline_of(ground, box, end) for end in (Side.LEFT, Side.RIGHT))
    return fit if outline >= 0.35 * knob else replace(fit, residue=fit.residue + knob)


@lru_cache(maxsize=64)
def _masks(high: int, wide: int) -> tuple[tuple[tuple[tuple[Mask, Mask], ...], ...], Mask]:
    """For the left and the right end: discs and what lies outside them; and the pill without its rim."""
    ys, xs = np.mgrid[0:high, 0:wide] + 0.5
    half = high / 2
    ends = [np.hypot(ys - half, xs - half), np.hypot(ys - half, xs - (wide - half))]
    between = (xs >= half) & (xs <= wide - half) & (np.abs(ys - half) <= 0.43 * high)
    pill = (ends[0] <= 0.43 * high) | (ends[1] <= 0.43 * high) | between
    discs = tuple(
        tuple((end <= radius * high * 0.94, end >= radius * high * 1.08) for radius in _RADII) for end in ends
    )
    return discs, pill
