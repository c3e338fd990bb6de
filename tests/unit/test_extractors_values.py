"""What values look like."""

from __future__ import annotations

import pytest

from extractors.values import COUNT, FIELD_TYPES, TIME, TWO_TIMES, UUID, ValueType, is_marker, is_type, squeeze
from records.rows import AUDIT_FIELDS
from samples.content import ContentStyle, entries

ID = "3a305261-e346-4d0e-aa22-48225c30d879"


@pytest.mark.parametrize(
    ("value_type", "text"),
    [
        (UUID, ID),
        (UUID, ID.upper()),
        (UUID, ID.replace("-", "-\n", 3)),
        (TIME, "11/02/2025, 04:05:06 PM UTC"),
        (TIME, "1/2/2025, 4:05 AM UTC"),
        (TIME, "2025-11-02T04:05:06Z"),
        (TIME, "2025-11-02 04:05:06.123+00:00"),
        (TIME, "11/2/25"),
        (TIME, "Nov 02, 2025 04:05:06 PM"),
        (TIME, "2 November 2025, 16:05 UTC"),
        (TIME, "02-Nov-25 16:05"),
        (TWO_TIMES, "Oct. 3, 2025 04:05 PM to Nov 02, 2025 04:05 PM"),
        (TWO_TIMES, "11/02/2025, 04:05:06 PM UTC\n11/03/2025, 04:05:06 PM UTC"),
        (TWO_TIMES, "11/02/2025, 04:05:06 PM UTC to 11/03/2025, 04:05:06 PM UTC"),
        (TWO_TIMES, "11/02/2025, 04:05 PM - 11/03/2025, 04:05 PM"),
        (COUNT, "0"),
        (COUNT, "129,334"),
        (COUNT, "2.0"),
        (COUNT, "6709"),
    ],
)
def test_values_are_of_their_type(value_type: ValueType, text: str) -> None:
    assert is_type(value_type, text)
    assert value_type.start.match(text.split("\n")[0])


@pytest.mark.parametrize(
    ("value_type", "text"),
    [
        (UUID, ID[:-1]),
        (UUID, ID + "0"),
        (UUID, ID.replace("-", "")),
        (UUID, ID + ID),
        (TIME, "11/02/2025, 04:05:06 PM UTC 11/03/2025, 04:05:06 PM UTC"),
        (TIME, "yesterday"),
        (TIME, "March 25"),
        (TWO_TIMES, "11/02/2025, 04:05:06 PM UTC"),
        (COUNT, "12,34"),
        (COUNT, "1.5"),
        (COUNT, "44UTC"),
        (COUNT, ""),
    ],
)
def test_what_is_glued_or_cut_is_of_no_type(value_type: ValueType, text: str) -> None:
    assert not is_type(value_type, text)


@pytest.mark.parametrize("text", ["***", "REDACTED", "[Redacted] per statute", "n/a", "——", "XXXX", "██", "blank", "-"])
def test_markers_stand_in_place_of_a_value(text: str) -> None:
    assert is_marker(text)


@pytest.mark.parametrize("text", ["lookup", "12", "not n/a", "FAKE123", "24-1 G", ""])
def test_values_are_no_markers(text: str) -> None:
    assert not is_marker(text)


def test_every_drawn_value_is_of_the_type_of_its_field() -> None:
    assert set(FIELD_TYPES) <= set(AUDIT_FIELDS)
    for style in (ContentStyle(), ContentStyle(is_padded=False)):
        for entry in entries(41, 300, style):
            for field, value_type in FIELD_TYPES.items():
                text = getattr(entry, field)
                assert is_type(value_type, text) or is_marker(text), (field, text)


def test_squeezing_takes_white_space_only() -> None:
    assert squeeze(" a\u00a0b\n\tc ") == "abc"
