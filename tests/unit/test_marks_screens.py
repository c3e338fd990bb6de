"""Screens of marks that are easily taken for others: each drawn here, with the states that were drawn."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.ground import lay_ground
from extractors.pictures.marks.result import MarkPage
from records.marks import Agreement, MarkState, MarkStyle
from tests.unit.marks_page import FONT, TOPICS, Drawn, box_list

BLUE, WHITE, GREEN, RED, BLACK = (20, 100, 220), (255, 255, 255), (30, 150, 60), (200, 30, 30), (33, 33, 33)
STATES = [True, False, True, False, False, True, True, False]


def _given(page: MarkPage) -> dict[str, str]:
    return {m.label: str(m.state) for m in page.marks}


def _drawn(states: list[bool]) -> dict[str, str]:
    return {label: "on" if on else "off" for label, on in zip(TOPICS, states, strict=True)}


def test_each_column_of_a_matrix_is_a_mark_of_its_own() -> None:
    page = Drawn()
    for x, heading in ((200, "View"), (270, "Alert"), (340, "E-mail")):
        page.text(x, 20, heading)
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        page.text(20, 50 + 30 * row, label)
        for x, state in ((210, on), (280, not on), (350, on)):
            page.box(x, 52 + 30 * row, "on" if state else "off")
    found = find_marks(page.read())
    given = {(m.label, m.group_label): str(m.state) for m in found.marks}
    assert given == {
        (label, heading): "on" if (on if heading != "Alert" else not on) else "off"
        for label, on in zip(TOPICS, STATES, strict=True)
        for heading in ("View", "Alert", "E-mail")
    }


def test_of_two_looks_of_chips_the_outlined_are_off() -> None:
    page = Drawn(width=620)
    for number, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        x, y = 20 + 195 * (number % 3), 40 + 50 * (number // 3)
        wide = round(page.draw.textlength(label, font=FONT))
        page.draw.rounded_rectangle((x, y, x + wide + 24, y + 28), 14, fill=BLUE if on else WHITE, outline=BLUE)
        page.text(x + 12, y + 6, label, ink=WHITE if on else BLUE)
    assert _given(find_marks(page.read())) == _drawn(STATES)


def test_outlined_chips_that_are_all_alike_say_nothing() -> None:
    page = Drawn(width=620)
    for number, label in enumerate(TOPICS):
        x, y = 20 + 195 * (number % 3), 40 + 50 * (number // 3)
        wide = round(page.draw.textlength(label, font=FONT))
        page.draw.rounded_rectangle((x, y, x + wide + 24, y + 28), 14, fill=WHITE, outline=BLUE)
        page.text(x + 12, y + 6, label, ink=BLUE)
    found = find_marks(page.read())
    assert {m.state for m in found.marks} == {MarkState.UNREADABLE}
    assert {i.mark for i in found.issues} == set(range(len(found.marks)))


def _segments(highlight: tuple[int, int, int] | None) -> MarkPage:
    page = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 30 + 36 * row
        page.text(20, y + 4, label)
        for x, word, chosen in ((250, "On", on), (310, "Off", not on)):
            fill = highlight if chosen and highlight else WHITE
            page.draw.rectangle((x, y, x + 59, y + 26), fill=fill, outline=BLUE)
            page.text(x + 18, y + 4, word, ink=WHITE if fill != WHITE else BLUE)
    return find_marks(page.read())


def test_names_of_two_lines_behind_other_columns_are_the_labels_of_on_and_off() -> None:
    """What is nearest to the middle of a row is its source; its name stands above and below."""
    page = Drawn(height=480)
    for row, on in enumerate(STATES):
        y = 30 + 54 * row
        page.text(10, y, ("State", "DMV", "Local")[row % 3])
        for k, word in enumerate(TOPICS[row].split(" ", 1)):
            page.text(90, y - 8 + 16 * k, word)
        for x, word, chosen in ((300, "On", on), (360, "Off", not on)):
            if chosen:
                page.draw.rectangle((x - 10, y - 4, x + 40, y + 22), fill=BLUE)
            page.text(x, y, word, (255, 255, 255) if chosen else (0, 0, 0))
    assert _given(find_marks(page.read())) == _drawn(STATES)


def test_the_highlighted_one_of_on_and_off_counts() -> None:
    assert _given(_segments(BLUE)) == _drawn(STATES)


def test_on_and_off_side_by_side_without_a_highlight_are_unreadable() -> None:
    assert set(_given(_segments(None)).values()) == {"unreadable"}


def test_boxes_of_two_lists_for_moving_between_say_nothing() -> None:
    page = Drawn(width=560)
    page.text(180, 20, "Disabled")
    page.text(450, 20, "Enabled")
    for row in range(4):
        for x, label in ((30, TOPICS[row]), (300, TOPICS[4 + row])):
            page.box(x, 60 + 30 * row, "off")
            page.text(x + 28, 58 + 30 * row, label)
    assert _given(find_marks(page.read())) == dict.fromkeys(TOPICS, "unreadable")


def test_a_cross_in_another_colour_than_the_ticks_is_off() -> None:
    page = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 30 + 36 * row
        page.draw.ellipse((20, y, 40, y + 20), fill=GREEN if on else RED)
        strokes = [[(25, y + 10), (29, y + 14), (36, y + 6)]]
        if not on:
            strokes = [[(25, y + 5), (35, y + 15)], [(25, y + 15), (35, y + 5)]]
        for stroke in strokes:
            page.draw.line(stroke, fill=WHITE, width=3)
        page.text(56, y + 1, label)
    assert _given(find_marks(page.read())) == _drawn(STATES)


def test_running_numbers_are_no_marks_and_no_labels() -> None:
    page = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        page.text(14, 40 + 30 * row, str(row + 2))
        page.text(60, 40 + 30 * row, label)
        page.text(260, 40 + 30 * row, "Yes" if on else "No")
    found = find_marks(page.read())
    assert _given(found) == _drawn(STATES)
    assert {m.style for m in found.marks} == {MarkStyle.WORD}


def test_a_heading_over_words_is_no_state() -> None:
    page = Drawn()
    page.text(60, 10, "Hotlist")
    page.text(250, 10, "Enabled")
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        page.text(60, 40 + 30 * row, label)
        page.text(260, 40 + 30 * row, "Yes" if on else "No")
    assert _given(find_marks(page.read())) == _drawn(STATES)


def test_words_behind_a_colon_and_words_joined_to_their_topic() -> None:
    inline, joined = Drawn(), Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        inline.text(20, 40 + 30 * row, f"{label}: {'ON' if on else 'OFF'}")
        word = "Enabled" if on else "Disabled"
        if row % 3:
            joined.text(20, 40 + 30 * row, word)
            joined.text(110, 40 + 30 * row, label)
        else:
            joined.text(20, 40 + 30 * row, f"{word} {label}")
    assert _given(find_marks(inline.read())) == _drawn(STATES)
    assert _given(find_marks(joined.read())) == _drawn(STATES)


def test_green_and_red_tracks_are_told_apart_by_the_knob() -> None:
    page = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        page.toggle(20, 30 + 36 * row, on, GREEN if on else RED)
        page.text(80, 32 + 36 * row, label)
    assert _given(find_marks(page.read())) == _drawn(STATES)


def test_red_tracks_with_the_knob_at_the_right_are_unreadable_beside_green_ones_at_the_left() -> None:
    page = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        page.toggle(20, 30 + 36 * row, on, RED if on else GREEN)
        page.text(80, 32 + 36 * row, label)
    assert set(_given(find_marks(page.read())).values()) == {"unreadable"}


def test_an_agency_s_own_list_is_an_entry() -> None:
    page = Drawn()
    labels = [*TOPICS[:3], "Mock Harbor PD Custom List", *TOPICS[3:6]]
    for row, label in enumerate(labels):
        page.box(30, 40 + 34 * row, "on" if row % 2 else "off")
        page.text(58, 38 + 34 * row, label)
    given = _given(find_marks(page.read()))
    assert given == {label: "on" if row % 2 else "off" for row, label in enumerate(labels)}


def test_the_catalogue_proves_the_reading_of_letters_that_look_alike() -> None:
    page = Drawn()
    for row, label in enumerate(TOPICS):
        page.box(30, 40 + 34 * row, "off")
        page.text(58, 38 + 34 * row, label)
    line = page.lines[1]
    page.lines[1] = replace(
        line, text="Sto1en P1ate", readings=(replace(line.readings[0], text="Sto1en P1ate"), line.readings[0])
    )
    assert set(_given(find_marks(page.read()))) == set(TOPICS)


def test_words_in_the_ruled_cells_of_a_table_are_states_and_no_chips() -> None:
    page = Drawn(width=420)
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        top = 40 + 30 * row
        page.draw.rectangle((50, top - 5, 230, top + 25), outline=(150, 150, 150))
        page.draw.rectangle((230, top - 5, 370, top + 25), outline=(150, 150, 150))
        page.text(60, top, label)
        page.text(240, top, "Subscribed" if on else "Not subscribed")
    assert _given(find_marks(page.read())) == _drawn(STATES)


def test_a_pill_around_a_number_is_no_toggle() -> None:
    page = box_list(["on" if on else "off" for on in STATES])
    for row in range(len(TOPICS)):
        page.draw.rounded_rectangle((250, 37 + 34 * row, 286, 59 + 34 * row), radius=11, fill=(225, 232, 228))
        page.text(258, 38 + 34 * row, str(23 + 7 * row))
    found = find_marks(page.read())
    assert _given(found) == _drawn(STATES)
    assert not found.issues


def test_a_state_word_s_letter_is_no_box() -> None:
    page = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        page.text(20, 40 + 30 * row, label)
        page.text(250, 40 + 30 * row, "Yes / No")
        page.draw.text((250 if on else 294, 40 + 30 * row), "Yes" if on else "No", font=FONT, fill=(0, 0, 0))
    assert all(mark.state is MarkState.UNREADABLE for mark in find_marks(page.read()).marks)


def test_a_wrapped_label_beside_a_word_is_whole() -> None:
    page = Drawn(height=520)
    y = 20
    for label, on in zip(TOPICS, STATES, strict=True):
        first, _, rest = label.partition(" ")
        page.text(20, y, first)
        page.text(20, y + 19, rest)
        page.text(250, y + 10, "Yes" if on else "No")
        y += 60
    assert _given(find_marks(page.read())) == _drawn(STATES)


def test_one_of_two_words_that_a_lone_reader_saw_says_nothing_beside_one_that_it_did_not() -> None:
    page = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 40 + 40 * row
        page.text(20, y, label)
        page.text(230, y, "YES")
        page.lines[-1] = replace(page.lines[-1], agreement=Agreement.ONE)
        if not on:  # NO, with a ring around it that kept the reader from reading it
            page.draw.text((290, y), "NO", font=FONT, fill=page.ink)
            page.draw.ellipse((280, y - 4, 322, y + 22), outline=(20, 30, 120), width=2)
    given = _given(find_marks(page.read()))
    assert given == {label: "on" if on else "unreadable" for label, on in zip(TOPICS, STATES, strict=True)}


def test_what_stands_at_the_end_of_a_row_has_the_ground_of_its_label_not_of_a_bar_above() -> None:
    pixels = np.full((160, 1280, 3), (16, 32, 46), np.uint8)
    pixels[:48] = (11, 61, 145)
    bar, label = (1166.0, 19.0, 1260.0, 32.0), (233.0, 76.0, 387.0, 90.0)
    for x0, top, x1, bottom in (bar, label):
        pixels[int(top) : int(bottom) : 3, int(x0) : int(x1) : 3] = 238
    ground = lay_ground(pixels, [bar, label], [0, 1])
    assert ground.paper[82, 1220].tolist() == [16, 32, 46]
    assert ground.paper[25, 1220].tolist() == [11, 61, 145]


def test_switches_that_the_reader_took_into_the_lines_of_their_labels_are_found() -> None:
    drawn = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 40 + 40 * row
        drawn.toggle(30, y, on)
        drawn.text(84, y + 2, label)
        if on:
            line = drawn.lines.pop()
            box = (30.0, float(y), line.box[2], float(y + 22))
            drawn.lines.append(replace(line, box=box, words=(), readings=(replace(line.readings[0], box=box),)))
    assert {m.label: str(m.state) for m in find_marks(drawn.read()).marks} == _words()


def _words() -> dict[str, str]:
    return {label: "on" if on else "off" for label, on in zip(TOPICS, STATES, strict=True)}
