"""Strokes over the box, blots, two lists on one page, leaders, round signs: what is told, and what is given up."""

from __future__ import annotations

import math

import pytest

from extractors.pictures.marks.find import find_marks
from extractors.pictures.read_page import Reading, TextLine
from records.marks import Agreement
from tests.unit.marks_page import TOPICS, Drawn, box_list

STATES = ["on", "off", "on", "off", "off", "on", "off", "on"]
Told = list[tuple[str, str]]


def told(page: Drawn) -> Told:
    return [(mark.label, mark.state.value) for mark in find_marks(page.read()).marks]


def pen_list(struck: int | None = None) -> Drawn:
    """Large boxes ticked by pen far over their edges; a reader took every line from its tick on."""
    page = Drawn(width=460, height=520)
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        x, y = 30, 40 + 56 * row
        page.box(x, y, "off", side=26)
        page.text(x + 40, y + 5, label)
        if state == "on":
            page.draw.line([(x + 5, y + 12), (x + 11, y + 21), (x + 38, y - 10)], fill=page.ink, width=3)
            line = page.lines[-1]
            box = (float(x + 2), y - 8.0, line.box[2], line.box[3])
            page.lines[-1] = TextLine(line.text, box, line.words, line.agreement, line.readings)
        if row == struck:
            page.draw.rectangle((x, y, x + 26, y + 26), fill=page.ink)
            page.draw.line([(x + 4, y + 7), (x + 20, y + 6)], fill=page.paper, width=2)
    return page


def test_a_stroke_that_runs_over_its_box_is_its_tick() -> None:
    assert told(pen_list()) == list(zip(TOPICS, STATES, strict=True))


def test_a_box_struck_out_among_ticks_is_given_up() -> None:
    found = dict(told(pen_list(struck=1)))
    assert found[TOPICS[1]] == "unreadable"
    assert [found[t] for t in TOPICS if t != TOPICS[1]] == [s for k, s in enumerate(STATES) if k != 1]


def test_two_screens_on_one_page_are_judged_apart_and_contraries_named() -> None:
    page = box_list(STATES)
    other = box_list(["off", *STATES[1:]], paper=(24, 24, 24), ink=(235, 235, 235))
    both = Drawn(width=420, height=840)
    both.image.paste(page.image, (0, 0))
    both.image.paste(other.image, (0, 420))
    both.lines = page.lines + [_lower(line, 420) for line in other.lines]
    found = find_marks(both.read())
    states = [mark.state.value for mark in found.marks]
    assert states == [*STATES, "off", *STATES[1:]]
    twice = {issue.mark for issue in found.issues if issue.code == "label_twice"}
    assert {found.marks[k].label for k in twice if k is not None} == {TOPICS[0]}
    assert len(twice) == 2


def _lower(line: TextLine, by: float) -> TextLine:
    box = (line.box[0], line.box[1] + by, line.box[2], line.box[3] + by)
    return TextLine(line.text, box, (), line.agreement, line.readings)


@pytest.mark.parametrize("are_read", [True, False])
def test_dots_that_lead_to_the_box_are_neither_label_nor_mark(are_read: bool) -> None:
    page = Drawn(width=520)
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 40 + 34 * row
        page.text(30, y - 2, label)
        page.box(460, y, state)
        start = int(page.lines[-1].box[2]) + 8
        for x in range(start, 448, 6):
            page.draw.rectangle((x, y + 11, x + 1, y + 12), fill=page.ink)
        if are_read:
            box = (float(start), y + 10.0, 448.0, y + 14.0)
            page.lines.append(TextLine("MMMRW", box, (), Agreement.DIFFER, (Reading("drawn", "MMMRW", None, box),)))
        else:
            line = page.lines[-1]
            page.lines[-1] = TextLine(line.text, (*line.box[:2], 448.0, line.box[3]), (), line.agreement, line.readings)
    assert told(page) == list(zip(TOPICS, STATES, strict=True))


def test_round_signs_none_of_which_is_empty_are_on_only_with_a_plain_tick() -> None:
    page = Drawn(paper=(20, 20, 20), ink=(235, 235, 235))
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        x, y = 30, 40 + 34 * row
        page.draw.ellipse((x, y, x + 19, y + 19), fill=(120, 120, 120))
        figure = [(5, 10), (9, 14), (15, 6)] if state == "on" else None
        if figure:
            page.draw.line([(x + a, y + b) for a, b in figure], fill=(255, 255, 255), width=2)
        else:
            for turn in (45, 135):
                dx, dy = (round(5 * f(math.radians(turn))) for f in (math.cos, math.sin))
                ends = [(x + 10 - dx, y + 10 - dy), (x + 10 + dx, y + 10 + dy)]
                page.draw.line(ends, fill=(255, 255, 255), width=2)
        page.text(66, y, label)
    found = dict(told(page))
    assert all(found[t] in ("on", "unreadable") for t, s in zip(TOPICS, STATES, strict=True) if s == "on")
    assert all(found[t] != "on" for t, s in zip(TOPICS, STATES, strict=True) if s == "off")


def test_a_label_of_no_topic_among_missed_topics_is_named_with_them() -> None:
    page = Drawn()
    for row, label in enumerate(["Stolen Vehicle", "Oakdale PD Custom List", "Sex Offender", "Missing Person"]):
        page.text(58, 38 + 34 * row, label)
    page.text(58, 320, "Page generated on Monday")
    found = find_marks(page.read())
    assert [mark.label for mark in found.marks] == [
        "Stolen Vehicle",
        "Oakdale PD Custom List",
        "Sex Offender",
        "Missing Person",
    ]
    assert {mark.state.value for mark in found.marks} == {"unreadable"}
    assert {issue.mark for issue in found.issues if issue.code == "mark_missing"} == {0, 1, 2, 3}


def test_a_mark_whose_label_is_covered_is_told_without_one_and_named() -> None:
    page = box_list(STATES)
    covered = page.lines.pop(2)
    page.draw.rectangle([(int(v)) for v in covered.box], fill=(0, 0, 0))
    found = find_marks(page.read())
    assert [(m.label, m.state.value) for m in found.marks] == [
        ("" if k == 2 else label, state) for k, (label, state) in enumerate(zip(TOPICS, STATES, strict=True))
    ]
    assert [issue.mark for issue in found.issues if issue.code == "label_unread"] == [2]
