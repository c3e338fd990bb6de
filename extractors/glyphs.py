"""What both PDF engines fill: the glyphs and rulings of one page, as columns.

Coordinates are display points (see :mod:`records.places`); each engine converts once, at its door.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Glyphs:
    """Non-space glyphs in the order the page draws them; all arrays have one length.

    ``space_before[i]`` is the number of white-space glyphs that the page draws between glyph *i - 1* and glyph *i*.
    ``unmapped`` counts glyphs without a Unicode value: what they print cannot be known from the file. ``joint[i]``:
    glyph *i* begins a text that is drawn by itself right where that of glyph *i - 1* ends; None where nobody asked.
    """

    text: str
    x0: Floats
    top: Floats
    x1: Floats
    bottom: Floats
    space_before: NDArray[np.int64]
    unmapped: int = 0
    joint: NDArray[np.bool_] | None = None

    def __len__(self) -> int:
        return len(self.text)


_NONE = np.empty(0)
NO_GLYPHS = Glyphs("", _NONE, _NONE, _NONE, _NONE, np.empty(0, np.int64))


@dataclass(frozen=True, slots=True)
class Rulings:
    """Axis-parallel lines a person sees: strokes, thin fills and the edges of filled or stroked rectangles.

    ``horizontal`` has rows ``x0, x1, y``; ``vertical`` has rows ``top, bottom, x``.
    """

    horizontal: Floats = field(default_factory=lambda: np.empty((0, 3)))
    vertical: Floats = field(default_factory=lambda: np.empty((0, 3)))


@dataclass(frozen=True, slots=True)
class Unread:
    """Something a page shows that is in no text layer: ``kind`` is what it is in a word, ``text`` what the file says it
    holds, if anything."""

    kind: str
    text: str | None
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class PageContent:
    """One page as an engine sees it. ``image_share`` is the part of the page area that pictures cover, 0 to 1."""

    page_number: int
    width: float
    height: float
    rotation: int
    glyphs: Glyphs
    rulings: Rulings
    image_share: float = 0.0
    covered: NDArray[np.bool_] | None = None
    """Which glyphs are in the file but cannot be seen on the page; None where the engine cannot tell."""
    slanted: Glyphs | None = None
    """Glyphs at an angle to the others; they are not among ``glyphs``."""
    unread: tuple[Unread, ...] = ()
    """What the page shows besides its text layer; only pdfium tells."""
    turn: int = 0
    """Degrees clockwise by which the page as displayed is turned to have its text upright; only pdfium tells."""
    typed_rules: Glyphs | None = None
    """Bars and dashes that are rules; they are not among ``glyphs``."""
    labels: Glyphs | None = None
    """Labels of an unfolded page; they are not among ``glyphs``, and stand where they are printed."""

    @property
    def glyph_count(self) -> int:
        """All glyphs of the page, whatever their angle, those of typed rules and labels."""
        apart = (part for part in (self.slanted, self.typed_rules, self.labels) if part is not None)
        return len(self.glyphs) + sum(map(len, apart))


THIN = 2.5
"""Points. A filled or stroked shape thinner than this is a line to the eye; borders are rarely thicker."""
SHORT = 3.0
"""Points. Shorter strokes are dashes, ticks and parts of drawn letters."""


def rulings_from_boxes(lines: Floats, rectangles: Floats) -> Rulings:
    """Rulings from line-like boxes and rectangles, both with rows ``x0, top, x1, bottom`` in display points."""
    boxes = lines.reshape(-1, 4)
    width, height = boxes[:, 2] - boxes[:, 0], boxes[:, 3] - boxes[:, 1]
    flat = boxes[(height <= THIN) & (width >= SHORT)]
    upright = boxes[(width <= THIN) & (height >= SHORT)]
    rects = rectangles.reshape(-1, 4)
    x0, top, x1, bottom = rects.T if len(rects) else np.empty((4, 0))
    horizontal = [np.array((flat[:, 0], flat[:, 2], (flat[:, 1] + flat[:, 3]) / 2))]
    horizontal += [np.array((x0, x1, y)) for y in (top, bottom)]
    vertical = [np.array((upright[:, 1], upright[:, 3], (upright[:, 0] + upright[:, 2]) / 2))]
    vertical += [np.array((top, bottom, x)) for x in (x0, x1)]
    return Rulings(np.concatenate(horizontal, axis=1).T, np.concatenate(vertical, axis=1).T)
