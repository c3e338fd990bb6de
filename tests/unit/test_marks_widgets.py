"""Widgets as settings pages have them, each drawn here with its states: what was once taken for another mark or for
none, and what only looks like a mark."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.result import MarkPage
from extractors.pictures.read_page import Reading, ReadPicture
from records.marks import Agreement, MarkState
from tests.unit.marks_page import FONT, TOPICS, Drawn, box_list

STATES = ["on", "off", "on", "on", "off", "on", "off", "off"]
GREEN, GREY, BLUE = (22, 163, 74), (156, 163, 175), (25, 118, 210)


def told(page: MarkPage) -> dict[str, str]:
    return {m.label: str(m.state) for m in page.marks}


def drawn_states() -> dict[str, str]:
    return dict(zip(TOPICS, STATES, strict=True))


def stored(read: ReadPicture, quality: int) -> ReadPicture:
    held = io.BytesIO()
    Image.fromarray(read.picture.pixels).save(held, "JPEG", quality=quality)
    pixels = np.asarray(Image.open(held).convert("RGB"), np.uint8)
    return replace(read, picture=replace(read.picture, pixels=pixels))


def seen_twice(read: ReadPicture) -> ReadPicture:
    """As two readers who agree on every line read it."""
    lines = (
        replace(line, readings=tuple(Reading(who, line.text, None, line.box) for who in ("one", "other")))
        for line in read.lines
    )
    return replace(read, lines=tuple(lines))


def letters(no: str = "N") -> Drawn:
    drawn = Drawn()
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        drawn.text(20, 40 + 34 * row, label)
        drawn.text(300, 40 + 34 * row, "Y" if state == "on" else no)
    return drawn


def test_letters_of_a_table_are_no_boxes() -> None:
    """N is as wide as a box, inked on all four sides, and something runs through its middle."""
    page = find_marks(seen_twice(letters().read()))
    assert told(page) == drawn_states()
    assert {str(m.style) for m in page.marks} == {"word"}


@pytest.mark.parametrize(("no", "readers"), [("M", 2), ("N", 1)], ids=["another letter", "one reader"])
def test_letters_that_may_be_anything_say_nothing(no: str, readers: int) -> None:
    read = letters(no).read()
    page = find_marks(seen_twice(read) if readers == 2 else read)
    assert {m.state for m in page.marks} <= {MarkState.UNREADABLE}
    assert {i.mark for i in page.issues} >= set(range(len(page.marks)))


def test_the_heading_of_a_column_of_boxes_has_no_box() -> None:
    drawn = Drawn()
    drawn.text(20, 14, "Hotlist")
    drawn.text(294, 14, "Alerts")
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        drawn.text(20, 40 + 26 * row, label)
        drawn.box(300, 41 + 26 * row, state)
    assert told(find_marks(drawn.read())) == drawn_states()


def test_lines_of_a_menu_at_the_left_are_no_labels_of_radio_buttons() -> None:
    drawn = Drawn(width=560)
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 60 + 32 * row
        if row < 5:
            drawn.text(20, y - 6 + 3 * row, ("Dashboard", "Search", "Cameras", "Hotlists", "Reports")[row])
        drawn.text(150, y, label)
        for x, word, chosen in ((360, "On", state == "on"), (430, "Off", state == "off")):
            drawn.circle(x, y + 2, chosen)
            drawn.text(x + 22, y, word)
    assert told(find_marks(drawn.read())) == drawn_states()


def test_a_letter_read_in_the_edge_of_a_box_is_no_label() -> None:
    read = box_list(STATES).read()
    edge = (42.0, 75.0, 50.0, 90.0)  # the second box ends at 45
    junk = replace(read.lines[0], text="à", box=edge, words=(), agreement=Agreement.DIFFER)
    junk = replace(junk, readings=(Reading("one", "à", None, edge), Reading("other", "]", None, edge)))
    assert told(find_marks(replace(read, lines=(*read.lines, junk)))) == drawn_states()


def test_a_line_that_explains_is_no_label_where_its_box_reaches_into_it() -> None:
    drawn = Drawn(height=460)
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        drawn.box(30, 43 + 48 * row, state)
        drawn.text(58, 38 + 48 * row, label)
        drawn.text(58, 55 + 48 * row, f"{row + 2},204 plates", ink=(120, 120, 120))
    read = drawn.read()
    x0, top, x1, bottom = read.lines[5].box
    high = (x0, top - 7, x1, bottom)
    lines = [replace(line, box=high) if line is read.lines[5] else line for line in read.lines]
    assert told(find_marks(replace(read, lines=tuple(lines)))) == drawn_states()


def test_a_disabled_tick_that_jpeg_has_nearly_taken_away_is_never_off() -> None:
    """White boxes on grey; the disabled one is grey, its tick as pale as its label."""
    drawn = Drawn(paper=(192, 192, 192), ink=(0, 0, 0))
    for row, (label, state) in enumerate(zip(TOPICS, ["faded", *STATES[1:]], strict=True)):
        x, y = 30, 40 + 30 * row
        faded = state == "faded"
        drawn.draw.rectangle((x, y, x + 12, y + 12), fill=(192,) * 3 if faded else (255,) * 3, outline=(128,) * 3)
        if state != "off":
            drawn.draw.line([(x + 3, y + 6), (x + 5, y + 8), (x + 9, y + 4)], fill=(128 if faded else 0,) * 3, width=2)
        drawn.text(58, y - 2, label, ink=(128, 128, 128) if faded else None)
    for quality in (20, 30, 40, 50, 60, 80):
        page = find_marks(stored(drawn.read(), quality))
        assert told(page)[TOPICS[0]] not in ("off", "disabled_off"), quality


@pytest.mark.parametrize("sides", ["all", "two"])
def test_white_boxes_on_grey_are_told_whatever_their_figure_leaves_free(sides: str) -> None:
    drawn = Drawn(paper=(220, 218, 213), ink=(0, 0, 0))
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        x, y = 30, 40 + 30 * row
        drawn.draw.rectangle((x, y, x + 11, y + 11), fill="white")
        frame = [(x, y + 11), (x, y), (x + 11, y)] + ([(x + 11, y + 11), (x, y + 11)] if sides == "all" else [])
        drawn.draw.line(frame, fill=(158, 154, 145))
        if state == "on":
            drawn.draw.line((x + 3, y + 3, x + 8, y + 8), fill="black", width=2)
            drawn.draw.line((x + 8, y + 3, x + 3, y + 8), fill="black", width=2)
        drawn.text(58, y - 2, label)
    assert told(find_marks(drawn.read())) == drawn_states()


def test_outlined_switches_are_told_by_their_knobs_where_those_are_coloured_and_grey() -> None:
    drawn = Drawn()
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        x, y, colour = 330, 38 + 34 * row, GREEN if state == "on" else GREY
        drawn.text(20, y + 2, label)
        drawn.draw.rounded_rectangle((x, y, x + 39, y + 19), 10, outline=colour, width=2, fill="white")
        knob = x + (24 if state == "on" else 4)
        drawn.draw.ellipse((knob, y + 4, knob + 11, y + 15), fill=colour)
    assert told(find_marks(drawn.read())) == drawn_states()


def test_the_arrow_of_a_select_is_no_tick_of_its_list() -> None:
    drawn = Drawn()
    drawn.text(20, 12, "4 selected")
    drawn.draw.line([(300, 16), (306, 22), (312, 16)], fill=(90, 90, 90), width=2)
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 50 + 30 * row
        drawn.text(20, y, label)
        if state == "on":
            drawn.draw.line([(300, y + 9), (304, y + 13), (312, y + 4)], fill=BLUE, width=2)
    assert told(find_marks(drawn.read())) == drawn_states()


def chips(fill: tuple[int, int, int], closer: bool) -> Drawn:
    drawn = Drawn(width=620, height=220)
    for number, label in enumerate(TOPICS):
        x, y = 20 + 195 * (number % 3), 40 + 44 * (number // 3)
        wide = round(drawn.draw.textlength(label, font=FONT))
        drawn.draw.rounded_rectangle((x, y, x + wide + (44 if closer else 20), y + 30), 15, fill=fill)
        drawn.text(x + 10, y + 7, label)
        if closer:
            cx, cy = x + wide + 27, y + 15
            drawn.draw.ellipse((cx - 9, cy - 9, cx + 9, cy + 9), fill=(172, 172, 172))
            drawn.draw.line((cx - 3, cy - 3, cx + 3, cy + 3), fill="white", width=2)
            drawn.draw.line((cx - 3, cy + 3, cx + 3, cy - 3), fill="white", width=2)
    return drawn


@pytest.mark.parametrize("quality", [None, 60, 45])
@pytest.mark.parametrize("closer", [True, False], ids=["closed by a sign", "words alone"])
def test_pale_chips_are_found_in_a_lossy_file_and_say_on(quality: int | None, closer: bool) -> None:
    read = chips((238, 242, 247), closer).read()
    page = find_marks(read if quality is None else stored(read, quality))
    assert told(page) == dict.fromkeys(TOPICS, "on")
    assert not page.issues


def test_the_last_line_of_a_page_is_no_chip() -> None:
    drawn = chips((228, 232, 238), closer=False)
    drawn.text(6, 180, "© 2025 Some Company · Terms · Privacy")
    assert set(told(find_marks(drawn.read()))) == set(TOPICS)


@pytest.mark.parametrize("quality", [None, 60, 40])
def test_a_knob_higher_than_its_track_is_seen_in_a_lossy_file(quality: int | None) -> None:
    drawn = Drawn(paper=(18, 18, 18), ink=(225, 225, 225))
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        x, y, on = 340, 40 + 34 * row, state == "on"
        drawn.text(20, y, label)
        drawn.draw.rounded_rectangle((x, y + 3, x + 33, y + 16), 7, fill=(131, 81, 98) if on else (81, 81, 81))
        knob = x + (14 if on else 0)
        drawn.draw.ellipse((knob, y, knob + 19, y + 19), fill=(244, 143, 177) if on else (225, 225, 225))
    read = drawn.read()
    assert told(find_marks(read if quality is None else stored(read, quality))) == drawn_states()


def test_a_tick_as_strong_as_others_is_not_disabled_where_its_rim_is_lost() -> None:
    drawn = Drawn(paper=(212, 208, 200), ink=(0, 0, 0))
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        x, y = 30, 40 + 34 * row
        drawn.draw.rectangle((x, y, x + 14, y + 14), fill="white", outline=(110, 110, 110) if row else (185, 182, 175))
        if state == "on":
            drawn.draw.line([(x + 3, y + 7), (x + 6, y + 10), (x + 11, y + 4)], fill=(0, 0, 0), width=2)
        drawn.text(58, y - 1, label)
    assert told(find_marks(drawn.read())) == drawn_states()


def test_the_second_line_of_a_label_has_no_box_of_its_own() -> None:
    drawn = Drawn(height=340)
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 30 + 34 * row
        drawn.box(30, y, "filled" if state == "on" else "off", side=18)
        if state == "on":
            drawn.draw.line([(34, y + 9), (37, y + 13), (44, y + 5)], fill="white", width=2)
        first, second = label.split(" ")
        drawn.text(60, y - 8 if row == 5 else y, first if row == 5 else label)
        if row == 5:
            drawn.text(60, y + 8, second)
    assert told(find_marks(drawn.read())) == drawn_states()
