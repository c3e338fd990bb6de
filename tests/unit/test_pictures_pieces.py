"""What is a box beside text, and what is a round letter of it."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from extractors.pictures.pieces import is_box
from samples.vera import FACES, face_path

FINE = 4
"""Shapes are drawn so many times as large and made smaller, as screens and scanners do."""


def _columns(image: Image.Image) -> NDArray[np.bool_]:
    """What is inked, from its first column to its last."""
    inked = np.asarray(image) < 190
    columns = np.flatnonzero(inked.any(axis=0))
    return inked[:, columns[0] : columns[-1] + 1]


def _square(high: int, radius: float) -> NDArray[np.bool_]:
    """An empty box with corners of a *radius* given as part of its height."""
    image = Image.new("L", ((high + 8) * FINE, (high + 8) * FINE), 255)
    place = (4 * FINE, 4 * FINE, (high + 4) * FINE, (high + 4) * FINE)
    ImageDraw.Draw(image).rounded_rectangle(place, radius=radius * high * FINE, outline=0, width=2 * FINE)
    return _columns(image.resize((high + 8, high + 8), Image.Resampling.LANCZOS))


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("size", range(16, 50, 2))
@pytest.mark.parametrize("letter", "OQDCG0")
def test_a_round_letter_is_no_box(face: str, size: int, letter: str) -> None:
    image = Image.new("L", (3 * size, 2 * size), 255)
    ImageDraw.Draw(image).text((size, size // 3), letter, font=ImageFont.truetype(face_path(face), size), fill=0)
    assert not is_box(_columns(image))


@pytest.mark.parametrize("high", [16, 18, 20, 24, 32])
@pytest.mark.parametrize("radius", [0.0, 0.1, 0.2])
def test_a_square_with_rounded_corners_is_a_box(high: int, radius: float) -> None:
    assert is_box(_square(high, radius))
