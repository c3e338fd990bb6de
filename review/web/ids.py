"""The shapes of ids in addresses. What has another shape is refused before anything is looked up."""

from __future__ import annotations

from typing import Annotated

from fastapi import Path

TRACED = r"^[0-9a-f]{16}-p[0-9]{5,7}-(?:[rm][0-9]{3,7}|list)$"
DOCUMENT = r"^[0-9a-f]{64}$"

TracedId = Annotated[str, Path(pattern=TRACED)]
"""A ``row_id``, ``mark_id`` or ``list_id``."""
DocumentId = Annotated[str, Path(pattern=DOCUMENT)]
PageNumber = Annotated[int, Path(ge=1, le=9_999_999)]
