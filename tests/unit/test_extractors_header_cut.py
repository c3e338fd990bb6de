"""Headings that the next column cuts are taken for the one field whose spellings begin so, and told."""

from __future__ import annotations

import pytest

from extractors.finish_issues import cut_heading_issues
from extractors.finish_rows import column_rows
from extractors.header_cut import whole_names
from extractors.labels import Label
from extractors.segments import Segment
from records.documents import SegmentKind
from records.places import BBox
from tests.unit.typed_pages import GLYPH, TypedPage, fitted, uuid_of


def label(text: str, x0: float, x1: float) -> Label:
    return Label(text, BBox(x0, 50.0, x1, 58.0))


@pytest.mark.parametrize(
    ("text", "gap", "beside", "name"),
    [
        ("License Pla", 0.0, "Reason", "License Plate"),
        ("License Pla", 6.0, "Reason", None),  # nothing cuts it
        ("License Pla", 0.0, "Plate", None),  # another column is the plate
        ("Search T", 0.0, "Reason", None),  # Search Time or Search Type
        ("Badge", 0.0, "Reason", None),
        ("Lic", 0.0, "Reason", None),
    ],
)
def test_a_heading_is_whole_again_where_one_field_alone_begins_so(
    text: str, gap: float, beside: str, name: str | None
) -> None:
    assert whole_names([label(text, 10.0, 60.0), label(beside, 60.0 + gap, 100.0)]) == [name, None]


def test_the_column_is_named_and_the_heading_told() -> None:
    page = TypedPage().across(50, {10: "ID", 200: "Total Devi", 200 + 10 * GLYPH: "Search Time", 400: "Reason"})
    for k in range(8):
        page.across(80 + 20 * k, {10: uuid_of(k), 200: f"{k + 3}", 240: "11/02/2025, 04:05:06 PM UTC", 400: "theft"})
    model = fitted(page)
    assert [c.value_type for c in model.columns][:3] == ["uuid", "count", "time"]
    segment = Segment(1, 1, 1, SegmentKind.AUDIT_LOG, 0)
    told = column_rows([segment], [model])[1]
    assert told[2] == "Total Devi" and str(told[3]).startswith("Total Devices") and told[4] == "values"
    [issue] = cut_heading_issues([segment], [model])
    assert (issue["code"], issue["page_number"], issue["seen_text"]) == ("heading_cut", 1, "Total Devi")
