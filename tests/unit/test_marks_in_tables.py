"""Marks in tables and lists as screens show them: under a header bar, between columns, in one line with their label."""

from __future__ import annotations

import pytest

from extractors.pictures.marks.find import find_marks
from extractors.pictures.read_page import TextLine
from tests.unit.marks_page import FONT, TOPICS, Drawn

ON = (True, False, True, True, False, False, True, False)
BLUE, WHITE = (11, 61, 145), (255, 255, 255)


def _states(page: Drawn) -> list[tuple[str, str]]:
    return [(mark.label, str(mark.state)) for mark in find_marks(page.read()).marks]


def _drawn() -> list[tuple[str, str]]:
    return [(topic, "on" if on else "off") for topic, on in zip(TOPICS, ON, strict=True)]


def test_marks_right_under_a_bar_of_another_colour_are_found() -> None:
    """The heading in the bar is nearer to the first mark than its label is: the bar's colour ends with the bar."""
    page = Drawn(width=640, height=300)
    page.draw.rectangle((10, 10, 630, 33), fill=BLUE)
    page.text(20, 13, "Topic", WHITE)
    page.text(560, 13, "Alerts", WHITE)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 37 + 26 * row
        page.text(20, y, topic)
        page.box(575, y, "on" if on else "off")
    assert _states(page) == _drawn()


def test_marks_between_their_labels_and_a_column_that_repeats_itself() -> None:
    page = Drawn(width=480, height=330)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 30 + 34 * row
        page.text(20, y, topic)
        page.box(240, y, "on" if on else "off")
        page.text(270, y, ("NCIC", "State", "DMV")[row % 3])
    assert _states(page) == _drawn()


def _joined(page: Drawn, x0: float) -> None:
    """As a reader gives it that begins its lines at the boxes."""
    page.lines = [
        TextLine(line.text, (x0, *line.box[1:]), line.words, line.agreement, line.readings) for line in page.lines
    ]


@pytest.mark.parametrize("gap", [4, 6, 8])
def test_boxes_that_a_reader_took_into_its_lines_are_found(gap: int) -> None:
    page = Drawn()
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        page.box(30, 44 + 34 * row, "on" if on else "off")
        page.text(46 + gap, 40 + 34 * row, topic)
    _joined(page, 30)
    assert _states(page) == _drawn()


def test_code_letters_before_labels_are_no_boxes() -> None:
    page = Drawn()
    for row, topic in enumerate(TOPICS):
        page.draw.text((30, 40 + 34 * row), "D", font=FONT, fill=page.ink)
        page.text(52, 40 + 34 * row, topic)
    _joined(page, 30)
    assert all(state == "unreadable" for _, state in _states(page))
