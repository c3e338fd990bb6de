"""The benchmark of hotlists counts what it says it counts."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.hotlist_score import GotMark, GotPage, Score, match, score
from records.marks import MarkState, MarkStyle
from samples.hotlists.truth import DrawnFact, DrawnMark, DrawnPage

STATES = {"Stolen Plate": MarkState.ON, "Sex Offender": MarkState.OFF, "Missing Person": MarkState.DISABLED_ON}


def drawn(**changes: object) -> DrawnPage:
    marks = tuple(
        DrawnMark(label, state, MarkStyle.CHECK_BOX, (30, y, 130, y + 12), (10, y, 22, y + 12))
        for y, (label, state) in zip((10, 40, 70), STATES.items(), strict=True)
    )
    facts = (DrawnFact("count_on", "2 of 3 selected", "2", (0, 0, 90, 8)),)
    return replace(DrawnPage("page", "drawn-boxes", "light", 200, 100, marks, facts, ("Blue Alert",)), **changes)


def read(page: DrawnPage) -> list[GotMark]:
    return [GotMark(m.label, m.state, m.label_box, m.mark_box, label_agreement="both") for m in page.marks]


def of(marks: list[GotMark], page: DrawnPage | None = None) -> Score:
    return score(page or drawn(), GotPage(tuple(marks), frozenset({("count_on", "2")})))


def test_a_perfect_reading_is_clean() -> None:
    result = of(read(drawn()))
    assert result.is_clean and result.right == result.exact == result.boxes_right == 3
    assert result.facts == result.facts_right == 1 and result.by_agreement == {("both", True): 3}


def test_a_swap_is_silent_unless_an_issue_names_the_mark() -> None:
    marks = read(drawn())
    for is_named in (False, True):
        swapped = [replace(marks[0], state=MarkState.OFF, is_named=is_named), *marks[1:]]
        result = of(swapped)
        assert (result.swaps, result.silent_swaps, result.wrong) == (1, int(not is_named), 1)
    assert of([*marks[:2], replace(marks[2], state=MarkState.DISABLED_OFF)]).silent_swaps == 1


def test_a_disabled_mark_read_as_plain_is_wrong_and_no_swap() -> None:
    marks = read(drawn())
    result = of([*marks[:2], replace(marks[2], state=MarkState.ON)])
    assert (result.wrong, result.swaps) == (1, 0)


def test_unreadable_is_neither_right_nor_wrong() -> None:
    marks = read(drawn())
    result = of([replace(marks[0], state=MarkState.UNREADABLE), *marks[1:]])
    assert (result.unreadable, result.right, result.wrong, result.swaps) == (1, 2, 0, 0)


def test_labels_have_to_be_equal_and_marks_have_to_be_there() -> None:
    marks = read(drawn())
    result = of([replace(marks[0], label="Stolen P1ate"), marks[1]])
    assert (result.found, result.exact, result.right) == (2, 1, 2)


def test_a_topic_that_is_not_shown_is_invented() -> None:
    extra = GotMark("Blue Alert", MarkState.OFF, (30, 300, 130, 312), (10, 300, 22, 312))
    assert of([*read(drawn()), extra]).invented == 1


def test_an_issue_on_a_right_mark_is_a_false_alarm() -> None:
    marks = read(drawn())
    assert of([replace(marks[0], is_named=True), *marks[1:]]).false_alarms == 1


def test_cut_marks_are_not_asked_for_but_must_not_be_swapped() -> None:
    page = drawn()
    page = replace(page, marks=(replace(page.marks[0], is_cut=True), *page.marks[1:]))
    marks = read(page)
    assert of(marks[1:], page).is_clean and of(marks[1:], page).marks == 2
    assert of([replace(marks[0], state=MarkState.OFF), *marks[1:]], page).silent_swaps == 1


def test_marks_are_matched_by_place_before_name() -> None:
    page = drawn()
    marks = read(page)
    traded = [replace(marks[0], label=marks[1].label), replace(marks[1], label=marks[0].label), marks[2]]
    assert match(page.marks, traded) == {0: 0, 1: 1, 2: 2}


def test_marks_are_counted_by_their_kind_too() -> None:
    page = drawn()
    toggles = tuple(replace(m, style=MarkStyle.TOGGLE) if m.label == "Sex Offender" else m for m in page.marks)
    marks = [replace(m, state=MarkState.UNREADABLE) if m.label == "Sex Offender" else m for m in read(page)]
    counts = of(marks, replace(page, marks=toggles)).by_kind
    assert counts["toggle", "marks"] == counts["toggle", "unreadable"] == counts["toggle", "found"] == 1
    assert counts["check_box", "marks"] == counts["check_box", "right"] == 2
    assert counts["check_box", "unreadable"] == counts["toggle", "right"] == 0
