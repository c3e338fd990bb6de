"""The second reader: Tesseract is shown the pieces of lines, one under the other on a clean sheet, in one call.

It finds lines badly and reads clean ones well: on the sheet every piece is dark on white, of the size that Tesseract
was trained on, and without the boxes and rules beside it. What it read of a piece comes with the places of its words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from extractors.pictures.pieces import Piece
from extractors.tesseract import find_program, read_words

FIRST, SECOND = 32, 44
"""Ink heights for a first look and, at what the readers differ on, a second."""
_LARGEST = 4.0
_AIR = 24
_SHEET_PIXELS = 8_000_000
"""Of one call."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What Tesseract read of one piece; the score is its least certain word's."""

    text: str
    score: float | None


def is_there() -> bool:
    """Whether there is a Tesseract."""
    return find_program() is not None


def look(grey: NDArray[np.uint8], pieces: Sequence[Piece], ink_height: int = FIRST) -> list[Seen] | None:
    """What Tesseract reads of every piece (empty text where nothing); None where there is no Tesseract.

    *ink_height*: what the ink of a piece is brought to, ascender to descender, in pixels of the sheet.
    """
    if not is_there():
        return None
    seen: list[Seen] = []
    strips: list[NDArray[np.uint8]] = []
    for index, piece in enumerate(pieces):
        strips.append(_strip(grey, piece, ink_height))
        if sum(s.size for s in strips) > _SHEET_PIXELS or index + 1 == len(pieces):
            read = _read_sheet(strips)
            if read is None:
                return None
            seen.extend(read)
            strips = []
    return seen


def _strip(grey: NDArray[np.uint8], piece: Piece, ink_height: int) -> NDArray[np.uint8]:
    """The crop, dark on white, with full contrast, enlarged or reduced."""
    x0, top, x1, bottom = piece.crop
    # Rows of the line above and below, which the detector's box may hold, are left out.
    air = max(2, round(0.2 * piece.height))
    top, bottom = max(top, piece.box[1] - air), min(bottom, piece.box[3] + air)
    crop = grey[top:bottom, x0:x1].astype(np.float32)
    if piece.is_dark:
        crop = 255 - crop
    paper = float(np.median(crop))
    darkest = min(float(np.percentile(crop, 1)), paper - 1)
    crop = np.clip((crop - darkest) * (255 / (paper - darkest)), 0, 255)
    scale = min(_LARGEST, ink_height / piece.height)
    size = (max(1, round(crop.shape[1] * scale)), max(1, round(crop.shape[0] * scale)))
    how = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return np.asarray(np.clip(cv2.resize(crop, size, interpolation=how), 0, 255), np.uint8)


def _read_sheet(strips: Sequence[NDArray[np.uint8]]) -> list[Seen] | None:
    width = max(strip.shape[1] for strip in strips) + 2 * _AIR
    height = sum(strip.shape[0] + _AIR for strip in strips) + _AIR
    sheet = np.full((height, width), 255, np.uint8)
    tops = []
    y = _AIR
    for strip in strips:
        sheet[y : y + strip.shape[0], _AIR : _AIR + strip.shape[1]] = strip
        tops.append(y)
        y += strip.shape[0] + _AIR
    words = read_words(Image.fromarray(sheet), dpi=200, psm=6)
    if words is None:
        return None
    rows: list[list[tuple[float, str, float]]] = [[] for _ in strips]
    for text, score, (x0, top, _, bottom) in words:
        row = int(np.searchsorted(tops, (top + bottom) / 2, side="right")) - 1
        if row >= 0:
            rows[row].append((x0, text, score))
    return [Seen(" ".join(w[1] for w in sorted(row)), min((w[2] for w in row), default=None)) for row in rows]
