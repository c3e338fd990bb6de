"""Where the cells of a printed column go."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from records.headers import canonical_field
from warehouse.layouts import layout


def test_headers_are_matched_by_name_never_by_position() -> None:
    one, other = layout(["Reason", " Case #"]), layout([" Case #", "Reason"])
    assert one.ordinals("reason") == other.ordinals("case_number") == (0,)
    assert one.ordinals("case_number") == other.ordinals("reason") == (1,)


def test_two_columns_for_one_field_keep_their_order() -> None:
    both = layout(["Search Time", "ID", "Search Date"])
    assert both.ordinals("search_time") == (0, 2)
    assert both.joined_fields == ("search_time",)


def test_an_unknown_header_keeps_its_own_name() -> None:
    (column,) = layout(["Odd One"]).other_columns
    assert (column.field, column.other_key, column.name) == (None, "Odd One", "Odd One")


def test_a_column_without_header_is_numbered_as_people_count() -> None:
    assert [column.other_key for column in layout([None, "ID", "  "]).columns] == ["column_1", None, "column_3"]


def test_equal_unknown_headers_do_not_hide_each_other() -> None:
    keys = [column.other_key for column in layout(["Note", "Note", "column_4", None]).columns]
    assert keys == ["Note", "Note (column 2)", "column_4", "column_4 (column 4)"]


HEADERS = st.lists(st.one_of(st.none(), st.sampled_from(["ID", "Reason", "Note", "column_2"]), st.text(max_size=8)))


@given(HEADERS)
def test_every_column_goes_to_exactly_one_place(headers: list[str | None]) -> None:
    columns = layout(headers).columns
    assert [column.ordinal for column in columns] == list(range(len(headers)))
    assert all((column.field is None) != (column.other_key is None) for column in columns)
    assert all(column.field == (canonical_field(column.header or "")) for column in columns)
    keys = [column.other_key for column in columns if column.other_key is not None]
    assert len(set(keys)) == len(keys)
