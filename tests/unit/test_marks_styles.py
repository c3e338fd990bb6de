from __future__ import annotations

import pytest

from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.words import reads_as_mark, state_word
from extractors.pictures.vector_mark import VectorMark
from records.documents import SegmentKind
from records.marks import MarkMethod, MarkState, MarkStyle
from tests.unit.marks_page import TOPICS, Drawn

ON = [True, False, True, True, False, False, True, False]


def states(page):
    return {mark.label: str(mark.state) for mark in page.marks}


def expected(on):
    return {label: "on" if state else "off" for label, state in zip(TOPICS, on, strict=True)}


def toggles(on, tracks=None, y=40):
    page = Drawn()
    for row, (label, state) in enumerate(zip(TOPICS, on, strict=True)):
        page.text(30, y + 3 + 36 * row, label)
        page.toggle(340, y + 36 * row, state, tracks)
    return page


def test_toggles_are_told_by_knob_and_track():
    page = find_marks(toggles(ON).read())
    assert states(page) == expected(ON)
    assert {mark.style for mark in page.marks} == {MarkStyle.TOGGLE}
    assert not page.issues


def test_toggles_in_grey_are_told_against_each_other():
    drawn = toggles(ON)
    drawn.image = drawn.image.convert("L").convert("RGB")
    assert states(find_marks(drawn.read())) == expected(ON)


def test_toggles_whose_tracks_are_all_alike_are_unreadable_and_named():
    page = find_marks(toggles(ON, tracks=(120, 120, 120)).read())
    assert set(states(page).values()) == {"unreadable"}
    assert {issue.mark for issue in page.issues} == set(range(len(TOPICS)))


def test_all_toggles_alike_and_grey_are_not_taken_for_on():
    page = find_marks(toggles([True] * 8, tracks=(120, 120, 120)).read())
    assert "on" not in states(page).values()


@pytest.mark.parametrize("track", [90, 150, 210])
def test_knobs_plainly_at_the_left_of_grey_tracks_are_off(track):
    page = find_marks(toggles([False] * 8, tracks=(track, track, track)).read())
    assert set(states(page).values()) == {"off"}


def pairs(on, words=("On", "Off")):
    page = Drawn(width=520)
    for row, (label, state) in enumerate(zip(TOPICS, on, strict=True)):
        y = 40 + 34 * row
        page.text(30, y - 2, label)
        for x, word, chosen in ((260, words[0], state), (370, words[1], not state)):
            page.circle(x, y, chosen)
            page.text(x + 24, y - 2, word)
    return page


@pytest.mark.parametrize("words", [("On", "Off"), ("Yes", "No"), ("Enabled", "Disabled")])
def test_pairs_of_radio_buttons_are_one_mark_a_topic(words):
    assert states(find_marks(pairs(ON, words).read())) == expected(ON)


def test_a_pair_with_both_chosen_is_unreadable():
    drawn = pairs(ON)
    drawn.circle(370, 40, True)
    page = find_marks(drawn.read())
    assert states(page)[TOPICS[0]] == "unreadable"
    assert [issue.mark for issue in page.issues] == [0]


def test_words_in_a_column_are_states():
    drawn = Drawn()
    for row, (label, state) in enumerate(zip(TOPICS, ON, strict=True)):
        drawn.text(30, 40 + 30 * row, label)
        drawn.text(280, 40 + 30 * row, "Yes" if state else "No")
    page = find_marks(drawn.read())
    assert states(page) == expected(ON)
    assert {mark.method for mark in page.marks} == {MarkMethod.WORDS}


def test_ticks_beside_some_entries_say_off_for_the_others():
    drawn = Drawn()
    for row, (label, state) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 32 * row
        if state:
            drawn.draw.line([(30, y + 8), (35, y + 13), (45, y + 2)], fill=drawn.ink, width=2)
        drawn.text(60, y, label)
    assert states(find_marks(drawn.read())) == expected(ON)


def test_chips_say_on_and_nothing_about_others():
    drawn = Drawn(width=700)
    x = 30
    for label in TOPICS[:3]:
        wide = int(drawn.draw.textlength(label, font_size=15)) + 24
        drawn.draw.rounded_rectangle((x, 60, x + wide, 88), radius=14, fill=(224, 224, 224))
        drawn.text(x + 12, 65, label)
        x += wide + 10
    page = find_marks(drawn.read())
    assert states(page) == dict.fromkeys(TOPICS[:3], "on")


def test_a_ruled_form_is_read_field_by_field():
    drawn = Drawn(width=640, height=420)
    names = [
        f"{town} Police Department" for town in ("Exampleton", "Fakeville", "Sampleburg", "Testborough", "Mockton")
    ]
    ticked = [True, False, False, True, True]
    for row, (name, on) in enumerate(zip(names, ticked, strict=True)):
        top = 60 + 32 * row
        drawn.draw.rectangle((30, top, 330, top + 32), outline=drawn.ink)
        drawn.draw.rectangle((330, top, 380, top + 32), outline=drawn.ink)
        drawn.text(40, top + 7, name)
        if on:
            drawn.draw.line([(346, top + 8), (362, top + 24)], fill=drawn.ink, width=2)
            drawn.draw.line([(362, top + 8), (346, top + 24)], fill=drawn.ink, width=2)
    page = find_marks(drawn.read())
    assert states(page) == {name: "on" if on else "off" for name, on in zip(names, ticked, strict=True)}
    assert page.kind is SegmentKind.TICK_BOX_FORM


def test_a_form_field_that_contradicts_the_picture_makes_the_mark_unreadable():
    drawn = Drawn()
    for row, (label, state) in enumerate(zip(TOPICS, ON, strict=True)):
        drawn.box(30, 40 + 34 * row, "on" if state else "off")
        drawn.text(58, 38 + 34 * row, label)
    said = [
        VectorMark((30, 40, 46, 56), MarkStyle.CHECK_BOX, MarkState.OFF, MarkMethod.ACROFORM, "field is off"),
        VectorMark((30, 74, 46, 90), MarkStyle.CHECK_BOX, MarkState.OFF, MarkMethod.ACROFORM, "field is off"),
    ]
    page = find_marks(drawn.read(), said)
    assert states(page) == {**expected(ON), TOPICS[0]: "unreadable"}
    assert [(issue.code, issue.mark) for issue in page.issues] == [("mark_doubtful", 0)]


@pytest.mark.parametrize(
    ("text", "said"),
    [("On", True), ("OFF", False), ("Not subscribed", False), ("O Yes", True), ("Only", None), ("", None)],
)
def test_state_words(text, said):
    assert state_word(text) is said


def test_what_readers_make_of_marks():
    assert reads_as_mark("☐ Stolen Plate", at_start=True)
    assert reads_as_mark("V Stolen Plate", at_start=True)
    assert not reads_as_mark("Violent Person", at_start=True)
