"""Pictures turned and bent, and their truth with them."""

from __future__ import annotations

import math

import numpy as np
from PIL import Image

from samples.hotlists.truth import Drawn, Matrix


def rotation(degrees: float, size: tuple[int, int]) -> Matrix:
    """Around the middle of a picture of *size*."""
    c, s, x, y = math.cos(math.radians(degrees)), math.sin(math.radians(degrees)), size[0] / 2, size[1] / 2
    return np.array([[c, -s, x - c * x + s * y], [s, c, y - s * x - c * y], [0, 0, 1]])


def perspective(old: list[tuple[float, float]], new: list[tuple[float, float]]) -> Matrix:
    """The one that takes the four *old* corners to the four *new* ones."""
    lines, wanted = [], []
    for (x, y), (u, v) in zip(old, new, strict=True):
        lines += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        wanted += [u, v]
    return np.append(np.linalg.solve(np.array(lines), np.array(wanted)), 1.0).reshape(3, 3)


def warped(drawn: Drawn, matrix: Matrix, step: str) -> Drawn:
    """Picture and truth through *matrix*, within the same frame; what comes in from outside is the edge's colour."""
    back = np.linalg.inv(matrix)
    back = back / back[2, 2]
    image = drawn.image.convert("RGB")
    edge = image.getpixel((2, 2))
    flat = tuple(float(value) for value in back.flatten()[:8])
    moved = image.transform(image.size, Image.Transform.PERSPECTIVE, flat, Image.Resampling.BICUBIC, fillcolor=edge)
    return Drawn(moved, drawn.page.moved(matrix, *image.size, step))


def kept(drawn: Drawn, image: Image.Image, step: str) -> Drawn:
    """The same page with other pixels, of the same size."""
    return Drawn(image, drawn.page.moved(np.eye(3), *image.size, step))
