"""Toggles of which only the knobs were found: discs of one size at two places, never both in one row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.candidates import Candidate, Shape
from extractors.pictures.marks.ground import Ground
from extractors.pictures.marks.knob_sides import Side
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.series import Kind
from extractors.pictures.marks.toggles import ToggleMeasure
from extractors.pictures.read_page import Box


def knobs_as_toggles(kinds: list[Kind], runs: list[Run]) -> list[Kind]:
    """The makes, with pills instead of discs that are knobs: list by list, because two screens on one page may show
    their toggles at different places, and discs of two makes where they were drawn a little otherwise."""
    rings = [kind for kind in kinds if kind.family == "circle"]
    found: list[Kind] = []
    for members in _lists([c for kind in rings for c in kind.members]):
        pills = as_toggles(Kind("circle", members), runs)
        if pills is not None:
            found.append(pills)
            used = {id(c) for c in members}
            kinds = [replace(k, members=[c for c in k.members if id(c) not in used]) for k in kinds]
    kinds = found + [k for k in kinds if k.members]
    for pills in [k for k in kinds if k.family == "pill" and len(k.members) >= _PILLS]:
        kinds = _with_left_knobs(pills, kinds)
    for pills in [k for k in kinds if k.family == "pill" and len(k.members) >= _PILLS]:
        kinds = _with_tracks(pills, kinds)
    return kinds


def _with_left_knobs(pills: Kind, kinds: list[Kind]) -> list[Kind]:
    """The makes, with pills instead of discs that stand where the pills of *pills* have their left end, each in a row
    of its own: the outline of a switch that is off is lost, and its knob was kept."""

    def is_knob(c: Candidate, pill: Candidate) -> bool:
        return (
            _LOWEST * pills.height <= c.height <= pills.height
            and abs(c.middle[0] - pill.box[0] - pills.height / 2) <= _OFF_PLACE * pills.height
            and c.width <= _ROUND * c.height
        )

    return _with(pills, _parts(pills, kinds, ("circle", "box"), is_knob), kinds)


def _with_tracks(pills: Kind, kinds: list[Kind]) -> list[Kind]:
    """The makes, with pills instead of what ends where the pills of *pills* end, lower and shorter than they are, each
    in a row of its own: tracks whose other end is under a knob as light as the page."""

    def is_track(c: Candidate, pill: Candidate) -> bool:
        return (
            _LOWEST * pills.height <= c.height <= _TRACK * pills.height
            and _LOWEST * pills.width <= c.width <= _TRACK * pills.width
            and abs(c.box[2] - pill.box[2]) <= _OFF_PLACE * pills.height
        )

    return _with(pills, _parts(pills, kinds, ("box", "pill"), is_track), kinds)


def _parts(
    pills: Kind, kinds: list[Kind], families: tuple[str, ...], is_part: Callable[[Candidate, Candidate], bool]
) -> list[tuple[Candidate, float]]:
    """Candidates of *families* that are parts of switches, in rows where their column of pills has none, each with the
    left end of that column; none where there are too few."""
    found = []
    half = pills.height / 2
    columns = [[p for p in pills.members if abs(p.box[0] - pill.box[0]) <= half] for pill in pills.members]
    columns = [column for column in columns if len(column) >= _PILLS]
    for c in (c for kind in kinds if kind is not pills and kind.family in families for c in kind.members):
        column = next((one for one in columns if any(is_part(c, pill) for pill in one)), [])
        if min((abs(c.middle[1] - p.middle[1]) for p in column), default=0.0) >= pills.height:
            found.append((c, float(np.median([p.box[0] for p in column]))))
    return found if len(found) >= _PILLS else []


def _with(pills: Kind, parts: list[tuple[Candidate, float]], kinds: list[Kind]) -> list[Kind]:
    """The makes, with pills as wide as those of *pills* in the rows of *parts*, instead of these."""
    if not parts:
        return kinds
    half = pills.height / 2
    lost = [
        Candidate((x0, c.middle[1] - half, x0 + pills.width, c.middle[1] + half), Shape.PILL, 1.0, c.level)
        for c, x0 in parts
    ]
    used = {id(c) for c, _ in parts}
    rest = [replace(k, members=[c for c in k.members if id(c) not in used]) for k in kinds if k is not pills]
    return [Kind("pill", pills.members + lost), *(k for k in rest if k.members)]


_PILLS = 2
"""Pills, and knobs of others, from which on these are of their make."""
_ROUND = 1.3
"""Width of a disc that a few pixels draw, in its heights, at most."""
_TRACK = 0.85
"""Height and width of a track's rest as a share of the pill's, at most."""
_LOWEST, _OFF_PLACE = 0.35, 0.2
"""Height of a knob or a rest, and by how much it may be off its place, as shares of the pill's height."""


def is_alone(ground: Ground, box: Box, side: Side) -> bool:
    """Whether a disc at *side* is all that is inked in *box*: the knob of a switch whose track one bit has lost."""
    ink = ground.ink[ground.cut(box)]
    high, wide = ink.shape
    inked = ink > 0.5 * float(ink.max())
    if not inked.any():
        return False
    rows, columns = (np.flatnonzero(inked.any(axis=axis)) for axis in (1, 0))
    extent = rows[-1] - rows[0] + 1, columns[-1] - columns[0] + 1
    middle = (columns[0] + columns[-1] + 1) / 2
    is_disc = 0.7 <= inked.sum() / (extent[0] * extent[1]) <= 0.9 and 0.8 <= extent[0] / extent[1] <= 1.25
    is_there = (middle < wide / 2 - 0.1 * high) if side is Side.LEFT else (middle > wide / 2 + 0.1 * high)
    return bool(is_disc and is_there and extent[0] >= _LOWEST * high)


def _lists(discs: list[Candidate]) -> list[list[Candidate]]:
    """Discs of one size that stand no further from each other, across, than the knobs of toggles."""
    lists: list[list[Candidate]] = []
    for disc in sorted(discs, key=lambda c: c.middle[0]):
        home = next(
            (
                one
                for one in lists
                if disc.middle[0] - one[-1].middle[0] <= _TRAVEL * disc.width
                and abs(disc.height - one[0].height) <= max(_UNLIKE * disc.height, 2.0)
            ),
            None,
        )
        if home is None:
            lists.append([disc])
        else:
            home.append(disc)
    return lists


_TRAVEL, _UNLIKE = 2.0, 0.15
"""Widths of a knob that it travels at most; share of its height by which knobs of one list may differ."""


def as_toggles(kind: Kind, runs: list[Run]) -> Kind | None:
    """The pills around the two places of the knobs, or None where they stand otherwise."""
    xs = np.array([c.middle[0] for c in kind.members])
    if kind.family != "circle" or xs.size < 3:
        return None
    left = xs < (xs.min() + xs.max()) / 2
    if left.all() or not left.any():
        return None
    spread = max(float(np.ptp(xs[left])), float(np.ptp(xs[~left])))
    apart = float(np.median(xs[~left]) - np.median(xs[left]))
    if spread > 0.25 * kind.width or not 0.35 * kind.width <= apart <= _TRAVEL * kind.width:
        return None
    if _is_tree(kind, left, runs, apart):
        return None
    ys = np.sort([c.middle[1] for c in kind.members])
    if float(np.diff(ys).min()) < 0.8 * kind.height:
        return None
    x0 = float(np.median(xs[left])) - kind.width / 2 - 0.1 * kind.height
    x1 = float(np.median(xs[~left])) + kind.width / 2 + 0.1 * kind.height
    half = 0.6 * kind.height
    pills = [
        Candidate((x0, c.middle[1] - half, x1, c.middle[1] + half), Shape.PILL, 1.0, c.level) for c in kind.members
    ]
    return Kind("pill", pills)


def _is_tree(kind: Kind, left: NDArray[np.bool_], runs: list[Run], apart: float) -> bool:
    """Whether the labels after the marks are as far indented as these are, by *apart*: then they are the marks of a
    tree, round or with very round corners. The labels of toggles begin in one line, wherever their knobs are."""
    starts: tuple[list[float], list[float]] = ([], [])
    for mark, is_left in zip(kind.members, left, strict=True):
        after = [r.box[0] for r in runs if r.box[1] <= mark.middle[1] <= r.box[3] and r.box[0] >= mark.box[2] - 1]
        if after:
            starts[int(is_left)].append(min(after))
    if not all(starts) or sum(len(side) for side in starts) < _NAMED * len(kind.members):
        return False
    inner, outer = (float(np.median(side)) for side in starts)
    spread = max(abs(x - middle) for side, middle in zip(starts, (inner, outer), strict=True) for x in side)
    return spread <= _OFF_LINE * apart and abs(inner - outer - apart) <= _OFF_LINE * apart


_NAMED, _OFF_LINE = 0.8, 0.3
"""Share of the marks of a tree with a label after them; by how much of an indentation such a label is off its line."""


def is_square(ground: Ground, box: Box, measure: ToggleMeasure) -> bool:
    """Whether what stands in *box* where its knob was measured is square: a check box on a field of its own, and no
    knob."""
    rows, columns = ground.cut(box)
    image = ground.pixels[rows, columns].astype(np.int32)
    high, wide = image.shape[:2]
    end = image[:, : min(high, wide)] if measure.side is Side.LEFT else image[:, max(0, wide - high) :]
    is_knob = np.abs(end - measure.knob).max(axis=2) < np.abs(end - measure.track).max(axis=2)
    count, marked, stats, _ = cv2.connectedComponentsWithStats(is_knob.astype(np.uint8), connectivity=4)
    if count < 2:
        return False
    largest = 1 + int(stats[1:, cv2.CC_STAT_AREA].argmax())
    wide, high = stats[largest, cv2.CC_STAT_WIDTH], stats[largest, cv2.CC_STAT_HEIGHT]
    outline = cv2.convexHull(np.argwhere(marked == largest).astype(np.int32))
    return bool(cv2.contourArea(outline) >= _SQUARE * (wide - 1) * (high - 1))


_SQUARE = 0.87
"""Share of its extent that the hull of a box fills, rounded as it may be; that of a disc fills 0.79."""
