"""Turning pages upright: told by reading, undone exactly in coordinates, and nothing touched without need."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.pictures.upright import apply_turn, turn_upright

SIZE = (640, 420)
DOT = (37.5, 21.5)
"""Middle of a pixel drawn in pure red."""
LINES = ("Stolen Vehicle", "Missing Person", "Protection Order", "Amber Alert", "Violent Person", "Sex Offender")


def _page() -> Image.Image:
    image = Image.new("RGB", SIZE, (255, 255, 255))
    draw = ImageDraw.Draw(image)
    font = ImageFont.load_default(size=22)
    for row, text in enumerate(LINES):
        draw.text((80, 60 + 52 * row), text, font=font, fill=(20, 20, 20))
        draw.text((360, 60 + 52 * row), text[::1].upper(), font=font, fill=(20, 20, 20))
    draw.rectangle((DOT[0] - 2.5, DOT[1] - 2.5, DOT[0] + 1.5, DOT[1] + 1.5), fill=(255, 0, 0))
    return image


def _red(pixels: np.ndarray) -> tuple[float, float]:
    """Middle of what is red, in coordinates of pixel edges."""
    rows, columns = np.nonzero((pixels[..., 0] > 180) & (pixels[..., 1] < 100))
    return float(columns.mean()) + 0.5, float(rows.mean()) + 0.5


@pytest.mark.ocr
@pytest.mark.parametrize("turned", [0, 90, 180, 270])
def test_the_page_is_turned_upright_and_the_way_back_is_exact(turned: int) -> None:
    # The displayed page lies on its side by as much as must be undone.
    displayed = _page().rotate(turned, expand=True)
    where = _red(np.asarray(displayed))
    width, height = displayed.size
    picture = turn_upright(displayed, 1, width / 2, height / 2)
    assert (picture.turned, picture.skew) == (turned, 0.0)
    assert np.array_equal(picture.pixels, np.asarray(_page()))
    x, y = _red(picture.pixels)
    assert picture.to_points((x, y, x, y)) == pytest.approx((where[0] / 2, where[1] / 2) * 2, abs=1e-6)


@pytest.mark.ocr
@pytest.mark.parametrize("rise", [-6.0, -0.8, 0.7, 3.0])
def test_skew_is_found_taken_out_and_mapped_back(rise: float) -> None:
    displayed = _page().rotate(rise, Image.Resampling.BICUBIC, expand=True, fillcolor=(255, 255, 255))
    where = _red(np.asarray(displayed))
    picture = turn_upright(displayed, 1, *displayed.size)
    assert picture.turned == 0
    assert picture.skew == pytest.approx(rise, abs=0.2)
    x, y = _red(picture.pixels)
    assert picture.to_points((x, y, x, y))[:2] == pytest.approx(where, abs=0.7)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [0.0, -4.0, 9.0])
def test_corners_of_the_upright_page_hold_the_displayed_one(turned: int, skew: float) -> None:
    pixels = np.full((30, 50, 3), 255, np.uint8)
    picture = apply_turn(pixels, 1, (25.0, 15.0), turned, skew)
    high, wide = picture.pixels.shape[:2]
    x0, top, x1, bottom = picture.to_points((0, 0, wide, high))
    assert min(x0, top) <= 1e-6
    assert x1 >= 25.0 - 1e-6
    assert bottom >= 15.0 - 1e-6
    if not skew:
        assert (x0, top, x1, bottom) == pytest.approx((0, 0, 25, 15))


def test_a_page_of_few_letters_is_left_alone_to_the_bit() -> None:
    image = Image.new("RGB", (200, 80), (250, 250, 250))
    ImageDraw.Draw(image).text((20, 20), "HOW NOW", font=ImageFont.load_default(size=20), fill=(0, 0, 0))
    upside_down = image.rotate(180)
    picture = turn_upright(upside_down, 1, 200, 80)
    assert (picture.turned, picture.skew) == (0, 0.0)
    assert np.array_equal(picture.pixels, np.asarray(upside_down))
