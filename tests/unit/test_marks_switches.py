"""Switches whose knob is as light as the page, or of which only a part is drawn; two words on one track."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.ground import lay_ground
from extractors.pictures.marks.knob_sides import Side
from extractors.pictures.marks.toggles import measure_toggle
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


def test_a_lone_field_belongs_to_the_list_on_whose_row_it_is_the_next() -> None:
    """Two lists side by side; one word of each is drawn on a field, the others are only words."""
    page = Drawn(width=760, height=240)
    for row, (topic, on) in enumerate(zip(TOPICS, (False, False, True, False, False, True, False, False), strict=True)):
        x, y = 380 * (row % 2), 30 + 44 * (row // 2)
        page.text(x + 10, y, topic)
        if on:
            page.draw.rounded_rectangle((x + 290, y - 4, x + 340, y + 24), radius=3, fill=(190, 230, 200))
        page.text(x + 300, y, "ON" if on else "OFF")
    found = dict(_states(page))
    drawn = dict(zip(TOPICS, ("off", "off", "on", "off", "off", "on", "off", "off"), strict=True))
    assert all(found[topic] in (state, "unreadable") for topic, state in drawn.items())
    assert sum(found[topic] == state for topic, state in drawn.items()) >= 6


def test_radio_buttons_of_two_lists_on_one_row_are_two_choices() -> None:
    page = Drawn(width=860, height=260)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        x, y = 430 * (row % 2), 30 + 50 * (row // 2)
        page.text(x + 10, y, topic)
        for away, word, is_chosen in ((220, "Yes", on), (300, "No", not on)):
            page.circle(x + away, y + 1, is_chosen)
            page.text(x + away + 22, y, word)
    assert dict(_states(page)) == dict(_drawn())


def test_white_boxes_on_a_dark_page_are_empty_beside_coloured_ticks() -> None:
    page = Drawn(paper=(24, 31, 42), ink=(235, 235, 235))
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        x, y = 30, 40 + 40 * row
        page.draw.rounded_rectangle((x, y, x + 15, y + 15), radius=2, fill=(77, 163, 255) if on else WHITE)
        if on:
            page.draw.line([(x + 3, y + 8), (x + 6, y + 11), (x + 12, y + 4)], fill=WHITE, width=2)
        page.text(60, y - 2, topic)
    assert _states(page) == _drawn()


def test_two_sides_of_a_bevel_are_a_box_where_few_are_ticked() -> None:
    page = Drawn()
    for row, topic in enumerate(TOPICS):
        x, y = 30, 40 + 40 * row
        page.draw.line([(x, y + 12), (x, y), (x + 12, y)], fill=(120, 120, 120), width=2)
        if row == 2:
            page.draw.line([(x + 3, y + 6), (x + 5, y + 9), (x + 10, y + 3)], fill=page.ink, width=2)
        page.text(60, y - 3, topic)
    assert _states(page) == [(topic, "on" if row == 2 else "off") for row, topic in enumerate(TOPICS)]


def test_two_lines_above_an_explanation_are_one_label() -> None:
    """The mark stands in the middle, beside the second line; a line below it is set smaller and paler."""
    page = Drawn(width=420, height=640)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 20 + 76 * row
        page.text(60, y, f"Fixture Lake Regional {row}")
        page.text(60, y + 20, topic)
        page.text(60, y + 40, "Updated twice a day", (150, 150, 150), is_small=True)
        page.box(30, y + 22, "on" if on else "off")
    labels = [mark.label for mark in find_marks(page.read()).marks]
    assert labels == [f"Fixture Lake Regional {row} {topic}" for row, topic in enumerate(TOPICS)]


@pytest.mark.parametrize("is_mirrored", [False, True])
def test_the_rest_of_a_track_is_no_knob_where_a_shadow_reaches_below_it(is_mirrored: bool) -> None:
    """The page and the rest of the track are two flat colours; the knob on the page is hardly another one."""
    pixels = np.full((60, 90, 3), 255, np.uint8)
    cv2.rectangle(pixels, (20, 17), (62, 33), (176, 176, 176), -1)
    shade = np.zeros(pixels.shape[:2], np.float32)
    cv2.circle(shade, (31, 28), 12, 1.0, -1)
    pixels = (pixels - 70 * cv2.GaussianBlur(shade, (0, 0), 2.0)[..., None]).astype(np.uint8)
    cv2.circle(pixels, (31, 25), 12, (250, 250, 250), -1)
    cv2.putText(pixels, "Stolen", (20, 56), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (30, 30, 30), 1)
    left, right = 18.0, 63.0
    if is_mirrored:
        pixels, left, right = np.ascontiguousarray(pixels[:, ::-1]), 90 - right, 90 - left
    ground = lay_ground(pixels, [(20.0, 44.0, 72.0, 57.0)], [0])
    measured = measure_toggle(ground, (left, 17.0, right, 40.0))
    assert measured.side is (Side.RIGHT if is_mirrored else Side.LEFT)


def test_a_knob_much_higher_than_its_short_track_is_that_of_a_switch() -> None:
    """With its knob the switch is hardly wider than high, and no circle."""
    page = Drawn()
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        x, y = 330, 40 + 40 * row
        page.text(20, y + 4, topic)
        page.draw.rounded_rectangle((x, y + 3, x + 35, y + 24), radius=11, fill=PALE_BLUE if on else GREY)
        knob = BLUE if on else (110, 110, 110)
        page.draw.ellipse((x + (9 if on else 0), y, x + (36 if on else 27), y + 27), fill=knob)
    assert _states(page) == _drawn()
