"""Streaks of a feeder: bridged from what is beside them, through letters; rulings and borders are left alone."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from extractors.pictures.streaks import without_streaks

AT = 150
"""Column that streaks begin at; strokes of the drawn page go through it."""


def _page() -> NDArray[np.uint8]:
    page = np.full((400, 300, 3), 245, np.uint8)
    for top in range(40, 360, 20):
        page[top : top + 3, AT - 9 : AT + 9] = 20  # a stroke across, as of an e
        page[top : top + 12, AT - 40 : AT - 37] = 20
    return page


@pytest.mark.parametrize("is_turned", [False, True])
@pytest.mark.parametrize("width", [1, 2, 3])
@pytest.mark.parametrize("shade", [60, 255])
def test_what_a_streak_runs_through_goes_on_under_it(shade: int, width: int, is_turned: bool) -> None:
    drawn = np.where(_page() == 245, 215, 20).astype(np.uint8) if shade == 255 else _page()
    soiled = drawn.copy()
    soiled[:, AT : AT + width] = shade
    if is_turned:
        soiled, drawn = soiled.transpose(1, 0, 2), drawn.transpose(1, 0, 2)
    assert np.array_equal(without_streaks(np.ascontiguousarray(soiled)), drawn)


def test_a_streak_may_begin_and_end_on_the_page() -> None:
    drawn, soiled = _page(), _page()
    soiled[90:330, AT : AT + 2] = 60
    found = without_streaks(soiled)
    assert (found != drawn).any(axis=(1, 2)).mean() < 0.02


def test_a_ruling_that_ticks_run_through_is_no_streak() -> None:
    page = _page()
    page[15:385, AT : AT + 2] = 60
    for top in range(15, 386, 40):
        page[top : top + 2, 20:280] = 60
    assert without_streaks(page) is page


def test_a_line_that_runs_through_no_letter_is_left_alone() -> None:
    page = _page()
    page[:, 250:252] = 60  # the border of a pane
    page[100:102] = 60  # and a line across, which it meets
    assert without_streaks(page) is page
