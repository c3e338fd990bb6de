"""Parts of a picture: cropped lists, and the screenshots of one list that was scrolled."""

from __future__ import annotations

import numpy as np

from samples.hotlists.spec import ListSpec
from samples.hotlists.truth import Drawn


def crop(drawn: Drawn, upper: float, lower: float, step: str) -> Drawn:
    """The part between two heights. Marks above and below are hidden, those on the edge are cut."""
    top, bottom = round(upper), round(lower)
    image = drawn.image.crop((0, top, drawn.image.width, bottom))
    matrix = np.array([[1.0, 0, 0], [0, 1, -top], [0, 0, 1]])
    return Drawn(image, drawn.page.moved(matrix, image.width, image.height, step))


def cut(drawn: Drawn, spec: ListSpec) -> Drawn:
    """*drawn* without the shares of its list that *spec* wants cropped away."""
    if not (spec.cut_top or spec.cut_bottom) or not drawn.page.marks:
        return drawn
    top, bottom = _list(drawn)
    upper = top + spec.cut_top * (bottom - top) if spec.cut_top else 0.0
    lower = bottom - spec.cut_bottom * (bottom - top) if spec.cut_bottom else drawn.page.height
    return crop(drawn, upper, lower, "cut")


def scrolled(drawn: Drawn, pictures: int = 2, overlap: float = 0.2) -> list[Drawn]:
    """Screenshots of a list scrolled down, top to bottom; neighbours share *overlap* of the list's height.

    Where the second of two lists differs in a topic within the overlap, part 1 of the one and part 2 of the other are a
    pair whose seam disagrees.
    """
    top, bottom = _list(drawn)
    step, half = (bottom - top) / pictures, overlap / 2 * (bottom - top)
    parts = []
    for number in range(pictures):
        upper = top + number * step - half if number else 0.0
        lower = top + (number + 1) * step + half if number < pictures - 1 else drawn.page.height
        parts.append(crop(drawn, upper, lower, f"part {number + 1} of {pictures}"))
    return parts


def _list(drawn: Drawn) -> tuple[float, float]:
    boxes = [box for mark in drawn.page.marks for box in (mark.label_box, mark.mark_box)]
    return min(box[1] for box in boxes), max(box[3] for box in boxes)
