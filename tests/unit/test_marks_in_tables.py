"""Marks in tables and lists as screens show them: under a header bar, between columns, in one line with their label."""

from __future__ import annotations

import pytest
from PIL import ImageFont

from extractors.pictures.marks.contraries import doubt_choices
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.ground import lay_ground
from extractors.pictures.marks.runs import Run, runs_of
from extractors.pictures.marks.upper_lines import upper
from extractors.pictures.marks.word_badges import settle_by_words
from extractors.pictures.read_page import TextLine
from records.marks import MarkStyle
from tests.unit import marks_page
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


def test_headings_set_at_the_left_of_wide_columns_name_their_marks() -> None:
    """The marks stand in the middle of their columns, under a bar, far from their labels."""
    page = Drawn(width=1100, height=300)
    page.draw.rectangle((10, 10, 1090, 33), fill=BLUE)
    for x, heading in ((20, "Topic"), (500, "Officers"), (800, "Dispatch")):
        page.text(x, 13, heading, WHITE)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 37 + 26 * row
        page.text(20, y, topic)
        page.box(630, y, "on" if on else "off")
        page.box(930, y, "off" if on else "on")
    found = [(mark.label, mark.group_label, str(mark.state)) for mark in find_marks(page.read()).marks]
    both = zip(("Officers", "Dispatch"), (("on", "off"), ("off", "on")), strict=True)
    (first, firsts), (second, seconds) = both
    assert found == [
        one
        for topic, on in zip(TOPICS, ON, strict=True)
        for one in ((topic, first, firsts[0 if on else 1]), (topic, second, seconds[0 if on else 1]))
    ]


def test_words_in_the_first_column_far_before_their_labels() -> None:
    page = Drawn(width=640, height=330)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        page.text(20, 30 + 34 * row, "Yes" if on else "No")
        page.text(260, 30 + 34 * row, topic)
    assert _states(page) == _drawn()


def test_a_cross_that_a_reader_saw_in_a_box_is_no_part_of_its_label() -> None:
    page = Drawn()
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 34 * row
        page.box(30, y + 4, "off")
        if on:
            page.draw.line((34, y + 8, 41, y + 15), fill=page.ink, width=2)
            page.draw.line((41, y + 8, 34, y + 15), fill=page.ink, width=2)
        page.text(54, y, topic)
        if on and row in (2, 6):
            line = page.lines.pop()
            page.lines.append(TextLine(f"× {topic}", (34, *line.box[1:]), line.words, line.agreement, line.readings))
    assert [label for label, _ in _states(page)] == list(TOPICS)
    told = [state for _, state in _states(page)]
    assert all(state in ("on" if on else "off", "unreadable") for on, state in zip(ON, told, strict=True))


def test_half_of_the_empty_boxes_disabled() -> None:
    """The labels are set alike: the paler frames alone tell, and there are as many of them as of the others."""
    page = Drawn()
    disabled = {"Stolen Plate", "Violent Person"}
    off = [topic for topic, on in zip(TOPICS, ON, strict=True) if not on]
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 34 * row
        page.box(30, y, "on" if on else "off")
        if topic in disabled:
            page.draw.rectangle((30, y, 45, y + 15), outline=(155, 155, 155), width=1)
        page.text(58, y - 2, topic)
    told = dict(_states(page))
    assert {topic for topic in off if told[topic] == "disabled_off"} == disabled


def test_a_smaller_and_paler_line_is_no_part_of_the_label(monkeypatch: pytest.MonkeyPatch) -> None:
    page = Drawn(height=500)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 20 + 56 * row
        page.box(30, y, "on" if on else "off")
        for size, down, text, ink in ((16.0, -2, topic, None), (14.4, 19, "Includes partial plates", (96, 96, 96))):
            monkeypatch.setattr(marks_page, "FONT", ImageFont.load_default(size))
            page.text(58, y + down, text, ink)
    assert _states(page) == _drawn()


@pytest.mark.parametrize(
    ("size", "found"), [(19.0, "Stolen Plate"), (13.7, "Stolen Plate"), (11.0, "Set by your state")]
)
def test_the_mark_beside_the_middle_line_is_of_the_first_one_though_the_last_is_a_short_word(
    size: float, found: str
) -> None:
    """Of a short word the one letter that rises is easily overlooked; it is read as a smaller one."""
    first = Run(0, "Stolen Plate", (60, 90, 160, 112), 100.0, 23.3, 190.0)
    middle = Run(1, "Set by your state", (60, 114, 220, 134), 124.0, 19.2, 87.0)
    last = Run(2, "here", (60, 138, 90, 156), 148.0, size, 87.0)
    assert upper(middle, [first, middle, last], 23.4, 122.0, [40.0, 122.0, 204.0]).text == found


def test_lines_of_a_card_set_larger_stand_further_apart_than_those_of_its_explanation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    labels = ("FCIC Wanted|Person", "Stolen Trailer|and Equipment", "Blue Alert", "Protection|Order")
    page = Drawn(height=560)
    for row, label in enumerate(labels):
        y = 20 + 130 * row
        page.box(30, y + 2, "on" if row % 2 else "off")
        monkeypatch.setattr(marks_page, "FONT", ImageFont.load_default(18))
        lines = label.split("|")
        for number, text in enumerate(lines):
            page.text(58, y + 25 * number, text)
        monkeypatch.setattr(marks_page, "FONT", ImageFont.load_default(12))
        for number, text in enumerate(("NCIC, 15,830", "records today")):
            page.text(58, y + 25 * len(lines) + 18 * number, text, (110, 110, 110))
    assert [label for label, _ in _states(page)] == [label.replace("|", " ") for label in labels]


def test_marks_far_before_their_labels_with_nothing_nearer() -> None:
    page = Drawn(width=760, height=330)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        page.box(20, 30 + 34 * row, "on" if on else "off")
        page.text(420, 30 + 34 * row, topic)
    assert _states(page) == _drawn()


@pytest.mark.parametrize("on", [True, False])
def test_of_two_buttons_side_by_side_the_dark_one_is_chosen(on: bool) -> None:
    """Both words are read: it is no word that stands alone while the other one was overlooked."""
    page = Drawn(width=640, height=60)
    page.text(20, 20, "Immigration Violator")
    fields = ((480, 15, 534, 41), (534, 15, 588, 41))
    page.draw.rectangle(fields[0] if on else fields[1], fill=(55, 65, 81))
    page.text(492, 20, "Yes", WHITE if on else None)
    page.text(550, 20, "No", None if on else WHITE)
    read = page.read()
    ground = lay_ground(read.picture.pixels, [line.box for line in read.lines], [0])
    runs = runs_of(read.lines, ground)
    draft = Draft(MarkStyle.TOGGLE, tuple(float(v) for v in fields[0 if on else 1]), runs[:1])  # type: ignore[arg-type]
    settle_by_words(ground, [draft], runs)
    doubt_choices([draft, _by_both(runs)], read.lines)
    assert str(draft.state) == ("on" if on else "off")


def _by_both(runs: list[Run]) -> Draft:
    """Another row, of which both words were found."""
    return Draft(MarkStyle.WORD, runs[1].box, runs[:1], word_lines=[1, 2])


def _wrapped(step: int, drop: int) -> Drawn:
    """A list whose fifth label takes two lines, *step* apart; its tick stands *drop* below the middle of both."""
    page = Drawn(width=420, height=460)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 30 + 44 * row + (step if row > 4 else 0)
        lines = ("Known or Appropriately", "Suspected Terrorist") if row == 4 else (topic,)
        middle = y + 8 + (step // 2 + drop if row == 4 else 0)
        for number, text in enumerate(lines):
            page.text(60, y + step * number, text)
        if on or row == 4:
            page.draw.line([(26, middle), (31, middle + 5), (40, middle - 5)], fill=page.ink, width=2)
    return page


def test_a_tick_half_way_down_a_label_of_two_lines_makes_it_no_entry_without_a_tick() -> None:
    """The tick stands a little below the middle: beside neither line."""
    states = _states(_wrapped(24, 3))
    assert ("Known or Appropriately Suspected Terrorist", "unreadable") in states
    assert "off" in {state for label, state in states if "Known" not in label}


def test_a_tick_beside_the_second_line_of_a_label_makes_the_first_no_entry_of_its_own() -> None:
    states = _states(_wrapped(22, 3))
    assert ("Known or Appropriately", "unreadable") in states
    assert "off" in {state for label, state in states if "Known" not in label}


def test_boxes_in_columns_without_headings_are_told_and_named() -> None:
    """A picture cut below the headings: every box is told, and none says what it is for."""
    page = Drawn(width=640, height=330)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 30 + 34 * row
        page.text(20, y, topic)
        for x, is_on in ((330, on), (430, not on), (530, True)):
            page.box(x, y, "on" if is_on else "off")
    found = find_marks(page.read())
    assert [(mark.label, str(mark.state)) for mark in found.marks] == [
        (topic, state)
        for topic, on in zip(TOPICS, ON, strict=True)
        for state in (("on", "off", "on") if on else ("off", "on", "on"))
    ]
    named = {issue.mark: issue.message for issue in found.issues if issue.code == "mark_heading_missing"}
    assert set(named) == set(range(len(found.marks)))
    assert "column 2 of 3" in named[1]


def test_a_label_of_two_lines_beside_several_boxes_is_whole() -> None:
    page = Drawn(width=640, height=420)
    page.text(320, 10, "View")
    page.text(420, 10, "Alert")
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 44 + 46 * row
        lines = topic.split(" ") if row == 3 else [topic]
        for line, text in enumerate(lines):
            page.text(20, y - 10 * (len(lines) - 1) + 20 * line, text)
        page.box(330, y, "on" if on else "off")
        page.box(430, y, "off" if on else "on")
    found = [(mark.label, mark.group_label, str(mark.state)) for mark in find_marks(page.read()).marks]
    assert found == [
        (topic, heading, "on" if is_on else "off")
        for topic, on in zip(TOPICS, ON, strict=True)
        for heading, is_on in (("View", on), ("Alert", not on))
    ]
