"""Marks that stand in the text or close to other text: typed brackets, status dots, options, unread words."""

from __future__ import annotations

import pytest

from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.result import MarkPage
from extractors.pictures.marks.words import is_nearly
from extractors.pictures.read_page import TextLine
from records.marks import Agreement, MarkState
from tests.unit.marks_page import FONT, TOPICS, Drawn

BLUE, WHITE, GREEN, GREY = (20, 100, 220), (255, 255, 255), (30, 150, 60), (150, 150, 150)
STATES = [True, False, True, False, False, True, True, False]


def _given(page: MarkPage) -> dict[str, str]:
    return {m.label: str(m.state) for m in page.marks}


def _drawn(states: list[bool]) -> dict[str, str]:
    return {label: "on" if on else "off" for label, on in zip(TOPICS, states, strict=True)}


@pytest.mark.parametrize(("sign", "empty"), [("[ X ]", "[  ]"), ("( x )", "(  )"), ("[ X ]", "[ _ ]")])
def test_brackets_typed_before_the_label_are_a_box(sign: str, empty: str) -> None:
    page = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        page.text(30, 40 + 30 * row, f"{sign if on else empty} {label}")
    assert _given(find_marks(page.read())) == _drawn(STATES)


def test_brackets_typed_behind_the_label_are_a_box() -> None:
    page = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        page.text(30, 40 + 30 * row, label)
        page.text(330, 40 + 30 * row, "[ X ]" if on else "[  ]")
    assert _given(find_marks(page.read())) == _drawn(STATES)


def test_brackets_whose_ink_says_otherwise_than_their_reading_are_unreadable() -> None:
    page = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        page.text(30, 40 + 30 * row, f"{'[ X ]' if on else '[  ]'} {label}")
    page.draw.line((36, 44, 41, 53), fill=(33, 33, 33), width=2)
    page.draw.rectangle((36, 104, 42, 116), fill=WHITE)
    page.draw.line((40, 134, 45, 143), fill=(33, 33, 33), width=2)  # row 3, read as empty
    found = find_marks(page.read())
    [mark] = [m for m in found.marks if m.label == TOPICS[3]]
    assert mark.state is MarkState.UNREADABLE
    assert found.marks.index(mark) in {i.mark for i in found.issues}


def test_dots_that_repeat_the_word_beside_them_are_no_options() -> None:
    page = Drawn()
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        page.text(30, 40 + 30 * row, label)
        page.draw.ellipse((260, 45 + 30 * row, 269, 54 + 30 * row), fill=GREEN if on else GREY)
        page.text(276, 40 + 30 * row, "Active" if on else "Inactive")
    assert _given(find_marks(page.read())) == _drawn(STATES)


def _badges(page: Drawn, y: int, on: bool) -> None:
    wide = 46 if on else 36
    page.draw.rounded_rectangle((300, y, 300 + wide, y + 18), 9, fill=GREEN if on else GREY)
    page.text(309, y, "Yes" if on else "No", ink=WHITE)


def test_a_label_ends_before_the_row_of_another_mark_or_a_heading() -> None:
    page = Drawn()
    labels = ["Local Alerts", "Fixture Lake Series", *TOPICS[:3], "Federal file", *TOPICS[3:]]
    for row, label in enumerate(labels):
        page.text(30, 40 + 24 * row, label)
        if label != "Federal file":
            _badges(page, 40 + 24 * row, label not in (TOPICS[2], "Local Alerts", TOPICS[5]))
    given = _given(find_marks(page.read()))
    assert given.pop("Federal file", "unreadable") == "unreadable"  # nothing is drawn beside it
    assert given == {
        label: "off" if label in (TOPICS[2], "Local Alerts", TOPICS[5]) else "on"
        for label in labels
        if label != "Federal file"
    }


def test_the_label_of_two_options_is_the_line_above_what_explains_it() -> None:
    page = Drawn(width=520)
    for row, (label, on) in enumerate(zip(TOPICS[:6], STATES[:6], strict=True)):
        top = 30 + 60 * row
        page.text(30, top, label)
        page.text(30, top + 20, "Alerts are sent to all users", ink=GREY)
        for x, word, chosen in ((330, "Yes", on), (420, "No", not on)):
            page.circle(x, top + 14, chosen)
            page.text(x + 22, top + 13, word)
    expected = {label: "on" if on else "off" for label, on in zip(TOPICS[:6], STATES[:6], strict=True)}
    assert _given(find_marks(page.read())) == expected


def test_a_word_in_a_field_beside_its_contrary_tells_nothing_unless_it_is_highlighted() -> None:
    given = {}
    for fill in ((225, 225, 230), BLUE):
        page = Drawn(width=520)
        for row, label in enumerate(TOPICS):
            page.text(30, 40 + 30 * row, label)
            page.draw.rounded_rectangle((300, 38 + 30 * row, 350, 60 + 30 * row), 11, fill=fill)
            page.text(312, 41 + 30 * row, "Yes", ink=WHITE if fill == BLUE else None)
            page.text(370, 41 + 30 * row, "No")
        given[fill] = {str(m.state) for m in find_marks(page.read()).marks}
    assert given == {(225, 225, 230): {"unreadable"}, BLUE: {"on"}}


def _ringed(words: tuple[str, str] = ("YES", "NO"), unread: int | None = None) -> MarkPage:
    """Two words beside every topic, one of them ringed by hand; of row *unread* the ringed one was not read."""
    page = Drawn(width=520)
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        y = 40 + 36 * row
        page.text(30, y, label)
        page.text(330, y, words[0])
        page.text(400, y, words[1])
        x, wide = (
            (330, page.draw.textlength(words[0], font=FONT)) if on else (400, page.draw.textlength(words[1], FONT))
        )
        page.draw.ellipse((x - 8, y - 5, x + wide + 8, y + 22), outline=(20, 30, 110))
    if unread is not None:
        ringed = [line for line in page.lines if line.text == words[0 if STATES[unread] else 1]]
        near = 40 + 36 * unread
        page.lines = [line for line in page.lines if line not in ringed or abs(line.box[1] - near) > 12]
    return find_marks(page.read())


def test_the_word_with_a_ring_around_it_is_meant() -> None:
    assert _given(_ringed()) == _drawn(STATES)


def test_a_ring_as_round_as_a_radio_button_says_nothing_wrong() -> None:
    drawn = _drawn(STATES)
    assert all(state in (drawn[label], "unreadable") for label, state in _given(_ringed(("On", "Off"))).items())


@pytest.mark.parametrize("row", [0, 3])
def test_one_of_two_words_tells_nothing_where_the_ringed_one_was_not_read(row: int) -> None:
    given = _given(_ringed(unread=row))
    assert given.pop(TOPICS[row]) == "unreadable"
    assert given == {label: state for label, state in _drawn(STATES).items() if label != TOPICS[row]}


@pytest.mark.parametrize("is_bold", [True, False])
def test_a_heading_close_above_is_no_part_of_the_label(is_bold: bool) -> None:
    page = Drawn(height=520)
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        if row in (0, 4):
            if is_bold:  # drawn once more, beside itself
                page.draw.text((31, 26 + 50 * row), "Local files", font=FONT, fill=page.ink)
            page.text(30, 26 + 50 * row, "Local files")
        page.text(30, 45 + 50 * row, label)
        _badges(page, 45 + 50 * row, on)
    assert {label: state for label, state in _given(find_marks(page.read())).items() if label in TOPICS} == _drawn(
        STATES
    )


def test_a_label_of_two_lines_beside_two_options_is_whole() -> None:
    page = Drawn(width=520)
    for row, on in enumerate(STATES[:6]):
        page.text(30, 30 + 60 * row, f"Fixture Lake Burglary {row}")
        page.text(30, 50 + 60 * row, "Series of cars")
        for x, word, chosen in ((330, "Yes", on), (420, "No", not on)):
            page.circle(x, 42 + 60 * row, chosen)
            page.text(x + 22, 41 + 60 * row, word)
    expected = {f"Fixture Lake Burglary {row} Series of cars": on for row, on in enumerate(STATES[:6])}
    assert _given(find_marks(page.read())) == {label: "on" if on else "off" for label, on in expected.items()}


def test_text_of_another_column_is_no_label_and_named() -> None:
    page = Drawn(width=520)
    for row, (label, on) in enumerate(zip(TOPICS, STATES, strict=True)):
        if row != 2:
            page.text(30, 40 + 30 * row, label)
        page.text(230, 40 + 30 * row, "State file")
        page.text(380, 40 + 30 * row, "On" if on else "Off")
    found = find_marks(page.read())
    named = {i.mark for i in found.issues if i.code == "label_unread"}
    assert [found.marks[number].label for number in named] == ["State file"]


def test_outlined_chips_right_above_filled_ones_are_off() -> None:
    page = Drawn(width=620)
    states = [False, False, False, True, True, True, False, False]
    for number, (label, on) in enumerate(zip(TOPICS, states, strict=True)):
        x, y = 20 + 195 * (number % 3), 40 + 34 * (number // 3)
        wide = round(page.draw.textlength(label, font=FONT))
        page.draw.rounded_rectangle((x, y, x + wide + 24, y + 28), 6, fill=BLUE if on else WHITE, outline=BLUE)
        page.text(x + 12, y + 6, label, ink=WHITE if on else BLUE)
    assert _given(find_marks(page.read())) == _drawn(states)


def test_a_dash_in_a_box_is_no_row_of_dots() -> None:
    page = Drawn()
    for row, (label, on) in enumerate(zip(("All of these files", *TOPICS), (False, *STATES), strict=True)):
        left = 30 if row == 0 else 60
        page.box(left, 40 + 34 * row, "mixed" if row == 0 else "on" if on else "off")
        page.text(left + 28, 38 + 34 * row, label)
    page.lines.insert(0, TextLine("—", (34.0, 46.0, 42.0, 49.0), (), Agreement.DIFFER, ()))
    assert _given(find_marks(page.read()))["All of these files"] == "mixed"


def test_pale_marks_are_disabled_though_most_of_their_state_are_pale() -> None:
    page = Drawn()
    states = ["on", "off", "off", "on", "off", "off", "off", "off"]
    for row, (label, state) in enumerate(zip(TOPICS, states, strict=True)):
        page.ink = (165, 165, 165) if state == "off" and row != 1 else (33, 33, 33)
        page.box(30, 40 + 34 * row, state)
        page.text(58, 38 + 34 * row, label)
    expected = {label: "disabled_off" if row not in (0, 1, 3) else states[row] for row, label in enumerate(TOPICS)}
    assert _given(find_marks(page.read())) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Enabied", "Enabled", True),
        ("Enablod", "Enabled", True),
        ("Disabled", "Enabled", False),
        ("Inactive", "Included", False),
        ("Unselected", "Selected", False),
        ("Oft", "Off", False),
    ],
)
def test_a_misread_state_word_is_nearly_that_word(text: str, word: str, expected: bool) -> None:
    assert is_nearly(text, word) is expected


def test_the_round_ends_of_a_chip_are_no_brackets_of_its_label() -> None:
    page = Drawn(width=520)
    for row, label in enumerate(TOPICS[:4]):
        text = ("( {} × )", "( {} ×)", "{} × )", "( {} ×")[row].format(label)
        wide = page.draw.textlength(text, font=FONT)
        page.draw.rounded_rectangle((30, 36 + 40 * row, 60 + wide, 64 + 40 * row), radius=14, fill=(210, 225, 245))
        page.text(44, 40 + 40 * row, text)
    assert [m.label for m in find_marks(page.read()).marks] == list(TOPICS[:4])
