"""What the edge of a picture cuts is named: also the first line of a label whose mark is whole."""

from __future__ import annotations

import pytest

from extractors.pictures.marks.find import find_marks
from tests.unit.marks_page import FONT, TOPICS, Drawn


def _named(page: Drawn) -> set[tuple[str | None, str]]:
    return {(issue.seen_text, issue.code) for issue in find_marks(page.read()).issues}


def _cropped(lines: tuple[str, ...], cut: int, mark: int) -> Drawn:
    """A list whose first label has *lines*, 20 pixels apart, and whose upper *cut* pixels are missing; its mark
    stands *mark* pixels below the top of its first line. Readers see no letters of which half is missing."""
    page = Drawn(height=420)
    page.box(30, mark - cut, "on")
    for number, text in enumerate(lines):
        y = 20 * number - cut
        if y < 0:
            page.draw.text((58, y), text, font=FONT, fill=page.ink)
        else:
            page.text(58, y, text)
    for row, topic in enumerate(TOPICS, start=1):
        y = 20 * len(lines) + 34 * row - 20 - cut
        page.box(30, y + 2, "on" if row % 2 else "off")
        page.text(58, y, topic)
    return page


@pytest.mark.parametrize("cut", [7, 9, 11])
def test_a_label_that_lost_its_first_line_is_named(cut: int) -> None:
    page = _cropped(("Vehicles of persons under an order", "issued by a court"), cut, mark=12)
    assert ("issued by a court", "label_cut") in _named(page)


def test_three_lines_of_which_the_first_is_cut_are_named() -> None:
    page = _cropped(("Vehicles of persons under an", "order issued by a judge or", "by a court"), 9, mark=22)
    assert ("order issued by a judge or by a court", "label_cut") in _named(page)


@pytest.mark.parametrize("cut", [7, 11])
def test_a_heading_that_is_cut_concerns_no_label(cut: int) -> None:
    page = Drawn()
    page.draw.text((58, -cut), "Choose what your agency gets", font=FONT, fill=page.ink)
    for row, topic in enumerate(TOPICS):
        page.box(30, 24 - cut + 34 * row, "on" if row % 2 else "off")
        page.text(58, 22 - cut + 34 * row, topic)
    assert _named(page) == set()


@pytest.mark.parametrize(("words", "is_told"), [(("On", "Off"), True), (("On", "On"), False)])
def test_a_field_whose_frame_is_cut_says_its_word_where_both_words_are_seen(
    words: tuple[str, str], is_told: bool
) -> None:
    """Where one word alone is seen, the other of two buttons may stand beyond the edge."""
    page = Drawn(width=400)
    for row, topic in enumerate(TOPICS):
        y = 30 + 40 * row
        page.text(20, y, topic)
        page.draw.rounded_rectangle((340, y - 4, 440, y + 20), radius=4, outline=page.ink)
        page.text(348, y, words[row % 2])
    marks = find_marks(page.read()).marks
    assert [mark.label for mark in marks] == list(TOPICS)
    drawn = [words[row % 2].lower() if is_told else "unreadable" for row in range(len(TOPICS))]
    assert [str(mark.state) for mark in marks] == drawn
