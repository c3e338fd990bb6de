"""Ink: what stands out from the paper around it, be it dark on light or light on dark."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

Mask = NDArray[np.uint8]

_FAINTEST = 22
"""Grey levels by which the palest ink that is looked for differs from its paper."""


def grey_of(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Luminance, height x width."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


def ink_of(grey: NDArray[np.uint8]) -> Mask:
    """1 where a pixel differs from the paper around it, else 0."""
    difference = cv2.absdiff(grey, paper_of(grey))
    return np.asarray(difference > max(_FAINTEST, 4 * _noise(difference)), np.uint8)


def paper_of(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The picture (grey or RGB) without its ink: medians over about 60 pixels. They are of samples, not of averages,
    which between narrow lines of text would be grey."""
    height, width = picture.shape[:2]
    size = (max(1, width // 4), max(1, height // 4))
    samples: Any = cv2.resize(picture, size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(
        cv2.resize(cv2.medianBlur(samples, 15), (width, height), interpolation=cv2.INTER_LINEAR), np.uint8
    )


def _noise(difference: Any) -> float:
    """Standard deviation of blank paper: from the median, which ink does not reach."""
    return 1.48 * float(np.median(difference))


def letter_specks(ink: Mask) -> NDArray[np.float64]:
    """Boxes (n x 4) of connected pieces of ink of the size of letters; rules, frames and dust left out."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    x, y, wide, high, area = stats[1:].astype(np.float64).T
    size = (high >= 5) & (high <= 120)
    keep = size & (wide <= 5 * high) & (area >= 8) & (area <= 0.95 * wide * high)
    keep |= size & (wide <= 0.4 * high) & (area >= 5)  # an l is all ink
    boxes = np.stack((x, y, x + wide, y + high), axis=1)[keep]
    if count <= 1 or len(boxes) == 0:
        return np.zeros((0, 4))
    tall = boxes[:, 3] - boxes[:, 1]
    usual = float(np.median(tall))
    return np.asarray(boxes[(tall >= 0.45 * usual) & (tall <= 3 * usual)], np.float64)


def chain(specks: NDArray[np.float64], shape: tuple[int, ...]) -> NDArray[np.float64]:
    """Boxes (n x 4) of lines: letters that stand side by side, at most a letter's height apart, three at least."""
    if len(specks) == 0:
        return np.zeros((0, 4))
    reach = float(np.median(specks[:, 3] - specks[:, 1]))
    canvas = np.zeros(shape[:2], np.uint8)
    for x0, top, x1, bottom in np.rint(specks).astype(int).tolist():
        inset = (bottom - top) // 4  # lines that nearly touch stay apart
        canvas[max(0, top + inset) : max(0, bottom - inset), max(0, x0) : max(0, x1)] = 1
    canvas = cv2.dilate(canvas, np.ones((1, max(3, round(reach) | 1)), np.uint8)).astype(np.uint8)
    count, labels = cv2.connectedComponents(canvas, connectivity=8)
    middles = np.rint((specks[:, :2] + specks[:, 2:]) / 2).astype(int)
    middles = middles.clip(0, [shape[1] - 1, shape[0] - 1])
    groups = np.asarray(labels)[middles[:, 1], middles[:, 0]]
    found = []
    for group in np.unique(groups[groups > 0]).tolist() if count > 1 else []:
        members = specks[groups == group]
        if len(members) >= 3:
            found.append(np.concatenate((members[:, :2].min(axis=0), members[:, 2:].max(axis=0))))
    return np.array(found) if found else np.zeros((0, 4))
