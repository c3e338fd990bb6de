"""Marks as scanners and fax machines leave them: without colours, blurred, in one bit. States come from the drawing."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
from PIL import Image

from extractors.pictures.dots import without_dots
from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.ground import lay_ground
from extractors.pictures.marks.knob_sides import Side, ringed_side
from extractors.pictures.marks.options import two_words
from extractors.pictures.marks.result import MarkPage
from extractors.pictures.marks.toggles import measure_toggle
from extractors.pictures.read_page import Box, Reading, TextLine, Word
from records.marks import Agreement
from tests.unit.marks_page import FONT, TOPICS, Drawn, box_list

ON = [True, False, True, True, False, False, True, False]
BLACK = (0, 0, 0)


def _given(page: MarkPage) -> dict[str, str]:
    return {mark.label: str(mark.state) for mark in page.marks}


def _drawn(on: list[bool]) -> dict[str, str]:
    return {label: "on" if state else "off" for label, state in zip(TOPICS, on, strict=True)}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("O On © Off", ("on", "off")),
        ("OOnOff", ("on", "off")),
        ("© Yes O No", ("yes", "no")),
        ("Disabled Enabled", ("disabled", "enabled")),
        ("Off", None),
        ("On Ramp Off Ramp", None),
        ("No One", None),
        ("On On", None),
    ],
)
def test_two_options_read_as_one_line_are_known(text: str, words: tuple[str, str] | None) -> None:
    assert two_words(text) == words


@pytest.mark.parametrize("read", ["O On © Off", "OnOff"])
def test_options_read_as_one_line_are_parted_where_their_ink_is(read: str) -> None:
    page = Drawn(width=520)
    for row, (label, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 36 * row
        page.text(30, y, label)
        page.circle(340, y + 1, on)
        page.circle(400, y + 1, not on)
        for x, word in ((362, "On"), (422, "Off")):
            page.draw.text((x, y), word, font=FONT, fill=page.ink)
        box = (340.0, y + 1.0, 445.0, y + 17.0)
        page.lines.append(TextLine(read, box, (), Agreement.DIFFER, (Reading("drawn", read, None, box),)))
    assert _given(find_marks(page.read())) == _drawn(ON)


def test_words_with_the_outline_of_a_button_are_not_ringed_by_hand() -> None:
    page = Drawn(width=520)
    for row, (label, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 36 * row
        page.text(30, y, label)
        for x, word, chosen in ((330, "YES", on), (410, "NO", not on)):
            page.text(x, y, word)
            if not chosen:  # the field of the one that is chosen was too pale for the scanner
                page.draw.rounded_rectangle((x - 9, y - 4, x + 37, y + 21), radius=4, outline=page.ink)
    assert set(_given(find_marks(page.read())).values()) == {"unreadable"}


def _toggles(on: list[bool]) -> Drawn:
    page = Drawn()
    for row, (label, state) in enumerate(zip(TOPICS, on, strict=True)):
        page.text(30, 43 + 36 * row, label)
        page.toggle(340, 40 + 36 * row, state, BLACK)
    return page


def test_black_tracks_of_one_bit_are_told_by_their_knobs() -> None:
    assert _given(find_marks(_toggles(ON).read())) == _drawn(ON)


@pytest.mark.parametrize("side", [0, 1])
def test_a_knob_as_white_as_the_paper_is_not_looked_for_at_the_other_end(side: int) -> None:
    page = Drawn()
    for row, label in enumerate(TOPICS):
        y = 40 + 36 * row
        page.text(30, y + 3, label)
        page.draw.rounded_rectangle((340, y + 4, 376, y + 17), radius=6, fill=(215, 215, 215))
        knob = 340 + 18 * side
        page.draw.ellipse((knob - 1, y, knob + 20, y + 21), fill=page.paper, outline=(238, 238, 238))
    states = set(_given(find_marks(page.read(noise=4.0, blur=0.8))).values())
    assert states <= {"unreadable", "on" if side else "off"}


@pytest.mark.parametrize("slope", [0.03, 0.05])
def test_a_mark_far_off_on_a_page_that_leans_is_not_the_next_rows(slope: float) -> None:
    page = Drawn(width=760)
    for row, (label, on) in enumerate(zip(TOPICS, ON, strict=True)):
        words, x, y = [], 30, 40 + 36 * row
        for text in label.split():
            down = round(y + slope * x)
            page.draw.text((x, down), text, font=FONT, fill=page.ink)
            box = page.draw.textbbox((x, down), text, font=FONT)
            words.append(Word(text, (float(box[0]), float(box[1]), float(box[2]), float(box[3]))))
            x = int(box[2]) + 5
        around = (words[0].box[0], min(w.box[1] for w in words), words[-1].box[2], max(w.box[3] for w in words))
        page.lines.append(
            TextLine(label, around, tuple(words), Agreement.BOTH, (Reading("drawn", label, None, around),))
        )
        page.toggle(640, round(y + slope * 640), on, BLACK)
    found, drawn = _given(find_marks(page.read())), _drawn(ON)
    assert {found.get(label, "unreadable") for label in TOPICS if found.get(label) != drawn[label]} <= {"unreadable"}


def _side(is_on: bool, knob: tuple[int, int, int], edge: tuple[int, int, int], box: Box) -> Side:
    page = Drawn()
    page.text(30, 43, TOPICS[0])
    page.draw.rounded_rectangle((340, 45, 376, 56), radius=6, fill=(150, 150, 150))
    x = 339 + 18 * is_on
    page.draw.ellipse((x, 40, x + 21, 61), fill=knob, outline=edge)
    ground = lay_ground(page.read(noise=1.0, blur=0.6).picture.pixels, [page.lines[0].box], [0])
    return measure_toggle(ground, box).side


@pytest.mark.parametrize("is_on", [False, True])
def test_the_track_alone_does_not_turn_a_higher_knob_round(is_on: bool) -> None:
    found = _side(is_on, (60, 60, 60), (60, 60, 60), (339.0, 44.0, 378.0, 58.0))
    assert found is not (Side.LEFT if is_on else Side.RIGHT)


@pytest.mark.parametrize("is_on", [False, True])
def test_the_rest_of_a_track_beside_a_white_knob_is_no_knob(is_on: bool) -> None:
    whole, cut = (339.0, 40.0, 378.0, 62.0), (339.0, 44.0, 378.0, 58.0)
    assert _side(is_on, (255, 255, 255), (190, 190, 190), whole) is (Side.RIGHT if is_on else Side.LEFT)
    assert _side(is_on, (255, 255, 255), (190, 190, 190), cut) is not (Side.LEFT if is_on else Side.RIGHT)


@pytest.mark.parametrize("knob", [(70, 70, 70), (150, 150, 150)])
def test_knobs_of_another_shade_at_the_other_end_bear_each_other_out(knob: tuple[int, int, int]) -> None:
    page = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 36 * row
        page.text(30, y + 3, label)
        page.draw.rounded_rectangle((340, y + 5, 376, y + 16), radius=6, fill=(150, 150, 150))
        x = 339 + 18 * on
        page.draw.ellipse(
            (x, y, x + 21, y + 21), fill=knob if on else page.paper, outline=knob if on else (120, 120, 120)
        )
    given, drawn = _given(find_marks(page.read(noise=4.0, blur=0.6))), _drawn(ON)
    if knob == (70, 70, 70):
        assert given == drawn
    assert {given[label] for label in TOPICS if given[label] != drawn[label]} <= {"unreadable"}


def test_an_outlined_pill_has_no_ring_at_either_end() -> None:
    page = Drawn()
    page.text(30, 43, TOPICS[0])
    page.draw.rounded_rectangle((340, 40, 378, 61), radius=11, outline=(120, 120, 120))
    page.draw.rounded_rectangle((362, 46, 372, 55), radius=4, fill=(120, 120, 120))
    ground = lay_ground(page.read(noise=1.0, blur=0.6).picture.pixels, [page.lines[0].box], [0])
    assert ringed_side(ground, (340.0, 40.0, 379.0, 62.0)) is Side.UNCLEAR


def test_ticks_printed_with_little_toner_are_no_noise() -> None:
    page = Drawn(paper=(225, 225, 225), ink=(168, 168, 168))
    for row, (label, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 36 * row
        page.text(64, y, label)
        page.draw.rectangle((30, y, 48, y + 18), outline=page.ink, width=2)
        if on:
            page.draw.line([(34, y + 9), (38, y + 14), (45, y + 4)], fill=(196, 196, 196), width=2)
    assert _given(find_marks(page.read(noise=2.0, blur=0.5))) == _drawn(ON)


def test_a_page_of_one_bit_is_dots_where_its_paper_is_too_light_for_any() -> None:
    grey = np.full((300, 800), 255, np.uint8)
    grey[:, :250] = 215
    dots = np.array(Image.fromarray(grey).convert("1").convert("RGB"))
    dots[100:200:6, 600:660] = 0  # what dots make of a stroke
    smooth = without_dots(dots)
    assert smooth[120:180, 610:650].max() < 255


@pytest.mark.parametrize("matrix", [((0, 8, 2, 10), (12, 4, 14, 6), (3, 11, 1, 9), (15, 7, 13, 5))])
def test_edges_that_a_scanner_made_of_ordered_dots_are_smoothed_on_white_paper(matrix: tuple[tuple[int, ...]]) -> None:
    grey = np.full((400, 600), 255, np.uint8)
    for row in range(8):
        cv2.putText(grey, "Stolen Vehicle and Plate", (20, 40 + 45 * row), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    grey = cv2.GaussianBlur(grey, (0, 0), 1.5)
    limits = np.tile((np.array(matrix) + 0.5) / 16 * 255, (100, 150))
    ordered, plain = grey > limits, grey > 128
    for bits, is_smoothed in ((ordered, True), (plain, False)):
        pixels = np.repeat(np.where(bits, 255, 0).astype(np.uint8)[..., None], 3, axis=2)
        assert (without_dots(pixels) is not pixels) == is_smoothed
    smooth = without_dots(np.repeat(np.where(ordered, 255, 0).astype(np.uint8)[..., None], 3, axis=2))
    assert np.abs(smooth[:, :, 0].astype(int) - grey).mean() < 8


def _filled(states: list[str]) -> Drawn:
    page = box_list(states)
    for row, state in enumerate(states):
        if state == "filled":  # by hand: specks of paper are left
            page.draw.point([(36 + row % 3, 47 + 34 * row), (37 + row % 3, 47 + 34 * row)], fill=(255, 255, 255))
    return page


def test_boxes_filled_in_by_hand_are_on_where_others_are_empty() -> None:
    states = ["filled" if on else "off" for on in ON]
    assert _given(find_marks(_filled(states).read(blur=0.5))) == _drawn(ON)


def test_a_fill_says_nothing_where_one_bit_kept_half_of_the_frames() -> None:
    page = _filled(["filled" if on else "off" for on in ON])
    for row, on in enumerate(ON):
        if not on:
            page.draw.rectangle((34, 40 + 34 * row, 42, 41 + 34 * row), fill=page.paper)
    states = _given(find_marks(page.read()))
    assert {states.get(label, "unreadable") for label, on in zip(TOPICS, ON, strict=True) if on} == {"unreadable"}


def test_grey_made_of_dots_is_smoothed_where_it_is() -> None:
    grey = np.full((300, 400), 255, np.uint8)
    grey[:, :200] = 215
    cv2.putText(grey, "Plate", (60, 160), cv2.FONT_HERSHEY_SIMPLEX, 1.2, 0, 3)
    dots = np.asarray(Image.fromarray(grey).convert("1").convert("RGB"))
    smooth = without_dots(dots)
    assert np.array_equal(smooth[:, 260:], dots[:, 260:])
    assert smooth[20:100, 20:150].std() < 12
    assert smooth[130:165, 60:150].min() < 40
    assert without_dots(smooth) is smooth


@pytest.mark.parametrize("has_second_list", [False, True])
def test_knobs_alone_at_two_places_are_toggles_in_one_bit(has_second_list: bool) -> None:
    page = Drawn(width=500, height=700, paper=(0, 0, 0), ink=(255, 255, 255))
    lists = [(340, 40)] + ([(440, 360)] if has_second_list else [])
    for end, top in lists:
        for row, (label, on) in enumerate(zip(TOPICS, ON, strict=True)):
            y, x = top + 36 * row, end + 15 * on
            page.text(30, y + 2, label if top == 40 else f"Other {label}")
            page.draw.ellipse((x, y, x + 19, y + 19), fill=page.ink)
    given = _given(find_marks(page.read()))
    assert {label: given[label] for label in TOPICS} == _drawn(ON)
    assert len(given) == len(lists) * len(TOPICS)


def test_knobs_where_the_others_have_theirs_when_off_are_switches_that_lost_their_outline() -> None:
    page = Drawn(width=500)
    for row, (label, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 36 * row
        page.text(30, y + 2, label)
        if on:
            page.draw.rounded_rectangle((340, y, 380, y + 20), radius=10, fill=page.ink)
            page.draw.ellipse((363, y + 4, 375, y + 16), fill=page.paper)
        else:
            page.draw.ellipse((345, y + 5, 355, y + 15), fill=page.ink)
    assert _given(find_marks(page.read(noise=2.0, blur=0.6))) == _drawn(ON)


def test_signs_that_shine_through_the_paper_do_not_part_switches_from_their_labels() -> None:
    page = Drawn(width=640)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 30 + 44 * row
        page.text(20, y, topic)
        for k, x in enumerate((300, 360, 420)):
            page.draw.line([(x, y + 2), (x + 4 + 2 * k, y + 12), (x + 12, y + 6)], fill=(200, 200, 200), width=4)
        page.toggle(560, y - 2, on)
    found = [(mark.label, str(mark.state)) for mark in find_marks(page.read(noise=2.0)).marks]
    assert found == [(topic, "on" if on else "off") for topic, on in zip(TOPICS, ON, strict=True)]


def test_of_two_radio_buttons_the_one_whose_ring_is_broken_to_dots_is_empty() -> None:
    page = Drawn(width=560)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 30 + 44 * row
        page.text(20, y, topic)
        for x, word, is_chosen in ((300, "Yes", on), (400, "No", not on)):
            if is_chosen:
                page.draw.ellipse((x, y + 1, x + 16, y + 17), fill=page.ink)
            else:
                for turn in range(0, 360, 60):
                    page.draw.arc((x, y + 1, x + 16, y + 17), turn, turn + 12, fill=page.ink, width=1)
            page.text(x + 24, y, word)
    found = [(mark.label, str(mark.state)) for mark in find_marks(page.read()).marks]
    assert found == [(topic, "on" if on else "off") for topic, on in zip(TOPICS, ON, strict=True)]


def test_dots_that_repeat_their_words_in_two_lists_are_no_radio_buttons() -> None:
    page = Drawn(width=700)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        x, y = 340 * (row % 2), 30 + 44 * (row // 2)
        page.text(x + 10, y, topic)
        page.draw.ellipse((x + 230, y + 5, x + 239, y + 14), fill=(60, 60, 60) if on else (120, 120, 120))
        page.text(x + 250, y, "ON" if on else "OFF")
    found = {mark.label: str(mark.state) for mark in find_marks(page.read()).marks}
    assert found == {topic: "on" if on else "off" for topic, on in zip(TOPICS, ON, strict=True)}
