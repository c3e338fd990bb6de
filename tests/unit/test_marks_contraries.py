"""Words that may turn a mark into its contrary end in ``unreadable``, named."""

from __future__ import annotations

from extractors.pictures.marks.contraries import doubt_choices, doubt_headed
from extractors.pictures.marks.draft import Draft
from extractors.pictures.marks.runs import Run
from extractors.pictures.read_page import TextLine
from records.marks import Agreement, MarkMethod, MarkState, MarkStyle

BOX = (0.0, 0.0, 10.0, 10.0)
NO_RUNS: list[Run] = []


def word(state: MarkState, words: int = 1) -> Draft:
    method = MarkMethod.WORDS if words == 1 else MarkMethod.PIXELS
    return Draft(MarkStyle.WORD, BOX, NO_RUNS, state, "the word in it", method, word_lines=list(range(words)))


def box(state: MarkState, heading: str) -> Draft:
    return Draft(MarkStyle.CHECK_BOX, BOX, NO_RUNS, state, "whole ring", group_label=heading)


def line(text: str) -> TextLine:
    return TextLine(text, BOX, (), Agreement.BOTH, ())


def test_a_word_alone_where_others_are_a_choice_of_two_is_given_up() -> None:
    drafts = [word(MarkState.ON), word(MarkState.OFF, words=2), word(MarkState.OFF)]
    doubt_choices(drafts, [])
    assert [d.state.value for d in drafts] == ["unreadable", "off", "unreadable"]
    assert [[i.code for i in d.doubts] for d in drafts] == [["mark_unreadable"], [], ["mark_unreadable"]]


def test_a_line_that_asks_to_circle_a_word_gives_words_up() -> None:
    drafts = [word(MarkState.ON)]
    doubt_choices(drafts, [line("Circle YES or NO for each list")])
    assert drafts[0].state is MarkState.UNREADABLE


def test_words_alone_are_believed_elsewhere() -> None:
    drafts = [word(MarkState.ON), word(MarkState.OFF)]
    doubt_choices(drafts, [line("Hotlist settings")])
    assert [d.state.value for d in drafts] == ["on", "off"]


def test_a_box_under_a_heading_that_says_the_contrary_is_given_up() -> None:
    drafts = [box(MarkState.OFF, "Subscribed"), box(MarkState.OFF, "Not subscribed"), box(MarkState.ON, "NCIC")]
    doubt_headed(drafts)
    assert [d.state.value for d in drafts] == ["unreadable", "off", "on"]


def test_one_heading_of_a_column_says_nothing() -> None:
    drafts = [box(MarkState.OFF, "Enabled"), box(MarkState.ON, "Enabled")]
    doubt_headed(drafts)
    assert [d.state.value for d in drafts] == ["off", "on"]
