"""Pages that draw their letters or words in no order are read like others."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from extractors.drawing_order import in_lines
from extractors.glyphs import PageContent
from tests.unit.typed_pages import TypedPage, uuid_of


def page_of() -> TypedPage:
    page = TypedPage().across(50, {10: "ID", 200: "Org Name", 400: "Reason", 550: "Search Time"})
    for k in range(12):
        page.across(80 + 40 * k, {10: uuid_of(k), 200: "Fakeville PD", 400: f"25-{k}", 550: "11/02/2025"})
    return page


def shuffled(content: PageContent, *, by_word: bool) -> PageContent:
    glyphs = content.glyphs
    run = (np.abs(np.diff(glyphs.x1, prepend=0.0)) > 10) if by_word else np.ones(len(glyphs), np.bool_)
    runs = np.split(np.arange(len(glyphs)), np.flatnonzero(run[1:]) + 1)
    random.Random(3).shuffle(runs)
    order = np.concatenate(runs)
    moved = {name: getattr(glyphs, name)[order] for name in ("x0", "top", "x1", "bottom", "space_before")}
    text = "".join(glyphs.text[i] for i in order.tolist())
    return replace(content, glyphs=replace(glyphs, text=text, **moved))


@pytest.mark.parametrize("by_word", [True, False])
def test_what_is_drawn_in_no_order_is_put_into_lines(by_word: bool) -> None:
    content = page_of().content
    ordered = in_lines(shuffled(content, by_word=by_word))
    assert ordered.glyphs.text == content.glyphs.text
    assert np.array_equal(ordered.glyphs.x0, content.glyphs.x0)


def test_what_is_drawn_row_by_row_or_column_by_column_is_left_alone() -> None:
    by_row = page_of().content
    assert in_lines(by_row) is by_row
    order = np.lexsort((by_row.glyphs.x0, by_row.glyphs.bottom, np.digitize(by_row.glyphs.x0, [190, 390, 540])))
    moved = {name: getattr(by_row.glyphs, name)[order] for name in ("x0", "top", "x1", "bottom", "space_before")}
    text = "".join(by_row.glyphs.text[i] for i in order.tolist())
    by_column = replace(by_row, glyphs=replace(by_row.glyphs, text=text, **moved))
    assert in_lines(by_column) is by_column
