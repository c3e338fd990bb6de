"""What the white between strips of text is: a space, or what parts two cells."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.strips import draws_spaces, strips_of
from extractors.white import White
from tests.unit.typed_pages import GLYPH, HEIGHT, TypedPage


def page_of(rows: int = 8) -> TypedPage:
    """A name of two words in all rows, a count set right, a plate 2 points behind it, a time."""
    page = TypedPage()
    for k in range(rows):
        y, count = 60 + 12 * k, str(7 ** (k % 4))
        page.type(20, y, "Fakeville PD", draws_spaces=False).type(120 - GLYPH * len(count), y, count)
        page.type(122, y, f"TEST{k:03}").type(200, y, f"0{k}:10 PM", draws_spaces=False)
        page.type(300, y, ("stolen car", "a car of theirs")[k % 2], draws_spaces=False)
    return page


def white(page: TypedPage) -> tuple[White, list[str]]:
    """The white of the page, and what the first row prints in each strip."""
    glyphs = page.content.glyphs
    strips = strips_of(glyphs.x0, glyphs.x1, 1)
    first = glyphs.bottom == glyphs.bottom.min()
    inside = [first & (glyphs.x0 >= a - 0.5) & (glyphs.x1 <= b + 0.5) for a, b in strips]
    texts = ["".join(glyphs.text[i] for i in np.flatnonzero(mask).tolist()) for mask in inside]
    return White([(page.content, np.ones(len(glyphs), np.bool_))], strips, HEIGHT), texts


def test_spaces_and_cells_are_told_apart() -> None:
    found, texts = white(page_of())
    assert texts[:6] == ["Fakeville", "PD", "1", "TEST000", "00:10", "PM"]
    assert [found.are_words(k) for k in range(5)] == [True, False, False, False, True]
    assert [found.are_cells(k) for k in range(5)] == [False, False, True, False, False]
    assert [found.ends_times(k) for k in range(5)] == [False, False, False, False, True]


def test_few_rows_tell_nothing() -> None:
    found, _ = white(page_of(2))
    assert not any(found.are_cells(k) or found.ends_times(k) for k in range(5))


def test_a_dash_behind_a_time_is_before_the_white_of_the_next_column() -> None:
    page = TypedPage()
    for k in range(8):
        page.type(20, 60 + 24 * k, f"2025-11-02T04:0{k}:00Z").type(20, 70 + 24 * k, f"2025-11-03T04:0{k}:00Z")
        page.type(104, 60 + 24 * k, "-").type(112, 60 + 24 * k, f"TEST{k:03}").type(300, 60 + 24 * k, "-")
    found, texts = white(page)
    assert texts == ["2025-11-02T04:00:00Z", "-", "TEST000", "-"]
    assert [found.is_before_dash(k) for k in range(3)] == [True, False, False]


@pytest.mark.parametrize("drawn", [0, 1])
def test_words_drawn_in_any_order_a_wide_space_apart_draw_no_spaces(drawn: int) -> None:
    """One cell whose words were drawn with the space between them does not tell of the others."""
    page = TypedPage()
    for first in (True, False):
        for k in range(10):
            page.type(20 + 5.5 + 9 * GLYPH if first else 20, 60 + 12 * k, "PD" if first else "Fakeville")
    page.type(20, 300, "Fakeville PD", draws_spaces=bool(drawn))
    page.glyphs[-2:] = [(text, x + 1.5, y, space) for text, x, y, space in page.glyphs[-2:]]
    content = page.content
    assert not draws_spaces([(content, np.ones(len(content.glyphs), np.bool_))])
