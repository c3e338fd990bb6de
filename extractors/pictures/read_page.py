"""A page as a picture, turned upright, with the text that was read on it: what marks and lists are found on.

Two coordinate systems and no more. *Upright pixels*: of ``PagePicture.pixels``, x to the right, y downwards. *Points*:
of the page as displayed (see :mod:`records.places`; a picture file has 1 pixel = 1 point). Everything in this package
works in upright pixels; :meth:`PagePicture.to_points` is the one way out.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from records.marks import Agreement

Box = tuple[float, float, float, float]
"""x0, top, x1, bottom."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page, upright: turned by a multiple of 90 degrees and deskewed, never scaled."""

    page_number: int
    pixels: NDArray[np.uint8]
    """height x width x 3, RGB."""
    width: float
    """Of the page as displayed, in points."""
    height: float
    matrix: NDArray[np.float64]
    """2 x 3: upright pixel (x, y, 1) -> point of the page as displayed."""
    turned: int = 0
    """Degrees clockwise the displayed page was turned to be upright: 0, 90, 180 or 270."""
    skew: float = 0.0
    """Degrees by which the lines of the displayed page rose, taken out."""

    def to_points(self, box: Box) -> Box:
        """The smallest box, in points of the page as displayed, around *box* in upright pixels."""
        x0, top, x1, bottom = box
        corners = np.array([[x0, top, 1], [x1, top, 1], [x0, bottom, 1], [x1, bottom, 1]])
        found = corners @ self.matrix.T
        return (*map(float, found.min(axis=0)), *map(float, found.max(axis=0)))  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one reader saw in one place. ``box`` in upright pixels; ``score`` is the reader's own, 0 to 1, or None."""

    reader: str
    text: str
    score: float | None
    box: Box


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its box in upright pixels."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class TextLine:
    """One run of words on one line, as agreed between the readers; runs far apart on one line are apart."""

    text: str
    box: Box
    words: tuple[Word, ...]
    agreement: Agreement
    readings: tuple[Reading, ...]
    """Every reader's, those it lost to included."""


@dataclass(frozen=True, slots=True)
class ReadPicture:
    """A page picture and all text lines on it, top to bottom, then left to right."""

    picture: PagePicture
    lines: tuple[TextLine, ...]
    readers: tuple[str, ...]
    """The readers that were there, by name: ``rapidocr``, ``tesseract``, ``layer``."""
