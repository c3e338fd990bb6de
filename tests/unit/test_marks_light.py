"""Shadows of a scanner's light are taken out, printed fields are not."""

from __future__ import annotations

import numpy as np

from extractors.pictures.marks.light import evenly_lit


def page(shade: np.ndarray | None = None) -> np.ndarray:
    pixels = np.full((400, 600, 3), 250, np.float32)
    pixels[100:110, 10:500] = 40
    return np.asarray(pixels if shade is None else pixels * shade[None, :, None], np.uint8)


def test_a_shadow_along_the_binding_is_taken_out() -> None:
    shadow = 1 - 0.5 * np.exp(-np.arange(600) / 60)
    lit = evenly_lit(page(shadow))
    assert np.abs(lit[300, 20:].astype(int) - 250).max() <= 6
    assert lit[105, 300, 0] <= 60  # ink stays ink


def test_a_printed_side_bar_stays_and_a_plain_page_is_the_very_same() -> None:
    bar = np.where(np.arange(600) < 120, 0.6, 1.0)
    barred = page(bar)
    assert evenly_lit(barred) is barred
    plain = page()
    assert evenly_lit(plain) is plain


def test_a_ruling_that_leans_is_no_shadow() -> None:
    pixels = page()
    for y in range(400):
        pixels[y, 200 + y // 8 : 206 + y // 8] = 30
    lit = evenly_lit(pixels)
    assert lit is pixels
