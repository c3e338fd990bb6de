"""Marks as the libraries of components draw them: signs in rings, dashes for off, ticks in several columns, groups of
buttons. Each is drawn here with its states."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.ground import lay_ground
from extractors.pictures.marks.likeness import settle_alike
from extractors.pictures.marks.runs import Run
from records.marks import MarkState, MarkStyle
from tests.unit.marks_page import TOPICS, Drawn
from tests.unit.test_marks_widgets import STATES, drawn_states, told

GREEN, GREY, RED = (25, 135, 84), (173, 181, 189), (220, 53, 69)
TICK, DASH = [(4, 8), (7, 11), (12, 5)], [(4, 8), (12, 8)]
CROSS_DOWN, CROSS_UP = [(4, 4), (11, 11)], [(4, 11), (11, 4)]
Colour = tuple[int, int, int]


def page_of_signs(on: Colour, off: Colour, sign: str, filled: bool = True, side: int = 16) -> Drawn:
    """A tick in a disc or ring for on, a *sign* for off."""
    drawn, share = Drawn(), side / 16
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        y, colour = 40 + 34 * row, on if state == "on" else off
        drawn.text(64, y - 2, label)
        drawn.draw.ellipse((30, y, 30 + side, y + side), fill=colour if filled else None, outline=colour)
        strokes = {"tick": [TICK], "dash": [DASH], "cross": [CROSS_DOWN, CROSS_UP]}["tick" if state == "on" else sign]
        for stroke in strokes:
            at = [(30 + share * x, y + share * dy) for x, dy in stroke]
            drawn.draw.line(at, fill=(255, 255, 255) if filled else colour, width=2 if filled else 1)
    return drawn


@pytest.mark.parametrize("off", [RED, GREY])
def test_a_cross_in_a_disc_of_another_colour_than_the_ticks_is_off(off: Colour) -> None:
    assert told(find_marks(page_of_signs(GREEN, off, "cross", side=24).read())) == drawn_states()


def test_a_cross_in_a_disc_of_the_colour_of_the_ticks_is_unreadable() -> None:
    found = told(find_marks(page_of_signs(GREY, GREY, "cross", side=24).read()))
    assert {found[label] for label, state in drawn_states().items() if state == "off"} == {"unreadable"}


@pytest.mark.parametrize("filled", [True, False])
@pytest.mark.parametrize("blur", [0.0, 0.6])
def test_a_thin_tick_in_a_ring_is_never_an_empty_circle(filled: bool, blur: float) -> None:
    found = told(find_marks(page_of_signs((70, 70, 70), (120, 120, 120), "dash", filled).read(blur=blur)))
    assert all(found[label] in (state, "unreadable") for label, state in drawn_states().items())
    assert blur or found == drawn_states()


def ticked(states: list[str], indent: int = 0, nothing: int = 0) -> Drawn:
    """Bare ticks for on, dashes for off, nothing at all in the last *nothing* rows."""
    drawn = Drawn()
    for row, (label, state) in enumerate(zip(TOPICS, states, strict=True)):
        y = 40 + 34 * row
        drawn.text(20 + (indent if row % 3 else 0), y - 2, label)
        if row < len(states) - nothing:
            stroke, colour = (TICK, GREEN) if state == "on" else (DASH, GREY)
            drawn.draw.line([(350 + x, y + dy) for x, dy in stroke], fill=colour, width=2)
    return drawn


def test_a_dash_is_off_where_all_others_are_ticked() -> None:
    assert told(find_marks(ticked(STATES).read())) == drawn_states()


@pytest.mark.parametrize("drawn", [ticked(STATES, indent=12), ticked(STATES, nothing=2)], ids=["indented", "empty"])
def test_a_dash_says_nothing_among_indented_entries_or_beside_empty_places(drawn: Drawn) -> None:
    marks = {m.label: m for m in find_marks(drawn.read()).marks}
    dashed = [label for label, state in list(drawn_states().items())[:6] if state == "off"]
    assert {marks[label].state for label in dashed if label in marks} <= {MarkState.UNREADABLE}


def test_ticks_stand_in_several_columns() -> None:
    drawn = Drawn(width=640)
    states = dict(zip((*TOPICS, *(f"Sample List {n}" for n in "ABCDEFGH")), [*STATES, *STATES[::-1]], strict=True))
    for place, (label, state) in enumerate(states.items()):
        x, y = 30 + 300 * (place // 8), 40 + 34 * (place % 8)
        drawn.text(x + 28, y - 2, label)
        if state == "on":
            drawn.draw.line([(x + dx, y + dy) for dx, dy in TICK], fill=GREEN, width=2)
    assert told(find_marks(drawn.read())) == states


def test_a_tick_that_a_reader_took_into_its_line_is_a_mark() -> None:
    drawn = Drawn()
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 40 + 34 * row
        drawn.text(58, y - 2, label)
        if state == "on":
            drawn.draw.line([(34 + x, y + dy) for x, dy in TICK], fill=drawn.ink, width=2)
    read = drawn.read()
    first = read.lines[0]
    taken_in = replace(first, box=(37.0, *first.box[1:]))
    found = told(find_marks(replace(read, lines=(taken_in, *read.lines[1:]))))
    assert found == drawn_states()


def test_a_label_of_two_lines_is_whole_beside_a_tick() -> None:
    drawn = Drawn()
    for row, (label, state) in enumerate(zip(TOPICS[:5], STATES, strict=False)):
        y = 40 + 60 * row
        drawn.text(58, y - 2, label if row != 2 else "Vehicles of persons who")
        if row == 2:
            drawn.text(58, y + 16, "are sought by the county")
        if state == "on":
            drawn.draw.line([(34 + x, y + dy) for x, dy in TICK], fill=GREEN, width=2)
    assert "Vehicles of persons who are sought by the county" in told(find_marks(drawn.read()))


def groups(chosen: Colour, other: Colour, ink: tuple[Colour, Colour]) -> Drawn:
    """On and Off in one frame, the chosen one on a field of its own. *ink*: of the chosen word, of the other."""
    drawn = Drawn(width=460)
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 40 + 34 * row
        drawn.text(20, y, label)
        for x, word, is_chosen in ((300, "On", state == "on"), (348, "Off", state == "off")):
            drawn.draw.rectangle((x, y - 4, x + 48, y + 22), fill=chosen if is_chosen else other, outline=GREY)
            drawn.text(x + 12, y, word, ink[0] if is_chosen else ink[1])
    return drawn


@pytest.mark.parametrize(
    ("chosen", "other", "ink"),
    [
        ((13, 110, 253), (255, 255, 255), ((255, 255, 255), (13, 110, 253))),
        ((228, 231, 236), (255, 255, 255), ((30, 64, 120), (120, 120, 120))),
        ((70, 80, 95), (246, 246, 246), ((255, 255, 255), (60, 60, 60))),
    ],
    ids=["strong", "pale", "on a surface"],
)
def test_of_a_group_of_two_buttons_the_highlighted_one_is_chosen(
    chosen: Colour, other: Colour, ink: tuple[Colour, Colour]
) -> None:
    assert told(find_marks(groups(chosen, other, ink).read())) == drawn_states()


def test_a_white_field_on_a_pale_track_is_not_taken_for_the_one_left_out() -> None:
    """The other way round: what differs from the page is the track, and the chosen word stands on white."""
    drawn = groups((255, 255, 255), (228, 231, 236), ((30, 30, 30), (110, 110, 110)))
    assert set(told(find_marks(drawn.read())).values()) <= {"unreadable"}


@pytest.mark.parametrize("pitch", [18, 22])
def test_a_narrow_column_wraps_its_labels_around_their_boxes(pitch: int) -> None:
    """Lines half a line further apart than their letters need, as screens set them, and a mark beside the middle."""
    drawn, y = Drawn(height=900), 20
    wrapped = [
        *(label.split(" ") for label in TOPICS),
        ["Case", "25-", "00817"],
        ["Vehicles of", "persons", "sought", "by", "us"],
    ]
    for row, words in enumerate(wrapped):
        middle = y + pitch * (len(words) - 1) // 2
        drawn.box(30, middle, "on" if row % 2 else "off")
        for word in words:
            drawn.text(58, y, word)
            y += pitch
        y += 34
    labels = {"Case 25-00817", "Vehicles of persons sought by us", *TOPICS}
    assert set(told(find_marks(drawn.read()))) == labels


def test_a_line_above_a_label_of_one_line_is_no_part_of_it() -> None:
    drawn = Drawn()
    drawn.text(58, 14, "Choose which lists alert your users")
    for row, label in enumerate(("Silver Sedans", *TOPICS[1:])):
        drawn.box(30, 40 + 34 * row, "on" if row % 2 else "off")
        drawn.text(58, 38 + 34 * row, label)
    assert "Silver Sedans" in told(find_marks(drawn.read()))


def test_a_grey_field_is_not_a_box_filled_in_by_hand() -> None:
    """Some styles draw a disabled empty box as a grey field with a pale label, and their ticks on dark ones."""
    drawn = Drawn()
    for row, state in enumerate(["on", "off", "grey", "on", "off", "grey", "off", "grey"]):
        x, y = 30, 40 + 34 * row
        drawn.text(58, y - 2, TOPICS[row], (150, 150, 150) if state == "grey" else None)
        field = {"on": drawn.ink, "off": (255, 255, 255), "grey": (205, 205, 205)}[state]
        drawn.draw.rectangle((x, y, x + 15, y + 15), fill=field, outline=field if state == "grey" else drawn.ink)
        if state == "on":
            drawn.draw.line([(x + 3, y + 8), (x + 6, y + 11), (x + 12, y + 4)], fill=(255, 255, 255), width=2)
    marks = {m.label: m.state for m in find_marks(drawn.read()).marks}
    assert not {marks[TOPICS[row]] for row in (2, 5, 7)} & {MarkState.ON, MarkState.DISABLED_ON}


def test_a_mark_with_a_pale_label_is_not_told_by_how_like_the_others_it_is() -> None:
    """A disabled switch that is on, as pale as those that are off: what it looks like says nothing."""
    drawn, drafts = Drawn(), []
    for row, state in enumerate(["on", "off", "on", "off", "on", "off", "off", "pale"]):
        y = 40 + 34 * row
        drawn.text(80, y, TOPICS[row], (170, 170, 170) if state == "pale" else None)
        drawn.toggle(20, y, state == "on")
        run = Run(row, TOPICS[row], drawn.lines[row].box, y + 9.0)
        drafts.append(Draft(MarkStyle.TOGGLE, (20.0, float(y), 60.0, y + 22.0), [run]))
        if state != "pale":
            drafts[-1].settle(MarkState.ON if state == "on" else MarkState.OFF, "as drawn")
    drafts[-1].give_up("no knob on a track")
    read = drawn.read()
    ground = lay_ground(read.picture.pixels, [line.box for line in read.lines], range(len(read.lines)))
    settle_alike(ground, drafts)
    assert drafts[-1].state is MarkState.UNREADABLE
    drafts[-1].runs = [Run(6, TOPICS[6], drawn.lines[6].box, 253.0)]
    settle_alike(ground, drafts)
    assert drafts[-1].state is MarkState.OFF


@pytest.mark.parametrize("radius", [8, 10])
def test_a_tree_of_check_boxes_with_very_round_corners_is_no_list_of_knobs(radius: int) -> None:
    drawn, parents = Drawn(), (0, 4)
    for row, (label, state) in enumerate(zip(TOPICS, STATES, strict=True)):
        x, y = 30 if row in parents else 58, 40 + 34 * row
        drawn.text(x + 34, y, label)
        colour = (87, 13, 248) if state == "on" else None
        drawn.draw.rounded_rectangle((x, y, x + 22, y + 22), radius, colour, (87, 13, 248), 2)
        if state == "on":
            drawn.draw.line([(x + 6, y + 11), (x + 10, y + 15), (x + 17, y + 7)], fill=(255, 255, 255), width=2)
    assert told(find_marks(drawn.read())) == drawn_states()
