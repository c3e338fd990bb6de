"""Whether a header is that of a log of searches. Lists of cameras, users or calls print some of the labels, too."""

from __future__ import annotations

from extractors.labels import Header
from records.headers import normalise_header

_TELLING = frozenset(
    {
        "total_networks_searched",
        "total_devices_searched",
        "time_frame",
        "license_plate",
        "reason",
        "filters",
        "text_prompt",
        "moderation",
    }
)
"""Fields that a search has and a camera, a user or a call for service has not."""
_TIMES = frozenset({"search_time", "time_frame"})
_COUNTED = frozenset({"id", "name", "total_networks_searched", "search_time"})

_TABLE = 3
"""Labels that a table has at least."""


def tells_searches(header: Header) -> bool:
    """Whether the labels name a search: a time and two things that searches have, or three of these. A label that says
    "search" is one of these, whatever its field; "Type", "Date/Time" or "Officer" alone are not. Who looked through how
    many networks, when, under which number, is a search, too."""
    fields = {label.field for label in header.labels if label.field}
    telling = fields & _TELLING
    telling |= {label.field for label in header.labels if label.field and "search" in normalise_header(label.text)}
    unknown = sum(label.field is None for label in header.labels)
    return (fields >= _COUNTED and unknown <= 1) or len(telling) >= 3 or (len(telling) == 2 and bool(fields & _TIMES))


def is_doubled(header: Header) -> bool:
    """Whether the labels are those of two tables side by side: all of them once more."""
    keys = [label.field or normalise_header(label.text) for label in header.labels]
    half = len(keys) // 2
    return half >= _TABLE and keys[:half] == keys[half:]
