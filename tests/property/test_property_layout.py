"""Whatever a page prints: every glyph is in exactly one account, and no text is made up or lost."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.find_lines import find_lines
from extractors.joined import join_lines
from extractors.values import squeeze
from tests.unit.typed_pages import GLYPH, TypedPage, fitted, laid_out, uuid_of

COLUMNS = {"ID": 10.0, "Org Name": 170.0, "Reason": 260.0, "Search Time": 380.0}
TIME = "11/02/2025, 04:05:06 PM UTC"
word = st.text("abcdefgh019-/,.:#()\N{LATIN SMALL LETTER E WITH ACUTE}\N{EM DASH}", min_size=1, max_size=9)
line = st.lists(word, min_size=1, max_size=3).map(" ".join)


def table(align: str, heights: list[int], gap: float = 30.0, number: int = 1) -> TypedPage:
    """A page of rows whose Reason has so many lines."""
    page = TypedPage(number, height=1500.0).across(50, {x: label for label, x in COLUMNS.items()})
    y = 70.0
    for n, height in enumerate(heights):
        block = 10.0 * (height - 1)
        at = y + {"top": 0.0, "middle": block / 2, "bottom": block}[align]
        page.across(at, {10: uuid_of(n), 170: "Fakeville PD", 380: TIME})
        page.stack(260, y, [f"part {k} of {height}" for k in range(height)])
        y += block + gap
    return page


SAMPLE = [1, 3, 2, 4, 1, 2, 3]
MODELS = {align: fitted(*(table(align, SAMPLE, number=n) for n in (1, 2))) for align in ("top", "middle")}
stray = st.tuples(st.integers(0, 190).map(lambda k: 4.0 * k), st.integers(2, 60).map(lambda k: 10.0 * k), line)


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(MODELS)),
    st.lists(st.integers(1, 4), max_size=9),
    st.lists(stray, max_size=12),
    st.integers(1, 3),
)
def test_every_glyph_is_in_exactly_one_account(
    align: str, heights: list[int], strays: list[tuple[float, float, str]], number: int
) -> None:
    page = table(align, heights, number=number)
    for x, baseline, text in strays:
        page.type(x, baseline, text)
    layout = laid_out(page, MODELS[align])  # checks the sums
    printed = Counter(page.typed.text)
    told = Counter("".join(squeeze(t) for row in layout.rows for cell in row.cells if cell for t in cell.texts))
    told += Counter("".join(squeeze(outside.text) for outside in layout.outside))
    assert told == printed


@settings(max_examples=50)
@given(st.sampled_from(sorted(MODELS)), st.lists(st.integers(1, 4), min_size=2, max_size=9), st.floats(22.0, 60.0))
def test_rows_of_any_height_are_read_as_typed(align: str, heights: list[int], gap: float) -> None:
    layout = laid_out(table(align, heights, gap), MODELS[align])
    rows = [row for row in layout.rows if row.piece == "whole"]
    assert [len(row.cells[2].texts) if row.cells[2] else 0 for row in rows] == heights
    assert [row.cells[0].texts[0] if row.cells[0] else "" for row in rows] == [uuid_of(n) for n in range(len(heights))]


@given(st.lists(stray, min_size=1, max_size=20), st.lists(st.floats(1, 790), min_size=2, max_size=8, unique=True))
def test_lines_hold_every_glyph_once_whatever_the_edges(
    strays: list[tuple[float, float, str]], edges: list[float]
) -> None:
    page = TypedPage()
    for x, baseline, text in strays:
        page.type(x, baseline, text)
    for known in (None, np.array(sorted(edges))):
        lines = find_lines(page.typed, known)
        assert Counter("".join(map(squeeze, lines.text))) == Counter(page.typed.text)
        assert [len(squeeze(text)) for text in lines.text] == lines.glyph_count.tolist()
        assert all(lines.x0 < lines.x1) and all(lines.top < lines.bottom)


@given(st.lists(line, min_size=1, max_size=6), st.floats(4, 400), st.floats(0, 1))
def test_joining_lines_changes_no_character_but_spaces(texts: list[str], room: float, share: float) -> None:
    widths = [GLYPH * len(text) for text in texts]
    joined = join_lines(texts, widths, [GLYPH] * len(texts), room, share * room)
    assert squeeze(joined) == "".join(map(squeeze, texts))
    assert joined == joined.strip() and "\n" not in joined
    assert all(text in joined for text in texts), "inside a line nothing changes, spaces included"
