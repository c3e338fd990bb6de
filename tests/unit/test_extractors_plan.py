"""Which table models hold on which pages of a document with several logs."""

from __future__ import annotations

from extractors.plan import plan_pages
from tests.unit.typed_pages import TypedPage, uuid_of


def log_page(number: int, header: dict[float, str]) -> TypedPage:
    page = TypedPage(number).across(50, header)
    for k in range(12):
        time = f"2025-11-02T04:{number:02}:{k:02}Z"  # without spaces, which would part columns here
        page.across(80 + 30 * k, {10: uuid_of(20 * number + k), 200: "Fakeville", 330: str(40 + k), 400: time})
        page.across(80 + 30 * k, {600: "lookup"})
    return page


HEADER = {10: "ID", 200: "Org Name", 330: "Networks", 400: "Search Time", 600: "Search Type"}


def test_a_log_without_a_header_before_one_that_has_one_has_a_model_of_its_own() -> None:
    pages = [log_page(1, {}), log_page(2, {}), log_page(3, HEADER), log_page(4, {})]
    planned = plan_pages([page.sample for page in pages], 1, 4)
    assert [one.from_page for one in planned] == [1, 3]
    assert [one.model.header_page for one in planned] == [None, 3]


def test_a_letter_before_a_log_has_no_model() -> None:
    letter = TypedPage(1).stack(60, 100, ["Dear requester, enclosed please find the records.", "Sincerely"])
    planned = plan_pages([letter.sample, log_page(2, HEADER).sample, log_page(3, {}).sample], 1, 3)
    assert [one.from_page for one in planned] == [2]


def portrait(number: int) -> TypedPage:
    """A page of another size, with the same columns elsewhere."""
    page = TypedPage(number, width=612, height=792)
    for k in range(20):
        time = f"2025-11-03T04:03:{k:02}Z"
        cells = {10: uuid_of(80 + k), 162: "Fakeville", 206: str(40 + k), 226: time, 320: "lookup"}
        page.across(80 + 30 * k, cells)
    return page


def test_two_prints_without_a_header_have_models_of_their_own() -> None:
    pages = [log_page(1, {}), log_page(2, {}), portrait(3)]
    planned = plan_pages([page.sample for page in pages], 1, 3)
    assert [one.from_page for one in planned] == [1, 3]
    assert [column.name for column in planned[0].model.columns] == [c.name for c in planned[1].model.columns]


def test_a_print_of_another_size_behind_the_log_keeps_its_own_columns() -> None:
    """Of one page each, the edges of the first log part the columns of the second wrongly, but cut few of its lines."""
    planned = plan_pages([log_page(1, HEADER).sample, log_page(2, HEADER).sample, portrait(3).sample], 1, 3)
    assert [one.from_page for one in planned] == [1, 3]
    assert [column.name for column in planned[1].model.columns] == list(HEADER.values())
