"""Boxes of lines -> pieces: runs of ink on one line that belong together, without the box or icon beside them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.read_page import Box

_APART = 1.5
"""Runs further apart than this many ink heights are not one label: ``Stolen Plate ........ On``."""
_ICON_APART = (0.35, 0.5)
"""A squarish shape at least this many ink heights before or behind several words, or one, may be an icon ..."""
_WIDER = 1.5
"""... if that is so many times the widest space between the words: ``8 of 16 selected`` begins with no icon."""
_ROUNDED = 16
"""Boxes from this size on may have rounded corners; in smaller ones a letter O would pass for a box."""
_CORNERS = 3
"""Of the four corners of a box with rounded corners: those that ink comes close to; a tick may hide one."""
_BOX_APART = 0.22
"""The same for a shape with four straight sides: wider than between letters."""
_CHIP = 2.5
"""Times its height that a filled chip or bar is wide at least; a box that is ticked is square."""
_FAINTEST = 18


@dataclass(frozen=True, slots=True)
class Piece:
    """One run of ink on one line. ``box`` fits the ink; ``crop`` is what a reader is shown. Both in whole pixels.

    ``ink``: its mask within ``box``. ``is_dark``: light text on dark paper.
    """

    box: tuple[int, int, int, int]
    crop: tuple[int, int, int, int]
    ink: NDArray[np.bool_]
    is_dark: bool

    @property
    def height(self) -> int:
        return self.box[3] - self.box[1]


def find_pieces(grey: NDArray[np.uint8], lines: NDArray[np.float64]) -> list[Piece]:
    """The pieces of all *lines* (n x 4: x0, top, x1, bottom), in no order."""
    pieces: list[Piece] = []
    for x0, top, x1, bottom in np.rint(lines).astype(int).tolist():
        if x1 - x0 >= 3 and bottom - top >= 4:
            pieces.extend(_pieces_of(grey[top:bottom, x0:x1], x0, top))
    return pieces


def _pieces_of(region: NDArray[np.uint8], left: int, up: int) -> list[Piece]:
    paper = int(np.median(region))
    difference = np.abs(region.astype(np.int16) - paper)
    strong = float(np.percentile(difference, 99))
    ink = _without_rules_and_dust(difference > max(_FAINTEST, 0.35 * strong))
    band = _band(ink.sum(axis=1))
    if band is None:
        return []
    ink[: band[0]] = False
    ink[band[1] :] = False
    height = band[1] - band[0]
    is_dark = bool(np.mean(region[ink]) > paper)
    found = []
    groups = _groups(ink, height)
    for position, (start, stop) in enumerate(groups):
        # Half of the way to the neighbour is the most that a crop may take.
        before = (start + groups[position - 1][1]) // 2 if position else 0
        behind = (stop + groups[position + 1][0]) // 2 if position + 1 < len(groups) else region.shape[1]
        air = max(3, round(0.3 * height))
        rows = np.flatnonzero(ink[:, start:stop].any(axis=1))
        first, last = int(rows[0]), int(rows[-1]) + 1
        found.append(
            Piece(
                (left + start, up + first, left + stop, up + last),
                (left + max(before, start - air), up, left + min(behind, stop + air), up + region.shape[0]),
                ink[first:last, start:stop].copy(),
                is_dark,
            )
        )
    return found


def _without_rules_and_dust(ink: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Without rows of ink from end to end (rulings, underlines, and where these are at both edges also the columns
    at the other two) and without dots too small for a full stop."""
    kept = ink.copy()
    full = ink.mean(axis=1) > 0.85
    kept[full] = False
    if full[0] and full[-1] and ink.shape[1] > _CHIP * ink.shape[0]:  # the paper around a filled chip
        beside = kept[~full].mean(axis=0) > 0.85 if not full.all() else np.ones(ink.shape[1], np.bool_)
        kept[:, np.logical_and.accumulate(beside)] = False
        kept[:, np.logical_and.accumulate(beside[::-1])[::-1]] = False
    count, labels, stats, _ = cv2.connectedComponentsWithStats(kept.astype(np.uint8), connectivity=8)
    least = max(2.0, 0.004 * ink.shape[0] ** 2)
    keep = stats[:, cv2.CC_STAT_AREA] >= least
    keep[0] = False
    # A vertical rule reaches from end to end and is thin.
    keep &= ~((stats[:, cv2.CC_STAT_HEIGHT] >= ink.shape[0]) & (stats[:, cv2.CC_STAT_WIDTH] <= 0.12 * ink.shape[0]))
    return np.asarray(keep[labels], np.bool_) if count > 1 else np.zeros_like(kept)


def _band(rows: NDArray[np.int64]) -> tuple[int, int] | None:
    """The rows of this line: the run of rows with ink that holds the most of it; neighbours' tails are other runs."""
    runs = _runs(rows > 0)
    if not runs:
        return None
    merged = [runs[0]]
    for start, stop in runs[1:]:  # the dot of an i is apart
        if start - merged[-1][1] <= max(1, 0.12 * len(rows)):
            merged[-1] = (merged[-1][0], stop)
        else:
            merged.append((start, stop))
    start, stop = max(merged, key=lambda run: int(rows[run[0] : run[1]].sum()))
    return (start, stop) if stop - start >= 3 else None


def _groups(ink: NDArray[np.bool_], height: int) -> list[tuple[int, int]]:
    """Columns from, to of every run of ink that is a label of its own; boxes and icons apart."""
    runs = _runs(np.asarray(ink.any(axis=0)))
    groups: list[list[tuple[int, int]]] = []
    for run in runs:
        gap = run[0] - groups[-1][-1][1] if groups else 0
        if not groups or gap > _APART * height:
            groups.append([run])
        else:
            groups[-1].append(run)
    parts = [part for group in groups for cut in _cut_at_boxes(ink, group, height) for part in cut]
    return [(part[0][0], part[-1][1]) for part in parts]


def _cut_at_boxes(
    ink: NDArray[np.bool_], group: list[tuple[int, int]], height: int
) -> list[list[list[tuple[int, int]]]]:
    """The group cut before and behind every box that stands clear of both its neighbours: in a narrow table the label
    of the next column follows it."""
    cuts: list[list[list[tuple[int, int]]]] = []
    start, least = 0, _BOX_APART * height
    for i in range(1, len(group) - 1):
        clear = group[i][0] - group[i - 1][1] >= least and group[i + 1][0] - group[i][1] >= least
        if clear and is_box(ink[:, group[i][0] : group[i][1]]):
            cuts += [_without_shapes(ink, group[start:i], height)] if i > start else []
            cuts.append([[group[i]]])
            start = i + 1
    return [*cuts, _without_shapes(ink, group[start:], height)]


def _without_shapes(ink: NDArray[np.bool_], group: list[tuple[int, int]], height: int) -> list[list[tuple[int, int]]]:
    """Shapes at either end become runs of their own; nothing is dropped here, because a letter may look like a box."""
    before: list[list[tuple[int, int]]] = []
    behind: list[list[tuple[int, int]]] = []
    while len(group) > 1 and _is_shape(ink, group, height):
        before.append(group[:1])
        group = group[1:]
    while len(group) > 1 and _is_shape(ink, group[::-1], height):
        behind.insert(0, group[-1:])
        group = group[:-1]
    return [*before, group, *behind]


def _is_shape(ink: NDArray[np.bool_], group: list[tuple[int, int]], height: int) -> bool:
    """Whether the first run of a group (given from either end) is a box or an icon rather than a word of the line."""
    gaps = [max(a[0], b[0]) - min(a[1], b[1]) for a, b in pairwise(group)]
    first = group[0]
    if gaps[0] >= _BOX_APART * height and is_box(ink[:, first[0] : first[1]]):
        return True
    least = _ICON_APART[0 if _space_count(gaps[1:], height) else 1] * height
    is_squarish = 0.4 * height <= first[1] - first[0] <= 1.3 * height
    return is_squarish and gaps[0] >= max(least, _WIDER * max(gaps[1:], default=0.0))


def _space_count(gaps: list[int], height: int) -> int:
    return sum(gap >= 0.15 * height for gap in gaps)


def is_box(ink: NDArray[np.bool_]) -> bool:
    """Four straight sides, which no letter has: a check box, ticked, filled or empty."""
    rows = np.flatnonzero(ink.any(axis=1))
    part = ink[rows[0] : rows[-1] + 1] if len(rows) else ink
    tall, wide = part.shape
    if tall < 8 or not 0.8 <= wide / tall <= 1.25:
        return False
    edge = max(2, round(0.08 * tall))
    corner = round(0.15 * tall) if tall >= _ROUNDED else 0
    if corner:  # a round letter comes no closer to the corners of its box than a seventh of its height
        c = max(2, int(0.12 * tall))
        corners = (part[:c, :c], part[:c, -c:], part[-c:, :c], part[-c:, -c:])
        if sum(bool(one.any()) for one in corners) < _CORNERS:
            return False
    sides = (part[:edge], part[-edge:], part[:, :edge].T, part[:, -edge:].T)
    return all(float(np.any(side, axis=0)[corner : side.shape[1] - corner].mean()) > 0.95 for side in sides)


def _runs(flags: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """First and one-past-last index of every run of true."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    return [(int(a), int(b)) for a, b in edges.reshape(-1, 2)]


def box_of(piece: Piece) -> Box:
    """The piece's box as one of :mod:`extractors.pictures.read_page`."""
    x0, top, x1, bottom = piece.box
    return float(x0), float(top), float(x1), float(bottom)
