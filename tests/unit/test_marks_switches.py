"""Switches whose knob is as light as the page, or of which only a part is drawn; two words on one track."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.pictures.marks.find import find_marks
from tests.unit.marks_page import FONT, TOPICS, Drawn

ON = (True, False, True, False, False, True, True, False)
BLUE, PALE_BLUE, GREY, WHITE = (21, 101, 192), (165, 201, 240), (185, 185, 185), (255, 255, 255)


def _states(page: Drawn) -> list[tuple[str, str]]:
    return [(mark.label, str(mark.state)) for mark in find_marks(page.read()).marks]


def _drawn() -> list[tuple[str, str]]:
    return [(topic, "on" if on else "off") for topic, on in zip(TOPICS, ON, strict=True)]


def _shadow(page: Drawn, x: int, y: int, radius: int, strength: int) -> None:
    """What a light knob at (x, y) throws on the page, a little lower than itself."""
    pixels = np.asarray(page.image).astype(np.float32)
    dark = np.zeros(pixels.shape[:2], np.float32)
    cv2.circle(dark, (x, y + 1), radius + 1, 1.0, -1)
    dark = np.asarray(cv2.GaussianBlur(dark, (0, 0), 1.5), np.float32)
    page.image.frombytes((pixels - strength * dark[..., None]).clip(0, 255).astype(np.uint8).tobytes())


@pytest.mark.parametrize("strength", [60, 110])
def test_a_white_knob_on_a_white_page_is_told_by_its_shadow(strength: int) -> None:
    """The track is lower than the knob, and seen only where the knob is not."""
    page = Drawn()
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        x, y = 30, 40 + 40 * row
        page.draw.rounded_rectangle((x, y + 3, x + 34, y + 17), radius=7, fill=PALE_BLUE if on else GREY)
        if on:
            page.draw.ellipse((x + 15, y, x + 35, y + 20), fill=BLUE)
        else:
            _shadow(page, x + 9, y + 10, 10, strength)
            page.draw.ellipse((x - 1, y, x + 19, y + 20), fill=WHITE)
        page.text(80, y, topic)
    assert _states(page) == _drawn()


def test_the_rest_of_a_track_beside_a_knob_that_is_not_to_be_seen_is_no_box() -> None:
    page = Drawn()
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        x, y = 330, 40 + 40 * row
        page.text(20, y, topic)
        page.draw.rounded_rectangle((x, y + 3, x + 34, y + 17), radius=7, fill=PALE_BLUE if on else GREY)
        page.draw.ellipse((x + (15 if on else -1), y, x + (35 if on else 19), y + 20), fill=BLUE if on else WHITE)
    told = dict(_states(page))
    assert {topic for topic, on in zip(TOPICS, ON, strict=True) if on} == {t for t, s in told.items() if s == "on"}
    assert {state for topic, state in told.items() if dict(_drawn())[topic] != "on"} <= {"off", "unreadable"}


def test_knobs_whose_outline_is_lost_stand_in_two_columns() -> None:
    page = Drawn(width=640)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        x, y = (30 if row % 2 else 330), 40 + 40 * (row // 2)
        if on:
            page.draw.rounded_rectangle((x, y, x + 32, y + 16), radius=8, fill=BLUE)
            page.draw.ellipse((x + 19, y + 3, x + 29, y + 13), fill=WHITE)
        else:
            page.draw.rounded_rectangle((x, y, x + 32, y + 16), radius=8, outline=(238, 238, 238))
            page.draw.ellipse((x + 3, y + 3, x + 13, y + 13), fill=GREY)
        page.text(x + 44, y - 2, topic)
    assert dict(_states(page)) == dict(_drawn())


@pytest.mark.parametrize(("track", "field"), [((241, 243, 245), WHITE), ((224, 224, 224), (250, 250, 250))])
def test_of_two_words_on_one_track_the_one_on_a_field_is_chosen(
    track: tuple[int, int, int], field: tuple[int, int, int]
) -> None:
    page = Drawn(width=520)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 40 * row
        page.text(20, y, topic)
        page.draw.rounded_rectangle((348, y - 5, 452, y + 25), radius=6, fill=track)
        x = 352 if on else 402
        page.draw.rounded_rectangle((x, y - 1, x + 46, y + 21), radius=5, fill=field, outline=(215, 215, 215))
        page.text(362, y, "On")
        page.text(412, y, "Off")
    assert _states(page) == _drawn()


def test_of_two_words_with_one_outline_around_both_a_pale_fill_says_nothing() -> None:
    """Some pages fill the chosen half, others the half that can be chosen."""
    page = Drawn(width=520)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 40 * row
        page.text(20, y, topic)
        x = 350 if on else 400
        page.draw.rectangle((x, y - 5, x + 50, y + 25), fill=(226, 226, 226))
        page.draw.rectangle((350, y - 5, 450, y + 25), outline=(200, 200, 200))
        page.text(362, y, "On")
        page.text(412, y, "Off")
    assert {state for _, state in _states(page)} == {"unreadable"}


def test_a_strong_field_around_one_of_two_words_is_a_word_and_no_toggle() -> None:
    page = Drawn(width=520)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 40 * row
        page.text(20, y, topic)
        x = 350 if on else 402
        page.draw.rounded_rectangle((x, y - 5, x + 52, y + 25), radius=10, fill=(64, 10, 220))
        page.text(362, y, "Yes", WHITE if on else None)
        page.text(416, y, "No", None if on else WHITE)
    assert _states(page) == _drawn()


def test_an_outlined_badge_is_no_box_with_a_figure_in_it() -> None:
    page = Drawn(width=520)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 40 * row
        page.text(20, y, topic)
        word, ink = ("Yes", (33, 186, 69)) if on else ("No", (118, 118, 118))
        wide = round(page.draw.textlength(word, font=FONT))
        page.draw.rounded_rectangle((390 - wide, y - 5, 402, y + 23), radius=3, outline=ink)
        page.text(396 - wide, y, word, ink)
    assert _states(page) == _drawn()


def test_dashes_are_off_below_a_heading_over_their_column() -> None:
    page = Drawn(width=520)
    page.text(20, 14, "Hotlist")
    page.text(360, 14, "Subscribed")
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 44 + 30 * row
        page.text(20, y, topic)
        if on:
            page.draw.line([(392, y + 9), (396, y + 13), (404, y + 4)], fill=page.ink, width=2)
        else:
            page.draw.line([(392, y + 9), (404, y + 9)], fill=page.ink, width=2)
    assert _states(page) == _drawn()
