"""The columns that real audit logs print, and the styles of content that go with them."""

from __future__ import annotations

from samples.content import ContentStyle
from samples.layout import Align, Column

ID = Column("id", "ID", 13)
NAME = Column("name", "Name", 7)
ORG = Column("org_name", "Org Name", 11)
NETWORKS = Column("total_networks_searched", "Total Networks Searched", 6, "right")
DEVICES = Column("total_devices_searched", "Total Devices Searched", 6, "right")
FRAME = Column("time_frame", "Time Frame", 10)
PLATE = Column("license_plate", "License Plate", 6)
REASON = Column("reason", "Reason", 18)
CASE = Column("case_number", "Case #", 8)
FILTERS = Column("filters", "Filters", 10)
TIME = Column("search_time", "Search Time", 9)
TYPE = Column("search_type", "Search Type", 7)
PROMPT = Column("text_prompt", "Text Prompt", 9)
MODERATION = Column("moderation", "Moderation", 8)

OWN_AUDIT = ContentStyle(own_agency="Exampleton County FL SO")
SHORT_AUDIT = ContentStyle(own_agency="Exampleton County FL SO", has_categories=False, longest_reason=60)
EARLY_AUDIT = ContentStyle(own_agency="Mock Harbor IL PD", is_padded=False, has_categories=False)
MASKED_AUDIT = ContentStyle(is_masked=True)


def landscape(paper: tuple[float, float]) -> tuple[float, float]:
    """*paper* on its side."""
    return paper[1], paper[0]


def resized(column: Column, weight: float, header: str | None = None, align: Align | None = None) -> Column:
    """*column* with another weight, spelling or alignment."""
    return Column(column.field, header or column.header, weight, align or column.align)
