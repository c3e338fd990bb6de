"""Ruled forms: whose field a label is, and what is said where no field can be found."""

from __future__ import annotations

from extractors.pictures.marks.find import find_marks
from records.issues import Severity
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
