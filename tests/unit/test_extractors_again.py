"""A table printed once more without its header is read by its own columns, if its values are those of the first."""

from __future__ import annotations

import numpy as np

from extractors.again import begins_again, fit_again, is_alike, part_of_page
from extractors.fit import type_columns
from tests.unit.typed_pages import TypedPage, fitted, uuid_of

TIME = "11/02/2025, 04:05:06 PM UTC"
LONG = "a missing juvenile, seen last in the north of the town"
ROWS: list[list[str | None]] = [[uuid_of(k), "Adalia Police", f"{k}", "theft", TIME] for k in range(8)]


def upper(page: TypedPage, count: int) -> TypedPage:
    page.across(50, {20: "ID", 220: "Org Name", 400: "Networks", 480: "Reason", 620: "Search Time"})
    for k in range(count):
        page.across(70 + 14 * k, {20: uuid_of(k), 220: "Fakeville PD", 400: f"{k + 3}", 480: "a theft", 620: TIME})
    return page


def lower(page: TypedPage, begin: float, count: int, number: str = "{}") -> TypedPage:
    for k in range(count):
        told = {20: uuid_of(50 + k), 200: "Adalia Police", 290: number.format(k), 330: LONG, 590: TIME}
        page.across(begin + 14 * k, told)
    return page


def test_a_table_in_columns_of_its_own_is_found_below_the_first_and_has_its_names() -> None:
    first = fitted(upper(TypedPage(1), 10))
    page = lower(upper(TypedPage(1), 10).type(20, 240, "November"), 270, 12).sample
    top = begins_again(first, page)
    assert top is not None and 196 < top <= 262  # below the last row of the first table, above the second's first
    second = fit_again(first, [part_of_page(page, top, np.inf), lower(TypedPage(2), 50, 20).sample])
    assert second is not None
    assert [c.name for c in second.columns] == ["ID", "Org Name", "Networks", "Reason", "Search Time"]
    assert {c.basis for c in second.columns} == {"values"}
    assert is_alike(first, type_columns(second, ROWS, ROWS))


def test_the_columns_of_one_table_begin_nowhere_again() -> None:
    first = fitted(upper(TypedPage(1), 10))
    assert begins_again(first, upper(TypedPage(2), 20).sample) is None


def test_a_table_with_other_values_is_not_taken_for_it() -> None:
    first = fitted(upper(TypedPage(1), 10))
    others = [[None if j == 2 else cell for j, cell in enumerate(row)] for row in ROWS]
    assert not is_alike(first, type_columns(first, others, others))
