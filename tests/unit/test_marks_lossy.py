"""Screens that were stored as JPEG: what it repeats of edges is no figure, and thin marks are told by the others."""

from __future__ import annotations

import io
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from extractors.pictures.ink import grey_of, ink_of, letter_specks
from extractors.pictures.marks.dates import part_dates
from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.result import Fact, MarkPage
from extractors.pictures.read_page import ReadPicture, TextLine
from extractors.pictures.rules import without_rules
from records.marks import Agreement
from tests.unit.marks_page import TOPICS, Drawn, box_list

STATES = ["on", "off", "on", "on", "off", "on", "off", "off"]


def stored(read: ReadPicture, quality: int) -> ReadPicture:
    held = io.BytesIO()
    Image.fromarray(read.picture.pixels).save(held, "JPEG", quality=quality)
    pixels = np.asarray(Image.open(held).convert("RGB"), np.uint8)
    return replace(read, picture=replace(read.picture, pixels=pixels))


def states(page: MarkPage) -> list[str]:
    return [str(mark.state) for mark in page.marks]


@pytest.mark.parametrize("quality", [20, 30, 45])
@pytest.mark.parametrize("colours", [{}, {"paper": (18, 18, 18), "ink": (232, 232, 232)}], ids=["light", "dark"])
def test_boxes_of_a_lossy_screen_are_told(quality: int, colours: dict[str, tuple[int, int, int]]) -> None:
    page = find_marks(stored(box_list(STATES, **colours).read(), quality))
    assert states(page) == STATES
    assert not page.issues


def test_a_pale_tick_among_plain_ones_of_a_lossy_screen_is_never_off() -> None:
    drawn = box_list(["off", *STATES[1:]])
    drawn.draw.line([(33, 48), (36, 51), (42, 44)], fill=(205, 205, 205), width=2)
    page = find_marks(stored(drawn.read(), 40))
    assert states(page)[0] != "off"
    assert states(page)[1:] == STATES[1:]


@pytest.mark.parametrize("quality", [None, 45])
def test_raised_and_sunken_boxes_are_not_told_by_their_edges(quality: int | None) -> None:
    drawn = Drawn(paper=(180, 180, 180), ink=(20, 20, 20))
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        x, y = 30, 40 + 34 * row
        lit, dark = ((88, 88, 88), (240, 240, 240)) if state == "on" else ((240, 240, 240), (88, 88, 88))
        drawn.draw.rectangle((x, y, x + 11, y + 11), fill=(140, 140, 140) if state == "on" else (180, 180, 180))
        drawn.draw.line([(x + 11, y), (x + 11, y + 11), (x, y + 11)], fill=dark, width=2)
        drawn.draw.line([(x, y + 11), (x, y), (x + 11, y)], fill=lit, width=2)
        drawn.text(58, y - 2, label)
    read = drawn.read()
    page = find_marks(read if quality is None else stored(read, quality))
    contrary = {"on": "off", "off": "on"}
    assert all(told != contrary[meant] for told, meant in zip(states(page), STATES, strict=True))


def test_white_boxes_on_grey_are_empty_without_a_tick() -> None:
    drawn = Drawn(paper=(212, 208, 200), ink=(0, 0, 0))
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        x, y = 30, 40 + 34 * row
        drawn.draw.rectangle((x, y, x + 14, y + 14), fill="white", outline=(128, 128, 128))
        if state == "on":
            drawn.draw.line([(x + 3, y + 7), (x + 6, y + 10), (x + 11, y + 4)], fill=(0, 0, 0), width=2)
        drawn.text(58, y - 1, label)
    assert states(find_marks(drawn.read())) == STATES


def chips(fill: tuple[int, int, int]) -> Image.Image:
    image = Image.new("RGB", (420, 140), "white")
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(12)
    for row, labels in enumerate((TOPICS[:3], TOPICS[3:6], TOPICS[6:])):
        x = 20
        for label in labels:
            wide = int(draw.textlength(label, font=font))
            draw.rounded_rectangle((x, 20 + 23 * row, x + wide + 14, 38 + 23 * row), radius=4, fill=fill)
            draw.text((x + 7, 22 + 23 * row), label, font=font, fill="white")
            x += wide + 18
    return image


@pytest.mark.parametrize("fill", [(13, 110, 253), (108, 117, 125)], ids=["blue", "grey"])
def test_what_filled_chips_leave_between_letters_is_no_rule(fill: tuple[int, int, int]) -> None:
    pixels = np.asarray(chips(fill))
    ink = ink_of(grey_of(pixels))
    cleaned, _ = without_rules(pixels, ink, letter_specks(ink))
    for row in range(3):  # the gaps between chips may go
        letters = slice(23 + 23 * row, 34 + 23 * row)
        assert np.array_equal(cleaned[letters], pixels[letters])


def test_an_apostrophe_that_no_reader_read_is_named() -> None:
    drawn = box_list(STATES[:4])
    drawn.box(30, 40 + 34 * 4, "off")
    drawn.text(58, 40 + 34 * 4 - 1, "Sheriff's BOLO List")
    right = find_marks(drawn.read())
    drawn.lines[4] = replace(drawn.lines[4], text="Sheriffs BOLO List", words=())
    wrong = find_marks(drawn.read())
    assert right.marks[4].label == "Sheriff's BOLO List"
    assert not right.issues
    assert [(issue.code, issue.mark) for issue in wrong.issues] == [("label_readers_differ", 4)]


def test_two_options_and_the_signs_before_them_in_one_line_are_a_pair() -> None:
    drawn = Drawn()
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 40 + 34 * row
        drawn.text(30, y, label)
        drawn.circle(240, y + 1, state == "on")
        drawn.circle(310, y + 1, state == "off")
        drawn.text(262, y, "On")
        drawn.text(332, y, "Off")
        first, last = drawn.lines[-2:]  # a reader took both with their circles for one line
        box = (240.0, first.box[1], last.box[2], last.box[3])
        words = (
            replace(first.words[0], box=(240.0, *first.box[1:])),
            replace(last.words[0], text="O", box=(310.0, last.box[1], 326.0, last.box[3])),
            replace(last.words[0], text="off"),
        )
        drawn.lines[-2:] = [replace(first, text="On O off", box=box, words=words)]
    assert states(find_marks(drawn.read())) == STATES


def line(text: str, top: float) -> TextLine:
    return TextLine(text, (70.0, top, 70.0 + 6 * len(text), top + 12), (), Agreement.BOTH, ())


@pytest.mark.parametrize(
    ("texts", "dates", "expected"),
    [
        (["2025-11-24", "Re: request 31", "The screen below was copied by the unit.", "2025-01-07"], (0, 3), (1, 0)),
        (["2025-11-24", "Re: request 31", "The screen below was copied by the unit."], (0,), (1,)),
        (["2025-11-24", "Choose which alerts the users of this account receive."], (0,), (0,)),
        (["2025-11-24", "2025-01-07"], (0, 1), (0, 0)),
    ],
    ids=["letter-and-picture", "letter", "screen", "two-on-a-screen"],
)
def test_running_text_parts_the_letters_date_from_the_marks(
    texts: list[str], dates: tuple[int, ...], expected: tuple[int, ...]
) -> None:
    lines = [line(text, 40.0 + 20 * k) for k, text in enumerate(texts)]
    facts = [Fact("date", texts[i], texts[i], Agreement.BOTH, lines[i].box) for i in dates]
    told = part_dates(facts, lines, frozenset(), [(90.0, 400.0, 200.0, 412.0)])
    assert [fact.fact for fact in told] == [("date", "letter_date")[of_letter] for of_letter in expected]
