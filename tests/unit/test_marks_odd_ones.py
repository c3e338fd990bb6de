"""A mark that does not fit the others of its list is given up."""

from __future__ import annotations

import pytest

from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.odd_ones import (
    EMPTY_FIELD,
    FIGURE_IN_FIELD,
    doubt_full_fields,
    doubt_lone_words,
    doubt_none_empty,
    doubt_other_makes,
)
from records.marks import MarkState, MarkStyle


def mark(style: MarkStyle, row: int, x: float = 10.0, basis: str = "told") -> Draft:
    state = MarkState.OFF if basis == EMPTY_FIELD else MarkState.ON
    return Draft(style, (x, 30.0 * row, x + 20, 30.0 * row + 12), [], state, basis)


def test_a_check_box_among_toggles_is_none() -> None:
    drafts = [mark(MarkStyle.TOGGLE, k) for k in range(5)] + [mark(MarkStyle.CHECK_BOX, 5)]
    doubt_other_makes(drafts, 14.0)
    assert [d.state.value for d in drafts] == ["on"] * 5 + ["unreadable"]
    assert [issue.code for issue in drafts[-1].doubts] == ["mark_unreadable"]


def test_marks_of_another_column_and_short_columns_are_left_alone() -> None:
    drafts = [mark(MarkStyle.TOGGLE, k) for k in range(5)] + [mark(MarkStyle.CHECK_BOX, 5, x=200.0)]
    drafts += [mark(MarkStyle.RADIO, 6, x=400.0), mark(MarkStyle.CHECK_BOX, 7, x=400.0)]
    doubt_other_makes(drafts, 14.0)
    assert {d.state.value for d in drafts} == {"on"}


def test_fields_of_which_none_is_empty_are_given_up() -> None:
    full = [mark(MarkStyle.CHECK_BOX, k, basis=FIGURE_IN_FIELD) for k in range(6)]
    doubt_full_fields(full)
    assert {d.state.value for d in full} == {"unreadable"}


def test_one_empty_field_shows_what_empty_is() -> None:
    drafts = [mark(MarkStyle.CHECK_BOX, k, basis=FIGURE_IN_FIELD) for k in range(6)]
    drafts.append(mark(MarkStyle.CHECK_BOX, 6, basis=EMPTY_FIELD))
    doubt_full_fields(drafts)
    assert [d.state.value for d in drafts] == ["on"] * 6 + ["off"]


@pytest.mark.parametrize("state", [MarkState.ON, MarkState.OFF])
def test_boxes_none_of_which_is_empty_are_doubted_among_discs_that_say_nothing(state: MarkState) -> None:
    boxes = [Draft(MarkStyle.CHECK_BOX, (100.0, 30.0 * row, 120.0, 30.0 * row + 20), []) for row in range(4)]
    for draft in boxes:
        draft.settle(MarkState.ON, "a figure in it")
    boxes[0].settle(state, "as drawn")
    disc = Draft(MarkStyle.RADIO, (105.0, 120.0, 125.0, 140.0), [])
    doubt_none_empty([*boxes, disc], 25.0)
    are_told = state is MarkState.OFF
    assert [d.state is not MarkState.UNREADABLE for d in boxes] == [are_told] * 4


@pytest.mark.parametrize(("others", "x", "expected"), [(3, 60.0, "unreadable"), (2, 60.0, "on"), (3, 400.0, "on")])
def test_words_that_all_say_the_same_beside_marks_of_other_rows_are_given_up(
    others: int, x: float, expected: str
) -> None:
    words = [mark(MarkStyle.WORD, 2 * k) for k in range(3)]
    doubt_lone_words([*words, *(mark(MarkStyle.TOGGLE, k, x=x) for k in range(others))], 14.0)
    assert {d.state.value for d in words} == {expected}
