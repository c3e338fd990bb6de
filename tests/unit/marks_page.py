"""Pages of marks drawn with known states, and read without a reader: the lines are those that were drawn."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from extractors.pictures.read_page import PagePicture, Reading, ReadPicture, TextLine, Word
from records.marks import Agreement

FONT, SMALL = ImageFont.load_default(15), ImageFont.load_default(12)
TOPICS = (
    "Stolen Vehicle",
    "Stolen Plate",
    "Missing Person",
    "Sex Offender",
    "Protection Order",
    "Violent Person",
    "Supervised Release",
    "Immigration Violator",
)


@dataclass
class Drawn:
    """A page while it is drawn. Colours are (page, ink)."""

    width: int = 420
    height: int = 420
    paper: tuple[int, int, int] = (255, 255, 255)
    ink: tuple[int, int, int] = (33, 33, 33)
    lines: list[TextLine] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.image = Image.new("RGB", (self.width, self.height), self.paper)
        self.draw = ImageDraw.Draw(self.image)

    def text(self, x: int, y: int, text: str, ink: tuple[int, int, int] | None = None, is_small: bool = False) -> None:
        font = SMALL if is_small else FONT
        self.draw.text((x, y), text, font=font, fill=ink or self.ink)
        box = tuple(float(v) for v in self.draw.textbbox((x, y), text, font=font))
        words, at = [], x
        for word in text.split(" "):
            wide = self.draw.textlength(word, font=font)
            words.append(Word(word, (at, box[1], at + wide, box[3])))
            at += wide + self.draw.textlength(" ", font=font)
        reading = Reading("drawn", text, None, box)  # type: ignore[arg-type]
        self.lines.append(TextLine(text, box, tuple(words), Agreement.BOTH, (reading,)))  # type: ignore[arg-type]

    def box(self, x: int, y: int, state: str, side: int = 15) -> None:
        self.draw.rectangle((x, y, x + side, y + side), outline=self.ink, width=1)
        at = [(x + 3, y + 8), (x + 6, y + 11), (x + 12, y + 4)]
        if state == "on":
            self.draw.line(at, fill=self.ink, width=2)
        elif state == "mixed":
            self.draw.rectangle((x + 4, y + 7, x + 11, y + 8), fill=self.ink)
        elif state == "filled":
            self.draw.rectangle((x, y, x + side, y + side), fill=self.ink)

    def toggle(self, x: int, y: int, on: bool, track: tuple[int, int, int] | None = None) -> None:
        colour = track or ((52, 199, 89) if on else (200, 200, 204))
        self.draw.rounded_rectangle((x, y, x + 39, y + 21), radius=11, fill=colour)
        knob = x + 20 if on else x + 2
        self.draw.ellipse((knob, y + 2, knob + 17, y + 19), fill=(255, 255, 255))

    def circle(self, x: int, y: int, chosen: bool) -> None:
        self.draw.ellipse((x, y, x + 15, y + 15), outline=self.ink, width=2)
        if chosen:
            self.draw.ellipse((x + 4, y + 4, x + 11, y + 11), fill=self.ink)

    def read(self, noise: float = 0.0, blur: float = 0.0) -> ReadPicture:
        pixels = np.asarray(self.image, np.uint8)
        if blur:
            pixels = np.asarray(cv2.GaussianBlur(pixels, (0, 0), blur), np.uint8)
        if noise:
            scatter = np.random.default_rng(7).normal(0, noise, pixels.shape[:2])[..., None]
            pixels = np.clip(pixels + scatter, 0, 255).astype(np.uint8)
        height, width = pixels.shape[:2]
        matrix = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
        return ReadPicture(PagePicture(1, pixels, width, height, matrix), tuple(self.lines), ("drawn",))


def box_list(
    states: list[str], paper: tuple[int, int, int] = (255, 255, 255), ink: tuple[int, int, int] = (33, 33, 33)
) -> Drawn:
    """Check boxes before the topics, one a row."""
    page = Drawn(paper=paper, ink=ink)
    for row, (label, state) in enumerate(zip(TOPICS, states, strict=False)):
        page.box(30, 40 + 34 * row, state)
        page.text(58, 38 + 34 * row, label)
    return page
