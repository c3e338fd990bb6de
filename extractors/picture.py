"""A page as a picture, in displayed orientation, with marks drawn on it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont

from extractors.pdfium_file import draw_page, open_file
from extractors.sniff import is_picture_file
from records.errors import TooLargeError

MAX_PIXELS = 60_000_000
"""Of one picture of a page."""
_COLORS = {
    "header": ((44, 160, 44, 255), (44, 160, 44, 36)),
    "row": ((31, 119, 180, 255), (31, 119, 180, 26)),
    "cell": ((214, 39, 40, 255), (214, 39, 40, 40)),
    "label": ((31, 119, 180, 255), (31, 119, 180, 26)),
    "mark": ((148, 103, 189, 255), (148, 103, 189, 40)),
    "mark_on": ((44, 160, 44, 255), (44, 160, 44, 36)),
    "mark_off": ((214, 39, 40, 255), (214, 39, 40, 30)),
}
"""Line and fill, in the order in which they are drawn; ``mark`` is one whose state is neither on nor off."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A box to draw, in points of the page as displayed; ``color`` is a key of ``_COLORS``."""

    box: tuple[float, float, float, float]
    label: str
    color: str


def page_image(source: Path, page_number: int, scale: float, password: str | None = None) -> Image.Image:
    """The page (1-based) at *scale* pixels per point; the points of a picture file are its pixels."""
    if is_picture_file(source):
        from extractors.pictures.document import PictureDocument  # numpy comes with it: not for people who wait

        picture_file = PictureDocument(source)
        picture = picture_file.render(page_number, scale)
        picture_file.close()
        return picture
    document = open_file(source, password)
    width, height = document[page_number - 1].get_size()
    if width * height * scale * scale > MAX_PIXELS:
        raise TooLargeError(f"Page {page_number} would have {width * height * scale * scale:,.0f} pixels.")
    picture = draw_page(document, page_number, scale)
    document.close()
    return picture


def draw_marks(picture: Image.Image, marks: list[Mark], scale: float) -> Image.Image:
    """The picture with the marks on it: tinted boxes, 1.5 points of air around the text, a label above each."""
    if not marks:
        return picture
    layer = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    draw = ImageDraw.Draw(layer)
    font = ImageFont.load_default(size=max(11.0, 6.5 * scale))
    air = 1.5 * scale
    for mark in sorted(marks, key=lambda m: list(_COLORS).index(m.color)):
        line, fill = _COLORS[mark.color]
        x0, top, x1, bottom = (v * scale for v in mark.box)
        box = (x0 - air, top - air, x1 + air, bottom + air)
        draw.rectangle(box, outline=line, fill=fill, width=max(1, round(0.9 * scale)))
        if mark.label:
            _label(draw, mark.label, box, line, font, picture.size)
    return Image.alpha_composite(picture.convert("RGBA"), layer).convert("RGB")


def _label(draw: ImageDraw.ImageDraw, text: str, box: Any, color: Any, font: Any, size: tuple[int, int]) -> None:
    """The label above the box, or below it where the page ends, never outside the picture."""
    x0, y0, x1, y1 = draw.textbbox((0, 0), text, font=font)
    width, height = x1 - x0 + 6, y1 - y0 + 4
    left = min(max(0, box[0]), max(0, size[0] - width))
    up = box[1] - height if box[1] - height >= 0 else min(box[3], size[1] - height)
    draw.rectangle((left, up, left + width, up + height), fill=color)
    draw.text((left + 3 - x0, up + 2 - y0), text, font=font, fill=(255, 255, 255, 255))
