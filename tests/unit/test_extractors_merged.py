"""Cells that no rule parts from their neighbours are named, one by one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from extractors.layout import layout_page
from tests.unit.typed_pages import TypedPage, fitted, uuid_of

TIME = "11/02/2025, 04:05:06 PM UTC"
EDGES = (15, 175, 295, 425, 600)


def ruled(names: list[str], open_below: set[int]) -> TypedPage:
    """A grid whose rules end before the second column below the rows *open_below*."""
    page = TypedPage().across(50, {20: "ID", 180: "Org Name", 300: "Reason", 430: "Search Time"})
    heights = [40, 56, *(72 + 16 * k for k in range(len(names)))]
    for x in EDGES:
        page.rule_down(x, heights[0], heights[-1])
    for n, y in enumerate(heights):
        for left, right in pairwise(EDGES):
            if left != EDGES[1] or n - 2 not in open_below:
                page.rule_across(y, left, right)
    for k, name in enumerate(names):
        page.across(68 + 16 * k, {20: uuid_of(k), 300: "theft", 430: TIME} | ({180: name} if name else {}))
    return page


@pytest.mark.parametrize(
    ("names", "open_below", "found"),
    [
        (["Adalia PD", "", "", "Brazos PD", "Kestrel SO", "Elk PD"], {0, 1}, {(0, 1), (1, 1), (2, 1)}),
        (["Adalia PD", "Elk PD", "", "Brazos PD", "Kestrel SO", "Elk PD"], set(), set()),  # a blank cell with its rules
        (["Adalia PD", "Elk PD", "Marlow PD", "Brazos PD", "Kestrel SO", "Elk PD"], {2}, set()),  # only a rule missing
        (["Adalia PD", "Elk PD", "Marlow PD", "Brazos PD", "", ""], {4}, {(4, 1), (5, 1)}),  # goes on over the page
    ],
)
def test_cells_printed_once_for_several_rows_are_found(
    names: list[str], open_below: set[int], found: set[tuple[int, int]]
) -> None:
    page = ruled(names, open_below)
    layout = layout_page(page.content, fitted(ruled(["Adalia PD"] * 6, set())))
    assert len(layout.rows) == len(names)
    assert set(layout.grid.merged) == found
