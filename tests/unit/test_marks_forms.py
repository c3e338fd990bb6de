"""Ruled forms: whose field a label is, and what is said where no field can be found."""

from __future__ import annotations

import pytest

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.fields import Ticked, doubt_blots
from extractors.pictures.marks.find import find_marks
from extractors.pictures.marks.form_cells import Cell, rows_of
from extractors.pictures.read_page import TextLine, Word
from records.issues import Severity
from records.marks import Agreement, MarkState, MarkStyle
from tests.unit.marks_page import Drawn
from tests.unit.test_marks_boxes import named, states

TOWNS = (
    "Mock",
    "Fixture",
    "Dummy",
    "Sample",
    "Lorem",
    "Ipsum",
    "Pretend",
    "Example",
    "Placebo",
    "Specimen",
    "Test",
    "Null",
)
ENDS = ("ton", "ford", "field", "wick")
NAMES = [f"{town}{end} Police" for end in ENDS for town in TOWNS]
ON = {name for k, name in enumerate(NAMES) if k % 5 in (0, 3)}


def ruled(is_box_left: bool, is_boxed: bool, without: int | None = None, width: int = 1000, margin: int = 10) -> Drawn:
    """48 names in four ruled pairs of columns. *without*: the pair of columns that has no lines and no fields. Of a
    page of less *width* the right is cut off, and whatever text is not whole."""
    page = Drawn(width=width, height=460)
    for index, name in enumerate(NAMES):
        pair, row = divmod(index, 12)
        x, top = margin + 240 * pair, 30 + 34 * row
        field = x if is_box_left else x + 180
        if x + 180 <= width:
            page.text((x + 58 if is_box_left else x + 8), top + 8, name)
        if pair == without:
            continue
        page.draw.rectangle((x, top, x + 230, top + 34), outline=page.ink)
        edge = x + 50 if is_box_left else x + 180
        page.draw.line((edge, top, edge, top + 34), fill=page.ink)
        if is_boxed:
            page.draw.rectangle((field + 16, top + 8, field + 33, top + 25), outline=page.ink)
        if name in ON:
            page.draw.line([(field + 18, top + 16), (field + 23, top + 23), (field + 34, top + 6)], (20, 30, 120), 3)
    return page


def test_where_boxes_stand_before_their_labels_each_has_its_own() -> None:
    for is_box_left in (True, False):
        for is_boxed in (True, False):
            found = find_marks(ruled(is_box_left, is_boxed).read())
            assert states(found) == {name: "on" if name in ON else "off" for name in NAMES}
            assert not named(found)


def test_labels_that_no_line_closes_at_the_edge_of_the_page_are_those_of_their_fields() -> None:
    for is_boxed in (True, False):
        found = find_marks(ruled(is_box_left=True, is_boxed=is_boxed, width=940).read())
        assert states(found) == {name: "on" if name in ON else "off" for name in NAMES}


def test_no_state_is_given_where_the_page_is_cut_between_fields_and_labels() -> None:
    for is_boxed in (True, False):
        found = find_marks(ruled(is_box_left=True, is_boxed=is_boxed, width=785).read())
        assert set(states(found).values()) == {"unreadable"}
        assert set(named(found)) == set(states(found))


def test_a_margin_tells_with_what_a_form_begins_where_the_other_end_is_cut_off() -> None:
    for is_box_left, width in ((True, 885), (False, 1010)):
        for is_boxed in (True, False):
            page = ruled(is_box_left, is_boxed, width=width, margin=110)
            found = states(find_marks(page.read()))
            expected = {name: "on" if name in ON else "off" for name in NAMES[:36]}
            assert {label: state for label, state in found.items() if label in expected} == expected


def test_a_margin_with_something_in_it_tells_nothing() -> None:
    page = ruled(is_box_left=True, is_boxed=True, width=885, margin=110)
    for row in range(12):
        page.draw.rectangle((70, 38 + 34 * row, 87, 55 + 34 * row), outline=page.ink)
    assert set(states(find_marks(page.read())).values()) == {"unreadable"}


def test_a_column_without_fields_is_named_label_by_label() -> None:
    found = find_marks(ruled(is_box_left=False, is_boxed=True, without=0).read())
    lost = set(NAMES[:12])
    assert {mark.label for mark in found.marks if mark.state == "unreadable"} == lost
    assert {mark.label: mark.state for mark in found.marks if mark.label not in lost} == {
        name: "on" if name in ON else "off" for name in NAMES[12:]
    }
    assert all("mark_missing" in named(found)[name] for name in lost)


def test_a_pen_that_is_thick_on_all_ticks_is_no_dirt_and_a_blot_is() -> None:
    page = ruled(is_box_left=False, is_boxed=True)
    x, top = 10 + 180, 30
    page.draw.ellipse((x + 24, top + 14, x + 44, top + 34), fill=(40, 40, 40))
    found = find_marks(page.read())
    assert {label for label, codes in named(found).items() if "mark_soiled" in codes} == {NAMES[0]}
    assert all(issue.severity is Severity.DOUBT for issue in found.issues)


def test_a_tick_that_hugs_its_box_is_not_taken_for_an_empty_one() -> None:
    page = ruled(is_box_left=False, is_boxed=True)
    off = next(name for name in NAMES if name not in ON)
    pair, row = divmod(NAMES.index(off), 12)
    x, top = 10 + 240 * pair + 196, 30 + 34 * row + 8
    page.draw.line([(x + 1, top + 6), (x + 2, top + 16), (x + 16, top + 16), (x + 16, top - 3)], (20, 30, 120), 4)
    found = find_marks(page.read())
    assert states(found)[off] != "off"
    assert states(found)[off] == "on" or named(found)[off]


@pytest.mark.parametrize(
    ("thick", "roundness", "dense", "is_given"),
    [(0.47, 0.6, 0.5, False), (0.29, 0.9, 0.5, False), (0.29, 0.4, 0.8, False), (0.28, 0.4, 0.5, True)],
)
def test_a_blot_among_ticks_is_no_tick(thick: float, roundness: float, dense: float, is_given: bool) -> None:
    looks = [Ticked(0.2, 0.7, 0.7, 0.2, 0.0, 0.3, 0.4)] * 8 + [Ticked(0.2, 0.3, 0.4, thick, 0.0, roundness, dense)]
    drafts = [Draft(MarkStyle.CHECK_BOX, None, [], MarkState.ON) for _ in looks]
    doubt_blots(drafts, looks)
    assert [d.state is MarkState.ON for d in drafts] == [True] * 8 + [is_given]
    assert bool(drafts[-1].doubts) != is_given


def test_labels_that_a_reader_joined_over_a_field_or_read_with_its_tick_are_each_their_own() -> None:
    page = ruled(is_box_left=False, is_boxed=False)
    # Line by line, as a reader may see ticks drawn out of their fields: beside a label, glued to it, between two.
    rows = {
        NAMES[13]: ("\u221a", None),
        NAMES[15]: ("\u221a", ""),
        NAMES[16]: ("", NAMES[28]),
        NAMES[18]: ("\u221a", NAMES[30]),
        NAMES[20]: ("X", NAMES[32]),
    }
    for name, (sign, after) in rows.items():
        index = next(k for k, line in enumerate(page.lines) if line.text == name)
        words, field_at = list(page.lines[index].words), 250 + 180.0
        if after is None:
            last = words[-1]
            words.append(Word(sign, (field_at + 16, last.box[1], field_at + 36, last.box[3])))
        elif after == "":
            index = next(k for k, line in enumerate(page.lines) if line.text == NAMES[27])
            words = list(page.lines[index].words)
            words[0] = Word(sign + words[0].text, (field_at + 16, *words[0].box[1:]))
        else:
            other = next(line for line in page.lines if line.text == after)
            page.lines.remove(other)
            index = next(k for k, line in enumerate(page.lines) if line.text == name)
            first = other.words[0]
            if sign:
                glued = words.pop()
                words += [Word(glued.text + sign + first.text, (*glued.box[:2], *first.box[2:])), *other.words[1:]]
            else:
                words += other.words
        text = " ".join(w.text for w in words)
        box = (words[0].box[0], words[0].box[1], words[-1].box[2], words[0].box[3])
        page.lines[index] = TextLine(text, box, tuple(words), Agreement.BOTH, page.lines[index].readings)
    assert states(find_marks(page.read())) == {name: "on" if name in ON else "off" for name in NAMES}


def test_a_field_under_a_blot_is_not_empty() -> None:
    page = ruled(is_box_left=False, is_boxed=False)
    on = next(name for name in NAMES[1:] if name in ON)
    pair, row = divmod(NAMES.index(on), 12)
    x, top = 10 + 240 * pair + 194, 30 + 34 * row + 3
    page.draw.ellipse((x, top, x + 26, top + 28), fill=(40, 40, 40))
    found = find_marks(page.read())
    assert states(found)[on] == "unreadable"
    assert set(named(found)) == {on}


@pytest.mark.parametrize("lost", [{3}, {3, 4}, {2, 3, 4, 5, 6}])
def test_fields_that_lost_their_lines_stand_at_the_pitch_of_the_others(lost: set[int]) -> None:
    boxes = [(10.0, 100.0 + 33.4 * k, 37.0, 127.0 + 33.4 * k) for k in range(12)]  # lines are 6.4 thick
    rows = rows_of([Cell(box) for k, box in enumerate(boxes) if k not in lost])
    assert [tuple(round(v) for v in row) for row in rows] == [tuple(round(v) for v in box) for box in boxes]


@pytest.mark.parametrize("gap", [2, 4])
def test_sides_of_boxes_as_high_as_their_rows_are_no_ruling(gap: int) -> None:
    page = Drawn(width=480, height=460)
    for row, name in enumerate(NAMES[:16]):
        top = 20 + 26 * row
        page.draw.rectangle((10, top, 470, top + 26), outline=page.ink, width=2)
        page.draw.line((380, top, 380, top + 26), fill=page.ink, width=2)
        page.text(20, top + 5, name)
        page.draw.rectangle((412, top + 2 + gap, 434, top + 25 - gap), outline=page.ink, width=2)
        if name in ON:
            page.draw.line([(415, top + 10), (422, top + 18), (432, top + 7)], (20, 30, 120), 3)
    found = find_marks(page.read(blur=0.8))
    expected = {n: "on" if n in ON else "off" for n in NAMES[:16]}
    assert states(found) == expected if gap > 2 else all(expected[n] == s for n, s in states(found).items())
    assert len(found.marks) == (16 if gap > 2 else len(states(found)))


@pytest.mark.parametrize("crosses", [1, 8])
def test_a_cross_among_ticks_is_one_more_tick_only_where_other_fields_are_empty(crosses: int) -> None:
    page = Drawn(width=480, height=620)
    for row, name in enumerate(NAMES[:16]):
        top = 20 + 34 * row
        page.draw.rectangle((10, top, 470, top + 34), outline=page.ink, width=2)
        page.draw.line((380, top, 380, top + 34), fill=page.ink, width=2)
        page.text(20, top + 8, name)
        if row % 2 == 0 and row:
            page.draw.line([(412, top + 18), (420, top + 26), (436, top + 8)], page.ink, 3)
        elif row == 0 or crosses > 1:
            page.draw.line((414, top + 8, 434, top + 26), page.ink, 3)
            page.draw.line((434, top + 8, 414, top + 26), page.ink, 3)
    given = states(find_marks(page.read()))
    if crosses == 1:
        assert given.pop(NAMES[0]) in ("on", "unreadable")  # it has more strokes than the ticks
        assert given == {n: "on" if row % 2 else "off" for row, n in enumerate(NAMES[1:16])}
    else:
        assert all(given.get(n) != "on" for n in NAMES[1:16:2])
