"""What the edge of the page cuts, and what stands beside it."""

from __future__ import annotations

import numpy as np
import pytest

from extractors.clipped import clip_edge, off_page
from extractors.judge import judge
from extractors.layout import layout_page
from extractors.model import TableModel
from tests.unit.typed_pages import GLYPH, TypedPage, fitted, uuid_of

WIDTH = 792.0
COLUMNS = {"ID": 10.0, "Search Time": 170.0, "Org Name": 300.0, "Reason": 740.0}
TIME = "11/02/2025, 04:05:06 PM UTC"
REASONS = ["stolen vehicle of a kind", "theft", "a wanted person in town", "assault", "missing juvenile again"]


def log(cut_at: float, number: int = 1) -> TypedPage:
    """A log whose last column begins close to the page's edge; glyphs that begin at *cut_at* or later are missing."""
    page = TypedPage(number, width=WIDTH).across(40, {x: label for label, x in COLUMNS.items()})
    for n in range(10):
        reason = REASONS[n % 5]
        most = int(np.ceil((cut_at - COLUMNS["Reason"]) / GLYPH))
        page.across(60 + 20 * n, {10: uuid_of(n), 170: TIME, 300: "Fakeville PD", 740: reason[:most].rstrip()})
    return page


def named(page: TypedPage, model: TableModel) -> set[tuple[int, str, int | None]]:
    """(row, code, column) of every issue."""
    found = set()
    layout = layout_page(page.content, model)
    for k, row in enumerate(layout.rows):
        texts = [" ".join(cell.texts) if cell else None for cell in row.cells]
        found |= {(k, issue.code, issue.column) for issue in judge(model, k, row, texts, [], False, page.width)}
    return found


def test_cells_that_cross_the_edge_of_the_page_are_named() -> None:
    model = fitted(log(WIDTH - 0.001))
    page = log(WIDTH - 0.001)
    page.glyphs += [(char, 740.0 + GLYPH * k + 1.0, 280.0, 0) for k, char in enumerate("burglary of ho")]
    page.across(280, {10: uuid_of(77), 170: TIME, 300: "Fakeville PD"})
    found = named(page, model)
    assert (10, "cut_at_edge", 3) in found
    assert not [one for one in found if one[0] in (1, 3, 6, 8)]  # short reasons are whole


def test_all_cells_below_a_heading_that_is_cut_are_named() -> None:
    page = TypedPage(width=WIDTH).across(40, {10: "ID", 170: "Search Time", 300: "Reason", 770: "Moder"})
    for n in range(10):
        page.across(60 + 20 * n, {10: uuid_of(n), 170: TIME, 300: "theft"} | ({770: "allo"} if n % 2 else {}))
    assert named(page, fitted(page)) == {(n, "cut_at_edge", 3) for n in range(1, 10, 2)}


@pytest.mark.parametrize(
    ("ends", "told"),
    [
        ({"most": 583.0, "loo": 581.2, "search": 584.4, "visua": 582.0, "free": 540.0}, True),
        ({"most": 583.0, "loo": 581.2, "search": 584.4, "visua": 577.0, "free": 540.0}, False),  # one ends before
        ({"allow": 583.0, "block": 582.0, "warn": 581.0}, False),  # too few to tell
        ({f"{n}": 500.0 + n for n in range(60)} | {"a": 583.0, "b": 582.0, "c": 581.5, "d": 582.5}, False),  # too rare
    ],
)
def test_where_text_stops_is_told_by_many_texts_that_stop_at_one_place(ends: dict[str, float], told: bool) -> None:
    edge = clip_edge({text: (500.0, end) for text, end in ends.items()}, left=40.0, width=612.0, height=5.0)
    assert (edge is not None) is told
    if edge is not None:
        assert 580.0 < edge <= 581.2


def test_a_table_inside_its_margins_is_not_cut() -> None:
    ends = {"most": (560.0, 583.0), "loo": (560.0, 581.2), "search": (560.0, 584.4), "visua": (560.0, 582.0)}
    assert clip_edge(ends, left=20.0, width=612.0, height=5.0) is None


def test_texts_that_are_set_right_end_at_one_place_and_are_not_cut() -> None:
    ends = {text: (583.0 - 5.0 * len(text), 583.0) for text in ("7923.600 GC", "5145", "25-1", "CFS #21", "9")}
    assert clip_edge(ends, left=40.0, width=612.0, height=5.0) is None


def test_numbers_set_right_of_one_and_two_digits_are_not_cut() -> None:
    ends = {f"{n}": (583.0 - 2.8 * len(f"{n}"), 583.0) for n in range(1, 40)}
    assert clip_edge(ends, left=40.0, width=612.0, height=5.0) is None


@pytest.mark.parametrize(("rule", "told"), [(585.0, False), (600.0, False), (570.0, True), (611.0, True)])
def test_a_rule_that_closes_the_table_behind_its_text_tells_that_it_is_whole(rule: float, told: bool) -> None:
    ends = {"most": (560.0, 583.0), "loo": (560.0, 581.2), "search": (560.0, 584.4), "visua": (560.0, 582.0)}
    upright = np.array([[50.0, 700.0, 40.0], [50.0, 700.0, rule]])
    assert (clip_edge(ends, left=40.0, width=612.0, height=5.0, upright=upright) is not None) is told


def test_glyphs_beside_the_page_are_off_it_and_those_above_and_below_are_not_asked() -> None:
    x0, top = np.array([-9.0, -2.0, 10.0, 97.0, 101.0, 101.0]), np.array([5.0, 5.0, 5.0, 5.0, 5.0, 205.0])
    assert off_page(x0, x0 + 5, top, top + 8, 100.0, 200.0).tolist() == [True, False, False, False, True, False]
