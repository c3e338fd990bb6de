"""Rows and cells as printed. Bulk work is columnar (see :mod:`records.parts`); these are the same facts one by one."""

from __future__ import annotations

from dataclasses import dataclass

from records.places import PageBox, PageBoxes, Place, SheetCell

AUDIT_FIELDS: tuple[str, ...] = (
    "id",
    "name",
    "org_name",
    "total_networks_searched",
    "total_devices_searched",
    "time_frame",
    "license_plate",
    "reason",
    "case_number",
    "filters",
    "search_time",
    "search_type",
    "text_prompt",
    "moderation",
)
"""The canonical fields of an audit log, in the order of the widest printed header."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A printed text and where it is printed. There is no cell without a place; an empty cell is no cell."""

    text: str
    place: Place

    def __post_init__(self) -> None:
        if not isinstance(self.place, Place):
            raise TypeError(f"a value needs its place, got {self.place!r}")
        if not self.text.strip():
            raise ValueError("an empty cell is absent, not a value")


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One printed row of an audit log: header as printed -> cell. Verbatim; typed values come later."""

    row_id: str
    place: Place
    cells: dict[str, Cell]

    def __post_init__(self) -> None:
        if not isinstance(self.place, PageBox | PageBoxes | SheetCell):
            raise TypeError(f"a row needs its place, got {self.place!r}")
