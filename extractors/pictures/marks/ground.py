"""A page as differences from its own paper: the colour of the nearest line's background, the noise, the contrast.

A mark stands on the same ground as its label, whether that is white, a dark theme, a zebra stripe or a shaded scan. So
every place is compared with the ground of the line of text nearest to it, and nothing is ever compared with a fixed
darkness. Where lines are tall (3x screens, 300-dpi scans) the page is shrunk: marks are as large as their labels.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from extractors.pictures.marks.colours import grain_of, line_colour
from extractors.pictures.marks.light import evenly_lit
from extractors.pictures.read_page import Box

_LEADING = 1.3
"""A line's height, times the height of its letters from the highest to the lowest."""
_NOISY = 2.0
"""Levels of noise from which a picture is smoothed."""
_EVEN, _GRAIN = 1.5, 3.0
"""Grain up to which a picture is no scan: what lies beside its lines may be another field, and is no noise beyond so
many times the grain."""
_SCANNED = 20.0
"""Working pixels of a line from which on its strokes outlast smoothing; a screen's, one pixel wide, do not."""
_GRAINY = 1.5
"""Levels of noise, from which on a picture is no screenshot."""
LOSSLESS = 1.0
"""Levels of ringing up to which a picture is taken for one that was never stored lossily."""
TALLEST_LINE = 34.0
"""Working pixels. Taller lines are shrunk to it; marks keep at least 12 pixels."""


@dataclass(frozen=True, slots=True)
class Ground:
    """The page at working scale. ``scale``: working pixels per upright pixel."""

    scale: float
    pixels: NDArray[np.int16]
    """height x width x 3."""
    paper: NDArray[np.int16]
    """The ground under every pixel."""
    ink: NDArray[np.uint8]
    """How far each pixel is from its ground, 0 to 255: the largest of the three channels' differences."""
    line_height: float
    """Median height of a line of text with its leading, in working pixels: about 1.2 times the size of the letters."""
    noise: float
    """Typical difference between two pixels of the same ground."""
    contrast: float
    """Typical difference between text and its ground."""
    ringing: float = 0.0
    """How far the ground is off close to letters, where a lossy file repeats their edges; 0 in a lossless screen."""
    is_scan: bool = False
    """Whether the page lay askew or is grainy: shades are those of ink and light, not of a screen."""

    def cut(self, box: Box) -> tuple[slice, slice]:
        """Rows and columns of *box* (working pixels), kept inside the page and never empty."""
        height, width = self.ink.shape
        x0 = int(np.clip(round(box[0]), 0, width - 1))
        top = int(np.clip(round(box[1]), 0, height - 1))
        return slice(top, max(top + 1, min(height, round(box[3])))), slice(x0, max(x0 + 1, min(width, round(box[2]))))


def lay_ground(pixels: NDArray[np.uint8], boxes: Sequence[Box], sources: Sequence[int], skew: float = 0.0) -> Ground:
    """The ground of a page with text lines *boxes* (upright pixels); *sources* are those printed on the page itself.
    *skew*: degrees that were taken out of it.

    A word inside a toggle or chip is no source: it stands on the mark.
    """
    line_height = _LEADING * float(np.median([b[3] - b[1] for b in boxes]))
    scale = min(1.0, TALLEST_LINE / line_height)
    if scale < 1:
        size = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
        pixels = np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    height = line_height * scale
    scaled = [(b[0] * scale, b[1] * scale, b[2] * scale, b[3] * scale) for b in boxes]
    if skew != 0.0 or grain_of(pixels.astype(np.int16), [scaled[i] for i in sources]) > _EVEN:
        pixels = evenly_lit(pixels)
    image = pixels.astype(np.int16)
    colours, noises, contrasts = zip(*(line_colour(image, scaled[i]) for i in sources), strict=True)
    grain = grain_of(image, [scaled[i] for i in sources])
    if grain <= _EVEN:
        noises = tuple(min(noise, _GRAIN * grain) for noise in noises)
    if float(np.median(noises)) > _NOISY and height >= _SCANNED:  # strokes are several pixels wide, noise is one
        blurred = cv2.GaussianBlur(pixels, (0, 0), float(np.clip(0.04 * height, 0.6, 1.3)))
        image = np.asarray(blurred, dtype=np.int16)
        colours, noises, contrasts = zip(*(line_colour(image, scaled[i]) for i in sources), strict=True)
    rows = [_own_rows(image, scaled[i], colour, height) for i, colour in zip(sources, colours, strict=True)]
    paper = _spread(image.shape, [scaled[i] for i in sources], np.array(colours), rows)
    ink = np.abs(image - paper).max(axis=2).astype(np.uint8)
    noise, contrast = float(np.median(noises)), max(12.0, float(np.median(contrasts)))
    first = Ground(scale, image, paper, ink, height, noise, contrast)
    tight = [bottom - top for top, bottom in (letters_between(first, scaled[i]) for i in sources)]
    ringing = _ringing(ink, [scaled[i] for i in sources], contrast)
    is_scan = skew != 0.0 or noise >= _GRAINY
    return replace(first, line_height=_LEADING * float(np.median(tight)), ringing=ringing, is_scan=is_scan)


def without_ringing(ground: Ground) -> NDArray[np.uint8]:
    """The page's ink without what a lossy file repeats of letters, boxes and knobs: weak ink beside ink four times as
    strong, and in no flat field. For finding what is drawn; measuring it wants all of the ink."""
    if ground.ringing <= LOSSLESS:
        return ground.ink
    ink = ground.ink.astype(np.int16)
    near = cv2.dilate(ground.ink, np.ones((7, 7), np.uint8)).astype(np.int16)
    square = np.ones((3, 3), np.uint8)
    uneven = cv2.dilate(ground.ink, square).astype(np.int16) - cv2.erode(ground.ink, square).astype(np.int16)
    return np.where((4 * ink < near) & (uneven > ground.ringing), 0, ground.ink).astype(np.uint8)


def _ringing(ink: NDArray[np.uint8], boxes: Sequence[Box], contrast: float) -> float:
    """What is inked between three and six pixels away from the letters, of a usual line: JPEG works in blocks of eight.

    An outline around every line passes for ringing; so never more than a sixth of the contrast.
    """
    strong = (ink > 0.4 * contrast).astype(np.uint8)
    band = (cv2.dilate(strong, np.ones((13, 13), np.uint8)) > 0) & ~(cv2.dilate(strong, np.ones((5, 5), np.uint8)) > 0)
    found = []
    for x0, top, x1, bottom in boxes:
        area = slice(max(0, round(top) - 4), round(bottom) + 5), slice(max(0, round(x0) - 4), round(x1) + 5)
        values = ink[area][band[area]]
        found.append(float(np.percentile(values, 90)) if values.size else 0.0)
    return min(float(np.median(found)), contrast / 6)


def letters_between(ground: Ground, box: Box) -> tuple[float, float]:
    """Top and bottom of the letters in *box*: readers draw their boxes tight or wide, letters are where they are."""
    rows, columns = ground.cut(box)
    ink = ground.ink[rows, columns]
    strong = np.percentile(ink, 97) if ink.size else 0.0
    inked = np.flatnonzero((ink > max(0.4 * strong, 3 * ground.noise)).sum(axis=1) >= 2)
    if inked.size < 3:
        return box[1], box[3]
    # A reader's box may reach into the next line: the band with the most ink counts, parted where rows are blank.
    parted = np.split(inked, np.flatnonzero(np.diff(inked) > 1 + max(1, round(0.06 * ink.shape[0]))) + 1)
    inked = max(parted, key=lambda rows: int(ink[rows].sum()))
    return float(rows.start + inked[0]), float(rows.start + inked[-1] + 1)


def middle_of_letters(ground: Ground, box: Box) -> float:
    """Half-way up the band in which most of the ink of the line *box* lies."""
    rows, columns = ground.cut(box)
    profile = ground.ink[rows, columns].astype(np.float32).mean(axis=1)
    full = np.flatnonzero(profile > 0.55 * float(profile.max(initial=0)))
    return float(rows.start + (full[0] + full[-1] + 1) / 2) if full.size else (box[1] + box[3]) / 2


_OWN_ROW, _OTHER_ROW, _BEYOND_BAR = 1.2, 4.0, 40.0
"""Line heights above and below a line that are of its row; how many times more a distance beyond counts, and one beyond
where its ground is seen to end."""


def _own_rows(image: NDArray[np.int16], box: Box, colour: NDArray[np.int16], line_height: float) -> tuple[float, float]:
    """How far above and below its middle a line's ground goes on: to the edge of a bar, and never far."""
    middle, reach = (box[1] + box[3]) / 2, _OWN_ROW * line_height
    top = max(0, round(middle - reach))
    area = image[top : round(middle + reach) + 1, max(0, round(box[0])) : max(1, round(box[2]))]
    if area.size == 0:
        return reach, reach
    away = np.abs(area - colour).max(axis=2)
    is_other = (away > _OTHER_GROUND).mean(axis=1) > _OTHER_SHARE
    others = top + np.flatnonzero(is_other)
    half = (box[3] - box[1]) / 2
    above, below = others[others < middle - half], others[others > middle + half]
    return (
        float(middle - above[-1]) if above.size else reach,
        float(below[0] - middle) if below.size else reach,
    )


_OTHER_GROUND, _OTHER_SHARE = 24, 0.85
"""Levels from a line's ground that are of another; share of a row of pixels that has it: letters leave more between."""


def _spread(
    shape: tuple[int, ...], boxes: Sequence[Box], colours: NDArray[np.int16], own_rows: Sequence[tuple[float, float]]
) -> NDArray[np.int16]:
    """Every pixel's nearest line's colour. Up and down counts eight times as far as left and right, and more where the
    line is of another row: a switch at the end of a row is nearer to its label than to the title bar above it."""
    line_height = max(max(own) for own in own_rows) / _OWN_ROW
    height, width = shape[:2]
    step_y, step_x = max(1.0, line_height / 6), max(1.0, line_height / 2)
    ys = (np.arange(int(np.ceil(height / step_y))) + 0.5) * step_y
    xs = (np.arange(int(np.ceil(width / step_x))) + 0.5) * step_x
    nearest = np.full((ys.size, xs.size), np.inf, dtype=np.float32)
    index = np.zeros((ys.size, xs.size), dtype=np.int32)
    for i, (x0, top, x1, bottom) in enumerate(boxes):
        away_y = np.abs(ys - (top + bottom) / 2)
        away_x = np.maximum(np.maximum(x0 - xs, xs - x1), 0) / 8
        rows = slice(None) if len(boxes) < 60 else np.flatnonzero(away_y < line_height * 8)
        own = np.where(ys < (top + bottom) / 2, *own_rows[i])
        dearer = np.where(own < _OWN_ROW * line_height - 1, _BEYOND_BAR, _OTHER_ROW)
        away_y = away_y + dearer * np.maximum(away_y - own, 0)
        distance = (away_y[rows, None] + away_x[None, :]).astype(np.float32)
        closer = distance < nearest[rows]
        nearest[rows] = np.where(closer, distance, nearest[rows])
        index[rows] = np.where(closer, i, index[rows])
    rows_of = np.minimum((np.arange(height) / step_y).astype(int), ys.size - 1)
    columns_of = np.minimum((np.arange(width) / step_x).astype(int), xs.size - 1)
    return np.asarray(colours[index[np.ix_(rows_of, columns_of)]], dtype=np.int16)
