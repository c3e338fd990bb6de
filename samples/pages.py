"""What is on a drawn page: texts, strokes and fills, in points from the top left of the page as displayed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from samples.layout import Layout


@dataclass(frozen=True, slots=True)
class TextRun:
    """One text operator. ``baseline`` is measured from the top."""

    x: float
    baseline: float
    text: str
    font: str
    size: float
    column: int = 0
    """Which column it stands in; decides its place in the stream where that goes column by column."""
    spacing: float = 0.0
    """Added after every character."""
    angle: float = 0.0
    """Degrees it is turned by, counter-clockwise, as stamps and watermarks are."""
    grey: float = 0.0
    """Of stamps only; 0 is black."""


@dataclass(frozen=True, slots=True)
class Stroke:
    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: filled with a grey, or stroked where ``grey`` is None."""

    x0: float
    top: float
    x1: float
    bottom: float
    grey: float | None = None


@dataclass(slots=True)
class DrawnPage:
    number: int
    texts: list[TextRun] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    """Painted first, in order; then the strokes, then the texts."""


class Producer(Protocol):
    """A program that writes PDFs: it measures text, and prints pages that are laid out already."""

    def char_width(self, font: str, char: str) -> float:
        """Advance of *char* at size 1."""

    def can_print(self, font: str, char: str) -> bool:
        """Whether *font* has *char*."""

    def print_pages(self, layout: Layout, pages: Iterable[DrawnPage], path: Path) -> None:
        """Write *pages* to *path*: the same pages give the same bytes."""


BOLD = {"Helvetica": "Helvetica-Bold", "Times-Roman": "Times-Bold", "Courier": "Courier-Bold", "Vera": "VeraBd"}
"""Every font a layout may name -> its bold face."""


def media_size(layout: Layout) -> tuple[float, float]:
    """The MediaBox before rotation: the paper, and the crop offset on all four sides."""
    width, height = layout.paper if layout.rotate in (0, 180) else layout.paper[::-1]
    return width + 2 * layout.crop_offset[0], height + 2 * layout.crop_offset[1]
