"""Lists side by side, and tables that set something between the marks and the names of their lists."""

from __future__ import annotations

from extractors.pictures.marks.find import find_marks
from tests.unit.marks_page import TOPICS, Drawn

ON = (True, False, True, False, False, True, True, False)
SOURCES = ("NCIC", "State", "Region 4", "NCIC", "State", "NCIC", "Region 4", "State")


def _states(page: Drawn, noise: float = 0.0) -> dict[str, str]:
    return {mark.label: str(mark.state) for mark in find_marks(page.read(noise=noise)).marks}


def _drawn() -> dict[str, str]:
    return {topic: "on" if on else "off" for topic, on in zip(TOPICS, ON, strict=True)}


def test_the_names_stand_behind_a_source_that_comes_again() -> None:
    page = Drawn(width=560)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 40 * row
        page.box(30, y, "on" if on else "off")
        page.text(90, y - 2, SOURCES[row])
        page.text(220, y - 2, topic)
    assert _states(page) == _drawn()


def test_the_names_stand_behind_a_source_behind_two_options() -> None:
    page = Drawn(width=640)
    for row, (topic, on) in enumerate(zip(TOPICS, ON, strict=True)):
        y = 40 + 40 * row
        for x, word, is_chosen in ((20, "Yes", on), (100, "No", not on)):
            page.circle(x, y, is_chosen)
            page.text(x + 22, y - 1, word)
        page.text(200, y - 1, SOURCES[row])
        page.text(320, y - 1, topic)
    assert _states(page) == _drawn()


def test_words_of_two_lists_with_rows_of_their_own_keep_to_their_lists() -> None:
    """Labels of several lines, none of which is a topic by itself."""
    page = Drawn(width=860, height=560)
    for row, on in enumerate(ON):
        is_left = row < 4
        x, y = (10, 30 + 120 * row) if is_left else (440, 70 + 120 * (row - 4))
        for line, text in enumerate(("Fixture", f"Lake {row}", "Detail")):
            page.text(x, y + 20 * line, text)
        page.text(x + 300, y + 20, "Yes" if on else "No")
    told = {label: state for label, state in _states(page).items() if state != "unreadable"}
    expected = {f"Lake {row}": "on" if on else "off" for row, on in enumerate(ON)}
    assert {name: told[label] for name in expected for label in told if name in label} == expected


def test_switches_are_not_those_of_a_list_before_them_that_a_scan_has_lost() -> None:
    """All switches of the first list are off, and too pale for the scan; nobody knows the labels of the second."""
    page = Drawn(width=860, height=300)
    names = ("Tow", "Gun", "Gang", "Test", "School")
    for row, (topic, name) in enumerate(zip(TOPICS, names, strict=False)):
        y = 30 + 50 * row
        page.text(10, y, topic)
        page.text(430, y, f"Fixture {name} Vehicle")
        page.toggle(760, y - 2, True)
    states = _states(page, noise=3.0)
    assert all(states.get(topic) != "on" for topic in TOPICS)
