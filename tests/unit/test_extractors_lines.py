"""Glyphs become lines inside columns, and the lines of a cell one text."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.find_lines import find_lines
from extractors.joined import join_lines
from extractors.lines import glyph_height
from tests.unit.typed_pages import GLYPH, HEIGHT, TypedPage


def texts(page: TypedPage, *edges: float) -> list[tuple[int, str]]:
    lines = find_lines(page.typed, np.array(edges) if edges else None)
    assert int(lines.glyph_count.sum()) == len(page)
    return list(zip(lines.column.tolist(), lines.text, strict=True))


def test_no_glyphs_are_no_lines() -> None:
    assert len(find_lines(TypedPage().typed)) == 0 and glyph_height(TypedPage().typed) > 0


@pytest.mark.parametrize("draws_spaces", [True, False])
def test_a_gap_is_a_space_whether_drawn_or_not(draws_spaces: bool) -> None:
    page = TypedPage().type(10, 50, "two words", draws_spaces=draws_spaces)
    assert texts(page) == [(0, "two words")]


def test_as_many_spaces_are_kept_as_are_drawn() -> None:
    assert texts(TypedPage().type(10, 50, "two  words   drawn apart")) == [(0, "two  words   drawn apart")]
    gaps = TypedPage().type(10, 50, "two  words", draws_spaces=False)
    assert texts(gaps) == [(0, "two words")], "how many spaces a gap is, nobody can tell"


@pytest.mark.parametrize(("gap", "spaces", "told"), [(20.0, 0, True), (20.0, 1, False), (10.0, 0, False)])
def test_two_texts_far_apart_in_one_line_are_told_where_no_space_is_drawn(gap: float, spaces: int, told: bool) -> None:
    """A row whose cells do not stand below their labels."""
    page = TypedPage().type(10, 50, "North Police").type(10 + 12 * GLYPH + gap, 50, "2")
    page.glyphs[-1] = (*page.glyphs[-1][:3], spaces)
    assert find_lines(page.typed).overprinted.tolist() == [told]


def test_seen_and_unseen_words_of_one_line_are_two_lines() -> None:
    page = TypedPage().type(10, 50, "seen unseen").type(10, 60, "below")
    covered = np.array([False] * 4 + [True] * 6 + [False] * 5)
    lines = find_lines(page.typed, covered=covered)
    told = list(zip(lines.text, lines.covered.tolist(), strict=True))
    assert sorted(told) == [("below", False), ("seen", False), ("unseen", True)]
    assert not find_lines(page.typed).covered.any()


def test_columns_two_points_apart_are_two_texts() -> None:
    """`44` and `UTC` stand closer than two words of one cell; only the edges can tell them apart."""
    page = TypedPage().type(10, 50, "44").type(10 + 2 * GLYPH + 2, 50, "UTC")
    assert texts(page, 0, 19, 60) == [(0, "44"), (1, "UTC")]
    assert not find_lines(page.typed, np.array([0.0, 19, 60])).crossed.any()


@pytest.mark.parametrize("draws_spaces", [True, False])
def test_what_goes_on_over_the_last_edge_is_of_the_last_column(draws_spaces: bool) -> None:
    """The edge is where the longest text of the sample ends: a rare longer one goes on."""
    page = TypedPage().type(10, 50, "short").type(60, 50, "a text longer than any", draws_spaces=draws_spaces)
    page.type(10, 70, "next").type(60, 70, "brief").type(60 + 30 * GLYPH, 70, "Page 3")
    assert texts(page, 0, 50, 60 + 6.5 * GLYPH) == [
        (0, "short"),
        (0, "next"),
        (1, "a text longer than any"),
        (1, "brief"),
        (2, "Page 3"),
    ]


def test_a_word_cut_by_an_edge_is_marked_on_both_sides() -> None:
    page = TypedPage().type(10, 50, "overflow").type(10, 70, "fits")
    lines = find_lines(page.typed, np.array([0.0, 10 + 5 * GLYPH, 100]))
    marked = dict(zip(lines.text, lines.crossed.tolist(), strict=True))
    assert marked == {"overf": True, "low": True, "fits": False}


def test_a_glyph_on_an_edge_is_marked() -> None:
    page = TypedPage().type(10, 50, "a")
    assert find_lines(page.typed, np.array([0.0, 12.0, 100])).crossed.all()


def test_text_beside_the_table_has_columns_of_its_own() -> None:
    page = TypedPage().type(10, 50, "left").type(100, 50, "in").type(300, 50, "right")
    assert texts(page, 90, 200, 290) == [(-1, "left"), (0, "in"), (2, "right")]


def test_lines_come_downwards_and_left_to_right_whatever_the_stream_does() -> None:
    page = TypedPage().type(50, 70, "d").type(50, 50, "b").type(10, 70, "c").type(10, 50, "a")
    assert texts(page) == [(0, "a b"), (0, "c d")]


def test_a_small_shift_of_the_baseline_is_one_line_a_whole_step_two() -> None:
    page = TypedPage().type(10, 50, "one").type(30, 50 + 0.2 * HEIGHT, "line").type(10, 60, "two")
    assert texts(page) == [(0, "one line"), (0, "two")]


def test_boxes_hold_their_glyphs() -> None:
    page = TypedPage().type(10, 50, "ab").type(30, 51, "c")
    lines = find_lines(page.typed)
    assert (lines.x0[0], lines.top[0], lines.x1[0], lines.bottom[0]) == (10, 42, 34, 51)
    assert lines.first_width[0] == GLYPH and lines.middle[0] == 46.5


def joined(texts: list[str], room: float, widest: float | None = None) -> str:
    widths = [len(text) * GLYPH for text in texts]
    return join_lines(texts, widths, [GLYPH] * len(texts), room, room if widest is None else widest)


def test_a_wrap_at_a_space_is_a_space() -> None:
    assert joined(["stolen", "vehicle"], 40) == "stolen vehicle"


def test_an_id_wrapped_after_a_hyphen_is_whole_again() -> None:
    assert joined(["3a305261-e346-", "4d0e-aa22-", "48225c30d879"], 60) == "3a305261-e346-4d0e-aa22-48225c30d879"


def test_an_id_cut_at_the_edge_is_whole_again() -> None:
    assert joined(["3a305261-e3", "46-4d0e-aa2", "2-48225c30d"], 11 * GLYPH) == "3a305261-e346-4d0e-aa22-48225c30d"


def test_a_dash_between_words_keeps_its_spaces() -> None:
    assert joined(["Homicide -", "cold case"], 60) == "Homicide - cold case"
    assert joined(["Homicide", "- cold case"], 60) == "Homicide - cold case"


def test_a_token_that_would_not_have_needed_a_wrap_was_not_cut() -> None:
    assert joined(["lookup", "lookup"], 100) == "lookup lookup"


def test_a_full_line_that_ends_in_punctuation_was_broken_at_a_space() -> None:
    assert joined(["11/02/2025,", "04:05"], 11 * GLYPH) == "11/02/2025, 04:05"
