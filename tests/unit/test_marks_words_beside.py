"""State words in lines, in two lists side by side, behind dots, and topics in a column behind them."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.pictures.dots import is_bilevel
from extractors.pictures.marks.boxes import BoxLook, Look
from extractors.pictures.marks.boxes_beside import beside_others
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.find_words import find_words
from extractors.pictures.marks.ground import lay_ground
from extractors.pictures.marks.joined import part_words
from extractors.pictures.marks.labels_behind import labels_behind
from extractors.pictures.marks.measure import NOTHING, BoxMeasure, Drawing
from extractors.pictures.marks.numerals import number_columns
from extractors.pictures.marks.odd_ones import doubt_none_ticked
from extractors.pictures.marks.runs import Run, runs_of
from extractors.pictures.marks.status_dots import without_status_dots
from extractors.pictures.read_page import Box, Reading, TextLine, Word
from records.marks import Agreement, MarkState, MarkStyle

TOPICS = ("Stolen Vehicle", "Missing Person", "Sex Offender", "Amber Alert", "Stolen Plate", "Violent Person")
UNIT = 26.0


def line(text: str, x: float, row: int, readings: tuple[str, ...] = ()) -> TextLine:
    """A line whose letters are ten pixels wide, in a row of forty."""
    top = 20.0 + 40 * row
    words, at = [], x
    for word in text.split():
        words.append(Word(word, (at, top, at + 10 * len(word), top + 20)))
        at += 10 * len(word) + 10
    box: Box = (x, top, at - 10, top + 20)
    seen = tuple(Reading(name, one, 0.9, box) for name, one in zip("rt", readings or (text, text), strict=True))
    return TextLine(text, box, tuple(words), Agreement.BOTH, seen)


def run(text: str, x: float, row: int) -> Run:
    top = 20.0 + 40 * row
    return Run(row, text, (x, top, x + 10 * len(text), top + 20), top + 10, 20.0, 200.0)


def told(lines: list[TextLine]) -> dict[str, str]:
    """What find_words makes of *lines*, drawn as bars."""
    pixels = np.full((400, 1000, 3), 255, np.uint8)
    for one in lines:
        for word in one.words:
            x0, top, x1, bottom = map(int, word.box)
            pixels[top:bottom, x0 : x1 - 2] = 30
    ground = lay_ground(pixels, [one.box for one in lines], range(len(lines)))
    runs = part_words(runs_of(tuple(lines), ground), tuple(lines), ground.line_height, ground.scale)
    found = find_words(ground, runs, tuple(lines), set(), [])
    return {" ".join(r.text for r in d.runs): str(d.state) for d in found}


@pytest.mark.parametrize(("said", "expected"), [("Yes No No Yes No No", True), ("No No No No No No", False)])
def test_words_that_open_every_line_are_parted_where_both_are_there(said: str, expected: bool) -> None:
    lines = [line(f"{word} {topic}", 50, k) for k, (word, topic) in enumerate(zip(said.split(), TOPICS, strict=True))]
    states = told(lines)
    assert (states == dict(zip(TOPICS, ("on", "off", "off", "on", "off", "off"), strict=True))) is expected
    assert bool(states) is expected


def test_a_word_parted_from_its_line_is_doubted_where_a_reader_says_the_contrary() -> None:
    lines = [line(f"{'No' if k % 2 else 'Yes'} {topic}", 50, k) for k, topic in enumerate(TOPICS)]
    lines[2] = line(lines[2].text, 50, 2, (lines[2].text, f"No {TOPICS[2]}"))
    states = told(lines)
    assert states[TOPICS[2]] == "unreadable"
    assert states[TOPICS[0]] == "on"


def test_two_lists_side_by_side_keep_their_words() -> None:
    lines = []
    for k, topic in enumerate(TOPICS):
        row, x = k // 2, 50 + 450 * (k % 2)
        lines += [line(topic, x, row), line("Yes" if k in (0, 3) else "No", x + 330, row)]
    assert told(lines) == {topic: "on" if k in (0, 3) else "off" for k, topic in enumerate(TOPICS)}


def test_a_second_word_of_one_topic_is_no_list_of_its_own() -> None:
    lines = []
    for row, topic in enumerate(TOPICS):
        lines += [line(topic, 50, row), line("Yes", 330, row), line("NCIC", 500, row), line("No", 830, row)]
    assert "NCIC" not in told(lines)


def test_dots_before_lone_state_words_are_no_labels() -> None:
    rows = [(run("O" if k % 2 else "●", 20, k), run("Active", 45, k), run(t, 200, k)) for k, t in enumerate(TOPICS)]
    runs = [one for row in rows for one in row]
    assert [r.text for r in without_status_dots(runs, UNIT)] == [
        r.text for _, word, topic in rows for r in (word, topic)
    ]
    options = [*runs, run("Inactive", 120, 0)]  # two words on a row: the dots say which of them is chosen
    assert without_status_dots(options, UNIT) == options


def test_labels_far_behind_their_words_count_as_a_column_only() -> None:
    labels = [run(topic, 300, k) for k, topic in enumerate(TOPICS)]
    boxes = [(20.0, 20.0 + 40 * k, 60.0, 40.0 + 40 * k) for k in range(len(TOPICS))]
    assert labels_behind(boxes, labels, UNIT) == labels
    assert labels_behind(boxes, labels[:3], UNIT) == [None] * len(boxes)


@pytest.mark.parametrize(
    ("count", "is_one_bit", "ticked", "expected"),
    [(6, True, 0, "unreadable"), (6, False, 0, "off"), (6, True, 1, "off"), (60, True, 0, "off")],
)
def test_empty_boxes_of_one_bit_are_off_only_beside_a_tick(
    count: int, is_one_bit: bool, ticked: int, expected: str
) -> None:
    drafts = [Draft(MarkStyle.CHECK_BOX, (10.0, 30.0 * k, 30.0, 30.0 * k + 20), []) for k in range(count)]
    for k, draft in enumerate(drafts):
        draft.settle(MarkState.ON if k < ticked else MarkState.OFF, "as drawn")
    doubt_none_ticked(drafts, is_one_bit)
    assert {str(d.state) for d in drafts[ticked:]} == {expected}


def test_white_letters_smoothed_on_a_black_page_are_of_a_screen() -> None:
    page = np.zeros((200, 300, 3), np.uint8)
    page[90:110, 50:150] = 255
    assert is_bilevel(page, 0.0)
    page[88:90, 40:160] = page[110:112, 40:160] = page[88:112:4, 155:250] = 128
    assert not is_bilevel(page, 0.0)


def test_a_page_of_one_bit_is_told_from_a_screen_with_smoothed_letters() -> None:
    page = np.full((200, 300, 3), 255, np.uint8)
    page[50:60, 40:200] = 0
    assert is_bilevel(page, 0.0)
    page[49:51, 40:200] = page[59:61, 40:200] = 128
    assert not is_bilevel(page, 0.0)
    assert is_bilevel(page, 0.7)  # turning it back has made these edges


@pytest.mark.parametrize(("fill", "expected"), [(3.0, Look.EMPTY), (40.0, Look.BARE)])
def test_a_bare_box_among_filled_ticks_is_empty_unless_it_has_a_pale_fill(fill: float, expected: Look) -> None:
    figure = Drawing(0.35, 1.0, 0.9, 0.4, (0.5, 0.5))
    ticked = BoxMeasure(120.0, 1.0, 115.0, 90.0, 0.7, figure, 12.0, 0.8, 0.9)
    bare = BoxMeasure(17.0, 0.7, fill, 5.0, 0.1, NOTHING, 12.0, 0.3, 0.2)
    measures = [ticked] * 3 + [bare]
    looks = [BoxLook(Look.DRAWN, "")] * 3 + [BoxLook(Look.BARE, "")]
    assert beside_others(looks[-1], bare, looks, measures).look is expected


def test_a_label_of_two_lines_is_whole_where_its_word_stands_half_way_down() -> None:
    """The rows of the words are those of no line, and nearer to the first line than to the second."""
    lines = []
    for row, topic in enumerate(("Stolen Vehicle", "Gang or Suspected", "Sex Offender", "Stolen Plate")):
        lines.append(line(topic, 50, 2 * row))
        if row == 1:
            second = line("Terrorist", 50, 2 * row)
            x0, top, x1, bottom = second.box
            box = (x0, top + 28, x1, bottom + 28)
            lines.append(TextLine("Terrorist", box, (Word("Terrorist", box),), Agreement.BOTH, second.readings))
        word = line("ON" if row % 2 else "OFF", 500, 2 * row)
        down = 12 if row == 1 else 0
        box = (word.box[0], word.box[1] + down, word.box[2], word.box[3] + down)
        lines.append(TextLine(word.text, box, (Word(word.text, box),), Agreement.BOTH, word.readings))
    labels = told(lines)
    assert labels["Gang or Suspected Terrorist"] == "on"
    assert len(labels) == 4


def test_dots_before_the_words_of_two_lists_are_no_labels() -> None:
    labels = [run("Stolen Vehicle", 50, k) for k in range(3)] + [run("Missing Person", 450, k) for k in range(3)]
    dots = [run(sign, x, k) for k, sign in enumerate("#@\u7535") for x in (300, 700)]
    words = [run("On" if k % 2 else "Off", x, k) for k in range(3) for x in (325, 725)]
    assert without_status_dots([*labels, *dots, *words], UNIT) == [*labels, *words]


@pytest.mark.parametrize(("figures", "expected"), [(("0", "4", "2", "0"), 0), (("17", "204", "35", "9"), 1)])
def test_figures_that_readers_do_not_agree_on_are_no_column_of_numbers(figures: tuple[str, ...], expected: int) -> None:
    lines = [
        TextLine(text, (50, 40.0 * k, 70, 40.0 * k + 20), (), Agreement.DIFFER, ()) for k, text in enumerate(figures)
    ]
    runs = [run(text, 50, k) for k, text in enumerate(figures)]
    assert len(number_columns(runs, lines, UNIT)) == expected
