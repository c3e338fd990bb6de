"""Forms ticked by hand: brackets that a pen went through, ticks crossed out again, blots, printed lines, full boxes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extractors.pictures.marks.disabled import mark_disabled
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.fields import Ticked, settle_field, settle_lines
from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.ground import Ground, lay_ground
from extractors.pictures.marks.judge_boxes import doubt_blobs, judge_boxes
from extractors.pictures.marks.measure import Drawing, measure_box
from extractors.pictures.marks.qualify import are_marks, label_of
from extractors.pictures.marks.runs import runs_of
from extractors.pictures.marks.struck import doubt_struck
from extractors.pictures.read_page import Box
from records.marks import MarkState, MarkStyle
from tests.unit.marks_page import FONT, TOPICS, Drawn

SIDE = 20


def _cross(page: Drawn, x: float, y: float, size: float = SIDE) -> None:
    page.draw.line((x, y, x + size, y + size), fill=page.ink, width=3)
    page.draw.line((x, y + size, x + size, y), fill=page.ink, width=3)


def _ground(page: Drawn) -> Ground:
    return lay_ground(page.read().picture.pixels, [page.lines[0].box], [0])


def _boxes(page: Drawn, count: int) -> list[Draft]:
    """That many empty boxes, ten to a row."""
    page.text(5, 5, TOPICS[0])
    places = [(20.0 + 60 * (i % 10), 40.0 + 40 * (i // 10)) for i in range(count)]
    boxes: list[Box] = [(x, y, x + SIDE, y + SIDE) for x, y in places]
    for box in boxes:
        page.draw.rectangle(box, outline=page.ink, width=2)
    return [Draft(MarkStyle.CHECK_BOX, box, []) for box in boxes]


def test_a_row_whose_brackets_a_cross_hides_has_not_those_of_the_next_column() -> None:
    page = Drawn(width=840)
    crossed = {1, 4, 5}
    for row, label in enumerate(TOPICS):
        for x, name in ((30, label), (430, f"Other {label}")):
            page.text(x, 40 + 30 * row, name)
            if x == 30 and row in crossed:
                page.draw.text((x + 300, 40 + 30 * row), "[  ]", font=FONT, fill=page.ink)  # and nobody reads it
                _cross(page, x + 301, 42 + 30 * row, 14)
            else:
                page.text(x + 300, 40 + 30 * row, "[  ]")
    given = {m.label: str(m.state) for m in find_marks(page.read()).marks}
    assert given == {t: "on" if n in crossed else "off" for n, t in enumerate(TOPICS)} | {
        f"Other {t}": "off" for t in TOPICS
    }


@pytest.mark.parametrize("soiled", ["", "lines", "blot"])
def test_a_tick_that_is_struck_out_or_under_a_blot_is_given_up(soiled: str) -> None:
    page = Drawn(width=640, height=120)
    drafts = _boxes(page, 10)
    for draft in drafts:
        _cross(page, *draft.place[:2])
        draft.settle(MarkState.ON, "a figure in it")
    x, y = drafts[3].place[:2]
    if soiled == "lines":
        for down in (7, 13):
            page.draw.line((x - 8, y + down, x + SIDE + 8, y + down), fill=page.ink, width=2)
    elif soiled == "blot":
        page.draw.ellipse((x + 12, y + 12, x + 32, y + 32), fill=page.ink)
    doubt_struck(_ground(page), drafts)
    assert [n for n, d in enumerate(drafts) if d.state is MarkState.UNREADABLE] == ([3] if soiled else [])


def test_a_box_half_full_among_boxes_scribbled_full_is_given_up() -> None:
    page = Drawn(width=640, height=120)
    drafts = _boxes(page, 10)
    for number, draft in enumerate(drafts):
        x0, top, x1, bottom = draft.place
        page.draw.rectangle((x0 + (10 if number == 3 else 0), top, x1, bottom), fill=page.ink)
        draft.settle(MarkState.ON, "filled in, others of its make are empty")
    doubt_struck(_ground(page), drafts)
    assert [n for n, d in enumerate(drafts) if d.state is MarkState.UNREADABLE] == [3]


def test_boxes_scribbled_full_are_on_beside_empty_ones_though_some_are_not_quite_full() -> None:
    page = Drawn(width=640, height=260)
    drafts = _boxes(page, 50)
    for number, draft in enumerate(drafts):
        x0, top, x1, bottom = draft.place
        if number % 3 == 0:
            page.draw.rectangle((x0 + 1, top + 1, x1 - 1, bottom - 1), fill=page.ink)
        elif number % 16 == 1:
            _cross(page, x0 + 3, top + 3, SIDE - 6)
    judge_boxes(_ground(page), drafts)
    assert {str(d.state) for d in drafts[::3]} == {"on"}
    assert {str(d.state) for n, d in enumerate(drafts) if n % 3 and n % 16 != 1} == {"off"}


@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_the_line_printed_in_every_field_is_nothing_and_dashes_of_a_hand_are_something(spread: float) -> None:
    drafts, looks = [], []
    for number in range(40):
        drafts.append(Draft(MarkStyle.CHECK_BOX, (0, 20.0 * number, 60, 20.0 * number + 20), []))
        drafts[-1].give_up("too little in the field for a tick, too much for an empty one")
        looks.append(Ticked(0.03, 0.4 + spread * (number % 4) / 3, 0.1, 0.05, 0.0))
    settle_lines(drafts, looks)
    assert {str(d.state) for d in drafts} == ({"off"} if not spread else {"unreadable"})
    assert all(d.doubts == [] for d in drafts) is not bool(spread)


@pytest.mark.parametrize(("count", "expected"), [(10, False), (60, True)])
def test_a_form_counts_though_many_of_its_marks_are_doubtful(count: int, expected: bool) -> None:
    drafts = []
    for number in range(count):
        drafts.append(
            Draft(MarkStyle.CHECK_BOX, (0, 0, 9, 9), [], label_text=f"Town {'abcdefghij'[number % 10]}{number}")
        )
        if number % 10 >= 3:
            drafts[-1].settle(MarkState.OFF if number % 2 else MarkState.ON, "told")
    assert are_marks(drafts) is expected


@pytest.mark.parametrize(
    ("read", "label"),
    [("Gang or Suspected·Terrorist", "Gang or Suspected Terrorist"), ("· Amber Alert", "Amber Alert")]
    + [(text, text) for text in ("NCIC · Amber Alert", "Retail Theft Assoc.")]
    + [("Drug Task Force .", "Drug Task Force")],
)
def test_specks_are_no_part_of_a_label(read: str, label: str) -> None:
    page = Drawn()
    page.text(30, 40, read)
    ground = _ground(page)
    assert label_of(Draft(MarkStyle.CHECK_BOX, None, runs_of(page.lines, ground))) == label


@pytest.mark.parametrize("is_scan", [False, True])
def test_a_mark_that_alone_is_pale_is_disabled_on_a_screen_and_named_on_a_scan(is_scan: bool) -> None:
    page = Drawn(width=640, height=120)
    drafts = _boxes(page, 10)
    for number, draft in enumerate(drafts):
        draft.settle(MarkState.ON, "a figure in it")
        draft.contrast = 80.0 if number == 3 else 200.0
    mark_disabled(replace(_ground(page), is_scan=is_scan), drafts)
    assert drafts[3].state is (MarkState.ON if is_scan else MarkState.DISABLED_ON)
    assert [d.code for d in drafts[3].doubts] == (["mark_disabled_unclear"] if is_scan else [])
    assert {str(d.state) for d in drafts if d is not drafts[3]} == {"on"}


def test_brackets_before_their_labels_are_not_those_of_the_labels_before_them() -> None:
    page = Drawn(width=840)
    for row, label in enumerate(TOPICS):
        for x, name in ((30, label), (430, f"Other {label}")):
            is_on = (row % 3 == 0) is (x == 30)
            page.text(x, 40 + 30 * row, "[ X ]" if is_on else "[  ]")
            page.text(x + 90, 40 + 30 * row, name)
    given = {m.label: str(m.state) for m in find_marks(page.read()).marks}
    assert given == {t: "off" if n % 3 else "on" for n, t in enumerate(TOPICS)} | {
        f"Other {t}": "on" if n % 3 else "off" for n, t in enumerate(TOPICS)
    }


@pytest.mark.parametrize(("hidden", "state"), [(0.0, "off"), (0.01, "off"), (0.06, "unreadable")])
def test_a_field_with_nothing_but_a_blot_is_not_empty(hidden: float, state: str) -> None:
    draft = Draft(MarkStyle.CHECK_BOX, (0, 0, 60, 20), [])
    settle_field(draft, Ticked(0.0, 0.0, 0.0, 0.0, 0.0, hidden=hidden))
    assert draft.state == state


def test_blocks_that_take_more_than_half_of_their_box_are_blocks_as_the_smaller_ones() -> None:
    page = Drawn(width=640, height=120)
    drafts = _boxes(page, 20)
    for number, draft in enumerate(drafts[:12]):
        x0, top, x1, bottom = draft.place
        room = 5 if number % 2 else 6
        page.draw.rectangle((x0 + room, top + room, x1 - room, bottom - room), fill=page.ink)
    judge_boxes(_ground(page), drafts)
    assert [str(d.state) for d in drafts] == ["on"] * 12 + ["off"] * 8


def test_the_end_of_a_neighbours_tick_beside_a_printed_line_is_no_tick() -> None:
    drafts = [Draft(MarkStyle.CHECK_BOX, (0, 20.0 * number, 60, 20.0 * number + 20), []) for number in range(40)]
    looks = [Ticked(0.03, 0.6, 0.1, 0.05, 0.0) for _ in drafts]
    looks[:20] = [Ticked(0.04 if number == 3 else 0.09, 0.6, 0.6, 0.05, 0.0) for number in range(20)]
    for draft, look in zip(drafts, looks, strict=True):
        settle_field(draft, look)
    settle_lines(drafts, looks)
    assert [str(d.state) for d in drafts] == ["on"] * 3 + ["unreadable"] + ["on"] * 16 + ["off"] * 20


@pytest.mark.parametrize(("wide", "expected"), [(0.66, "unreadable"), (0.95, "on")])
def test_a_disc_among_bold_crosses_is_a_blot_and_a_long_figure_is_none(wide: float, expected: str) -> None:
    page = Drawn(width=640, height=120)
    drafts = _boxes(page, 10)
    for draft in drafts:
        draft.settle(MarkState.ON, "a figure in it")
    measure = measure_box(_ground(page), drafts[0].place)
    cross, blot = (
        Drawing(0.3, w, 0.66, dense, (0.5, 0.5), thick) for w, dense, thick in ((0.7, 0.6, 0.45), (wide, 0.8, 0.66))
    )
    doubt_blobs(drafts, [replace(measure, drawing=blot if n == 3 else cross) for n in range(10)])
    assert [str(d.state) for d in drafts] == ["on"] * 3 + [expected] + ["on"] * 6


def test_a_ground_printed_in_dots_is_no_empty_box() -> None:
    page = Drawn(width=640, height=120)
    drafts = _boxes(page, 10)
    for draft in drafts[:4]:
        x, y = (int(v) for v in draft.place[:2])
        for step in range(16):
            page.draw.point(
                [(x + 3 + step, y + 3 + down) for down in range(16) if step % 2 == 0 and down % 2 == 0], page.ink
            )
    judge_boxes(_ground(page), drafts)
    assert [str(d.state) for d in drafts] == ["unreadable"] * 4 + ["off"] * 6


@pytest.mark.parametrize(("down", "state"), [(7, "on"), (9, "unreadable")])
def test_a_tick_low_in_its_box_and_over_its_rim_is_no_empty_box(down: int, state: str) -> None:
    page = Drawn(width=640, height=200)
    drafts = _boxes(page, 20)
    for n, draft in enumerate(drafts[:9]):
        x, y = draft.place[:2]
        low = down if n in (3, 6) else 0
        page.draw.line(((x + 3, y + 9 + low), (x + 8, y + 15 + low), (x + 27, y - 4 + low)), fill=page.ink, width=3)
    judge_boxes(_ground(page), drafts)
    assert {str(drafts[n].state) for n in (3, 6)} == {state}
    assert [str(d.state) for n, d in enumerate(drafts) if n not in (3, 6)] == ["on"] * 7 + ["off"] * 11


def test_ink_over_the_rim_of_an_empty_box_is_named_where_others_are_ticked_by_hand() -> None:
    page = Drawn(width=640, height=200)
    drafts = _boxes(page, 20)
    for draft in drafts[:9]:
        x, y = draft.place[:2]
        page.draw.line(((x + 3, y + 9), (x + 8, y + 15), (x + 27, y - 4)), fill=page.ink, width=3)
    x, y = drafts[15].place[:2]
    page.draw.line(((x + SIDE, y + 14), (x + SIDE + 9, y + 5)), fill=page.ink, width=3)  # it hardly enters
    judge_boxes(_ground(page), drafts)
    assert [n for n, d in enumerate(drafts) if d.state is MarkState.UNREADABLE] == [15]
    assert [str(d.state) for d in drafts[:15]] == ["on"] * 9 + ["off"] * 6
