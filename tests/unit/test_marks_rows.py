"""Every row has its own label: no other row's, no heading's, and no line of a label is a row."""

from __future__ import annotations

import pytest
from PIL import ImageFont

from extractors.pictures.marks.candidates import Candidate, Shape
from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.labels import label_edge, side_of
from extractors.pictures.marks.runs import Run
from extractors.pictures.marks.series import Kind
from samples.vera import face_path
from tests.unit import marks_page
from tests.unit.marks_page import TOPICS, Drawn

PALE = (150, 150, 150)


def _states(page: Drawn) -> list[tuple[str, str]]:
    return [(mark.label, str(mark.state)) for mark in find_marks(page.read()).marks]


@pytest.mark.parametrize("pale", range(1, 6))
def test_paler_rows_of_radio_buttons_keep_their_own_labels(pale: int) -> None:
    """Two lines set paler than the one above them might explain it."""
    page = Drawn(height=260)
    for row, topic in enumerate(TOPICS):
        y = 30 + 22 * row
        ink = page.ink if row not in (pale, pale + 1) else PALE
        page.text(20, y, topic, ink)
        for x, word, chosen in ((250, "On", row % 2 == 0), (310, "Off", row % 2 == 1)):
            page.draw.ellipse((x, y + 2, x + 15, y + 17), outline=ink, width=2)
            if chosen:
                page.draw.ellipse((x + 4, y + 6, x + 11, y + 13), fill=ink)
            page.text(x + 22, y, word)
    found = _states(page)
    assert [label for label, _ in found] == list(TOPICS)
    for row, (_, state) in enumerate(found):
        assert state.removeprefix("disabled_") in ("on" if row % 2 == 0 else "off", "unreadable")


@pytest.mark.parametrize("size", range(16, 27))
@pytest.mark.parametrize("heading", ["NCIC Alerts", "Hot Lists", "BOLO Lists", "Dispatch"])
def test_the_first_letter_of_a_heading_is_no_box(heading: str, size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The heading begins where the box for all of them stands, in letters as high as it is."""
    page = Drawn()
    monkeypatch.setattr(marks_page, "FONT", ImageFont.truetype(face_path("VeraBd"), size))
    page.text(30, 14, heading)
    monkeypatch.setattr(marks_page, "FONT", ImageFont.truetype(face_path("Vera"), 16))
    page.box(30, 46, "mixed")
    page.text(56, 44, "Select all")
    for row, topic in enumerate(TOPICS):
        page.box(30, 78 + 32 * row, "on" if row % 3 == 0 else "off")
        page.text(56, 76 + 32 * row, topic)
    assert [label for label, _ in _states(page)] == ["Select all", *TOPICS]


def test_the_second_line_of_an_entry_of_a_menu_is_none() -> None:
    page = Drawn()
    y = 30
    for row, topic in enumerate(TOPICS):
        if row % 3 == 0:
            page.draw.line([(24, y + 9), (28, y + 13), (36, y + 3)], fill=page.ink, width=2)
        page.text(50, y, topic)
        if row == 4:
            y += 19
            page.text(50, y, "2025")
        y += 38
    assert "2025" not in [label for label, _ in _states(page)]
    assert len(_states(page)) == len(TOPICS)


def test_a_covered_label_lends_no_mark_the_label_of_its_neighbour() -> None:
    """Five switches before their labels, one of which is covered, beside a menu whose entries stand on their rows: at
    the left of every switch stands something, at the right of all but one."""
    places = [(410, 242), (1138, 242), (1864, 242), (410, 344), (1138, 344)]
    switches = [Candidate((x, y, x + 92.0, y + 57.0), Shape.PILL, 0.95, 20.0) for x, y in places]
    labels = [_run("Topic", x + 114, y) if (x, y) != (1864, 242) else None for x, y in places]
    menu = [_run("Insights", 90, 242), _run("Networks", 90, 344)]
    left = [[menu[0]], [labels[0]], [labels[1]], [menu[1]], [labels[3]]]
    assert side_of(Kind("pill", switches), labels, [[r for r in row if r] for row in left], 31.0) == "right"


def test_labels_before_their_switches_stay_theirs_in_columns() -> None:
    """Two columns of labels, each with its switch far behind it: the second label is no closer to the first switch."""
    switches = [
        Candidate((x, y, x + 92.0, y + 57.0), Shape.PILL, 0.95, 20.0) for y in (100, 200, 300) for x in (500, 1000)
    ]
    labels = [_run("Topic", m.box[0] - 440, m.box[1]) for m in switches]
    right = [labels[k + 1] if k % 2 == 0 else None for k in range(6)]
    left = [[label] for label in labels]
    assert side_of(Kind("pill", switches), right, left, 31.0) == "left"


def _run(text: str, x: float, y: float) -> Run:
    return Run(0, text, (x, y, x + 120.0, y + 40.0), y + 28.0)


def test_the_column_of_topics_holds_the_labels_where_another_is_read_in_more_rows() -> None:
    def run(x0: float, text: str) -> Run:
        return Run(0, text, (x0, 0.0, x0 + 60, 12.0), 6.0)

    rows = [[run(34, topic), run(451, "Custom")] for topic in TOPICS[:7]] + [[run(451, "Custom")] for _ in range(3)]
    assert label_edge(rows, 14.0) == 34
    numbers = [[run(34, str(index)), *row[1:]] for index, row in enumerate(rows[:7])] + rows[7:]
    assert label_edge(numbers, 14.0) != 34
