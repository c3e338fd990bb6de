"""Turning a page upright: by quarter turns, told by reading a few lines each way, and by its small skew.

A page is left as it is unless the evidence is strong: a few words on a screenshot are no reason to turn it, and a skew
too small to matter is no reason to blur it. Nothing is scaled.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extractors.pictures import rapid, witness
from extractors.pictures.dots import without_dots
from extractors.pictures.ink import chain, grey_of, ink_of, letter_specks
from extractors.pictures.pieces import Piece
from extractors.pictures.read_page import PagePicture
from extractors.pictures.skew import lean_of_lines, skew_of
from extractors.pictures.streaks import without_streaks

_SPECKS = 12
"""Fewer letters than this say nothing about direction."""
_LINES = 4
"""Lines that are read to tell up from down."""
_READABLE = 0.8
"""Mean score from which lines are upright: upside-down ones were seen to stay below 0.7."""
_BETTER = 0.15
"""By this much another direction must read better."""


def turn_upright(image: Image.Image, page_number: int, width: float, height: float) -> PagePicture:
    """The page as displayed (*width* x *height* points) turned so that its text is upright, never scaled."""
    pixels = without_dots(without_streaks(np.asarray(image.convert("RGB"))))
    specks = letter_specks(ink_of(grey_of(pixels)))
    if len(specks) < _SPECKS:
        return apply_turn(pixels, page_number, (width, height), 0, 0.0)
    here = _look(pixels, specks, 0)
    best = here
    if here.score < _READABLE:
        for turned in (180, 90, 270) if _is_across(specks) else (90, 270, 180):
            there = _look(pixels, specks, turned)
            if there.score > max(best.score, here.score + _BETTER, _READABLE - _BETTER):
                best = there
            if best.score >= _READABLE:
                break
    return apply_turn(pixels, page_number, (width, height), best.turned, best.skew)


def apply_turn(
    pixels: NDArray[np.uint8], page_number: int, size: tuple[float, float], turned: int, skew: float
) -> PagePicture:
    """The page of *size* points turned clockwise by *turned* degrees and by *skew*: deterministic, to build anew what
    was stored. Without either, the pixels are the very same, but for a page whose grey is made of dots or that has
    streaks of a scanner."""
    width, height = size
    upright, to_upright = _turn(without_dots(without_streaks(pixels)), turned, skew)
    scale = np.diag([width / pixels.shape[1], height / pixels.shape[0], 1.0])
    matrix = (scale @ np.linalg.inv(to_upright))[:2]
    return PagePicture(page_number, upright, width, height, matrix, turned, skew)


@dataclass(frozen=True, slots=True)
class _Look:
    """How well the page reads when turned so."""

    turned: int
    skew: float
    score: float


def _look(pixels: NDArray[np.uint8], specks: NDArray[np.float64], turned: int) -> _Look:
    height, width = pixels.shape[:2]
    boxes = _turn_boxes(specks, turned, width, height)
    skew = skew_of(boxes) or lean_of_lines(boxes)
    upright, to_upright = _turn(pixels, turned, skew)
    quarter = _quarter(turned, width, height)
    moved = _move_boxes(boxes, to_upright @ np.linalg.inv(quarter))
    lines = chain(moved, upright.shape[:2])
    lines = lines[np.argsort(lines[:, 0] - lines[:, 2], kind="stable")][:_LINES]
    return _Look(turned, skew, _readability(upright, lines))


def _readability(pixels: NDArray[np.uint8], lines: NDArray[np.float64]) -> float:
    """Mean score of the characters read on some lines, 0 to 1."""
    pieces = []
    for x0, top, x1, bottom in lines:
        air = 0.25 * (bottom - top)
        edges = np.clip([x0 - air, top - air, x1 + air, bottom + air], 0, [*pixels.shape[1::-1]] * 2)
        left, up, right, down = np.rint(edges).astype(int).tolist()
        box = (left, up, right, down)
        pieces.append(Piece(box, box, np.zeros((down - up, right - left), np.bool_), False))
    if rapid.is_there():
        read = rapid.recognize([pixels[p.crop[1] : p.crop[3], p.crop[0] : p.crop[2]] for p in pieces])
        scored = [(one.score, len(one.text)) for one in read]
    else:
        seen = witness.look(grey_of(pixels), pieces) or []
        scored = [(one.score or 0.0, len(one.text)) for one in seen]
    count = sum(size for _, size in scored)
    return sum(score * size for score, size in scored) / count if count else 0.0


def _is_across(specks: NDArray[np.float64]) -> bool:
    """Whether letters have their nearest neighbour beside them rather than above or below them."""
    centers = np.stack((specks[:, 0] + specks[:, 2], specks[:, 1] + specks[:, 3]), axis=1) / 2
    asked = centers[:: max(1, len(centers) // 400)]
    distance = np.abs(asked[:, None, :] - centers[None, :, :])
    total = np.hypot(distance[..., 0], distance[..., 1])
    total[total == 0] = np.inf
    near = np.argmin(total, axis=1)
    step = distance[np.arange(len(asked)), near]
    return bool(np.mean(step[:, 0] > step[:, 1]) >= 0.5)


def _quarter(turned: int, width: int, height: int) -> NDArray[np.float64]:
    """Pixels of the page -> pixels of the page turned clockwise by a multiple of 90 degrees."""
    return np.array(
        {
            0: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
            90: [[0, -1, height], [1, 0, 0], [0, 0, 1]],
            180: [[-1, 0, width], [0, -1, height], [0, 0, 1]],
            270: [[0, 1, 0], [-1, 0, width], [0, 0, 1]],
        }[turned],
        np.float64,
    )


def _turn(pixels: NDArray[np.uint8], turned: int, skew: float) -> tuple[NDArray[np.uint8], NDArray[np.float64]]:
    """The turned picture, large enough to hold every pixel, and the way there (3 x 3)."""
    height, width = pixels.shape[:2]
    quarter = _quarter(turned, width, height)
    upright = np.ascontiguousarray(np.rot90(pixels, -turned // 90)) if turned else pixels
    if skew == 0.0:
        return upright, quarter
    high, wide = upright.shape[:2]
    cosine, sine = math.cos(math.radians(skew)), math.sin(math.radians(skew))
    turn = np.array([[cosine, -sine, 0.0], [sine, cosine, 0.0], [0.0, 0.0, 1.0]])
    corners = turn @ np.array([[0, wide, 0, wide], [0, 0, high, high], [1, 1, 1, 1]], np.float64)
    turn[:2, 2] = -corners[:2].min(axis=1)
    new_wide, new_high = np.ceil(corners[:2].max(axis=1) - corners[:2].min(axis=1)).astype(int).tolist()
    # Our coordinates are of pixel edges, OpenCV's of pixel centres.
    half = np.array([[1, 0, 0.5], [0, 1, 0.5], [0, 0, 1]])
    indexed = np.linalg.inv(half) @ turn @ half
    paper = tuple(float(v) for v in np.median(upright[:: max(1, high // 200), :: max(1, wide // 200)], axis=(0, 1)))
    found = cv2.warpAffine(upright, indexed[:2], (new_wide, new_high), flags=cv2.INTER_CUBIC, borderValue=paper)
    return np.asarray(found, np.uint8), turn @ quarter


def _turn_boxes(boxes: NDArray[np.float64], turned: int, width: int, height: int) -> NDArray[np.float64]:
    return _move_boxes(boxes, _quarter(turned, width, height))


def _move_boxes(boxes: NDArray[np.float64], way: NDArray[np.float64]) -> NDArray[np.float64]:
    """The boxes around where the middles of the boxes go, each of its size (its sides swapped by a quarter turn)."""
    middles = np.stack((boxes[:, 0] + boxes[:, 2], boxes[:, 1] + boxes[:, 3]), axis=1) / 2
    sizes = boxes[:, 2:] - boxes[:, :2]
    if abs(way[0, 0]) < 0.5:
        sizes = sizes[:, ::-1]
    moved = middles @ way[:2, :2].T + way[:2, 2]
    return np.concatenate((moved - sizes / 2, moved + sizes / 2), axis=1)
