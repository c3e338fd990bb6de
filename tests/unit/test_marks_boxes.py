from __future__ import annotations

import pytest

from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.result import MarkPage
from records.documents import SegmentKind
from tests.unit.marks_page import TOPICS, Drawn, box_list

STATES = ["on", "off", "on", "on", "off", "on", "off", "off"]
DARK = {"paper": (18, 18, 18), "ink": (232, 232, 232)}


def states(page: MarkPage) -> dict[str, str]:
    return {mark.label: str(mark.state) for mark in page.marks}


def named(page: MarkPage) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for issue in page.issues:
        if issue.mark is not None:
            found.setdefault(page.marks[issue.mark].label, set()).add(issue.code)
    return found


@pytest.mark.parametrize("colours", [{}, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("noise", "blur"), [(0.0, 0.0), (7.0, 0.6)], ids=["clean", "scanned"])
def test_boxes_show_their_states_and_nothing_is_doubted(colours, noise, blur):
    page = find_marks(box_list(STATES, **colours).read(noise, blur))
    assert states(page) == dict(zip(TOPICS, STATES, strict=True))
    assert page.kind is SegmentKind.HOTLIST_CONFIGURATION
    assert not page.issues


def test_marks_are_found_where_they_were_drawn_and_in_reading_order():
    page = find_marks(box_list(STATES).read())
    assert [mark.label for mark in page.marks] == list(TOPICS)
    for row, mark in enumerate(page.marks):
        assert mark.mark_box == pytest.approx((30, 40 + 34 * row, 46, 56 + 34 * row), abs=1.5)
        assert mark.label_box[0] == pytest.approx(58, abs=2)


def test_a_dash_is_mixed():
    page = find_marks(box_list(["mixed", *STATES[1:]]).read())
    assert states(page)[TOPICS[0]] == "mixed"


def test_a_filled_box_among_ticked_ones_is_unreadable_and_named():
    page = find_marks(box_list([*STATES[:4], "filled", *STATES[5:]]).read())
    assert states(page)[TOPICS[4]] == "unreadable"
    assert named(page) == {TOPICS[4]: {"mark_unreadable"}}


def test_a_covered_box_is_unreadable_and_named_never_off():
    drawn = box_list(STATES)
    drawn.draw.rectangle((20, 134, 52, 164), fill=drawn.paper)  # the fourth box
    page = find_marks(drawn.read())
    assert states(page)[TOPICS[3]] == "unreadable"
    assert named(page) == {TOPICS[3]: {"mark_missing"}}


@pytest.mark.parametrize("row", range(len(TOPICS)))
def test_one_box_flipped_changes_that_mark_alone(row):
    flipped = list(STATES)
    flipped[row] = "off" if STATES[row] == "on" else "on"
    assert states(find_marks(box_list(flipped).read())) == dict(zip(TOPICS, flipped, strict=True))


def test_a_box_cut_by_the_edge_is_unreadable_and_named():
    drawn = box_list(STATES)
    drawn.image = drawn.image.crop((38, 0, drawn.width, drawn.height))
    lines = drawn.lines
    drawn.lines = []
    for line in lines:
        box = (line.box[0] - 38, line.box[1], line.box[2] - 38, line.box[3])
        words = tuple(type(w)(w.text, (w.box[0] - 38, w.box[1], w.box[2] - 38, w.box[3])) for w in line.words)
        drawn.lines.append(type(line)(line.text, box, words, line.agreement, line.readings))
    page = find_marks(drawn.read())
    assert "on" not in states(page).values()
    assert "off" not in states(page).values()


def test_a_counter_that_differs_names_the_marks_it_may_be_about():
    drawn = box_list(STATES)
    drawn.text(30, 340, "5 of 8 selected")
    page = find_marks(drawn.read())
    assert set(named(page)) == {label for label, state in zip(TOPICS, STATES, strict=True) if state == "off"}
    assert {f.fact: f.value for f in page.facts} == {"count_on": "5", "count_total": "8"}


def test_a_counter_that_agrees_says_nothing():
    drawn = box_list(STATES)
    drawn.text(30, 340, "4 of 8 selected")
    assert not find_marks(drawn.read()).issues


def test_indented_marks_have_the_mark_above_as_parent_and_contradict_it():
    page = Drawn()
    page.box(30, 40, "on")
    page.text(58, 38, "All NCIC files")
    for row, state in enumerate(["on", "off", "on"], start=1):
        page.box(58, 40 + 34 * row, state)
        page.text(86, 38 + 34 * row, TOPICS[row])
    found = find_marks(page.read())
    assert [mark.parent for mark in found.marks] == [None, 0, 0, 0]
    assert named(found) == {"All NCIC files": {"parent_disagrees"}}


def test_letters_in_rows_are_no_marks():
    page = Drawn()
    for row in range(9):
        for column, letter in enumerate("OXDBO"):
            page.text(40 + 60 * column, 40 + 30 * row, letter)
    assert find_marks(page.read()).kind is SegmentKind.PICTURE


def test_a_page_without_text_has_no_marks():
    page = Drawn()
    page.box(30, 40, "on")
    assert find_marks(page.read()).marks == ()


def test_a_word_of_the_menu_beside_the_list_is_no_label_unnamed():
    drawn = Drawn(width=620)
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 40 + 34 * row
        drawn.text(*((20, y, "Shared") if row == 3 else (200, y, label)))  # the label itself is covered
        drawn.box(560, y, state)
    page = find_marks(drawn.read())
    assert "label_unread" in named(page)["Shared"]
    assert {label for label, codes in named(page).items() if "label_unread" in codes} == {"Shared"}
