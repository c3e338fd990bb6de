"""A sheet to draw on with Pillow alone: four times as fine as the picture, then reduced, so that edges are smooth.

All places are in CSS pixels, as in a browser: 96 an inch at scale 1.
"""

from __future__ import annotations

import functools
import itertools
import math
import random
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFont

from samples.hotlists.truth import Box
from samples.vera import face_path

_FINE = 4
Color = tuple[int, int, int]


class Canvas:
    """A sheet of *width* x *height* CSS pixels, shown at *scale*."""

    def __init__(self, width: float, height: float, scale: float, paper: Color) -> None:
        self._unit = scale * _FINE
        self._size = (round(width * scale), round(height * scale))
        self._image = Image.new("RGB", (self._size[0] * _FINE, self._size[1] * _FINE), paper)
        self._pen = ImageDraw.Draw(self._image)

    def picture(self) -> Image.Image:
        """What was drawn, at the size of the picture."""
        return self._image.resize(self._size, Image.Resampling.BOX)

    def box(
        self, box: Box, fill: Color | None = None, line: Color | None = None, pen: float = 1, radius: float = 0
    ) -> None:
        """A rectangle, rounded or not, filled or not."""
        edges = self._scaled(box)
        width = max(1, round(pen * self._unit)) if line else 0
        self._pen.rounded_rectangle(edges, radius * self._unit, fill=fill, outline=line, width=width)

    def disc(self, box: Box, fill: Color | None = None, line: Color | None = None, pen: float = 1) -> None:
        """A circle or an ellipse."""
        self._pen.ellipse(self._scaled(box), fill=fill, outline=line, width=max(1, round(pen * self._unit)))

    def line(self, points: Sequence[tuple[float, float]], color: Color, pen: float) -> None:
        """Straight pieces with round ends."""
        places = [(x * self._unit, y * self._unit) for x, y in points]
        self._pen.line(places, fill=color, width=max(1, round(pen * self._unit)), joint="curve")
        half = pen * self._unit / 2
        for x, y in (places[0], places[-1]):
            self._pen.ellipse((x - half, y - half, x + half, y + half), fill=color)

    def stroke(self, points: Sequence[tuple[float, float]], color: Color, pen: float, rng: random.Random) -> Box:
        """A line by hand through *points*: curved, of uneven pressure. Returns the box around it."""
        xs, ys = [], []
        for (x0, y0), (x1, y1) in itertools.pairwise(points):
            bow = rng.uniform(-0.12, 0.12)
            for step in range(41):
                t = step / 40
                sag = math.sin(t * math.pi) * bow
                x = x0 + (x1 - x0) * t - (y1 - y0) * sag
                y = y0 + (y1 - y0) * t + (x1 - x0) * sag
                half = pen * (0.5 + 0.22 * math.sin(7 * t + bow * 30))
                self._pen.ellipse(self._scaled((x - half, y - half, x + half, y + half)), fill=color)
                xs.append(x)
                ys.append(y)
        return min(xs) - pen / 2, min(ys) - pen / 2, max(xs) + pen / 2, max(ys) + pen / 2

    def text(self, x: float, y: float, text: str, size: float, color: Color, bold: bool = False) -> Box:
        """One line with its top left at (x, y). Returns the box of its ink."""
        font = _font(bold, round(size * self._unit))
        self._pen.text((x * self._unit, y * self._unit), text, font=font, fill=color)
        found = font.getbbox(text)
        return (
            x + found[0] / self._unit,
            y + found[1] / self._unit,
            x + found[2] / self._unit,
            y + found[3] / self._unit,
        )

    def paste(self, image: Image.Image, box: Box) -> None:
        """A picture, stretched into *box*."""
        x0, top, x1, bottom = (round(side) for side in self._scaled(box))
        self._image.paste(image.convert("RGB").resize((x1 - x0, bottom - top), Image.Resampling.BICUBIC), (x0, top))

    def _scaled(self, box: Box) -> Box:
        x0, top, x1, bottom = box
        return x0 * self._unit, top * self._unit, x1 * self._unit, bottom * self._unit


def wrap(text: str, size: float, width: float, bold: bool = False) -> list[str]:
    """*text* in lines no wider than *width*, broken at spaces."""
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}".strip()
        if lines[-1] and text_width(longer, size, bold) > width:
            lines.append(word)
        else:
            lines[-1] = longer
    return lines


def text_width(text: str, size: float, bold: bool = False) -> float:
    """In the unit of *size*."""
    return _font(bold, 100).getlength(text) * size / 100


@functools.cache
def _font(bold: bool, size: int) -> ImageFont.FreeTypeFont:
    # Basic layout: with or without libraqm the same glyphs stand in the same places.
    return ImageFont.truetype(face_path("VeraBd" if bold else "Vera"), size, layout_engine=ImageFont.Layout.BASIC)
