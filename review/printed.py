"""A printed value as something to decide on: the kind, the place and the text of a field of a row or mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from records.decisions import Target, TargetKind, as_seen
from records.places import BBox
from records.rows import AUDIT_FIELDS
from records.sharing_headers import SHARING_FIELDS
from review.errors import DecisionError

SHARING_DECIDED = (*SHARING_FIELDS, "direction")
Facts = dict[str, Any]
"""A row of a relation of the snapshot, with all its columns."""
Read = tuple[Target, str | None]
"""A value, and its text: the target has one that is too long by its hash."""


def row_value(row: Facts, field: str, printed: Sequence[str]) -> Read:
    """A cell of a *row* of ``raw.audit_row`` whose page prints the fields *printed*, and its text."""
    require(field, printed, "row")
    is_canonical = field in AUDIT_FIELDS
    text = row[field] if is_canonical else row["other"].get(field)
    box = (row["cell_boxes"] if is_canonical else row["other_boxes"]).get(field)
    return _placed(TargetKind.AUDIT_CELL, row["row_id"], field, text, row, box or row["row_box"])


def shared_value(row: Facts, field: str) -> Read:
    """A cell of a *row* of ``raw.sharing_row``, and its text."""
    require(field, SHARING_DECIDED, "row of a sharing list")
    box = row.get(f"{field}_box") or row["row_box"]
    return _placed(TargetKind.SHARING_CELL, row["row_id"], field, row[field], row, box)


def mark_value(mark: Facts, field: str) -> Read:
    """Label or state of a *mark* of ``raw.hotlist_mark``, and its text."""
    require(field, ("label", "state"), "mark")
    if field == "label":
        return _placed(TargetKind.MARK_LABEL, mark["mark_id"], field, mark["label"], mark, mark["label_box"])
    box = mark["mark_box"] or mark["label_box"]
    return _placed(TargetKind.MARK_STATE, mark["mark_id"], field, mark["state"], mark, box)


def _placed(kind: TargetKind, id: str, field: str, text: str | None, row: Facts, box: dict[str, float]) -> Read:
    place = (row["document_id"], row["page_number"], BBox(**box))
    return Target(kind, id, field, as_seen(text), *place), text


def require(field: str, known: Sequence[str], what: str) -> None:
    """Raise :class:`DecisionError` unless *field* is one of those *known* of *what*."""
    if field not in known:
        names = ", ".join(one[:80] for one in dict.fromkeys(known))
        raise DecisionError(f"This {what} has no field {field[:80]!r}.", f"Nothing was logged. It has: {names}.")


def is_same_place(one: Target, other: Target) -> bool:
    """Whether both lie on one page and their boxes share something; of what is printed nowhere, whether it is one."""
    if one.bbox is None or other.bbox is None:
        return (one.kind, one.id, one.field) == (other.kind, other.id, other.field)
    is_one_page = (one.document_id, one.page_number) == (other.document_id, other.page_number)
    return is_one_page and one.bbox.shared_area(other.bbox) > 0
